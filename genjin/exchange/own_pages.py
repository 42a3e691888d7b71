"""Rows of a team's own types as pages, as PDF or Word: their form, filled in, under its groups (R-220).

What stands in them is what an export holds for the reader: the same rows, fields and words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from genjin.access.actor import Actor
from genjin.access.visible import visible
from genjin.documents.onepage import PageSection, RecordPage, Row, one_page_pdf
from genjin.documents.word import pages_docx
from genjin.exchange.export_cells import RichCell, Value
from genjin.exchange.export_rows import ExportColumn, columns_of, rows_of, values_of
from genjin.followups.pages import MOST_PAGES
from genjin.lib.date_words import time_words
from genjin.lib.errors import Invalid, NotFound
from genjin.orgs.models import Organisation
from genjin.records.models import Record
from genjin.records.queries import type_of_actor
from genjin.schema.registry import Field, RecordType

#: Under the title of a page; what else the system gives itself is left out.
_FACTS = ("number", "state", "customer", "contact", "owner", "created_at")
_NUMBERS = "一二三四五六七八九十"
_GROUPS = {"zh": {"more": "其他", "": "内容"}, "en": {"more": "Other", "": "Content"}}
#: More letters than this take a line of their own in a PDF.
_SHORT = 16


def demand_own(actor: Actor, slug: str, ids: Sequence[int]) -> None:
    """Every row named must be there for the actor: `NotFound` else, `Invalid` for none or too many."""
    kind, wanted = type_of_actor(actor, slug), set(ids)
    if not 1 <= len(wanted) <= MOST_PAGES:
        raise Invalid(f"一次最多 {MOST_PAGES} 条，至少 1 条", f"1 to {MOST_PAGES} records at a time", field="ids")
    if visible(actor, Record).filter(kind.rows, pk__in=wanted).count() != len(wanted):
        raise NotFound()


def own_file(actor: Actor, slug: str, ids: Sequence[int], *, form: str, language: str, now: datetime) -> bytes:
    """The PDF or Word file (`form` pdf, docx) of rows that the actor may see, a page each, under his field rights."""
    demand_own(actor, slug, ids)
    kind = type_of_actor(actor, slug)
    columns = columns_of(actor, slug, [])
    rows = rows_of(actor, {"record_type": slug, "ids": list(ids)}, now)
    at = time_words(now.astimezone(actor.zone), "minute", None)[language == "en"]
    made = f"{actor.name} 导出于 {at}" if language == "zh" else f"exported by {actor.name} on {at}"
    label = kind.zh if language == "zh" else kind.en
    pages = [_page(kind, columns, values, language, label) for values in values_of(actor, slug, rows, columns)]
    make = pages_docx if form == "docx" else one_page_pdf
    org = Organisation.objects.get(pk=actor.org_id).name
    return make(pages, language=language, title=label, author=actor.name, foot=f"{org} · {made}")


def _page(
    kind: RecordType, columns: Sequence[ExportColumn], values: Sequence[Value], language: str, label: str
) -> RecordPage:
    told = {column.slug: value for column, value in zip(columns, values, strict=True)}
    fields = {each.slug: each for each in kind.fields}
    headers = {column.slug: column.header for column in columns}

    def name(slug: str) -> str:
        return headers[slug] if language == "zh" else fields[slug].en

    facts = [(name(slug), _text(told[slug])) for slug in _FACTS if slug in told and _text(told[slug])]
    parts: dict[str, list[Row]] = {}
    for slug in (column.slug for column in columns):
        field = fields[slug]
        # What only the system fills in says itself under the title; what the form gives stands in its group.
        if slug not in _FACTS and slug != "name" and (field.stored or not field.read_only):
            parts.setdefault(field.group, []).append(_row(field, name(slug), told[slug]))
    titles = _titles(kind, language)
    sections = [
        PageSection(_number(at, language), titles.get(group, titles[""]), rows)
        for at, (group, rows) in enumerate(parts.items())
    ]
    return RecordPage(_text(told.get("name")) or label, label, facts, sections)


def _number(at: int, language: str) -> str:
    return f"{_NUMBERS[at]}、" if language == "zh" and at < len(_NUMBERS) else f"{at + 1}. "


def _titles(kind: RecordType, language: str) -> Mapping[str, str]:
    return {**_GROUPS[language], **{each["key"]: each[language] for each in kind.groups}}


def _row(field: Field, label: str, value: Value) -> Row:
    text = _text(value)
    if text and isinstance(value, int | float) and field.like in ("number", "percent"):
        text += str(field.settings.get("unit", "")) if field.like == "number" else "%"
    lines: list[Any] = [text] if text else []
    return Row(label, lines, field.type in ("longtext", "rich") or len(text) > _SHORT)


def _text(value: Value) -> str:
    if isinstance(value, RichCell):
        return value.text
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
