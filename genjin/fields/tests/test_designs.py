"""Shaping a form: publish, refuse, roll back; every refusal leaves the form as it was (R-018, R-213, R-219)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.fields.tests.designing import add, change, document, make_list, put, without
from genjin.schema.models import Shape


def _slugs(cast: Cast, type: str = "customer") -> list[str]:
    return [each["slug"] for each in cast.li.get("/schema")["record_types"][type]["fields"]]


def test_a_form_nobody_shaped_is_that_of_the_code(cast: Cast) -> None:
    found = cast.admin.get("/designs/customer").body
    assert (found["version"], found["published"], found["groups"]) == (0, None, [])
    first = found["fields"][0]
    assert (first["key"], first["own"], first["can"]) == (
        "name", False, {"require": True, "loosen": False, "hide": False, "remove": False, "filter": True})  # fmt: skip
    assert [each["key"] for each in found["fields"]] == _slugs(cast)
    assert {"text", "money", "options", "member"} <= {each["type"] for each in found["types"]}


def test_fields_are_added_renamed_moved_and_put_away(cast: Cast) -> None:
    """R-213: what is published is what everybody's form shows, in that order; keys rise and are never given twice."""
    assert add(cast.admin, {"zh": "车牌", "en": "Plate", "type": "text"}, {"zh": "车价", "type": "money"}) == [
        "cf_1", "cf_2"]  # fmt: skip
    assert _slugs(cast)[-2:] == ["cf_1", "cf_2"]
    body = document(cast.admin)
    by_key = {each["key"]: each for each in body["fields"]}
    by_key["cf_1"]["zh"], by_key["region"]["zh"] = "车牌号", "省市"
    by_key["region"]["required"], by_key["cf_2"]["hidden"] = True, True
    body["fields"] = [by_key.pop("cf_1"), *by_key.values()]
    said = put(cast.admin, body)
    assert said["version"] == 2
    assert said["said"] == {"zh": "改了“车牌号”、“省市”、“车价”，换了顺序",
                            "en": "Changed Plate, Region, 车价; moved fields"}  # fmt: skip
    fields = cast.li.get("/schema")["record_types"]["customer"]["fields"]
    assert (fields[0]["slug"], fields[0]["label"]) == ("cf_1", {"zh": "车牌号", "en": "Plate"})
    assert "cf_2" not in _slugs(cast)
    region = next(each for each in fields if each["slug"] == "region")
    assert (region["label"]["zh"], region["required"]) == ("省市", True)
    assert without(cast.admin, "cf_2").status == 200
    assert add(cast.admin, {"zh": "车价", "type": "number"}) == ["cf_3"]


def test_who_began_on_an_older_version_is_shown_both(cast: Cast) -> None:
    body = document(cast.admin)
    add(cast.admin, {"zh": "车牌", "type": "text"})
    body["fields"].append({"zh": "颜色", "type": "text"})
    answer = put(cast.admin, body)
    assert (answer.status, answer["code"], answer["field"]) == (409, "conflict", "version")
    assert answer["zh"] == "管理员刚发布过“客户”的表单，先看看他改了什么"
    assert [each["key"] for each in answer["theirs"]["fields"] if each["own"]] == ["cf_1"]
    assert answer["mine"]["fields"][-1] == {"zh": "颜色", "type": "text"}
    assert Shape.objects.filter(org=cast.org).count() == 1
    same = put(cast.admin, document(cast.admin))
    assert (same.status, same["code"]) == (409, "same")


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"zh": "车牌", "type": "magic"}, "“车牌”的类型“magic”没有，从列出的类型里选"),
    ({"zh": "", "type": "text"}, "新字段要有名字"),
    ({"key": "cf_9", "zh": "车牌", "type": "text"}, "没有“cf_9”这个字段；新字段不用写 key"),
    ({"key": "plate", "zh": "车牌", "type": "text"}, "没有“plate”这个字段；新字段不用写 key"),
    ({"key": "name"}, "“name”写了两次，留一个"),
    ({"zh": "车型", "type": "option"}, "“车型”要选一个选项列表"),
    ({"zh": "车型", "type": "option", "options": "cars"}, "“车型”的选项列表“cars”没有，先建好它"),
    ({"zh": "车牌", "type": "text", "group": "car"}, "没有“car”这个分组，先加上它"),
    ({"zh": "地区", "type": "text"}, "已经有“地区”这个字段，换个名字"),
    ({"zh": "职务", "type": "text"}, "联系人里已经有“职务”这个字段，换个名字"),
    ({"zh": "车价", "type": "number", "settings": {"min": 9, "max": 1}}, "“车价”的最小值比最大值大"),
    ({"zh": "车价", "type": "number", "settings": {"precision": 9}}, "“车价”的设置“precision”不对"),
    ({"zh": "车价", "type": "text", "settings": {"currency": "CNY"}}, "“车价”的设置“currency”不对"),
    ({"zh": "车价", "type": "number", "settings": {"default": "多"}}, "默认值不行：车价要填数字"),
]


