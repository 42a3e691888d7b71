"""Which playbook a new customer takes: the first whose condition holds, else the default (R-089)."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.visible import visible
from genjin.customers.beginnings import chooses_beginning
from genjin.customers.fields import CUSTOMER
from genjin.customers.models import Customer
from genjin.door.change import Change
from genjin.lib.filters import Expression, FilterError, judge
from genjin.playbook.books import Book, books_of
from genjin.schema.judged import values_of
from genjin.schema.shapes import Whose, shaped
from genjin.schema.sql import parse_filter, to_q


class Taking(NamedTuple):
    """A playbook that does not take everybody, and whom it takes."""

    book: Book
    condition: Expression


_TAKING: OrderedDict[tuple[int, int], tuple[Taking, ...]] = OrderedDict()
_MOST_CACHED = 2_000


def taking_of(whose: Whose) -> tuple[Taking, ...]:
    """The playbooks with a condition, in their order; one whose condition names what is gone takes nobody."""
    place = (whose.org_id, whose.config_version)
    if place in _TAKING:
        return _TAKING[place]
    found = _readable(whose, [each for each in books_of(*place) if not each.default])
    if whose.config_version:
        _TAKING[place] = found
        if len(_TAKING) > _MOST_CACHED:
            _TAKING.popitem(last=False)
    return found


def _readable(whose: Whose, books: Sequence[Book]) -> tuple[Taking, ...]:
    found = []
    for book in books:
        try:
            found.append(Taking(book, parse_filter(book.body["condition"], shaped(whose, CUSTOMER))))
        except FilterError:
            continue
    return tuple(found)


def forget() -> None:
    _TAKING.clear()


@chooses_beginning
def choose(change: Change, customers: Sequence[Customer]) -> None:
    """Who stands in the first node of the default has not begun another one: it begins in the first node of the first
    playbook that takes it. No statement."""
    actor = change.actor
    if not (taking := taking_of(actor)):
        return
    first = next((book.keys[0] for book in books_of(actor.org_id, actor.config_version) if book.default), None)
    kind, local = shaped(actor, CUSTOMER), change.now.astimezone(actor.zone)
    for customer in customers:
        if customer.stage != first:
            continue
        values = values_of(kind, customer)
        book = next((each.book for each in taking if judge(each.condition, values, local)), None)
        customer.stage = book.keys[0] if book else customer.stage


def beginnings(actor: Actor, books: Sequence[Book], *, since: datetime, now: datetime) -> list[Mapping[str, Any]]:
    """How many of the customers made since then, of those the actor sees, each of these playbooks would have taken as
    they are today; a statement a playbook."""
    kind, local = shaped(actor, CUSTOMER), now.astimezone(actor.zone)
    rows = visible(actor, Customer).filter(created_at__gte=since)
    found: list[Mapping[str, Any]] = []
    before = Q()
    for book, condition in _readable(actor, [each for each in books if not each.default]):
        taken = to_q(condition, kind, now=local, me=None)
        found.append({"key": book.key, "title": book.title, "customers": rows.filter(taken).exclude(before).count()
                      if before else rows.filter(taken).count()})  # fmt: skip
        before |= taken
    rest = rows.exclude(before) if before else rows
    for book in books:
        if book.default:
            found.append({"key": book.key, "title": book.title, "customers": rest.count()})
    return found
