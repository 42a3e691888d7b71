"""The demo organisation: its people, its records, and a working day around any moment (R-252, R-076, R-082)."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from conftest import NOW
from genjin.access.guard import unscoped
from genjin.access.queries import actor_of_member
from genjin.agenda.models import AgendaItem
from genjin.agenda.rules import SETTLED_ELSEWHERE
from genjin.customers.models import Contact, Customer
from genjin.desk.today import today
from genjin.followups.models import FollowUp
from genjin.history.models import Event
from genjin.insights.models import Target
from genjin.insights.queries import team
from genjin.lib import moment
from genjin.orgs.models import Department, Login, Membership, Organisation
from genjin.packs.demo import make_demo
from genjin.packs.organisation import create_organisation
from genjin.people.demo_logins import LOGINS
from genjin.search.models import SearchRow

pytestmark = pytest.mark.django_db


def _groups(now: datetime) -> dict[str, list[dict]]:  # type: ignore[type-arg]
    member = Membership.objects.get(name="李晓雯")
    return {group["key"]: group["items"] for group in today(actor_of_member(member.pk), now=now)["groups"]}


def test_the_desk_shows_the_drawn_day() -> None:
    make_demo(NOW, scale=0)
    groups = _groups(NOW)
    first = groups["overdue"][0]
    assert first["why"]["zh"] == "逾期 2 天"
    assert first["customer"]["name"] == "苏州恒锐精密机械有限公司"
    assert first["contact"]["name"] == "王建国"
    assert first["last_words"] == "交期 45 天太长，30 天内能到就定"
    assert first["clock"]["zh"] == "剩 7 小时"
    assert first["clock"]["unit"] == "workdays"
    assert [each["why"]["zh"] for each in groups["today"]] == ["10:30", "14:00", "16:00", "今天内"]
    assert [each["why"]["zh"] for each in groups["near"]] == ["明天 11:30", "明天 13:30", "剩 1 天"]


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 21, 16, 20, tzinfo=UTC),  # Sunday 00:20 in Shanghai
        datetime(2026, 11, 22, 16, 1, tzinfo=UTC),  # Monday just after midnight
        datetime(2026, 11, 20, 9, 55, tzinfo=UTC),  # Friday before closing
        datetime(2026, 11, 25, 15, 40, tzinfo=UTC),  # Wednesday night
        datetime(2027, 3, 1, 0, 30, tzinfo=UTC),
    ],
)
def test_the_day_has_its_shape_whenever_the_demo_is_made(now: datetime) -> None:
    make_demo(now, scale=0)
    groups = _groups(now)
    # A silent customer whose stage is nearly used up stands under the limit instead.
    groups["silent"] += [each for each in groups["near"] if each["kind"] == "stage"]
    groups["near"] = [each for each in groups["near"] if each["kind"] != "stage"]
    assert {key: len(items) for key, items in groups.items()} == {
        "overdue": 3, "today": 4, "near": 2, "silent": 3, "tomorrow": 0,
    }  # fmt: skip
    assert not unscoped(FollowUp, "test").filter(contact_at__gte=now).exists()
    assert not Event.objects.filter(at__gt=now).exists()


def test_the_whole_team_has_records_that_pass_the_standard() -> None:
    make_demo(NOW)
    org = Organisation.objects.get(is_demo=True)
    assert Membership.objects.filter(org=org).count() == 12
    assert Department.objects.filter(org=org, parent__isnull=False).count() == 3
    every = unscoped(Customer, "test").filter(org=org)
    customers = every.filter(first_contact_at__isnull=False)
    assert (every.count(), every.filter(owner__isnull=True, pool_id=None).count()) == (138, 2)
    assert every.filter(pool_id__isnull=False).count() == 10
    assert customers.count() == 129
    assert len(set(customers.values_list("name", flat=True))) == 129
    records = unscoped(FollowUp, "test").filter(org=org, attempt="")
    assert 550 <= records.count() <= 700
    assert not [each for record in records for each in record.findings if each["severity"] == "error"]
    scores = [record.score or 0 for record in records]
    assert (min(scores), max(scores)) == (89, 100)
    _columns_are_right(customers)
    _logs_are_right(records)
    before = Event.objects.count()
    make_demo(NOW + timedelta(days=3))
    assert Organisation.objects.count() == 1
    assert Event.objects.count() == before


def _columns_are_right(customers) -> None:  # type: ignore[no-untyped-def]
    """What the verbs keep on the customer's row agrees with the rows it comes from."""
    records = defaultdict(list)
    for record in unscoped(FollowUp, "test").filter(attempt="").order_by("contact_at"):
        records[record.customer_id].append(record)
    soonest_last = unscoped(AgendaItem, "test").filter(state="open").exclude(kind__in=SETTLED_ELSEWHERE)
    soonest_last = soonest_last.order_by("-due_at", "-id")
    items = dict(soonest_last.values_list("customer_id", "id"))
    names = dict(unscoped(Contact, "test").filter(primary=True).values_list("customer_id", "name"))
    for customer in customers:
        told = records[customer.pk]
        assert customer.first_contact_at == told[0].contact_at
        assert customer.last_contact_at == customer.active_at == told[-1].contact_at
        assert customer.last_words == (told[-1].quotes or [told[-1].feedback])[0]
        assert customer.recent_days == sorted({each.contact_at.date().isoformat() for each in told})
        assert customer.next_step_id == items.get(customer.pk)
        assert customer.contact_name == names[customer.pk]


