"""Rows of an own type come in from a sheet and go out into one, and come back without loss (R-213, R-237, A3)."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import Answer, Cast, Person
from genjin.access.guard import unscoped
from genjin.access.models import Role
from genjin.exchange.tests.test_export_over_http import exported, table
from genjin.exchange.tests.test_import_over_http import work
from genjin.fields.tests.designing import make_list
from genjin.lib import moment
from genjin.records.models import Record
from genjin.records.tests.making import give, make_row, make_type, names, row


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def sample(cast: Cast) -> str:
    make_list(cast.admin, "models", "MX-3", "MX-4")
    fields = [{"zh": "型号", "type": "option", "options": "models"}, {"zh": "价格", "type": "money"},
              {"zh": "要货日期", "type": "date"}]  # fmt: skip
    return make_type(cast, fields=fields)


def sheet(head: list[str], *rows: list[str]) -> bytes:
    made = io.StringIO(newline="")
    csv.writer(made).writerows([head, *rows])
    return made.getvalue().encode("utf-8-sig")


def sent(person: Person, data: bytes, name: str = "样品.csv", target: str = "x_sample") -> int:
    file = {"file": SimpleUploadedFile(name, data)}
    answer = Answer(person.client.post(f"/api/v1/imports?target={target}", file))
    assert answer.status == 201, answer
    work()
    return int(answer["id"])


def checked(person: Person, data: bytes, name: str = "样品.csv") -> int:
    pk = sent(person, data, name)
    run = person.get(f"/imports/{pk}")
    assert run["state"] == "mapping", run
    assert person.post(f"/imports/{pk}/check").status == 200
    work()
    assert person.get(f"/imports/{pk}")["state"] == "checked", person.get(f"/imports/{pk}")
    return pk


def taken(person: Person, data: bytes, name: str = "样品.csv") -> Any:
    pk = checked(person, data, name)
    assert person.post(f"/imports/{pk}/run").status == 200
    work()
    run = person.get(f"/imports/{pk}")
    assert run["state"] == "done", run
    return run


HEAD = ["标题", "客户", "联系人", "状态", "负责人", "型号", "价格（元）", "要货日期", "备注"]


def test_two_hundred_rows_come_in_and_their_import_is_undone(cast: Cast, sample: str, new_customer: Any) -> None:
    """The Done means of the issue: 200 rows by the same wizard, undone for 24 h."""
    new_customer(cast.li, "甲公司")
    rows = [[f"样品{at}", "甲公司", "王建国", ("待审", "已寄出")[at % 2], "", "MX-3", "12.5", "2026-12-01", "x"]
            for at in range(200)]  # fmt: skip
    pk = checked(cast.li, sheet(HEAD, *rows))
    told = cast.li.get(f"/imports/{pk}")
    assert told["target"] == {"slug": "x_sample", "label": {"zh": "样品申请", "en": "Sample"}}
    fields = {each["header"]: each["field"] for each in told["columns"]}
    assert (fields["标题"], fields["型号"], fields["价格（元）"], fields["备注"]) == (
        "x_sample.name", "x_sample.cf_1", "x_sample.cf_2", None)  # fmt: skip
    assert {each["slug"] for each in told["targets"]} == {
        f"x_sample.{slug}"
        for slug in ("name", "number", "state", "customer", "contact", "owner", "cf_1", "cf_2", "cf_3")
    }
    assert (told["counts"]["ready"], told["counts"]["records_new"], told["counts"]["customers_new"]) == (200, 200, 0)
    assert unscoped(Record, "test").count() == 0
    assert cast.li.post(f"/imports/{pk}/run").status == 200
    work()
    listed = cast.li.get("/records/x_sample", count=True, sort="number", limit=200)
    assert (listed["total"], [each["number"] for each in listed["items"]]) == (200, list(range(1, 201)))
    first = listed["items"][1]
    assert (first["name"], first["state"], first["cf_1"] != "", first["cf_2"], first["cf_3"]) == (
        "样品1", "sent", True, 1250, "2026-12-01")  # fmt: skip
    assert (first["customer"]["name"], first["contact"]["name"], first["owner"]["id"]) == (
        "甲公司", "王建国", cast.li.id)  # fmt: skip
    touched = listed["items"][0]["id"]
    cast.li.patch(f"/records/x_sample/{touched}", {"version": 1, "name": "改过"})
    undone = cast.li.post("/batches/undo", {"batch": cast.li.get(f"/imports/{pk}")["batch"]})
    assert (undone.status, undone["removed"], undone["stays"]) == (200, {"record": 199}, 1)
    assert names(cast.li.get("/records/x_sample")) == ["改过"]


def test_each_bad_cell_is_said_beside_its_row_with_a_tap_that_mends_it(
    cast: Cast, sample: str, new_customer: Any
) -> None:
    new_customer(cast.qian, "金丝雀公司")
    there = make_row(cast.wang, "别人的")
    assert there
    rows = [
        ["好的", "", "", "", "", "", "", "", ""],
        ["", "", "", "", "", "MX-3", "", "", ""],
        ["一", "金丝雀公司", "", "", "", "", "", "", ""],
        ["二", "", "", "在路上", "", "", "", "", ""],
        ["三", "", "", "", "没这人", "", "", "", ""],
        ["四", "", "", "", "", "MX-9", "", "", ""],
        ["好的", "", "", "", "", "", "", "", ""],
    ]
    pk = checked(cast.li, sheet(HEAD, *rows))
    items = cast.li.get(f"/imports/{pk}/rows")["items"]
    said = {each["row"]: (each["verdict"], [one["zh"] for one in each["problems"]]) for each in items}
    assert said == {
        2: ("ready", []),
        3: ("refused", ["标题没有填"]),
        4: ("confirm", ["没有客户“金丝雀公司”，或者你看不到；先建好它，或者留空"]),
        5: ("confirm", ["状态“在路上”不在选项里，选一个对应的"]),
        6: ("confirm", ["团队里没有“没这人”"]),
        7: ("confirm", ["型号“MX-9”读不出，改一下或者留空"]),
        8: ("duplicate", ["和第 2 行是同一条"]),
    }
    fixes = {each["row"]: each["problems"][0]["fixes"] for each in items if each["problems"]}
    assert [one["label"]["zh"] for one in fixes[5]] == ["待审", "已寄出", "不寄", "跳过"]
    assert [one["label"]["zh"] for one in fixes[7]] == ["MX-3", "MX-4", "留空", "跳过"]
    for number in (4, 5, 6, 7):
        answer = cast.li.patch(f"/imports/{pk}/rows", {"rows": [{"sheet": items[0]["sheet"], "row": number,
                                                                 "set": fixes[number][0]["set"]}]})  # fmt: skip
        assert answer.status == 200, answer
    counts = cast.li.get(f"/imports/{pk}")["counts"]
    assert (counts["ready"], counts["refused"], counts["duplicate"]) == (5, 1, 1)
    assert cast.li.post(f"/imports/{pk}/run").status == 200
    work()
    assert names(cast.li.get("/records/x_sample", sort="number")) == ["好的", "一", "二", "三", "四"]
    download = cast.li.get(f"/imports/{pk}/refused.xlsx")
    assert download.status == 200


def test_what_the_form_misses_is_said_beside_a_row_and_keeps_none_out(cast: Cast) -> None:
    """A sheet tells the past: required fields, conditions and rules are findings, as with records and customers."""
    many = {"zh": "件数", "type": "number", "required": True}
    sent_ = {"field": "state", "op": "eq", "value": "sent"}
    number = {"zh": "单号", "type": "text", "required_when": sent_}
    make_type(cast, fields=[many, number])
    design = cast.admin.get("/designs/x_sample")
    must = {"or": [{"field": "cf_1", "op": "empty"}, {"field": "cf_1", "op": "lte", "value": 100}]}
    rule = {"must": must, "field": "cf_1", "zh": "一次最多 100 件"}
    told = {"version": design["version"], "rules": [rule], "groups": [],
            "fields": [{"key": "cf_1", **many}, {"key": "cf_2", **number}]}  # fmt: skip
    assert cast.admin.put("/designs/x_sample", told).status == 200
    there = make_row(cast.li, "旧的", cf_1=3)
    rows = [["甲", "", "待审", "3", ""], ["乙", "", "", "", ""], ["丙", "", "已寄出", "", ""],
            ["丁", "", "", "500", ""], ["戊", "", "已寄出", "5", "SF1"], ["旧的", "1", "已寄出", "", ""],
            ["", "", "", "", ""]]  # fmt: skip
    pk = checked(cast.li, sheet(["标题", "编号", "状态", "件数", "单号"], *rows))
    items = cast.li.get(f"/imports/{pk}/rows")["items"]
    said = {each["values"]["x_sample.name"]: [one["message"]["zh"] for one in each["findings"]] for each in items}
    assert said == {"甲": [], "乙": ["件数没有填"], "丙": ["件数没有填", "单号没有填"], "丁": ["一次最多 100 件"],
                    "戊": [], "旧的": ["单号没有填"]}  # fmt: skip
    assert {each["verdict"] for each in items} == {"ready"}
    assert items[1]["cells"] == {"x_sample.cf_1": "unsure"}
    counts = cast.li.get(f"/imports/{pk}")["counts"]
    assert (counts["ready"], counts["records_missing"]) == (6, 4)
    # Typed over beside the row, it is no finding any more.
    mended = {"sheet": items[1]["sheet"], "row": 3, "set": {"x_sample.cf_1": "7"}}
    assert cast.li.patch(f"/imports/{pk}/rows", {"rows": [mended]}).status == 200
    assert cast.li.get(f"/imports/{pk}")["counts"]["records_missing"] == 3
    assert cast.li.post(f"/imports/{pk}/run").status == 200
    work()
    assert cast.li.get("/records/x_sample", count=True)["total"] == 6
    assert row(cast.li, there)["state"] == "sent"
    # Whoever changes such a row later is asked only for what his change makes wrong.
    pk = next(each["id"] for each in cast.li.get("/records/x_sample")["items"] if each["name"] == "丁")
    assert cast.li.patch(f"/records/x_sample/{pk}", {"version": 1, "cf_2": "x"}).status == 200


def test_links_are_read_by_name_in_one_statement_for_all_cells(cast: Cast, new_customer: Any) -> None:
    """Of two of one name none is meant, and none that one does not see."""
    make_type(cast, fields=[{"zh": "终端客户", "type": "link", "settings": {"to": "customer"}}])
    firms = [f"第{at}公司" for at in range(30)]
    ids = [new_customer(cast.li, name) for name in firms]
    new_customer(cast.qian, "别人的公司")
    asked = []
    for many in (3, 30):
        lines = [[f"样品{many}-{at}", firms[at]] for at in range(many)]
        pk = checked(cast.li, sheet(["标题", "终端客户"], *lines, ["看不到的", "别人的公司"]), f"{many}.csv")
        assert cast.li.get(f"/imports/{pk}")["counts"]["confirm"] == 1
        assert cast.li.post(f"/imports/{pk}/run").status == 200
        with CaptureQueriesContext(connection) as caught:
            work()
        asked.append(sum("customers_customer" in (each["sql"] or "") for each in caught.captured_queries))
    assert asked[0] == asked[1], asked
    listed = cast.li.get("/records/x_sample", q="样品30-", limit=100)["items"]
    assert {each["cf_1"]["id"] for each in listed} == set(ids)


def test_an_export_holds_what_the_list_shows_and_comes_back(cast: Cast, sample: str, new_customer: Any) -> None:
    customer = new_customer(cast.li, "甲公司")
    contact = cast.li.get(f"/customers/{customer}")["contacts"][0]["id"]
    options = cast.li.get("/schema")["options"]["models"]
    first = make_row(cast.li, "主轴", customer=customer, contact=contact, cf_1=options[0]["key"], cf_2=1250,
                     cf_3="2026-12-01", state="sent")  # fmt: skip
    make_row(cast.li, "导轨")
    make_row(cast.wang, "别人的")
    before = table(exported(cast.li, record_type="x_sample", format="csv"))
    assert before[0] == ["标题", "编号", "状态", "客户", "联系人", "负责人", "部门", "进入状态时间", "创建时间",
                         "更新时间", "型号", "价格（元）", "要货日期"]  # fmt: skip
    assert before[1][:7] + before[1][10:] == ["主轴", "1", "已寄出", "甲公司", "王建国", "李销售", "销售一部", "MX-3",
                                              "12.5", "2026-12-01"]  # fmt: skip
    assert [each[0] for each in before[1:]] == ["主轴", "导轨"]
    some = table(exported(cast.li, record_type="x_sample", format="csv", ids=[first], columns=["name", "cf_2"]))
    assert some == [["标题", "价格（元）"], ["主轴", "12.5"]]
    xlsx = exported(cast.li, record_type="x_sample").text
    unscoped(Record, "test").filter(name="主轴").update(extra={})
    run = taken(cast.li, xlsx, "样品.xlsx")
    assert (run["counts"]["records_new"], run["counts"]["records_update"]) == (0, 2)
    after = table(exported(cast.li, record_type="x_sample", format="csv"))
    kept = [at for at, name in enumerate(before[0]) if name != "更新时间"]
    assert [[each[at] for at in kept] for each in after] == [[each[at] for at in kept] for each in before]
    # Into an emptied house: one tap for all, and the rows are new ones.
    unscoped(Record, "test").update(deleted_at=moment.now())
    pk = checked(cast.li, xlsx, "样品2.xlsx")
    items = cast.li.get(f"/imports/{pk}/rows")["items"]
    assert {each["problems"][0]["zh"] for each in items} == {"没有编号“1”的样品申请，或者你看不到",
                                                              "没有编号“2”的样品申请，或者你看不到"}  # fmt: skip
    decided = cast.li.patch(f"/imports/{pk}/rows", {"rows": [{"sheet": items[0]["sheet"], "row": items[0]["row"],
                            "separate": True}], "same_kind": "unknown-number"})  # fmt: skip
    assert decided["counts"]["ready"] == 2, decided
    assert cast.li.post(f"/imports/{pk}/run").status == 200
    work()
    again = table(exported(cast.li, record_type="x_sample", format="csv"))
    same = [at for at, name in enumerate(before[0]) if name not in ("编号", "进入状态时间", "创建时间", "更新时间")]
    assert [[each[at] for at in same] for each in again] == [[each[at] for at in same] for each in before]


def test_numbers_update_rows_only_along_their_states_and_rights(cast: Cast, sample: str) -> None:
    mine, theirs = make_row(cast.li, "主轴", state="refused"), make_row(cast.wang, "别人的")
    head = ["编号", "标题", "状态"]
    pk = checked(cast.li, sheet(head, ["#1", "主轴二", "已寄出"], ["2", "抢来的", ""]))
    said = {each["row"]: each["problems"][0]["zh"] for each in cast.li.get(f"/imports/{pk}/rows")["items"]}
    assert said == {2: "不能从“不寄”到“已寄出”", 3: "没有编号“2”的样品申请，或者你看不到"}
    taken(cast.li, sheet(head, ["1", "主轴二", ""]))
    told = row(cast.li, mine)
    assert (told["name"], told["state"], told["version"]) == ("主轴二", "refused", 2)
    assert row(cast.wang, theirs)["name"] == "别人的"
    give(cast, "x_sample", "rep", {"see": ["self", "department"], "change": ["self"]})
    pk = checked(cast.li, sheet(head, ["2", "抢来的", ""]))
    (line,) = cast.li.get(f"/imports/{pk}/rows")["items"]
    assert (line["verdict"], line["problems"][0]["zh"]) == ("refused", "#2 你能看，不能改")


def test_who_may_not_see_a_type_neither_imports_nor_exports_it(cast: Cast, sample: str) -> None:
    make_row(cast.li, "金丝雀")
    give(cast, "x_sample", "rep", {"see": ["self"], "change": []})
    file = {"file": SimpleUploadedFile("样品.csv", sheet(["标题"], ["甲"]))}
    refused = Answer(cast.li.client.post("/api/v1/imports?target=x_sample", file))
    assert (refused.status, refused["zh"]) == (403, "你能看样品申请，但不能写；找管理员开通")
    for person, target in ((cast.outsider, "x_sample"), (cast.li, "x_none"), (cast.li, "customer")):
        file = {"file": SimpleUploadedFile("样品.csv", sheet(["标题"], ["甲"]))}
        assert Answer(person.client.post(f"/api/v1/imports?target={target}", file)).status == 404
    assert cast.outsider.post("/exports", {"record_type": "x_sample"}).status == 404
    assert cast.li.post("/exports", {"record_type": "x_sample", "columns": ["none"]}).status == 422
    assert "金丝雀" not in exported(cast.wang, record_type="x_sample", format="csv").text.decode()
    give(cast, "x_sample", "rep", {"see": ["self"], "change": ["self"]}, {"cf_2": "hidden"})
    head = table(exported(cast.li, record_type="x_sample", format="csv"))[0]
    assert "价格（元）" not in head
    role = Role.objects.get(org=cast.org, key="rep")
    assert role.fields["x_sample"] == {"cf_2": "hidden"}
    pk = sent(cast.li, sheet(["标题", "价格"], ["甲", "3"]))
    barred = cast.li.post(f"/imports/{pk}/check")
    assert (barred.status, barred["zh"]) == (403, "“价格”这一列对应的内容你不能填，把它改成“不导入”")


def test_a_file_without_a_known_heading_is_refused(cast: Cast, sample: str) -> None:
    pk = sent(cast.li, sheet(["甲", "乙"], ["1", "2"]))
    run = cast.li.get(f"/imports/{pk}")
    assert (run["state"], run["error"]["zh"]) == (
        "failed", "没有找到表头：至少要有一列是样品申请的字段，比如“标题”")  # fmt: skip
