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
from genjin.schema.own_types import orders_by
from genjin.schema.registry import Field, record_type
from genjin.schema.shapes import Orders, list_orders, own_field, sorted_by

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
        if connection.vendor != "postgresql":
            cursor.execute(sql)
            return
        # Three processes would build it sooner, and leave those who write meanwhile no core of two.
        cursor.execute("SET max_parallel_maintenance_workers = 0")
        try:
            cursor.execute(sql)
        finally:
            cursor.execute("RESET max_parallel_maintenance_workers")


def _name(org_id: int, slug: str, key: str, way: str) -> str:
    return f"{_PREFIX}{org_id}_{slug}_{key}{way}"


def _wanted() -> dict[str, str]:
    """Indexes by name for every field that a live form names, with what stands behind ON."""
    fields: dict[tuple[int, str, str], Field] = {}
    for org_id, slug, body in Shape.objects.filter(live=True).values_list("org_id", "record_type", "body"):
        fields |= {(org_id, slug, each["key"]): own_field(each) for each in body["fields"] if "type" in each}
    places = OwnIndex.objects.order_by("id").values_list("org_id", "record_type", "key")
    wanted = [(place, fields[place]) for place in places if place in fields]
    lists: dict[int, set[str]] = {}
    for (org_id, *_), each in wanted:
        lists.setdefault(org_id, set()).add(each.options or "")
    orders = {org_id: list_orders(org_id, names) for org_id, names in lists.items()}
    found: dict[str, str] = {}
    for (org_id, slug, _), field in wanted:
        found |= _of(org_id, slug, field, orders[org_id])
    return found


def _of(org_id: int, slug: str, field: Field, orders: Orders) -> dict[str, str]:
    kind = record_type(MADE_OF if is_own_kind(slug) else slug)
    table = connection.ops.quote_name(kind.model._meta.db_table)
    # A slug is letters, digits and low lines (`own_kinds.SLUG`).
    typed = f" AND {connection.ops.quote_name(kind.by)} = '{slug}'" if kind.by else ""
    living = f"WHERE org_id = {int(org_id)} AND deleted_at IS NULL{typed}"

    def named(way: str) -> str:
        return _name(org_id, slug, field.slug, way)

    if field.stored == "l":
        # SQLite has no index over the entries of a list, and nobody sorts by one.
        gin = f"{table} USING gin ({_sql(field.path)}) {living}"
        return {named(""): gin} if connection.vendor == "postgresql" else {}
    up, down = sorted_by(field, orders)
    found = {named(""): f"{table} ({_sql(up if field.type == 'money_range' else field.path)}, id) {living}"}
    if orders_by(field.like) is not None:
        # Another order of the options is another index: its name tells of it.
        order = f"_{up.rpartition('_')[2]}" if field.type == "option" else ""
        found[named(f"{order}_down")] = f"{table} ({_sql(down)} DESC NULLS LAST, id DESC) {living}"
        if order:
            found[named(order)] = f"{table} ({_sql(up)}, id) {living}"
    if connection.vendor != "postgresql":
        found = {each: on.replace(" NULLS LAST", "") for each, on in found.items()}
    return found


def _sql(path: str) -> str:
    """The expression of a path such as `extra__t_cf_3`."""
    stored, _, key = path.removeprefix("extra__").partition("_")
    return OwnValue.sql(connection.vendor, connection.ops.quote_name("extra"), stored, key)


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