def _logs_are_right(records) -> None:  # type: ignore[no-untyped-def]
    """Each record has its event at its own moment and its search row, each step its source."""
    ids = set(records.values_list("pk", flat=True))
    logged = dict(Event.objects.filter(name="followup.logged").values_list("subject_id", "at"))
    assert logged == dict(records.values_list("pk", "entered_at"))
    assert ids <= set(SearchRow.objects.filter(record_type="followup").values_list("record_id", flat=True))
    sources = unscoped(AgendaItem, "test").filter(kind="next_step").values_list("source_id", flat=True)
    assert sorted(each for each in sources if each is not None) == sorted(ids)


def test_the_supervisor_has_work_and_was_told_who_gave_it() -> None:
    make_demo(NOW, scale=0)
    chief = Membership.objects.get(name="赵敏")
    groups = {group["key"]: group["items"] for group in today(actor_of_member(chief.pk), now=NOW)["groups"]}
    assert {key: len(items) for key, items in groups.items() if items} == {"overdue": 1, "today": 2, "near": 1}
    assert [each["why"]["zh"] for each in groups["today"]] == ["11:30", "16:00"]
    given = Event.objects.filter(name="agenda.added", member__name="李晓雯", source="web").values_list("subject_id")
    assert unscoped(AgendaItem, "test").filter(pk__in=given, owner=chief, kind="task").count() == 3


def test_every_fixed_login_opens_the_demo_on_this_machine_only() -> None:
    make_demo(NOW, scale=0)
    with moment.frozen(NOW):
        for each in LOGINS:
            body = {"account": each.account, "password": each.password}
            answer = Client().post("/api/v1/session", body, content_type="application/json")
            assert answer.status_code == 200, answer.content
            assert answer.json()["member"]["name"] == each.name
            assert answer.json()["member"]["roles"] == [each.role]
            assert answer.json()["org"]["is_demo"] is True
            far = Client(REMOTE_ADDR="203.0.113.5")
            assert far.post("/api/v1/session", body, content_type="application/json").status_code == 403


def test_the_demo_leaves_another_team_alone() -> None:
    mine = create_organisation("青松科技", account="admin@example.com", password="x", person="管理员", now=NOW)
    make_demo(NOW, scale=0)
    assert not unscoped(Customer, "test").filter(org=mine.org).exists()
    assert Membership.objects.filter(org=mine.org).count() == 1
    assert Login.objects.filter(membership__org__is_demo=True).count() == len(LOGINS)


def test_the_team_has_targets_and_some_of_them_are_reached() -> None:
    """R-171: this month and the last, for people and one department; contracts stand behind the amounts."""
    make_demo(NOW)
    chief = actor_of_member(Membership.objects.get(name="赵敏").pk)
    shown = team(chief, month=NOW.date().replace(day=1), by="records", now=NOW)
    assert [(each["name"], each["cells"]["records"]["target"]) for each in shown["people"]] == [
        ("何佳", 60), ("李晓雯", 75), ("王海涛", 60),
    ]  # fmt: skip
    assert all(each["cells"]["records"]["done"] > 20 and each["writing"] for each in shown["people"])
    (first,) = shown["departments"]
    assert (first["cells"]["amount"]["target"], first["cells"]["amount"]["members_target"]) == (
        600_000_000,
        360_000_000,
    )
    won = unscoped(FollowUp, "test").filter(status="won")
    assert won.count() > 5
    assert all(each.amount and each.signed_on and each.contract_number for each in won)
    assert set(Target.objects.values_list("month", flat=True)) == {date(2026, 10, 1), date(2026, 11, 1)}
