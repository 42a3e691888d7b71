"""A compiled read gives what the query set gives, and one statement serves every value of a shape."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.schema import compiled
from genjin.schema.paging import Order, behind, encode

COLUMNS = (
    "id", "name", "amount", "paused", "tags", "recent_days", "founded_on", "created_at", "last_contact_at",
    "owner__name",
)  # fmt: skip


@pytest.fixture
def six(cast: Cast, new_customer: Any) -> list[int]:
    """Six customers of 李销售 with growing amounts, one of them without any, one paused."""
    ids = [
        new_customer(cast.li, f"{mark}公司", tags=[mark, "展会"], amount=number * 100, founded_on=f"201{number}-02-03")
        for number, mark in enumerate("甲乙丙丁戊", start=1)
    ]
    ids.append(new_customer(cast.wang, "己公司", paused=True))
    return ids


def read(where: Q, **how: Any) -> list[Any]:
    return compiled.fetch(unscoped(Customer, "test"), where, COLUMNS, **how)


@pytest.mark.parametrize("steady", [True, False])
def test_the_same_cells_as_the_query_set(six: list[int], steady: bool) -> None:
    plain = unscoped(Customer, "test").order_by("id").values_list(*COLUMNS)
    assert read(Q(), order=("id",), steady=steady) == list(plain)
    assert read(Q(), order=("id",), steady=steady)[0][7].tzinfo is not None


def test_one_statement_for_all_values_of_a_shape(cast: Cast, six: list[int]) -> None:
    compiled._KNOWN.clear()
    names = [row[1] for pk in six for row in read(Q(pk=pk, name__gt=""))]
    assert names == ["甲公司", "乙公司", "丙公司", "丁公司", "戊公司", "己公司"]
    assert len(compiled._KNOWN) == 1
    assert [row[0] for row in read(Q(pk__among=six[:2]), order=("id",))] == six[:2]
    assert [row[0] for row in read(Q(pk__among=six[1:5]), order=("id",))] == six[1:5]
    assert read(Q(pk__among=[]), order=("id",)) == []
    assert len(compiled._KNOWN) == 2


def test_a_word_of_the_code_stands_in_the_statement_itself(cast: Cast, six: list[int]) -> None:
    with CaptureQueriesContext(connection) as captured:
        found = read(Q(currency__known="") | ~Q(stage__known="lead"), order=("id",), steady=True)
    assert found == list(unscoped(Customer, "test").exclude(stage="lead").order_by("id").values_list(*COLUMNS))
    assert """"stage" = 'lead'""" in captured[0]["sql"] and """"currency" = ''""" in captured[0]["sql"]
    for other in ("O'Brien", "线索", "%s"):
        with pytest.raises(ValueError, match="not a word of the code"):
            read(Q(stage__known=other))


@pytest.mark.parametrize(
    "where",
    [
        Q(amount=None),
        Q(amount__isnull=False),
        ~Q(amount=300),
        ~Q(amount__lt=300) & ~Q(name="丁公司"),
        Q(name__icontains="公") & Q(paused=True),
        Q(tags__icontains='"甲"'),
        Q(name__in=["甲公司", "己公司"]),
        Q(name__in=[]),
        Q(owner__name="李销售", created_at__lt=datetime(2030, 1, 1, tzinfo=UTC)),
        Q(founded_on__gte=datetime(2013, 1, 1, tzinfo=UTC).date()),
        Q(amount__gt=100) | Q(paused=True),
        ~(Q(amount__gt=100) | Q(paused=True)),
    ],
)
def test_every_condition_means_what_it_means_to_the_query_set(six: list[int], where: Q) -> None:
    expected = set(unscoped(Customer, "test").filter(where).values_list("pk", flat=True))
    for _ in range(2):
        assert {row[0] for row in read(where)} == expected
    assert compiled.count(unscoped(Customer, "test"), where) == len(expected)


def test_none_and_a_value_are_two_shapes(six: list[int]) -> None:
    assert [row[0] for row in read(Q(amount=100))] == six[:1]
    assert [row[0] for row in read(Q(amount=None))] == six[5:]
    assert [row[0] for row in read(Q(paused=True))] == six[5:]
    assert [row[0] for row in read(Q(paused=False), order=("id",))] == six[:5]


def test_a_count_stops_where_it_is_told(six: list[int]) -> None:
    rows = unscoped(Customer, "test")
    assert [compiled.count(rows, Q(), most=most) for most in (1, 4, 100)] == [1, 4, 6]


@pytest.mark.parametrize(
    "order", [Order("amount", descending=True, zero=True, of=int), Order("next_due_at", nullable=True)]
)
def test_pages_join_without_gap(six: list[int], order: Order) -> None:
    """Blanks as zero or last, behind a cursor as in one piece."""
    whole = [row[0] for row in read(Q(), order=order)]
    first = read(Q(), order=order, limit=4)
    value = first[-1][2] if order.zero else None
    rest = read(behind(order, encode(value, first[-1][0])), order=order)
    assert [row[0] for row in first] + [row[0] for row in rest] == whole
    assert sorted(whole) == six


def test_the_memory_of_shapes_is_bounded(six: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    compiled._KNOWN.clear()
    monkeypatch.setattr(compiled, "MOST_SHAPES", 3)
    for number in range(10):
        assert len(read(Q(name__icontains=f"公{number}"))) == 0
    assert len(compiled._KNOWN) <= 3
    later = datetime.now(UTC) + timedelta(days=9000)
    assert len(read(Q(created_at__lt=later))) == 6


def test_an_order_with_blanks_as_zero_is_written_as_its_index_is(six: list[int]) -> None:
    """A parameter in the expression would keep SQLite from the index, and PostgreSQL's kept plan too."""
    compiled._KNOWN.clear()
    order = Order("amount", descending=True, zero=True, of=int)
    first = read(Q(), order=order, limit=2)
    read(behind(order, encode(first[-1][2], first[-1][0])), order=order)
    assert len(compiled._KNOWN) == 2
    for statement in compiled._KNOWN.values():
        assert statement is not None and 'COALESCE("customers_customer"."amount", 0)' in statement.sql
