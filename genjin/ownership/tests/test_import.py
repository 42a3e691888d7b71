"""New customers from a sheet go by the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Customer
from genjin.exchange.tests.test_import_over_http import checked, work, workbook
from genjin.exchange.tests.test_import_undo import undone


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path


def test_customers_without_an_owner_go_by_the_rules(cast: Cast) -> None:
    """R-167, R-237: undo takes them and their to-dos back, as untouched."""
    rule = {"name": "全部", "member_ids": [cast.li.id, cast.wang.id], "amount": 4}
    assert cast.admin.put("/assignments/rules", {"version": 0, "rules": [rule]}).status == 200
    rows = [["单位", "地区"], *([f"{name}机械有限公司", "江苏无锡"] for name in ("甲乙", "丙丁", "戊己", "庚辛"))]
    pk = checked(cast.zhao, workbook(rows[1:], rows[0]), "线索.xlsx")
    assert cast.zhao.post(f"/imports/{pk}/run", {"assign": "rules"}).status == 200
    work()
    owners = list(unscoped(Customer, "test").order_by("pk").values_list("owner_id", flat=True))
    assert owners == [cast.li.id, cast.wang.id] * 2
    assert unscoped(AgendaItem, "test").filter(kind="takeup").count() == 4
    assert undone(cast.zhao, pk)["removed"] == {"customer": 4, "agenda": 4}
    assert unscoped(AgendaItem, "test").filter(kind="takeup", deleted_at__isnull=True).count() == 0


def test_customers_of_a_sheet_can_wait_though_the_rules_are_on(cast: Cast) -> None:
    """R-167, R-237: they are nobody's, stand in the importer's department, and are dealt when somebody says so."""
    rule = {"name": "全部", "member_ids": [cast.li.id, cast.wang.id], "amount": 4}
    assert cast.admin.put("/assignments/rules", {"version": 0, "rules": [rule]}).status == 200
    rows = [["甲乙机械有限公司", "江苏无锡", ""], ["丙丁机械有限公司", "江苏无锡", "王销售"]]
    pk = checked(cast.zhao, workbook(rows, ["单位", "地区", "负责人"]), "线索.xlsx")
    assert cast.zhao.post(f"/imports/{pk}/run", {"assign": "later"}).status == 422
    assert cast.zhao.post(f"/imports/{pk}/run", {"assign": "wait"}).status == 200
    work()
    waiting, named = unscoped(Customer, "test").order_by("pk")
    ours = cast.zhao.member.department_id
    assert [(each.owner_id, each.department_id) for each in (waiting, named)] == [(None, ours), (cast.wang.id, ours)]
    assert not unscoped(AgendaItem, "test").exists()
    nobodys = orjson.dumps({"field": "owner", "op": "empty"}).decode()
    assert [row["id"] for row in cast.zhao.get("/customers", view="team", filter=nobodys)["items"]] == [waiting.pk]
    assert [person.get(f"/customers/{waiting.pk}").status for person in (cast.li, cast.qian)] == [404, 404]
    assert cast.zhao.post("/assignments", {"ids": [waiting.pk], "by": "rules"}).status == 200
    waiting.refresh_from_db()
    assert waiting.owner_id == cast.li.id


def test_the_open_to_dos_of_a_sheet_go_to_whoever_gets_the_customer(cast: Cast) -> None:
    """A sheet that names nobody leaves nothing that nobody is to do, and its undo takes both back."""
    rule = {"name": "全部", "member_ids": [cast.li.id, cast.wang.id]}
    assert cast.admin.put("/assignments/rules", {"version": 0, "rules": [rule]}).status == 200
    headers = ["单位", "跟进日期", "方式", "沟通情况", "后续安排", "截止日期", "跟进人"]
    rows = [
        [
            f"{name}机械有限公司",
            "2026-11-20 10:00",
            "电话",
            "问了三期产线的报价",
            "发三期报价单",
            "2026-11-30",
            "刘已走",
        ]
        for name in ("甲乙", "丙丁")
    ]
    pk = checked(cast.zhao, workbook(rows, headers), "线索.xlsx")
    assert cast.zhao.post(f"/imports/{pk}/run", {"assign": "rules"}).status == 200
    work()
    items = unscoped(AgendaItem, "test").filter(kind="next_step", state="open", deleted_at__isnull=True)
    found = items.order_by("pk").values_list("owner_id", "customer__owner_id", "act")
    assert list(found) == [
        (cast.li.id, cast.li.id, "发三期报价单"),
        (cast.wang.id, cast.wang.id, "发三期报价单"),
    ]
    assert undone(cast.zhao, pk)["removed"]["agenda"] == 2
    assert not items.exists()
