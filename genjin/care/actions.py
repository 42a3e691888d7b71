"""Verbs on single acts of care."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from genjin.access.queries import actor_of_member
from genjin.access.visible import holds, under
from genjin.care.fields import CARE
from genjin.care.models import CareItem
from genjin.care.steps import finish, hear, insert_care, join, leave_out, pass_to, put_on, remind, settle_review, told
from genjin.care.touches import warning_of
from genjin.customers.models import LIVING, Contact, Customer
from genjin.customers.steps import root
from genjin.door.action import action_on, action_on_many
from genjin.door.change import Change
from genjin.lib.errors import Conflict, Forbidden, Invalid
from genjin.orgs.models import Membership
from genjin.schema.clean import clean
from genjin.schema.queries import options_of

Reply = dict[str, Any]
#: Care is planned no further ahead by hand.
FARTHEST = 400


@action_on(Customer, "care.add", "加关怀", "plan an act of care", act="log")
def add_care(
    change: Change,
    customer: Customer,
    *,
    kind: str,
    act: str,
    due_on: date,
    text: str = "",
    contact_id: int | None = None,
    owner_id: int | None = None,
    bespoke: bool = False,
) -> Reply:
    """By hand, beside what the plans make (R-141); says when it would be too much (R-151)."""
    if not act.strip():
        raise Invalid("写做什么", "Say what is to be done", field="act")
    _demand_options(change, kind=kind)
    _demand_day(change, due_on)
    contact = _contact(customer, contact_id)
    owner = owner_id or customer.owner_id or change.actor.member_id
    _demand_colleague(change, customer, owner)
    item = CareItem(
        customer=customer, contact=contact, kind=kind, act=act.strip(), text=text.strip(), due_on=due_on,
        owner_id=owner, bespoke=bespoke,
    )  # fmt: skip
    insert_care(change, item, customer, contact.name if contact else "")
    return {**_reply(item), "warning": warning_of(change.actor, customer, due_on)}


@action_on(CareItem, "care.do", "记关怀", "note what care was done", act="see")
def do_care(
    change: Change,
    item: CareItem,
    *,
    did: str,
    response: str = "",
    heard: Sequence[str] = (),
    repurchase: str = "",
    second_plan: str = "",
) -> Reply:
    """What was done and how the customer took it (R-144); needs that he named (R-152), and in a review whether he will
    buy again, with the plan for it (R-153). It is no follow-up: no record, no contact of the cadence (R-136)."""
    _demand_open(item)
    _demand_mine(change, item)
    if not did.strip():
        raise Invalid("写一句做了什么", "Say what was done", field="did")
    if item.review and not repurchase:
        raise Invalid("半年复盘要选再次采购的可能", "A review says whether he will buy again", field="repurchase")
    if item.review and repurchase != "none" and not second_plan.strip():
        raise Invalid(
            "写二次开发的计划：谁、什么时候、做什么", "Write the plan for a further order", field="second_plan"
        )
    _demand_options(change, response=response, repurchase=repurchase)
    needs = [text.strip() for text in heard if text.strip()]
    if needs and not change.actor.may("need.add"):
        raise Forbidden("你不能加需求，写在“做了什么”里", "You may not add needs; write it in what was done")
    finish(
        change,
        item,
        {"did": did.strip(), "response": response, "heard": needs, "repurchase": repurchase,
         "second_plan": second_plan.strip()},
    )  # fmt: skip
    hear(change, item.customer, item, needs)
    if item.review:
        settle_review(change, item.customer, repurchase)
    return _reply(item)


@action_on(CareItem, "care.skip", "跳过关怀", "leave an act of care out", act="see")
def skip_care(change: Change, item: CareItem, *, why: str) -> Reply:
    """Never without a reason (R-144)."""
    _demand_open(item)
    _demand_mine(change, item)
    if not why.strip():
        raise Invalid("写一句为什么不做", "Say why it is not done", field="why")
    leave_out(change, item, why.strip())
    return _reply(item)


@action_on(CareItem, "care.move", "关怀改期", "move an act of care", act="see")
def move_care(change: Change, item: CareItem, *, due_on: date) -> Reply:
    _demand_open(item)
    _demand_mine(change, item)
    _demand_day(change, due_on)
    put_on(change, item, due_on)
    return {**_reply(item), "warning": warning_of(change.actor, item.customer, due_on)}


@action_on(CareItem, "care.pass", "转交关怀", "pass an act of care on", act="see")
def pass_care(change: Change, item: CareItem, *, owner_id: int) -> Reply:
    """To a colleague who may see the customer: marketing or service (R-138)."""
    _demand_open(item)
    _demand_mine(change, item)
    if owner_id == item.owner_id:
        raise Invalid("已经由这位同事做", "It is already with this colleague", field="owner_id")
    _demand_colleague(change, item.customer, owner_id)
    pass_to(change, item, owner_id)
    return _reply(item)


@action_on_many(CareItem, "care.join", "合并关怀", "make several acts of care one", act="see")
def join_care(change: Change, items: list[CareItem]) -> Reply:
    """Of one customer; the earliest stays (R-151)."""
    if len({item.customer_id for item in items}) != 1:
        raise Invalid("只能合并同一家客户的关怀", "Only care of one customer can be made one", field="ids")
    if len(items) < 2:
        raise Invalid("至少选两次关怀", "Choose at least two", field="ids")
    for item in items:
        _demand_open(item)
        _demand_mine(change, item)
    first, *others = sorted(items, key=lambda item: (item.due_on, item.pk))
    join(change, first, others)
    return _reply(first)


@action_on(CareItem, "care.accept", "采纳关怀建议", "take a proposed act of care up", act="see")
def accept_care(change: Change, item: CareItem) -> Reply:
    """A detail noted in a talk becomes care by one tap (R-139)."""
    if item.state != "proposed":
        raise Conflict("这条建议已经处理过了", "This was settled already", code="done")
    _demand_mine(change, item)
    today = change.now.astimezone(change.actor.zone).date()
    change.save(item, {"state": "planned", "due_on": max(item.due_on, today)})
    remind(change, [(item, item.contact.name if item.contact else "")])
    change.record("care.planned", item, root=root(item.customer), after=told(item))
    return _reply(item)


@action_on(CareItem, "care.dismiss", "不要关怀建议", "drop a proposed act of care", act="see")
def dismiss_care(change: Change, item: CareItem) -> Reply:
    if item.state != "proposed":
        raise Conflict("这条建议已经处理过了", "This was settled already", code="done")
    _demand_mine(change, item)
    change.save(item, {"state": "skipped", "done_at": change.now, "done_by_id": change.actor.member_id})
    change.record("care.dismissed", item, after=told(item))
    return _reply(item)


def _demand_open(item: CareItem) -> None:
    if item.state != "planned":
        words = {"done": ("做过了", "done"), "skipped": ("跳过了", "left out"), "merged": ("并到别的一次了", "merged")}
        zh, en = words.get(item.state, ("还没采纳", "only proposed"))
        raise Conflict(
            f"这次关怀已经{zh}" if item.state != "proposed" else "先采纳这条建议", f"It is {en}", code="done"
        )


def _demand_mine(change: Change, item: CareItem) -> None:
    actor = change.actor
    if item.owner_id == actor.member_id or holds(actor, item.customer, "change"):
        return
    raise Forbidden("由做的人或客户的负责人来记", "For whoever does it or holds the customer")


def _demand_day(change: Change, on: date) -> None:
    today = change.now.astimezone(change.actor.zone).date()
    if on < today:
        raise Invalid("日子已经过了，选今天或以后", "This day has passed; choose today or later", field="due_on")
    if on > today + timedelta(days=FARTHEST):
        raise Invalid("最多排到 400 天以后", "At most 400 days ahead", field="due_on")


def _demand_colleague(change: Change, customer: Customer, member_id: int | None) -> None:
    if member_id is None or member_id == change.actor.member_id:
        return
    if not Membership.objects.filter(org_id=customer.org_id, pk=member_id, active=True).exists():
        raise Invalid("这个人不在团队里", "Not a member of the team", field="owner_id")
    if member_id != customer.owner_id and not holds(actor_of_member(member_id), customer, "see"):
        raise Invalid(
            "他看不到这家客户，先邀他协作", "He cannot see this customer; share it with him first", field="owner_id"
        )


def _contact(customer: Customer, contact_id: int | None) -> Contact | None:
    if contact_id is None:
        return None
    found = under(Contact, customer).filter(LIVING, pk=contact_id).first()
    if found is None:
        raise Invalid("这家客户没有这位联系人", "The customer has no such contact", field="contact_id")
    return found


def _demand_options(change: Change, **values: str) -> None:
    sent = {slug: value for slug, value in values.items() if value}
    clean(CARE, sent, options_of(change.actor.org_id, change.actor.config_version))


def _reply(item: CareItem) -> Reply:
    return {"id": item.pk, "state": item.state, "version": item.version, "due_on": item.due_on.isoformat()}
