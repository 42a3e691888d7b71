"""异常: what is stuck, since when, why, and who hears of it next (R-114, R-090, R-115).

The numbers come from one grouped statement, so that tabs, heat and reasons agree with each other and, by the same
conditions, with the rows (`stuck_rows.py`). Only rows that are late are counted, by an index of theirs alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)  # fmt: skip
from django.db.models.functions import Coalesce

from genjin.access.actor import Actor
from genjin.access.fields import reads
from genjin.access.visible import visible_by_key
from genjin.agenda.models import AgendaItem
from genjin.agenda.rules import STUCK_KINDS
from genjin.desk.stuck_kinds import KIND_OF, KINDS, REASONS, late_rows, place, reason
from genjin.desk.stuck_rows import Row, rows_of
from genjin.lib.errors import Invalid
from genjin.orgs.models import Department, Membership
from genjin.schema.paging import Order, behind, page_of
from genjin.schema.queries import options_of

DAY = timedelta(days=1)
#: Soonest escalation first: that can still be prevented. What nobody hears of any more stands last.
ORDER = Order("climb_at", nullable=True)
#: The team of a row: that of whoever has it, else the department that was asked.
TEAM = Coalesce("owner__department_id", "department_id")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the reader has chosen; blank: all. `node` is the key of a stage, `team` and `person` are ids."""

    kind: str = ""
    node: str = ""
    team: int | None = None
    person: int | None = None
    reason: str = ""
    today: bool = False


class Group(NamedTuple):
    """How many stuck rows are of one kind, team, node and reason and go up today or not; `over` is their lateness
    together, `fresh` how many have become late within 24 hours."""

    row: str
    team: int | None
    node: str
    reason: str
    today: bool
    n: int
    over: timedelta
    fresh: int

    @property
    def kind(self) -> str:
        return KIND_OF[self.row]


def board(actor: Actor, *, now: datetime, chosen: Chosen, cursor: str = "", limit: int = 20) -> dict[str, Any]:
    """The whole page: headline, tabs, heat, reasons and one page of rows, soonest escalation first.

    422 for a choice by what the actor may not read. The same number of statements for any number of rows.
    """
    of = _Board(actor, now)
    of.check(chosen)
    groups = of.groups(chosen)
    ids, following = of.page(chosen, cursor, limit)
    shown = rows_of(actor, ids, now=now)
    tabs = of.within(groups, chosen, but="kind")
    return {
        "as_of": now,
        "head": of.head(groups, chosen, [] if cursor else shown),
        "total": _sum(of.within(groups, chosen)),
        "kinds": [
            {"key": each.key, "zh": each.zh, "en": each.en, "n": _sum(g for g in tabs if g.kind == each.key)}
            for each in KINDS
            if each.told(actor)
        ],
        "heat": of.heat(of.within(groups, chosen, but="place")),
        "reasons": of.reasons(of.within(groups, chosen, but="reason")),
        "chosen": of.named(chosen),
        "can": of.can(),
        "items": [each.as_json() for each in shown],
        "next": following,
    }


def _sum(groups: Iterable[Group]) -> int:
    return sum(each.n for each in groups)


