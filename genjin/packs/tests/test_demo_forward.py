"""R-252: the demo looks like today also after days off, and no real team moves with it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from conftest import NOW
from genjin.access.guard import unscoped
from genjin.access.queries import actor_of_member
from genjin.agenda.actions import finish
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Customer
from genjin.desk.today import today
from genjin.followups.models import FollowUp
from genjin.history.models import Event
from genjin.history.schedule import TASKS, Every
from genjin.insights.models import Target
from genjin.lib import moment
from genjin.notify.models import Notice
from genjin.notify.tasks import remind_all
from genjin.orgs.models import Membership
from genjin.packs.demo import make_demo
from genjin.packs.demo_forward import move_forward
from genjin.packs.organisation import create_organisation
from genjin.packs.tasks import keep_the_demo_today

pytestmark = pytest.mark.django_db


def desk(now: datetime) -> dict[str, Any]:
    """What 李晓雯 sees: per group the reasons, firms and last words, and her week."""
    found = today(actor_of_member(Membership.objects.get(name="李晓雯").pk), now=now)
    return {
        group["key"]: [(row["why"]["zh"], row["customer"]["name"], row["last_words"]) for row in group["items"]]
        for group in found["groups"]
    }


@pytest.mark.parametrize("days", [1, 3, 7, 40])
def test_after_days_off_it_is_the_same_day_again(days: int) -> None:
    make_demo(NOW, scale=0)
    before, later = desk(NOW), NOW + timedelta(days=days)
    assert [why for why, _, _ in before["overdue"]] == ["逾期 2 天", "逾期 18 小时", "逾期 1 天"]
    assert desk(later) != before
    assert (move_forward(later), move_forward(later)) == (days, 0)
    after = desk(later)
    # Working days fall on other dates, so clocks of stages may stand differently; everything else is the same.
    assert {key: after[key] for key in ("overdue", "today", "tomorrow")} == {
        key: before[key] for key in ("overdue", "today", "tomorrow")
    }
    assert not unscoped(FollowUp, "test").filter(contact_at__gt=later).exists()
    assert not Event.objects.filter(at__gt=later).exists()


def test_what_happened_never_lies_in_the_future() -> None:
    """In the morning yesterday's evening stays yesterday's; in the evening it has come along."""
    make_demo(NOW, scale=0)
    newest = NOW + timedelta(hours=8)
    with moment.frozen(newest):
        actor = actor_of_member(Membership.objects.get(name="李晓雯").pk)
        finish(actor, unscoped(AgendaItem, "test").filter(owner_id=actor.member_id, state="open")[0].pk, version=1)
    assert move_forward(NOW + timedelta(days=1)) == 1
    assert Event.objects.order_by("-at")[0].at == newest
    assert move_forward(newest + timedelta(days=1)) == 0
    assert Event.objects.order_by("-at")[0].at == newest + timedelta(days=1)
    for customer in unscoped(Customer, "test").filter(last_contact_at__isnull=False):
        assert customer.last_contact_at is not None
        assert customer.recent_days[-1] == customer.last_contact_at.date().isoformat()


def test_a_real_team_does_not_move() -> None:
    member = create_organisation("青松科技", account="a@example.com", password="x", person="甲", now=NOW)
    row = {"org": member.org, "created_at": NOW, "updated_at": NOW, "active_at": NOW, "next_due_at": NOW}
    mine = Customer(name="甲公司", name_key="甲公司", **row)
    mine.save()
    AgendaItem(org=member.org, act="发报价", due_at=NOW, created_at=NOW, updated_at=NOW).save()
    make_demo(NOW, scale=0)
    move_forward(NOW + timedelta(days=3))
    mine.refresh_from_db()
    assert (mine.next_due_at, mine.active_at, mine.created_at) == (NOW, NOW, NOW)
    assert unscoped(AgendaItem, "test").get(org=member.org).due_at == NOW


def test_reminders_come_for_what_lies_ahead_and_old_ones_go() -> None:
    """R-083: being overdue for days is not news again after each move."""
    make_demo(NOW, scale=0)
    with moment.frozen(NOW):
        remind_all()
    later = NOW + timedelta(days=4)
    with moment.frozen(later):
        assert keep_the_demo_today() == 4
        assert not Notice.objects.filter(at__lt=later - timedelta(days=3)).exists()
        overdue = Notice.objects.filter(kind="overdue").count()
        remind_all()
        assert Notice.objects.filter(kind="overdue").count() == overdue


def test_the_worker_knows_the_task() -> None:
    assert isinstance(TASKS["packs.demo_forward"], Every)


def test_targets_and_signatures_move_with_the_days() -> None:
    """40 days later the month of the targets is the present one, and contracts were signed 40 days later."""
    make_demo(NOW)
    won = unscoped(FollowUp, "test").filter(status="won").order_by("pk")
    before = list(won.values_list("signed_on", flat=True))
    move_forward(NOW + timedelta(days=40))
    assert set(Target.objects.values_list("month", flat=True)) == {date(2026, 12, 1), date(2027, 1, 1)}
    assert [each - timedelta(days=40) for each in won.values_list("signed_on", flat=True) if each] == before
