"""Requests to colleagues and departments as the screens show them: at a customer, in the list, before one is made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.fields import concealed, reads
from genjin.access.reading import counts, read, read_page, read_under
from genjin.customers.models import Customer
from genjin.customers.queries import needs, one
from genjin.door.action import demand
from genjin.followups.models import FollowUp
from genjin.followups.queries import told_record
from genjin.lib import moment
from genjin.orgs.models import Department, Membership
from genjin.orgs.queries import calendar_of
from genjin.ownership.help_rules import (
    ASKERS,
    HEADS,
    RUNNING,
    THEIRS,
    Kind,
    ends,
    kinds_of,
    place_for,
)
from genjin.ownership.models import HelpFile, HelpRequest
from genjin.schema.paging import Order, page_of
from genjin.schema.queries import options_of

MOST, MOST_COUNTED = 30, 99
_COLUMNS = (
    "id", "version", "kind", "question", "background", "expectation", "state", "answer", "said", "created_at", "due_at",
    "precision", "ball_at", "responded_at", "response_minutes", "answered_at", "worked_minutes", "late", "settled_at",
    "created_by_id", "created_by__name", "helper_id", "helper__name", "holder_id", "holder__name", "department_id",
    "department__name", "customer_id", "customer__name", "customer__owner_id",
)  # fmt: skip
#: What others than the two sides read only with the records and needs that it was written from (R-166).
_WRITTEN = ("background", "expectation")


def help_of(actor: Actor, customer: Customer) -> list[dict[str, Any]]:
    """Requests about a visible customer, open ones first; what was withdrawn is left out."""
    rows = read_under(customer, HelpRequest, _COLUMNS, ~Q(state="withdrawn"), order=("-id",), limit=MOST)
    shown = _shown(actor, [dict(zip(_COLUMNS, row, strict=True)) for row in rows], moment.now())
    return sorted(shown, key=lambda each: each["settled_at"] is not None)


def listed(
    actor: Actor, *, side: str, state: str, cursor: str, limit: int, now: datetime, request_id: int | None = None
) -> dict[str, Any]:
    """One page of what I asked for, or of what I and my department were asked; or one request that I may see."""
    is_open = state == "open"
    order = Order("due_at") if is_open else Order("settled_at", descending=True)
    where = _side(actor, side) & Q(settled_at__isnull=is_open)
    if request_id is not None:
        where, order = Q(pk=request_id), Order("due_at")
    found = read_page(actor, HelpRequest, _COLUMNS, where, order=order, cursor=cursor, limit=limit + 1)
    rows, following = page_of(found, limit, _COLUMNS.index(order.column), 0)
    items = _shown(actor, [dict(zip(_COLUMNS, row, strict=True)) for row in rows], now)
    seen = {
        pk for (pk,) in read(actor, Customer, ("id",), Q(pk__among=sorted({each["customer"]["id"] for each in items})))
    }
    for each in items:
        each["customer"]["seen"] = each["customer"]["id"] in seen
    still = Q(settled_at__isnull=True)
    asked, given = counts(actor, HelpRequest, [_side(actor, name) & still for name in ("asked", "given")],
                          most=MOST_COUNTED)  # fmt: skip
    return {
        "items": items,
        "next": following,
        "counts": {"asked": asked, "given": given},
        "can": {"figures": sees_figures(actor)},
    }


def _side(actor: Actor, side: str) -> Q:
    me = actor.member_id or 0
    if side == "asked":
        return Q(created_by_id=me) | Q(holder_id=me, state__among=list(ASKERS))
    condition = Q(helper_id=me) | Q(holder_id=me, state__among=list(HEADS))
    return condition | Q(department_id=actor.department_id) if actor.department_id else condition


def sees_figures(actor: Actor) -> bool:
    """Whoever sees the customers of a department, and who heads one (R-183)."""
    if {"department", "subtree", "all"} & actor.grants.scope("customer", "see"):
        return True
    return Department.objects.filter(org_id=actor.org_id, head_id=actor.member_id or 0).exists()


def _shown(actor: Actor, rows: Sequence[dict[str, Any]], now: datetime) -> list[dict[str, Any]]:
    """In three statements more for any number of rows: names, files, the departments that the actor heads."""
    if not rows:
        return []
    kinds = kinds_of(options_of(actor.org_id, actor.config_version))
    people = {each["by"] for row in rows for each in row["said"]}
    names = dict(Membership.objects.filter(org_id=actor.org_id, pk__in=people).values_list("pk", "name"))
    files = _files([row["id"] for row in rows])
    headed = set(
        Department.objects.filter(org_id=actor.org_id, head_id=actor.member_id or 0).values_list("pk", flat=True)
    )
    return [_row(actor, row, kinds, names, files[row["id"]], headed, now) for row in rows]


def _files(ids: Sequence[int]) -> Mapping[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = HelpFile.objects.filter(request_id__in=ids, file__deleted_at__isnull=True).order_by("id")
    columns = ("request_id", "file_id", "file__name", "file__size", "file__content_type", "delivered")
    for request_id, pk, name, size, content_type, delivered in rows.values_list(*columns):
        one = {"id": pk, "name": name, "size": size, "content_type": content_type, "delivered": delivered}
        found[request_id].append(one)
    return found


def _row(
    actor: Actor,
    row: dict[str, Any],
    kinds: Mapping[str, Kind],
    names: Mapping[int, str],
    files: list[dict[str, Any]],
    headed: set[int],
    now: datetime,
) -> dict[str, Any]:
    state, kind = row["state"], kinds.get(row["kind"])
    told = _told(actor, row)
    return {
        **{name: told[name] for name in ("id", "version", "question", "answer", *_WRITTEN)},
        **{name: row[name] for name in ("state", "due_at", "precision", "ball_at", "responded_at", "response_minutes",
                                        "answered_at", "worked_minutes", "settled_at")},
        "kind": {"key": row["kind"], "zh": kind.zh if kind else row["kind"], "en": kind.en if kind else row["kind"]},
        "asked_at": row["created_at"],
        "asked_by": _named(row, "created_by"),
        "helper": _named(row, "helper"),
        "department": _named(row, "department"),
        "holder": _named(row, "holder"),
        "customer": {"id": row["customer_id"], "name": row["customer__name"], "seen": True},
        "ball": _ball(row),
        "late": row["late"] or (state in RUNNING and row["due_at"] <= now),
        "said": [
            {**each, "by": {"id": each["by"], "name": names.get(each["by"], "")}} for each in row["said"]
        ],
        "files": files,
        "can": {name: may and actor.may(f"help.{name}") for name, may in _can(actor, row, headed).items()},
    }  # fmt: skip


def _told(actor: Actor, row: dict[str, Any]) -> dict[str, Any]:
    """The two sides read what was written for them; others as they read needs and records."""
    me = actor.member_id
    sides = me is not None and me in (row["created_by_id"], row["helper_id"], row["holder_id"])
    if sides or (row["department_id"] is not None and row["department_id"] == actor.department_id):
        return row
    shown = concealed(actor, "help", row)
    if not reads(actor, "followup.summary", "followup.feedback", "need.text"):
        shown = {**shown, **dict.fromkeys(_WRITTEN, "")}
    return shown


def _named(row: Mapping[str, Any], name: str) -> dict[str, Any] | None:
    return {"id": row[f"{name}_id"], "name": row[f"{name}__name"]} if row[f"{name}_id"] else None


def _ball(row: Mapping[str, Any]) -> str:
    """Who has it: asker, helper, department, head; nobody when it is settled."""
    if row["settled_at"] is not None:
        return ""
    if row["state"] in ASKERS:
        return "asker"
    if row["state"] in HEADS:
        return "head"
    return "helper" if row["holder_id"] else "department"


def _can(actor: Actor, row: Mapping[str, Any], headed: set[int]) -> dict[str, bool]:
    me, state, is_open = actor.member_id, row["state"], row["settled_at"] is None
    asks = me is not None and me in (row["created_by_id"], row["customer__owner_id"])
    answers = asks or (me is not None and state in ASKERS and row["holder_id"] == me)
    helps = me is not None and row["helper_id"] == me and state in THEIRS
    mine = me is not None and row["holder_id"] == me and state in RUNNING
    place = row["department_id"]
    ours = row["helper_id"] is None and state in THEIRS and place is not None and place == actor.department_id
    ours = ours and row["created_by_id"] != me
    heads = (mine and state in HEADS) or (state in RUNNING and place in headed)
    verdict = answers and state == "delivered" and row["helper_id"] != me
    return {
        "take": (mine and state != "accepted") or ours,
        "ask_back": helps,
        "reply": answers and state == "asked_back",
        "answer": helps,
        "confirm": verdict,
        "reopen": verdict,
        "decline": mine or ours,
        "give": heads,
        "move": is_open and asks,
        "withdraw": is_open and asks,
    }


def proposal(actor: Actor, customer_id: int, *, now: datetime) -> dict[str, Any]:
    """The kinds with whom they ask and by when, and what is known of the need for the background, as far as the
    actor may read it (R-186)."""
    demand(actor, "help.ask")
    customer = one(actor, customer_id)
    kinds = kinds_of(options_of(actor.org_id, actor.config_version))
    calendar = calendar_of(actor.org_id, actor.config_version)
    teams = dict(Department.objects.filter(org_id=actor.org_id).values_list("name", "pk"))
    working = Membership.objects.filter(org_id=actor.org_id, active=True, department__isnull=False)
    staffed = set(working.exclude(pk=actor.member_id or 0).values_list("department_id", flat=True))
    found = []
    for kind in kinds.values():
        if kind.retired:
            continue
        due = ends(now, kind.limit, calendar)
        found.append(
            {
                "key": kind.key,
                "zh": kind.zh,
                "en": kind.en,
                "department_id": place_for(kind, teams, [pk for pk in staffed if pk is not None]),
                "due_at": due.at,
                "precision": due.precision,
                "background": kind.background,
                "expectation": kind.expectation,
                "confirm": kind.confirm,
            }
        )
    texts = [each["text"] for each in needs(actor, customer) if each["text"]][:5]
    return {"kinds": found, "staffed": sorted(staffed), "needs": texts, "record": _last_record(actor, customer)}


def _last_record(actor: Actor, customer: Customer) -> dict[str, Any] | None:
    columns = ("contact_at", "summary", "feedback")
    rows = read_under(customer, FollowUp, columns, Q(), order=("-contact_at", "-id"), limit=1)
    if not rows:
        return None
    return told_record(actor, dict(zip(columns, rows[0], strict=True)))
