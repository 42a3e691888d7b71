"""What an old sheet says of people: whom somebody spoke to, and when (R-237, R-082)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.customers.models import Contact
from genjin.exchange.columns import map_columns
from genjin.exchange.tests.test_import_over_http import taken, workbook

FIRM = "宁波东钱湖泵业有限公司"
HEAD = ["公司", "联系人", "日期", "方式", "沟通情况", "下次"]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path


def _row(day: str, text: str, who: str = "周厂长") -> list[str]:
    return [FIRM, who, day, "电话", text, "周五前发报价"]


def _talks() -> dict[str, str]:
    rows = unscoped(Contact, "test").order_by("name")
    return {each.name: str(each.last_contact_at)[:10] for each in rows}


def test_whom_an_old_record_names_was_spoken_to(cast: Cast) -> None:
    """New contacts and known ones, in one sheet and by the next; an older talk never moves it back."""
    sheet = workbook(
        [_row("2026-11-20", "问了 3 台泵的交期"), _row("2026-11-18", "要样册", "李工"), _row("2026-11-17", "来电")],
        HEAD,
    )
    taken(cast.li, sheet)
    first = _talks()
    assert first["周厂长"] > first["李工"] > "2026-11"
    taken(cast.li, workbook([_row("2026-11-10", "第一次来电，问能不能上门")], HEAD))
    assert _talks() == first
    taken(cast.li, workbook([_row("2026-11-23", "3 台改成 4 台，周五要报价")], HEAD))
    assert _talks()["周厂长"] > first["周厂长"]


def test_an_undone_talk_was_no_talk(cast: Cast) -> None:
    """R-082, R-237: who was known before was last spoken to when he was before."""
    taken(cast.li, workbook([_row("2026-11-20", "问了 3 台泵的交期")], HEAD))
    before = _talks()
    pk = taken(cast.li, workbook([_row("2026-11-23", "3 台改成 4 台，周五要报价")], HEAD))
    assert _talks() != before
    batch = cast.li.get(f"/imports/{pk}")["batch"]
    assert cast.li.post("/batches/undo", {"batch": batch}).status == 200
    assert _talks() == before


def test_the_timeline_tells_a_taken_over_record_once(cast: Cast) -> None:
    """The record stands there itself; its event is not told beside it, least of all by its name in the code."""
    taken(cast.li, workbook([_row("2026-11-20", "问了 3 台泵的交期")], HEAD))
    pk = unscoped(Contact, "test").get().customer_id
    page = cast.li.get(f"/customers/{pk}")
    sentences = [each["sentence"]["zh"] for each in page["timeline"]["items"] if each["kind"] == "event"]
    assert sentences and not [each for each in sentences if "taken_over" in each]
    assert [each["historical"] for each in page["timeline"]["items"] if each["kind"] == "followup"] == [True]
    brief = cast.li.get(f"/customers/{pk}/brief")
    assert brief["last"]["precision"] == "day"


def test_a_column_called_next_time_is_the_next_step() -> None:
    found = {each.header: each.field for each in map_columns(HEAD, [[], [], [], [], [], ["周五前发报价"]])}
    assert found["下次"] == "followup.next_step"
    dates = map_columns(HEAD, [[], [], [], [], [], ["2026-11-27", "12月3日"]])
    assert next(each.field for each in dates if each.header == "下次") == "followup.due"
