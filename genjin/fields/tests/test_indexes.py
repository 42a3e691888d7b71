"""An index on an own field: asked for, built beside the running server, used, dropped when nobody wants it."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.db import connection

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.fields import steps
from genjin.fields.tasks import keep_indexes
from genjin.fields.tests.designing import add, make_list, without
from genjin.schema.cursors import open_cursor
from genjin.schema.models import OwnIndex
from genjin.schema.own_indexes import _there


def _names(cast: Cast, *ends: str) -> set[str]:
    return {f"own_{cast.org.pk}_customer_{end}" for end in ends}


@pytest.mark.django_db(transaction=True)
def test_an_index_comes_and_goes_as_it_is_wanted(cast: Cast) -> None:
    plate, price = add(cast.admin, {"zh": "车牌", "type": "text"}, {"zh": "车价", "type": "money"})
    for key in (plate, price):
        assert cast.admin.put(f"/designs/customer/fields/{key}/index", {"wanted": True}).status == 200
    assert cast.admin.get("/designs/customer")["indexed"] == {plate: False, price: False}
    assert keep_indexes() == 4
    assert keep_indexes() == 0, "repeatable"
    assert cast.admin.get("/designs/customer")["indexed"] == {plate: True, price: True}
    assert _there().keys() == _names(cast, plate, f"{plate}_down", price, f"{price}_down")
    cast.admin.put(f"/designs/customer/fields/{price}/index", {"wanted": False})
    assert without(cast.admin, plate).status == 200
    assert keep_indexes() == 4
    assert not _there()
    assert cast.admin.put("/designs/customer/fields/region/index", {"wanted": True}).status == 404
    told = [each["changes"] for each in cast.admin.get("/audit", event="field.indexed")["items"]]
    assert {one["new"]["zh"] for changes in told for one in changes} >= {"“车牌”建索引", "“车价”去掉索引"}


@pytest.mark.django_db(transaction=True)
def test_lists_use_the_index(cast: Cast) -> None:
    """On PostgreSQL the plans of a filter, of a list field and of both orders go by it, those of a choice by its place
    and of a range by its ends too."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite plans no partial index by a value")
    make_list(cast.admin, "cars", "轿车")
    sizes = list(make_list(cast.admin, "sizes", *(f"第{at}档" for at in range(40))).values())
    plate, cars, size, price = add(
        cast.admin,
        {"zh": "车牌", "type": "text"},
        {"zh": "车", "type": "options", "options": "cars"},
        {"zh": "规模", "type": "option", "options": "sizes"},
        {"zh": "价位", "type": "money_range"},
    )
    rows = [
        Customer(org_id=cast.org.pk, name=f"公司{at}", name_key=f"公司{at}", created_at=NOW, updated_at=NOW,
                 active_at=NOW, owner_id=cast.li.id, extra={plate: f"沪{at:05}", cars: [f"c{at % 500}"],
                                               size: sizes[at % 40], price: {"low": at, "high": at + 10}})
        for at in range(4000)
    ]  # fmt: skip
    unscoped(Customer, "test").bulk_create(rows)
    for key in (plate, cars, size, price):
        cast.admin.put(f"/designs/customer/fields/{key}/index", {"wanted": True})
    keep_indexes()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE customers_customer")
    exact = {"field": plate, "op": "eq", "value": "沪00012"}
    asked: list[dict[str, Any]] = [{"filter": exact}, {"sort": plate}, {"sort": f"-{plate}"},
                                   {"filter": {"field": cars, "op": "has", "value": "c7"}}, {"sort": size},
                                   {"sort": f"-{size}"}, {"sort": price}, {"sort": f"-{price}"}]  # fmt: skip
    for query in asked:
        sent = {name: orjson.dumps(value).decode() if name == "filter" else value for name, value in query.items()}
        ran: list[tuple[str, Any]] = []

        def note(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
            ran.append((sql, values))  # noqa: B023
            return execute(sql, values, many, context)

        with connection.execute_wrapper(note):
            assert cast.admin.get("/customers", limit=20, **sent).status == 200
        ((sql, values),) = [each for each in ran if "customers_customer" in each[0] and "LIMIT" in each[0]]
        with open_cursor(steady=False) as cursor:
            cursor.execute("EXPLAIN " + sql, values)
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert f"own_{cast.org.pk}_customer_" in plan, (query, plan)


def test_a_view_shared_with_others_asks_for_its_indexes(cast: Cast) -> None:
    plate, price = add(cast.admin, {"zh": "车牌", "type": "text"}, {"zh": "车价", "type": "money"})
    view = {"record_type": "customer", "name": "有车的", "sort": f"-{price}",
            "filter": {"field": plate, "op": "not_empty"}}  # fmt: skip
    saved = cast.admin.post("/views", view)
    assert not OwnIndex.objects.exists()
    assert cast.admin.post(f"/views/{saved['id']}/share", {"version": 1, "shared": "all"}).status == 200
    wanted = OwnIndex.objects.order_by("key").values_list("org_id", "record_type", "key")
    assert list(wanted) == [(cast.org.pk, "customer", plate), (cast.org.pk, "customer", price)]


def test_a_team_has_only_so_many(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "MOST_INDEXES", 1)
    plate, price = add(cast.admin, {"zh": "车牌", "type": "text"}, {"zh": "车价", "type": "money"})
    assert cast.admin.put(f"/designs/customer/fields/{plate}/index", {"wanted": True}).status == 200
    full = cast.admin.put(f"/designs/customer/fields/{price}/index", {"wanted": True})
    assert (full.status, full["zh"]) == (409, "最多给 1 个字段建索引，先去掉不用的")
    assert OwnIndex.objects.count() == 1
