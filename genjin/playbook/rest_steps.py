"""Clocks that stand still and run again, and nodes beside the way of files that end (R-111)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from genjin.access.guard import unscoped
from genjin.agenda.intake import insert_items
from genjin.agenda.ladders import SILENT
from genjin.agenda.models import AgendaItem
from genjin.customers.merging import record_saved
from genjin.customers.models import Customer
from genjin.customers.rules import not_begun
from genjin.customers.steps import clocks_from
from genjin.door.change import Change
from genjin.lib.time_limits import Clock, moved_on
from genjin.orgs.queries import calendar_of
from genjin.playbook.books import Book, books_of, standing
from genjin.playbook.flow import Node, node_of
from genjin.playbook.limit_steps import (
    KIND,
    PLANNED,
    SIDE,
    Said,
    begin,
    due_for,
    end,
    item_of,
    limit_for,
    open_items,
    running,
)
from genjin.playbook.models import Passage
from genjin.playbook.whom import Doers
from genjin.schema.bulk import insert_rows


def open_passages(change: Change, ids: Iterable[int]) -> list[Passage]:
    """Nodes beside the way that are open, and pauses that last, of these customers."""
    rows = unscoped(Passage, "step").filter(
        org_id=change.actor.org_id, customer_id__in=list(ids), state__in=("open", "paused"), left_at=None,
        deleted_at__isnull=True,
    )  # fmt: skip
    return list(rows.order_by("pk"))


def pauses_of(change: Change, ids: Sequence[int]) -> dict[int, Passage]:
    """Customer → the pause that lasts."""
    return {row.customer_id: row for row in open_passages(change, ids) if row.state == "paused"}


def rest_again(change: Change, customers: Sequence[Customer]) -> None:
    """After a change of their state, or of what their limits say of rests: clocks that ought to stand still do, and
    those that ought to run go on where they stood."""
    stopped, active = pauses_of(change, [each.pk for each in customers]), running(change, customers)
    resting = [each for each in customers if not (each.pk in active or each.pk in stopped or not_begun(each))]
    back = [each for each in customers if each.pk in active and each.pk in stopped]
    if resting:
        end(change, [each.pk for each in resting], done=False)
        pause(change, resting)
    if back:
        resume(change, back, {each.pk: stopped[each.pk] for each in back})


def pause(change: Change, customers: Sequence[Customer]) -> None:
    """Their clocks stand still from now."""
    rows = []
    for customer, book, node in _standing(change, customers):
        row = Passage(customer_id=customer.pk, playbook=book.key, node=node["key"], state="paused",
                      entered_at=change.now, was_at=customer.stage_at, moved_by_id=change.actor.member_id)  # fmt: skip
        change.stamp(row)
        rows.append(row)
    insert_rows(Passage, rows)


def resume(change: Change, customers: Sequence[Customer], stopped: Mapping[int, Passage]) -> None:
    """The clocks move on by the pause and the to-dos come back, of nodes beside the way too; what was said of them is
    not said again."""
    _end_pauses(change, [stopped[each.pk] for each in customers])
    there = _standing(change, customers)
    moved: list[tuple[Customer, datetime]] = []
    for customer, _, node in there:
        limit, since = limit_for(change, node), customer.stage_at
        if since is not None and (limit is None or limit["pause_waiting"]):
            moved.append((customer, _later(change, limit, since, stopped[customer.pk].entered_at)))
    clocks_from(change, moved)
    said = _said(change, stopped)
    begin(change, customers, sides=False, said=said)
    rows = {customer.pk: (customer, book) for customer, book, _ in there}
    _sides_again(change, rows, {pk: stopped[pk].entered_at for pk in rows}, said)


def _later(change: Change, limit: Mapping[str, Any] | None, since: datetime, paused: datetime) -> datetime:
    clock = Clock(limit["clock"]) if limit else Clock.HOURS
    calendar = calendar_of(change.actor.org_id, change.actor.config_version)
    return moved_on(since, max(since, paused), change.now, clock, calendar)


def _said(change: Change, stopped: Mapping[int, Passage]) -> dict[tuple[str, int], Said]:
    """What makes a to-do → what had been said of it when its clock stopped."""
    rows = unscoped(AgendaItem, "step").filter(
        org_id=change.actor.org_id, customer_id__in=list(stopped), kind=KIND, deleted_at__isnull=False
    )
    columns = ("source_type", "source_id", "customer_id", "deleted_at", "rung", "told")
    return {
        (source, pk): Said(rung, told)
        for source, pk, customer_id, deleted_at, rung, told in rows.order_by("pk").values_list(*columns)
        if deleted_at == stopped[customer_id].entered_at
    }


def _sides_again(
    change: Change,
    begun: Mapping[int, tuple[Customer, Book]],
    paused: Mapping[int, datetime],
    said: Mapping[tuple[str, int], Said],
) -> None:
    """To-dos of open nodes beside the way that have none: their clocks stood still from `paused`, or run from now."""
    asked = {each.source_id for each in open_items(change, list(begun), sources=(SIDE,))}
    doers = Doers([customer for customer, _ in begun.values()])
    wanted, items = [], []
    for row in open_passages(change, begun):
        customer, book = begun[row.customer_id]
        node = node_of(book.body, row.node)
        if row.state != "open" or row.pk in asked or node is None:
            continue
        since = change.now
        if row.customer_id in paused:
            since = _later(change, limit_for(change, node), row.entered_at, paused[row.customer_id])
        due = due_for(change, doers, customer, node, since)
        values = {"entered_at": since, "was_at": row.was_at or row.entered_at, "due_at": due.at.at if due else None}
        wanted.append((row, values))
        if due:
            items.append(item_of(change, customer, due, (SIDE, row.pk), said.get((SIDE, row.pk))))
    change.save_many(wanted, quiet=True)
    insert_items(change, items, event=PLANNED)


def begin_anew(change: Change, customers: Sequence[Customer], stopped: Mapping[int, Passage]) -> None:
    """Somebody has them who did not before: the limits of their nodes run from now, those beside the way too."""
    if not customers:
        return
    _end_pauses(change, [stopped[each.pk] for each in customers if each.pk in stopped])
    clocks_from(change, [(each, change.now) for each in customers])
    begin(change, customers, sides=False)
    begun = {customer.pk: (customer, book) for customer, book, _ in _standing(change, customers)}
    _sides_again(change, begun, {}, {})


def leave_out(change: Change, rows: Sequence[Passage], own: set[tuple[int, str]]) -> None:
    """What was open on files that were merged: pauses end with the file; a node beside the way goes on where its new
    customer stands in the node it lies beside and has none of its own (`own`: customer, node)."""
    if not rows:
        return
    customers = unscoped(Customer, "step").in_bulk({row.customer_id for row in rows})
    places = {customer.pk: (book, node["key"]) for customer, book, node in _standing(change, list(customers.values()))}
    ended = []
    for row in rows:
        book, at = places.get(row.customer_id, (None, ""))
        node = node_of(book.body, row.node) if book else None
        key = (row.customer_id, row.node)
        if row.state == "open" and node is not None and node.get("beside") == at and key not in own:
            own.add(key)
            continue
        ended.append(row)
    over = {"left_at": change.now, "moved_by_id": change.actor.member_id}
    skipped = {**over, "state": "skipped", "why": "客户合并了"}
    changed = change.save_many([(row, skipped if row.state == "open" else over) for row in ended], quiet=True)
    record_saved(change, ended, changed, "carried")
    gone = {row.pk for row in ended}
    items = open_items(change, list(customers), sources=(SIDE,))
    put_away(change, [each for each in items if each.source_id in gone])


def put_away(change: Change, items: Sequence[AgendaItem]) -> None:
    """To-dos of files that were merged go, so that an undo of the merge brings them back as they were."""
    gone = {"deleted_at": change.now, **SILENT}
    record_saved(change, items, change.save_many([(each, gone) for each in items], quiet=True), "carried")


def _standing(change: Change, customers: Sequence[Customer]) -> list[tuple[Customer, Book, Node]]:
    """Each with its playbook and node; without those that stand in none or have no clock."""
    books = books_of(change.actor.org_id, change.actor.config_version)
    found = []
    for customer in customers:
        book, node = standing(books, customer.stage)
        if book is not None and node is not None and customer.stage_at is not None:
            found.append((customer, book, node))
    return found


def _end_pauses(change: Change, rows: Sequence[Passage]) -> None:
    change.save_many([(row, {"left_at": change.now}) for row in rows])
