"""The filter expression as SQL conditions; agrees with `genjin.lib.filters.judge` (property test)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q

from genjin.lib.filters import And, Comparison, Expression, Kind, Not, Or, parse, prefix_of, settled, span
from genjin.schema.registry import Field, RecordType

_KINDS = {
    "text": Kind.TEXT,
    "longtext": Kind.TEXT,
    "richtext": Kind.TEXT,
    "phone": Kind.TEXT,
    "email": Kind.TEXT,
    "number": Kind.NUMBER,
    "rating": Kind.NUMBER,
    "money": Kind.MONEY,
    "date": Kind.DATE,
    "datetime": Kind.DATETIME,
    "bool": Kind.BOOLEAN,
    "option": Kind.OPTION,
    "tags": Kind.OPTIONS,
    "member": Kind.REFERENCE,
    "department": Kind.DEPARTMENT,
    "contact": Kind.REFERENCE,
    "customer": Kind.REFERENCE,
    "percent": Kind.NUMBER,
    "url": Kind.TEXT,
    "lunar_date": Kind.TEXT,
    "options": Kind.OPTIONS,
    "address": Kind.REGION,
    "serial": Kind.TEXT,
    "rich": Kind.TEXT,
    "link": Kind.LINK,
    "attachment": Kind.FILES,
    "picture": Kind.FILES,
}
#: Of a team's own fields alone.
_STORED_KINDS = {"money_range": Kind.RANGE}
_TEXTS = {Kind.TEXT, Kind.OPTION}


def filterable(kind: RecordType, hidden: Mapping[str, str] | None = None) -> dict[str, Kind]:
    """Slug → kind of every field one may filter by; a field hidden or masked for the actor is not there."""
    barred = {slug for slug, mark in (hidden or {}).items() if mark in ("hidden", "masked")}
    found = ((each.slug, _kind_of(each)) for each in kind.fields if each.filter and each.slug not in barred)
    return {slug: each for slug, each in found if each is not None}


def _kind_of(field: Field) -> Kind | None:
    return (_STORED_KINDS.get(field.type) if field.stored else None) or _KINDS.get(field.like)


def parse_filter(raw: Any, kind: RecordType, hidden: Mapping[str, str] | None = None) -> Expression:
    """Decoded JSON → expression over the record type's fields; raises `FilterError`."""
    return parse(raw, filterable(kind, hidden))


def to_q(expression: Expression, kind: RecordType, *, now: datetime, me: int | None, ours: int | None = None) -> Q:
    """Conditions on the record type's columns. `now` carries the organisation's zone; `me` and `ours` are the ids
    of the member who asks and of his department."""
    match expression:
        case And(parts):
            condition = Q()
            for part in parts:
                condition &= to_q(part, kind, now=now, me=me, ours=ours)
            return condition
        case Or(parts):
            either = Q(pk__in=[])
            for part in parts:
                either |= to_q(part, kind, now=now, me=me, ours=ours)
            return either
        case Not(part):
            return _certain_not(to_q(part, kind, now=now, me=me, ours=ours))
        case Comparison():
            return _comparison(expression, kind, now, me, ours)


def _certain_not(condition: Q) -> Q:
    return ~condition


def _comparison(test: Comparison, kind: RecordType, now: datetime, me: int | None, ours: int | None) -> Q:
    field = kind.by_slug[test.field]
    column = field.path
    if test.op in ("ne", "not_in"):
        positive = Comparison(test.field, test.kind, "eq" if test.op == "ne" else "in", test.value)
        return ~_comparison(positive, kind, now, me, ours)
    if test.op in ("empty", "not_empty"):
        blank = Q(**{f"{column}__isnull": True}) if field.stored else _blank(column, test.kind)
        return blank if test.op == "empty" else ~blank
    present = Q(**{f"{column}__isnull": False})
    if test.kind in (Kind.DATE, Kind.DATETIME):
        return present & _in_time(column, test, now, bool(field.stored))
    if test.kind is Kind.RANGE:
        return present & _in_range(field, test)
    if test.kind is Kind.REGION and test.op == "in":
        return present & _in_regions(column, test)
    return present & _value(column, test, me, ours, bool(field.stored))


def _blank(column: str, kind: Kind) -> Q:
    if kind is Kind.OPTIONS:
        return Q(**{column: []})
    missing = Q(**{f"{column}__isnull": True})
    return missing | Q(**{column: ""}) if kind in _TEXTS else missing


def _in_time(column: str, test: Comparison, now: datetime, stored: bool) -> Q:
    low, high = (_as_stored(each) for each in span(test, now)) if stored else span(test, now)
    match test.op:
        case "lt":
            return Q(**{f"{column}__lt": low})
        case "lte":
            return Q(**{f"{column}__lt": high})
        case "gt":
            return Q(**{f"{column}__gte": high})
        case "gte":
            return Q(**{f"{column}__gte": low})
        case _:
            return Q(**{f"{column}__gte": low, f"{column}__lt": high})


def _in_range(field: Field, test: Comparison) -> Q:
    low, high = field.ends
    values = settled(test.value, None, None)
    if test.op == "between":
        return Q(**{f"{high}__gte": values[0], f"{low}__lte": values[1]})
    return Q(**{f"{low if test.op in ('lt', 'lte') else high}__{test.op}": values[0]})


def _in_regions(column: str, test: Comparison) -> Q:
    either = Q(pk__in=[])
    for each in settled(test.value, None, None):
        either |= Q(**{f"{column}__startswith": prefix_of(each)})
    return either


def _as_stored(value: Any) -> Any:
    """A value of the filter as `extra` keeps it: numbers of JSON, days and times as texts that sort like them."""
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, datetime):
        whole = value.replace(microsecond=0)
        at = (whole if whole == value else whole + timedelta(seconds=1)).astimezone(UTC)
        return f"{at:%Y-%m-%dT%H:%M:%SZ}"
    return value.isoformat() if isinstance(value, date) else value


_LOOKUPS = {
    "contains": "icontains",
    "starts": "istartswith",
    "lt": "lt",
    "lte": "lte",
    "gt": "gt",
    "gte": "gte",
}


def _value(column: str, test: Comparison, me: int | None, ours: int | None, stored: bool) -> Q:
    values = settled(test.value, me, ours)
    if stored:
        values = tuple(_as_stored(each) for each in values)
    match test.op:
        case "eq":
            return Q(**{column: values[0]}) if values[0] is not None else Q(pk__in=[])
        case "in":
            return Q(**{f"{column}__in": [each for each in values if each is not None]})
        case "between":
            return Q(**{f"{column}__gte": values[0], f"{column}__lte": values[1]})
        case "has" if stored:
            return Q(**{f"{column}__has": values[0]})
        case "has":
            return Q(**{f"{column}__icontains": f'"{values[0]}"'})
        case _:
            return Q(**{f"{column}__{_LOOKUPS[test.op]}": values[0]})
