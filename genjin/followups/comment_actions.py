"""Verbs on comments: whoever may see a customer may say something about it (R-178)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q

from genjin.access.reading import read_under
from genjin.access.visible import holds
from genjin.customers.audience import audience
from genjin.customers.models import Customer
from genjin.door.action import action_on
from genjin.door.change import Change
from genjin.followups.models import Comment, FollowUp
from genjin.followups.steps import root_of, write_comment
from genjin.lib.errors import Conflict, Forbidden, Invalid, NotFound
from genjin.orgs.models import Membership

Reply = dict[str, Any]
MOST_TEXT = 2000
EDIT_FOR = timedelta(minutes=15)


@action_on(Customer, "comment.add", "写评论", "comment", act="see")
def add_comment(
    change: Change,
    customer: Customer,
    *,
    text: str,
    mentions: Sequence[int] = (),
    followup_id: int | None = None,
    reply_to_id: int | None = None,
    anyway: bool = False,
) -> Reply:
    """Say something about a customer, or about its record `followup_id`, and name colleagues.

    409 `unseen` lists those named who cannot see the customer, unless `anyway`. `reply_to_id` is a comment
    of the first level; the reply stands where that one stands.
    """
    if reply_to_id is not None:
        followup_id = _place_of(customer, reply_to_id, followup_id)
    if followup_id is not None and not read_under(customer, FollowUp, ("id",), Q(pk=followup_id), limit=1):
        raise NotFound(field="followup_id")
    comment = Comment(customer=customer, followup_id=followup_id, reply_to_id=reply_to_id, text=checked(text))
    comment.mentions = named_in(change, about(change, customer), mentions, anyway)
    change.stamp(comment)
    write_comment(change, comment)
    return {"id": comment.pk, "version": comment.version}


def _place_of(customer: Customer, reply_to_id: int, followup_id: int | None) -> int | None:
    """The record under which the answered comment stands, None for the customer itself."""
    found = read_under(customer, Comment, ("reply_to_id", "followup_id"), Q(pk=reply_to_id), limit=1)
    if not found:
        raise NotFound(field="reply_to_id")
    above, place = found[0]
    if above is not None:
        raise Invalid("回复写在第一条评论下面", "Reply to the first comment of the thread", field="reply_to_id")
    if followup_id not in (None, place):
        raise Invalid("这条评论不在这条跟进下面", "That comment is not below this record", field="followup_id")
    return None if place is None else int(place)


def checked(text: str) -> str:
    kept = text.strip()
    if not kept:
        raise Invalid("评论没有写内容", "The comment is empty", field="text")
    if len(kept) > MOST_TEXT:
        raise Invalid(
            f"评论最多 2,000 字，现在 {len(kept):,} 字",
            f"A comment has at most 2,000 characters; this one has {len(kept):,}",
            field="text",
        )
    return kept


@dataclass(frozen=True, slots=True)
class About:
    """What is commented on: who of some members sees it, and how it is said that somebody does not."""

    seeing: Callable[[Sequence[int]], set[int]]
    unseen: Callable[[Sequence[tuple[int, str]]], Conflict]


def about(change: Change, customer: Customer) -> About:
    return About(
        lambda ids: {pk for _, pk in audience([customer], ids)}, lambda people: _unseen(change, customer, people)
    )


def named_in(change: Change, what: About, wanted: Sequence[int], anyway: bool, known: Sequence[int] = ()) -> list[int]:
    """The ids of the named, each once; all active in the team. Of those not `known` each must see what it is about."""
    ids = list(dict.fromkeys(wanted))
    fresh = [pk for pk in ids if pk not in known]
    people = {
        pk: (name, active)
        for pk, name, active in Membership.objects.filter(org_id=change.actor.org_id, pk__in=fresh).values_list(
            "pk", "name", "active"
        )
    }
    if len(people) < len(fresh):
        raise Invalid("提到的人里有的不在团队里", "Somebody named is not in the team", field="mentions")
    left = [name for name, active in people.values() if not active]
    if left:
        raise Invalid(f"{'、'.join(left)}已停用，收不到提醒", f"{', '.join(left)} left the team", field="mentions")
    seeing = what.seeing(fresh)
    blind = [pk for pk in fresh if pk not in seeing]
    if blind and not anyway:
        raise what.unseen([(pk, people[pk][0]) for pk in blind])
    return ids


def _unseen(change: Change, customer: Customer, people: Sequence[tuple[int, str]]) -> Conflict:
    names = [name for _, name in people]
    may = change.actor.may("customer.collaborate") and holds(change.actor, customer, "change")
    zh, en = "、".join(names), ", ".join(names)
    pronoun = "他" if len(names) == 1 else "他们"
    first = f"先加{pronoun}为协作人" if may else f"让负责人先加{pronoun}为协作人"
    return Conflict(
        f"{zh}看不到这家客户，{first}",
        f"{en} cannot see this customer; {'add' if may else 'ask its owner to add'} them as collaborators first",
        code="unseen",
        field="mentions",
        extra={"unseen": [{"id": pk, "name": name} for pk, name in people], "can_share": may},
    )


@action_on(Comment, "comment.update", "修改评论", "change the comment", act="see")
def update_comment(
    change: Change, comment: Comment, *, version: int, text: str, mentions: Sequence[int] = (), anyway: bool = False
) -> Reply:
    """The author corrects himself within 15 minutes; what stood there before stays in the log."""
    if comment.customer is None:  # about a row of an own type: `row_comment_actions`
        raise NotFound()
    return rewrite(change, comment, about(change, comment.customer), version, text, mentions, anyway)


def rewrite(
    change: Change, comment: Comment, what: About, version: int, text: str, mentions: Sequence[int], anyway: bool
) -> Reply:
    """The step behind changing a comment of any kind."""
    demand_own(change, comment, "只有写的人能改这条评论", "Only its author may change this comment")
    if change.now - comment.created_at > EDIT_FOR:
        raise Conflict(
            "写完超过 15 分钟，不能再改；可以删掉，或另写一条",
            "Written more than 15 minutes ago; delete it or write another one",
            code="state",
        )
    change.expect(comment, version, ["text", "mentions"])
    values: dict[str, Any] = {"text": checked(text)}
    values["mentions"] = named_in(change, what, mentions, anyway, comment.mentions)
    if any(getattr(comment, name) != value for name, value in values.items()):
        changed = change.save_many([(comment, {**values, "edited_at": change.now})])[comment.pk]
        change.record(
            "comment.updated",
            comment,
            root=root_of(comment),
            before={name: pair[0] for name, pair in changed.items()},
            after={name: pair[1] for name, pair in changed.items()},
        )
    return {"id": comment.pk, "version": comment.version}


@action_on(Comment, "comment.remove", "删除评论", "delete the comment", act="see")
def remove_comment(change: Change, comment: Comment) -> Reply:
    """The author takes his comment back; replies to it stay."""
    demand_own(change, comment, "只有写的人能删这条评论", "Only its author may delete this comment")
    return gone(change, comment, "")


@action_on(Comment, "comment.take_down", "移除别人的评论", "take the comment down", act="change")
def take_down_comment(change: Change, comment: Comment, *, why: str) -> Reply:
    """A supervisor removes what somebody else wrote, with a reason that stays on the timeline."""
    return gone(change, comment, reason(why))


def reason(why: str) -> str:
    """Why somebody else's comment is taken down; it stays in the log."""
    if not why.strip():
        raise Invalid("写明为什么移除", "Say why it is taken down", field="why")
    return why.strip()


def gone(change: Change, comment: Comment, why: str) -> Reply:
    changed = change.save_many([(comment, {"deleted_at": change.now})])[comment.pk]
    change.record(
        "comment.removed",
        comment,
        root=root_of(comment),
        before={"deleted_at": None},
        after={"deleted_at": changed["deleted_at"][1]},
        why=why,
    )
    return {"id": comment.pk}


def demand_own(change: Change, comment: Comment, zh: str, en: str) -> None:
    if change.actor.member_id is None or change.actor.member_id != comment.created_by_id:
        raise Forbidden(zh, en)
