"""`holds` (in memory) and `visible` (SQL) give the same answer for every scope, row and act."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from django.db.models import Q

from conftest import Cast
from genjin.access.actor import Grants
from genjin.access.guard import GuardedQuerySet, UnguardedQuery, unscoped
from genjin.access.reading import count, read, read_one
from genjin.access.visible import holds, visible
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Contact, Customer
from genjin.followups.models import FollowUp
from genjin.schema import compiled

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
                assert {pk for (pk,) in read(tried, Customer, ("id",))} == seen, (person.member.name, names)
                assert count(tried, Customer, most=100) == len(seen)
                assert {row.pk for row in rows if read_one(tried, Customer, row.pk)} == seen
                assert {row.pk for row in rows if holds(tried, row)} == seen, (person.member.name, names)


def test_the_compiled_list_is_the_visible_list_in_every_folder(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-161, R-162: records, contacts and to-dos too, for seeing and changing, whoever asked for the shape before."""
    for person, name in ((cast.li, "甲公司"), (cast.wang, "乙公司"), (cast.qian, "丙公司"), (cast.outsider, "丁公司")):
        pk = new_customer(person, name)
        assert person.post("/followups", {"customer_id": pk, **good}).status == 201
    shared = new_customer(cast.wang, "戊公司")
    cast.wang.post(f"/customers/{shared}/collaborators", {"member_id": cast.li.id})
    found = {}
    for person in (cast.li, cast.wang, cast.zhao, cast.qian, cast.admin, cast.outsider):
        for model in (Customer, Contact, FollowUp, AgendaItem):
            for act in ("see", "change", "log"):
                seen = set(visible(person.actor, model, act=act).values_list("pk", flat=True))
                assert {pk for (pk,) in read(person.actor, model, ("id",), act=act)} == seen, (
                    person.member.name,
                    model,
                )
                found[person.member.name, model, act] = len(seen)
    assert found["李销售", Customer, "see"] == 2
    assert found["李销售", FollowUp, "see"] == 1
    assert found["外人", AgendaItem, "see"] == 2  # his next step, and the limit of the node
    assert found["赵主管", Customer, "see"] == 3


def test_a_list_that_nobody_scoped_does_not_run(cast: Cast) -> None:
    """Also when somebody asked for the same shape rightly before."""
    living = Q(deleted_at__isnull=True)
    assert compiled.fetch(unscoped(Customer, "test"), living, ("id",)) == []
    with pytest.raises(UnguardedQuery):
        compiled.fetch(GuardedQuerySet(Customer), living, ("id",))
    with pytest.raises(UnguardedQuery):
        compiled.count(GuardedQuerySet(Customer), living)


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
