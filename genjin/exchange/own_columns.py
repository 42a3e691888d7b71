"""The columns of a sheet that are a team's own fields: found by label or key, beside those of the standard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from genjin.exchange.columns import ColumnBook, FieldName, header_key, load_columns
from genjin.schema.own_types import FILED
from genjin.schema.registry import Field, RecordType
from genjin.schema.shapes import Whose, own_kinds, shaped

#: The kinds of rows that an import makes and a team can shape.
KINDS = ("customer", "contact", "followup", "agenda")


#: What else the columns of rows of own types are called.
_ALSO = {"name": ("名称", "主题", "title"), "customer": ("客户名称", "公司", "单位"), "number": ("单号", "no"),
         "owner": ("业务员",)}  # fmt: skip
#: Columns of own types that a sheet brings although a form does not.
_BROUGHT = ("number", "state", "owner")
_NEVER = re.compile(r"(?!)")


def book_of(whose: Whose, target: str = "") -> ColumnBook:
    """The synonym table with the own fields of a team; the very label of one comes before a synonym of another.

    `target`: the own type that a file is taken over into, whose fields are then all there is.
    """
    if target:
        kind = own_kinds(whose).get(target)
        return _book_of_kind(kind) if kind else ColumnBook({}, {}, _NEVER)
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


def _book_of_kind(kind: RecordType) -> ColumnBook:
    """The very label of a field comes before what another is called besides: an own field 单号 is no 编号."""
    taken = {f"{kind.slug}.{each.slug}": each for each in kind.fields if _comes_from_sheets(each)}
    names = [(name, slug) for slug, each in taken.items() for name in (each.zh, each.en, each.slug)]
    names += [(name, slug) for slug, each in taken.items() for name in _ALSO.get(each.slug, ())]
    known: dict[str, tuple[str, ...]] = {}
    for name, slug in names:
        slugs = known.get(header_key(name), ())
        known[header_key(name)] = slugs if slug in slugs else (*slugs, slug)
    return ColumnBook({slug: FieldName(slug, each.zh, each.en) for slug, each in taken.items()}, known, _NEVER)


def _comes_from_sheets(field: Field) -> bool:
    """A cell names files at most, and what the system gives itself is not taken from elsewhere."""
    given = field.read_only and field.slug not in _BROUGHT
    return not (field.part or given or field.type in FILED)


def left_out(kind: RecordType) -> Iterator[str]:
    """Headings of an export of own rows that a sheet does not bring back."""
    yield from (each.zh for each in kind.fields if not _comes_from_sheets(each))


def own_columns(whose: Whose) -> Iterator[tuple[str, Field]]:
    """`customer.cf_3` → the field, for every own field that a form offers."""
    for kind in KINDS:
        yield from ((f"{kind}.{each.slug}", each) for each in shaped(whose, kind).own)
