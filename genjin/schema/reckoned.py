"""Formulas of a team's own fields: worked out whenever a row is written, and kept like any other value (R-213).

So lists filter, sort and export them like what is filled in, and an index serves them. They ask only for what people
fill in: what the code moves by itself (last contact, next step) would leave them stale.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from genjin.lib.formulas import Formula, FormulaError, Type, read, work_out
from genjin.lib.formulas.reading import names_in
from genjin.schema.own_types import LARGEST, MOST_DIGITS

if TYPE_CHECKING:
    from genjin.schema.registry import Field, RecordType

_TYPES: Mapping[str, Type] = {
    "number": Type.NUMBER, "percent": Type.NUMBER, "rating": Type.NUMBER, "money": Type.MONEY, "date": Type.DATE,
    "text": Type.TEXT, "longtext": Type.TEXT, "phone": Type.TEXT, "email": Type.TEXT, "url": Type.TEXT,
    "serial": Type.TEXT, "option": Type.TEXT, "bool": Type.BOOL,
}  # fmt: skip
_MINOR = 100
_YEARS = range(1900, 2201)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A field and its formula. `needs`: the fields that it asks for; `labels`: those of its choices, by field."""

    field: Field
    formula: Formula
    needs: tuple[Field, ...]
    labels: Mapping[str, Mapping[str, str]]


def usable(field: Field) -> Type | None:
    """As what formulas take a field; None for one they cannot."""
    if field.part or (field.read_only and not field.stored):
        return None
    return _TYPES.get(field.like)


def plan_of(fields: Iterable[Field], lists: Mapping[str, Mapping[str, str]]) -> tuple[Reckoned, ...]:
    """The formulas of a form, each behind those it needs; what is broken is left out and stays as it was. A choice is
    the label that it has in `lists`."""
    known = {each.slug: each for each in fields}
    found: dict[str, Reckoned] = {}

    def visit(slug: str, above: tuple[str, ...]) -> bool:
        field = known.get(slug)
        if field is None or usable(field) is None or slug in above:
            return False
        if field.type != "formula" or slug in found:
            return True
        try:
            formula = read(str(field.settings.get("formula", "")))
        except FormulaError:
            return False
        names = list(dict.fromkeys(names_in(formula)))
        if not all(visit(each, (*above, slug)) for each in names):
            return False
        needs = tuple(known[each] for each in names)
        labels = {each.slug: lists.get(each.options or "", {}) for each in needs if each.type == "option"}
        found[slug] = Reckoned(field, formula, needs, labels)
        return True

    for each in known.values():
        if each.type == "formula":
            visit(each.slug, ())
    return tuple(found.values())


def with_reckoned(kind: RecordType | None, row: Any, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The columns of a change, and the formulas that it moves."""
    if kind is None or not kind.formulas:
        return values
    given = {each.field.slug for each in kind.formulas}
    asked = {each.db for one in kind.formulas for each in one.needs}
    if not asked & (values.keys() - given):
        return {name: value for name, value in values.items() if name not in given}
    return {**values, **reckoned(kind, row, values)}


def reckoned(kind: RecordType, row: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """Key → value of every formula of a row, as its columns would be with `values`."""
    found: dict[str, Any] = {}
    for each in kind.formulas:
        taken = {}
        for field in each.needs:
            column = field.db
            held = found if column in found else values
            kept = held[column] if column in held else getattr(row, column)
            if field.slug in each.labels and isinstance(kept, str):
                kept = each.labels[field.slug].get(kept, kept)
            taken[field.slug] = _value(field, kept)
        found[each.field.slug] = _kept(each.field, work_out(each.formula, taken))
    return found


def _value(field: Field, kept: Any) -> Any:
    """A value as it is kept → as formulas take it; what an older type of the field has left counts as blank."""
    kind = usable(field)
    if kept is None or kept == "":
        return None
    if kind in (Type.NUMBER, Type.MONEY):
        if isinstance(kept, bool) or not isinstance(kept, int | float | Decimal):
            return None
        number = Decimal(str(kept))
        return number / _MINOR if kind is Type.MONEY else number
    if kind is Type.DATE:
        try:
            return kept if isinstance(kept, date) else date.fromisoformat(kept)
        except (TypeError, ValueError):
            return None
    wanted = bool if kind is Type.BOOL else str
    return kept if isinstance(kept, wanted) else None


def _kept(field: Field, value: Any) -> Any:
    """What a formula gives, as `extra` keeps it; blank where no field could hold it."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, date):
        return value.isoformat() if value.year in _YEARS else None
    if isinstance(value, str):
        return value if value.strip() and "\x00" not in value else None
    if abs(value) >= LARGEST:
        return None
    if field.like == "money":
        return int((value * _MINOR).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    digits = MOST_DIGITS - max(value.adjusted() + 1, 1)
    places = min(int(field.settings.get("precision", 6)), max(digits, 0))
    number = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return int(number) if number == int(number) else float(number)
