"""The rows of one page of the board: what, whose, how late, why with its evidence, and whom the next rung reaches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from genjin.access.actor import Actor
from genjin.access.fields import concealed, reads
from genjin.access.guard import unscoped
from genjin.access.visible import reaches, visible
from genjin.agenda.ladder_rules import Rung
from genjin.agenda.ladders import ladders_of, timed
from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.receivers import Expected
from genjin.agenda.rules import CADENCE, VERDICTS
from genjin.agenda.stuck_rules import is_urged, may_move, may_turn
from genjin.customers.models import Customer
from genjin.customers.queries import told_silence
from genjin.desk.stuck_kinds import HOLDS_UP, KIND_OF, REASON, reason
from genjin.desk.stuck_words import Words, evidence, late_words
from genjin.lib.time_limits import Clock
from genjin.orgs.models import Membership
from genjin.orgs.queries import calendar_of
from genjin.playbook.books import books_of, limit_in, standing
from genjin.schema.queries import options_of

#: How late something is, in five steps: up to 4 hours, a day, three days, a week, longer.
STEPS = (timedelta(hours=4), timedelta(days=1), timedelta(days=3), timedelta(days=7))


def severity(late: timedelta) -> int:
    """1 to 5."""
    return 1 + sum(late >= step for step in STEPS)


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a rung reaches, by name; `pool`: it gives the customer to the pool."""

    names: tuple[str, ...]
    you: bool
    pool: bool

    def as_json(self) -> dict[str, Any]:
        return {"names": list(self.names), "you": self.you, "pool": self.pool}


@dataclass(frozen=True, slots=True)
class Row:
    """One row as the screen shows it; `next_to` is whom `next_at` reaches, without one whom the last rung reached."""

    body: Mapping[str, Any]
    next_at: datetime | None
    next_to: Reach | None

    def as_json(self) -> dict[str, Any]:
        to = self.next_to.as_json() if self.next_to else None
        return {**self.body, "next": {"at": self.next_at, "to": to}}


def rows_of(actor: Actor, ids: Sequence[int], *, now: datetime) -> list[Row]:
    """The rows with these ids, in their order; what holds their customers up is read beside them."""
    rows = visible(actor, AgendaItem).filter(pk__in=list(ids)).annotate(why=reason(actor, now))
    joined = rows.select_related("owner__department", "department", "customer__owner")
    found = {item.pk: item for item in joined.order_by()}
    items = [found[pk] for pk in ids if pk in found]
    return _Page(actor, items, now).rows() if items else []


