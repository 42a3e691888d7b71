"""The least that an import of the same rows costs: the inserts alone (limit), and with reading the file, the keys
of the names and the words of the search rows (floor). Everything is rolled back."""

from __future__ import annotations

import csv
import io
import time
from typing import Any

from django.db import transaction

from genjin.customers.models import Contact, Customer
from genjin.customers.rules import keys_of
from genjin.lib import moment
from genjin.lib.pinyin import search_tokens
from genjin.schema.bulk import insert_values
from genjin.search.models import SearchRow

_SEARCH = ("org_id", "record_type", "record_id", "tokens")


def least(data: bytes, org_id: int) -> dict[str, float]:
    """Rows a second of the limit and of the floor, by CPU of this process only where the name says so."""
    begun = time.perf_counter()
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    made = [
        (row, keys_of(row["name"]), " ".join(f"{org_id}z{each}" for each in search_tokens(row["name"]))) for row in rows
    ]
    prepared = time.perf_counter() - begun
    begun = time.perf_counter()
    with transaction.atomic():
        _write(org_id, made)
        transaction.set_rollback(True)
    written = time.perf_counter() - begun
    return {"limit_rows_s": round(len(rows) / written), "floor_rows_s": round(len(rows) / (written + prepared))}


def _write(org_id: int, made: list[tuple[dict[str, str], dict[str, str], str]]) -> None:
    now = moment.now()
    stamp = {"org_id": org_id, "created_at": now, "updated_at": now}
    customers = [
        {**stamp, **keys, "name_key": f"limit {keys['name_key']}", "name": row["name"], "active_at": now}
        for row, keys, _ in made
    ]
    ids = _insert(Customer, customers)
    people = [
        {**stamp, "customer_id": pk, "name": "联系人", "phone": made[at][0]["phone"]} for at, pk in enumerate(ids)
    ]
    _insert(Contact, people)
    insert_values(SearchRow, _SEARCH, [(org_id, "customer", pk, each[2]) for pk, each in zip(ids, made, strict=True)])


def _insert(model: Any, rows: list[dict[str, Any]]) -> list[int]:
    fields = [each for each in model._meta.concrete_fields if not each.primary_key]
    defaults = {each.attname: each.get_default() for each in fields}
    return insert_values(model, tuple(defaults), [tuple({**defaults, **row}.values()) for row in rows])
