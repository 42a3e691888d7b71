"""Who of some colleagues may see which customers: the same answer as `visible`, for many people at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.access.queries import grants_of
from genjin.access.visible import holds
from genjin.customers.models import LIVING, Collaborator, Customer
from genjin.orgs.models import Membership


def audience(customers: Collection[Customer], member_ids: Collection[int]) -> set[tuple[int, int]]:
    """Pairs (customer id, member id) where that active member may see that customer.

    Two statements and the members' roles, which are kept until the configuration changes.
    """
    if not customers or not member_ids:
        return set()
    shared: dict[int, list[int]] = defaultdict(list)
    rows = unscoped(Collaborator, "scope").filter(
        LIVING, customer_id__in={each.pk for each in customers}, member_id__in=set(member_ids)
    )
    for member_id, customer_id in rows.values_list("member_id", "customer_id"):
        shared[member_id].append(customer_id)
    people = Membership.objects.filter(pk__in=set(member_ids), active=True)
    found = set()
    for pk, org_id, department_id, version in people.values_list(
        "pk", "org_id", "department_id", "org__config_version"
    ):
        grants = grants_of(org_id, pk, department_id, version)
        actor = Actor("member", org_id, pk, department_id=department_id, grants=grants)
        # What is shared with everybody here was read above, by one statement.
        actor.once("shared customer", lambda who: shared[who.member_id or 0])
        found |= {(each.pk, pk) for each in customers if holds(actor, each)}
    return found
