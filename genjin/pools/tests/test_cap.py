"""Whoever holds more than his cap, and pools by class, source, region and product (R-167; issue 5 point 9)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from conftest import NOW, Cast
from genjin.lib import moment
from genjin.pools.tests.conftest import night, row, stays, where

pytestmark = pytest.mark.django_db


def three(cast: Cast, hold: Any) -> tuple[int, int, int]:
    """Longest without contact first."""
    return hold(cast.li, "甲公司", days=20), hold(cast.li, "乙公司", days=12), hold(cast.li, "丙公司", days=3)


def test_a_cap_takes_nothing_away_by_itself(cast: Cast, plan: Any, hold: Any) -> None:
    """A lowered cap: no customer goes, no more can be claimed, and the rules say who is above."""
    assert plan({"name": "公海", "days_contact": 60}, most_held=2).status == 200
    ids = three(cast, hold)
    assert night(cast).get("returned", 0) == 0
    assert [where(pk) for pk in ids] == [(cast.li.id, False)] * 3
    over = cast.admin.get("/pools/rules")["over"]
    assert over == [{"id": cast.li.id, "name": "李销售", "most": 2, "held": 3}]
    lying = hold(cast.wang, "丁公司", days=5)
    back = cast.wang.post("/pools/put-back", {"ids": [lying], "why": "没精力跟"})
    assert back.status == 200, back
    refused = cast.li.post(f"/pools/customers/{lying}/claim", {})
    assert (refused.status, refused["code"]) == (409, "cap")
    assert refused["zh"] == "名下已有 3 家（成交的不算），先退回或转走几家再领"
    assert where(lying) == (None, True)


def test_a_pool_that_says_so_takes_those_longest_without_contact_after_a_warning(
    cast: Cast, plan: Any, hold: Any
) -> None:
    assert plan({"name": "公海", "over_held": True, "warn_days": 3}, most_held=2).status == 200
    first, second, third = three(cast, hold)
    won = hold(cast.li, "老客户", days=90, life_cycle="signed")
    assert cast.admin.get("/pools/rules")["pools"][0]["over_held"] is True
    assert night(cast) == {"returned": 0, "warned": 1}
    assert (row(first).get().returns_on, row(second).get().returns_on) == (date(2026, 11, 27), None)
    with moment.frozen(NOW + timedelta(days=3)):
        assert night(cast)["returned"] == 1
    assert (where(first), stays(first)) == ((None, True), [("cap", cast.li.id, "", None)])
    assert [where(pk) for pk in (second, third, won)] == [(cast.li.id, False)] * 3
    assert cast.admin.get("/pools/rules")["over"] == []


def test_whoever_comes_below_the_cap_in_time_keeps_all(cast: Cast, plan: Any, hold: Any) -> None:
    """One is won meanwhile: the warning is taken back."""
    assert plan({"name": "公海", "over_held": True, "warn_days": 3}, most_held=2).status == 200
    first, second, _ = three(cast, hold)
    night(cast)
    row(second).update(life_cycle="signed")
    with moment.frozen(NOW + timedelta(days=3)):
        assert night(cast) == {"returned": 0, "warned": 0}
    assert (where(first), row(first).get().returns_on) == ((cast.li.id, False), None)


def test_a_pool_before_it_that_does_not_say_so_keeps_its_customers(cast: Cast, plan: Any, hold: Any) -> None:
    """The first pool that takes a customer decides, for the cap too."""
    online = {"field": "source", "op": "eq", "value": "online"}
    assert plan({"name": "网上的", "condition": online}, {"name": "其余", "over_held": True, "warn_days": 0},
                most_held=2).status == 200  # fmt: skip
    ids = three(cast, hold)
    assert night(cast).get("returned", 0) == 0
    assert [where(pk) for pk in ids] == [(cast.li.id, False)] * 3


@pytest.mark.parametrize(
    ("condition", "columns"),
    [
        ({"field": "intent_class", "op": "in", "value": ["A"]}, {"intent_class": "A"}),
        ({"field": "source", "op": "eq", "value": "exhibition"}, {"source": "exhibition"}),
        ({"field": "region", "op": "contains", "value": "苏州"}, {"region": "江苏苏州"}),
        ({"field": "cf_1", "op": "contains", "value": "机器人"}, {"extra": {"cf_1": "焊接机器人"}}),
    ],
    ids=["class", "source", "region", "product"],
)
def test_a_pool_takes_by_class_source_region_and_product(
    cast: Cast, plan: Any, hold: Any, condition: Any, columns: Any
) -> None:
    product = {"fields": [{"key": "name"}, {"zh": "意向产品", "type": "text"}]}
    assert cast.admin.put("/designs/customer", {"version": 0, **product}).status == 200
    assert plan({"name": "公海", "condition": condition, "days_contact": 30, "warn_days": 0}).status == 200
    mine, other = hold(cast.li, "甲公司", days=40, **columns), hold(cast.li, "乙公司", days=40)
    assert night(cast)["returned"] == 1
    assert (where(mine), where(other)) == ((None, True), (cast.li.id, False))
