"""Finding rows by words: a condition to put beside the scope, never a list to show."""

from __future__ import annotations

import time

from django.db import connection
from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.fields import CHANNELS, reads
from genjin.lib.pinyin import number_tokens, query_runs
from genjin.search.lookups import padded
from genjin.search.serials import readable_marks
from genjin.search.steps import own, private, serial

#: So many rows are fetched by the index of words; of more the list itself is walked, which then finds its page soon.
MOST_IDS = 1000
MOST_TEXT = 100
#: What a record must hold: of each entry one of its sets of tokens.
Ways = list[list[list[str]]]

_HOLDS = "string_to_array(tokens, ' ') @> %s::text[]"
_POSTGRESQL = "SELECT record_id FROM search_searchrow WHERE {} LIMIT %s"
_SQLITE = """
SELECT record_id FROM search_searchrow
WHERE id IN (SELECT rowid FROM search_fts WHERE search_fts MATCH %s) LIMIT %s
"""
#: Words of which the index held more than `MOST_IDS`, and until when (monotonic seconds) it is not asked again.
_COMMON: dict[str, float] = {}
_REMEMBERED, _SECONDS = 1000, 600.0


def holding(actor: Actor, record_type: str, text: str, *, column: str = "pk") -> Q:
    """The condition that the record in `column` holds every word of `text` (R-131, I8).

    A word may be part of a name or, from three signs on, of a number; numbers, serial ones too, are looked through only
    for whoever may read them.
    Nothing is found by a text without a letter, digit or character.
    """
    ways = _ways(actor, record_type, text[:MOST_TEXT])
    if not ways:
        return Q(**{f"{column}__among": []})
    key = repr(ways)
    if _COMMON.get(key, 0.0) < time.monotonic():
        ids = _ids(ways)
        if len(ids) <= MOST_IDS:
            return Q(**{f"{column}__among": ids})
        if len(_COMMON) >= _REMEMBERED:
            _COMMON.clear()
        _COMMON[key] = time.monotonic() + _SECONDS
    where = Q()
    for way in ways:
        either = Q()
        for tokens in way:
            either |= Q(**{f"{column}__holding": padded(tokens)})
        where &= either
    return where


def _ids(ways: Ways) -> list[int]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            either = [f"({' OR '.join([_HOLDS] * len(each))})" for each in ways]
            tokens = [one for each in ways for one in each]
            cursor.execute(_POSTGRESQL.format(" AND ".join(either)), [*tokens, MOST_IDS + 1])
        else:
            cursor.execute(_SQLITE, [" AND ".join(map(_phrase, ways)), MOST_IDS + 1])
        return [row[0] for row in cursor.fetchall()]


def _ways(actor: Actor, record_type: str, text: str) -> Ways:
    """The words of names are one entry together. A word that may be a serial number is looked for as a whole there:
    SQ-2026-0012 is one number, whatever it is made of."""
    numbers = reads(actor, *CHANNELS)
    marks = readable_marks(actor, record_type)
    named: list[str] = []
    found: Ways = []
    for word in text.split():
        grams = sorted(number_tokens(word)) if marks else []
        given = [[serial(actor.org_id, record_type, mark, gram) for gram in grams] for mark in marks if grams]
        for run, tokens in query_runs(word):
            owned = [own(actor.org_id, record_type, token) for token in tokens]
            parts = number_tokens(run) if numbers and run.isascii() else ()
            ways = [[private(actor.org_id, record_type, part) for part in sorted(parts)]] if parts else []
            if ways or given:
                found.append([owned, *ways, *given])
            else:
                named += owned
    return [[named], *found] if named else found


def _phrase(way: list[list[str]]) -> str:
    """As FTS5 reads it; tokens are letters and digits."""
    return "(" + " OR ".join("(" + " AND ".join(f'"{token}"' for token in tokens) + ")" for tokens in way) + ")"
