"""`genjin import FILE --account …` (R-237)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.cli.importing import take_over
from genjin.customers.models import Customer
from genjin.followups.models import FollowUp
from genjin.lib.errors import Refusal


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path / "files"


def test_a_sheet_is_taken_over(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ready rows go in as the named member; the others are told."""
    sheet = tmp_path / "跟进.csv"
    sheet.write_text("客户,跟进时间,方式,跟进内容\n甲公司,2026-11-20,电话,谈了报价\n,2026-11-20,电话,谁\n", "utf-8")
    assert take_over(sheet, cast.li.id) == 0
    assert unscoped(Customer, "test").get().owner_id == cast.li.id
    assert unscoped(FollowUp, "test").get().summary == "谈了报价"
    told = capsys.readouterr().out
    assert "客户 → 客户名称" in told
    assert "2 行：可导入 1，待处理 1" in told


def test_what_cannot_be_read_is_told(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="打不开"):
        take_over(tmp_path / "没有.xlsx", cast.li.id)
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04" + b"\0" * 100)
    with pytest.raises(Refusal):
        take_over(broken, cast.li.id)
    assert not unscoped(Customer, "test").exists()
