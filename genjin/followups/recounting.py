"""What verbs and reactions share when they take follow-up records away or bring them back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from genjin.access.guard import unscoped
from genjin.customers.intake import touch_contacts
from genjin.customers.models import LIVING, Contact, Customer
from genjin.customers.steps import RHYTHM_DAYS
from genjin.door.change import Change
from genjin.followups.models import FollowUp
from genjin.followups.rules import last_words

_READ = ("customer_id", "contact_id", "contact_at", "contacted_by_id", "channel", "quotes", "feedback")


def recount_contacts(change: Change, customer_ids: Iterable[int]) -> None:
    """Reckon first and last contact, last words and rhythm of customers from the records that are there, and when
    somebody last spoke with each of their contacts.

    Five statements for any number; told as events, so that an undo sets back exactly what was. Customers that go in
    this very change are left alone.
    """
    ids = sorted(set(customer_ids))
    rows = unscoped(Customer, "step").filter(pk__in=ids).exclude(deleted_at=change.now).order_by("pk")
    customers = list(rows.select_for_update(of=("self",)))
    records = unscoped(FollowUp, "step").filter(LIVING, customer_id__in=ids, attempt="")
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for record in records.order_by("contact_at", "pk").values(*_READ):
        found[record["customer_id"]].append(record)
    wanted = [(each, contact_columns(each, found[each.pk])) for each in customers]
    changed = change.save_many(wanted, quiet=True)
    for each in customers:
        pairs = changed.get(each.pk)
        if pairs:
            before = {name: pair[0] for name, pair in pairs.items()}
            after = {name: pair[1] for name, pair in pairs.items()}
            change.record("customer.recounted", each, before=before, after=after)
    _recount_people(ids, found)


def _recount_people(customer_ids: list[int], records: Mapping[int, list[dict[str, Any]]]) -> None:
    last = {each["contact_id"]: each["contact_at"] for many in records.values() for each in many}
    people = unscoped(Contact, "step").filter(LIVING, customer_id__in=customer_ids).order_by("pk")
    stale = [each for each in people if each.last_contact_at != last.get(each.pk)]
    for each in stale:
        each.last_contact_at = last.get(each.pk)
    touch_contacts(stale)


def contact_columns(customer: Customer, records: list[dict[str, Any]]) -> dict[str, Any]:
    """The columns that `customers.steps.touch` keeps, from all records in the order of contact."""
    last = records[-1] if records else None
    active_at = customer.created_at
    if last is not None:
        old = customer.historical or customer.import_id is not None
        active_at = last["contact_at"] if old else max(active_at, last["contact_at"])
    return {
        "recent_days": sorted({each["contact_at"].date().isoformat() for each in records})[-RHYTHM_DAYS:],
        "first_contact_at": records[0]["contact_at"] if records else None,
        "last_contact_at": last["contact_at"] if last else None,
        "last_contact_by_id": last["contacted_by_id"] if last else None,
        "last_channel": last["channel"] if last else "",
        "last_words": last_words(last["quotes"], last["feedback"])[:200] if last else "",
        "active_at": active_at,
    }


def record_event(change: Change, name: str, record: FollowUp, pairs: dict[str, tuple[Any, Any]]) -> None:
    """One event on the customer's timeline with what changed."""
    change.record(
        name,
        record,
        root=("customer", record.customer_id),
        before={column: pair[0] for column, pair in pairs.items()},
        after={column: pair[1] for column, pair in pairs.items()},
    )
