"""Indexes on own fields: built and dropped beside the running server, never blocking a writer.

The names in the database's own catalogue say which there are; `OwnIndex` says which are wanted. Whatever is missing is
built, whatever nobody wants any more goes: a killed worker, a restored archive, a removed field heal themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection

from genjin.schema.extra import OwnValue
from genjin.schema.models import OwnIndex, Shape
from genjin.schema.own_kinds import MADE_OF, is_own_kind
from genjin.schema.own_types import STORED, orders_by
from genjin.schema.registry import record_type

#: Name of an index → what it is on.
Wanted = Mapping[str, str]
_PREFIX = "own_"


def reconcile() -> int:
    """Build and drop until what is there is what is wanted; returns how many statements ran. Outside transactions."""
    wanted, there = _wanted(), _there()
    gone = [name for name, valid in there.items() if name not in wanted or not valid]
    for name in gone:
        _run(f"DROP INDEX {_quietly()} IF EXISTS {connection.ops.quote_name(name)}")
    missing = [name for name in wanted if not there.get(name)]
    for name in missing:
        _run(f"CREATE INDEX {_quietly()} IF NOT EXISTS {connection.ops.quote_name(name)} ON {wanted[name]}")
    return len(gone) + len(missing)


def ready_keys(org_id: int, slug: str) -> dict[str, bool]:
    """Key of each field that is to have an index → is it built?"""
    keys = OwnIndex.objects.filter(org_id=org_id, record_type=slug).values_list("key", flat=True)
    there = _there() if keys else {}
    return {key: bool(there.get(_name(org_id, slug, key, ""))) for key in keys}


def _quietly() -> str:
    return "CONCURRENTLY" if connection.vendor == "postgresql" else ""


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _name(org_id: int, slug: str, key: str, way: str) -> str:
    return f"{_PREFIX}{org_id}_{slug}_{key}{way}"


def _wanted() -> dict[str, str]:
    """Indexes by name for every field that a live form names, with what stands behind ON."""
    types: dict[tuple[int, str, str], str] = {}
    for org_id, slug, body in Shape.objects.filter(live=True).values_list("org_id", "record_type", "body"):
        types |= {(org_id, slug, each["key"]): each["type"] for each in body["fields"] if "type" in each}
    found: dict[str, str] = {}
    for place in OwnIndex.objects.order_by("id").values_list("org_id", "record_type", "key"):
        if place in types:
            found |= _of(*place, types[place])
    return found


def _of(org_id: int, slug: str, key: str, type_: str) -> dict[str, str]:
    kind = record_type(MADE_OF if is_own_kind(slug) else slug)
    table = connection.ops.quote_name(kind.model._meta.db_table)
    stored = STORED[type_]
    value = OwnValue.sql(connection.vendor, connection.ops.quote_name("extra"), stored, key)
    # A slug is letters, digits and low lines (`own_kinds.SLUG`).
    typed = f" AND {connection.ops.quote_name(kind.by)} = '{slug}'" if kind.by else ""
    living = f"WHERE org_id = {int(org_id)} AND deleted_at IS NULL{typed}"
    name = _name(org_id, slug, key, "")
    if stored in ("l", "r"):
        # SQLite has no index over the entries of a list, and nobody sorts by one.
        return {name: f"{table} USING gin ({value}) {living}"} if connection.vendor == "postgresql" else {}
    found = {name: f"{table} ({value}, id) {living}"}
    if orders_by(type_) is not None:
        found[_name(org_id, slug, key, "_down")] = f"{table} ({value} DESC NULLS LAST, id DESC) {living}"
    if connection.vendor != "postgresql":
        found = {each: on.replace(" NULLS LAST", "") for each, on in found.items()}
    return found


def _there() -> dict[str, bool]:
    """Name → is it whole? A build that was broken off leaves an index that nobody may use."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT c.relname, i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
                "JOIN pg_namespace n ON n.oid = c.relnamespace "
                "WHERE n.nspname = current_schema() AND c.relname LIKE 'own\\_%'"
            )
        else:
            cursor.execute("SELECT name, 1 FROM sqlite_master WHERE type = 'index' AND name LIKE 'own\\_%' ESCAPE '\\'")
        rows: list[tuple[Any, Any]] = cursor.fetchall()
    return {str(name): bool(valid) for name, valid in rows}