class _Page:
    """What all rows of a page need, read once."""

    def __init__(self, actor: Actor, items: Sequence[Any], now: datetime) -> None:
        self.actor, self.items, self.now = actor, items, now
        self.options = options_of(actor.org_id, actor.config_version)
        self.calendar = calendar_of(actor.org_id, actor.config_version)
        self.seen = {each.pk for each in items if each.customer and _sees(actor, each.customer)}
        self.people = reads(actor, "agenda.owner")
        self.blocks = self._blocks()

    def _blocks(self) -> dict[tuple[int, str], AgendaItem]:
        """(customer, kind) → the oldest open row that may hold it up; one statement."""
        ids = {each.customer_id for each in self.items if each.pk in self.seen}
        rows = unscoped(AgendaItem, "waits").filter(
            OPEN, org_id=self.actor.org_id, customer_id__in=ids, kind__in=list(HOLDS_UP)
        )
        found: dict[tuple[int, str], AgendaItem] = {}
        for row in rows.select_related("owner__department", "department").order_by("created_at", "id"):
            mine = row.kind == "approve" and row.owner_id == self.actor.member_id
            found.setdefault((row.customer_id or 0, "you" if mine else HOLDS_UP[row.kind]), row)
        return found

    def rows(self) -> list[Row]:
        escalations = self._escalations()
        return [Row(self._body(item), item.climb_at, escalations.get(item.pk)) for item in self.items]

    def _escalations(self) -> dict[int, Reach]:
        """Whom the next rung of each row reaches; at the top of its ladder, whom the last one reached."""
        rungs: dict[int, Rung] = {}
        for item, ladder in zip(self.items, ladders_of(self.actor, self.items), strict=True):
            if ladder is None:
                continue
            steps = timed(self.actor, item, ladder)
            at = min(item.rung, len(steps) - 1) if item.climb_at else min(item.rung, len(steps)) - 1
            if at >= 0:
                rungs[item.pk] = steps[at].rung
        expected = Expected(self.actor.org_id, self.items, self.actor.config_version)
        reached = {item.pk: expected.of(item, rungs[item.pk]).members for item in self.items if item.pk in rungs}
        ids = {pk for members in reached.values() for pk in members}
        names = dict(Membership.objects.filter(pk__in=ids).values_list("pk", "name"))
        me = self.actor.member_id
        return {
            pk: Reach(tuple(names[each] for each in members if each in names), me in members, rungs[pk].do == "pool")
            for pk, members in reached.items()
        }

    def _body(self, item: Any) -> dict[str, Any]:
        kind, seen = KIND_OF[item.kind], item.pk in self.seen
        block = item if item.why == "own" else self.blocks.get((item.customer_id or 0, item.why), item)
        if item.kind in VERDICTS or item.kind in ("help", "takeup", "handover", "complaint"):
            block = item
        return {
            "id": item.pk,
            "version": item.version,
            "kind": kind,
            "act": item.act,
            "customer": self._customer(item, seen) if item.customer else None,
            "owner": self._who(item) if self.people else None,
            "since": item.due_at,
            "precision": item.precision,
            "severity": severity(self.now - item.due_at),
            "late": self._late(item, seen).as_json(),
            "reason": {"key": item.why, "zh": REASON[item.why].zh, "en": REASON[item.why].en},
            "evidence": evidence(self.actor, item, block, now=self.now, seen=seen).as_json(),
            "yours": _link(block) if item.why == "you" else None,
            "nudge": self._nudge(block),
            "can": {"postpone": may_move(self.actor, item.kind), "assign": may_turn(self.actor, item.kind)},
        }

    def _customer(self, item: Any, seen: bool) -> dict[str, Any]:
        row = item.customer
        told = concealed(
            self.actor,
            "customer",
            {"name": row.name, "stage": row.stage, "intent_class": row.intent_class, "amount": row.amount,
             "currency": row.currency},
        )  # fmt: skip
        if not seen:
            told |= {"stage": "", "intent_class": "", "amount": None}
        choice = self.options.get("stage", {}).get(told["stage"])
        stage = {"key": told["stage"], "zh": choice.zh, "en": choice.en} if choice else None
        return {"id": row.pk, **told, "stage": stage}

    def _who(self, item: Any) -> dict[str, Any]:
        """Whoever has it, else the department that was asked."""
        team = item.owner.department if item.owner else item.department
        return {
            "id": item.owner_id,
            "name": item.owner.name if item.owner else None,
            "you": item.owner_id is not None and item.owner_id == self.actor.member_id,
            "team": {"id": team.pk, "name": team.name} if team else None,
        }

    def _late(self, item: Any, seen: bool) -> Words:
        if item.kind == CADENCE and seen:
            row = item.customer
            days = told_silence(self.actor, row.last_contact_at, row.created_at, self.now)
            if days is not None:
                of = row.intent_class if reads(self.actor, "customer.intent_class") else ""
                return Words(f"{of} 类 {days} 天没联系" if of else f"{days} 天没联系",
                             f"{days} days without contact" + (f", class {of}" if of else ""))  # fmt: skip
        return late_words(item, self._clock(item, seen), self.now, self.calendar, self.actor.zone)

    def _clock(self, item: Any, seen: bool) -> Clock | None:
        """The clock that its limit is counted by; of a node that of the playbook."""
        if item.clock in set(Clock):
            return Clock(item.clock)
        if item.kind != "node_limit" or not seen:
            return None
        _, node = standing(books_of(self.actor.org_id, self.actor.config_version), item.customer.stage)
        limit = limit_in(node, self.options.get("stage", {}).get(item.customer.stage)) if node else None
        return Clock(limit["clock"]) if limit else None

    def _nudge(self, block: Any) -> dict[str, Any] | None:
        """What an urging is about: the row that holds this one up, and whether its holder was urged today."""
        mine = block.owner_id is not None and block.owner_id == self.actor.member_id
        if mine or (block.owner_id is None and block.department_id is None):
            return None
        name = block.owner.name if block.owner else block.department.name
        urged = is_urged(block.nudged_at, self.now, self.actor.zone)
        return {"id": block.pk, "name": name if self.people else None, "at": block.nudged_at if urged else None}


def _sees(actor: Actor, customer: Customer) -> bool:
    return reaches(actor, Customer, customer.pk, owner=customer.owner_id, department=customer.department_id)


def _link(block: Any) -> dict[str, str]:
    """Where the reader gives his verdict."""
    if block.kind == "approve":
        return {"to": f"/reviews?which=requests&id={block.source_id}", "zh": "去审批", "en": "Decide"}
    if block.kind == "handover":
        return {"to": f"/handovers/{block.source_id}", "zh": "去确认", "en": "Confirm"}
    which = {"check_file": "files", "peer_check": "peers"}.get(block.kind, "records")
    return {"to": f"/reviews?which={which}&id={block.source_id}", "zh": "去审核", "en": "Review"}
