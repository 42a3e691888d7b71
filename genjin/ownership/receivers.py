"""Who can receive customers, how much each holds, and who looks after a department."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Count

from genjin.access.guard import unscoped
from genjin.access.queries import doers_of
from genjin.customers.models import LIVING, Customer
from genjin.customers.reaching import ASSIGNS, assigners_of, levels_above
from genjin.orgs.models import Membership
from genjin.ownership.models import Receiver
from genjin.ownership.rules import Person
from genjin.people.absences import Absence, tells_absence

TAKES = "customer.take_up"


def reps_of(org_id: int) -> dict[int, list[int]]:
    """Department → its active members who take customers over and assign none, in order of their ids."""
    return doers_of(org_id, TAKES, but=ASSIGNS)


def people_of(org_id: int, ids: Collection[int]) -> dict[int, Person]:
    """The active ones of these members with what they hold and when they are away; three statements."""
    if not ids:
        return {}
    limits = {row.member_id: row for row in Receiver.objects.filter(org_id=org_id, member_id__in=set(ids))}
    held = open_customers(org_id, ids)
    members = Membership.objects.filter(org_id=org_id, pk__in=set(ids), active=True).order_by("pk")
    found = {}
    for pk, name, department_id in members.values_list("pk", "name", "department_id"):
        own = limits.get(pk)
        most, away = (own.most_open, own.away_until) if own else (None, None)
        found[pk] = Person(pk, name, department_id, held.get(pk, 0), most, away)
    return found


def open_customers(org_id: int, ids: Iterable[int]) -> dict[int, int]:
    """Member → how many customers he works on: living, not lost, not resting."""
    rows = unscoped(Customer, "step").filter(LIVING, org_id=org_id, owner_id__in=set(ids), paused=False)
    rows = rows.exclude(life_cycle="lost").order_by()
    return {pk or 0: many for pk, many in rows.values_list("owner_id").annotate(many=Count("id"))}


def supervisors_of(org_id: int, department_id: int | None) -> list[int]:
    """Who assigns in a department: its own supervisor, else the nearest above, else the administrators."""
    return next(iter(levels_above(assigners_of(org_id), department_id)), [])


@tells_absence
def away_between(org_id: int, first: date, last: date) -> list[tuple[int, Absence]]:
    """Who gets no new customers until the end of a day is away from now until then, without anybody instead."""
    rows = Receiver.objects.filter(org_id=org_id, away_until__gte=first)
    told = rows.order_by("pk").values_list("member_id", "away_until")
    return [(pk, Absence(first, until)) for pk, until in told if until is not None]
