"""Objections as the screens show them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.fields import concealed
from genjin.access.reading import read_under
from genjin.access.visible import holds
from genjin.customers.queries import one
from genjin.lib import moment
from genjin.objections.models import Objection
from genjin.schema.queries import Choice, options_of

MOST = 50
_LISTS = ("objection_kind", "objection_adjustment", "objection_outcome")
_COLUMNS = (
    "id", "version", "kind", "text", "state", "raised_at", "due_at", "answer", "adjustment", "answered_at", "outcome",
    "result", "closed_at", "followup_id", "owner_id", "owner__name", "answered_by__name", "closed_by__name",
    "help__department__name",
)  # fmt: skip


def of_customer(actor: Actor, customer_id: int) -> dict[str, Any]:
    """A customer's objections, those without an outcome first, and what the actor may do."""
    customer = one(actor, customer_id)
    rows = read_under(customer, Objection, _COLUMNS, Q(), order=("-id",), limit=MOST)
    found = [concealed(actor, "objection", dict(zip(_COLUMNS, row, strict=True))) for row in rows]
    mine = holds(actor, customer, "change")
    items = [_shown(actor, row, mine=mine) for row in found]
    lists = options_of(actor.org_id, actor.config_version)
    return {
        "items": sorted(items, key=lambda each: ("open", "answered", "closed").index(each["state"])),
        "options": {name: [_option(each) for each in lists.get(name, {}).values()] for name in _LISTS},
        "can": {"raise": actor.may("objection.raise") and holds(actor, customer, "log")},
    }


def _option(choice: Choice) -> dict[str, Any]:
    return {
        "key": choice.key,
        "zh": choice.zh,
        "en": choice.en,
        "retired": choice.retired,
        "unanswered": bool(choice.facts.get("unanswered")),
    }


def _shown(actor: Actor, row: dict[str, Any], *, mine: bool) -> dict[str, Any]:
    allowed = mine or (row["owner_id"] is not None and row["owner_id"] == actor.member_id)
    state = row["state"]
    return {
        "id": row["id"],
        "kind": row["kind"],
        "text": row["text"],
        "state": state,
        "late": state == "open" and row["due_at"] < moment.now(),
        "raised_at": row["raised_at"],
        "due_at": row["due_at"],
        "owner": {"id": row["owner_id"], "name": row["owner__name"]} if row["owner_id"] else None,
        "department": row["help__department__name"] or "",
        "answer": row["answer"],
        "adjustment": row["adjustment"],
        "answered_by": row["answered_by__name"] or "",
        "answered_at": row["answered_at"],
        "outcome": row["outcome"],
        "result": row["result"],
        "closed_by": row["closed_by__name"] or "",
        "closed_at": row["closed_at"],
        "followup_id": row["followup_id"],
        "can": {
            "answer": allowed and state == "open" and actor.may("objection.answer"),
            "pass": allowed and state == "open" and actor.may("objection.pass"),
            "close": allowed and state != "closed" and actor.may("objection.close"),
        },
    }
