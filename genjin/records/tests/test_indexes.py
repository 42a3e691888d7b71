"""Lists of own types go by their indexes, and a draft of a form is laid before their rows (R-213, R-215)."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.db import connection

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.fields.tasks import keep_indexes
from genjin.fields.tests.designing import document, without
from genjin.records.models import Record
from genjin.records.tests.making import make_row, make_type
from genjin.schema.cursors import open_cursor
from genjin.schema.own_indexes import _there


@pytest.fixture
def sample(cast: Cast) -> str:
    return make_type(cast, fields=[{"zh": "型号", "type": "text"}])


@pytest.mark.django_db(transaction=True)
def test_an_index_on_an_own_field_of_an_own_type_comes_and_goes(cast: Cast, sample: str) -> None:
    """Partial to team and type; another type with the same key has its own."""
    make_type(cast, "售后工单", "x_ticket", fields=[{"zh": "型号", "type": "text"}])
    for slug in ("x_sample", "x_ticket"):
        assert cast.admin.put(f"/designs/{slug}/fields/cf_1/index", {"wanted": True}).status == 200
    assert keep_indexes() == 4 and keep_indexes() == 0
    assert cast.admin.get("/designs/x_sample")["indexed"] == {"cf_1": True}
    names = {f"own_{cast.org.pk}_{slug}_cf_1{way}" for slug in ("x_sample", "x_ticket") for way in ("", "_down")}
    assert _there().keys() == names
    assert without(cast.admin, "cf_1", "x_ticket").status == 200
    assert keep_indexes() == 2


@pytest.mark.django_db(transaction=True)
def test_lists_use_their_indexes(cast: Cast, sample: str) -> None:
    """On PostgreSQL: newest first, by update, by title, mine, one state, and by an own field."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite plans no partial index by a value")
    make_type(cast, "售后工单", "x_ticket")
    rows = [
        Record(org_id=cast.org.pk, kind="x_ticket" if at % 20 else "x_sample", number=at + 1, name=f"行{at:05}",
               state="sent" if at % 400 == 0 else "asked", state_at=NOW, created_at=NOW, updated_at=NOW,
               owner_id=cast.li.id if at % 100 == 0 else cast.zhao.id, extra={"cf_1": f"M{at:05}"})
        for at in range(20000)
    ]  # fmt: skip
    unscoped(Record, "test").bulk_create(rows)
    cast.admin.put("/designs/x_sample/fields/cf_1/index", {"wanted": True})
    keep_indexes()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE records_record")
    sent = {"field": "state", "op": "eq", "value": "sent"}
    exact = {"field": "cf_1", "op": "eq", "value": "M00020"}
    asked: list[tuple[Any, dict[str, Any], str]] = [
        (cast.admin, {}, "record_newest"), (cast.admin, {"sort": "-updated"}, "record_updated"),
        (cast.admin, {"sort": "name"}, "record_name"), (cast.li, {}, "record_owner"),
        (cast.admin, {"sort": "state_at", "filter": sent}, "record_state"),
        (cast.admin, {"filter": exact}, f"own_{cast.org.pk}_x_sample_cf_1"),
        (cast.admin, {"sort": "-cf_1"}, f"own_{cast.org.pk}_x_sample_cf_1_down"),
    ]  # fmt: skip
    for person, query, index in asked:
        more = {name: orjson.dumps(value).decode() if name == "filter" else value for name, value in query.items()}
        ran: list[tuple[str, Any]] = []

        def note(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
            ran.append((sql, values))  # noqa: B023
            return execute(sql, values, many, context)

        with connection.execute_wrapper(note):
            assert person.get("/records/x_sample", limit=20, **more).status == 200
        ((sql, values),) = [each for each in ran if "records_record" in each[0] and "LIMIT" in each[0]]
        with open_cursor(steady=False) as cursor:
            cursor.execute("EXPLAIN " + sql, values)
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert index in plan, (query, plan)


def test_a_draft_says_which_rows_it_would_have_stopped(cast: Cast, sample: str) -> None:
    make_type(cast, "售后工单", "x_ticket")
    make_row(cast.li, "甲", state="sent")
    make_row(cast.li, "乙", cf_1="MX-3")
    make_row(cast.li, "别的", "x_ticket")
    body = document(cast.admin, "x_sample")
    field = next(each for each in body["fields"] if each["key"] == "cf_1")
    field["required_when"] = {"field": "state", "op": "eq", "value": "sent"}
    told = cast.admin.post("/designs/x_sample/impact", body)
    assert told.status == 200, told
    assert (told["looked_at"], told["stopped"]) == (2, 1)
    assert [each["name"] for each in told["examples"]] == ["甲"]
