"""Reading one cell as a time and finding dates in a plan (R-024, R-025, R-026, R-074)."""

# Times in sheets are naive local times.

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.lib.dates import DATE_WORD, find_dates, half_width, read_datetime

NOW = datetime(2025, 6, 30, 18, 0)  # a Monday

MINUTE = [
    ("2024-06-12 14:30", "2024-06-12 14:30"),
    ("2024-06-12T14:30:25", "2024-06-12 14:30"),
    ("2025/5/14 9:30", "2025-05-14 09:30"),
    ("2025.5.8 10:00", "2025-05-08 10:00"),
    ("2025年5月21日 下午3点", "2025-05-21 15:00"),
    ("2025年5月21日下午三点半", "2025-05-21 15:30"),
    ("2025-06-12 14点", "2025-06-12 14:00"),
    ("2025-06-10 10时30分", "2025-06-10 10:30"),
    ("2025年6月10日（周二）14:30", "2025-06-10 14:30"),
    ("２０２５－０６－０４ １０：３０", "2025-06-04 10:30"),
    ("20250610 1430", "2025-06-10 14:30"),
    ("2025-6-9 晚上8点", "2025-06-09 20:00"),
    ("2025-6-9 中午12点", "2025-06-09 12:00"),
    ("2025-6-9 2:15 PM", "2025-06-09 14:15"),
    (45821.41666666666, "2025-06-13 10:00"),
    ("45821.41666666666", "2025-06-13 10:00"),
    (datetime(2025, 5, 6, 10, 30), "2025-05-06 10:30"),
]
DAY = [
    ("2025-05-14", "2025-05-14"),
    ("2025-5-19 下午", "2025-05-19"),
    ("2025-6-10 14点左右", "2025-06-10"),
    ("5/19", "2025-05-19"),
    ("6月17日", "2025-06-17"),
    ("2025.6.9", "2025-06-09"),
    ("20250609", "2025-06-09"),
    (45821, "2025-06-13"),
    (45821.0, "2025-06-13"),
    (datetime(2025, 5, 13), "2025-05-13"),
    (date(2025, 5, 13), "2025-05-13"),
]
NOTHING = [
    None,
    "",
    "  ",
    "近期",
    "上周",
    "5月",
    "待定",
    "尽快",
    "14:30",
    "2025-02-30 10:00",
    "2025-13-01 10:00",
    "6月31日",
    "/",
    "客户下周",
    float("nan"),
    float("inf"),
    -3,
    12,
    True,
]


@pytest.mark.parametrize(("raw", "wanted"), MINUTE)
def test_a_day_with_a_clock_time_is_exact(raw: object, wanted: str) -> None:
    reading = read_datetime(raw, now=NOW)  # type: ignore[arg-type]
    assert reading.value is not None
    assert f"{reading.value:%Y-%m-%d %H:%M}" == wanted
    assert (reading.precision, reading.relative, reading.ambiguous) == ("minute", False, ())


@pytest.mark.parametrize(("raw", "wanted"), DAY)
def test_a_bare_date_is_known_to_the_day(raw: object, wanted: str) -> None:
    reading = read_datetime(raw, now=NOW)  # type: ignore[arg-type]
    assert reading.value is not None
    assert f"{reading.value:%Y-%m-%d}" == wanted
    assert reading.precision == "day"


@pytest.mark.parametrize("raw", NOTHING)
def test_what_names_no_day_has_no_value(raw: object) -> None:
    assert read_datetime(raw, now=NOW).value is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("今天", "2025-06-30"),
        ("昨天下午", "2025-06-29"),
        ("上周五", "2025-06-27"),
        ("前天", "2025-06-28"),
        ("本周三", "2025-07-02"),
        ("3天前", "2025-06-27"),
        ("上上周一", "2025-06-16"),
        ("今儿", "2025-06-30"),
        ("听日", "2025-07-01"),
        ("后儿个", "2025-07-02"),
    ],
)
def test_relative_days_are_resolved_but_marked(raw: str, wanted: str) -> None:
    """R-025: 今天 is never a stored time, only a proposal."""
    reading = read_datetime(raw, now=NOW)
    assert reading.relative
    assert reading.value is not None
    assert f"{reading.value:%Y-%m-%d}" == wanted


def test_day_and_month_that_can_be_swapped_stay_open() -> None:
    reading = read_datetime("06/05/2025 10:00", now=NOW)
    assert reading.ambiguous == (datetime(2025, 6, 5, 10), datetime(2025, 5, 6, 10))
    assert read_datetime("25/06/2025 10:00", now=NOW).ambiguous == ()
    assert read_datetime("25/06/2025 10:00", now=NOW).value == datetime(2025, 6, 25, 10)
    assert read_datetime("06/06/2025 10:00", now=NOW).ambiguous == ()


