"""Serial numbers (自动编号) among what is found: each field under a mark of its own, looked through only for whoever
may read that field (A5)."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

from genjin.access.actor import Actor
from genjin.access.fields import reads
from genjin.schema.registry import Field, RecordType
from genjin.schema.shapes import Whose, own_kinds, shaped, shaped_row

#: Built-in types whose form a team shapes and whose rows are found by words.
_SHAPED = ("customer", "contact", "followup")
_OWN = "record"


def serials_of(whose: Whose, row: Any) -> tuple[tuple[str, str], ...]:
    """(mark of the field, number) for each serial number that a row holds."""
    kind = shaped_row(whose, row)
    return tuple(
        (_mark(kind.slug, each.slug), str(row.extra[each.slug])) for each in _serials(kind) if row.extra.get(each.slug)
    )


def readable_marks(actor: Actor, record_type: str) -> list[str]:
    """The marks of the serial numbers of a type (of all own types for `record`) that the actor may read."""
    if record_type == _OWN:
        kinds = list(own_kinds(actor).values())
    else:
        kinds = [shaped(actor, record_type)] if record_type in _SHAPED else []
    return [
        _mark(kind.slug, each.slug)
        for kind in kinds
        for each in _serials(kind)
        if reads(actor, f"{kind.slug}.{each.slug}")
    ]


def _serials(kind: RecordType) -> list[Field]:
    return [each for each in kind.given if each.type == "serial"]


@lru_cache(maxsize=4096)
def _mark(kind: str, key: str) -> str:
    """Letters and digits that no other field of any type has: keys alone repeat among the types."""
    return hashlib.sha256(f"{kind}.{key}".encode()).hexdigest()[:10]
