"""Who is meant by the words of a playbook: the owner of the customer, holders of a role, a department."""

from __future__ import annotations

from typing import NamedTuple

from genjin.access.guard import unscoped
from genjin.access.models import Grant
from genjin.customers.models import Collaborator, Customer
from genjin.orgs.models import Department, Membership


class Whom(NamedTuple):
    """A member, else a department whose members take it; neither: nobody."""

    member_id: int | None = None
    department_id: int | None = None


def doer_of(owner: str, customer: Customer) -> Whom:
    """Who does a node for this customer (R-090).

    Of a role, whoever works on the customer already goes first, then one of its department; where nobody holds the role
    or there is no such department any more, it falls back to the customer's owner.
    """
    what, _, name = owner.partition(":")
    usual = Whom(customer.owner_id)
    if what == "role":
        return _holder(name, customer) or usual
    if what == "department":
        found = Department.objects.filter(org_id=customer.org_id, name=name).values_list("pk", flat=True).first()
        return Whom(department_id=found) if found else usual
    if owner == "head" and customer.department_id:
        heads = Department.objects.filter(pk=customer.department_id, head__active=True)
        return Whom(heads.values_list("head_id", flat=True).first() or customer.owner_id)
    return usual


def _holder(role: str, customer: Customer) -> Whom | None:
    held = Grant.objects.filter(org_id=customer.org_id, role__key=role, member__active=True)
    people = list(held.order_by("member_id").values_list("member_id", "member__department_id").distinct())
    if not people:
        return None
    ids = [pk for pk, _ in people]
    if customer.owner_id in ids:
        return Whom(customer.owner_id)
    rows = unscoped(Collaborator, "step").filter(customer_id=customer.pk, member_id__in=ids, deleted_at__isnull=True)
    shared = rows.order_by("member_id").values_list("member_id", flat=True).first()
    near = next((pk for pk, department in people if department == customer.department_id), None)
    return Whom(shared or near or ids[0])


def named(whom: Whom) -> dict[str, object] | None:
    """As screens show it."""
    if whom.member_id:
        name = Membership.objects.filter(pk=whom.member_id).values_list("name", flat=True).first()
        return {"id": whom.member_id, "name": name, "department": False}
    if whom.department_id:
        team = Department.objects.filter(pk=whom.department_id).values_list("name", flat=True).first()
        return {"id": whom.department_id, "name": team, "department": True}
    return None
