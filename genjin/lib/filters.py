"""The one filter expression: JSON from saved views, the API, automations and metrics, parsed and judged.

    {"and": [{"field": "stage", "op": "in", "value": ["a", "b"]},
             {"not": {"field": "last_contact_at", "op": "gte", "value": {"relative": "-7d"}}}]}

`parse` admits only fields of an allow-list and the operators their kind knows; the nodes it returns are
plain data, judged in memory here and compiled to SQL elsewhere. Both must agree on four points: a comparison
with a missing value (nothing, empty text, empty list) is false; `ne` and `not_in` are the exact negations of
`eq` and `in`, so they hold for missing values; a date means its whole day (a week its whole week) in the zone
of `now`; only `contains` and `starts` ignore case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson

from genjin.lib.errors import Invalid, Refusal
from genjin.lib.filter_values import EXPECTED, READERS, Scalar
from genjin.lib.filter_values import Kind as Kind
from genjin.lib.filter_values import Me as Me
from genjin.lib.filter_values import MyDepartment as MyDepartment
from genjin.lib.periods import bounds, day_bounds

DEEPEST = 5
MOST_COMPARISONS = 50
LONGEST_LIST = 200


_SAME = frozenset({"eq", "ne"})
_ONE_OF = _SAME | {"in", "not_in"}
_ORDER = frozenset({"lt", "lte", "gt", "gte", "between"})
OPERATORS: Mapping[Kind, frozenset[str]] = {
    kind: allowed | {"empty", "not_empty"}
    for kind, allowed in {
        Kind.TEXT: _ONE_OF | {"contains", "starts"},
        Kind.NUMBER: _ONE_OF | _ORDER,
        Kind.MONEY: _ONE_OF | _ORDER,
        Kind.DATE: _SAME | _ORDER,
        Kind.DATETIME: _SAME | _ORDER,
        Kind.BOOLEAN: _SAME,
        Kind.OPTION: _ONE_OF,
        Kind.OPTIONS: frozenset({"has"}),
        Kind.REFERENCE: _ONE_OF,
        Kind.DEPARTMENT: _ONE_OF,
        Kind.RANGE: _ORDER,
        Kind.REGION: frozenset({"in", "not_in", "contains"}),
        Kind.LINK: _ONE_OF,
        Kind.FILES: frozenset(),
    }.items()
}


Value = Scalar | tuple[Scalar, ...] | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field against one value: a tuple for `in`, `not_in`, `between`; None for `empty`, `not_empty`."""

    field: str
    kind: Kind
    op: str
    value: Value


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold; without parts it holds for every row."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Expression


Expression = And | Or | Not | Comparison
EVERYTHING = And(())


@dataclass(eq=False)
class FilterError(Refusal):
    """A filter that is refused; nothing of it was run."""

    code: str = "invalid_filter"


def decoded(text: str | None) -> Any:
    """The `filter` parameter of a request as JSON; raises `Invalid` when it is none."""
    if not text:
        return None
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise Invalid("筛选条件不是合法的 JSON", "The filter is not valid JSON", field="filter") from None


def parse(raw: Any, fields: Mapping[str, Kind]) -> Expression:
    """Turn decoded JSON into an expression over `fields` (slug → kind).

    None, {} and {"and": []} admit every row. Raises FilterError for anything off the allow-list: unknown
    field, operator or key, wrong type, nesting deeper than 5, more than 50 comparisons.
    """
    if raw is None or raw == {} or raw == {"and": []}:
        return EVERYTHING
    return _Reader(fields).node(raw, depth=1)


