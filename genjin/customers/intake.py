"""Steps that take over many customers and contacts at once: a fixed number of statements, one event a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from genjin.access.guard import unscoped
from genjin.customers.models import LIVING, Contact, Customer
from genjin.customers.steps import index_contacts, root
from genjin.door.change import Change
from genjin.schema.bulk import insert_rows

#: The columns that `fill_customers` and `touch_many` may write.
TOUCHED = (
    "first_contact_at", "last_contact_at", "last_contact_by_id", "last_channel", "last_words", "recent_days",
    "active_at", "next_step_id", "next_act", "next_due_at", "next_precision", "contact_name", "contact_title",
    "contact_phone",
)  # fmt: skip


def fill_customers(
    change: Change, filled: Sequence[tuple[Customer, Mapping[str, Any]]], *, own: int | None = None
) -> None:
    """Write values into blank columns of customers, one event each. The caller has seen that they are blank.

    Rows of the import `own` keep their version, so that they still count as untouched when it is undone.
    """
    if not filled:
        return
    columns = sorted({column for _, values in filled for column in values})
    for customer, values in filled:
        for column, value in values.items():
            setattr(customer, column, value)
        customer.version += own is None or customer.import_id != own
        customer.updated_at = change.now
        change.record("customer.updated", customer, root=root(customer), after=dict(values))
    _update(Customer, [each for each, _ in filled], [*columns, "version", "updated_at"])


def touch_many(customers: Sequence[Customer]) -> None:
    """Write the derived columns of customers: last contact, rhythm, next step, primary contact."""
    if customers:
        _update(Customer, customers, TOUCHED)


def insert_contacts(change: Change, contacts: Sequence[Contact]) -> None:
    """Insert contacts in bulk, with one event and one search row each."""
    insert_rows(Contact, contacts)
    for each in contacts:
        change.record("contact.added", each, root=("customer", each.customer_id), after={"name": each.name})
    index_contacts(contacts, new=True)


def fill_contacts(
    change: Change, filled: Sequence[tuple[Contact, Mapping[str, Any]]], *, own: int | None = None
) -> None:
    """Write values into blank columns of contacts, one event each."""
    if not filled:
        return
    columns = sorted({column for _, values in filled for column in values})
    for contact, values in filled:
        for column, value in values.items():
            setattr(contact, column, value)
        contact.version += own is None or contact.import_id != own
        contact.updated_at = change.now
        place = ("customer", contact.customer_id)
        change.record("contact.updated", contact, root=place, after=dict(values))
    _update(Contact, [each for each, _ in filled], [*columns, "version", "updated_at"])
    index_contacts([each for each, _ in filled])


def take_back(change: Change, rows: Sequence[Customer] | Sequence[Contact], event: str) -> None:
    """Move rows that an import made to the recycle bin, one event each."""
    if not rows:
        return
    for row in rows:
        row.deleted_at = change.now
        row.version += 1
        row.updated_at = change.now
        place = ("customer", row.pk if isinstance(row, Customer) else row.customer_id)
        change.record(event, row, root=place, before={"name": row.name})
    _update(type(rows[0]), rows, ["deleted_at", "version", "updated_at"])


def unfill(change: Change, filled: Mapping[int, Mapping[str, Any]]) -> int:
    """Blank again what an import wrote into blank columns, unless somebody changed it since; how many stay."""
    stay, cleared = 0, []
    rows = unscoped(Customer, "step").filter(LIVING, org_id=change.actor.org_id, pk__in=list(filled))
    for customer in rows.select_for_update(of=("self",)):
        values = {slug: value for slug, value in filled[customer.pk].items() if getattr(customer, slug) == value}
        stay += len(values) != len(filled[customer.pk])
        if values:
            empty = {slug: None if isinstance(value, int) else "" for slug, value in values.items()}
            cleared.append((customer, empty))
    fill_customers(change, cleared)
    return stay


def _update(model: type[Any], rows: Sequence[Any], columns: Sequence[str]) -> None:
    unscoped(model, "step").bulk_update(rows, columns, batch_size=500)
