"""A team's own fields beyond customers: sheets, records, to-dos; what a role hides; what is retired (R-166, R-213)."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import orjson
import pytest

from conftest import Cast
from genjin.exchange.tests.test_export_over_http import exported
from genjin.exchange.tests.test_import_over_http import taken
from genjin.fields.tests.designing import add, change, make_list
from tests.test_own_fields import Sample, _filtered, _made, _shown, types

__all__ = ["types"]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path


def _sheet(head: list[str], *rows: list[str]) -> bytes:
    made = io.StringIO(newline="")
    csv.writer(made).writerows([head, *rows])
    return made.getvalue().encode("utf-8-sig")


def test_an_export_comes_back_by_an_import(cast: Cast, types: dict[str, tuple[str, Sample]]) -> None:
    """R-237: every own field of an exported sheet is taken over again as it was; a new row gets a number of its own,
    marks stay behind in the look of the cell, and files are no more than names there."""
    pk, _ = _made(cast, types)
    sheet = exported(cast.li, format="csv", ids=[pk]).text
    assert cast.zhao.post("/customers/delete", {"ids": [pk]}).status == 200
    taken(cast.li, sheet, "客户.csv")
    (found,) = cast.li.get("/customers", q="甲公司")["items"]
    assert found["id"] != pk
    for name, (key, each) in types.items():
        wanted: Any = {"serial": "SQ-2026-004", "attachment": None, "picture": None}.get(name, _shown(each))
        assert found[key] == ({**wanted, "blocks": []} if name == "rich" else wanted), name


def test_an_import_takes_own_fields_of_every_kind_of_row(cast: Cast) -> None:
    """By label or key; what does not fit is kept as a note, and the wizard offers each field."""
    keys = make_list(cast.admin, "cars", "轿车", "货车")
    plate, price = add(cast.admin, {"zh": "车型", "type": "option", "options": "cars"}, {"zh": "车价", "type": "money"})
    (hobby,) = add(cast.admin, {"zh": "爱好", "type": "tags"}, of="contact")
    (mileage,) = add(cast.admin, {"zh": "里程", "type": "number"}, of="followup")
    head = ["客户名称", "车型", "车价（万元）", "联系人", "爱好", "跟进时间", "跟进方式", "跟进内容", "里程"]
    good = ["甲公司", "轿车", "12.5", "王建国", "钓鱼、围棋", "2026-11-02 10:00", "电话", "谈了报价和交期", "1200"]
    bad = ["乙集团", "飞船", "很多", "李芸", "", "2026-11-03 10:00", "电话", "谈了报价和交期", "不知道"]
    run = taken(cast.li, _sheet(head, good, bad), "跟进.csv")
    told = {each["header"]: each["field"] for each in cast.li.get(f"/imports/{run}")["columns"]}
    assert [told[name] for name in ("车型", "车价（万元）", "爱好", "里程")] == [
        f"customer.{plate}", f"customer.{price}", f"contact.{hobby}", f"followup.{mileage}"]  # fmt: skip
    targets = {each["slug"]: each for each in cast.li.get(f"/imports/{run}")["targets"]}
    assert targets[f"followup.{mileage}"]["label"]["zh"] == "里程"
    first, second = (cast.li.get("/customers", q=name)["items"][0] for name in ("甲公司", "乙集团"))
    assert (first[plate], first[price]) == (keys["轿车"], 125_000_00)
    page = cast.li.get(f"/customers/{first['id']}")
    assert page["contacts"][0][hobby] == ["钓鱼", "围棋"]
    records = {each["customer"]["id"]: each for each in cast.li.get("/followups")["items"]}
    assert records[first["id"]][mileage] == 1200
    assert second[plate] is None and second[price] is None and records[second["id"]][mileage] is None
    assert cast.li.get(f"/customers/{second['id']}")["customer"]["notes"] == "车型：飞船\n车价：很多"
    (todo,) = add(cast.admin, {"zh": "地点", "type": "text"}, of="agenda")
    taken(cast.li, _sheet(["做什么", "什么时候", todo], ["去现场", "2026-12-01 10:00", "三号楼"]), "待办.csv")
    (item,) = cast.li.get("/agenda")["items"]
    assert (item["act"], item[todo]) == ("去现场", "三号楼")


def test_any_optional_field_becomes_mandatory_and_back(cast: Cast, new_customer: Any, good: dict[str, Any]) -> None:
    """R-037: without code, per form; nothing is asked of fields that the form has put away."""
    pk = new_customer(cast.li, "甲公司")
    body = {"customer_id": pk, **good}
    assert change(cast.admin, "topic", of="followup", required=True).status == 200
    refused = cast.li.post("/followups", body)
    assert (refused.status, refused["code"]) == (422, "standard")
    assert "topic" in [each["field"] for each in refused["findings"]]
    assert change(cast.admin, "topic", of="followup", required=False).status == 200
    assert change(cast.admin, "region", required=True).status == 200
    missing = cast.li.post("/customers", {"name": "乙集团", "source": "online"})
    assert (missing.status, missing["zh"]) == (422, "地区没有填")
    assert cast.li.post("/followups", body).status == 201


def test_a_record_and_a_todo_have_own_fields_too(cast: Cast, new_customer: Any, good: dict[str, Any]) -> None:
    """Asked for while it is written, shown in list, page and sheet, changed, told by its versions, exported."""
    (mileage,) = add(cast.admin, {"zh": "里程", "type": "number", "required": True, "settings": {"unit": "公里"}},
                     of="followup")  # fmt: skip
    pk = new_customer(cast.li, "甲公司")
    body = {"customer_id": pk, **good}
    refused = cast.li.post("/followups", body)
    assert (refused.status, refused["code"]) == (422, "standard"), refused
    assert mileage in [each["field"] for each in refused["findings"]]
    panel = cast.li.post("/followups/check", body)["findings"]
    assert next(each for each in panel if each["field"] == mileage)["message"]["zh"] == "还没写“里程”"
    wrong = cast.li.post("/followups", {**body, mileage: "远"})
    assert (wrong.status, wrong["zh"]) == (422, "里程要填数字")
    made = cast.li.post("/followups", {**body, mileage: 1200})
    assert made.status == 201, made
    record = cast.li.get(f"/followups/{made['id']}")
    lines = {each["slug"]: each["text"]["zh"] for part in record["sections"] for each in part["fields"]}
    assert (record[mileage], lines[mileage]) == (1200, ["1200公里"])
    (line,) = [each for each in cast.li.get(f"/customers/{pk}")["timeline"]["items"] if each["kind"] == "followup"]
    assert line[mileage] == 1200
    changed = cast.li.patch(f"/followups/{made['id']}", {"version": 1, mileage: 1300})
    assert changed.status == 200, changed
    emptied = cast.li.patch(f"/followups/{made['id']}", {"version": changed["version"], mileage: None})
    assert (emptied.status, emptied["code"]) == (422, "standard")
    listed = cast.li.get("/followups", sort=f"-{mileage}",
                         filter=orjson.dumps({"field": mileage, "op": "gt", "value": 1200}).decode())  # fmt: skip
    assert [each[mileage] for each in listed["items"]] == [1300]
    back = cast.li.post(f"/versions/followup/{made['id']}/1", {"version": changed["version"]})
    assert back["restored"] == [mileage]
    text = exported(cast.li, format="csv", record_type="followup").text.decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(text, newline=""))
    assert row[head.index("里程")] == "1200"

    (place,) = add(cast.admin, {"zh": "地点", "type": "text", "required": True}, of="agenda")
    todo = {"customer_id": pk, "act": "去现场", "due_at": "2026-11-27T02:00:00Z"}
    missing = cast.li.post("/agenda", todo)
    assert (missing.status, missing["zh"]) == (422, "地点没有填")
    item = cast.li.post("/agenda", {**todo, place: "三号楼"})
    moved = cast.li.patch(f"/agenda/{item['id']}", {"version": 1, place: "四号楼", "goal": "看设备"})
    assert moved.status == 200, moved
    (shown,) = [each for each in cast.li.get("/agenda")["items"] if each["id"] == item["id"]]
    assert (shown[place], shown["goal"]) == ("四号楼", "看设备")
    assert cast.li.patch(f"/agenda/{item['id']}", {"version": 1, place: "五号楼"}).status == 409
    told = cast.li.get(f"/versions/agenda/{item['id']}")["items"][0]["changes"]
    assert {each["field"]: each["new"]["zh"] for each in told} == {place: "四号楼", "goal": "看设备"}
    assert cast.li.post(f"/versions/agenda/{item['id']}/1", {"version": moved["version"]})["restored"] == [
        "goal",
        place,
    ]


def test_a_field_hidden_by_a_role_is_found_nowhere(cast: Cast, new_customer: Any) -> None:
    """R-166: neither by list, page, history, filter, sort, view, export nor form; not to be written."""
    secret, open_ = add(cast.admin, {"zh": "底价说明", "type": "text"}, {"zh": "车牌", "type": "text"})
    pk = new_customer(cast.wang, "甲公司", **{secret: "金丝雀一号", open_: "沪A"})
    assert cast.wang.patch(f"/customers/{pk}", {"version": 1, secret: "金丝雀二号"}).status == 200
    view = {"record_type": "customer", "name": "按底价", "sort": secret,
            "filter": {"field": secret, "op": "not_empty"}, "columns": [{"key": secret}]}  # fmt: skip
    saved = cast.admin.post("/views", view)
    assert saved.status == 201, saved
    assert cast.admin.post(f"/views/{saved['id']}/share", {"version": 1, "shared": "all"}).status == 200
    role = next(each for each in cast.admin.get("/roles")["items"] if each["key"] == "supervisor")
    now = cast.admin.get(f"/roles/{role['id']}")["version"]
    body = {"version": now, "fields": {"customer": {secret: "hidden"}}}
    assert cast.admin.patch(f"/roles/{role['id']}", body).status == 200
    zhao = cast.zhao
    answers = [zhao.get(path) for path in (
        "/schema", "/customers", "/customers/board", f"/customers/{pk}", f"/customers/{pk}/timeline",
        f"/versions/customer/{pk}", f"/versions/customer/{pk}/1", f"/customers/{pk}/since?seen=2020-01-01T00:00:00Z",
        f"/customers?view={saved['id']}")]  # fmt: skip
    answers.append(exported(zhao, format="csv"))
    for each in answers:
        # A shared view says what it had to leave out, by name, like one whose field is gone.
        text = orjson.dumps({**each.body, "left_out": None}).decode() if each.body else each.text.decode("utf-8-sig")
        assert each.status == 200, each
        assert "金丝雀" not in text and "底价说明" not in text, each
    assert "沪A" in answers[1].text.decode()
    assert zhao.get("/customers", sort=secret).status == 422
    assert _filtered(zhao, secret, {"op": "not_empty"}).status == 400
    version = zhao.get(f"/customers/{pk}")["customer"]["version"]
    refused = zhao.patch(f"/customers/{pk}", {"version": version, secret: "改"})
    assert (refused.status, refused["field"]) == (403, secret)
    # The mark outlives the field's being put away, and a saving of the role meanwhile.
    assert change(cast.admin, secret, hidden=True).status == 200
    again = cast.admin.get(f"/roles/{role['id']}")
    assert again["fields"]["customer"] == {secret: "hidden"}
    saved_role = cast.admin.patch(
        f"/roles/{role['id']}", {"version": again["version"], "fields": again["fields"], "zh": "主管甲"}
    )
    assert saved_role.status == 200, saved_role
    assert change(cast.admin, secret, hidden=False).status == 200
    assert secret not in zhao.get(f"/customers/{pk}")["customer"]


def test_a_retired_option_is_not_restored(cast: Cast, new_customer: Any) -> None:
    keys = make_list(cast.admin, "cars", "轿车", "货车")
    (key,) = add(cast.admin, {"zh": "有什么车", "type": "options", "options": "cars"})
    pk = new_customer(cast.li, "甲公司", **{key: list(keys.values())})
    assert cast.li.patch(f"/customers/{pk}", {"version": 1, key: [keys["货车"]]}).status == 200
    body = cast.admin.get("/option-lists/cars").body
    items = [{**each, "retired": each["zh"] == "轿车"} for each in body["items"]]
    assert cast.admin.put("/option-lists/cars", {"version": body["version"], "items": items}).status == 200
    answer = cast.li.post(f"/versions/customer/{pk}/1", {"version": 2})
    assert (answer.status, answer["zh"]) == (422, "有什么车的选项“轿车”已经停用，选一个现在的")
    assert cast.li.get(f"/customers/{pk}")["customer"][key] == [keys["货车"]]
