"""Many rows at once: the same rows, ids and refusals as one by one."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import Any

import orjson
import pytest
from django.db import DataError, IntegrityError, transaction

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.history.models import Event
from genjin.schema.bulk import FEW, Blank, insert_rows, insert_stream, insert_values
from genjin.schema.models import Option
from genjin.search.models import SearchRow

AT = datetime(2026, 11, 24, 2, 12, 33, 450_000, tzinfo=UTC)


def customer(cast: Cast, number: int, **values: Any) -> Customer:
    made: Customer = Blank(Customer)(
        {
            "org_id": cast.li.member.org_id,
            "name": f"苏州甲{number}",
            "name_key": f"苏州甲{number}",
            "created_at": AT,
            "updated_at": AT,
            "active_at": AT,
            "tags": ["重点", "“引号”\t制表\\反斜"],
            "founded_on": date(2001, 2, 3),
            "amount": 10**12,
            **values,
        }
    )
    return made


def test_many_rows_come_back_as_they_went_in(cast: Cast) -> None:
    rows = [customer(cast, number) for number in range(FEW + 10)]
    with transaction.atomic():
        insert_rows(Customer, rows)
    assert len({row.pk for row in rows}) == FEW + 10
    kept = unscoped(Customer, "test").get(pk=rows[7].pk)
    for field in Customer._meta.concrete_fields:
        assert getattr(kept, field.attname) == getattr(rows[7], field.attname), field.attname
    # The counter goes on where the rows end.
    later = customer(cast, 9_999)
    later.save()
    assert later.pk == max(row.pk for row in rows) + 1


def test_a_blank_row_equals_a_constructed_one(cast: Cast) -> None:
    made, plain = Blank(Customer)({"name": "甲"}), Customer(name="甲")
    assert {name: value for name, value in made.__dict__.items() if name != "_state"} == {
        name: value for name, value in plain.__dict__.items() if name != "_state"
    }
    assert made.tags is not Blank(Customer)({}).tags
    with pytest.raises(TypeError):
        Blank(Customer)({"nmae": "甲"})


@pytest.mark.parametrize("count", [3, FEW + 3])
def test_values_take_json_as_value_or_as_bytes(cast: Cast, count: int) -> None:
    org = cast.li.member.org_id
    names = ("org_id", "list_name", "key", "zh", "en", "synonyms", "facts")
    known = Option._meta.concrete_fields
    rest = {f.attname: f.get_default() for f in known if f.attname not in (*names, "id")}
    rows = [(org, "x", f"k{n}", "甲", "a", ["乙", n], b'{"a": "\xe4\xb8\x99"}', *rest.values()) for n in range(count)]
    with transaction.atomic():
        ids = insert_values(Option, (*names, *rest), rows)
    found = list(Option.objects.filter(pk__in=ids).order_by("pk"))
    assert [each.key for each in found] == [f"k{n}" for n in range(count)] and ids == [each.pk for each in found]
    assert (found[2].synonyms, found[2].facts) == (["乙", 2], {"a": "丙"})


@pytest.mark.parametrize("count", [2, FEW + 2])
def test_a_clash_is_an_integrity_error_and_writes_nothing(cast: Cast, count: int) -> None:
    before = unscoped(Customer, "test").count()
    rows = [customer(cast, number) for number in range(count - 1)] + [customer(cast, 0)]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Customer, rows)
    assert unscoped(Customer, "test").count() == before


def test_a_stream_is_taken_row_by_row(cast: Cast) -> None:
    org = cast.li.member.org_id
    made = ((org, "thing", number, f"t{number}") for number in range(120))
    with transaction.atomic():
        insert_stream(SearchRow, ("org_id", "record_type", "record_id", "tokens"), made)
    assert SearchRow.objects.filter(org_id=org, record_type="thing").count() == 120
    assert SearchRow.objects.get(org_id=org, record_type="thing", record_id=99).tokens == "t99"


def test_a_text_that_is_no_unicode_is_refused_whole(cast: Cast) -> None:
    """A lone surrogate fits no database: the whole insert fails, nothing is cut."""
    rows = [customer(cast, number, name="甲\ud800" if number == FEW else "甲") for number in range(FEW + 1)]
    with pytest.raises((DataError, UnicodeEncodeError)), transaction.atomic():
        insert_rows(Customer, rows)
    assert unscoped(Customer, "test").count() == 0


def test_the_digest_of_an_event_is_over_its_stored_payload(cast: Cast, new_customer: Any) -> None:
    pk = new_customer(cast.li, "苏州恒锐精密机械有限公司")
    event = Event.objects.select_related("data").get(name="customer.created", subject_id=pk)
    after = {
        name: event.data.data["after"][name]
        for name in ("name", "owner_id", "source")
        if name in event.data.data["after"]
    }
    sealed = hashlib.sha256(event.data.salt.encode() + orjson.dumps({"before": {}, "after": after}))
    assert event.digest == sealed.hexdigest()
