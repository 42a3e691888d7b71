"""Writing the search table, in the transaction of the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from genjin.lib.pinyin import number_tokens, token_set
from genjin.schema.bulk import FEW, insert_stream, insert_values
from genjin.search.models import SearchRow

MOST_CHARACTERS, MOST_SERIAL = 400, 80


@dataclass(frozen=True, slots=True)
class Entry:
    """What is found of one record: the texts a person would type. `numbers` are for whoever may read them, `serials`
    (mark, number; `serials.serials_of`) for whoever may read that field."""

    org_id: int
    record_type: str
    record_id: int
    texts: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    serials: tuple[tuple[str, str], ...] = ()


#: What can be found, and the letter in its tokens.
LETTERS = {"customer": "c", "contact": "p", "followup": "f", "file": "d", "record": "r"}


def own(org_id: int, record_type: str, token: str = "") -> str:
    """A token of one organisation and record type, so that no posting list spans two."""
    return f"{org_id}{LETTERS[record_type]}z{token}"


def private(org_id: int, record_type: str, token: str = "") -> str:
    """A token of a number by which a person is reached, apart from those of names."""
    return f"{org_id}{LETTERS[record_type]}y{token}"


def serial(org_id: int, record_type: str, mark: str, token: str) -> str:
    """A token of a serial number, apart from those of every other field."""
    return f"{org_id}{LETTERS[record_type]}s{mark}z{token}"


def index_entries(entries: Sequence[Entry], *, new: bool = False) -> None:
    """Insert or replace the search rows of records, one statement for any number; `new` ones have none yet."""
    if new and len(entries) >= FEW:
        # Tokens are made while the database takes those before: indexing them is the larger part.
        rows_of = ((each.org_id, each.record_type, each.record_id, _tokens(each)) for each in entries)
        insert_stream(SearchRow, ("org_id", "record_type", "record_id", "tokens"), rows_of)
        return
    if new:
        few = [(each.org_id, each.record_type, each.record_id, _tokens(each)) for each in entries]
        insert_values(SearchRow, ("org_id", "record_type", "record_id", "tokens"), few)
        return
    rows = [
        SearchRow(
            org_id=each.org_id,
            record_type=each.record_type,
            record_id=each.record_id,
            tokens=_tokens(each),
        )
        for each in entries
    ]
    SearchRow.objects.bulk_create(
        rows,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["record_type", "record_id"],
        update_fields=["tokens"],
    )


def _tokens(entry: Entry) -> str:
    """All tokens of a record, joined by blanks: the organisation's letters go before each in one pass."""
    names = token_set(*(text[:MOST_CHARACTERS] for text in entry.texts if text))
    parts = set().union(*(number_tokens(number) for number in entry.numbers if number))
    groups = ((own, names), (private, parts))
    marked = ((mark(entry.org_id, entry.record_type), tokens) for mark, tokens in groups if tokens)
    given = (
        serial(entry.org_id, entry.record_type, mark, token)
        for mark, number in entry.serials
        for token in sorted(number_tokens(number[:MOST_SERIAL]))
    )
    return " ".join([*(mark + f" {mark}".join(tokens) for mark, tokens in marked), *given])
