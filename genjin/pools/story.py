"""接手前先知道: who decides, what it hangs on, what was promised, and the last talks, before anybody claims."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from genjin.access.actor import Actor
from genjin.access.fields import concealed, mask, reads
from genjin.access.reading import read_under
from genjin.customers.fields import CUSTOMER
from genjin.customers.models import Contact, Customer
from genjin.customers.uniting import shown
from genjin.followups.queries import of_customer, told_record
from genjin.pools.actions import STORY
from genjin.pools.queries import pooled
from genjin.schema.shapes import shaped

MOST_TALKS, MOST_PEOPLE, MOST_OPEN = 6, 4, 3
_PERSON = ("name", "title", "decision_role", "phone", "wechat", "primary")
#: Of these groups a filled field is worth saying: nobody has to ask again.
_TOLD_GROUPS = frozenset({"need", "company", "deal"})


def story(actor: Actor, customer_id: int, *, now: datetime) -> dict[str, Any]:
    """One customer of the actor's pools. How far it got only for whoever has the right to it, under his field rights
    as on the customer's page; numbers stay masked until it is his (R-158, R-166). 404 for what lies elsewhere."""
    customer, item = pooled(actor, customer_id, now=now)
    if not actor.may(STORY):
        return {"customer": item, "told": False}
    found = of_customer(actor, customer, now=now, limit=MOST_TALKS)
    talks = [told_record(actor, each) for each in found["items"]]
    return {
        "customer": item,
        "told": True,
        "people": _people(actor, customer),
        "sticking": _sticking(talks),
        "promised": [
            {name: each[name] for name in ("id", "act", "due_at", "precision", "overdue")}
            for each in found["agenda"]
            if each["kind"] in ("next_step", "next_try", "task")
        ][:MOST_OPEN],
        "known": known(actor, customer),
        "talks": [_talk(each) for each in talks],
        "more": found["next"] is not None,
    }


def _people(actor: Actor, customer: Customer) -> list[dict[str, Any]]:
    """Who takes part in the decision, else the primary contact."""
    rows = read_under(customer, Contact, _PERSON, order=("-primary", "id"))
    people = [concealed(actor, "contact", dict(zip(_PERSON, row, strict=True))) for row in rows]
    deciding = [each for each in people if each["decision_role"]] or people[:1]
    return [
        {
            "name": each["name"],
            "title": each["title"],
            "decision_role": each["decision_role"],
            "phone": mask(each["phone"], "masked"),
            "wechat": mask(each["wechat"], "masked"),
        }
        for each in deciding[:MOST_PEOPLE]
    ]


def _sticking(talks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The last objections in the customer's words, those without an answer first."""
    said = [
        {"text": each["text"], "at": talk["contact_at"], "answered": bool(each.get("answer"))}
        for talk in talks
        for each in talk["objections"] or ()
    ]
    return sorted(said, key=lambda each: each["answered"])[:MOST_OPEN]


def known(actor: Actor, customer: Customer) -> list[dict[str, str]]:
    """Fields of needs, firm and deal that are filled in: nobody has to ask again."""
    fields = [each for each in shaped(actor, CUSTOMER).fields if each.group in _TOLD_GROUPS and not each.stored]
    known = [each for each in fields if reads(actor, f"customer.{each.slug}") and shown(customer, each) is not None]
    return [{"zh": each.zh, "en": each.en} for each in known]


def _talk(record: dict[str, Any]) -> dict[str, Any]:
    words = next((each for each in record["quotes"] or () if each), "") or record["feedback"] or record["summary"]
    return {
        "id": record["id"],
        "at": record["contact_at"],
        "precision": record["precision"],
        "channel": record["channel"],
        "attempt": record["attempt"],
        "by": (record["contacted_by"] or {}).get("name"),
        "words": words,
    }
