"""A masked number shown whole: on purpose, one at a time, in the log (R-166, P3)."""

from __future__ import annotations

from typing import Any

from genjin.access.actor import Actor
from genjin.access.fields import mark_of, reads
from genjin.access.visible import visible
from genjin.customers.models import Contact
from genjin.door.action import action_on
from genjin.door.change import Change
from genjin.lib.errors import Forbidden, Invalid, NotFound
from genjin.people.rules import REVEALS
from genjin.people.throttle import count_try

PHONE = "contact.phone"
_HIDDEN = ("你的角色看不到电话，找管理员开通", "Your role may not see phone numbers")


@action_on(Contact, "contact.reveal", "看完整电话", "show the full number", act="see")
def reveal_contact(change: Change, contact: Contact) -> dict[str, Any]:
    """Note who looked at whose number. The number itself is read afterwards (`number_of`), so that no
    kept reply holds it; 429 beyond a day's calls, 403 where the role hides it altogether."""
    mark = mark_of(change.actor, PHONE)
    if mark == "hidden":
        raise Forbidden(*_HIDDEN)
    if not (contact.phone or contact.wechat or contact.email):
        raise Invalid(f"{contact.name}没有留电话", f"{contact.name} has left no number", field="phone")
    if mark == "masked":
        count_try(f"reveal {change.actor.member_id}", REVEALS, now=change.now)
        change.record("contact.revealed", contact, root=("customer", contact.customer_id), after={"name": contact.name})
    return {"id": contact.pk}


def number_of(actor: Actor, contact_id: int) -> dict[str, Any]:
    """The whole number of a contact that was revealed to the actor, or how else he is reached.

    A kept reply may be older than the rights and than the contact: both are asked again.
    """
    if mark_of(actor, PHONE) == "hidden":
        raise Forbidden(*_HIDDEN)
    contact = visible(actor, Contact).filter(pk=contact_id).first()
    if contact is None:
        raise NotFound()
    ways = [contact.phone, *(getattr(contact, slug) for slug in ("wechat", "email") if reads(actor, f"contact.{slug}"))]
    return {"id": contact.pk, "name": contact.name, "phone": next((each for each in ways if each), "")}


def primary_of(actor: Actor, customer_id: int) -> int:
    """The contact that stands on a customer's row; `NotFound` when there is none or it is not visible."""
    rows = visible(actor, Contact).filter(customer_id=customer_id)
    found = rows.order_by("-primary", "id").values_list("pk", flat=True).first()
    if found is None:
        raise NotFound()
    return found
