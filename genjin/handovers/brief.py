"""交接说明: who decides, what was promised, what is unresolved, when to talk next, what not to ask again (R-158).

Only what stands in the data, each sentence with the record it is from; under the field rights of whoever reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.fields import concealed, reads, told
from genjin.access.reading import count_under, read_under
from genjin.agenda.models import AgendaItem
from genjin.agenda.rules import OF_THE_HANDOVER, SETTLED_ELSEWHERE
from genjin.complaints.models import UNCONFIRMED, Complaint
from genjin.customers.models import Contact, Customer, Need
from genjin.followups.models import FollowUp
from genjin.handovers.rules import first_due
from genjin.handovers.steps import PROMISED
from genjin.lib.due import is_overdue
from genjin.objections.models import Objection
from genjin.orgs.queries import calendar_of
from genjin.pools.story import known
from genjin.schema.queries import Options, label, options_of

MOST_PEOPLE, MOST_ITEMS = 12, 20
Item = dict[str, Any]


def brief(actor: Actor, customer: Customer, *, now: datetime, owner_id: int | None) -> dict[str, Any]:
    """The sections that say something, in the order in which they are read; six statements.

    {"records": n, "sections": [{"key", "items": [{"text", "detail", "at", "precision", "late", "source"}]}],
    "late": the oldest promise that is late and when its receiver makes it good, or None}. `owner_id`: whose promises
    are ours.
    """
    options = options_of(actor.org_id, actor.config_version)
    people = _people(actor, customer)
    todos = _todos(actor, customer, now)
    ours = [each for each in todos if each["kind"] in PROMISED]
    sections = {
        "decides": _deciding(actor, customer, people, options),
        "ours": [_todo(each) for each in ours if each["late"] or len(ours) > 1 or each is not _next(todos)],
        "objections": _complaints(actor, customer, options) + _objections(actor, customer, options),
        "next": [_todo(found)] if (found := _next(todos)) else [],
        "known": _known(actor, customer),
        "manner": _manner(actor, customer, people),
    }
    return {
        "records": count_under(customer, FollowUp),
        "sections": [{"key": key, "items": items} for key, items in sections.items() if items],
        "late": _late(actor, ours, now, owner_id),
    }


_PERSON = ("id", "name", "title", "decision_role", "primary", "notes")


def _people(actor: Actor, customer: Customer) -> list[Item]:
    rows = read_under(customer, Contact, _PERSON, order=("-primary", "id"), limit=MOST_PEOPLE)
    return [concealed(actor, "contact", dict(zip(_PERSON, row, strict=True))) for row in rows]


def _item(text: str, source: tuple[str, int], *, detail: str = "", **more: Any) -> Item:
    return {"text": text, "detail": detail, "at": None, "precision": "", "late": False,
            "source": {"type": source[0], "id": source[1]}, **more}  # fmt: skip


def _deciding(actor: Actor, customer: Customer, people: Sequence[Item], options: Options) -> list[Item]:
    """Who takes part in the decision, with his part; then how it is taken, in the words of the file."""
    found = [
        _item(f"{each['title']} {each['name']}".strip(), ("contact", each["id"]),
              detail=label(options, "decision_role", each["decision_role"], "zh"), role=each["decision_role"])
        for each in people
        if each["decision_role"]
    ]  # fmt: skip
    for slug in ("decision_process", "decision_focus"):
        text = told(actor, f"customer.{slug}", getattr(customer, slug))
        if text:
            found.append(_item(text, ("customer", customer.pk), field=slug))
    return found


_TODO = ("id", "kind", "act", "goal", "due_at", "precision", "owner_id", "owner__name", "source_type", "source_id")


def _todos(actor: Actor, customer: Customer, now: datetime) -> list[Item]:
    where = Q(state="open") & ~Q(kind__in=SETTLED_ELSEWHERE) & ~Q(source_type__in=OF_THE_HANDOVER)
    rows = read_under(customer, AgendaItem, _TODO, where, order=("due_at", "id"), limit=MOST_ITEMS)
    found = []
    for row in rows:
        raw = dict(zip(_TODO, row, strict=True))
        shown = concealed(actor, "agenda", raw)
        found.append({**shown, "late": is_overdue(raw["due_at"], now)})
    return found


def _todo(each: Item) -> Item:
    source = ("followup", each["source_id"]) if each["source_type"] == "followup" else ("agenda", each["id"])
    return _item(each["act"], source, detail=each["goal"], at=each["due_at"], precision=each["precision"],
                 late=each["late"], who=each["owner__name"] if each["owner_id"] else "")  # fmt: skip


def _next(todos: Sequence[Item]) -> Item | None:
    """The next time to talk: the first that is not late yet."""
    return next((each for each in todos if not each["late"]), None)


_OBJECTION = ("id", "kind", "text", "state", "answer", "due_at", "followup_id")


def _objections(actor: Actor, customer: Customer, options: Options) -> list[Item]:
    """What the customer holds against us and has no outcome, unanswered ones first."""
    rows = read_under(customer, Objection, _OBJECTION, ~Q(state="closed"), order=("-state", "id"), limit=MOST_ITEMS)
    found = []
    for row in rows:
        each = concealed(actor, "objection", dict(zip(_OBJECTION, row, strict=True)))
        if not each["text"] or not reads(actor, "followup.objections"):
            continue
        source = ("followup", each["followup_id"]) if each["followup_id"] else ("objection", each["id"])
        kind = label(options, "objection_kind", each["kind"], "zh") if each["kind"] else ""
        found.append(_item(f"“{each['text']}”", source, detail=each["answer"] or "", kind=kind,
                           answered=each["state"] == "answered"))  # fmt: skip
    return found


_COMPLAINT = ("id", "kind", "text", "result")


def _complaints(actor: Actor, customer: Customer, options: Options) -> list[Item]:
    """What the customer complained of and has not called settled."""
    rows = read_under(customer, Complaint, _COMPLAINT, UNCONFIRMED, order=("due_at", "id"), limit=MOST_ITEMS)
    found = []
    for row in rows:
        each = concealed(actor, "complaint", dict(zip(_COMPLAINT, row, strict=True)))
        if each["text"]:
            kind = label(options, "complaint_kind", each["kind"], "zh")
            found.append(_item(f"投诉：“{each['text']}”", ("complaint", each["id"]), detail=each["result"] or "",
                               kind=kind, answered=bool(each["result"])))  # fmt: skip
    return found


_NEED = ("id", "kind", "text", "confirmed_on")


def _known(actor: Actor, customer: Customer) -> list[Item]:
    """Needs that were told, and which fields of the file say the rest."""
    found = [
        _item(each["text"], ("need", each["id"]), at=each["confirmed_on"], precision="day")
        for row in read_under(customer, Need, _NEED, order=("priority", "id"), limit=MOST_ITEMS)
        if (each := concealed(actor, "need", dict(zip(_NEED, row, strict=True))))["text"]
    ]
    filled = known(actor, customer)
    if filled:
        words = {"zh": "、".join(each["zh"] for each in filled), "en": ", ".join(each["en"] for each in filled)}
        found.append(_item(words["zh"], ("customer", customer.pk), fields=words))
    return found


def _manner(actor: Actor, customer: Customer, people: Sequence[Item]) -> list[Item]:
    """How they like to be dealt with: personal notes, and what they ask for specially."""
    found = [_item(each["notes"], ("contact", each["id"]), detail=each["name"]) for each in people if each["notes"]]
    special = told(actor, "customer.special", customer.special)
    return [*found, *([_item(special, ("customer", customer.pk), field="special")] if special else [])]


def _late(actor: Actor, ours: Sequence[Item], now: datetime, owner_id: int | None) -> Item | None:
    late = [each for each in ours if each["late"] and each["owner_id"] in (owner_id, None)]
    if not late:
        return None
    due = first_due(now, calendar_of(actor.org_id, actor.config_version))
    return {"text": late[0]["act"], "at": late[0]["due_at"], "many": len(late), "first_by": due}
