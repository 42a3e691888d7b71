"""What follows from a field that somebody may not read: formulas, look-ups, what was told in a record (R-166)."""

from __future__ import annotations

from collections.abc import Mapping

from genjin.schema.registry import RecordType
from genjin.schema.shapes import Whose, shaped_types
from genjin.schema.sources import source_of

Marks = Mapping[str, Mapping[str, str]]
_CLOSED = ("hidden", "masked")


def with_derived(whose: Whose, marks: Marks) -> Marks:
    """The field rights of a member, and those that follow for own fields made of others."""
    if not marks:
        return marks
    found = {slug: dict(fields) for slug, fields in marks.items()}
    kinds = shaped_types(whose)
    for kind in kinds.values():
        _formulas(kind, found)
        for each in kind.fields:
            for path in each.told_in.split():
                told, _, slug = path.partition(".")
                if found.get(told, {}).get(slug) in _CLOSED:
                    found.setdefault(kind.slug, {})[each.slug] = "hidden"
    for kind in kinds.values():
        for each in kind.known.values():
            source = None if each.kept else source_of(whose, kind, each)
            if source is not None and found.get(source[0].slug, {}).get(source[1].slug) in _CLOSED:
                found.setdefault(kind.slug, {})[each.slug] = "hidden"
    return found


def _formulas(kind: RecordType, found: dict[str, dict[str, str]]) -> None:
    for each in kind.formulas:
        if any(found.get(kind.slug, {}).get(need.slug) in _CLOSED for need in each.needs):
            found.setdefault(kind.slug, {})[each.field.slug] = "hidden"