def comparisons(expression: Expression) -> Iterator[Comparison]:
    """Every comparison in the expression, for instance to check rights to its fields."""
    match expression:
        case Comparison():
            yield expression
        case Not(part):
            yield from comparisons(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from comparisons(part)


def judge(
    expression: Expression, row: Mapping[str, Any], now: datetime, me: int | None = None, ours: int | None = None
) -> bool:
    """Whether `row` (slug → value) passes; `now` is in the organisation's zone, `me` and `ours` are the ids of
    the member who asks and of his department."""
    match expression:
        case And(parts):
            return all(judge(part, row, now, me, ours) for part in parts)
        case Or(parts):
            return any(judge(part, row, now, me, ours) for part in parts)
        case Not(part):
            return not judge(part, row, now, me, ours)
        case Comparison(slug):
            return _holds(expression, row.get(slug), now, me, ours)


def settled(value: Value, me: int | None, ours: int | None) -> tuple[Any, ...]:
    """The values of a comparison with "me" and "my_department" filled in."""
    each = value if isinstance(value, tuple) else (value,)
    return tuple(me if isinstance(one, Me) else ours if isinstance(one, MyDepartment) else one for one in each)


@dataclass
class _Reader:
    """Reads one filter and counts its comparisons."""

    fields: Mapping[str, Kind]
    count: int = 0

    def node(self, raw: Any, depth: int) -> Expression:
        if depth > DEEPEST:
            raise FilterError(f"筛选条件最多嵌套{DEEPEST}层", f"A filter may nest {DEEPEST} levels deep")
        if isinstance(raw, dict) and "field" in raw:
            return self.comparison(raw)
        if isinstance(raw, dict) and len(raw) == 1:
            (word, inner), *_ = raw.items()
            if word == "not":
                return Not(self.node(inner, depth + 1))
            if word in ("and", "or") and isinstance(inner, list) and inner:
                parts = tuple(self.node(part, depth + 1) for part in inner)
                return And(parts) if word == "and" else Or(parts)
        raise FilterError(
            "筛选条件只能是 and、or、not，或者 field、op、value",
            "A filter is one of and, or, not, or has field, op and value",
        )

    def comparison(self, raw: dict[str, Any]) -> Comparison:
        self.count += 1
        if self.count > MOST_COMPARISONS:
            most = MOST_COMPARISONS
            raise FilterError(f"筛选条件最多{most}条", f"A filter has at most {most} conditions")
        slug, op = raw["field"], raw.get("op")
        if not isinstance(slug, str) or "__" in slug or slug not in self.fields:
            name = _short(slug)
            raise FilterError(f"没有“{name}”这个可筛选的字段", f"No field “{name}” to filter by", name)
        kind = self.fields[slug]
        if not isinstance(op, str) or op not in OPERATORS[kind]:
            name = _short(op)
            raise FilterError(
                f"字段“{slug}”不能用“{name}”来筛选", f"Field “{slug}” cannot be filtered by “{name}”", slug
            )
        expected = {"field", "op"} if op in _WITHOUT_VALUE else {"field", "op", "value"}
        if set(raw) - {"value"} != {"field", "op"} or ("value" in expected) != (raw.get("value") is not None):
            names = "、".join(sorted(expected))
            raise FilterError(f"字段“{slug}”的条件只写{names}", f"A condition on “{slug}” has only {names}", slug)
        return Comparison(slug, kind, op, _value(kind, op, raw.get("value"), slug))


def _value(kind: Kind, op: str, raw: Any, slug: str) -> Value:
    if op in _WITHOUT_VALUE:
        return None
    if op not in ("in", "not_in", "between"):
        return _scalar(kind, raw, slug)
    if not isinstance(raw, list) or not 1 <= len(raw) <= LONGEST_LIST or (op == "between" and len(raw) != 2):
        zh, en = ("两个值", "two values") if op == "between" else (f"1到{LONGEST_LIST}个值", "a list of values")
        raise FilterError(f"字段“{slug}”的“{op}”要{zh}", f"“{op}” on “{slug}” takes {en}", slug)
    return tuple(_scalar(kind, each, slug) for each in raw)


def _scalar(kind: Kind, raw: Any, slug: str) -> Scalar:
    found = READERS[kind](raw)
    if found is None:
        zh, en = EXPECTED[kind]
        raise FilterError(f"字段“{slug}”的值要是{zh}", f"The value for “{slug}” must be {en}", slug)
    return found


_WITHOUT_VALUE = ("empty", "not_empty")


def _short(raw: Any) -> str:
    return str(raw)[:40] if isinstance(raw, str) else type(raw).__name__


def _holds(test: Comparison, actual: Any, now: datetime, me: int | None, ours: int | None) -> bool:
    """One comparison against one value of a row."""
    missing = actual is None or actual == "" or actual == () or actual == []
    if test.op in _NEGATED:
        return not _holds(replace(test, op=_NEGATED[test.op]), actual, now, me, ours)
    if test.op == "empty" or missing:
        return test.op == "empty" and missing
    if test.kind in (Kind.DATE, Kind.DATETIME):
        return _in_time(test, actual, now)
    if test.kind is Kind.RANGE:
        return _in_range(test, actual)
    if test.kind is Kind.REGION and test.op == "in":
        return any(actual.startswith(prefix_of(each)) for each in settled(test.value, me, ours))
    return _OPERATIONS[test.op](actual, settled(test.value, me, ours))


def prefix_of(region: Any) -> str:
    """What the path of an address in this region begins with."""
    return f"{str(region).rstrip('/')}/"


def _in_range(test: Comparison, actual: Mapping[str, Any]) -> bool:
    low, high = (actual.get(end) for end in ("low", "high"))
    low, high = high if low is None else low, low if high is None else high
    if test.op == "between":
        first, last = settled(test.value, None, None)
        return bool(high >= first and low <= last)
    return _OPERATIONS[test.op](low if test.op in ("lt", "lte") else high, settled(test.value, None, None))


def span(test: Comparison, now: datetime) -> tuple[Any, Any]:
    """The stretch a date comparison names: its first moment and the first one after it, in column type.

    Dates for a date field, aware times for a datetime field. eq and between: low <= x < high, lt: x < low,
    lte: x < high, gt: x >= high, gte: x >= low.
    """
    read: Callable[[Any, datetime], tuple[Any, Any]] = day_bounds if test.kind is Kind.DATE else bounds
    first, last = test.value if isinstance(test.value, tuple) else (test.value, test.value)
    return read(first, now)[0], read(last, now)[1]


def _in_time(test: Comparison, actual: Any, now: datetime) -> bool:
    low, high = span(test, now)
    match test.op:
        case "lt":
            return bool(actual < low)
        case "lte":
            return bool(actual < high)
        case "gt":
            return bool(actual >= high)
        case "gte":
            return bool(actual >= low)
        case _:  # eq and between
            return bool(low <= actual < high)


_NEGATED = {"ne": "eq", "not_in": "in", "not_empty": "empty"}
_OPERATIONS: Mapping[str, Callable[[Any, tuple[Any, ...]], bool]] = {
    "eq": lambda actual, wanted: actual in wanted,
    "in": lambda actual, wanted: actual in wanted,
    "has": lambda actual, wanted: wanted[0] in actual,
    "contains": lambda actual, wanted: wanted[0].casefold() in actual.casefold(),
    "starts": lambda actual, wanted: actual.casefold().startswith(wanted[0].casefold()),
    "lt": lambda actual, wanted: actual < wanted[0],
    "lte": lambda actual, wanted: actual <= wanted[0],
    "gt": lambda actual, wanted: actual > wanted[0],
    "gte": lambda actual, wanted: actual >= wanted[0],
    "between": lambda actual, wanted: wanted[0] <= actual <= wanted[1],
}