@pytest.mark.parametrize(("field", "zh"), WRONG)
def test_what_a_field_cannot_be_is_refused_with_the_reason(cast: Cast, field: dict[str, Any], zh: str) -> None:
    body = document(cast.admin)
    body["fields"].append(field)
    answer = put(cast.admin, body)
    assert (answer.status, answer["zh"]) == (422, zh), answer
    assert answer["field"] == f"fields.{len(body['fields']) - 1}"
    assert not Shape.objects.exists()


@pytest.mark.parametrize(
    ("key", "values", "zh"),
    [
        ("name", {"hidden": True}, "“客户名称”系统要用，不能隐藏"),
        ("source", {"required": False}, "“客户来源”系统要用，必须填"),
        ("owner", {"required": True}, "“负责人”不是手填的，不能设成必填"),
        ("region", {"type": "longtext"}, "“地区”是自带字段，类型和选项列表不能换，另加一个字段"),
        ("industry", {"options": "source"}, "“所属行业”是自带字段，类型和选项列表不能换，另加一个字段"),
        ("region", {"settings": {"max_length": 3}}, "“地区”是自带字段，没有这些设置"),
        ("region", {"hidden": True, "required": True}, "“地区”隐藏了就没法必填，先取消必填"),
        ("stage", {"hidden": True}, "“阶段”系统要用，不能隐藏"),
    ],
)
def test_what_the_code_needs_stays(cast: Cast, key: str, values: dict[str, Any], zh: str) -> None:
    answer = change(cast.admin, key, **values)
    assert (answer.status, answer["zh"]) == (422, zh), answer
    assert not Shape.objects.exists()


def test_a_field_with_values_is_not_removed_nor_turned_into_what_would_lose_them(cast: Cast, new_customer: Any) -> None:
    keys = make_list(cast.admin, "cars", "轿车", "货车")
    make_list(cast.admin, "vans", "面包车")
    plate, car = add(cast.admin, {"zh": "车牌", "type": "text"}, {"zh": "车型", "type": "option", "options": "cars"})
    pk = new_customer(cast.li, "有车公司", cf_1="沪A12345", cf_2=keys["轿车"])
    gone = without(cast.admin, plate)
    assert (gone.status, gone["zh"]) == (422, "“车牌”有 1 条记录填了，不能删；可以隐藏，值都留着")
    turned = change(cast.admin, plate, type="number")
    assert turned["zh"] == "“车牌”有 1 条记录填了，从单行文字改成数字会丢掉这些值；隐藏它，再加一个新字段"
    listed = change(cast.admin, car, options="vans")
    assert listed["zh"] == "“车型”有 1 条记录填了，换选项列表会丢掉这些值；隐藏它，再加一个新字段"
    assert document(cast.admin)["version"] == 1
    assert change(cast.admin, plate, type="longtext").status == 200, "what a line holds a text holds too"
    assert change(cast.admin, plate, hidden=True).status == 200
    assert "cf_1" not in cast.li.get(f"/customers/{pk}")["customer"]
    assert unscoped(Customer, "test").get(pk=pk).extra["cf_1"] == "沪A12345"
    assert change(cast.admin, plate, hidden=False).status == 200
    assert cast.li.get(f"/customers/{pk}")["customer"]["cf_1"] == "沪A12345"


