"""The to-do that a node with a limit makes (R-081): whoever does the node, by when, told by the one agenda."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from genjin.access.guard import unscoped
from genjin.agenda.intake import Turn, close_items, insert_items, take_back_items, turn_items
from genjin.agenda.ladder_rules import MOST_RUNGS
from genjin.agenda.models import OPEN, AgendaItem
from genjin.customers.models import Customer
from genjin.customers.rules import ENDED, not_begun
from genjin.customers.steps import root
from genjin.door.change import Change
from genjin.lib.due import is_overdue
from genjin.lib.time_limits import Clock, Deadline, due_at, working_minutes
from genjin.orgs.queries import calendar_of
from genjin.playbook.books import Book, books_of, limit_in, standing
from genjin.playbook.flow import Node, node_of, side_nodes
from genjin.playbook.models import Passage
from genjin.playbook.whom import Doers, Whom
from genjin.schema.bulk import insert_rows
from genjin.schema.queries import options_of

KIND = "node_limit"
#: Made by the node a customer stands in (its id), by a node beside it (the id of its passage).
NODE, SIDE = "node", "side"
#: What says where a customer stands and who works on it.
_NEEDED = ("org_id", "stage", "stage_at", "owner_id", "department_id", "paused", "life_cycle", "deleted_at")
#: Its to-do went with the clock that stood still: the customer's timeline tells of the rest itself.
RESTED = "agenda.rested"
#: Nobody wrote it: no automation answers it.
PLANNED = "agenda.planned"


class Said(NamedTuple):
    """What was said of a to-do: rungs of its ladder, or its ordinary reminders."""

    rung: int = 0
    told: str = "none"


class Due(NamedTuple):
    """What a node asks of whom, by when."""

    act: str
    at: Deadline
    whom: Whom


def runs(customer: Customer, limit: Mapping[str, Any] | None) -> bool:
    """Does the clock of a node run? Not for who is lost, nobody's or in the bin; while a customer rests only where the
    limit runs on."""
    if customer.life_cycle in ENDED or customer.owner_id is None or customer.deleted_at is not None:
        return False
    return not customer.paused or (limit is not None and not limit["pause_waiting"])


def limit_for(change: Change, node: Node) -> Mapping[str, Any] | None:
    """The limit of a node as it is in force."""
    if node.get("beside"):
        found: Mapping[str, Any] | None = node["limit"]
        return found
    options = options_of(change.actor.org_id, change.actor.config_version)
    return limit_in(node, options.get("stage", {}).get(node["key"]))


def running(change: Change, customers: Iterable[Customer]) -> set[int]:
    """Those whose clock runs, by the nodes in which they stand."""
    books = books_of(change.actor.org_id, change.actor.config_version)
    found = set()
    for customer in customers:
        _, node = standing(books, customer.stage)
        if runs(customer, limit_for(change, node) if node else None):
            found.add(customer.pk)
    return found


def due_for(change: Change, doers: Doers, customer: Customer, node: Node, since: datetime) -> Due | None:
    """None where the node has no limit, or nobody to do it. Its words are the standard action, no field of a record:
    the agenda is read by more people than stages are."""
    limit = limit_for(change, node)
    if not limit or not node["owner"]:
        return None
    whom = doers.of(node["owner"], customer)
    if whom == Whom():
        return None
    calendar = calendar_of(change.actor.org_id, change.actor.config_version)
    return Due(node["action"] or "完成这一步", due_at(since, limit["amount"], Clock(limit["clock"]), calendar), whom)


def begin(
    change: Change,
    customers: Sequence[Customer],
    *,
    sides: bool = True,
    taken_over: bool = False,
    said: Mapping[tuple[str, int], Said] | None = None,
    ran: bool = False,
) -> None:
    """Customers came into their nodes: the to-dos of these, and the nodes beside them are open. Those that were taken
    over and whose clock does not run yet are passed over, unless it starts right now (`taken_over`). `said`: what was
    said already of a to-do that comes back; `ran`: they stand there since long, and what its ladder would have said by
    now counts as said."""
    books = books_of(change.actor.org_id, change.actor.config_version)
    doers, items = Doers(customers), []
    for customer in customers:
        book, node = standing(books, customer.stage)
        if book is None or node is None or customer.stage_at is None or (not_begun(customer) and not taken_over):
            continue
        if not runs(customer, limit_for(change, node)):  # what lies beside the node is open and asks for nothing yet
            if sides:
                _sides(change, doers, customer, book, node)
            continue
        due = due_for(change, doers, customer, node, customer.stage_at)
        if due:
            items.append(
                item_of(change, customer, due, (NODE, customer.pk), (said or {}).get((NODE, customer.pk)), ran=ran)
            )
        items += _sides(change, doers, customer, book, node) if sides else []
    insert_items(change, items, event=PLANNED)


def _sides(change: Change, doers: Doers, customer: Customer, book: Book, node: Node) -> list[AgendaItem]:
    beside = side_nodes(book.body, node["key"])
    rows = [
        Passage(customer_id=customer.pk, playbook=book.key, node=each["key"], state="open", entered_at=change.now)
        for each in beside
    ]
    dues = [due_for(change, doers, customer, each, change.now) for each in beside]
    for row, due in zip(rows, dues, strict=True):
        row.due_at = due.at.at if due else None
        change.stamp(row)
    insert_rows(Passage, rows)
    pairs = zip(rows, dues, strict=True)
    return [item_of(change, customer, due, (SIDE, row.pk)) for row, due in pairs if due]


def item_of(
    change: Change,
    customer: Customer,
    due: Due,
    source: tuple[str, int],
    said: Said | None = None,
    *,
    ran: bool = False,
) -> AgendaItem:
    """A row not yet inserted; `source`: NODE or SIDE and the id of what makes it; `said`, `ran`: as of `begin`."""
    item = AgendaItem(
        customer_id=customer.pk,
        kind=KIND,
        act=due.act[:300],
        owner_id=due.whom.member_id,
        department_id=due.whom.department_id,
        due_at=due.at.at,
        precision=due.at.precision,
        source_type=source[0],
        source_id=source[1],
    )
    # Of the rungs only those whose moment has passed stay done.
    passed = Said(MOST_RUNGS, "overdue" if is_overdue(due.at.at, change.now) else "none") if ran else Said()
    item.rung, item.told = said or passed
    change.stamp(item)
    return item


def open_items(change: Change, ids: Iterable[int], *, sources: Sequence[str] = (NODE, SIDE)) -> list[AgendaItem]:
    """The open to-dos of nodes of these customers, held until the commit."""
    rows = unscoped(AgendaItem, "step").filter(
        OPEN, org_id=change.actor.org_id, customer_id__in=list(ids), kind=KIND, source_type__in=list(sources)
    )
    return list(rows.order_by("pk").select_for_update(of=("self",)))


def end(change: Change, ids: Sequence[int], *, done: bool) -> None:
    """Their nodes are left (`done`), or they rest: to-dos of nodes whose clocks stand still then are taken back."""
    items = open_items(change, ids)
    if done:
        close_items(change, items)
        rows = unscoped(Passage, "step").filter(
            org_id=change.actor.org_id, customer_id__in=list(ids), state="open", deleted_at__isnull=True
        )
        rows.update(state="skipped", left_at=change.now, moved_by_id=change.actor.member_id, updated_at=change.now)
    else:
        take_back_items(change, _stopped(change, items), event=RESTED)


def _stopped(change: Change, items: Sequence[AgendaItem]) -> list[AgendaItem]:
    """Of open to-dos those whose clock does not run."""
    if not items:
        return []
    books = books_of(change.actor.org_id, change.actor.config_version)
    known = unscoped(Customer, "step").in_bulk({each.customer_id for each in items if each.customer_id})
    beside = {each.pk: each.node for each in passages_of(items)}
    found = []
    for item in items:
        customer = known[item.customer_id or 0]
        book, node = standing(books, customer.stage)
        if item.source_type == SIDE and book is not None:
            node = node_of(book.body, beside.get(item.source_id or 0, ""))
        if not runs(customer, limit_for(change, node) if node else None):
            found.append(item)
    return found


def settle(change: Change, customer: Customer, node: str, *, done: bool, why: str) -> None:
    """A node beside the way is done or left out; one that was open before the playbook named it gets its row now."""
    rows = unscoped(Passage, "step").filter(
        org_id=change.actor.org_id, customer_id=customer.pk, node=node, state="open", deleted_at__isnull=True
    )
    row = rows.order_by("-id").select_for_update(of=("self",)).first()
    if row is None:
        book, _ = standing(books_of(change.actor.org_id, change.actor.config_version), customer.stage)
        row = Passage(customer_id=customer.pk, playbook=book.key if book else "", node=node, state="open",
                      entered_at=customer.stage_at or change.now)  # fmt: skip
        change.stamp(row)
        row.save()
    worked = working_minutes(row.entered_at, change.now, calendar_of(change.actor.org_id, change.actor.config_version))
    values = {
        "state": "done" if done else "skipped",
        "left_at": change.now,
        "why": why[:500],
        "moved_by_id": change.actor.member_id,
        "worked_minutes": worked,
        "late": row.due_at is not None and row.due_at < change.now,
    }
    change.save(row, values)
    items = open_items(change, [customer.pk], sources=(SIDE,))
    close_items(change, [each for each in items if each.source_id == row.pk])
    change.record("passage.settled", row, root=root(customer), after={"node": node, "state": row.state}, why=why)


def turn(change: Change, ids: Iterable[int]) -> None:
    """Owners or limits have changed: the open to-dos go to whoever does their node now, by its present limit."""
    items = open_items(change, ids)
    if not items:
        return
    books = books_of(change.actor.org_id, change.actor.config_version)
    rows = unscoped(Customer, "step").only(*_NEEDED)
    known = rows.in_bulk({each.customer_id for each in items if each.customer_id})
    begun = {each.pk: each for each in passages_of(items)}
    doers = Doers(known.values())
    gone: list[AgendaItem] = []
    turns: list[Turn] = []
    told: list[tuple[Passage, dict[str, Any]]] = []
    for item in items:
        customer = known[item.customer_id or 0]
        book, node = standing(books, customer.stage)
        since, row = customer.stage_at, begun.get(item.source_id or 0) if item.source_type == SIDE else None
        if item.source_type == SIDE:
            node = node_of(book.body, row.node) if book and row else None
            since = row.entered_at if row else None
        due = due_for(change, doers, customer, node, since) if node and since else None
        if row is not None:
            told.append((row, {"due_at": due.at.at if due else None}))
        if due is None:
            gone.append(item)
        elif (item.owner_id, item.department_id, item.due_at) != (*due.whom, due.at.at):
            turns.append(Turn(item, *due.whom, due.act, due.at))
    change.save_many(told, quiet=True)
    take_back_items(change, gone, event=RESTED)
    turn_items(change, turns)


def passages_of(items: Sequence[AgendaItem]) -> list[Passage]:
    """The nodes beside the way that these to-dos are of."""
    ids = [each.source_id or 0 for each in items if each.source_type == SIDE]
    return list(unscoped(Passage, "step").filter(pk__in=ids)) if ids else []
