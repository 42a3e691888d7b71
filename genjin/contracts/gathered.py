"""What the records say of a customer who is handed over to service: lines under each text of the list (R-155).

Only what stands in the data, under the field rights of whoever reads; each line names the record it is from.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.fields import concealed, reads, told
from genjin.access.reading import read_under
from genjin.agenda.models import AgendaItem
from genjin.agenda.rules import SETTLED_ELSEWHERE
from genjin.contracts.models import Contract, Instalment
from genjin.customers.models import Contact, Customer, Need
from genjin.lib.date_words import time_words
from genjin.objections.models import Objection
from genjin.ownership.models import HelpRequest
from genjin.schema.queries import Options, label, options_of

MOST = 20
Line = dict[str, Any]
_PERSON = ("id", "name", "title", "decision_role", "primary")


def gathered(actor: Actor, customer: Customer, contract: Contract) -> dict[str, list[Line]]:
    """Text → [{"text", "source": {"type", "id"}}]; eight statements."""
    options = options_of(actor.org_id, actor.config_version)
    people = [
        concealed(actor, "contact", dict(zip(_PERSON, row, strict=True)))
        for row in read_under(customer, Contact, _PERSON, order=("-primary", "id"), limit=MOST)
    ]
    named = [each for each in people if each["name"]]
    return {
        "needs": _needs(actor, customer, options),
        "special": _of_file(actor, customer, "special"),
        "service": [_line(f"{each['title']} {each['name']}".strip(), "contact", each["id"]) for each in named[:1]],
        "people": [_person(each, options) for each in named],
        "promises": _promises(actor, customer),
        "open_items": [*_help(actor, customer), *_instalments(actor, contract)],
        "objections": _objections(actor, customer, options),
        "remarks": [],
    }


def as_texts(found: dict[str, list[Line]]) -> dict[str, str]:
    """The same as the texts that a new list begins with."""
    return {slug: "\n".join(each["text"] for each in lines) for slug, lines in found.items()}


def _line(text: str, kind: str, pk: int) -> Line:
    return {"text": text, "source": {"type": kind, "id": pk}}


def _of_file(actor: Actor, customer: Customer, slug: str) -> list[Line]:
    text = told(actor, f"customer.{slug}", getattr(customer, slug))
    return [_line(str(text), "customer", customer.pk)] if text else []


def _needs(actor: Actor, customer: Customer, options: Options) -> list[Line]:
    columns = ("id", "kind", "text", "priority")
    rows = read_under(customer, Need, columns, order=("priority", "id"), limit=MOST)
    found = []
    for row in rows:
        each = concealed(actor, "need", dict(zip(columns, row, strict=True)))
        if each["text"]:
            kind = label(options, "need_kind", each["kind"]) if each["kind"] else ""
            found.append(_line(f"{kind}：{each['text']}" if kind else each["text"], "need", each["id"]))
    return found


def _person(each: Line, options: Options) -> Line:
    role = label(options, "decision_role", each["decision_role"]) if each["decision_role"] else ""
    said = f"{each['title']} {each['name']}".strip()
    return _line(f"{said}（{role}）" if role else said, "contact", each["id"])


def _promises(actor: Actor, customer: Customer) -> list[Line]:
    columns = ("id", "act", "due_at", "precision", "owner__name", "source_type", "source_id")
    where = Q(state="open") & ~Q(kind__in=SETTLED_ELSEWHERE)
    rows = read_under(customer, AgendaItem, columns, where, order=("due_at", "id"), limit=MOST)
    found = []
    for row in rows:
        each = concealed(actor, "agenda", dict(zip(columns, row, strict=True)))
        if not each["act"]:
            continue
        when = ""
        if each["due_at"]:
            when = time_words(each["due_at"].astimezone(actor.zone), each["precision"] or "day", None)[0] + " "
        who = f"（{each['owner__name']}）" if each["owner__name"] else ""
        source = ("followup", each["source_id"]) if each["source_type"] == "followup" else ("agenda", each["id"])
        found.append(_line(f"{when}{each['act']}{who}", *source))
    return found


def _help(actor: Actor, customer: Customer) -> list[Line]:
    columns = ("id", "question")
    rows = read_under(customer, HelpRequest, columns, Q(settled_at__isnull=True), order=("id",), limit=MOST)
    found = [concealed(actor, "help", dict(zip(columns, row, strict=True))) for row in rows]
    return [_line(f"求助没有结果：{each['question']}", "customer", customer.pk) for each in found if each["question"]]


def _instalments(actor: Actor, contract: Contract) -> list[Line]:
    """Days and words only: what they come to stands in the contract, for whoever may read that."""
    columns = ("position", "what", "due_on")
    where = Q(contract_id=contract.pk)
    if contract.next_due_on is not None:
        where &= Q(due_on__gte=contract.next_due_on)
    rows = read_under(contract.customer, Instalment, columns, where, order=("position",), limit=MOST)
    return [_line(f"第 {n} 期{what or '款'} {due.isoformat()} 到期", "contract", contract.pk) for n, what, due in rows
            if contract.next_due_on is not None]  # fmt: skip


def _objections(actor: Actor, customer: Customer, options: Options) -> list[Line]:
    columns = ("id", "kind", "text", "answer", "followup_id")
    rows = read_under(customer, Objection, columns, ~Q(state="closed"), order=("id",), limit=MOST)
    found = []
    for row in rows:
        each = concealed(actor, "objection", dict(zip(columns, row, strict=True)))
        if not each["text"] or not reads(actor, "followup.objections"):
            continue
        answer = f"，答复：{each['answer']}" if each["answer"] else "，还没答复"
        source = ("followup", each["followup_id"]) if each["followup_id"] else ("objection", each["id"])
        found.append(_line(f"“{each['text']}”{answer}", *source))
    return found
