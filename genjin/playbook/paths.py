"""Where a customer stands on its way: what is done, what to do now, what the gate still asks for (R-115, R-117)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.fields import concealed, reads
from genjin.access.reading import read_under
from genjin.access.visible import holds
from genjin.customers.clock import StageClocks, limit_words
from genjin.customers.models import Customer
from genjin.customers.queries import one
from genjin.lib import moment
from genjin.lib.blank import is_blank
from genjin.orgs.queries import calendar_of
from genjin.playbook.books import Book, books_of, shown, standing
from genjin.playbook.flow import Node, following, main_nodes, side_nodes
from genjin.playbook.gates import Case, asked
from genjin.playbook.models import Passage
from genjin.playbook.whom import Doers, named
from genjin.schema.judged import values_of
from genjin.schema.limits import limit_of
from genjin.schema.queries import Options, options_of
from genjin.schema.shapes import shaped

MOST = 200
_COLUMNS = (
    "id", "playbook", "node", "state", "entered_at", "left_at", "to", "why", "moved_by_id", "moved_by__name",
    "worked_minutes", "paused_minutes", "due_at", "late",
)  # fmt: skip
Told = dict[str, Any]


def path(actor: Actor, customer_id: int) -> Told:
    """The way of one customer; empty where it follows no playbook or the reader may not read stages."""
    customer = one(actor, customer_id)
    books = books_of(actor.org_id, actor.config_version)
    book, _ = standing(books, customer.stage)
    if book is None or not reads(actor, "customer.stage"):
        return {"playbook": None, "nodes": [], "now": None, "next": [], "back": [], "others": []}
    options = options_of(actor.org_id, actor.config_version)
    rows = _passages(actor, customer)
    document = shown(book, options)
    node = next(each for each in document["nodes"] if each["key"] == customer.stage)
    keys = [each["key"] for each in main_nodes(document)]
    at = keys.index(customer.stage)
    return {
        "playbook": {"key": book.key, "title": book.title},
        "nodes": [_node(each, keys, at, customer, rows) for each in document["nodes"]],
        "now": _now(actor, customer, book, node, options, rows),
        "next": following(document, customer.stage),
        "back": list(dict.fromkeys([*node["back"], *keys[:at]])),
        "others": [{"key": each.key, "title": each.title, "first": each.keys[0]} for each in books if each is not book],
        "can": {"move": actor.may("customer.move") and holds(actor, customer, "change")},
        "version": customer.version,
    }


def _passages(actor: Actor, customer: Customer) -> list[Told]:
    rows = read_under(customer, Passage, _COLUMNS, Q(), order=("-id",), limit=MOST)
    return [concealed(actor, "passage", dict(zip(_COLUMNS, row, strict=True))) for row in rows]


def _node(node: Node, keys: Sequence[str], at: int, customer: Customer, rows: Sequence[Told]) -> Told:
    mine = [row for row in rows if row["node"] == node["key"] and row["state"] != "paused"]
    last = mine[0] if mine else None
    beside = node["beside"] is not None
    here = not beside and keys[at] == node["key"]
    if beside:
        state = "side"
    elif here:
        state = "now"
    else:
        state = "ahead" if keys.index(node["key"]) > at else "done" if mine else "skipped"
    return {
        "key": node["key"],
        "zh": node["zh"],
        "en": node["en"],
        "state": state,
        "beside": node["beside"],
        "side_state": last["state"] if beside and last else None,
        "optional": node["optional"],
        "entered_at": customer.stage_at if here else last["entered_at"] if last else None,
        "left_at": None if here or not last else last["left_at"],
        "worked_minutes": sum(row["worked_minutes"] or 0 for row in mine),
        "late": any(row["late"] for row in mine),
        "passages": len(mine) + here,
    }


def _now(actor: Actor, customer: Customer, book: Book, node: Node, options: Options, rows: Sequence[Told]) -> Told:
    now = moment.now()
    clocks = StageClocks(options, now, calendar_of(actor.org_id, actor.config_version))
    kind = shaped(actor, "customer")
    marks = actor.grants.fields.get("customer", {})
    values = values_of(kind, customer)
    limit = limit_of(options.get("stage", {}).get(customer.stage))
    case = Case(actor, customer, book, node, customer.stage_at, now)
    ahead = following(book.body, customer.stage)
    return {
        "key": node["key"],
        "action": node["action"],
        "output": node["output"],
        "inputs": node["inputs"],
        "owner": named(Doers([customer]).of(node["owner"], customer)),
        "required_missing": [
            {"field": slug, "label": {"zh": field.zh, "en": field.en}}
            for slug in node["required"]
            if (field := kind.by_slug.get(slug)) and slug not in marks and is_blank(values.get(slug))
        ],
        "gate": {
            "to": ahead[0] if ahead else None,
            "strict": node["gate"]["strict"],
            "items": [each.as_json() for each in asked(case)],
        },
        "assets": node["assets"],
        "limit": limit_words(limit) if limit else None,
        "clock": clocks.of(customer.stage, customer.stage_at, customer.paused),
        "side": [_side(each, rows) for each in side_nodes(book.body, customer.stage)],
    }


def _side(node: Node, rows: Sequence[Told]) -> Told:
    last: Mapping[str, Any] = next((row for row in rows if row["node"] == node["key"]), {})
    return {
        "key": node["key"],
        "zh": node["zh"],
        "en": node["en"],
        "action": node["action"],
        "output": node["output"],
        "optional": node["optional"],
        "state": last.get("state", "open"),
        "due_at": last.get("due_at"),
        "why": last.get("why", ""),
    }


def passages(actor: Actor, customer_id: int) -> Told:
    """The log of a customer's nodes, newest first: who, when, from, to, why, how long (R-117)."""
    customer = one(actor, customer_id)
    if not reads(actor, "customer.stage"):
        return {"items": []}
    options = options_of(actor.org_id, actor.config_version).get("stage", {})
    sides = {node["key"]: node for book in books_of(actor.org_id, actor.config_version) for node in book.body["nodes"]}

    def words(key: str) -> dict[str, str] | None:
        if key in options:
            return {"key": key, "zh": options[key].zh, "en": options[key].en}
        node = sides.get(key, {"zh": key, "en": key})
        return {"key": key, "zh": node["zh"], "en": node["en"]} if key else None

    return {
        "items": [
            {
                "id": row["id"],
                "node": words(row["node"]),
                "to": words(row["to"]),
                "state": row["state"],
                "entered_at": row["entered_at"],
                "left_at": row["left_at"],
                "why": row["why"],
                "by": {"id": row["moved_by_id"], "name": row["moved_by__name"]} if row["moved_by_id"] else None,
                "worked_minutes": row["worked_minutes"],
                "elapsed_minutes": _minutes(row),
                "paused_minutes": row["paused_minutes"],
                "due_at": row["due_at"],
                "late": row["late"],
            }
            for row in _passages(actor, customer)
        ]
    }


def _minutes(row: Mapping[str, Any]) -> int | None:
    if not row["left_at"] or not row["entered_at"]:
        return None
    return int((row["left_at"] - row["entered_at"]).total_seconds() // 60)
