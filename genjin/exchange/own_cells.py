"""A team's own fields in cells of a sheet, as an export writes them and an import reads them back (R-213, R-215)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from genjin.access.actor import Actor
from genjin.access.fields import mark_of
from genjin.access.links import ids_named
from genjin.access.lookups import Looked, looked_up
from genjin.access.own import names_in, own_fields
from genjin.exchange.entries import Entry
from genjin.exchange.export_cells import RichCell, Value, moment_text, money, money_range
from genjin.lib.amounts import AmountError, read_amount
from genjin.lib.blocks import to_runs
from genjin.lib.dates import half_width, read_datetime, read_day
from genjin.lib.errors import Problem
from genjin.lib.regions import address_text, read_address
from genjin.quality.standard import option_key
from genjin.schema.clean_own import own_value
from genjin.schema.own_words import UNSEEN
from genjin.schema.queries import Options, label, options_of
from genjin.schema.registry import Field, RecordType
from genjin.schema.shapes import shaped

if TYPE_CHECKING:
    from genjin.exchange.columns_of import Terms

#: A text of a sheet and the unit that its heading states (万).
Told = tuple[str, str]
_YES = frozenset({"是", "有", "对", "yes", "y", "true", "√", "✓", "1"})
_NO = frozenset({"否", "无", "没有", "不", "no", "n", "false", "×", "✗", "0"})
_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)\s*[%分星]?")


def make_ready(actor: Actor, kind: str, rows: Sequence[Any]) -> None:
    """Lay beside rows what their own fields point to and look up, before `own_reader` reads them: a statement for each
    kind of target, however many rows."""
    fields = own_fields(actor, kind)
    extras = [row.extra for row in rows]
    owners = [getattr(row, "customer_id", None) for row in rows]
    lookups = [each for each in fields if not each.kept]
    looked = looked_up(actor, kind, lookups, extras, owners) if lookups else [{} for _ in rows]
    shown = [each for row in looked for each in row.values() if each is not None]
    names = names_in(
        actor,
        [*fields, *(each.field for each in shown)],
        [*extras, *({each.field.slug: each.value} for each in shown)],
    )
    for row, found in zip(rows, looked, strict=True):
        row.looked, row.pointed = found, names


def own_reader(actor: Actor, field: Field, options: Options) -> Callable[[Any], Value]:
    """How the cell of an own field is read from a row that `make_ready` has seen."""

    def written(row: Any) -> Value:
        found = row.looked.get(field.slug) if not field.kept else Looked(field, row.extra.get(field.slug))
        if found is None or found.value is None:
            return ""
        return _cell(actor, found.field, found.value, options, row.pointed.get(found.field.pointed, {}))

    return written


def _cell(actor: Actor, field: Field, value: Any, options: Options, names: Mapping[int, str]) -> Value:
    match field.like:
        case "member" | "department" | "link":
            return names.get(value, UNSEEN[0] if field.type == "link" else "")
        case "attachment" | "picture":
            return "、".join(names.get(each, "") for each in value)
        case "option":
            return label(options, field.options or "", value)
        case "options":
            return "、".join(label(options, field.options or "", each) for each in value)
        case "tags":
            return "、".join(value)
        case "bool":
            return "是" if value else "否"
        case "money":
            return money(value)
        case "money_range":
            return money_range(value["low"], value["high"])
        case "address":
            return address_text(value)
        case "rich":
            return RichCell(value["text"], tuple(to_runs(value["blocks"]))) if value["blocks"] else value["text"]
        case "datetime":
            return moment_text(datetime.fromisoformat(value), actor.zone)
        case _:
            return value if isinstance(value, int | float) else str(value)


def own_values(kind: str, told: Mapping[str, Told], terms: Terms) -> tuple[dict[str, Any], dict[str, str]]:
    """Key → value of the cells that fit their own field, and by label what does not, to be kept as a note."""
    fields = shaped(terms.actor, kind).by_slug
    values: dict[str, Any] = {}
    rest: dict[str, str] = {}
    for key, (text, unit) in told.items():
        field = fields.get(key)
        if field is None:
            continue
        closed = field.read_only or mark_of(terms.actor, f"{kind}.{key}")
        value = None if closed else cell_value(field, text, unit, terms)
        if value is None:
            rest[field.zh] = text
        else:
            values[key] = value
    return values, rest


def as_notes(kind: str, told: Mapping[str, Told], terms: Terms) -> dict[str, str]:
    """By label, what was said of a row that the line does not make: nothing of the sheet is lost."""
    fields = shaped(terms.actor, kind).by_slug
    return {fields[key].zh: text for key, (text, _) in told.items() if key in fields}


def linked_in(actor: Actor, kinds: Iterable[RecordType], entries: Sequence[Entry]) -> dict[str, dict[str, int]]:
    """What the cells of links name, for `Terms.linked`: one statement for each record type that is linked to, however
    many cells there are."""
    wanted: dict[str, set[str]] = {}
    for kind in kinds:
        for each in (one for one in kind.own if one.type == "link"):
            texts = {text for entry in entries if (text := entry.text(f"{kind.slug}.{each.slug}"))}
            wanted.setdefault(each.settings["to"], set()).update(texts)
    return {to: ids_named(actor, to, texts) for to, texts in wanted.items() if texts}


def cell_value(field: Field, text: str, unit: str, terms: Terms) -> Any:
    """What is kept of a cell of an own field; None when it is no value of the field."""
    raw = _raw(field, text, unit, terms)
    if raw is None or field.pointed:
        return raw
    options = options_of(terms.actor.org_id, terms.actor.config_version)
    found = own_value(field, raw, options, terms.actor.org_id)
    return None if isinstance(found, Problem) else found


def _raw(field: Field, text: str, unit: str, terms: Terms) -> Any:
    match field.type:
        case "attachment" | "picture":
            return None
        case "option":
            return terms.keys.get(field.options or "", {}).get(option_key(text))
        case "options":
            keys = [terms.keys.get(field.options or "", {}).get(option_key(each)) for each in _parts(text)]
            return keys if keys and None not in keys else None
        case "tags":
            return _parts(text)
        case "bool":
            word = text.lower()
            return True if word in _YES else False if word in _NO else None
        case "number" | "percent" | "rating":
            found = _NUMBER.fullmatch(half_width(text))
            return None if found is None else float(found[1]) if "." in found[1] else int(found[1])
        case "money" | "money_range":
            return _amount(field, text, unit)
        case "date":
            day = read_day(text)
            return day.isoformat() if day else None
        case "datetime":
            return _moment(text, terms)
        case "address":
            return read_address(text)
        case "member":
            member = terms.members.get(text)
            return member.id if member else None
        case "department":
            return terms.departments.get(text)
        case "link":
            return terms.linked.get(field.settings["to"], {}).get(text)
        case _:
            return text


def _parts(text: str) -> list[str]:
    return [part for each in re.split(r"[、,;\n]", half_width(text)) if (part := each.strip())]


def _amount(field: Field, text: str, unit: str) -> Any:
    try:
        low, high = read_amount(text, unit=unit)
    except AmountError:
        return None
    if field.type == "money_range":
        return {"low": low, "high": high} if low is not None or high is not None else None
    return low if low == high else None


def _moment(text: str, terms: Terms) -> str | None:
    found = read_datetime(text, now=terms.now.astimezone(terms.actor.zone).replace(tzinfo=None))
    if found.value is None or found.relative or found.ambiguous or found.assumed_year:
        return None
    return found.value.replace(tzinfo=terms.actor.zone).astimezone(UTC).isoformat()
