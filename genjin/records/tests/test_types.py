"""A team makes record types of its own, and each bad input is refused in one sentence with nothing changed (R-213)."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import Cast
from genjin.access.models import Role
from genjin.fields.tests.designing import document, put
from genjin.history.models import Event
from genjin.records.tests.making import STATES, make_row, make_type, names, row
from genjin.schema.models import Shape


def test_a_type_is_made_with_a_slug_from_its_name(cast: Cast) -> None:
    """R-213: name, two states where nobody says others; whoever may make types sees it, nobody else yet."""
    made = cast.admin.post("/record-types", {"zh": "样品申请"})
    assert (made.status, made["record_type"], made["version"]) == (201, "x_yangpinshenqing", 1)
    (kind,) = cast.admin.get("/record-types")["items"]
    assert kind == {
        "slug": "x_yangpinshenqing",
        "label": {"zh": "样品申请", "en": "样品申请"},
        "version": 1,
        "retired": False,
        "customer": "optional",
        "states": [
            {"key": "open", "zh": "待处理", "en": "Open", "color": None, "closed": False, "next": None},
            {"key": "done", "zh": "已完成", "en": "Done", "color": None, "closed": True, "next": None},
        ],
        "can": {"create": True, "shape": True, "retire": True},
    }
    for person in (cast.li, cast.zhao, cast.outsider):
        assert cast.li.get("/record-types").body == {"items": [], "can": {"create": False}}
        assert "x_yangpinshenqing" not in person.get("/schema")["record_types"]
        assert person.get("/records/x_yangpinshenqing").status == 404
        assert person.post("/records/x_yangpinshenqing", {"name": "甲"}).status == 404
    schema = cast.admin.get("/schema")
    fields = [each["slug"] for each in schema["record_types"]["x_yangpinshenqing"]["fields"]]
    assert fields == ["name", "number", "state", "customer", "contact", "owner", "department", "state_at", "created_at",
                      "updated_at"]  # fmt: skip
    assert [each["zh"] for each in schema["options"]["x_yangpinshenqing.state"]] == ["待处理", "已完成"]
    assert "record" not in schema["record_types"]
    assert Role.objects.get(org=cast.org, key="admin").scopes["x_yangpinshenqing"] == {
        "see": ["all"], "change": ["all"]}  # fmt: skip
    told = Event.objects.get(name="type.created").data.data["after"]
    assert (told["name"], told["said"]["zh"]) == ("样品申请", "新建了“样品申请”")


def test_only_who_may_makes_types(cast: Cast) -> None:
    for person in (cast.li, cast.zhao):
        assert person.post("/record-types", {"zh": "样品申请"}).status == 403
    assert not Shape.objects.exists()


BAD: list[tuple[dict[str, Any], int, str, str]] = [
    ({"slug": "x_sample"}, 409, "slug", "“x_sample”已经有了，换一个标识"),
    ({"zh": "样品申请"}, 422, "zh", "已经有叫“样品申请”的记录，换个名字"),
    ({"zh": "客户"}, 422, "zh", "已经有叫“客户”的记录，换个名字"),
    ({"states": [{"zh": "开"}, {"zh": "开"}]}, 422, "states.1", "状态“开”写了两次，留一个"),
    ({"states": [{"zh": "开", "next": ["关"]}]}, 422, "states.0", "“开”之后的“关”不是这里的状态，先加上它"),
    ({"fields": [{"zh": "状态", "type": "text"}]}, 422, "fields.0", "已经有“状态”这个字段，换个名字"),
    ({"fields": [{"zh": "型号", "type": "option", "options": "none"}]}, 422, "fields.0",
     "“型号”的选项列表“none”没有，先建好它"),
    ({"slug": "sample"}, 422, "slug", ""),
    ({"zh": ""}, 422, "zh", ""),
    ({"customer": "maybe"}, 422, "customer", ""),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "status", "field", "said"), BAD)
def test_what_a_type_cannot_be(cast: Cast, wrong: dict[str, Any], status: int, field: str, said: str) -> None:
    make_type(cast)
    before = [Shape.objects.count(), Role.objects.get(org=cast.org, key="admin").version]
    answer = cast.admin.post("/record-types", {"zh": "售后工单", **wrong})
    assert (answer.status, answer["field"]) == (status, field), answer
    assert answer["zh"] == said or not said
    assert [Shape.objects.count(), Role.objects.get(org=cast.org, key="admin").version] == before


def test_a_state_in_which_rows_stand_stays(cast: Cast) -> None:
    """Also when the row lies in the bin; an empty one goes, and the history still knows its name."""
    make_type(cast)
    pk = make_row(cast.li, "甲", state="sent")
    body = document(cast.admin, "x_sample")
    without = {**body, "states": [each for each in STATES if each["key"] != "sent"]}
    without["states"][0] = {**without["states"][0], "next": ["refused"]}
    for _ in range(2):
        refused = put(cast.admin, without, "x_sample")
        assert (refused.status, refused["field"]) == (422, "states")
        assert refused["zh"] == "“已寄出”里还有 1 条，先把它们移到别的状态，再去掉它"
        cast.admin.post("/records/x_sample/delete", {"ids": [pk]})
    assert document(cast.admin, "x_sample")["version"] == 1
    cast.admin.post("/records/x_sample/restore", {"ids": [pk]})
    assert cast.li.post("/records/x_sample/move", {"ids": [pk], "state": "refused"}).status == 200
    assert put(cast.admin, without, "x_sample").status == 200
    known = {each["key"]: (each["zh"], each["retired"]) for each in cast.li.get("/schema")["options"]["x_sample.state"]}
    assert known == {"asked": ("待审", False), "refused": ("不寄", False), "sent": ("已寄出", True)}
    assert cast.li.post("/records/x_sample", {"name": "乙", "state": "sent"}).status == 422
    last = put(cast.admin, {**document(cast.admin, "x_sample"), "states": []}, "x_sample")
    assert (last.status, last["zh"]) == (422, "至少留一个状态")


def test_name_states_and_customer_change_with_the_form_and_roll_back(cast: Cast) -> None:
    """R-018: what is not sent stays; a second editor gets 409; the versions tell what changed."""
    make_type(cast)
    body = document(cast.admin, "x_sample")
    new = {**body, "zh": "样机申请", "customer": "required", "states": [*STATES, {"zh": "已退回"}]}
    answer = put(cast.admin, new, "x_sample")
    assert answer.status == 200, answer
    assert answer["said"]["zh"] == "改名为“样机申请”，加了状态“已退回”，客户必填"
    assert put(cast.admin, new, "x_sample").status == 409
    (kind,) = cast.admin.get("/record-types")["items"]
    assert (kind["label"]["zh"], kind["customer"], [each["key"] for each in kind["states"]]) == (
        "样机申请", "required", ["asked", "sent", "refused", "s_1"])  # fmt: skip
    missing = cast.li.post("/records/x_sample", {"name": "甲"})
    assert (missing.status, missing["field"], missing["zh"]) == (422, "customer", "客户没有填")
    again = put(cast.admin, document(cast.admin, "x_sample"), "x_sample")
    assert again.status == 409 and again["code"] == "same"
    back = cast.admin.post("/designs/x_sample/roll-back", {"to": 1, "version": 2})
    assert back.status == 200, back
    assert cast.admin.get("/designs/x_sample")["type"]["zh"] == "样品申请"
    told = [each["zh"] for each in cast.admin.get("/designs/x_sample/versions")["items"]]
    assert told[1:] == ["改名为“样机申请”，加了状态“已退回”，客户必填", "新建了“样品申请”"]


def test_a_type_put_away_loses_no_row_and_comes_back(cast: Cast) -> None:
    make_type(cast)
    make_row(cast.li, "甲")
    stale = cast.admin.post("/record-types/x_sample/retire", {"version": 9})
    assert stale.status == 409
    assert cast.li.post("/record-types/x_sample/retire", {"version": 1}).status == 403
    assert cast.admin.post("/record-types/customer/retire", {"version": 1}).status == 409
    assert cast.admin.post("/record-types/x_none/retire", {"version": 1}).status == 404
    away = cast.admin.post("/record-types/x_sample/retire", {"version": 1})
    assert away.status == 200, away
    for person in (cast.li, cast.admin):
        assert person.get("/records/x_sample").status == 404
        assert "x_sample" not in person.get("/schema")["record_types"]
    assert cast.li.get("/record-types")["items"] == []
    assert [each["retired"] for each in cast.admin.get("/record-types")["items"]] == [True]
    # What roles say of it stays when they are saved meanwhile.
    rep = Role.objects.get(org=cast.org, key="rep")
    assert (
        cast.admin.patch(f"/roles/{rep.pk}", {"version": rep.version, "scopes": rep.scopes, "zh": "销售"}).status == 200
    )
    again = cast.admin.post("/record-types/x_sample/retire", {"version": 2})
    assert (again.status, again["code"]) == (409, "same")
    back = cast.admin.post("/record-types/x_sample/retire", {"version": 2, "retired": False})
    assert back.status == 200, back
    assert names(cast.li.get("/records/x_sample")) == ["甲"]
    assert row(cast.li, cast.li.get("/records/x_sample")["items"][0]["id"])["number"] == 1


def test_a_role_is_given_rows_and_fields_of_a_type(cast: Cast) -> None:
    """R-166: the page of a role offers the type with its scopes and the marks of its fields."""
    make_type(cast, fields=[{"zh": "型号", "type": "text"}])
    told = cast.admin.get("/roles/catalogue")
    (scoped,) = [each for each in told["types"] if each["slug"] == "x_sample"]
    assert scoped == {"slug": "x_sample", "zh": "样品申请", "en": "Sample", "acts": ["see", "change"],
                      "scopes": ["self", "department", "subtree", "all"]}  # fmt: skip
    (limited,) = [each for each in told["fields"] if each["slug"] == "x_sample"]
    marks = {each["slug"]: each["marks"] for each in limited["fields"]}
    assert marks["cf_1"] == ["readonly", "hidden"] and "name" not in marks
    assert not [each for each in told["types"] if each["slug"] == "record"]