def test_the_designer_is_told_what_a_field_holds_and_what_it_could_become(cast: Cast, new_customer: Any) -> None:
    add(cast.admin, {"zh": "车牌", "type": "phone"}, {"zh": "车价", "type": "money"})
    new_customer(cast.li, "有车公司", cf_1="13800138000")
    held = cast.admin.get("/designs/customer/fields/cf_1").body
    assert held == {"key": "cf_1", "records": 1, "types": ["text", "longtext", "phone"]}
    free = cast.admin.get("/designs/customer/fields/cf_2").body
    assert (free["records"], len(free["types"])) == (0, len(cast.admin.get("/designs/customer")["types"]))
    for key in ("name", "cf_9"):
        assert cast.admin.get(f"/designs/customer/fields/{key}").status == 404
    assert cast.outsider.get("/designs/customer/fields/cf_1").status == 404
    spelled = cast.admin.get("/designs/customer")["spellings"]
    assert (spelled["cf_1"], spelled["stage"]) == ("che pai", "jie duan")


def test_an_older_version_comes_back_as_a_new_one(cast: Cast, new_customer: Any) -> None:
    """R-018: versions are kept; a field that came since and holds values is put away, an empty one goes."""
    add(cast.admin, {"zh": "车牌", "type": "text"})
    add(cast.admin, {"zh": "颜色", "type": "text"}, {"zh": "年份", "type": "number"})
    new_customer(cast.li, "有车公司", cf_2="红")
    answer = cast.admin.post("/designs/customer/roll-back", {"version": 2, "to": 1})
    assert (answer.status, answer["version"]) == (200, 3)
    own = {each["key"]: each["hidden"] for each in document(cast.admin)["fields"] if each["key"].startswith("cf_")}
    assert own == {"cf_1": False, "cf_2": True}
    items = cast.admin.get("/designs/customer/versions")["items"]
    assert [(each["number"], each["live"], each["took"], each["zh"]) for each in items] == [
        (3, True, 1, "删了“年份”，改了“颜色”"),
        (2, False, None, "加了“颜色”、“年份”"),
        (1, False, None, "加了“车牌”"),
    ]
    assert items[0]["by"]["name"] == "管理员"
    for body, status in (({"version": 2, "to": 1}, 409), ({"version": 3, "to": 9}, 404)):
        assert cast.admin.post("/designs/customer/roll-back", body).status == status
    assert Shape.objects.filter(org=cast.org).count() == 3
    assert add(cast.admin, {"zh": "年份", "type": "number"}) == ["cf_4"], "a key is never given twice"


def test_the_designer_says_how_many_fields_are_typed_freely(cast: Cast) -> None:
    """R-219."""
    before = cast.admin.get("/designs/customer")["free_texts"]
    add(cast.admin, {"zh": "车牌", "type": "text"}, {"zh": "车价", "type": "money"}, {"zh": "车况", "type": "longtext"})
    assert cast.admin.get("/designs/customer")["free_texts"] == before + 2
    change(cast.admin, "notes", hidden=True)
    assert cast.admin.get("/designs/customer")["free_texts"] == before + 1
    assert cast.admin.get("/designs")["items"][0]["free_texts"] == before + 1


def test_only_administrators_shape_and_only_their_own_team(cast: Cast) -> None:
    """R-032: one form for all members of a team; nobody else changes it, no other team sees it."""
    add(cast.admin, {"zh": "车牌", "type": "text"})
    for person in (cast.li, cast.zhao):
        assert person.get("/designs/customer").status == 403
        assert person.put("/designs/customer", {"version": 1, "fields": []}).status == 403
        assert person.get("/option-lists/industry").status == 403
    assert cast.outsider.get("/designs/customer")["version"] == 0
    theirs = cast.outsider.get("/schema")["record_types"]["customer"]["fields"]
    assert "cf_1" not in [each["slug"] for each in theirs]
    made = cast.outsider.post("/customers", {"name": "他们的公司", "source": "online", "cf_1": "沪A"})
    assert (made.status, made["zh"]) == (422, "“cf_1”不是可以填写的字段")
    assert cast.outsider.get("/customers", sort="cf_1").status == 422
    assert cast.admin.get("/designs/approval").status == 404


