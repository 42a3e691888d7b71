"""One notion of late: the same cases judge the server and the browser (R-075, R-080)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.lib.due import deadline, is_overdue, late_by, span

CASES = json.loads((Path(__file__).parents[3] / "web/src/lib/late-cases.json").read_text("utf-8"))
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["due_at"])
def test_the_shared_cases(case: dict[str, str]) -> None:
    now, due = datetime.fromisoformat(CASES["now"]), datetime.fromisoformat(case["due_at"])
    assert is_overdue(due, now)
    assert late_by(due, case["precision"], now, ZoneInfo(CASES["zone"])) == (case["zh"], case["en"])


def test_a_day_ends_at_the_organisations_closing_time() -> None:
    """Due today: not late at 17:59, late at 18:00."""
    due = deadline(datetime(2026, 11, 24, 1, tzinfo=UTC), "day", SHANGHAI, time(18))
    assert due == datetime(2026, 11, 24, 18, tzinfo=SHANGHAI)
    assert not is_overdue(due, due - timedelta(minutes=1))
    assert is_overdue(due, due)
    assert late_by(due, "day", due + timedelta(hours=2), SHANGHAI)[0] == "逾期 2 小时"
    assert late_by(due, "day", due + timedelta(hours=7), SHANGHAI)[0] == "逾期 1 天"


@given(
    late=st.timedeltas(timedelta(), timedelta(days=400)),
    precision=st.sampled_from(["minute", "day"]),
    hour=st.integers(0, 23),
)
def test_lateness_is_never_less_than_a_minute_nor_more_hours_than_a_day(
    late: timedelta, precision: str, hour: int
) -> None:
    due = datetime(2026, 3, 1, hour, tzinfo=SHANGHAI)
    zh, en = late_by(due, precision, due + late, SHANGHAI)
    amount, unit = int(zh.split()[1]), zh.split()[2]
    assert amount >= 1 and en.startswith(f"{amount} ")
    assert {"天": amount <= 401, "小时": amount <= 23, "分钟": amount <= 59}[unit]


def test_spans() -> None:
    assert [span(timedelta(minutes=each))[0] for each in (0, 59, 60, 1439, 1440, 3000)] == [
        "1 分钟", "59 分钟", "1 小时", "23 小时", "1 天", "2 天",
    ]  # fmt: skip
