"""Reading the search table: candidates only; the caller asks `visible` which of them to show."""

from __future__ import annotations

from typing import Any

from django.db import connection

from genjin.access.actor import Actor
from genjin.access.fields import CHANNELS, reads
from genjin.lib.pinyin import query_runs
from genjin.search.steps import own, private

MOST_CANDIDATES = 2000

_HOLDS = "string_to_array(tokens, ' ') @> %s::text[]"
_POSTGRESQL = "SELECT record_id FROM search_searchrow WHERE {} AND org_id = %s AND record_type = %s LIMIT %s"
_SQLITE = """
SELECT record_id FROM search_searchrow
WHERE id IN (SELECT rowid FROM search_fts WHERE search_fts MATCH %s)
  AND org_id = %s AND record_type = %s LIMIT %s
"""


def candidates(actor: Actor, record_type: str, text: str, *, limit: int = MOST_CANDIDATES) -> list[int]:
    """Ids of records whose tokens hold every token of `text`; at most `limit`, in no order.

    A word may be part of a name or of a number; numbers are looked through only for whoever may read them.
    """
    ways = _ways(actor, text[:100])
    if not ways:
        return []
    place: list[Any] = [actor.org_id, record_type, limit]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            either = [f"({' OR '.join([_HOLDS] * len(each))})" for each in ways]
            cursor.execute(_POSTGRESQL.format(" AND ".join(either)), [*(one for each in ways for one in each), *place])
        else:
            cursor.execute(_SQLITE, [" AND ".join(map(_phrase, ways)), *place])
        return [row[0] for row in cursor.fetchall()]


def _ways(actor: Actor, text: str) -> list[list[list[str]]]:
    """What a record must hold: of each entry one of its sets of tokens. Words of names are one entry together."""
    numbers = reads(actor, *CHANNELS)
    named: list[str] = []
    found: list[list[list[str]]] = []
    for run in query_runs(text):
        tokens = [own(actor.org_id, token) for token in run]
        if numbers and run[0].isascii():
            found.append([tokens, [private(actor.org_id, token) for token in run]])
        else:
            named += tokens
    return [[named], *found] if named else found


def _phrase(way: list[list[str]]) -> str:
    """As FTS5 reads it; tokens are letters and digits."""
    return "(" + " OR ".join("(" + " AND ".join(f'"{token}"' for token in tokens) + ")" for tokens in way) + ")"
