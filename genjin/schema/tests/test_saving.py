"""One row's columns, written with SQL that is put together once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import DatabaseError

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.schema.bulk import insert_rows
from genjin.schema.saving import save_columns, update_row

VALUES: dict[str, Any] = {
    "tags": ["展会", "重点"], "founded_on": date(2011, 2, 3), "last_contact_at": NOW, "amount": 2**40, "paused": True,
    "last_words": "他说“30 天内能到就定”", "next_due_at": None,
}  # fmt: skip


def test_named_columns_are_written_and_no_others(cast: Cast, new_customer: Any) -> None:
    pk, other = new_customer(cast.li, "甲公司"), new_customer(cast.li, "乙公司")
    row = unscoped(Customer, "test").get(pk=pk)
    for name, value in VALUES.items():
        setattr(row, name, value)
    row.owner, row.name = cast.wang.member, "不写的名字"
    for _ in range(3):
        save_columns(row, [*VALUES, "owner"])
    stored = unscoped(Customer, "test").get(pk=pk)
    assert {name: getattr(stored, name) for name in VALUES} == VALUES
    assert (stored.owner_id, stored.name) == (cast.wang.id, "甲公司")
    assert unscoped(Customer, "test").get(pk=other).amount is None


def test_a_row_that_is_gone_is_said(cast: Cast, new_customer: Any) -> None:
    row = unscoped(Customer, "test").get(pk=new_customer(cast.li, "甲公司"))
    row.pk = 999_999
    with pytest.raises(DatabaseError):
        save_columns(row, ["name"])
    assert not update_row(Customer, 999_999, {"paused": True})
    assert not unscoped(Customer, "test").filter(paused=True).exists()


def test_few_rows_get_their_ids_and_defaults(cast: Cast) -> None:
    made = [
        Customer(org=cast.org, name=f"{mark}公司", name_key=mark, created_at=NOW, updated_at=NOW, active_at=NOW)
        for mark in "甲乙丙"
    ]
    insert_rows(Customer, made)
    stored = {row.pk: row for row in unscoped(Customer, "test")}
    assert [stored[row.pk].name for row in made] == ["甲公司", "乙公司", "丙公司"]
    first = stored[made[0].pk]
    assert (first.tags, first.version, first.currency, first.life_cycle) == ([], 1, "CNY", "potential")
    assert isinstance(first.created_at, datetime) and first.created_at == NOW
    assert not made[0]._state.adding
