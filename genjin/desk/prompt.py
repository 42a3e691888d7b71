"""The one line on top of the desk: a contact that has just ended and is not written down yet (R-078)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from genjin.access.actor import Actor
from genjin.access.fields import told
from genjin.access.visible import visible
from genjin.agenda.rules import ASK_WITHIN, contact_of, has_just_ended
from genjin.customers.models import Customer
from genjin.followups.models import FollowUp
from genjin.followups.queries import calls_of
from genjin.schema.queries import Options

#: A record may say that the contact began a little before its appointed minute.
EARLY = timedelta(minutes=30)
#: Whoever taps a number is still talking.
TALKING = timedelta(minutes=1)


def ended_contact(actor: Actor, items: list[dict[str, Any]], options: Options, now: datetime) -> dict[str, Any] | None:
    """The newest contact that ended within two hours, from my open to-dos or a tapped phone number.

    {customer, contact, at, channel, item_id | None, draft_key | None}; never two, and none for which a
    record of mine exists. The same on every device. One to three statements.
    """
    channels = options.get("channel", {})
    found = [_appointed(actor, row) for row in items if _asks(row, now)]
    found += _tapped(actor, now)
    if not found:
        return None
    written = _written(actor, {each["customer"]["id"] for each in found}, now)
    for each in sorted(found, key=lambda each: each["at"], reverse=True):
        since = each["at"] - EARLY if each["item_id"] else each["at"]
        if not any(at >= since for at in written.get(each["customer"]["id"], [])):
            return {**each, "channel": each["channel"] if each["channel"] in channels else ""}
    return None


def _asks(row: dict[str, Any], now: datetime) -> bool:
    at_a_minute = row["precision"] == "minute" and row["customer_id"] is not None
    return at_a_minute and not row["hushed"] and has_just_ended(row["act"], row["due_at"], now)


def _appointed(actor: Actor, row: dict[str, Any]) -> dict[str, Any]:
    kind = contact_of(row["act"])
    return {
        "customer": {"id": row["customer_id"], "name": row["customer__name"]},
        "contact": _person(row["customer__contact_name"], told(actor, "contact.title", row["customer__contact_title"])),
        "at": row["due_at"],
        "channel": kind[0] if kind else "",
        "item_id": row["id"],
        "draft_key": None,
    }


def _person(name: str, title: str) -> dict[str, Any] | None:
    return {"name": name, "title": title, "phone": None} if name else None


def _tapped(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """Numbers that I tapped, on whichever device."""
    calls = calls_of(actor, since=now - ASK_WITHIN, until=now - TALKING)
    if not calls:
        return []
    rows = visible(actor, Customer).filter(pk__in=[each["customer_id"] for each in calls])
    known = {row["id"]: row for row in rows.values("id", "name", "contact_name", "contact_title")}
    return [
        {
            "customer": {"id": each["customer_id"], "name": known[each["customer_id"]]["name"]},
            "contact": _person(each["contact_name"], "")
            or _person(
                known[each["customer_id"]]["contact_name"],
                told(actor, "contact.title", known[each["customer_id"]]["contact_title"]),
            ),
            "at": each["at"],
            "channel": "phone",
            "item_id": None,
            "draft_key": each["client_key"],
        }
        for each in calls
        if each["customer_id"] in known
    ]


def _written(actor: Actor, customer_ids: set[int], now: datetime) -> dict[int, list[datetime]]:
    """Customer → when the records begin that I wrote in these hours."""
    rows = visible(actor, FollowUp).filter(
        customer_id__in=customer_ids, contacted_by_id=actor.member_id, contact_at__gte=now - 2 * ASK_WITHIN
    )
    found: dict[int, list[datetime]] = {}
    for customer_id, at in rows.values_list("customer_id", "contact_at"):
        found.setdefault(customer_id, []).append(at)
    return found