def test_a_missing_year_is_the_nearest_one_and_is_said() -> None:
    reading = read_datetime("6月6日 9:00", now=NOW)
    assert (reading.value, reading.assumed_year) == (datetime(2025, 6, 6, 9), True)
    assert read_datetime("12月20日 9:00", now=datetime(2026, 1, 5)).value == datetime(2025, 12, 20, 9)
    assert read_datetime("1月3日 9:00", now=datetime(2025, 12, 30)).value == datetime(2026, 1, 3, 9)
    assert not read_datetime("2025-06-06 9:00", now=NOW).assumed_year


IN_PLAN = [
    ("周五10:00电话确认", "2025-07-04 10:00", "minute"),
    ("下周三上午拜访", "2025-07-09 00:00", "day"),
    ("11月27日 10:00 电话", "2025-11-27 10:00", "minute"),
    ("月底前签", "2025-06-30 00:00", "day"),
    ("10月底验收", "2025-10-31 00:00", "day"),
    ("明天发报价", "2025-07-01 00:00", "day"),
    ("3天后送", "2025-07-03 00:00", "day"),
    ("今儿黑夜打电话", "2025-06-30 00:00", "day"),
    ("今个儿送样", "2025-06-30 00:00", "day"),
    ("明儿上午去", "2025-07-01 00:00", "day"),
    ("明儿个10点电话", "2025-07-01 10:00", "minute"),
    ("听日出稿", "2025-07-01 00:00", "day"),
    ("听晚call佢", "2025-07-01 00:00", "day"),
    ("后儿发货", "2025-07-02 00:00", "day"),
    ("后儿个晌午头回信", "2025-07-02 00:00", "day"),
    ("后个儿装车", "2025-07-02 00:00", "day"),
    ("大后儿个安装", "2025-07-03 00:00", "day"),
    ("3个工作日内答复", "2025-07-03 00:00", "day"),
    ("24小时内答复", "2025-07-01 18:00", "minute"),
    ("20号前报价", "2025-07-20 00:00", "day"),
    ("2026年2月10日致电", "2026-02-10 00:00", "day"),
    ("1月8日回访", "2026-01-08 00:00", "day"),
    ("14点电话", "2025-07-01 14:00", "minute"),
    ("20:00电话", "2025-06-30 20:00", "minute"),
    ("下个月初上门", "2025-07-05 00:00", "day"),
    ("6/20 电话", "2025-06-20 00:00", "day"),
]


@pytest.mark.parametrize(("plan", "wanted", "precision"), IN_PLAN)
def test_dates_in_a_plan_point_forward(plan: str, wanted: str, precision: str) -> None:
    spans = find_dates(plan, now=NOW)
    assert [(f"{span.value:%Y-%m-%d %H:%M}", span.precision) for span in spans] == [(wanted, precision)]
    assert spans[0].start == 0


@pytest.mark.parametrize(
    "plan",
    [
        "赶明儿再看",
        "赶明儿个再去",
        "以后儿童房也做",
        "今后儿科用的",
        "之后儿子接手",
        "定试听日期",
        "试听日带孩子",
        "听晚会安排",
        "最后儿女来签",
        "收听日活",
    ],
)
def test_words_that_only_look_like_a_spoken_day(plan: str) -> None:
    assert find_dates(plan, now=NOW) == []
    assert DATE_WORD.search(plan) is None


@pytest.mark.parametrize(
    "plan", ["持续跟进", "报3台的价", "看2号线", "试用15套", "TL-200报价12.6万", "尽快", "每分钟80瓶"]
)
def test_numbers_that_are_no_dates(plan: str) -> None:
    assert find_dates(plan, now=NOW) == []


def test_several_dates_in_order_with_their_places() -> None:
    text = "7月2日寄样，周五10:00电话确认"
    assert [text[span.start : span.end] for span in find_dates(text, now=NOW)] == ["7月2日", "周五10:00"]


@given(st.text(max_size=80))
def test_no_text_breaks_the_readers(text: str) -> None:
    read_datetime(text, now=NOW)
    for span in find_dates(text, now=NOW):
        assert 0 <= span.start < span.end <= len(text)


@given(st.text())
def test_half_width_keeps_every_offset_and_is_idempotent(text: str) -> None:
    once = half_width(text)
    assert len(once) == len(text)
    assert half_width(once) == once


@given(st.floats() | st.integers())
def test_no_number_breaks_the_reader(number: float) -> None:
    read_datetime(number, now=NOW)


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2099, 12, 31)))
def test_a_written_time_reads_back(moment: datetime) -> None:
    text = f"{moment:%Y-%m-%d %H:%M}"
    reading = read_datetime(text, now=NOW)
    assert reading.value is not None
    assert f"{reading.value:%Y-%m-%d %H:%M}" == text
    assert reading.precision == "minute"