def test_the_audit_list_tells_who_published_what(cast: Cast) -> None:
    add(cast.admin, {"zh": "车牌", "type": "text"})
    make_list(cast.admin, "cars", "轿车")
    items = {each["event"]: each for each in cast.admin.get("/audit", limit=20)["items"]}
    told = items["field.published"]
    assert (told["zh"], told["name"], told["by"]["name"]) == ("发布表单", "客户", "管理员")
    changes = {each["label"]["zh"]: each["new"]["zh"] for each in told["changes"]}
    assert changes["改了什么"] == "加了“车牌”" and changes["版本"] == "1"
    assert {each["label"]["zh"]: each["new"]["zh"] for each in items["option.saved"]["changes"]} == {
        "改了什么": "加了“轿车”", "选项列表": "cars"}  # fmt: skip


def test_groups_are_named_by_the_team(cast: Cast) -> None:
    body = document(cast.admin)
    body["groups"] = [{"key": "car", "zh": "车辆"}]
    body["fields"].append({"zh": "车牌", "type": "text", "group": "car"})
    assert put(cast.admin, body).status == 200
    told = cast.li.get("/schema")["record_types"]["customer"]
    assert told["groups"] == [{"key": "car", "zh": "车辆", "en": "车辆"}]
    assert told["fields"][-1]["group"] == "car"


def test_the_page_of_a_record_is_arranged_for_the_whole_team(cast: Cast) -> None:
    """Issue 4: which part stands where, in which order; a design that says nothing of it keeps it; a group that goes
    takes its place along; refusals change nothing."""

    def shown() -> list[tuple[str, ...]]:
        return [tuple(each.values()) for each in cast.li.get("/schema")["record_types"]["customer"]["page"]]

    assert shown() == []
    body = document(cast.admin)
    body["groups"] = [{"key": "car", "zh": "车辆", "en": "Car"}]
    next(each for each in body["fields"] if each["key"] == "size")["group"] = "car"
    body["page"] = [{"key": "group:car", "place": "main"}, {"key": "profile", "place": "side"},
                    {"key": "sharing", "place": "hidden"}]  # fmt: skip
    answer = put(cast.admin, body)
    assert (answer.status, answer["said"]["zh"]) == (200, "改了“企业规模”，改了分组，改了版面")
    told = [("group:car", "main"), ("profile", "side"), ("sharing", "hidden")]
    assert shown() == told
    # What the page shows unless the team says otherwise is what a team may arrange: one not known could never be saved.
    usual = (Path(__file__).parents[3] / "web/src/features/customers/page/usual.ts").read_text("utf-8")
    assert cast.admin.get("/designs/customer")["parts"] == re.findall(r"^  '(\w+)',$", usual, re.M)

    add(cast.admin, {"zh": "车牌", "type": "text"})
    assert shown() == told, "a form that is sent without a layout keeps it"
    for wrong, zh in (
        ([{"key": "moon", "place": "main"}], "页面上没有“moon”这一块"),
        (
            [{"key": "profile", "place": "main"}, {"key": "profile", "place": "side"}],
            "“profile”在版面里写了两次，留一个",
        ),
    ):
        refused = put(cast.admin, {**document(cast.admin), "page": wrong})
        assert (refused.status, refused["zh"]) == (422, zh)
    assert cast.li.put("/designs/customer", {**body, "version": 2}).status == 403
    assert (shown(), Shape.objects.filter(org=cast.org).count()) == (told, 2)

    body = document(cast.admin)
    body["groups"] = []
    next(each for each in body["fields"] if each["key"] == "size")["group"] = "company"
    assert put(cast.admin, body).status == 200
    assert shown() == told[1:]
    assert cast.admin.post("/designs/customer/roll-back", {"version": 3, "to": 1}).status == 200
    assert shown() == told
