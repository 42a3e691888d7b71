"""How customers and what is theirs come back when a bulk verb is undone (`door/undo.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from genjin.access.guard import unscoped
from genjin.customers.intake import TOUCHED, show_primary
from genjin.customers.models import LIVING, Collaborator, Contact, Customer
from genjin.customers.steps import index_contacts, index_customers
from genjin.door.change import Change
from genjin.schema.registry import Reason, Restore

Plan = dict[int, tuple[Any, dict[str, Any]]]


def taken_names(org_id: int, wanted: Mapping[int, str]) -> set[int]:
    """Which customers cannot take the `name_key` they want (id → key): another that lives holds it and keeps it,
    or comes for it first."""
    keys = set(wanted.values())
    living = unscoped(Customer, "step").filter(LIVING, org_id=org_id, name_key__in=keys)
    holder = dict(living.values_list("name_key", "pk"))
    first = {key: pk for pk, key in reversed(list(wanted.items()))}
    taken = {pk for pk, key in wanted.items() if first[key] != pk}

    def kept(pk: int, key: str) -> bool:
        other = holder.get(key, pk)
        leaves = other in wanted and other not in taken and wanted[other] != key
        return other != pk and not leaves

    while more := {pk for pk, key in wanted.items() if pk not in taken and kept(pk, key)}:
        taken |= more
    return taken


def _customers_blocked(change: Change, plan: Plan) -> dict[int, Reason]:
    held = [pk for pk, (row, values) in plan.items() if values.get("pool_id") and values.get("owner_id", row.owner_id)]
    found: dict[int, Reason] = dict.fromkeys(
        held, ("已经有负责人，不放回公海", "somebody has it by now; it stays with him")
    )
    wanted = {
        pk: values.get("name_key", row.name_key)
        for pk, (row, values) in plan.items()
        if "name_key" in values or values.get("deleted_at", "") is None
    }
    if not wanted:
        return found
    reason = ("同名的客户已经另建了一家，先改名或合并", "another customer has this name by now; rename or merge first")
    return found | dict.fromkeys(taken_names(change.actor.org_id, wanted), reason)


def _customers_back(change: Change, rows: list[Customer]) -> None:
    index_customers(change.actor, [row for row in rows if row.deleted_at is None])


def _contacts_back(change: Change, rows: list[Contact]) -> None:
    index_contacts(change.actor, [row for row in rows if row.deleted_at is None])
    show_primary(change.actor, {row.customer_id for row in rows if row.deleted_at is not None})


def _collaborators_blocked(change: Change, plan: Plan) -> dict[int, Reason]:
    """Somebody may have been added again meanwhile."""
    places = {
        pk: (values.get("customer_id", row.customer_id), row.member_id)
        for pk, (row, values) in plan.items()
        if values.get("deleted_at", row.deleted_at) is None
    }
    there = (
        unscoped(Collaborator, "step")
        .filter(LIVING, customer_id__in={place for place, _ in places.values()})
        .exclude(pk__in=list(plan))
    )
    held = set(there.values_list("customer_id", "member_id"))
    reason = ("他已经又是协作人", "a collaborator again by now")
    return {pk: reason for pk, place in places.items() if place in held}


CUSTOMERS = Restore(
    blocked=_customers_blocked, after=_customers_back, derived=frozenset(TOUCHED), made="customer.created"
)
CONTACTS = Restore(after=_contacts_back, derived=frozenset({"last_contact_at"}), made="contact.added", along=True)
NEEDS = Restore(name="text", made="need.added")
COLLABORATORS = Restore(blocked=_collaborators_blocked, name="")
