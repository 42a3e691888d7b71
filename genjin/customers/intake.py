"""Steps that take over many customers and contacts at once: a fixed number of statements, one event a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from genjin.access.guard import unscoped
from genjin.customers.models import LIVING, Contact, Customer
from genjin.customers.steps import index_contacts, index_customers, root
from genjin.door.change import Change, plain
from genjin.door.given import insert_new
from genjin.schema.extra import as_columns, is_own
from genjin.schema.reckoned import with_reckoned
from genjin.schema.registry import type_of
from genjin.schema.shapes import Whose, shaped

#: The columns that `fill_customers` and `touch_many` may write.
TOUCHED = (
    "first_contact_at",
    "last_contact_at",
    "last_contact_by_id",
    "last_channel",
    "last_words",
    "recent_days",
    "active_at",
    "next_step_id",
    "next_act",
    "next_due_at",
    "next_precision",
    "contact_name",
    "contact_title",
    "contact_phone",
)  # fmt: skipfrom genjin.schema.shapes import Whose


def fill_customers(
    change: Change, filled: Sequence[tuple[Customer, Mapping[str, Any]]], *, own: int | None = None
) -> None:
    """Write values into blank columns of customers, one event each. The caller has seen that they are blank.

    Rows of the import `own` keep their version, so that they still count as untouched when it is undone.
    """
    _fill(change, Customer, "customer.updated", filled, own)


def touch_many(customers: Sequence[Customer]) -> None:
    """Write the derived columns of customers: last contact, rhythm, next step, primary contact."""
    if customers:
        _update(Customer, customers, TOUCHED)


def touch_contacts(contacts: Sequence[Contact]) -> None:
    """Write when somebody last spoke with these contacts."""
    if contacts:
        _update(Contact, contacts, ["last_contact_at"])


def insert_contacts(change: Change, contacts: Sequence[Contact]) -> None:
    """Insert contacts in bulk, with one event and one search row each."""
    insert_new(change, contacts)
    for each in contacts:
        change.record("contact.added", each, root=("customer", each.customer_id), after={"name": each.name})
    index_contacts(change.actor, contacts, new=True)


def fill_contacts(
    change: Change, filled: Sequence[tuple[Contact, Mapping[str, Any]]], *, own: int | None = None
) -> None:
    """Write values into blank columns of contacts, one event each."""
    _fill(change, Contact, "contact.updated", filled, own)
    index_contacts(change.actor, [each for each, _ in filled])


def _fill(
    change: Change, model: type[Any], event: str, filled: Sequence[tuple[Any, Mapping[str, Any]]], own: int | None
) -> None:
    if not filled:
        return
    columns = sorted({"extra" if is_own(column) else column for _, values in filled for column in values})
    kind = shaped(change.actor, type_of(model))
    if kind.formulas:
        columns = sorted({*columns, "extra"})
        filled = [(row, with_reckoned(kind, row, values)) for row, values in filled]
    for row, values in filled:
        before = {column: plain(getattr(row, column)) for column in values}
        for column, value in as_columns(row.extra, values).items():
            setattr(row, column, value)
        row.version += own is None or row.import_id != own
        row.updated_at = change.now
        place = root(row) if isinstance(row, Customer) else ("customer", row.customer_id)
        change.record(event, row, root=place, before=before, after=dict(values))
    _update(model, [row for row, _ in filled], [*columns, "version", "updated_at"])


def show_primary(whose: Whose, customer_ids: Iterable[int]) -> None:
    """Show on customers' rows the primary contact, else the first that is left; two statements for any number."""
    customers = {
        each.pk: each
        for each in unscoped(Customer, "step").filter(LIVING, pk__among=sorted(customer_ids)).order_by("pk")
    }
    left = unscoped(Contact, "step").filter(LIVING, customer_id__among=list(customers))
    first: dict[int, Contact] = {}
    for contact in left.order_by("-primary", "id"):
        first.setdefault(contact.customer_id, contact)
    for pk, customer in customers.items():
        found = first.get(pk)
        customer.contact_name = found.name if found else ""
        customer.contact_title = found.title if found else ""
        customer.contact_phone = (found.phone or found.wechat or found.email)[:60] if found else ""
    if customers:
        _update(Customer, list(customers.values()), ["contact_name", "contact_title", "contact_phone"])
        index_customers(whose, customers.values())


def _update(model: type[Any], rows: Sequence[Any], columns: Sequence[str]) -> None:
    unscoped(model, "step").bulk_update(rows, columns, batch_size=500)
