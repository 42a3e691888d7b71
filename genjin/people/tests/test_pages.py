"""Page after page is the whole list, whatever it is sorted by: values, then blanks, none twice and none left out."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.db.models import Q

from conftest import Cast
from genjin.fields.tests.designing import add
from genjin.schema.paging import SORTED_BY, Order, implied

AMOUNTS = (None, 300, 100, None, 200, 300, 100, None, 0)


@pytest.fixture
def sizes(cast: Cast, new_customer: Any) -> str:
    """An own number and the amount of nine customers: equal ones, a zero and blanks among them."""
    (key,) = add(cast.admin, {"zh": "规模", "type": "number"})
    for at, amount in enumerate(AMOUNTS):
        values = {} if amount is None else {key: amount, "amount": amount}
        new_customer(cast.li, f"第{at}公司", **values)
    return key


def _walked(cast: Cast, limit: int, **query: Any) -> list[str]:
    names: list[str] = []
    cursor = ""
    while True:
        page = cast.li.get("/customers", limit=limit, **query, **({"cursor": cursor} if cursor else {}))
        assert page.status == 200, page
        assert len(page["items"]) <= limit
        names += [each["name"] for each in page["items"]]
        if not page["next"]:
            return names
        cursor = page["next"]


def test_pages_make_the_list(cast: Cast, sizes: str) -> None:
    """R-162."""
    for sort in (sizes, f"-{sizes}", "-amount", "next_due", "name", "-created"):
        whole = _walked(cast, 50, sort=sort)
        assert len(whole) == len(set(whole)) == len(AMOUNTS)
        for limit in (1, 2, 3, 4):
            assert _walked(cast, limit, sort=sort) == whole, (sort, limit)


def test_pages_of_a_range_make_the_range(cast: Cast, sizes: str) -> None:
    """Also where the range is of what the list is sorted by."""
    for field, sort in ((sizes, f"-{sizes}"), (sizes, sizes), ("amount", "-amount")):
        for op, value, many in (("between", [100, 200], 3), ("lte", 100, 3), ("gt", 100, 3), ("lt", 300, 4)):
            asked = orjson.dumps({"field": field, "op": op, "value": value}).decode()
            for limit in (1, 2, 50):
                assert len(set(_walked(cast, limit, sort=sort, filter=asked))) == many, (field, op, limit)


def test_a_range_is_said_of_the_expression_too() -> None:
    """Of what holds in any case alone: not of one side of an OR, nor of its opposite."""
    order = Order("amount", descending=True, zero=True, of=int)
    both = Q(owner_id=1) & (Q(amount__isnull=False) & Q(amount__gte=3, amount__lte=5))
    assert set(implied(order, both).children) == {(f"{SORTED_BY}__gte", 3), (f"{SORTED_BY}__lte", 5)}
    for where in (Q(amount__gte=3) | Q(owner_id=1), ~Q(amount__gte=3), Q(owner_id=1)):
        assert not implied(order, where)
    assert not implied(Order("amount", of=int), both)
