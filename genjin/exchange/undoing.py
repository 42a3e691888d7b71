"""Undoing a whole import: everything it made goes, what was written since stays (R-237)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from genjin.access.guard import GuardedQuerySet, unscoped
from genjin.agenda.intake import take_back_items
from genjin.agenda.models import OPEN, AgendaItem
from genjin.customers.intake import take_back, touch_many, unfill
from genjin.customers.models import LIVING, Collaborator, Contact, Customer, Need
from genjin.customers.steps import RHYTHM_DAYS
from genjin.door.change import Change
from genjin.exchange.models import ImportRun
from genjin.followups.intake import take_back_history
from genjin.followups.models import Comment, FollowUp

_AT_ONCE = 800


@dataclass(slots=True)
class Undo:
    """What will go, and how much stays because somebody worked with it."""

    customers: list[Customer] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    followups: list[FollowUp] = field(default_factory=list)
    agenda: list[AgendaItem] = field(default_factory=list)
    filled: dict[int, dict[str, Any]] = field(default_factory=dict)
    stay: int = 0

    def counts(self) -> dict[str, int]:
        return {
            "customers": len(self.customers),
            "contacts": len(self.contacts),
            "followups": len(self.followups),
            "agenda": len(self.agenda),
            "updated": len(self.filled),
            "stay": self.stay,
        }


def plan_undo(run: ImportRun) -> Undo:
    """Look up what the run made and what of it is as it was made."""
    undo = Undo()
    undo.followups, changed = _as_made(_rows(FollowUp, run).exclude(pk__in=_commented(run)))
    undo.agenda, moved = _as_made(_rows(AgendaItem, run), state="open")
    contacts, edited = _as_made(_rows(Contact, run))
    customers, touched = _as_made(_rows(Customer, run))
    used = _used(run, {each.pk for each in customers}, undo)
    undo.customers = [each for each in customers if each.pk not in used]
    gone = {each.pk for each in undo.customers}
    named = _ids(_others(FollowUp, run).filter(contact__import_id=run.pk).values_list("contact_id", flat=True))
    undo.contacts = [each for each in contacts if each.pk not in named]
    stay_with = [each for each in undo.contacts if each.customer_id not in gone and each.customer_id in used]
    undo.contacts = [each for each in undo.contacts if each not in stay_with]
    undo.filled = _filled(run)
    undo.stay = (
        changed + moved + edited + touched + len(customers) - len(undo.customers) + len(contacts) - len(undo.contacts)
    )
    return undo


def _rows(model: type[Any], run: ImportRun) -> GuardedQuerySet[Any]:
    return unscoped(model, "step").filter(LIVING, org_id=run.org_id, import_id=run.pk)


def _others(model: type[Any], run: ImportRun) -> GuardedQuerySet[Any]:
    return unscoped(model, "step").filter(LIVING, org_id=run.org_id).exclude(import_id=run.pk)


def _as_made(rows: GuardedQuerySet[Any], **also: Any) -> tuple[list[Any], int]:
    found = list(rows.filter(version=1, **also).order_by("pk").select_for_update(of=("self",)))
    return found, rows.count() - len(found)


def _ids(values: Iterable[int | None]) -> set[int]:
    return {each for each in values if each is not None}


def _used(run: ImportRun, customers: set[int], undo: Undo) -> set[int]:
    """Customers of the run that carry something the undo does not take away."""
    used: set[int] = set()
    going = {each.pk for each in undo.followups}, {each.pk for each in undo.agenda}
    for model, gone in zip((FollowUp, AgendaItem), going, strict=True):
        rows = _on_customers(model, run).values_list("pk", "customer_id")
        used |= {customer for pk, customer in rows if pk not in gone}
    contacts = _on_customers(Contact, run).exclude(import_id=run.pk, version=1)
    for rows in (contacts, _on_customers(Need, run), _on_customers(Collaborator, run), _on_customers(Comment, run)):
        used |= _ids(rows.values_list("customer_id", flat=True))
    return used & customers


def _on_customers(model: type[Any], run: ImportRun) -> GuardedQuerySet[Any]:
    return unscoped(model, "step").filter(LIVING, org_id=run.org_id, customer__import_id=run.pk)


def _commented(run: ImportRun) -> set[int]:
    """Records of the run under which somebody wrote."""
    rows = unscoped(Comment, "step").filter(LIVING, org_id=run.org_id, followup__import_id=run.pk)
    return _ids(rows.values_list("followup_id", flat=True))


def _filled(run: ImportRun) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for made in run.lines.filter(made__has_key="filled").values_list("made", flat=True):
        found.setdefault(made["filled"]["id"], {}).update(made["filled"]["values"])
    return found


def undo_import(change: Change, run: ImportRun) -> dict[str, int]:
    """Take back what `plan_undo` found; the derived columns of the customers that stay are reckoned anew."""
    undo = plan_undo(run)
    gone: list[Any] = [*undo.followups, *undo.agenda, *undo.contacts]
    affected = _ids(each.customer_id for each in gone)
    take_back_items(change, undo.agenda)
    take_back_history(change, undo.followups)
    take_back(change, undo.contacts, "contact.removed")
    take_back(change, undo.customers, "customer.deleted")
    undo.stay += unfill(change, undo.filled)
    refresh(run.org_id, affected - {each.pk for each in undo.customers})
    return undo.counts()


def refresh(org_id: int, ids: set[int]) -> None:
    """Reckon last contact, rhythm, next step and primary contact of customers from what is there."""
    wanted = sorted(ids)
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        rows = unscoped(Customer, "step").filter(LIVING, org_id=org_id, pk__in=part).order_by("pk")
        customers = {each.pk: each for each in rows.select_for_update(of=("self",))}
        _reckon_contacts(org_id, customers)
        _reckon_next(org_id, customers)
        _reckon_primary(org_id, customers)
        touch_many(list(customers.values()))


def _reckon_contacts(org_id: int, customers: dict[int, Customer]) -> None:
    rows = unscoped(FollowUp, "step").filter(LIVING, org_id=org_id, customer_id__in=list(customers), attempt="")
    by_customer: dict[int, list[FollowUp]] = defaultdict(list)
    for record in rows.order_by("contact_at", "pk"):
        by_customer[record.customer_id].append(record)
    for pk, customer in customers.items():
        found = by_customer[pk]
        customer.recent_days = sorted({each.contact_at.date().isoformat() for each in found})[-RHYTHM_DAYS:]
        customer.first_contact_at = found[0].contact_at if found else None
        last = found[-1] if found else None
        customer.last_contact_at = last.contact_at if last else None
        customer.last_contact_by_id = last.contacted_by_id if last else None
        customer.last_channel = last.channel if last else ""
        customer.last_words = ((last.quotes or [last.feedback])[0] if last else "")[:200]
        customer.active_at = last.contact_at if last else customer.created_at


def _reckon_next(org_id: int, customers: dict[int, Customer]) -> None:
    first: dict[int, AgendaItem] = {}
    rows = unscoped(AgendaItem, "step").filter(OPEN, org_id=org_id, customer_id__in=list(customers))
    for item in rows.order_by("due_at", "id"):
        first.setdefault(item.customer_id or 0, item)
    for pk, customer in customers.items():
        found = first.get(pk)
        customer.next_step_id = found.pk if found else None
        customer.next_act = found.act if found else ""
        customer.next_due_at = found.due_at if found else None
        customer.next_precision = found.precision if found else "minute"


def _reckon_primary(org_id: int, customers: dict[int, Customer]) -> None:
    primary: dict[int, Contact] = {}
    rows = unscoped(Contact, "step").filter(LIVING, org_id=org_id, customer_id__in=list(customers))
    for contact in rows.order_by("-primary", "id"):
        primary.setdefault(contact.customer_id, contact)
    for pk, customer in customers.items():
        found = primary.get(pk)
        customer.contact_name = found.name if found else ""
        customer.contact_title = found.title if found else ""
        customer.contact_phone = (found.phone or found.wechat or found.email)[:60] if found else ""
