"""Reading comments: threads of a customer and of its records, a constant number of statements (R-178)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from genjin.access.actor import Actor
from genjin.access.reading import count_under, read_under, read_unscoped
from genjin.access.visible import holds
from genjin.customers.models import Customer
from genjin.followups.comment_actions import EDIT_FOR
from genjin.followups.models import Comment
from genjin.orgs.models import Membership
from genjin.records.models import Record
from genjin.schema.compiled import fetch
from genjin.schema.paging import Order, behind, page_of

#: More than a person reads below one page of the timeline.
MOST_COMMENTS = 300
NEWEST = Order("id", descending=True, of=int)
_COLUMNS = (
    "id", "version", "text", "mentions", "followup_id", "reply_to_id", "created_at", "edited_at", "created_by_id",
    "created_by__name", "reply_to__deleted_at", "followup__contact_at", "followup__channel", "followup__attempt",
)  # fmt: skip
#: Of a record in the recycle bin nothing is shown.
_STANDING = Q(followup__isnull=True) | Q(followup__deleted_at__isnull=True)
#: Opens a thread: no reply, or one whose comment is gone.
_FIRST = Q(reply_to__isnull=True) | Q(reply_to__deleted_at__isnull=False)
Thread = dict[str, Any]


def of_record(actor: Actor, customer: Customer, followup_id: int, *, now: datetime) -> list[Thread]:
    """The threads below one record of a visible customer, oldest first: two statements."""
    rows = read_under(customer, Comment, _COLUMNS, Q(followup_id=followup_id), order=NEWEST, limit=MOST_COMMENTS)
    return _threads(_shaped(actor, customer, rows, now))


def along(
    actor: Actor,
    customer: Customer,
    followup_ids: Sequence[int],
    since: datetime | None,
    until: datetime | None,
    *,
    now: datetime,
) -> tuple[dict[int, list[Thread]], list[Thread]]:
    """What is said along one page of the timeline: record id → its threads, and the threads about the customer
    itself that were opened between the two times. Two statements."""
    own = Q(followup__isnull=True)
    opened = own
    if since:
        opened &= Q(created_at__gte=since)
    if until:
        opened &= Q(created_at__lt=until)
    where = Q(followup_id__among=list(followup_ids)) | opened | own & Q(reply_to__isnull=False)
    rows = read_under(customer, Comment, _COLUMNS, where, order=NEWEST, limit=MOST_COMMENTS)
    below: dict[int, list[Thread]] = {}
    about: list[Thread] = []
    for thread in _threads(_shaped(actor, customer, rows, now)):
        if thread["followup"] is None:
            if (since is None or thread["at"] >= since) and (until is None or thread["at"] < until):
                about.append(thread)
        else:
            below.setdefault(thread["followup"]["id"], []).append(thread)
    return below, about


def of_customer(
    actor: Actor, customer: Customer, *, now: datetime, cursor: str = "", limit: int = 20
) -> dict[str, Any]:
    """One page of all threads of a visible customer, newest first: three statements."""
    where = _STANDING & _FIRST
    if cursor:
        where &= behind(NEWEST, cursor)
    found = read_under(customer, Comment, _COLUMNS, where, order=NEWEST, limit=limit + 1)
    shown, following = page_of(found, limit, 0, 0)
    ids = [row[0] for row in shown]
    answers = Q(reply_to_id__among=ids)
    replies = read_under(customer, Comment, _COLUMNS, answers, order=NEWEST, limit=MOST_COMMENTS) if ids else []
    threads = _threads(_shaped(actor, customer, [*replies, *shown], now))
    return {"items": sorted(threads, key=lambda each: each["id"], reverse=True), "next": following}


def of_row(actor: Actor, record: Record, *, now: datetime) -> dict[str, Any]:
    """The threads about a row of an own type that the caller has just found visible, oldest first: two statements."""
    where = Q(org_id=record.org_id, record_id=record.pk, deleted_at__isnull=True)
    rows = read_unscoped(Comment, "row", _COLUMNS, where, order=NEWEST, limit=MOST_COMMENTS)
    may = {verb: actor.may(f"record.comment_{verb}") for verb in ("update", "remove", "take_down")}
    may["take_down"] = may["take_down"] and holds(actor, record, "change")
    threads = _threads(_named(actor, rows, may, now))
    return {"items": threads, "can": {"comment": actor.may("record.comment")}}


def how_many(customer: Customer) -> int:
    """All comments of a visible customer that can be read."""
    return count_under(customer, Comment, _STANDING)


def in_threads(threads: Iterable[Thread]) -> int:
    return sum(1 + len(thread["replies"]) for thread in threads)


def _shaped(actor: Actor, customer: Customer, rows: Iterable[tuple[Any, ...]], now: datetime) -> list[Thread]:
    """Rows as comments, with the names of those mentioned (one statement) and what the actor may do."""
    may = {verb: actor.may(f"comment.{verb}") for verb in ("update", "remove", "take_down")}
    may["take_down"] = may["take_down"] and holds(actor, customer, "change")
    return _named(actor, rows, may, now)


def _named(actor: Actor, rows: Iterable[tuple[Any, ...]], may: Mapping[str, bool], now: datetime) -> list[Thread]:
    found = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
    named = sorted({pk for row in found for pk in row["mentions"]})
    names: dict[int, str] = {}
    if named:
        where = Q(org_id=actor.org_id, pk__among=named)
        names = dict(fetch(QuerySet(Membership), where, ("id", "name"), steady=True))
    return [_shape(actor, row, names, may, now) for row in found]


def _shape(actor: Actor, row: dict[str, Any], names: dict[int, str], may: Mapping[str, bool], now: datetime) -> Thread:
    own = actor.member_id is not None and row["created_by_id"] == actor.member_id
    until = row["created_at"] + EDIT_FOR
    record = {
        "id": row["followup_id"],
        "at": row["followup__contact_at"],
        "channel": row["followup__channel"],
        "attempt": row["followup__attempt"] or None,
    }
    return {
        "kind": "comment",
        "id": row["id"],
        "version": row["version"],
        "at": row["created_at"],
        "edited_at": row["edited_at"],
        "text": row["text"],
        "mentions": [{"id": pk, "name": names[pk]} for pk in row["mentions"] if pk in names],
        "by": {"id": row["created_by_id"], "name": row["created_by__name"]},
        "followup": record if row["followup_id"] else None,
        "reply_to_id": row["reply_to_id"],
        "reply_to_gone": row["reply_to__deleted_at"] is not None,
        "replies": [],
        "can": {
            "update_until": until if own and now <= until and may["update"] else None,
            "remove": own and may["remove"],
            "take_down": may["take_down"] and not own,
        },
    }


def _threads(comments: list[Thread]) -> list[Thread]:
    """First comments in the order they were written, each with its replies."""
    ordered = sorted(comments, key=lambda each: each["id"])
    first = {each["id"]: each for each in ordered if each["reply_to_id"] is None or each["reply_to_gone"]}
    for each in ordered:
        if each["id"] not in first and each["reply_to_id"] in first:
            first[each["reply_to_id"]]["replies"].append(each)
    return list(first.values())
