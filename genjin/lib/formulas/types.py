"""What a formula gives, known before any record is looked at, so that it can be kept, sorted and filtered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from genjin.lib.formulas.reading import Call, Formula, FormulaError, Name, Number, Text


class Type(StrEnum):
    NUMBER = "number"
    MONEY = "money"
    TEXT = "text"
    DATE = "date"
    BOOL = "bool"


_FIGURES = (Type.NUMBER, Type.MONEY)
_CALLED = {Type.NUMBER: ("数字", "a number"), Type.MONEY: ("金额", "an amount"), Type.TEXT: ("文字", "a text"),
           Type.DATE: ("日期", "a day"), Type.BOOL: ("是非", "yes or no")}  # fmt: skip


def type_of(formula: Formula, names: Mapping[str, Type]) -> Type:
    """The type of what a formula gives; `FormulaError` where parts do not go together, or for a name that is not among
    `names`."""
    match formula:
        case Number():
            return Type.NUMBER
        case Text():
            return Type.TEXT
        case Name(key):
            if key not in names:
                raise FormulaError(f"没有“{key}”这个能算的字段", f"There is no field “{key}” to reckon with")
            return names[key]
        case Call(word, parts):
            return _OF[word](word, [type_of(each, names) for each in parts])


def _clash(word: str, parts: Sequence[Type]) -> FormulaError:
    zh, en = "和".join(_CALLED[each][0] for each in parts), " and ".join(_CALLED[each][1] for each in parts)
    hint_zh = "；接文字用 &" if word == "+" and Type.TEXT in parts else ""
    hint_en = "; texts are joined by &" if hint_zh else ""
    return FormulaError(f"{zh}不能用 {word}{hint_zh}", f"{word} does not take {en}{hint_en}")


def _figure(parts: Sequence[Type]) -> Type:
    return Type.MONEY if Type.MONEY in parts else Type.NUMBER


def _added(word: str, parts: Sequence[Type]) -> Type:
    if all(each in _FIGURES for each in parts):
        return _figure(parts)
    if len(parts) == 2 and parts[0] is Type.DATE:
        if parts[1] is Type.NUMBER:
            return Type.DATE
        if word == "-" and parts[1] is Type.DATE:
            return Type.NUMBER
    raise _clash(word, parts)


def _times(word: str, parts: Sequence[Type]) -> Type:
    if not all(each in _FIGURES for each in parts) or list(parts) == [Type.MONEY, Type.MONEY]:
        raise _clash(word, parts)
    return _figure(parts)


def _over(word: str, parts: Sequence[Type]) -> Type:
    if not all(each in _FIGURES for each in parts):
        raise _clash(word, parts)
    return parts[0] if parts[1] is Type.NUMBER else Type.NUMBER


def _joined(word: str, parts: Sequence[Type]) -> Type:
    if Type.BOOL in parts:
        raise _clash(word, parts)
    return Type.TEXT


def _compared(word: str, parts: Sequence[Type]) -> Type:
    alike = parts[0] is parts[1] or all(each in _FIGURES for each in parts)
    if not alike or (Type.BOOL in parts and word not in ("=", "<>")):
        raise _clash(word, parts)
    return Type.BOOL


def _one_kind(word: str, parts: Sequence[Type]) -> Type:
    if all(each in _FIGURES for each in parts):
        return _figure(parts)
    if len(set(parts)) > 1:
        raise _clash(word, parts)
    return parts[0]


def _least(word: str, parts: Sequence[Type]) -> Type:
    found = _one_kind(word, parts)
    if found not in (*_FIGURES, Type.DATE):
        raise _clash(word, parts)
    return found


def _summed(word: str, parts: Sequence[Type]) -> Type:
    if not all(each in _FIGURES for each in parts):
        raise _clash(word, parts)
    return _figure(parts)


def _rounded(word: str, parts: Sequence[Type]) -> Type:
    if parts[0] not in _FIGURES or parts[1:] not in ([], [Type.NUMBER]):
        raise _clash(word, parts)
    return parts[0]


def _days(word: str, parts: Sequence[Type]) -> Type:
    if set(parts) != {Type.DATE}:
        raise _clash(word, parts)
    return Type.NUMBER


def _chosen(word: str, parts: Sequence[Type]) -> Type:
    if parts[0] is not Type.BOOL:
        raise FormulaError("IF 的第一项要是条件，像 {数量} > 10", "The first part of IF is a condition: {Count} > 10")
    return _one_kind(word, parts[1:])


def _logic(word: str, parts: Sequence[Type]) -> Type:
    if set(parts) != {Type.BOOL}:
        raise _clash(word, parts)
    return Type.BOOL


_OF = {
    "+": _added, "-": _added, "*": _times, "/": _over, "&": _joined, "=": _compared, "<>": _compared, "<": _compared,
    "<=": _compared, ">": _compared, ">=": _compared, "ROUND": _rounded, "MIN": _least, "MAX": _least, "SUM": _summed,
    "DAYS": _days, "IF": _chosen, "IFBLANK": _one_kind, "ISBLANK": lambda word, parts: Type.BOOL, "AND": _logic,
    "OR": _logic, "NOT": _logic,
}  # fmt: skip