class _Board:
    """What is stuck for one reader at one moment."""

    def __init__(self, actor: Actor, now: datetime) -> None:
        self.actor, self.now = actor, now
        self.stages = options_of(actor.org_id, actor.config_version).get("stage", {})
        self.names = dict(Department.objects.filter(org_id=actor.org_id).values_list("pk", "name"))
        local = now.astimezone(actor.zone)
        self.midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + DAY
        self.places, self.people = reads(actor, "customer.stage"), reads(actor, "agenda.owner")

    def check(self, chosen: Chosen) -> None:
        """Refuse a choice by what the reader may not read, or that there is not."""
        if chosen.node and not self.places:
            raise Invalid("你不能看阶段，不能按节点筛选", "You may not read stages", field="node")
        if (chosen.team is not None or chosen.person is not None) and not self.people:
            raise Invalid("你不能看负责人，不能按部门或人筛选", "You may not read who does it", field="person")
        known = {"kind": {each.key for each in KINDS}, "reason": {each.key for each in REASONS}}
        for name, keys in known.items():
            if getattr(chosen, name) not in {"", *keys}:
                raise Invalid("没有这种异常", "No such kind of exception", field=name)

    def rows(self, chosen: Chosen) -> QuerySet[AgendaItem]:
        """All that is stuck, of the chosen person."""
        rows = visible_by_key(self.actor, AgendaItem).filter(late_rows(self.actor, self.now))
        if chosen.person is not None:
            rows = rows.filter(owner_id=chosen.person)
        return rows.order_by()

    def groups(self, chosen: Chosen) -> list[Group]:
        """Counts by kind, team, node and reason; one statement."""
        over = ExpressionWrapper(Value(self.now, DateTimeField()) - F("due_at"), DurationField())
        node = place(self.actor) if self.places else Value("")
        team = TEAM if self.people else Value(None, BigIntegerField())
        soon = Case(When(climb_at__lt=self.midnight, then=Value(True)), default=Value(False))
        rows = self.rows(chosen).values(
            "kind", team_id=team, node=node, reason=reason(self.actor, self.now), soon=soon
        )  # fmt: skip
        fresh = Count("id", filter=Q(due_at__gt=self.now - DAY))
        counted = rows.annotate(n=Count("id"), over=Sum(over), fresh=fresh)
        names = ("kind", "team_id", "node", "reason", "soon", "n", "over", "fresh")
        return [Group(*row) for row in counted.values_list(*names)]

    def within(self, groups: Sequence[Group], chosen: Chosen, *, but: str = "") -> list[Group]:
        """The groups that meet the choice, one part of it left out: what that part could be instead."""
        return [
            each
            for each in groups
            if (each.today or not chosen.today)
            and (but == "kind" or chosen.kind in ("", each.kind))
            and (but == "reason" or chosen.reason in ("", each.reason))
            and (but == "place" or (chosen.node in ("", each.node) and chosen.team in (None, each.team)))
        ]

    def page(self, chosen: Chosen, cursor: str, limit: int) -> tuple[list[int], str | None]:
        """The ids of one page; one statement that reads no customer unless the choice asks for it."""
        rows = self.rows(chosen)
        if chosen.kind:
            rows = rows.filter(kind__in=next(each.rows for each in KINDS if each.key == chosen.kind))
        if chosen.team is not None:
            rows = rows.alias(team_id=TEAM).filter(team_id=chosen.team)
        if chosen.node:
            rows = rows.alias(node=place(self.actor)).filter(node=chosen.node)
        if chosen.reason:
            rows = rows.alias(reason=reason(self.actor, self.now)).filter(reason=chosen.reason)
        if chosen.today:
            rows = rows.filter(climb_at__lt=self.midnight)
        if cursor:
            rows = rows.filter(behind(ORDER, cursor))
        found = list(rows.order_by(*ORDER.by()).values_list("climb_at", "id")[: limit + 1])
        shown, following = page_of(found, limit, 0, 1)
        return [pk for _, pk in shown], following

    def head(self, groups: Sequence[Group], chosen: Chosen, shown: Sequence[Row]) -> dict[str, Any]:
        """The numbers of the headline. `to`: whom all that goes up today reaches, where that is one."""
        today = _sum(each for each in groups if each.today)
        soon = [row for row in shown if row.next_at is not None and row.next_at < self.midnight]
        reached = {row.next_to for row in soon}
        to = next(iter(reached)) if len(soon) == today and len(reached) == 1 else None
        blocked: Counter[tuple[int | None, str]] = Counter()
        for each in groups:
            if each.node and each.team is not None:
                blocked[each.team, each.node] += each.n
        worst = max(blocked, key=lambda cell: (blocked[cell], cell), default=None)
        return {
            "total": _sum(groups),
            "today": today,
            "to": to.as_json() if to else None,
            "worst": self._cell(*worst, blocked[worst]) if worst else None,
            "fresh": sum(each.fresh for each in groups),
            "solved": self._solved(chosen),
            "teams": len({each.team for each in groups} - {None}),
        }

    def _cell(self, team: int | None, node: str, n: int) -> dict[str, Any]:
        return {"team": self._team(team), "node": self._node(node), "n": n}

    def _team(self, pk: int | None) -> dict[str, Any] | None:
        return {"id": pk, "name": self.names[pk]} if pk in self.names else None

    def _node(self, key: str) -> dict[str, str]:
        choice = self.stages.get(key)
        return {"key": key, "zh": choice.zh if choice else key, "en": choice.en if choice else key}

    def _solved(self, chosen: Chosen) -> int:
        """Done within 24 hours, after its time had passed; asking after the outcome of an objection is no exception."""
        rows = visible_by_key(self.actor, AgendaItem).filter(
            ~Q(kind="objection", rung=0), kind__in=STUCK_KINDS, state="done", done_at__gt=self.now - DAY,
            done_at__gte=F("due_at"),
        )  # fmt: skip
        known = [row for kind in KINDS if kind.told(self.actor) for row in kind.rows]
        mine = Q() if chosen.person is None else Q(owner_id=chosen.person)
        return rows.filter(mine, kind__in=known).count()

    def heat(self, groups: Sequence[Group]) -> dict[str, Any] | None:
        """Count and mean lateness in hours of each node and team; None where the reader may not read them.
        `elsewhere`: rows of no node, or of nobody's department."""
        if not (self.places and self.people):
            return None
        cells: dict[tuple[str, int], tuple[int, timedelta]] = defaultdict(lambda: (0, timedelta()))
        for each in groups:
            if each.node in self.stages and each.team is not None:
                n, over = cells[each.node, each.team]
                cells[each.node, each.team] = n + each.n, over + each.over
        nodes, teams = {node for node, _ in cells}, {team for _, team in cells}
        return {
            "nodes": [self._node(key) for key in self.stages if key in nodes],
            "teams": [self._team(pk) for pk in sorted(teams)],
            "cells": [
                {"node": node, "team": team, "n": n, "hours": round(over / timedelta(hours=1) / n, 1)}
                for (node, team), (n, over) in cells.items()
            ],
            "elsewhere": _sum(groups) - sum(n for n, _ in cells.values()),
        }

    def reasons(self, groups: Sequence[Group]) -> list[dict[str, Any]]:
        """How many rows have each reason and who can undo it, most first."""
        many: Counter[str] = Counter()
        for each in groups:
            many[each.reason] += each.n
        return [
            {"key": each.key, "zh": each.zh, "en": each.en, "n": many[each.key],
             "who": {"zh": each.who_zh, "en": each.who_en}}
            for each in sorted(REASONS, key=lambda each: -many[each.key])
            if many[each.key]
        ]  # fmt: skip

    def named(self, chosen: Chosen) -> dict[str, Any]:
        """The choice with names, for whoever follows a link."""
        person = None
        if chosen.person is not None:
            name = Membership.objects.filter(org_id=self.actor.org_id, pk=chosen.person).values_list("name", flat=True)
            person = {"id": chosen.person, "name": name.first()}
        node = self._node(chosen.node) if chosen.node else None
        return {"kind": chosen.kind, "reason": chosen.reason, "today": chosen.today, "node": node,
                "team": self._team(chosen.team), "person": person}  # fmt: skip

    def can(self) -> dict[str, bool]:
        """Which acts the reader has at all; each row may still refuse."""
        logs = bool(self.actor.grants.scope("customer", "log"))
        return {
            "nudge": self.actor.may("agenda.nudge"),
            "postpone": logs and self.actor.may("agenda.postpone"),
            "assign": logs and self.actor.may("agenda.hand_on"),
        }
