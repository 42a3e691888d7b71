"""The Done means of own record types by the API alone (R-213–R-221): what the screens do, a program can."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from conftest import Cast
from genjin.automations.tests.conftest import turn
from genjin.exchange.tests.test_export_over_http import exported
from genjin.exchange.tests.test_import_over_http import work
from genjin.exchange.tests.test_record_sheets import checked, sheet
from genjin.fields.tests.designing import add
from genjin.records.tests.making import give

pytestmark = pytest.mark.django_db(transaction=True)
STATES = [{"key": "asked", "zh": "待审", "next": ["sent"]}, {"key": "sent", "zh": "已寄出", "closed": True}]
SENT = {"field": "state", "op": "eq", "value": "sent"}
FIELDS: list[dict[str, Any]] = [
    {"zh": "件数", "type": "number", "required": True, "settings": {"unit": "件"}},
    {"zh": "样品类型", "type": "option", "options": "sample_kind"},
    {"zh": "需要日期", "type": "date"},
    {"zh": "样品费用", "type": "money"},
    {"zh": "寄送地址", "type": "address"},
    {"zh": "收样电话", "type": "phone"},
    {"zh": "要说明书", "type": "bool"},
    {"zh": "快递单号", "type": "text", "required_when": SENT},
]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path


def test_from_the_default_pack_to_a_working_type_by_the_api(cast: Cast) -> None:
    admin, li, wang = cast.admin, cast.li, cast.wang
    before = admin.get("/pack/changes")["changes"]

    # The type, two states, eight fields, a demand on the way.
    items = [{"zh": "主轴"}, {"zh": "密封圈"}, {"zh": "导轨"}]
    assert admin.put("/option-lists/sample_kind", {"version": "", "items": items}).status == 200
    made = admin.post("/record-types", {"zh": "样品申请", "slug": "x_sample", "states": STATES})
    assert made.status == 201, made
    keys: dict[str, str] = dict(zip((each["zh"] for each in FIELDS), add(admin, *FIELDS, of="x_sample"), strict=True))

    # Rights for two roles, an automation to the warehouse.
    give(cast, "x_sample", "rep", {"see": ["self"], "change": ["self"]})
    give(cast, "x_sample", "supervisor", {"see": ["subtree"], "change": ["subtree"]})
    warehouse = admin.post("/departments", {"name": "仓库"})["id"]
    todo = {"do": "todo", "act": "备好“{记录}”的样品", "to": {"who": "department", "id": warehouse}, "within": 1}
    body = {"name": "样品申请交给仓库", "event": "created:x_sample", "actions": [todo]}
    automation = admin.post("/automations", {"body": body})["id"]
    assert admin.post(f"/automations/{automation}/publish", {"version": 1}).status == 200

    # An application: refused without the number, then made, handed to the warehouse, moved on its board.
    bare = li.post("/records/x_sample", {"name": "主轴样品"})
    assert (bare.status, bare["field"], bare["zh"]) == (422, keys["件数"], "件数没有填")
    pk = int(li.post("/records/x_sample", {"name": "主轴样品", keys["件数"]: 3})["id"])
    turn()
    waiting = [each for each in admin.get("/agenda", view="team")["items"] if each["department"]]
    assert [(each["act"], each["department"]["name"], each["source"]) for each in waiting] == [
        ("备好“主轴样品”的样品", "仓库", {"type": "x_sample", "id": pk})
    ]
    (run,) = admin.get(f"/automations/{automation}/runs")["items"]
    assert (run["state"], run["record"]) == ("done", {"type": "x_sample", "id": pk, "name": "主轴样品"})
    early = li.post("/records/x_sample/move", {"ids": [pk], "state": "sent", "version": 1})
    assert (early.status, early["zh"]) == (422, "快递单号没有填")
    moved = li.post("/records/x_sample/move",
                    {"ids": [pk], "state": "sent", "version": 1, "values": {keys["快递单号"]: "SF12"}})  # fmt: skip
    assert moved.status == 200, moved
    columns = li.get("/records/x_sample/board", by="state")["columns"]
    assert {each["key"]: each["count"] for each in columns} == {"asked": 0, "sent": 1}
    assert wang.get("/records/x_sample")["items"] == []
    assert [each["name"] for each in cast.zhao.get("/records/x_sample")["items"]] == ["主轴样品"]

    # 200 rows come in without a to-do each, and everything goes out again.
    head = ["标题", *keys]
    lines = [[f"旧样品 {n}", str(n % 7 + 1), "导轨", "2026-09-18", "8.5", "浙江省杭州市西湖区文三路 90 号",
              f"138000{n:05}", "否", ""] for n in range(1, 201)]  # fmt: skip
    pk = checked(li, sheet(head, *lines))
    counts = li.get(f"/imports/{pk}")["counts"]
    assert (counts["ready"], counts["records_new"], counts["records_missing"]) == (200, 200, 0)
    assert li.post(f"/imports/{pk}/run").status == 200
    work()
    turn()
    assert len([each for each in admin.get("/agenda", view="team")["items"] if each["department"]]) == 1
    text = exported(li, record_type="x_sample", format="csv", view="all").text.decode("utf-8-sig")
    rows = {row["标题"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert len(rows) == 201
    assert (rows["旧样品 8"]["件数"], rows["旧样品 8"]["样品类型"], rows["主轴样品"]["快递单号"]) == (
        "2", "导轨", "SF12")  # fmt: skip

    # All of it stands in the pack's difference, and a team that begins anew gets it by the file.
    told = admin.get("/pack/changes")
    new = {each["id"] for each in told["changes"]} - {each["id"] for each in before}
    wanted = {"types//x_sample", "roles//rep", "roles//supervisor", *(f"forms/x_sample/{key}" for key in keys.values())}
    assert wanted <= new and any(each.startswith("automations//") for each in new)
    assert any(line.startswith("+") and "event: created:x_sample" in line for line in told["lines"])
    outsider = cast.outsider.post("/pack/preview", {"text": admin.get("/pack")["text"]})
    assert wanted - {"roles//rep", "roles//supervisor"} <= {each["id"] for each in outsider["changes"]}
