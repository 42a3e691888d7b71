"""What is said about a customer or a record: who hears of it, and how much (R-178)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from genjin.access.fields import concealed
from genjin.access.guard import unscoped
from genjin.access.queries import actor_of_member
from genjin.customers.audience import audience
from genjin.followups.models import Comment
from genjin.followups.row_comment_actions import seeing_row
from genjin.history.models import Event
from genjin.notify.rules import commented, commented_row, mentioned, mentioned_unseen, mentioned_unseen_row, replied
from genjin.notify.steps import Line
from genjin.records.models import Record

EVENTS = ("comment.added", "comment.updated", "comment.removed")


def spoken(events: Sequence[Event], names: Mapping[int, str]) -> Iterator[Line]:
    """One line a person and comment. Whoever cannot see the customer hears who named him and nothing else."""
    told = {event.subject_id: event for event in events if event.name != "comment.removed"}
    comments = _standing(told)
    customers = {each.customer.pk: each.customer for each in comments if each.customer is not None}
    wanted = {pk for each in comments for pk in hearers(each)}
    seeing = audience(customers.values(), wanted)
    for comment in comments:
        event, row = told[comment.pk], comment.record
        by, name = names.get(comment.created_by_id or 0, ""), str(getattr(row or comment.customer, "name", ""))
        sees = (
            seeing_row(row, list(hearers(comment))) if row else {pk for at, pk in seeing if at == comment.customer_id}
        )
        for member_id, kind in hearers(comment).items():
            if member_id in sees:
                say = {"mention": mentioned, "reply": replied}.get(kind, commented_row if row else commented)
                saying = say(by, _told_name(member_id, row, name), comment.text)
            elif kind == "mention":
                saying = mentioned_unseen_row(by) if row else mentioned_unseen(by)
            else:
                continue
            kind = "mention" if kind == "mention" else "comment"
            yield Line(event.org_id, member_id, kind, saying, once_of(comment), event.at, link_of(comment))


def hushed(events: Sequence[Event]) -> Iterator[Comment]:
    """Comments that were taken back: their words leave the inboxes."""
    gone = {event.subject_id for event in events if event.name == "comment.removed"}
    if gone:
        yield from (
            unscoped(Comment, "worker")
            .filter(pk__in=gone, deleted_at__isnull=False)
            .select_related("followup", "record", "reply_to")
        )


def once_of(comment: Comment) -> str:
    """A comment is told to a member a single time, also when it is changed (R-083)."""
    return f"comment:{comment.pk}"


def link_of(comment: Comment) -> str:
    """Where the comment stands: the page of the record, of the row or of the customer."""
    if comment.record is not None:
        return f"/records/{comment.record.kind}/{comment.record_id}#comment-{comment.pk}"
    page = f"/followups/{comment.followup_id}" if comment.followup_id else f"/customers/{comment.customer_id}"
    return f"{page}#comment-{comment.pk}"


def _standing(told: Mapping[int, Any]) -> list[Comment]:
    if not told:
        return []
    rows = unscoped(Comment, "worker").filter(
        pk__in=list(told), deleted_at__isnull=True, customer__deleted_at__isnull=True
    )
    found = rows.select_related("customer", "followup", "record", "reply_to").order_by("pk")
    return [
        each for each in found if all(one is None or one.deleted_at is None for one in (each.followup, each.record))
    ]


def _told_name(member_id: int, row: Record | None, name: str) -> str:
    """The name of a row as the hearer may read it."""
    return str(concealed(actor_of_member(member_id), row.kind, {"name": name})["name"] or "") if row else name


def hearers(comment: Comment) -> dict[int, str]:
    """Member → why he hears of it: named, answered, or the author of the record; nobody of himself."""
    found: dict[int, str] = {}
    record, above = comment.followup, comment.reply_to
    if record is not None:
        found |= {pk: "comment" for pk in (record.contacted_by_id, record.entered_by_id) if pk}
    if comment.record is not None and comment.record.owner_id:
        found[comment.record.owner_id] = "comment"
    if above is not None and above.created_by_id:
        found[above.created_by_id] = "reply"
    found |= dict.fromkeys(comment.mentions, "mention")
    found.pop(comment.created_by_id or 0, None)
    return found
