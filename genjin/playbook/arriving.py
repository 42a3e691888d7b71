"""What brings a customer to a node by itself: events of the day, so that nobody types a status (R-096, R-098, R-110).

A kind is a word in a document (`arrives`) and what people read for it; `reactions.py` here and of higher folders bring
the customers of an event.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.customers.steps import enter_stage
from genjin.door.change import Change
from genjin.playbook.books import Book, books_of, standing
from genjin.playbook.flow import following, main_nodes
from genjin.playbook.moving import way_of
from genjin.schema.queries import options_of


class Kind(NamedTuple):
    """In words, and whether it is a fact of its own: such a one needs no step before it, only no strict gate."""

    zh: str
    en: str
    fact: bool = False


KINDS: dict[str, Kind] = {}


def register(key: str, zh: str, en: str, *, fact: bool = False) -> None:
    """Let documents name this kind of event."""
    KINDS[key] = Kind(zh, en, fact)


def bring(change: Change, customer_ids: Iterable[int], by: str) -> None:
    """Move whom the event brings on, each to the node that waits for it.

    Where the gate of the node he stands in misses something he stays, and the page goes on to say what is missing:
    nothing is refused to whoever wrote a record.
    """
    ids = list(customer_ids)
    if not ids:
        return
    books = books_of(change.actor.org_id, change.actor.config_version)
    if not any(node.get("arrives") == by for book in books for node in book.body["nodes"]):
        return
    kind = KINDS[by]
    stages = options_of(change.actor.org_id, change.actor.config_version).get("stage", {})
    rows = unscoped(Customer, "step").filter(pk__among=ids, paused=False, deleted_at__isnull=True)
    for customer in rows.order_by("pk"):
        book, _ = standing(books, customer.stage)
        to = _waiting(book, customer.stage, by, kind.fact) if book else None
        if to is None or to not in stages or stages[to].retired:
            continue
        way = way_of(change.actor, customer, customer.stage, customer.stage_at, to, change.now)
        if not way.strict and (kind.fact or not way.soft):
            enter_stage(change, customer, to, kind.zh)


def _waiting(book: Book, stage: str, by: str, fact: bool) -> str | None:
    """The next node that the event brings to; of a fact the first one ahead."""
    nodes = main_nodes(book.body)
    keys = [each["key"] for each in nodes]
    if stage not in keys:
        return None
    ahead = keys[keys.index(stage) + 1 :] if fact else following(book.body, stage)
    return next((each["key"] for each in nodes if each["key"] in ahead and each.get("arrives") == by), None)


register("record", "写了跟进", "a record was logged")
register("won", "跟进里记了成交", "a record said won", fact=True)
