"""The values that a filter compares with: what each kind of field takes, read from decoded JSON. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from genjin.lib.periods import Day, Period, Relative, read_period, read_relative

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
    #: Two amounts: `lt` and `lte` ask its low end, `gt` and `gte` its high end, `between` whether they overlap.
    RANGE = "range"
    #: An address as its path 浙江/杭州/西湖区/文三路: `in` takes regions such as 浙江/杭州, with what lies in them.
    REGION = "region"
    #: Uploaded files: there or not.
    FILES = "files"
    #: The id of another record.
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Me:
    """The value "me" of a reference: the member who asks."""


@dataclass(frozen=True, slots=True)
class MyDepartment:
    """The value "my_department" of a department: that of the member who asks."""


Scalar = str | Decimal | int | bool | Period | Me | MyDepartment


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


_PLAIN_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?", re.ASCII)
_ID = re.compile(r"[1-9]\d{0,18}", re.ASCII)
READERS: Mapping[Kind, Callable[[Any], Scalar | None]] = {
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
    Kind.RANGE: _whole,
    Kind.REGION: _text,
    Kind.LINK: _id,
    Kind.FILES: lambda raw: None,
}
EXPECTED: Mapping[Kind, tuple[str, str]] = {
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
    Kind.RANGE: ("以分为单位的整数", "a whole number of the minor unit"),
    Kind.REGION: ("地区，比如 浙江/杭州", "a region such as 浙江/杭州"),
    Kind.FILES: ("附件", "files"),
    Kind.LINK: ("一条记录的编号", "the id of a record"),
}
