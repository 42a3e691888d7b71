"""Verbs on comments about rows of own types: whoever may see a row may say something about it (R-178, R-213)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from genjin.access.guard import unscoped
from genjin.access.queries import actor_of_member
from genjin.access.visible import holds
from genjin.door.action import action_on
from genjin.door.change import Change
from genjin.followups.comment_actions import About, checked, demand_own, gone, named_in, reason, rewrite
from genjin.followups.models import Comment
from genjin.followups.steps import write_comment
from genjin.lib.errors import Conflict, Invalid, NotFound
from genjin.records.actions import of_type
from genjin.records.models import Record

Reply = dict[str, Any]


@action_on(Record, "record.comment", "评论记录", "comment on the record", act="see")
def comment_on_row(
    change: Change,
    record: Record,
    *,
    type: str,
    text: str,
    mentions: Sequence[int] = (),
    reply_to_id: int | None = None,
    anyway: bool = False,
) -> Reply:
    """Say something about a row and name colleagues; 409 `unseen` lists those named who cannot see it, unless `anyway`.

    `reply_to_id` is a comment of the first level.
    """
    of_type(record, type)
    if reply_to_id is not None and _find(record, reply_to_id, "reply_to_id").reply_to_id is not None:
        raise Invalid("回复写在第一条评论下面", "Reply to the first comment of the thread", field="reply_to_id")
    comment = Comment(record=record, reply_to_id=reply_to_id, text=checked(text))
    comment.mentions = named_in(change, about_row(record), mentions, anyway)
    change.stamp(comment)
    write_comment(change, comment)
    return {"id": comment.pk, "version": comment.version}


@action_on(Record, "record.comment_update", "修改对记录的评论", "change the comment on the record", act="see")
def update_row_comment(
    change: Change,
    record: Record,
    *,
    type: str,
    comment_id: int,
    version: int,
    text: str,
    mentions: Sequence[int] = (),
    anyway: bool = False,
) -> Reply:
    """The author corrects himself within 15 minutes."""
    comment = _find(of_type(record, type), comment_id)
    return rewrite(change, comment, about_row(record), version, text, mentions, anyway)


@action_on(Record, "record.comment_remove", "删除对记录的评论", "delete the comment on the record", act="see")
def remove_row_comment(change: Change, record: Record, *, type: str, comment_id: int) -> Reply:
    """The author takes his comment back; replies to it stay."""
    comment = _find(of_type(record, type), comment_id)
    demand_own(change, comment, "只有写的人能删这条评论", "Only its author may delete this comment")
    return gone(change, comment, "")


@action_on(Record, "record.comment_take_down", "移除别人对记录的评论", "take the comment on the record down")
def take_down_row_comment(change: Change, record: Record, *, type: str, comment_id: int, why: str) -> Reply:
    """Whoever may change the row removes what somebody else wrote, with a reason that stays in the log."""
    return gone(change, _find(of_type(record, type), comment_id), reason(why))


def _find(record: Record, comment_id: int, field: str | None = None) -> Comment:
    """The living comment on a row, locked."""
    rows = unscoped(Comment, "step").filter(record_id=record.pk, pk=comment_id, deleted_at__isnull=True)
    found: Comment | None = rows.select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound(field=field)
    return found


def seeing_row(record: Record, member_ids: Sequence[int]) -> set[int]:
    """Who of some members sees a row."""
    return {pk for pk in member_ids if holds(actor_of_member(pk), record)}


def about_row(record: Record) -> About:
    def unseen(people: Sequence[tuple[int, str]]) -> Conflict:
        zh, en = "、".join(name for _, name in people), ", ".join(name for _, name in people)
        return Conflict(
            f"{zh}看不到这条记录，让管理员给他的角色开范围",
            f"{en} cannot see this record; an administrator can widen the role",
            code="unseen",
            field="mentions",
            extra={"unseen": [{"id": pk, "name": name} for pk, name in people], "can_share": False},
        )

    return About(lambda ids: seeing_row(record, ids), unseen)
