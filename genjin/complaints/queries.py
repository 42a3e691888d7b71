"""Complaints as the screens show them: those of a customer, and the list of all that one may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.fields import concealed
from genjin.access.reading import counts, read_page, read_under
from genjin.access.visible import holds, reaches
from genjin.complaints.models import UNCONFIRMED, UNSOLVED, Complaint
from genjin.customers.models import Contact, Customer
from genjin.customers.queries import one
from genjin.orgs.models import Membership
from genjin.schema.paging import Order, page_of
from genjin.schema.queries import Choice, options_of

MOST = 50
MOST_COUNTED = 999
LISTS = ("complaint_kind", "complaint_level", "complaint_source")
STATES = ("open", "handling", "resolved", "confirmed")
_COLUMNS = (
    "id", "version", "kind", "level", "source", "text", "state", "raised_at", "due_at", "steps", "result",
    "resolved_at", "resolved_by__name", "words", "confirmed_on", "closed_at", "closed_by__name", "reopened", "origin",
    "owner_id", "owner__name", "contact_id", "contact__name", "created_by__name",
)  # fmt: skip
_LIST = (*_COLUMNS, "customer_id", "customer__name", "customer__owner_id", "customer__department_id")


def of_customer(actor: Actor, customer_id: int, *, now: datetime) -> dict[str, Any]:
    """A customer's complaints, those that wait for us first, and what the actor may do."""
    customer = one(actor, customer_id)
    rows = read_under(customer, Complaint, _COLUMNS, Q(), order=("-id",), limit=MOST)
    found = [concealed(actor, "complaint", dict(zip(_COLUMNS, row, strict=True))) for row in rows]
    mine = holds(actor, customer, "change")
    names = _names(actor, found)
    people = read_under(customer, Contact, ("id", "name"), order=("-primary", "id"), limit=MOST)
    items = [_shown(actor, row, names, now, mine=mine) for row in found]
    return {
        "items": sorted(items, key=lambda each: STATES.index(each["state"])),
        "options": option_lists(actor),
        "contacts": [{"id": pk, "name": name} for pk, name in people],
        "can": {"open": actor.may("complaint.open") and holds(actor, customer, "log")},
    }


def option_lists(actor: Actor) -> dict[str, list[dict[str, Any]]]:
    lists = options_of(actor.org_id, actor.config_version)
    return {name: [_option(each) for each in lists.get(name, {}).values()] for name in LISTS}


def _option(choice: Choice) -> dict[str, Any]:
    hours = choice.facts.get("workhours")
    shown = {"key": choice.key, "zh": choice.zh, "en": choice.en, "retired": choice.retired}
    return {**shown, "workhours": hours} if hours is not None else shown


def _names(actor: Actor, rows: Iterable[dict[str, Any]]) -> dict[int, str]:
    """Who took the steps of these complaints; one statement, none without steps."""
    ids = {step["by_id"] for row in rows for step in row["steps"] or () if step.get("by_id")}
    if not ids:
        return {}
    return dict(Membership.objects.filter(org_id=actor.org_id, pk__in=ids).values_list("pk", "name"))


def _shown(actor: Actor, row: dict[str, Any], names: dict[int, str], now: datetime, *, mine: bool) -> dict[str, Any]:
    allowed = mine or (row["owner_id"] is not None and row["owner_id"] == actor.member_id)
    state = row["state"]
    unsolved = state in ("open", "handling")
    told = ("id", "version", "kind", "level", "source", "text", "state", "raised_at", "due_at", "result", "resolved_at",
            "words", "confirmed_on", "closed_at", "reopened", "origin")  # fmt: skip
    return {
        **{name: row[name] for name in told},
        "late": unsolved and row["due_at"] < now,
        "steps": [
            {**{name: step[name] for name in ("at", "text", "kind", "result", "on") if name in step},
             "by": names.get(step.get("by_id") or 0, "")}
            for step in row["steps"] or ()
        ],
        "owner": {"id": row["owner_id"], "name": row["owner__name"]} if row["owner_id"] else None,
        "contact": {"id": row["contact_id"], "name": row["contact__name"]} if row["contact_id"] else None,
        "noted_by": row["created_by__name"] or "",
        "resolved_by": row["resolved_by__name"] or "",
        "closed_by": row["closed_by__name"] or "",
        "can": {
            "step": allowed and unsolved and actor.may("complaint.step"),
            "resolve": allowed and unsolved and actor.may("complaint.resolve"),
            "pass": allowed and unsolved and actor.may("complaint.pass"),
            "update": allowed and unsolved and actor.may("complaint.update"),
            "confirm": allowed and state == "resolved" and actor.may("complaint.confirm"),
        },
    }  # fmt: skip


#: What waits longest first; what is over, newest first.
_DUE, _NEWEST = Order("due_at"), Order("id", descending=True, of=int)


def _filters(actor: Actor, now: datetime) -> dict[str, Q]:
    """open, overdue, mine and team are about what is not settled; `team`: in the hands of one's department and those
    below it."""
    teams = set(actor.grants.subtree) | ({actor.department_id} if actor.department_id else set())
    return {
        "open": UNCONFIRMED,
        "overdue": UNSOLVED & Q(due_at__lt=now),
        "mine": UNCONFIRMED & Q(owner_id=actor.member_id or 0),
        "team": UNCONFIRMED & Q(owner__department_id__in=sorted(teams)),
        "done": Q(state="confirmed"),
    }


def list_complaints(
    actor: Actor, *, which: str, level: str = "", cursor: str = "", limit: int = 50, now: datetime
) -> dict[str, Any]:
    """One page of those the actor may see, with how many each filter holds."""
    filters = _filters(actor, now)
    order = _NEWEST if which == "done" else _DUE
    where = filters[which] & (Q(level=level) if level else Q())
    found = read_page(actor, Complaint, _LIST, where, order=order, cursor=cursor, limit=limit + 1)
    rows, following = page_of(found, limit, _LIST.index(order.column), 0)
    items = [concealed(actor, "complaint", dict(zip(_LIST, row, strict=True))) for row in rows]
    names = _names(actor, items)
    many = counts(actor, Complaint, list(filters.values()), most=MOST_COUNTED)
    return {
        "items": [
            {**_shown(actor, each, names, now, mine=_changes(actor, each)),
             "customer": {"id": each["customer_id"], "name": each["customer__name"]}}
            for each in items
        ],
        "next": following,
        "counts": dict(zip(filters, many, strict=True)),
        "options": option_lists(actor),
    }  # fmt: skip


def _changes(actor: Actor, row: dict[str, Any]) -> bool:
    place = {"owner": row["customer__owner_id"], "department": row["customer__department_id"]}
    return reaches(actor, Customer, row["customer_id"], **place, act="change")
