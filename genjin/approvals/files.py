"""New customer files as something to be checked (R-122, R-175)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from genjin.access.actor import Actor
from genjin.access.fields import concealed
from genjin.access.guard import unscoped
from genjin.access.visible import visible
from genjin.approvals.subjects import Subject, register_subject
from genjin.customers.fields import CUSTOMER
from genjin.customers.models import LIVING, Customer

FIELDS = {each.slug: (each.zh, each.en) for each in CUSTOMER.fields if not each.read_only} | {
    "contact": ("联系人", "Contact")
}


def _versions(org_id: int, ids: Sequence[int]) -> dict[int, int]:
    return dict(unscoped(Customer, "step").filter(LIVING, org_id=org_id, pk__in=ids).values_list("pk", "version"))


def _visible(actor: Actor, pk: int, change: bool) -> bool:
    return visible(actor, Customer, act="change" if change else "see").filter(pk=pk).exists()


def _no_copy(org_id: int, pk: int) -> dict[str, Any] | None:
    """A file without names is nothing: none is graded by a peer or kept as an example."""
    return None


def _told(actor: Actor, row: dict[str, Any]) -> dict[str, Any]:
    return concealed(actor, "customer", row)


def _row(org_id: int, pk: int, lock: bool) -> Customer | None:
    rows = unscoped(Customer, "step").filter(LIVING, org_id=org_id, pk=pk)
    found: Customer | None = (rows.select_for_update(of=("self",)) if lock else rows).first()
    return found


CUSTOMER_FILE = register_subject(Subject("customer", FIELDS, _versions, _no_copy, _visible, _told, _row))
