"""The plan of contacts by cadence: made by the worker, settled by any real contact (R-099–R-103)."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from conftest import NOW, Cast, Person
from genjin.access.guard import unscoped
from genjin.agenda.ladders import timed
from genjin.agenda.models import AgendaItem
from genjin.agenda.plan_actions import LADDER
from genjin.agenda.tasks import plan_the_week
from genjin.customers.models import Customer
from genjin.history.models import Event
from genjin.lib import moment
from genjin.orgs.models import CalendarDay, Organisation
from genjin.schema.models import Option

SHANGHAI = ZoneInfo("Asia/Shanghai")


def days_ago(number: int) -> datetime:
    return NOW - timedelta(days=number)


@pytest.fixture
def known(new_customer: Any) -> Any:
    """A customer of a class whom somebody spoke to so many days ago."""

    def make(person: Person, name: str, intent_class: str, ago: int | None, **more: Any) -> int:
        pk: int = new_customer(person, name)
        at = None if ago is None else days_ago(ago)
        said: dict[str, Any] = {"last_contact_at": at, "first_contact_at": at, "active_at": at or NOW,
                "recent_days": [at.date().isoformat()] if at else []}  # fmt: skip
        unscoped(Customer, "test").filter(pk=pk).update(intent_class=intent_class, **said | more)
        return int(pk)

    return make


def plan(cast: Cast) -> int:
    count = plan_the_week(cast.org.pk)
    assert isinstance(count, int)
    return count


def planned(customer: int) -> AgendaItem | None:
    rows = unscoped(AgendaItem, "test").filter(customer_id=customer, kind="cadence", state="open")
    found: AgendaItem | None = rows.filter(deleted_at__isnull=True).first()
    return found


def day_of(item: AgendaItem | None) -> date | None:
    return item.due_at.astimezone(SHANGHAI).date() if item else None


def test_each_class_is_planned_within_its_interval_and_not_before_its_floor(cast: Cast, known: Any) -> None:
    """R-099, R-100, R-101: A weekly, B two-weekly, C monthly; Tuesday is the 24th."""
    late, soon = known(cast.li, "甲", "A", 30), known(cast.li, "乙", "A", 3)
    second, third = known(cast.li, "丙", "B", 10), known(cast.li, "丁", "C", 20)
    assert plan(cast) == 3
    assert planned(third) is None
    for pk, floor, last in ((late, 3, None), (soon, 3, date(2026, 11, 28)), (second, 5, date(2026, 11, 28))):
        day = day_of(planned(pk))
        row = unscoped(Customer, "test").get(pk=pk)
        assert day is not None and day.weekday() < 5 and day >= date(2026, 11, 24)
        assert row.last_contact_at is not None
        assert day >= row.last_contact_at.date() + timedelta(days=floor)
        assert last is None or day <= last
        assert (row.next_step_id, row.next_precision) == (planned(pk).pk, "day")  # type: ignore[union-attr]


def test_the_plan_says_the_goal_of_the_stage_and_whose_it_is(cast: Cast, known: Any) -> None:
    """R-102: from the stage; a stage without a goal gets the usual one."""
    pk = known(cast.wang, "甲", "A", 7, stage="proposal")
    other = known(cast.wang, "乙", "A", 7, stage="lead")
    Option.objects.filter(org=cast.org, list_name="stage", key="lead").update(facts={})
    Organisation.objects.filter(pk=cast.org.pk).update(config_version=F("config_version") + 1)
    plan(cast)
    item = planned(pk)
    assert item is not None
    assert (item.act, item.goal, item.owner_id) == ("按节奏联系客户", "确认方案进展", cast.wang.id)
    assert planned(other).goal == "提供行业案例"  # type: ignore[union-attr]
    row = next(each for each in cast.wang.get("/agenda")["items"] if each["id"] == item.pk)
    assert (row["kind"], row["goal"], row["source"]) == ("cadence", "确认方案进展", None)


def test_the_owner_is_reminded_that_morning_and_two_days_late_his_superior_hears_of_it(cast: Cast, known: Any) -> None:
    """R-099, R-083: by the ladder of the kind, counted in working time."""
    pk = known(cast.li, "甲", "A", 7)
    plan(cast)
    with moment.frozen(NOW):
        item = planned(pk)
    assert item is not None
    unscoped(AgendaItem, "test").filter(pk=item.pk).update(due_at=datetime(2026, 11, 27, 10, tzinfo=UTC))
    item.refresh_from_db()
    assert item.tell_at is None
    assert [(each.at.astimezone(SHANGHAI), each.rung.do) for each in timed(cast.li.actor, item, LADDER)] == [
        (datetime(2026, 11, 27, 9, tzinfo=SHANGHAI), "remind"),
        (datetime(2026, 11, 27, 18, tzinfo=SHANGHAI), "alert"),
        (datetime(2026, 12, 1, 18, tzinfo=SHANGHAI), "copy"),
    ]


def test_nobody_is_planned_who_rests_is_lost_or_has_a_step(cast: Cast, known: Any) -> None:
    resting, lost = known(cast.li, "甲", "A", 9, paused=True), known(cast.li, "乙", "A", 9, life_cycle="lost")
    busy, nobodys = known(cast.li, "丙", "A", 9), known(cast.li, "丁", "A", 9, owner=None, department=None)
    cast.li.post("/agenda", {"customer_id": busy, "act": "发报价", "due_at": "2026-12-20T02:00:00Z"})
    assert plan(cast) == 0
    assert [planned(pk) for pk in (resting, lost, busy, nobodys)] == [None] * 4


def test_a_life_cycle_with_a_cadence_goes_before_the_class(cast: Cast, known: Any) -> None:
    """R-101: who has just signed gets a light touch once a week, an old customer one a month."""
    signed, old = (
        known(cast.li, "甲", "C", 6, life_cycle="signed"),
        known(cast.li, "乙", "A", 20, life_cycle="maintained"),
    )
    plan(cast)
    assert (planned(signed) is not None, planned(old)) == (True, None)
    rows = {each["id"]: each["cadence_days"] for each in cast.li.get("/customers")["items"]}
    assert rows == {signed: 7, old: 30}


def test_a_week_is_spread_by_what_each_has_on_each_day(cast: Cast, known: Any) -> None:
    """Tuesday and Wednesday are full of own to-dos: the contacts go to the other days, evenly."""
    for number in range(4):
        for day in ("24", "25"):
            cast.li.post("/agenda", {"act": f"写方案 {number}", "due_at": f"2026-11-{day}T09:00:00Z"})
    pks = [known(cast.li, f"客户{number}", "A", 9) for number in range(8)]
    theirs = known(cast.wang, "别人的", "A", 9)
    assert plan(cast) == 9
    assert Counter(day_of(planned(pk)) for pk in pks) == Counter(
        {date(2026, 11, 26): 3, date(2026, 11, 27): 3, date(2026, 11, 30): 2}
    )
    assert day_of(planned(theirs)) == date(2026, 11, 24)


def test_nothing_is_planned_twice_nor_on_a_day_off(cast: Cast, known: Any) -> None:
    """A second run, one with the clock set back an hour, and one after three days away find nothing to do."""
    CalendarDay.objects.create(org=cast.org, day=date(2026, 11, 25), works=False, name="年会")
    CalendarDay.objects.create(org=cast.org, day=date(2026, 11, 28), works=True, name="补班")
    pks = [known(cast.li, f"客户{number}", "A", 9) for number in range(10)]
    assert plan(cast) == 10
    assert {day_of(planned(pk)) for pk in pks} == {date(2026, 11, day) for day in (24, 26, 27, 28, 30)}
    before = list(unscoped(AgendaItem, "test").values_list("pk", "due_at"))
    with moment.frozen(NOW - timedelta(hours=1)):
        assert plan(cast) == 0
    with moment.frozen(NOW + timedelta(days=3)):
        assert plan(cast) == 0
    assert list(unscoped(AgendaItem, "test").values_list("pk", "due_at")) == before


def test_the_national_holiday_is_planned_around(cast: Cast, known: Any) -> None:
    """The interval ends on 5 October 2026, in the holiday: the contact comes before it; what ended in it, after it."""
    first = known(cast.li, "甲", "A", None)
    at = datetime(2026, 9, 28, 2, tzinfo=UTC)
    unscoped(Customer, "test").filter(pk=first).update(last_contact_at=at, active_at=at, recent_days=[])
    with moment.frozen(datetime(2026, 9, 29, 21, tzinfo=UTC)):  # the night to the 30th
        assert plan(cast) == 0  # the floor of three days ends on 1 October: no day is left
    with moment.frozen(datetime(2026, 10, 2, 21, 30, tzinfo=UTC)):
        assert plan(cast) == 1
    assert day_of(planned(first)) in (date(2026, 10, 8), date(2026, 10, 9))


def test_after_days_away_it_runs_once_and_no_day_is_flooded(cast: Cast, known: Any) -> None:
    """More customers are late than fit into the week: each day gets as many as a person can do, the rest waits."""
    first = known(cast.li, "客户", "A", 60)
    template = unscoped(Customer, "test").get(pk=first)
    for number in range(130):
        template.pk, template.name_key, template.name = None, f"k{number}", f"客户{number}"
        template._state.adding = True
        template.save()
    with moment.frozen(NOW + timedelta(days=3)):
        assert plan(cast) == 100
        count = Counter(day_of(each) for each in unscoped(AgendaItem, "test").filter(kind="cadence"))
        assert set(count.values()) == {20} and len(count) == 5
        assert min(day for day in count if day) == date(2026, 11, 27)
        assert plan(cast) == 0
    assert not Event.objects.filter(name="agenda.added").exists()
    assert Event.objects.filter(name="agenda.planned").count() == 101  # one is the limit of the node of the first


def test_what_was_taken_over_is_eased_in(cast: Cast, known: Any) -> None:
    """60 old customers of class C, all long silent: over a month each is planned once, at no time many at once."""
    first = known(cast.li, "旧客户", "C", 200, historical=True)
    template = unscoped(Customer, "test").get(pk=first)
    for number in range(59):
        template.pk, template.name_key, template.name = None, f"k{number}", f"旧客户{number}"
        template._state.adding = True
        template.save()
    nights = []
    for night in range(32):
        with moment.frozen(NOW + timedelta(days=night)):
            nights.append(plan(cast))
    assert sum(nights) == 60
    assert nights[0] <= 20 and max(nights[1:]) <= 5
    days = Counter(day_of(each) for each in unscoped(AgendaItem, "test").filter(kind="cadence"))
    assert max(days.values()) <= 6


@pytest.mark.parametrize("channel", ["phone", "wechat", "visit"])
def test_any_real_contact_settles_it(cast: Cast, known: Any, good: dict[str, Any], channel: str) -> None:
    """By a colleague who shares the customer, through any channel; an attempt or an older contact does not."""
    pk = known(cast.li, "甲", "A", 7)
    cast.li.post(f"/customers/{pk}/collaborators", {"member_id": cast.wang.id})
    plan(cast)
    item = planned(pk)
    assert item is not None
    old = {**good, "customer_id": pk, "contact_at": "2026-10-01T02:00:00Z", "next_steps": good["next_steps"]}
    assert cast.wang.post("/followups", old).status == 201
    assert planned(pk) == item
    answer = cast.wang.post(
        "/followups", {**good, "customer_id": pk, "channel": channel, "summary": good["summary"] + "。"}
    )
    assert answer.status == 201, answer
    assert planned(pk) is None
    item.refresh_from_db()
    assert (item.state, item.done_by_id, item.done_at) == ("done", cast.wang.id, NOW)
    step = unscoped(Customer, "test").get(pk=pk).next_step_id
    assert unscoped(AgendaItem, "test").filter(kind="next_step", pk__in=[step]).exists()


def test_a_contact_without_a_planned_row_costs_no_statement_more(cast: Cast, known: Any, good: dict[str, Any]) -> None:
    warm, none, other = (known(cast.li, name, "A", 7) for name in "甲乙丙")
    cast.li.post("/followups", {**good, "customer_id": warm})
    with CaptureQueriesContext(connection) as without:
        assert cast.li.post("/followups", {**good, "customer_id": none}).status == 201
    plan(cast)
    assert planned(other) is not None
    with CaptureQueriesContext(connection) as with_one:
        assert cast.li.post("/followups", {**good, "customer_id": other}).status == 201
    assert planned(other) is None
    # The lock of the row and its update; its event goes with the others.
    assert len(with_one) - len(without) <= 2


def test_another_class_gets_another_day_or_none(cast: Cast, known: Any) -> None:
    up, down = known(cast.li, "甲", "C", 26), known(cast.li, "乙", "A", 5)
    plan(cast)
    unscoped(AgendaItem, "test").filter(customer_id=up).update(due_at=datetime(2026, 11, 27, 10, tzinfo=UTC))
    assert cast.zhao.post("/customers/class", {"ids": [down], "intent_class": "C"}).status == 200
    assert planned(down) is None
    assert unscoped(Customer, "test").get(pk=down).next_step_id is None
    unscoped(Customer, "test").filter(pk=up).update(last_contact_at=days_ago(5), active_at=days_ago(5), recent_days=[])
    assert cast.zhao.post("/customers/class", {"ids": [up], "intent_class": "A"}).status == 200
    assert day_of(planned(up)) == date(2026, 11, 26)
    assert unscoped(Customer, "test").get(pk=up).next_due_at == datetime(2026, 11, 26, 10, tzinfo=UTC)
    assert Event.objects.filter(name="agenda.moved").count() == 1


def test_a_pause_takes_it_back_and_so_does_a_step_of_ones_own(cast: Cast, known: Any) -> None:
    pk, other, third = known(cast.li, "甲", "A", 7), known(cast.li, "乙", "A", 7), known(cast.li, "丙", "A", 7)
    plan(cast)
    version = cast.li.get(f"/customers/{pk}")["customer"]["version"]
    assert cast.li.patch(f"/customers/{pk}", {"version": version, "paused": True}).status == 200
    assert planned(pk) is None
    cast.li.post("/agenda", {"customer_id": other, "act": "发报价", "due_at": "2026-12-20T02:00:00Z"})
    # An import tells of a contact without going through the record form.
    unscoped(Customer, "test").filter(pk=third).update(last_contact_at=NOW, active_at=NOW)
    assert (planned(other) is not None, plan(cast)) == (True, 0)
    assert (planned(other), planned(third)) == (None, None)


def test_it_is_done_by_a_record_and_may_be_moved(cast: Cast, known: Any) -> None:
    """A tick is no contact: refused with the way out, and nothing changed."""
    pk = known(cast.li, "甲", "A", 7)
    plan(cast)
    item = planned(pk)
    assert item is not None
    refused = cast.li.post(f"/agenda/{item.pk}/done", {"version": 1})
    assert (refused.status, refused["code"]) == (409, "settled_elsewhere")
    assert refused["zh"] == "写下这次联系，这件事就办完了；现在不合适就改期"
    item.refresh_from_db()
    assert (item.state, item.version) == ("open", 1)
    moved = cast.li.post(f"/agenda/{item.pk}/reschedule",
                         {"version": 1, "due_at": "2026-12-03T10:00:00Z", "precision": "day"})  # fmt: skip
    assert moved.status == 200
    assert plan(cast) == 0
    assert day_of(planned(pk)) == date(2026, 12, 3)


def away(person: Person, since: date, until: date, instead: Person) -> None:
    body = {"delegate_id": instead.id, "since": str(since), "until": str(until)}
    assert person.put("/approval-requests/stand-in", body).status == 200


def test_who_is_away_has_his_contacts_on_the_days_he_is_there(cast: Cast, known: Any) -> None:
    """R-099: before he goes where that is in time, else by who stands in; what was planned already is planned anew."""
    soon, later = known(cast.li, "甲", "A", 3), known(cast.li, "乙", "A", 1)
    assert plan(cast) == 2
    away(cast.li, date(2026, 11, 25), date(2026, 12, 3), cast.zhao)
    assert plan(cast) >= 1
    one, two = planned(soon), planned(later)
    assert one is not None and two is not None
    assert (day_of(one), one.owner_id) == (date(2026, 11, 24), cast.li.id)
    assert day_of(two) in (date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 30)) and two.owner_id == cast.zhao.id
    assert plan(cast) == 0


def test_without_somebody_instead_it_waits_for_the_first_day_back(cast: Cast, known: Any) -> None:
    """R-099, R-166: who stands in must be allowed to write on the customer."""
    pk, other = known(cast.qian, "甲", "A", 5), known(cast.wang, "乙", "A", 5)
    away(cast.qian, date(2026, 11, 24), date(2026, 11, 27), cast.zhao)
    body = {"away_until": "2026-11-27", "most_open": None}
    assert cast.zhao.put(f"/assignments/receivers/{cast.wang.id}", body).status == 200
    assert plan(cast) == 2
    for each, owner in ((pk, cast.qian), (other, cast.wang)):
        item = planned(each)
        assert item is not None
        assert (item.owner_id, day_of(item)) == (owner.id, date(2026, 11, 30))
