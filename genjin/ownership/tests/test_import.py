"""New customers from a sheet go by the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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
