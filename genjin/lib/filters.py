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

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import orjson

from genjin.lib.errors import Invalid, Refusal
from genjin.lib.periods import Day, Period, Relative, bounds, day_bounds, read_period, read_relative

DEEPEST = 5
MOST_COMPARISONS = 50
LONGEST_LIST = 200
LONGEST_TEXT = 200
LARGEST_NUMBER = 10**15
LARGEST_ID = 2**63 - 1


class Kind(StrEnum):
    """What a field holds, as far as filters care. Money is an integer in the minor unit."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    DATETIME = "datetime"
    BOOLEAN = "boolean"
    OPTION = "option"
    OPTIONS = "options"
    REFERENCE = "reference"
    DEPARTMENT = "department"


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
    }.items()
}


@dataclass(frozen=True, slots=True)
class Me:
    """The value "me" of a reference: the member who asks."""


@dataclass(frozen=True, slots=True)
class MyDepartment:
    """The value "my_department" of a department: that of the member who asks."""


Scalar = str | Decimal | int | bool | Period | Me | MyDepartment
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
    found = _READERS[kind](raw)
    if found is None:
        zh, en = _EXPECTED[kind]
        raise FilterError(f"字段“{slug}”的值要是{zh}", f"The value for “{slug}” must be {en}", slug)
    return found


def _text(raw: Any) -> str | None:
    fine = isinstance(raw, str) and 0 < len(raw) <= LONGEST_TEXT
    return raw if fine and not any(mark == "\0" or "\ud800" <= mark <= "\udfff" for mark in raw) else None


def _number(raw: Any) -> Decimal | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return None
    if isinstance(raw, str) and not _PLAIN_NUMBER.fullmatch(raw):
        return None
    if not isinstance(raw, str) and not abs(raw) < LARGEST_NUMBER:  # NaN fails this too
        return None
    return Decimal(str(raw))


def _whole(raw: Any) -> int | None:
    fine = isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) < LARGEST_NUMBER
    return raw if fine else None


def _reference(raw: Any) -> int | Me | None:
    return Me() if raw == "me" else _id(raw)


def _department(raw: Any) -> int | MyDepartment | None:
    return MyDepartment() if raw == "my_department" else _id(raw)


def _id(raw: Any) -> int | None:
    if isinstance(raw, str) and _ID.fullmatch(raw):  # programs in JavaScript send long ids as text
        raw = int(raw)
    fine = isinstance(raw, int) and not isinstance(raw, bool) and 0 < raw <= LARGEST_ID
    return raw if fine else None


def _moment(raw: Any) -> Period | None:
    if isinstance(raw, dict):
        word = raw.get("relative")
        return read_relative(word) if isinstance(word, str) and len(raw) == 1 else None
    return read_period(raw) if isinstance(raw, str) else None


def _day(raw: Any) -> Day | Relative | None:
    found = _moment(raw)
    return found if isinstance(found, Day) or (isinstance(found, Relative) and found.unit != "hour") else None


_WITHOUT_VALUE = ("empty", "not_empty")
_PLAIN_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?", re.ASCII)
_ID = re.compile(r"[1-9]\d{0,18}", re.ASCII)
_READERS: Mapping[Kind, Callable[[Any], Scalar | None]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.MONEY: _whole,
    Kind.DATE: _day,
    Kind.DATETIME: _moment,
    Kind.BOOLEAN: lambda raw: raw if isinstance(raw, bool) else None,
    Kind.OPTION: _text,
    Kind.OPTIONS: _text,
    Kind.REFERENCE: _reference,
    Kind.DEPARTMENT: _department,
}
_EXPECTED: Mapping[Kind, tuple[str, str]] = {
    Kind.TEXT: (f"1到{LONGEST_TEXT}个字的文字", f"a text of 1 to {LONGEST_TEXT} characters"),
    Kind.NUMBER: ("数字", "a number"),
    Kind.MONEY: ("以分为单位的整数", "a whole number of the minor unit"),
    Kind.DATE: ("日期，比如 2026-03-09", "a date such as 2026-03-09"),
    Kind.DATETIME: ("日期或时间，比如 2026-03-09 14:30", "a date or time such as 2026-03-09 14:30"),
    Kind.BOOLEAN: ("true 或 false", "true or false"),
    Kind.OPTION: ("选项的编号", "the key of an option"),
    Kind.OPTIONS: ("选项的编号", "the key of an option"),
    Kind.REFERENCE: ("一条记录的编号，或 me", "the id of a record, or me"),
    Kind.DEPARTMENT: ("部门的编号，或 my_department", "the id of a department, or my_department"),
}


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
    return _OPERATIONS[test.op](actual, settled(test.value, me, ours))


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
