"""50 people claim the same customers at once: one has each, all others are told who, counters are right (C2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from conftest import NOW, Cast, hire
from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.access.queries import actor_of_member
from genjin.lib import moment
from genjin.lib.errors import Conflict
from genjin.pools.actions import claim
from genjin.pools.models import PoolStay
from genjin.pools.tests.conftest import stays, where

CUSTOMERS = 4


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_and_one_has_it(cast: Cast, plan: Callable[..., Any], hold: Callable[..., int]) -> None:
    many = 50 if connection.vendor == "postgresql" else 8
    plan({"name": "公海"}, claims_a_day=CUSTOMERS)
    ids = [hold(cast.zhao, f"第{each}公司") for each in range(CUSTOMERS)]
    assert cast.zhao.post("/pools/put-back", {"ids": ids, "why": "不做了"}).status == 200
    people = [hire(cast.org, f"业务员{each}", "rep", None) for each in range(many)]
    actors = [actor_of_member(each.pk) for each in people]
    told = [each for answers in at_once(lambda actor: [_claimed(actor, pk) for pk in ids], actors) for each in answers]
    for pk in ids:
        owner, lies = where(pk)
        assert not lies and owner in {each.pk for each in people}
        name = next(each.name for each in people if each.pk == owner)
        answers = Counter(said for customer, said in told if customer == pk)
        assert answers == {"mine": 1, f"{name}先一步领走了这家": many - 1}
        assert stays(pk) == [("hand", cast.zhao.id, "claimed", owner)]
    assert unscoped(PoolStay, "test").filter(ended_how="claimed").count() == CUSTOMERS


def at_once(run: Callable[[Any], Any], given: Sequence[Any]) -> list[Any]:
    """`run` for each in a thread of its own, all let go together. SQLite lets writers in one after the other, and its
    database of the tests lives in one connection: there each has his turn."""
    if connection.vendor != "postgresql":
        return [run(each) for each in given]
    start = Barrier(len(given))

    def one(each: Any) -> Any:
        start.wait()
        try:
            return run(each)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(given)) as pool:
        return list(pool.map(one, given))


def _claimed(actor: Actor, pk: int) -> tuple[int, str]:
    with moment.frozen(NOW):
        try:
            claim(actor, pk)
        except Conflict as refusal:
            return pk, refusal.zh
        return pk, "mine"


@pytest.mark.django_db(transaction=True)
def test_one_person_in_many_tabs_stays_within_his_cap(
    cast: Cast, plan: Callable[..., Any], hold: Callable[..., int]
) -> None:
    plan({"name": "公海"}, claims_a_day=3)
    ids = [hold(cast.zhao, f"第{each}公司") for each in range(8)]
    cast.zhao.post("/pools/put-back", {"ids": ids, "why": "不做了"})
    actor = actor_of_member(cast.li.id)
    told = Counter(at_once(lambda pk: _claimed(actor, pk)[1], ids))
    assert told == {"mine": 3, "今天已经领了 3 家，明天 0 点恢复": 5}
