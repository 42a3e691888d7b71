"""The pure dealer: turns, load, absences, and that nobody is favoured (R-167)."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from genjin.lib.calendar import WorkCalendar
from genjin.lib.filters import Kind, parse
from genjin.ownership.rules import Dealer, Limit, Person, Rule

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, 10, 12, tzinfo=ZONE)
TODAY = NOW.date()


def people(*held: int, **more: object) -> dict[int, Person]:
    return {pk: Person(pk, f"第{pk}人", open=many, **more) for pk, many in enumerate(held, start=1)}  # type: ignore[arg-type]


def dealt(dealer: Dealer, many: int) -> list[int | None]:
    return [dealer.give({}).member_id for _ in range(many)]


def test_turns_go_on_behind_the_last() -> None:
    rule = Rule(1, "全部", "turns", (1, 2, 3), last=1)
    dealer = Dealer([rule], people(9, 0, 0), NOW, TODAY)
    first = dealer.give({})
    assert (first.member_id, first.zh, first.en) == (2, "按轮次，上一位第1人", "by turns, after 第1人")
    assert (dealt(dealer, 4), rule.last) == ([3, 1, 2, 3], 3)


def test_away_and_full_are_passed_over() -> None:
    known = {1: Person(1, "甲", away_until=TODAY), 2: Person(2, "乙", open=3, most=3), 3: Person(3, "丙", open=1)}
    dealer = Dealer([Rule(1, "全部", "turns", (1, 2, 3), most_open=2)], known, NOW, TODAY)
    found = dealer.give({})
    assert (found.member_id, found.zh) == (3, "按轮次，从头开始，跳过甲、乙（休假或已满）")
    nobody = dealer.give({})
    assert (nobody.member_id, nobody.zh) == (None, "“全部”里现在没有人能接")
    dealer = Dealer([Rule(1, "全部", "turns", (1,))], known, NOW, TODAY + timedelta(days=1))
    assert dealer.give({}).member_id == 1


def test_a_rule_without_anybody_free_leaves_it_to_the_next() -> None:
    full = Rule(
        1, "华东", "fixed", (1,), parse({"field": "region", "op": "starts", "value": "江苏"}, {"region": Kind.TEXT})
    )
    rest = Rule(2, "其余", "load", (2,))
    dealer = Dealer([full, rest], {1: Person(1, "甲", away_until=TODAY), 2: Person(2, "乙", open=5)}, NOW, TODAY)
    found = dealer.give({"region": "江苏无锡"})
    assert (found.rule, found.member_id) == (rest, 2)
    assert found.zh == "“华东”里现在没有人能接；负荷最少，手上 5 家"
    assert dealer.give({"region": ""}).zh == "负荷最少，手上 6 家"


def test_a_customer_that_changes_hands_leaves_its_owner() -> None:
    """Dealt anew, three of the first go one by one to whoever holds fewest then."""
    dealer = Dealer([Rule(1, "全部", "load", (1, 2))], people(4, 0), NOW, TODAY)
    assert [dealer.give({}, 1).member_id for _ in range(3)] == [2, 2, 1]
    assert dealer.held == {1: 2, 2: 2}


def test_always_to_one_and_his_deputy() -> None:
    rule = Rule(1, "大客户", "fixed", (1, 2))
    dealer = Dealer([rule], people(0, 0), NOW, TODAY)
    assert [each.zh for each in (dealer.give({}), dealer.give({}))] == ["固定给第1人"] * 2
    away = {1: Person(1, "甲", away_until=date(2026, 12, 1)), 2: Person(2, "乙")}
    assert Dealer([rule], away, NOW, TODAY).give({}).zh == "固定给乙，跳过甲（休假或已满）"


@given(st.integers(1, 7), st.integers(0, 60), st.sampled_from(["turns", "hand"]))
def test_turns_differ_by_one_at_most(many: int, customers: int, way: str) -> None:
    dealer = Dealer([Rule(1, "全部", way, tuple(range(1, many + 1)))], people(*[0] * many), NOW, TODAY)
    counts = Counter(dealt(dealer, customers))
    got = [counts[pk] for pk in range(1, many + 1)]
    assert sum(got) == customers and max(got) - min(got) <= 1


@given(st.lists(st.integers(0, 12), min_size=1, max_size=6), st.integers(0, 40))
def test_load_levels_out(held: list[int], customers: int) -> None:
    """Whoever got one never holds two more than anybody else."""
    dealer = Dealer([Rule(1, "全部", "load", tuple(range(1, len(held) + 1)))], people(*held), NOW, TODAY)
    got = Counter(dealt(dealer, customers))
    assert all(dealer.held[pk] <= min(dealer.held.values()) + 1 for pk in got if pk is not None)


@given(
    st.lists(st.integers(0, 5), min_size=1, max_size=6),
    st.integers(0, 40),
    st.integers(1, 5),
    st.sampled_from(["turns", "load", "fixed"]),
)
def test_nobody_gets_more_than_he_may_hold(held: list[int], customers: int, most: int, way: str) -> None:
    dealer = Dealer([Rule(1, "全部", way, tuple(range(1, len(held) + 1)), most_open=most)], people(*held), NOW, TODAY)
    given_to = dealt(dealer, customers)
    room = sum(max(0, most - each) for each in held)
    assert sum(each is not None for each in given_to) == min(room, customers)
    assert all(dealer.held[pk] <= most for pk in given_to if pk is not None)


def test_the_time_to_take_over() -> None:
    """Working hours leave out breaks, evenings and the weekend; R-111."""
    calendar = WorkCalendar()
    late = datetime(2026, 11, 27, 16, 0, tzinfo=ZONE)
    ends = {clock: Limit(4, clock).ends(late, calendar).at.astimezone(ZONE) for clock in ("work_hours", "hours")}
    assert ends["work_hours"] == datetime(2026, 11, 30, 11, 0, tzinfo=ZONE)
    assert ends["hours"] == datetime(2026, 11, 27, 20, 0, tzinfo=ZONE)
    days = Limit(1, "workdays")
    assert days.ends(late, calendar).at.astimezone(ZONE) == datetime(2026, 11, 30, 18, 0, tzinfo=ZONE)
    assert (Limit(4, "work_hours").words, days.words) == (
        ("4 个工作小时", "4 working hours"),
        ("1 个工作日", "1 working day"),
    )
