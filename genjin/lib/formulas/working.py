"""A formula over the values of one record. What cannot be worked out (a blank, a division by zero) is blank."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, DecimalException
from typing import Any

from genjin.lib.formulas.reading import Call, Formula, Name, Number, Text

LONGEST_TEXT = 500
_LARGEST = Decimal(10) ** 18
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def work_out(formula: Formula, values: Mapping[str, Any]) -> Any:
    """What it gives: Decimal, text, date, bool, or None for blank. `values`: key → the same, None for blank."""
    match formula:
        case Number(value) | Text(value):
            return value
        case Name(key):
            return values.get(key)
        case Call("IF", (test, this, that)):
            return work_out(this if work_out(test, values) is True else that, values)
        case Call("IFBLANK", (this, that)):
            found = work_out(this, values)
            return work_out(that, values) if found is None else found
        case Call(word, parts):
            return _called(word, [work_out(each, values) for each in parts])


def _called(word: str, parts: Sequence[Any]) -> Any:
    if word in _WITH_BLANKS:
        return _WITH_BLANKS[word](parts)
    if any(each is None for each in parts):
        return False if word in _COMPARE else None
    if word in _COMPARE:
        return _COMPARE[word](*parts)
    try:
        return _sound(_OF[word](*parts))
    except (DecimalException, OverflowError, ZeroDivisionError):
        return None


def _sound(value: Any) -> Any:
    return None if isinstance(value, Decimal) and not abs(value) < _LARGEST else value


def _added(left: Any, right: Any) -> Any:
    return left + timedelta(days=int(right)) if isinstance(left, date) else left + right


def _minus(left: Any, right: Any = None) -> Any:
    if right is None:
        return -left
    if isinstance(left, date):
        return Decimal((left - right).days) if isinstance(right, date) else left - timedelta(days=int(right))
    return left - right


def _round(value: Decimal, places: Decimal = Decimal(0)) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-max(-6, min(6, int(places)))), rounding=ROUND_HALF_UP)


def written(value: Any) -> str:
    """A value inside a text: 12.5, 2026-03-09; nothing for a blank."""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _filled(parts: Sequence[Any]) -> list[Any]:
    return [each for each in parts if each is not None]


_OF: Mapping[str, Callable[..., Any]] = {
    "+": _added,
    "-": _minus,
    "*": operator.mul,
    "/": operator.truediv,
    "ROUND": _round,
    "DAYS": lambda later, earlier: Decimal((later - earlier).days),
}
_WITH_BLANKS: Mapping[str, Callable[[Sequence[Any]], Any]] = {
    "&": lambda parts: "".join(map(written, parts))[:LONGEST_TEXT] or None,
    "MIN": lambda parts: min(_filled(parts), default=None),
    "MAX": lambda parts: max(_filled(parts), default=None),
    "SUM": lambda parts: _sound(sum(_filled(parts), Decimal(0))) if _filled(parts) else None,
    "ISBLANK": lambda parts: parts[0] is None or parts[0] == "",
    "AND": lambda parts: all(each is True for each in parts),
    "OR": lambda parts: any(each is True for each in parts),
    "NOT": lambda parts: parts[0] is not True,
}
