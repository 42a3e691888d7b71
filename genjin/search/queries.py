"""Reading the search table: candidates only; the caller asks `visible` which of them to show."""

from __future__ import annotations

from django.db import connection

from genjin.lib.pinyin import query_tokens
from genjin.search.steps import own

MOST_CANDIDATES = 2000

_POSTGRESQL = """
SELECT record_id FROM search_searchrow
WHERE string_to_array(tokens, ' ') @> %s::text[] AND org_id = %s AND record_type = %s LIMIT %s
"""
_SQLITE = """
SELECT record_id FROM search_searchrow
WHERE id IN (SELECT rowid FROM search_fts WHERE search_fts MATCH %s)
  AND org_id = %s AND record_type = %s LIMIT %s
"""


def candidates(org_id: int, record_type: str, text: str, *, limit: int = MOST_CANDIDATES) -> list[int]:
    """Ids of records whose tokens hold every token of `text`; at most `limit`, in no order."""
    tokens = [own(org_id, token) for token in query_tokens(text[:100])]
    if not tokens:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL, [tokens, org_id, record_type, limit])
        else:
            phrase = " ".join('"' + token.replace('"', "") + '"' for token in tokens)
            cursor.execute(_SQLITE, [phrase, org_id, record_type, limit])
        return [row[0] for row in cursor.fetchall()]
