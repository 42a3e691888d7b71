"""Who is asked when a colleague finds a second file of his customer that he may not merge (R-131)."""

from __future__ import annotations

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.access.queries import actor_of_member
from genjin.access.visible import holds
from genjin.customers.duplicates import beside
from genjin.customers.models import LIVING, Customer
from genjin.orgs.models import Membership

_MOST_ASKED = 200


def twin_of(actor: Actor, customer: Customer, name: str) -> Customer | None:
    """The customer of that name which the duplicate look-up shows beside `customer`; no other can be asked for."""
    rows = unscoped(Customer, "duplicates").filter(LIVING, org_id=actor.org_id, pk=beside(actor, customer, name) or 0)
    return rows.select_related("owner").first()


def who_decides(twin: Customer) -> Membership | None:
    """The owner of the customer, else the nearest person who may merge it; None when there is nobody."""
    if twin.owner is not None and twin.owner.active:
        return twin.owner
    members = Membership.objects.filter(org_id=twin.org_id, active=True, grants__isnull=False).distinct().order_by("pk")
    far = None
    for member in members[:_MOST_ASKED]:
        actor = actor_of_member(member.pk)
        if not actor.may("customer.merge") or not holds(actor, twin, "change"):
            continue
        if "all" not in actor.grants.scope("customer", "change"):
            return member
        far = far or member
    return far
