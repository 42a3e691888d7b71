"""Required and visible when a condition holds, and rules in the team's own words (R-214)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from conftest import Answer, Cast
from genjin.fields.tests.designing import add, change, document, make_list, put
from genjin.lib import moment
from genjin.schema.models import Shape

LOST = {"field": "life_cycle", "op": "eq", "value": "lost"}


def _rules(cast: Cast, *rules: dict[str, Any], of: str = "customer") -> Answer:
    return put(cast.admin, {**document(cast.admin, of), "rules": list(rules)}, of)


def _patch(cast: Cast, pk: int, **values: Any) -> Answer:
    version = cast.li.get(f"/customers/{pk}")["customer"]["version"]
    answer: Answer = cast.li.patch(f"/customers/{pk}", {"version": version, **values})
    return answer


def test_a_field_is_required_while_a_condition_holds(cast: Cast, new_customer: Any) -> None:
    """R-214: when a customer is lost the reason is asked for, in the same change or before."""
    (why,) = add(cast.admin, {"zh": "丢单原因", "type": "text", "required_when": LOST})
    told = cast.li.get("/schema")["record_types"]["customer"]["fields"][-1]
    assert (told["slug"], told["required"], told["required_when"]) == (why, False, LOST)
    pk = new_customer(cast.li, "甲公司")
    refused = _patch(cast, pk, life_cycle="lost")
    assert (refused.status, refused["field"], refused["zh"]) == (422, why, "丢单原因没有填")
    assert cast.li.get(f"/customers/{pk}")["customer"]["life_cycle"] == "potential"
    assert _patch(cast, pk, life_cycle="lost", **{why: "价格"}).status == 200
    assert _patch(cast, pk, **{why: ""}).status == 422
    made = cast.li.post("/customers", {"name": "乙集团", "source": "online", "life_cycle": "lost"})
    assert (made.status, made["field"]) == (422, why)


def test_what_was_missing_before_is_not_asked_of_another_change(cast: Cast, new_customer: Any) -> None:
    pk = new_customer(cast.li, "甲公司", life_cycle="lost")
    (why,) = add(cast.admin, {"zh": "丢单原因", "type": "text", "required_when": LOST})
    assert _patch(cast, pk, region="上海").status == 200
    assert cast.li.get(f"/customers/{pk}")["customer"][why] is None


def test_a_required_field_is_asked_for_only_while_it_is_shown(cast: Cast, new_customer: Any) -> None:
    keys = make_list(cast.admin, "cars", "轿车", "货车")
    car, load = add(
        cast.admin,
        {"zh": "车型", "type": "option", "options": "cars"},
        {"zh": "载重", "type": "number", "required": True,
         "visible_when": {"field": "cf_1", "op": "eq", "value": keys["货车"]}},
    )  # fmt: skip
    assert (car, load) == ("cf_1", "cf_2")
    assert next(each for each in document(cast.admin)["fields"] if each["key"] == load)["required"] is True
    pk = new_customer(cast.li, "甲公司", **{car: keys["轿车"]})
    refused = _patch(cast, pk, **{car: keys["货车"]})
    assert (refused.status, refused["field"]) == (422, load)
    assert _patch(cast, pk, **{car: keys["货车"], load: 20}).status == 200


def test_a_rule_speaks_in_the_teams_words(cast: Cast, new_customer: Any) -> None:
    (price,) = add(cast.admin, {"zh": "车价", "type": "money"})
    must = {"or": [{"field": price, "op": "empty"}, {"field": price, "op": "gte", "value": 1_000_00}]}
    assert _rules(cast, {"must": must, "field": price, "zh": "车价不到 1,000 元，先问主管"}).status == 200
    (told,) = cast.li.get("/schema")["record_types"]["customer"]["rules"]
    assert (told["must"], told["field"], told["en"]) == (must, price, "车价不到 1,000 元，先问主管")
    body = document(cast.admin)
    assert put(cast.admin, body)["code"] == "same"
    del body["rules"]
    assert put(cast.admin, body)["code"] == "same", "whoever does not speak of rules leaves them"
    pk = new_customer(cast.li, "甲公司", **{price: 2_000_00})
    refused = _patch(cast, pk, **{price: 5_00})
    assert (refused.status, refused["field"], refused["zh"]) == (422, price, "车价不到 1,000 元，先问主管")
    assert cast.li.get(f"/customers/{pk}")["customer"][price] == 2_000_00
    items = cast.admin.get("/designs/customer/versions")["items"]
    assert items[0]["zh"] == "改了规则"


def test_records_and_todos_follow_conditions_too(cast: Cast, new_customer: Any, good: dict[str, Any]) -> None:
    visit = {"field": "channel", "op": "eq", "value": "visit"}
    (place,) = add(cast.admin, {"zh": "地点", "type": "text", "required_when": visit}, of="followup")
    pk = new_customer(cast.li, "甲公司")
    made = cast.li.post("/followups", {"customer_id": pk, **good})
    assert made.status == 201, made
    body = {"customer_id": pk, **good, "channel": "visit", "duplicate_ok": True}
    refused = cast.li.post("/followups", body)
    assert (refused.status, refused["code"]) == (422, "standard")
    assert next(each for each in refused["findings"] if each["field"] == place)["message"]["zh"] == "还没写“地点”"
    assert cast.li.patch(f"/followups/{made['id']}", {"version": 1, "channel": "visit"}).status == 422
    assert cast.li.post("/followups", {**body, place: "三号楼"}).status == 201
    (floor,) = add(cast.admin, {"zh": "楼层", "type": "number"}, of="agenda")
    rule = {"must": {"not": {"field": floor, "op": "gt", "value": 99}}, "field": floor, "zh": "没有这么高的楼"}
    assert _rules(cast, rule, of="agenda").status == 200
    todo = {"act": "去现场", "due_at": "2026-11-27T02:00:00Z", floor: 120}
    wrong = cast.li.post("/agenda", todo)
    assert (wrong.status, wrong["zh"]) == (422, "没有这么高的楼")
    item = cast.li.post("/agenda", {**todo, floor: 12})
    assert cast.li.patch(f"/agenda/{item['id']}", {"version": 1, floor: 100}).status == 422


@pytest.mark.parametrize(
    ("condition", "zh"),
    [
        ({"field": "nothing", "op": "empty"}, "条件不行：没有“nothing”这个可筛选的字段"),
        ({"field": "region", "op": "gt", "value": "a"}, "条件不行：字段“region”不能用“gt”来筛选"),
        ({"field": "life_cycle", "op": "eq", "value": "gone"}, "条件不行：“客户状态”没有“gone”这个选项"),
        ({"field": "cf_1", "op": "not_empty"}, "条件不行：“车牌”不能由自己决定显不显示"),
        ("sometimes", "条件不行：筛选条件只能是 and、or、not，或者 field、op、value"),
    ],
)
def test_a_condition_that_cannot_be_is_refused(cast: Cast, condition: Any, zh: str) -> None:
    body = document(cast.admin)
    body["fields"].append({"zh": "车牌", "type": "text", "visible_when": condition})
    answer = put(cast.admin, body)
    assert (answer.status, answer["zh"]) == (422, zh), answer
    assert answer["field"] == f"fields.{len(body['fields']) - 1}"
    assert not Shape.objects.exists()


def test_what_the_code_needs_has_no_conditions(cast: Cast) -> None:
    assert change(cast.admin, "source", visible_when=LOST)["zh"] == "“客户来源”系统要用，一直要在表单上"
    assert change(cast.admin, "owner", required_when=LOST)["zh"] == "“负责人”不是手填的，不能设成必填"
    assert change(cast.admin, "region", required_when=LOST).status == 200
    assert cast.admin.get("/designs/customer")["next_key"] == "cf_1"


def test_a_day_from_which_something_is_required(cast: Cast, new_customer: Any) -> None:
    """Until that day, in the team's zone, the form only reminds; then it is demanded (R-214)."""
    (plate,) = add(cast.admin, {"zh": "车牌", "type": "text", "required": True, "required_from": "2026-11-26"})
    entry = next(each for each in document(cast.admin)["fields"] if each["key"] == plate)
    assert (entry["required"], entry["required_from"]) == (True, "2026-11-26")
    assert cast.li.post("/customers", {"name": "甲集团", "source": "online"}).status == 201
    with moment.frozen(datetime(2026, 11, 25, 15, 59, tzinfo=UTC)):
        assert cast.li.post("/customers", {"name": "乙集团", "source": "online"}).status == 201
    with moment.frozen(datetime(2026, 11, 25, 16, 0, tzinfo=UTC)):
        refused = cast.li.post("/customers", {"name": "丙集团", "source": "online"})
        assert (refused.status, refused["zh"]) == (422, "车牌没有填")
    assert put(cast.admin, document(cast.admin)).status == 409, "sent back as it was read it is the same form"


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ({"zh": "车牌", "type": "text", "required": True, "required_from": "下周"},
         "“车牌”从哪天起必填写成 2026-12-01 这样的日期"),
        ({"zh": "车牌", "type": "text", "required_from": "2026-12-01"}, "“车牌”没有设成必填，不用写从哪天起"),
        ({"key": "name", "required_from": "2026-12-01"}, "“客户名称”系统要用，现在就必填"),
    ],
)  # fmt: skip
def test_a_day_that_says_nothing_is_refused(cast: Cast, field: dict[str, Any], said: str) -> None:
    body = document(cast.admin)
    body["fields"] = [each for each in body["fields"] if each["key"] != field.get("key")] + [field]
    refused = put(cast.admin, body)
    assert (refused.status, refused["zh"]) == (422, said)
    assert not Shape.objects.exists()
