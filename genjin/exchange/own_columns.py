"""The columns of a sheet that are a team's own fields: found by label or key, beside those of the standard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from genjin.exchange.columns import ColumnBook, FieldName, header_key, load_columns
from genjin.schema.registry import Field
from genjin.schema.shapes import Whose, shaped

#: The kinds of rows that an import makes and a team can shape.
KINDS = ("customer", "contact", "followup", "agenda")


def book_of(whose: Whose) -> ColumnBook:
    """The synonym table with the own fields of a team; the very label of one comes before a synonym of another."""
    book = load_columns()
    own = {slug: FieldName(slug, field.zh, field.en) for slug, field in own_columns(whose)}
    if not own:
        return book
    known = dict(book.known)
    for slug, each in own.items():
        for name in (each.label, each.en, slug.partition(".")[2]):
            key = header_key(name)
            known[key] = (slug, *(other for other in known.get(key, ()) if other != slug))
    return replace(book, fields={**book.fields, **own}, known=known)


def own_columns(whose: Whose) -> Iterator[tuple[str, Field]]:
    """`customer.cf_3` → the field, for every own field that a form offers."""
    for kind in KINDS:
        yield from ((f"{kind}.{each.slug}", each) for each in shaped(whose, kind).own)
