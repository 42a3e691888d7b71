"""What a draft of a playbook would do to clocks: who gets one, and what would be late the moment it is published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from genjin.access.actor import Actor
from genjin.access.fields import reads
from genjin.access.guard import unscoped
from genjin.access.visible import visible
from genjin.customers.models import Customer
from genjin.lib.calendar import WorkCalendar
from genjin.lib.due import is_overdue
from genjin.lib.time_limits import LONGEST_LIMIT_DAYS, Clock, due_at
from genjin.orgs.models import Membership
from genjin.orgs.queries import calendar_of
from genjin.playbook.books import books_of, shown
from genjin.playbook.flow import Document, main_nodes
from genjin.playbook.late_steps import ticking
from genjin.schema.queries import options_of

Limit = Mapping[str, Any]
#: No limit is longer, weekends and holidays counted in.
FURTHEST = timedelta(days=3 * LONGEST_LIMIT_DAYS)
MOST_OWNERS = 50  # shown; the totals hold for all


class Line(NamedTuple):
    """Customers of a node, whose limit changes from one to another; None: no limit."""

    node: str
    old: Limit | None
    new: Limit | None


def clock_impact(
    actor: Actor, before: Document, document: Document, mapping: Mapping[str, str], *, now: datetime
) -> dict[str, Any]:
    """`begun`: customers that get a clock, `begun_over`: those of them that are late at once; `redated` and
    `redated_over`: the same of those that have one; `ended`: those that lose it. `owners`: of the customers one sees,
    whose they are, those with most late ones first. Three statements."""
    lines = [each for each in _lines(actor, before, document, mapping) if _timing(each.old) != _timing(each.new)]
    counts = _counts(lines, calendar_of(actor.org_id, actor.config_version), now)
    if not lines:
        return {**dict.fromkeys(counts, 0), "owners": []}
    there = Q(stage__in=[each.node for each in lines])
    rows = unscoped(Customer, "step").filter(there, org_id=actor.org_id)
    told = rows.aggregate(**{name: Count("pk", filter=where) for name, where in counts.items()})
    may = reads(actor, "customer.stage") and reads(actor, "customer.owner")
    return {**told, "owners": _owners(visible(actor, Customer).filter(there), counts) if may else []}


def _lines(actor: Actor, before: Document, document: Document, mapping: Mapping[str, str]) -> list[Line]:
    """The nodes in force, each with the limit that it or the one its customers go to would have."""
    options = options_of(actor.org_id, actor.config_version)
    others = [
        shown(book, options) for book in books_of(actor.org_id, actor.config_version) if book.key != document["key"]
    ]
    there = {node["key"]: node for each in (*others, document) for node in main_nodes(each)}
    found = []
    for node in main_nodes(before):
        to = there.get(node["key"]) or there.get(mapping.get(node["key"], ""))
        if to is not None:
            found.append(Line(node["key"], _owned(node), _owned(to)))
    return found


def _owned(node: Mapping[str, Any]) -> Limit | None:
    return node["limit"] if node["owner"] else None


def _timing(limit: Limit | None) -> tuple[Any, ...] | None:
    return (limit["amount"], limit["clock"], limit["pause_waiting"]) if limit else None


def _counts(lines: Sequence[Line], calendar: WorkCalendar, now: datetime) -> dict[str, Q]:
    """Name → which customers it counts."""
    found = dict.fromkeys(("begun", "begun_over", "redated", "redated_over", "ended"), Q(pk__in=[]))
    for node, old, new in lines:
        if new is None:
            found["ended"] |= ticking({node: old or {}})
            continue
        runs, late = ticking({node: new}), Q(stage_at__lte=latest_over(new, calendar, now))
        if old is None:
            found["begun"] |= runs
            found["begun_over"] |= runs & late
        else:
            found["redated"] |= runs
            found["redated_over"] |= runs & late & Q(stage_at__gt=latest_over(old, calendar, now))
    return found


def latest_over(limit: Limit, calendar: WorkCalendar, now: datetime) -> datetime:
    """Who came into the node by then is late now: the later one comes, the later the limit runs out. Of a limit that
    makes no sense nobody is: what is wrong with it is told beside."""
    try:
        due_at(now, limit["amount"], Clock(limit["clock"]), calendar)
    except ValueError:
        return now - FURTHEST
    early, late = now - FURTHEST, now
    while late - early > timedelta(milliseconds=1):
        middle = early + (late - early) / 2
        if is_overdue(due_at(middle, limit["amount"], Clock(limit["clock"]), calendar).at, now):
            early = middle
        else:
            late = middle
    return early


def _owners(rows: QuerySet[Customer], counts: Mapping[str, Q]) -> list[dict[str, Any]]:
    over = counts["begun_over"] | counts["redated_over"]
    told = rows.filter(counts["begun"] | over).order_by().values_list("owner_id")
    found = told.annotate(begun=Count("pk", filter=counts["begun"]), over=Count("pk", filter=over))
    most = sorted(found, key=lambda each: (-each[2], -each[1], each[0] or 0))[:MOST_OWNERS]
    names = dict(Membership.objects.filter(pk__in=[pk for pk, _, _ in most]).values_list("pk", "name"))
    return [{"id": pk, "name": names.get(pk, ""), "begun": begun, "over": late} for pk, begun, late in most]
