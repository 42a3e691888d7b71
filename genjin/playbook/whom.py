"""Who is meant by the words of a playbook: the owner of the customer, holders of a role, a department."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from genjin.access.guard import unscoped
from genjin.access.models import Grant
from genjin.customers.models import Collaborator, Customer
from genjin.orgs.models import Department, Membership


class Whom(NamedTuple):
    """A member, else a department whose members take it; neither: nobody."""

    member_id: int | None = None
    department_id: int | None = None


class Doers:
    """Who does the nodes of these customers of one organisation; each question is asked once for all of them."""

    def __init__(self, customers: Iterable[Customer]) -> None:
        self._ids = {each.pk: each.org_id for each in customers}
        self._holders: dict[str, list[tuple[int, int | None]]] = {}
        self._shared: dict[str, dict[int, int]] = {}

    @cached_property
    def _departments(self) -> dict[str, int]:
        rows = Department.objects.filter(org_id__in=set(self._ids.values())).order_by("-pk")
        return dict(rows.values_list("name", "pk"))

    @cached_property
    def _heads(self) -> dict[int, int]:
        rows = Department.objects.filter(org_id__in=set(self._ids.values()), head__active=True)
        return dict(rows.values_list("pk", "head_id"))

    def of(self, owner: str, customer: Customer) -> Whom:
        """Who does a node for this customer (R-090).

        Of a role, whoever works on the customer already goes first, then one of its department; where nobody holds the
        role or there is no such department any more, it falls back to the customer's owner.
        """
        what, _, name = owner.partition(":")
        usual = Whom(customer.owner_id)
        if what == "role":
            return self._holder(name, customer) or usual
        if what == "department":
            found = self._departments.get(name)
            return Whom(department_id=found) if found else usual
        if owner == "head" and customer.department_id:
            return Whom(self._heads.get(customer.department_id, customer.owner_id))
        return usual

    def _holder(self, role: str, customer: Customer) -> Whom | None:
        if role not in self._holders:
            self._ask(role)
        people = self._holders[role]
        if not people:
            return None
        if any(pk == customer.owner_id for pk, _ in people):
            return Whom(customer.owner_id)
        near = next((pk for pk, department in people if department == customer.department_id), None)
        return Whom(self._shared[role].get(customer.pk) or near or people[0][0])

    def _ask(self, role: str) -> None:
        held = Grant.objects.filter(org_id__in=set(self._ids.values()), role__key=role, member__active=True)
        people: list[tuple[int, int | None]] = list(
            held.order_by("member_id").values_list("member_id", "member__department_id").distinct()
        )
        rows = unscoped(Collaborator, "step").filter(
            customer_id__among=list(self._ids), member_id__in=[pk for pk, _ in people], deleted_at__isnull=True
        )
        found = rows.order_by("-member_id").values_list("customer_id", "member_id") if people else []
        # Written in this order, the first collaborator of a customer stays.
        self._holders[role], self._shared[role] = people, dict(found)


def named(whom: Whom) -> dict[str, object] | None:
    """As screens show it."""
    if whom.member_id:
        name = Membership.objects.filter(pk=whom.member_id).values_list("name", flat=True).first()
        return {"id": whom.member_id, "name": name, "department": False}
    if whom.department_id:
        team = Department.objects.filter(pk=whom.department_id).values_list("name", flat=True).first()
        return {"id": whom.department_id, "name": team, "department": True}
    return None
