"""Verbs on a customer's way through its playbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from genjin.customers.actions import change_customer
from genjin.customers.models import Customer
from genjin.door.action import action_on
from genjin.door.change import Change
from genjin.door.replies import Reply
from genjin.lib.errors import Conflict, Invalid, NotFound
from genjin.playbook.books import books_of, standing
from genjin.playbook.flow import node_of
from genjin.playbook.limit_steps import settle
from genjin.playbook.moving import Way, demand_stage, refuse, way_of


@action_on(Customer, "customer.move", "推进客户阶段", "move the customer to another stage")
def move_customer(
    change: Change,
    customer: Customer,
    *,
    version: int | None,
    to: str,
    why: str = "",
    fields: Mapping[str, Any] | None = None,
) -> Reply:
    """To another node, filling in what the gate asks for in the same step (R-081, R-115, R-117).

    A strict gate refuses while anything is missing; another one, the way back and leaving stages out want a reason.
    """
    demand_stage(change.actor, to)
    start, since = customer.stage, customer.stage_at
    if start == to:
        raise Conflict("客户已经在这个阶段", "The customer is in this stage already", code="same")
    if "stage" in (fields or {}):
        raise Invalid("阶段写在 to 里", "The stage goes into `to`", field="fields")
    reply = change_customer(change, customer, version, {**(fields or {}), "stage": to}, why.strip())
    way = way_of(change.actor, customer, start, since, to, change.now)
    refuse(change.actor, way.strict, to, field="to")
    _demand_reason(way, why)
    return {**reply, "stage": to}


@action_on(Customer, "customer.settle_side", "完成并行节点", "settle a node beside the way", act="log")
def settle_side(change: Change, customer: Customer, *, node: str, done: bool, why: str = "") -> Reply:
    """Done, or left out with a reason where the playbook allows that (R-090)."""
    book, _ = standing(books_of(change.actor.org_id, change.actor.config_version), customer.stage)
    told = node_of(book.body, node) if book else None
    if told is None or told.get("beside") != customer.stage:
        raise NotFound(field="node")
    if not done and not told["optional"]:
        raise Invalid(f"“{told['zh']}”不能跳过", f"“{told['en'] or told['zh']}” cannot be left out", field="node")
    if not done and not why.strip():
        raise Invalid("跳过要写原因", "Leaving it out needs a reason", field="why")
    settle(change, customer, node, done=done, why=why.strip())
    return {"id": customer.pk, "node": node, "state": "done" if done else "skipped"}


def _demand_reason(way: Way, why: str) -> None:
    if why.strip() or not (way.soft or way.why):
        return
    asked_zh, asked_en = "、".join(each.zh for each in way.soft), "; ".join(each.en for each in way.soft)
    zh, en = way.why or (
        f"还差：{asked_zh}。补上，或者写明为什么先推进",
        f"Missing: {asked_en}. Add it, or say why it goes on",
    )
    missing = [each.as_json() for each in way.soft]
    raise Invalid(zh, en, field="why", code="gate", extra={"missing": missing, "why": True})
