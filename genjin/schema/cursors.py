"""Cursors for SQL that is written out already: values apart from it, and a plan that PostgreSQL may keep."""

from __future__ import annotations

from datetime import UTC
from functools import cache
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.psycopg_any import get_adapters_template
from psycopg.adapt import AdaptersMap
from psycopg.types.datetime import TimestamptzLoader
from psycopg.types.numeric import Int8Dumper

#: A statement is prepared the second time it comes; so many are kept for a connection.
_PREPARE_AFTER = 1
_MOST_PREPARED = 300


@cache
def _adapters() -> AdaptersMap:
    """Django's; but times come from the C loader, which gives UTC too (Django's runs in Python for each value),
    and whole numbers have one type whatever their size, so that a statement is prepared once."""
    adapters = AdaptersMap(get_adapters_template(True, UTC))
    adapters.register_loader("timestamptz", TimestamptzLoader)
    adapters.register_dumper(int, Int8Dumper)
    return adapters


class _Composed(psycopg.ClientCursor[Any]):
    """Writes the values into the SQL: a plan of its own for each."""

    @property
    def adapters(self) -> AdaptersMap:
        return _adapters()


class _Prepared(psycopg.Cursor[Any]):
    """Sends the values apart from the SQL, whose plan the server keeps."""

    @property
    def adapters(self) -> AdaptersMap:
        return _adapters()


def open_cursor(*, steady: bool) -> Any:
    """A cursor of the open connection. `steady` lets PostgreSQL keep the plan: only where the best plan does not
    hang on the values."""
    # The proxy looks its connection up for every attribute: asked once.
    database: Any = connections[DEFAULT_DB_ALIAS]
    if database.vendor != "postgresql":
        return database.cursor()
    database.ensure_connection()
    link = database.connection
    if link.prepare_threshold is None:
        link.prepare_threshold, link.prepared_max = _PREPARE_AFTER, _MOST_PREPARED
    kind = _Prepared if steady else _Composed
    return database._prepare_cursor(kind(link))
