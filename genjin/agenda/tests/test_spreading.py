"""Contacts over the working days of a week (R-099, R-101): pure, checked against every other way to spread them."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from genjin.agenda.spreading import Wanted, spread
from genjin.lib.calendar import WorkCalendar

MONDAY = date(2026, 11, 23)
DAYS = [MONDAY + timedelta(days=number) for number in range(5)]
places = st.integers(0, 4)


@st.composite
def weeks(draw: st.DrawFn) -> tuple[list[Wanted], dict[date, int], int]:
    wanted = []
    for key in range(draw(st.integers(0, 5))):
        first = draw(st.integers(-2, 6))
        last = first + draw(st.integers(0, 5))
        wanted.append(Wanted(key, MONDAY + timedelta(days=first), MONDAY + timedelta(days=last)))
    load = {day: draw(st.integers(0, 4)) for day in DAYS}
    return wanted, load, draw(st.integers(1, 6))


def cost(load: dict[date, int], days: list[date]) -> int:
    """The smaller, the less the days differ: the sum of squares is smallest where no move levels them."""
    count = Counter(load) + Counter(days)
    return sum(count[day] ** 2 for day in DAYS)


@given(weeks())
def test_never_before_the_floor_nor_late_where_a_day_is_free_and_as_level_as_can_be(
    week: tuple[list[Wanted], dict[date, int], int],
) -> None:
    wanted, load, most = week
    placed = spread(wanted, DAYS, load, most=most)
    full = Counter(load) + Counter(placed.values())
    for each in wanted:
        day = placed.get(each.key)
        if day is None:
            assert all(full[other] >= most for other in DAYS if other >= each.first)
            continue
        assert day in DAYS
        assert each.first <= day
        assert full[day] <= max(most, load[day])
        if day > each.last:
            # Not even by moving others within their own days could it have come in time.
            assert all(full[other] >= most for other in DAYS if each.first <= other <= each.last)
    allowed = [[day for day in DAYS if each.first <= day <= each.last] for each in wanted]
    timely = [each for each in wanted if each.key in placed and placed[each.key] <= each.last]
    if len(timely) == len(wanted):
        best = min((cost(load, list(way)) for way in product(*allowed)), default=cost(load, []))
        assert cost(load, list(placed.values())) == best


@given(st.lists(st.tuples(places, places), max_size=120), st.lists(st.integers(0, 12), min_size=5, max_size=5))
def test_no_single_move_would_level_a_full_week(spans: list[tuple[int, int]], loads: list[int]) -> None:
    wanted = [Wanted(key, DAYS[min(span)], DAYS[max(span)]) for key, span in enumerate(spans)]
    load = dict(zip(DAYS, loads, strict=True))
    placed = spread(wanted, DAYS, load, most=10_000)
    full = Counter(load) + Counter(placed.values())
    assert len(placed) == len(wanted)
    for each in wanted:
        day = placed[each.key]
        assert not any(full[other] + 1 < full[day] for other in DAYS if each.first <= other <= each.last)


def test_make_up_days_are_worked_and_holidays_are_not() -> None:
    """The published calendar of 2026: 国庆 from 1 to 7 October, made up for on Sunday 20 September and Saturday 10."""
    calendar = WorkCalendar()
    autumn = [date(2026, 9, 19) + timedelta(days=number) for number in range(25)]
    days = [day for day in autumn if calendar.is_workday(day)]
    assert date(2026, 9, 20) in days and date(2026, 10, 10) in days
    wanted = [Wanted(key, date(2026, 9, 30), date(2026, 10, 7)) for key in range(3)]
    assert set(spread(wanted, days, {}).values()) == {date(2026, 9, 30)}
    after = [Wanted(1, date(2026, 10, 1), date(2026, 10, 7))]
    assert spread(after, days, {}) == {1: date(2026, 10, 8)}
    assert spread([Wanted(1, date(2026, 10, 10), date(2026, 10, 11))], days, {}) == {1: date(2026, 10, 10)}
