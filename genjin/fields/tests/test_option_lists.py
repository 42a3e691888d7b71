"""Option lists: colour, order, retiring without losing old values."""

from __future__ import annotations

from typing import Any

from conftest import Cast
from genjin.fields.tests.designing import add, make_list
from genjin.schema.models import Option


def _list(cast: Cast, name: str) -> dict[str, Any]:
    found = cast.admin.get(f"/option-lists/{name}").body
    return {"version": found["version"], "items": found["items"]}


def test_a_list_is_renamed_coloured_reordered_and_extended(cast: Cast) -> None:
    body = _list(cast, "industry")
    first, second = body["items"][:2]
    first["zh"], second["color"] = "智能制造", "#0E6A5E"
    body["items"][:2] = [second, first]
    body["items"].append({"zh": "低空经济", "en": "Low altitude"})
    answer = cast.admin.put("/option-lists/industry", body)
    assert answer.status == 200, answer
    told = cast.li.get("/schema")["options"]["industry"]
    assert [each["key"] for each in told[:2]] == [second["key"], first["key"]]
    assert (told[0]["color"], told[1]["zh"], told[-1]["zh"]) == ("#0E6A5E", "智能制造", "低空经济")
    assert told[-1]["key"].startswith("o_")
    late = cast.admin.put("/option-lists/industry", body)
    assert (late.status, late["version"]) == (409, answer["version"])


def test_what_is_said_of_an_option_elsewhere_stays(cast: Cast) -> None:
    row = Option.objects.get(org=cast.org, list_name="intent_class", key="A")
    body = _list(cast, "intent_class")
    next(each for each in body["items"] if each["key"] == "A")["color"] = "#B83A24"
    assert cast.admin.put("/option-lists/intent_class", body).status == 200
    after = Option.objects.get(pk=row.pk)
    assert after.facts == {**row.facts, "color": "#B83A24"}
    assert after.synonyms == row.synonyms


def test_an_option_in_use_is_retired_not_removed(cast: Cast, new_customer: Any) -> None:
    keys = make_list(cast.admin, "cars", "轿车", "货车", "客车")
    add(cast.admin, {"zh": "车型", "type": "option", "options": "cars"},
        {"zh": "都有什么车", "type": "options", "options": "cars"})  # fmt: skip
    pk = new_customer(cast.li, "有车公司", cf_1=keys["轿车"], cf_2=[keys["货车"]])
    for label, field in (("轿车", "车型"), ("货车", "都有什么车")):
        body = _list(cast, "cars")
        body["items"] = [each for each in body["items"] if each["zh"] != label]
        answer = cast.admin.put("/option-lists/cars", body)
        assert (answer.status, answer["code"], answer["count"]) == (409, "in_use", 1)
        assert answer["zh"] == f"“{label}”有 1 条记录的“{field}”在用，不能删；停用它，旧记录还显示原来的名字"
    body = _list(cast, "cars")
    body["items"] = [{**each, "retired": each["zh"] == "轿车"} for each in body["items"] if each["zh"] != "客车"]
    said = cast.admin.put("/option-lists/cars", body)
    assert said["said"]["zh"] == "停用“轿车”，删了“客车”"
    assert [(each["zh"], each["retired"]) for each in _list(cast, "cars")["items"]] == [("轿车", True), ("货车", False)]
    assert cast.li.get(f"/customers/{pk}")["customer"]["cf_1"] == keys["轿车"]


def test_what_the_system_needs_is_only_retired(cast: Cast) -> None:
    body = _list(cast, "stage")
    removed = body["items"].pop(0)
    answer = cast.admin.put("/option-lists/stage", body)
    assert (answer.status, answer["zh"]) == (422, f"“{removed['zh']}”系统要用，不能删；不再用就停用它")
    assert Option.objects.filter(org=cast.org, list_name="stage", key=removed["key"]).exists()


def test_bad_lists_are_refused(cast: Cast) -> None:
    assert cast.admin.put("/option-lists/cars", {"items": []})["zh"] == "选项列表至少要有一项"
    twice = cast.admin.put("/option-lists/cars", {"items": [{"zh": "轿车"}, {"zh": "轿车"}]})
    assert (twice.status, twice["zh"], twice["field"]) == (422, "“轿车”写了两次，留一个", "items.1")
    strange = cast.admin.put("/option-lists/cars", {"items": [{"key": "x", "zh": "轿车"}]})
    assert strange["zh"] == "没有“x”这个选项；新选项不用写 key"
    assert cast.admin.put("/option-lists/Cars!", {"items": [{"zh": "轿车"}]}).status == 422
    assert cast.admin.get("/option-lists/cars").status == 404
    assert not Option.objects.filter(list_name="cars").exists()


def test_the_lists_tell_which_fields_use_them(cast: Cast) -> None:
    make_list(cast.admin, "cars", "轿车")
    add(cast.admin, {"zh": "车型", "type": "option", "options": "cars"})
    items = {each["name"]: each for each in cast.admin.get("/option-lists")["items"]}
    assert items["cars"]["fields"] == [
        {"record_type": "customer", "key": "cf_1", "label": {"zh": "车型", "en": "车型"}}]  # fmt: skip
    assert [each["key"] for each in items["industry"]["fields"]] == ["industry"]
