"""What the plans come to: the next act of each plan for each customer, sixty days ahead (R-143).

Customers are read in runs of their ids as plain columns and the new rows are written by COPY, so that a million of them
take a minute or two and a run after it next to nothing. Whatever is there already is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Exists, Max, OuterRef, Q
from django.db.models.functions import Coalesce

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.care.models import CareItem, CarePlan
from genjin.care.plans import YEARLY, layer_of
from genjin.care.rules import AHEAD, next_every
from genjin.customers.fields import CUSTOMER
from genjin.customers.models import LIVING, Contact, Customer
from genjin.lib import moment
from genjin.lib.birthdays import next_birthday, read_birthday
from genjin.lib.festivals import FESTIVALS, next_festival
from genjin.lib.lunar import Occurrence
from genjin.orgs.queries import calendar_of
from genjin.schema.extra import value_of
from genjin.schema.shapes import shaped

#: Customers of a plan that are looked at in one transaction.
AT_ONCE = 10_000
#: A day of care that passed while no worker ran is still made within so many days.
LATE = 3


class Due(NamedTuple):
    """One act of care that is due."""

    customer_id: int
    owner_id: int
    contact_id: int | None
    name: str
    on: date
    occasion: date | None = None
    note_zh: str = ""
    note_en: str = ""


@dataclass(frozen=True)
class Asked:
    """One plan on one day."""

    actor: Actor
    plan: CarePlan
    now: datetime

    @cached_property
    def today(self) -> date:
        return self.now.astimezone(self.actor.zone).date()

    @cached_property
    def until(self) -> date:
        return self.today + timedelta(days=AHEAD)

    @cached_property
    def _days(self) -> dict[tuple[date, bool], date]:
        return {}

    def worked(self, on: date, *, back: bool = False) -> date:
        """The day itself, or the next one on which people work: before it where it must not be later."""
        found = self._days.get((on, back))
        if found is None:
            found = self._days[on, back] = self._worked(on, back)
        return found

    def _worked(self, on: date, back: bool) -> date:
        calendar = calendar_of(self.actor.org_id, self.actor.config_version)
        step = timedelta(days=-1 if back else 1)
        for _ in range(15):
            if calendar.is_workday(on) and on >= self.today:
                return on
            on += step if on > self.today else timedelta(days=1)
        return on

    def in_time(self, on: date) -> bool:
        return self.today - timedelta(days=LATE) <= on <= self.until


def runs(actor: Actor, plan: CarePlan) -> Iterator[tuple[int, int]]:
    """The customers a plan takes in runs of ids: (above, up to), together all of them."""
    last = 0
    while True:
        rows = unscoped(Customer, "worker").filter(LIVING, org_id=actor.org_id, pk__gt=last).order_by("pk")
        end = rows.values_list("pk", flat=True)[AT_ONCE - 1 : AT_ONCE].first()
        if end is None:
            if rows.exists():
                yield last, 2**62
            return
        yield last, end
        last = end


def dues(actor: Actor, plan: CarePlan, where: Q) -> list[Due]:
    """What the plan asks for of the customers in `where` and has not made yet."""
    asked = Asked(actor, plan, moment.now())
    layer = layer_of(actor, plan.condition)
    if layer is None:
        return []
    rows = unscoped(Customer, "worker").filter(
        LIVING, layer, where, org_id=actor.org_id, owner__isnull=False, paused=False
    )
    if "life_cycle" not in str(plan.condition):
        rows = rows.exclude(life_cycle="lost")
    return _BY_WHEN[plan.when](asked, rows)


def _made(asked: Asked) -> Any:
    return unscoped(CareItem, "worker").filter(LIVING, org_id=asked.actor.org_id, plan_id=asked.plan.pk)


def _every(asked: Asked, rows: Any) -> list[Due]:
    """An interval after the last time; the first after the customer was won, or came."""
    open_ = _made(asked).filter(customer_id=OuterRef("pk"), state__in=("planned", "proposed"))
    begun = Coalesce("won_at", "created_at")
    waiting = list(rows.filter(~Exists(open_)).order_by("pk").values_list("pk", "owner_id", "name", begun))
    zone, found = asked.actor.zone, []
    last = _last_of(asked, [row[0] for row in waiting])
    for pk, owner, name, since_at in waiting:
        since = since_at.astimezone(zone).date()
        on = next_every(
            asked.plan.amount, asked.plan.unit, last=last.get(pk), since=since, today=asked.today, number=pk
        )
        on = asked.worked(on)
        if on <= asked.until:
            found.append(Due(pk, owner, None, name, on))
    return found


def _last_of(asked: Asked, ids: Sequence[int]) -> dict[int, date]:
    if not ids:
        return {}
    closed = _made(asked).filter(customer_id__gte=ids[0], customer_id__lte=ids[-1]).order_by()
    return dict(closed.values_list("customer_id").annotate(Max("due_on")))


def _after_won(asked: Asked, rows: Any) -> list[Due]:
    """So many days after the customer was won, once (R-108)."""
    begun = asked.now - timedelta(days=asked.plan.amount + LATE)
    made = _made(asked).filter(customer_id=OuterRef("pk"), due_on__gte=asked.today - timedelta(days=LOOSE))
    fresh = rows.filter(~Exists(made), won_at__gte=begun)
    found = []
    for pk, owner, name, won_at in fresh.order_by("pk").values_list("pk", "owner_id", "name", "won_at"):
        on = won_at.astimezone(asked.actor.zone).date() + timedelta(days=asked.plan.amount)
        if asked.in_time(on):
            found.append(Due(pk, owner, None, name, asked.worked(on, back=True)))
    return found


#: Two occasions of one plan for one person lie further apart than this.
LOOSE = 120


def _occasions(asked: Asked, found: Sequence[tuple[int, int, int | None, str, Occurrence]]) -> list[Due]:
    """Those within the time that have no item yet; a birthday that was corrected is none that is there already."""
    near: list[Due] = []
    for customer_id, owner_id, contact_id, name, kept in found:
        on = kept.on - timedelta(days=asked.plan.before)
        if asked.in_time(on):
            notes = kept.note_zh or "", kept.note_en or ""
            near.append(Due(customer_id, owner_id, contact_id, name, max(on, asked.today), kept.on, *notes))
    if not near:
        return []
    ids = [each.customer_id for each in near]
    made = _made(asked).filter(customer_id__gte=min(ids), customer_id__lte=max(ids), occasion_on__isnull=False)
    there = set(made.order_by().values_list("customer_id", "contact_id", "occasion_on"))
    return [each for each in near if (each.customer_id, each.contact_id, each.occasion) not in there]


def _birthdays(asked: Asked, rows: Any) -> list[Due]:
    """Birthdays of contacts, solar and lunar (R-140); one that cannot be read is shown on the customer's page."""
    people = unscoped(Contact, "worker").filter(LIVING, org_id=asked.actor.org_id, customer__in=rows)
    columns = ("customer_id", "customer__owner_id", "pk", "name", "birthday")
    after = asked.today + timedelta(days=max(0, asked.plan.before - LATE))
    found = []
    for customer_id, owner_id, pk, name, text in people.exclude(birthday="").order_by("pk").values_list(*columns):
        birthday = read_birthday(text)
        if birthday is not None:
            found.append((customer_id, owner_id, pk, name, next_birthday(birthday, after=after)))
    return _occasions(asked, found)


def _festival(asked: Asked, rows: Any) -> list[Due]:
    if asked.plan.festival not in FESTIVALS:
        return []
    kept = next_festival(asked.plan.festival, after=asked.today)
    if not asked.in_time(kept.on - timedelta(days=asked.plan.before)):
        return []
    found = rows.order_by("pk").values_list("pk", "owner_id", "name")
    return _occasions(asked, [(pk, owner, None, name, kept) for pk, owner, name in found])


def _dates(asked: Asked, rows: Any) -> list[Due]:
    """A yearly day in a field of the customer: founded on, or one of the team's own."""
    field = shaped(asked.actor, CUSTOMER).by_slug.get(asked.plan.field)
    if field is None or field.like not in YEARLY:
        return []
    found = []
    for row in rows.order_by("pk"):
        value = value_of(row, field.slug if field.stored else field.db)
        birthday = read_birthday(str(value)) if value else None
        if birthday is not None:
            found.append((row.pk, row.owner_id or 0, None, row.name, next_birthday(birthday, after=asked.today)))
    return _occasions(asked, found)


_BY_WHEN = {
    "every": _every,
    "after_won": _after_won,
    "birthday": _birthdays,
    "festival": _festival,
    "date": _dates,
}
