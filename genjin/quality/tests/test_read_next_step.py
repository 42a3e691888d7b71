"""One sentence of the form read as act, person, time and goal (R-030, R-069, R-074)."""

# Times in sheets are naive local times.

from __future__ import annotations

from datetime import datetime

import pytest

from genjin.quality.next_step import NextStepReading, read_next_step
from genjin.quality.tests.cases import NOW


def read(sentence: str) -> NextStepReading:
    return read_next_step(sentence, now=NOW, people=["李晓雯", "周婷", "马骁"], author="马骁", contact="王建国")


@pytest.mark.parametrize(
    ("sentence", "act", "owner", "due"),
    [
        ("周五10:00电话王总确认预算结果", "电话王总确认预算结果", "马骁", datetime(2025, 7, 4, 10)),
        ("李晓雯 11月27日 10:00 电话问财务批复结果", "电话问财务批复结果", "李晓雯", datetime(2025, 11, 27, 10)),
        ("明天发报价", "发报价", "马骁", datetime(2025, 7, 1)),
        ("由周婷7月2日前整理案例", "整理案例", "周婷", datetime(2025, 7, 2)),
        ("技术部7月3日前出3D图纸，周婷当天发客户", "出3D图纸，周婷当天发客户", "技术部", datetime(2025, 7, 3)),
        ("我下周二带样机上门", "带样机上门", "马骁", datetime(2025, 7, 8)),
        ("给王建国寄样品，7月5日", "给王建国寄样品", "马骁", datetime(2025, 7, 5)),
        ("3天后送补充材料", "送补充材料", "马骁", datetime(2025, 7, 3)),
    ],
)
def test_person_and_date_are_read_and_taken_out_of_the_act(sentence: str, act: str, owner: str, due: datetime) -> None:
    """R-001 specimen 3 without a name gets the author as owner."""
    found = read(sentence)
    assert (found.act, found.owner, found.due_at) == (act, owner, due)
    assert found.executable
    assert not found.waits_only


def test_precision_goal_and_whether_the_owner_was_named() -> None:
    found = read("周婷7月2日14:30电话王总，目标：确认签字人")
    assert (found.precision, found.goal, found.owner_named, found.due_text) == (
        "minute",
        "确认签字人",
        True,
        "7月2日14:30",
    )
    assert not read("明天发报价").owner_named
    assert read("明天发报价").precision == "day"


@pytest.mark.parametrize("sentence", ["等王总7月6日开完会", "等客户回复", "静候通知"])
def test_waiting_has_no_date_of_ours(sentence: str) -> None:
    """R-069."""
    found = read(sentence)
    assert (found.waits_only, found.executable, found.due_at) == (True, False, None)


def test_a_checkback_after_waiting_is_ours() -> None:
    found = read("等客户回复，7月5日再问")
    assert (found.waits_only, found.due_at) == (False, datetime(2025, 7, 5))


@pytest.mark.parametrize("sentence", ["", "   ", "持续跟进", "\x00", "🙂" * 3000])
def test_nothing_to_do_is_not_executable(sentence: str) -> None:
    assert not read(sentence).executable
