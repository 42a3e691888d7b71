"""A change shows what it would have done to the last 90 days before it goes live."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from conftest import NOW, Answer, Cast
from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.fields.tests.designing import add, document
from genjin.schema.models import Shape

LOST = {"field": "life_cycle", "op": "eq", "value": "lost"}


def _impact(cast: Cast, *fields: dict[str, Any], of: str = "customer", rules: Any = ()) -> Answer:
    body = document(cast.admin, of)
    body["fields"] += fields
    answer: Answer = cast.admin.post(f"/designs/{of}/impact", {**body, "rules": [*body["rules"], *rules]})
    return answer


def test_the_draft_is_laid_before_the_records_of_the_last_90_days(cast: Cast, new_customer: Any) -> None:
    lost = [
        new_customer(person, f"丢单公司{at}", life_cycle="lost")
        for at, person in enumerate([cast.li, cast.li, cast.wang])
    ]
    new_customer(cast.li, "还在谈的公司")
    old = new_customer(cast.li, "很久以前的公司", life_cycle="lost")
    unscoped(Customer, "test").filter(pk=old).update(created_at=NOW - timedelta(days=91))
    taken = new_customer(cast.li, "旧表来的公司", life_cycle="lost")
    unscoped(Customer, "test").filter(pk=taken).update(import_id=7)
    found = _impact(cast, {"zh": "丢单原因", "type": "text", "required_when": LOST})
    assert found.status == 200, found
    assert (found["looked_at"], found["stopped"], found["capped"]) == (4, 3, False)
    assert found["said"]["zh"] == "近 90 天的 4 条里，有 3 条会被拦下"
    assert [(each["name"], each["looked_at"], each["stopped"]) for each in found["by_member"]] == [
        ("李销售", 3, 2),
        ("王销售", 1, 1),
    ]
    (team,) = found["by_team"]
    assert (team["name"], team["looked_at"], team["stopped"]) == ("销售一部", 4, 3)
    (change,) = found["by_change"]
    label = {"zh": "丢单原因", "en": "丢单原因"}
    assert change == {"key": "cf_1", "rule": None, "label": label, "stopped": 3, "reminded": 0}
    assert [each["id"] for each in found["examples"]] == lost[::-1]
    example = found["examples"][0]
    assert (example["name"], example["by"]["name"]) == ("丢单公司2", "王销售")
    assert example["problems"] == [{"field": "cf_1", "zh": "丢单原因没有填", "en": "丢单原因 is missing"}]
    assert not Shape.objects.exists(), "nothing is written"


def test_what_the_form_in_force_asks_already_is_not_counted(cast: Cast, new_customer: Any) -> None:
    new_customer(cast.li, "甲公司")
    (key,) = add(cast.admin, {"zh": "车牌", "type": "text", "required": True})
    assert _impact(cast)["stopped"] == 0
    assert _impact(cast, {"zh": "颜色", "type": "text", "required": True})["stopped"] == 1
    rule = {"must": {"field": key, "op": "not_empty"}, "field": key, "zh": "没有车牌不建档"}
    assert _impact(cast, rules=[rule])["examples"][0]["problems"][0]["zh"] == "没有车牌不建档"


def test_records_and_todos_are_replayed_too(cast: Cast, new_customer: Any, good: dict[str, Any]) -> None:
    pk = new_customer(cast.li, "甲公司")
    assert cast.li.post("/followups", {"customer_id": pk, **good}).status == 201
    assert cast.li.post("/agenda", {"act": "去现场", "due_at": "2026-11-27T02:00:00Z"}).status == 201
    for of in ("followup", "agenda", "contact"):
        found = _impact(cast, {"zh": "里程", "type": "number", "required": True}, of=of)
        assert (found["looked_at"], found["stopped"]) == (1, 1), of


def test_only_administrators_replay_and_a_bad_draft_is_refused(cast: Cast) -> None:
    body = document(cast.admin)
    assert cast.li.post("/designs/customer/impact", body).status == 403
    wrong = _impact(cast, {"zh": "车牌", "type": "magic"})
    assert (wrong.status, wrong["zh"]) == (422, "“车牌”的类型“magic”没有，从列出的类型里选")


def test_what_is_only_reminded_of_stops_nothing_until_its_day(cast: Cast, new_customer: Any) -> None:
    """First a reminder, then a demand: the day stands in the document and is judged in the team's zone (R-214)."""
    new_customer(cast.li, "甲公司")
    later = {"zh": "车牌", "type": "text", "required": True, "required_from": "2026-12-13"}
    found = _impact(cast, later)
    assert (found["stopped"], found["reminded"], found["by_member"]) == (0, 1, [])
    assert [(each["key"], each["stopped"], each["reminded"]) for each in found["by_change"]] == [("cf_1", 0, 1)]
    (key,) = add(cast.admin, later)
    told = {each["slug"]: each for each in cast.li.get("/schema")["record_types"]["customer"]["fields"]}[key]
    assert (told["required"], told["required_when"], told["required_from"]) == (False, {}, "2026-12-13")
    assert cast.li.post("/customers", {"name": "乙公司", "source": "online"}).status == 201


def test_options_that_nobody_has_saved_can_be_replayed(cast: Cast, new_customer: Any) -> None:
    new_customer(cast.li, "甲公司")
    body = document(cast.admin)
    body["fields"] += [
        {"zh": "车型", "type": "option", "options": "list_new"},
        {"zh": "吨位", "type": "number", "required_when": {"field": "cf_1", "op": "ne", "value": "o:x-1"}},
    ]
    assert cast.admin.post("/designs/customer/impact", body).status == 422
    found = cast.admin.post("/designs/customer/impact", {**body, "lists": {"list_new": ["o:x-1", "o:x-2"]}})
    assert (found.status, found["stopped"]) == (200, 1), found


def test_one_record_that_misses_two_things_is_one(cast: Cast, new_customer: Any) -> None:
    new_customer(cast.li, "甲公司")
    found = _impact(
        cast, {"zh": "车牌", "type": "text", "required": True}, {"zh": "颜色", "type": "text", "required": True}
    )
    assert (found["stopped"], found["several"], [each["stopped"] for each in found["by_change"]]) == (1, 1, [1, 1])
