"""What a draft of a playbook would mean: for customers on their way, and for the stays of the last 90 days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Avg, Count

from genjin.access.actor import Actor
from genjin.access.visible import visible
from genjin.customers.models import Customer
from genjin.door.action import demand
from genjin.lib.calendar import WorkCalendar
from genjin.lib.time_limits import Clock, due_at
from genjin.orgs.queries import calendar_of
from genjin.playbook.books import Book, books_of, shown
from genjin.playbook.choosing import beginnings
from genjin.playbook.clock_impact import clock_impact
from genjin.playbook.flow import Document, Node, main_nodes
from genjin.playbook.models import Passage
from genjin.playbook.publishing import gone_from, held_by, wrong_with
from genjin.playbook.queries import EDIT, book_named, standing_in
from genjin.schema.queries import options_of

DAYS = 90
#: Of fewer stays a mean says nothing.
FEW = 5
#: The newest so many stays are looked at.
MOST_STAYS = 20_000
#: What a rung does that reaches somebody else.
REPORTS = frozenset({"copy", "reassign", "pool"})


class Stay(NamedTuple):
    node: str
    entered_at: datetime
    left_at: datetime | None


def impact(actor: Actor, key: str, document: Document, mapping: Mapping[str, str], *, now: datetime) -> dict[str, Any]:
    """Problems, customers that would move, whose clocks change, and how the last 90 days would have gone (R-116)."""
    demand(actor, EDIT)
    book = book_named(actor, key)
    gone = gone_from(actor.org_id, book, document)
    counts, before = held_by(actor.org_id, book.keys), shown(book, options_of(actor.org_id, actor.config_version))
    return {
        "version": book.version,
        "problems": [each.as_json() for each in wrong_with(actor, key, document, gone, mapping)],
        "customers": sum(counts.values()),
        "moved": [{"from": node, "to": mapping.get(node), "count": counts.get(node, 0)} for node in gone],
        "nodes": facts(actor, document, now=now),
        "clocks": clock_impact(actor, before, document, mapping, now=now),
        "beginnings": beginnings(actor, _with(actor, book, document), since=now - timedelta(days=DAYS), now=now),
    }


def _with(actor: Actor, book: Book, document: Document) -> list[Book]:
    """The playbooks in force, a draft in the place of its own."""
    books = books_of(actor.org_id, actor.config_version)
    return [Book(book.pk, book.key, book.version, document) if each.key == book.key else each for each in books]


def node_facts(actor: Actor, key: str, *, now: datetime) -> dict[str, Any]:
    """Of each main node of a playbook in force: customers there now, how its last 90 days went, how long they stood
    there."""
    book = book_named(actor, key)
    counts = standing_in(actor)
    if counts is None:
        return {"items": []}
    waits = _waits(actor, book.keys, now - timedelta(days=DAYS))
    return {
        "items": [
            {
                **line,
                "customers": counts.get(line["key"], 0),
                **waits.get(line["key"], _NO_WAIT),
                "on_time_share": round(1 - line["late_90"] / line["entered_90"], 3) if line["entered_90"] else None,
            }
            for line in facts(actor, shown(book, options_of(actor.org_id, actor.config_version)), now=now)
        ]
    }


_NO_WAIT = {"worked_mean": None, "worked_n": 0}


def _waits(actor: Actor, keys: Sequence[str], since: datetime) -> dict[str, dict[str, Any]]:
    """Node → how long customers stood there on average in working minutes, pauses taken off, by the log of the stays
    that ended since; with how many that is. Too few say nothing. One statement."""
    rows = visible(actor, Passage).filter(
        state="left", node__in=list(keys), left_at__gte=since, worked_minutes__isnull=False
    )
    told = rows.order_by().values_list("node").annotate(n=Count("id"), mean=Avg("worked_minutes"))
    return {node: {"worked_mean": round(mean) if n >= FEW else None, "worked_n": n} for node, n, mean in told}


def facts(actor: Actor, document: Document, *, now: datetime) -> list[dict[str, Any]]:
    """Of each main node: stays of the last 90 days, how many of them late and reported by its limit and ladder."""
    nodes = {each["key"]: each for each in main_nodes(document)}
    known = _Known(calendar_of(actor.org_id, actor.config_version))
    told = {key: {"key": key, "entered_90": 0, "late_90": 0, "reported_90": 0} for key in nodes}
    for stay in _stays(actor, list(nodes), now - timedelta(days=DAYS)):
        line, due = told[stay.node], known.due(nodes[stay.node], stay.entered_at)
        end = stay.left_at or now
        line["entered_90"] += 1
        line["late_90"] += due is not None and end > due
        line["reported_90"] += due is not None and end > known.reported(nodes[stay.node], due)
    return list(told.values())


class _Known:
    """Deadlines worked out already: one in days depends on the day it starts on only."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar
        self._ends: dict[Any, datetime | None] = {}

    def due(self, node: Node, entered_at: datetime) -> datetime | None:
        """When the limit runs out for who came in then; None without a limit, or with one that makes no sense."""
        limit = node["limit"]
        return self._end(entered_at, limit["amount"], Clock(limit["clock"])) if limit else None

    def reported(self, node: Node, due: datetime) -> datetime:
        """When somebody else hears of it."""
        for rung in node["ladder"]:
            if rung["do"] in REPORTS and rung["from"] == "due":
                end = self._end(due, rung["amount"], Clock(rung["clock"]))
                if end is not None:
                    return end
        return datetime.max.replace(tzinfo=due.tzinfo)

    def _end(self, start: datetime, amount: float, clock: Clock) -> datetime | None:
        if clock is Clock.HOURS:
            return start + timedelta(hours=amount)
        key = (start.astimezone(self._calendar.tz).date(), amount, clock)
        if key not in self._ends:
            try:
                self._ends[key] = due_at(start, amount, clock, self._calendar).at
            except ValueError:
                self._ends[key] = None
        return self._ends[key]


def _stays(actor: Actor, keys: Sequence[str], since: datetime) -> Iterator[Stay]:
    """Stays that ended since then and those that last, of customers the actor sees; the newest first."""
    rows = visible(actor, Passage).filter(state="left", node__in=list(keys), left_at__gte=since)
    for node, entered, left, paused in rows.order_by("-left_at").values_list(
        "node", "entered_at", "left_at", "paused_minutes"
    )[:MOST_STAYS]:
        yield Stay(node, entered + timedelta(minutes=paused), left)
    here = visible(actor, Customer).filter(stage__in=list(keys), stage_at__gte=since, paused=False)
    for stage, stage_at in here.order_by("-id").values_list("stage", "stage_at")[:MOST_STAYS]:
        if stage_at is not None:
            yield Stay(stage, stage_at, None)
