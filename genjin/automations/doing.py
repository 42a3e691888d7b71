"""Doing what was planned, through the verbs that exist, each once: the door keeps the reply to its key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from genjin.access.actor import Actor
from genjin.agenda.actions import add_todo
from genjin.approvals.chain_actions import ask
from genjin.automations.steps import lay_delivery, tell_group, tell_members
from genjin.customers.actions import update_customer
from genjin.customers.batch_actions import set_class, tag_customers, transfer_customers
from genjin.door.replies import Reply
from genjin.ownership.actions import assign
from genjin.records.actions import plan_record, update_record
from genjin.records.batch_actions import assign_records, move_records

Plan = Mapping[str, Any]


def do(actor: Actor, plan: Plan, *, run_id: int, place: int) -> str:
    """Do one planned action in its publisher's name; returns how it stands: done, or waiting for a webhook to arrive.

    Repeatable: a second call with the same plan changes nothing. Raises `Refusal`.
    """
    key = f"automation:{run_id}:{place}"
    match plan["do"]:
        case "todo":
            _todo(actor, plan, key)
        case "set":
            _set(actor.with_(key=key), plan)
        case "assign":
            _assign(actor.with_(key=key), plan)
        case "ask":
            _ask(actor.with_(key=key), plan)
        case "notify" if "robot_id" in plan:
            tell_group(actor.org_id, plan, once=key)
        case "notify":
            tell_members(actor.org_id, plan, once=key)
        case _:
            lay_delivery(actor.org_id, run_id, place, plan)
            return "waiting"
    return "done"


def _todo(actor: Actor, plan: Plan, key: str) -> None:
    """One to-do for a department, or one for each member."""
    for member_id in plan["members"] or [None]:
        once = actor.with_(key=f"{key}:{member_id or 0}")
        said: dict[str, Any] = {"act": plan["act"], "due_at": datetime.fromisoformat(plan["due_at"]),
                                "precision": plan["precision"], "owner_id": member_id,
                                "department_id": plan["department_id"]}  # fmt: skip
        if "record_id" in plan:
            plan_record(once, plan["record_id"], type=plan["type"], **said)
        else:
            add_todo(once, customer_id=plan["customer_id"], **said)


def _set(actor: Actor, plan: Plan) -> Reply:
    slug, value = plan["field"], plan["value"]
    if "record_id" in plan:
        if slug == "state":
            return move_records(actor, [plan["record_id"]], type=plan["type"], state=value)
        return update_record(actor, plan["record_id"], type=plan["type"], version=None, values={slug: value})
    pk = plan["customer_id"]
    if slug == "intent_class":
        return set_class(actor, [pk], intent_class=value)
    if slug == "tags":
        return tag_customers(actor, [pk], add=value if isinstance(value, list) else [value])
    return update_customer(actor, pk, version=None, values={slug: value})


def _ask(actor: Actor, plan: Plan) -> Reply:
    return ask(
        actor,
        subject_type=plan["subject_type"],
        subject_id=plan["subject_id"],
        purpose=plan["purpose"],
        request={"text": plan["text"]},
        author_id=plan["author_id"],
    )


def _assign(actor: Actor, plan: Plan) -> Reply:
    if "record_id" in plan:
        return assign_records(actor, [plan["record_id"]], type=plan["type"], owner_id=plan["member_id"])
    ids = [plan["customer_id"]]
    if plan["by"] == "rules":
        return assign(actor, ids, by="rules")
    return transfer_customers(actor, ids, to_member_id=plan["member_id"])
