"""The three sample sheets from upload to undo (R-237)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.exchange.tests.test_import_over_http import checked, count, taken, work
from genjin.exchange.tests.test_import_undo import undone

SAMPLES = Path(__file__).parents[3] / "tests" / "data" / "samples"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path


@pytest.mark.parametrize(
    ("name", "total", "made"),
    [
        ("客户名单_GBK.csv", 60, (57, 57, 0, 0)),
        ("跟进表_真实场景.xlsx", 90, (55, 55, 79, 0)),
        ("跟进表_规范示例.xlsx", 25, (25, 25, 25, 0)),
    ],
)
def test_a_sample_goes_in_and_out(cast: Cast, name: str, total: int, made: tuple[int, ...]) -> None:
    data = (SAMPLES / name).read_bytes()
    pk = taken(cast.admin, data, name)
    run = cast.admin.get(f"/imports/{pk}")
    assert run["counts"]["total"] == total
    assert count() == made
    again = checked(cast.admin, data, name)
    counts = cast.admin.get(f"/imports/{again}")["counts"]
    assert (counts["customers_new"], counts["followups"]) == (0, 0)
    if counts["ready"]:
        assert cast.admin.post(f"/imports/{again}/run").status == 200
        work()
    assert count() == made
    assert undone(cast.admin, pk).status == 200
    assert count() == (0, 0, 0, 0)


def test_a_row_merged_into_a_foreign_customer_is_refused(cast: Cast, new_customer: Any) -> None:
    """A2, A9: the id of a customer one does not see is as good as a missing one."""
    foreign = new_customer(cast.qian, "外部门的客户公司")
    data = "客户名称,联系人,电话,地址\n苏州甲精密有限公司,王工,13800000077,工业园 1 号\n".encode()
    pk = checked(cast.li, data, "名单.csv")
    change = {"sheet": "名单", "row": 2, "merge_into": foreign}
    assert cast.li.patch(f"/imports/{pk}/rows", {"rows": [change]}).status == 200
    cast.li.post(f"/imports/{pk}/run")
    work()
    (row,) = cast.li.get(f"/imports/{pk}/rows", verdict="refused")["items"]
    assert "没有找到" in row["problems"][-1]["zh"]
    assert unscoped(Customer, "test").get().address == ""
