"""Verbs on the hand-over list: fill it, name who takes over and when, confirm it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from genjin.access.guard import unscoped
from genjin.access.queries import actor_of_member
from genjin.access.visible import holds
from genjin.contracts.delivery_steps import ask_again, change_texts
from genjin.contracts.fields import DELIVERY
from genjin.contracts.models import Delivery
from genjin.contracts.rules import FOR_HANDOVER, missing
from genjin.customers.models import Collaborator
from genjin.customers.steps import collaborate, root
from genjin.door.action import action_on
from genjin.door.change import Change
from genjin.lib.errors import Conflict, Forbidden, Invalid
from genjin.orgs.models import Membership

Reply = dict[str, Any]


@action_on(Delivery, "delivery.update", "改交接清单", "change a hand-over list", act="see")
def update(change: Change, row: Delivery, *, version: int, texts: Mapping[str, str]) -> Reply:
    """By either side; who has confirmed the former words is asked again (R-155, R-156)."""
    _demand_side(change, row)
    change.expect(row, version, list(texts))
    again = change_texts(change, row, texts)
    notice = None
    if again:
        notice = {"zh": f"内容改成第 {row.number} 版，双方要重新确认", "en": f"This is version {row.number} now; "
                  "both sides confirm again"}  # fmt: skip
    return {**_reply(row), "notice": notice}


@action_on(Delivery, "delivery.appoint", "定交接的接收人", "name who takes over")
def appoint(change: Change, row: Delivery, *, receiver_id: int, meeting_at: datetime | None = None) -> Reply:
    """Somebody of service or delivery, who sees the customer's whole history from now on (R-157), and the meeting as a
    row on both agendas (R-156)."""
    if receiver_id == row.giver_id:
        raise Invalid("接收人不能是交出的人自己", "The receiver cannot be the giver", field="receiver_id")
    member = Membership.objects.filter(org_id=row.org_id, pk=receiver_id, active=True).first()
    if member is None:
        raise Invalid("这个人不在团队里", "Not a member of the team", field="receiver_id")
    if meeting_at is not None and meeting_at < change.now:
        raise Invalid("交接会要定在以后", "The meeting has to lie in the future", field="meeting_at")
    values: dict[str, Any] = {"receiver_id": receiver_id, "receiver_left": "", "meeting_at": meeting_at}
    if receiver_id != row.receiver_id:
        values |= {"receiver_seen": None, "receiver_at": None, "state": "draft"}
    change.save(row, values)
    _let_see(change, row, receiver_id)
    after = {"name": member.name, "receiver_id": receiver_id, "meeting_at": meeting_at}
    change.record("delivery.appointed", row, root=root(row.customer), after=after)
    ask_again(change, row)
    return _reply(row)


def _let_see(change: Change, row: Delivery, member_id: int) -> None:
    """As a collaborator, unless he sees the customer anyway."""
    if row.customer.owner_id == member_id or holds(actor_of_member(member_id), row.customer, "log"):
        return
    there = unscoped(Collaborator, "step").filter(customer=row.customer, member_id=member_id, deleted_at__isnull=True)
    if not there.exists():
        collaborate(change, row.customer, member_id, "客户交接")


@action_on(Delivery, "delivery.confirm", "确认交接清单", "confirm a hand-over list", act="see")
def confirm(change: Change, row: Delivery, *, number: int) -> Reply:
    """For one's own side, the version that one has read; both have to be of the same (R-156). Not before it is filled
    (R-155)."""
    if number != row.number:
        raise Conflict(f"清单已经改到第 {row.number} 版，看过新的再确认", f"The list is at version {row.number} now; "
                       "read it before you confirm", code="newer", extra={"number": row.number})  # fmt: skip
    _demand_receiver(row)
    lacking = [DELIVERY.by_slug[slug] for slug in missing({slug: getattr(row, slug) for slug in FOR_HANDOVER},
                                                          FOR_HANDOVER)]  # fmt: skip
    if lacking:
        zh, en = "、".join(each.zh for each in lacking), ", ".join(each.en.lower() for each in lacking)
        raise Invalid(f"清单还没填完：{zh}；没有就写“无”", f"Fill in first: {en}; write “none” where there is none",
                      field=lacking[0].slug, extra={"fields": [each.slug for each in lacking]})  # fmt: skip
    side = _side_of(change, row)
    if getattr(row, f"{side}_seen") == row.number:
        raise Conflict("这一版你已经确认过", "You have confirmed this version already", code="done")
    change.save(row, {f"{side}_seen": row.number, f"{side}_at": change.now})
    both = row.giver_seen == row.receiver_seen == row.number
    if both:
        change.save(row, {"state": "confirmed"})
    after = {"number": row.number, "side": side, "both": both}
    change.record("delivery.confirmed", row, root=root(row.customer), after=after)
    ask_again(change, row)
    return _reply(row)


def _demand_receiver(row: Delivery) -> None:
    if row.receiver_id is not None:
        return
    if row.receiver_left:
        raise Conflict(f"接收人{row.receiver_left}已经离开团队，先换一位", f"The receiver, {row.receiver_left}, has "
                       "left the team; name another one first", code="left", field="receiver_id")  # fmt: skip
    raise Conflict("还没定交接给谁", "Nobody is named to take over yet", code="nobody", field="receiver_id")


def _side_of(change: Change, row: Delivery) -> str:
    """Nobody confirms for the other side: the receiver for his, for the other whoever holds the customer."""
    me = change.actor.member_id
    if me == row.receiver_id:
        return "receiver"
    if me == row.giver_id or holds(change.actor, row.customer, "change"):
        return "giver"
    raise Forbidden("由交出的人和接收人确认", "For the giver and the receiver")


def _demand_side(change: Change, row: Delivery) -> None:
    _side_of(change, row)


def _reply(row: Delivery) -> Reply:
    return {"id": row.pk, "version": row.version, "number": row.number, "state": row.state}
