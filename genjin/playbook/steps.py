"""What verbs and reactions share when a customer leaves a node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.door.change import Change
from genjin.lib.calendar import WorkCalendar
from genjin.lib.time_limits import due_at, working_minutes
from genjin.orgs.queries import calendar_of
from genjin.playbook.books import books_of, standing
from genjin.playbook.models import Passage, Playbook, PlaybookVersion
from genjin.playbook.shipped import standard_bodies
from genjin.schema.bulk import insert_rows
from genjin.schema.limits import limit_of
from genjin.schema.queries import options_of


@dataclass(frozen=True, slots=True)
class Left:
    """A customer left a stage: which, since when the clock ran, and why."""

    customer: Customer
    stage: str
    since: datetime | None
    why: str


def note_left(change: Change, left: Sequence[Left]) -> None:
    """One row for each finished stay: from, to, who, why, working time, late or not (R-117); three statements."""
    actor = change.actor
    stages = options_of(actor.org_id, actor.config_version).get("stage", {})
    books, calendar = books_of(actor.org_id, actor.config_version), calendar_of(actor.org_id, actor.config_version)
    pauses = _pauses(change, [each.customer.pk for each in left])
    rows = []
    for each in left:
        since = each.since or each.customer.created_at
        book, _ = standing(books, each.stage)
        row = Passage(
            customer_id=each.customer.pk,
            playbook=book.key if book else "",
            node=each.stage,
            left_at=change.now,
            to=each.customer.stage,
            why=each.why[:500],
            moved_by_id=change.actor.member_id,
        )
        limit = limit_of(stages.get(each.stage))
        row.due_at = due_at(since, limit.amount, limit.clock, calendar).at if limit else None
        row.late = row.due_at is not None and row.due_at < change.now
        _measure(row, since, pauses.get(each.customer.pk, ()), calendar, change.now)
        change.stamp(row)
        rows.append(row)
    insert_rows(Passage, rows)


def _measure(row: Passage, since: datetime, pauses: Sequence[Passage], calendar: WorkCalendar, now: datetime) -> None:
    """When it really came in, how long it worked and how long it stood still. A pause that ended has moved the clock
    on, so that what lies before it is told by the pause."""
    mine = [each for each in pauses if each.node == row.node]
    row.entered_at = min([since, *(each.was_at for each in mine if each.was_at)])
    still = [(each.entered_at, each.left_at or now) for each in mine]
    row.paused_minutes = int(sum((end - start).total_seconds() for start, end in still) // 60)
    worked = working_minutes(row.entered_at, now, calendar)
    row.worked_minutes = max(0, worked - sum(working_minutes(start, end, calendar) for start, end in still))


def _pauses(change: Change, ids: Sequence[int]) -> Mapping[int, list[Passage]]:
    """The pauses of each customer's present stay: those after it last left a node."""
    rows = unscoped(Passage, "step").filter(
        org_id=change.actor.org_id, customer_id__in=list(ids), state__in=("paused", "left"), deleted_at__isnull=True
    )
    found: dict[int, list[Passage]] = {}
    for row in rows.order_by("id"):
        stay = found.setdefault(row.customer_id, [])
        if row.state == "left":
            stay.clear()
        else:
            stay.append(row)
    return found


def lay_standard(org_id: int, now: datetime) -> None:
    """The playbooks that a new team begins with."""
    for position, body in enumerate(standard_bodies()):
        book = Playbook.objects.create(org_id=org_id, key=body["key"], position=position)
        PlaybookVersion.objects.create(org_id=org_id, playbook=book, number=1, body=body, published_at=now)
