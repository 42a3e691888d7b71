"""Values from outside, checked against the field list: one place for form, API and import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models

from genjin.lib import blocks
from genjin.lib.errors import Invalid, Problem
from genjin.schema.clean_own import no_day, own_value
from genjin.schema.queries import Options
from genjin.schema.registry import Field, RecordType

MOST_LONG_TEXT = 20_000
MOST_MONEY = 10**15


def clean(kind: RecordType, values: Mapping[str, Any], options: Options) -> dict[str, Any]:
    """Column → value for every slug in `values`.

    A rich text is its plain text under the slug, its tree under `<slug>_blocks`, or both when they say the
    same; plain text alone has no marks. Raises `Invalid` naming each unknown slug, read-only field, wrong type,
    unknown or retired option. Blank values become the column's empty value.
    """
    cleaned: dict[str, Any] = {}
    problems: list[Problem] = []
    for slug, value in _with_trees(kind, values).items():
        field = kind.by_slug.get(slug)
        if field is None or field.read_only or field.part:
            problems.append(
                Problem(slug, "unknown", f"“{slug}”不是可以填写的字段", f"“{slug}” is not a field to fill in")
            )
            continue
        found = _one(kind, field, value, options)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            cleaned.update(found)
    if problems:
        raise Invalid(problems[0].zh, problems[0].en, field=problems[0].field, problems=tuple(problems))
    return cleaned


def _one(kind: RecordType, field: Field, value: Any, options: Options) -> dict[str, Any] | Problem:
    if value is None or value == "" or value == []:
        if field.required:
            return Problem(field.slug, "missing", f"{field.zh}没有填", f"{field.en} is missing")
        return {column: None if field.stored else _empty(kind, column) for column in _columns(field)}
    if field.stored:
        found = own_value(field, value, options, kind.org_id)
        if found is None and field.required:
            return Problem(field.slug, "missing", f"{field.zh}没有填", f"{field.en} is missing")
        return found if isinstance(found, Problem) else {field.slug: found}
    cleaner = _CLEANERS.get(field.type, _text)
    return cleaner(kind, field, value, options)


def _with_trees(kind: RecordType, values: Mapping[str, Any]) -> dict[str, Any]:
    """Text and tree of each rich field as one value."""
    whole = dict(values)
    for field in kind.fields:
        if field.type == "richtext" and field.blocks in whole:
            tree = whole.pop(field.blocks)
            whole[field.slug] = _Rich(whole.get(field.slug), tree) if tree else whole.get(field.slug, "")
    return whole


@dataclass(frozen=True, slots=True)
class _Rich:
    text: Any
    tree: Any


def _columns(field: Field) -> list[str]:
    return [field.db, field.blocks] if field.type == "richtext" else list(field.columns)


def asked(kind: RecordType, marks: Mapping[str, str]) -> dict[str, Any]:
    """What a new row says where nobody says anything: the default of an own field, else a blank for each field that
    must be filled in, so that `clean` names it. Fields that the actor may not write are not asked of him."""
    found: dict[str, Any] = {}
    for field in kind.fields:
        if field.slug in marks or field.read_only or field.part:
            continue
        if field.settings.get("default") is not None:
            found[field.slug] = field.settings["default"]
        elif field.required:
            found[field.slug] = ""
    return found


def _empty(kind: RecordType, column: str) -> Any:
    attribute = kind.model._meta.get_field(column)
    if isinstance(attribute, models.Field) and attribute.null:
        return None
    return [] if isinstance(attribute, models.JSONField) else ""


def _wrong(field: Field, zh: str, en: str) -> Problem:
    return Problem(field.slug, "type", f"{field.zh}{zh}", f"{field.en} {en}")


def _text(kind: RecordType, field: Field, value: Any, options: Options) -> dict[str, Any] | Problem:
    if not isinstance(value, str):
        return _wrong(field, "要填文字", "must be text")
    text = value.strip()
    if field.required and not text:
        return Problem(field.slug, "missing", f"{field.zh}没有填", f"{field.en} is missing")
    attribute = kind.model._meta.get_field(field.db)
    most = getattr(attribute, "max_length", None) or MOST_LONG_TEXT
    if len(text) > most:
        return _wrong(field, f"太长，最多 {most} 个字", f"is too long; at most {most} characters")
    if "\x00" in text:
        return _wrong(field, "里有无法保存的字符", "holds characters that cannot be saved")
    return {field.db: text}


def _richtext(kind: RecordType, field: Field, value: Any, options: Options) -> dict[str, Any] | Problem:
    """Plain text in its column, the tree beside it; a tree that marks nothing is not kept."""
    if not isinstance(value, _Rich):
        text = _text(kind, field, value, options)
        return text if isinstance(text, Problem) else {**text, field.blocks: []}
    try:
        tree = blocks.validate(value.tree)
    except blocks.BlocksError as wrong:
        return Problem(field.blocks, "blocks", f"{field.zh}{wrong.zh}", f"{field.en} {wrong.en}")
    text = _text(kind, field, blocks.plain(tree), options)
    if isinstance(text, Problem):
        return text
    said = value.text.strip().replace("\r\n", "\n") if isinstance(value.text, str) else ""
    if said and said != text[field.db]:
        return Problem(
            field.blocks,
            "differs",
            f"{field.zh}的文字和带格式的内容不一样；只传其中一个",
            f"The text of {field.en} differs from its formatted content; send one of them",
        )
    return {**text, field.blocks: [] if blocks.bare(tree) else tree}


def _option(kind: RecordType, field: Field, value: Any, options: Options) -> dict[str, Any] | Problem:
    choices = options.get(field.options or "", {})
    if not isinstance(value, str) or value not in choices:
        return _wrong(field, "不在选项里", "is not one of the options")
    return {field.db: value}


def _tags(kind: RecordType, field: Field, value: Any, options: Options) -> dict[str, Any] | Problem:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return _wrong(field, "要填一组文字", "must be a list of texts")
    tags = list(dict.fromkeys(each.strip() for each in value if each.strip()))
    if len(tags) > 50 or any(len(each) > 40 or "\x00" in each for each in tags):
        return _wrong(field, "最多 50 个，每个 40 字以内", "allows 50 entries of 40 characters")
    return {field.db: tags}


def _integer(kind: RecordType, field: Field, value: Any, options: Options) -> dict[str, Any] | Problem:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > MOST_MONEY:
        return _wrong(field, "要填整数", "must be a whole number")
    if field.type == "money" and value < 0:
        return _wrong(field, "不能是负数", "cannot be negative")
    return {field.db: value}


def _money_range(kind: RecordType, field: Field, value: Any, options: Options) -> dict[str, Any] | Problem:
    """{"low": minor units, "high": minor units}, either may be null (R-050)."""
    if not isinstance(value, dict) or set(value) - {"low", "high"}:
        return _wrong(field, "要填上下限", "must hold low and high")
    low, high = value.get("low"), value.get("high")
    for each in (low, high):
        if each is not None and (isinstance(each, bool) or not isinstance(each, int) or not 0 <= each <= MOST_MONEY):
            return _wrong(field, "要填金额，单位是分", "must be amounts in minor units")
    if low is not None and high is not None and low > high:
        return _wrong(field, "的下限比上限大", "has a lower bound above the upper one")
    return {f"{field.db}_low": low, f"{field.db}_high": high}


def _date(kind: RecordType, field: Field, value: Any, options: Options) -> dict[str, Any] | Problem:
    try:
        day = value if isinstance(value, date) else date.fromisoformat(value)
    except (TypeError, ValueError):
        return _wrong(field, *no_day(value))
    if not 1900 <= day.year <= 2200:
        return _wrong(field, "的年份不对", "has an impossible year")
    return {field.db: day.date() if isinstance(day, datetime) else day}


def _boolean(kind: RecordType, field: Field, value: Any, options: Options) -> dict[str, Any] | Problem:
    return {field.db: value} if isinstance(value, bool) else _wrong(field, "要填是或否", "must be yes or no")


def _link(kind: RecordType, field: Field, value: Any, options: Options) -> dict[str, Any] | Problem:
    if isinstance(value, bool) or not isinstance(value, int):
        return _wrong(field, "要填编号", "must be an id")
    return {field.db: value}


_CLEANERS = {
    "richtext": _richtext,
    "option": _option,
    "tags": _tags,
    "number": _integer,
    "money": _integer,
    "money_range": _money_range,
    "date": _date,
    "bool": _boolean,
    "contact": _link,
    "customer": _link,
    "member": _link,
}
