"""`holds` (in memory) and `visible` (SQL) give the same answer for every scope, row and act."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from conftest import Cast
from genjin.access.actor import Grants
from genjin.access.guard import unscoped
from genjin.access.visible import holds, visible
from genjin.customers.models import Customer

NAMES = ("self", "collaborator", "department", "subtree", "all")


def test_both_ways_to_scope_a_row_agree(cast: Cast, new_customer: Any) -> None:
    """R-161, R-162, R-167: also for a row in the bin and one of another organisation."""
    new_customer(cast.li, "甲公司")
    shared = new_customer(cast.wang, "乙公司")
    new_customer(cast.qian, "丙公司")
    gone = new_customer(cast.li, "丁公司")
    new_customer(cast.outsider, "戊公司")
    cast.wang.post(f"/customers/{shared}/collaborators", {"member_id": cast.li.id})
    cast.admin.post("/customers/delete", {"ids": [gone]})
    rows = list(unscoped(Customer, "test"))
    assert len(rows) == 5
    for person in (cast.li, cast.zhao, cast.qian, cast.outsider):
        actor = person.actor
        for size in range(len(NAMES) + 1):
            for names in combinations(NAMES, size):
                grants = Grants(
                    scopes={"customer": {"see": frozenset(names)}},
                    departments=actor.grants.departments,
                    subtree=actor.grants.subtree,
                )
                tried = actor.with_(grants=grants, _cache={})
                seen = set(visible(tried, Customer).values_list("pk", flat=True))
                assert {row.pk for row in rows if holds(tried, row)} == seen, (person.member.name, names)


def test_a_broken_role_sees_nothing(cast: Cast, new_customer: Any) -> None:
    """A8: malformed scopes count as none."""
    new_customer(cast.li, "甲公司")
    role = cast.li.member.grants.get().role
    broken: Any
    for broken in ({}, {"customer": None}, {"customer": {"see": "all"}}, {"customer": {"see": [None, 3]}}, []):
        role.scopes = broken
        role.save()
        cast.org.config_version += 1
        cast.org.save()
        answer = cast.li.get("/customers")
        assert (answer.status, answer["items"]) == (200, []), broken
