"""Amounts of money as people write them: "30-50万" becomes a range in the minor unit. Exact, no floats.

Sources: requirements §3 (budget as a range), security I10. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

#: Largest amount kept: 10 trillion yuan in fen, well inside a signed 64-bit column.
MOST = 10**15
_UNITS = {"": 1, "千": 1000, "k": 1000, "万": 10_000, "w": 10_000, "十万": 100_000, "百万": 1_000_000,
          "千万": 10_000_000, "m": 1_000_000, "亿": 100_000_000}  # fmt: skip
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[〇零一二两三四五六七八九十百千半]+"
_PART = re.compile(rf"(?P<number>{_NUMBER})(?P<unit>千万|百万|十万|[千万亿kwm])?(?:元|块|rmb|cny)?(?:人民币)?")
_NOISE = re.compile(r"人民币|rmb|cny|[¥￥\s]|大约|大概|约|左右|上下|预算|预计|在|之间|每年|/年|含税")
_BLANK = frozenset(
    ["-", "--", "—", "/", "无", "暂无", "待定", "未定", "不详", "未知", "保密", "面议", "待确认", "不确定", "n/a"]
) | {""}
_UP_TO = re.compile(r"以内|以下|之内|不超过|不超|最多|不高于|至多|小于|<=?|≤")
_FROM = re.compile(r"以上|起|不低于|至少|不少于|超过|大于|>=?|≥|\+$")
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


class AmountError(ValueError):
    """The text is no amount. `zh` and `en` are one sentence each."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh, self.en = zh, en


class Amount(NamedTuple):
    """A range in the minor unit (分); None is an open end. Both None: nothing known (待定)."""

    low: int | None
    high: int | None


def read_amount(raw: str | int | float | None, *, unit: str = "") -> Amount:
    """Read a cell as an amount. `unit` is the unit of the column's header ("万") for numbers without their own.

    Raises AmountError for what is no amount: NaN, 1e309, "1,2", negative, more decimals than the minor unit has.
    """
    if isinstance(raw, bool):
        raise _refused(raw)
    if raw is None:
        return Amount(None, None)
    if isinstance(raw, (int, float)):
        # An Excel float carries 15 digits; the 16th is noise (0.1 + 0.2).
        raw = format(raw, ".15g") if isinstance(raw, float) else str(raw)
        return _plain(raw, unit)
    text = unicodedata.normalize("NFKC", raw).lower().strip()
    if text in _BLANK:
        return Amount(None, None)
    if len(text) > 60:
        raise _refused(raw)
    return _read(text, unit)


def unit_of_header(header: str) -> str:
    """The unit a header states: 预算（万）, 金额(万元), 报价/亿 → 万, 万, 亿; else ""."""
    found = re.search(r"[(（/:：]\s*(?:单位[:：]?)?\s*(?:人民币)?(千|百万|千万|万|亿)元?\s*[)）]?\s*$", header.strip())
    return found.group(1) if found else ""


@lru_cache(maxsize=16_384)
def _read(text: str, unit: str) -> Amount:
    """Kept for a while: an import reads each cell when it is checked and again when it is written."""
    bare = _UP_TO.sub("", text)
    up_to, from_ = bare != text, bool(_FROM.search(bare))
    body = _FROM.sub("", _NOISE.sub("", bare))
    pieces = re.split(r"[-~–—至到]+", body.strip("()"))
    if len(pieces) > 2 or (len(pieces) == 2 and (up_to or from_)) or (up_to and from_):
        raise _refused(text)
    found = [_PART.fullmatch(piece) for piece in pieces]
    parts = [part for part in found if part is not None]
    if len(parts) != len(pieces):
        raise _refused(text)
    last_unit = parts[-1].group("unit") or unit
    values = [_minor(part.group("number"), part.group("unit") or last_unit, text) for part in parts]
    if len(values) == 2:
        if values[0] > values[1]:
            raise _refused(text)
        return Amount(values[0], values[1])
    if up_to:
        return Amount(None, values[0])
    return Amount(values[0], None) if from_ else Amount(values[0], values[0])


def _plain(text: str, unit: str) -> Amount:
    value = _minor(text, unit, text)
    return Amount(value, value)


def _minor(number: str, unit: str, text: str) -> int:
    if number[0] in _DIGITS or number[0] in "十百千半":
        value = Decimal(_chinese(number))
    else:
        try:
            value = Decimal(number.replace(",", ""))
        except InvalidOperation:
            raise _refused(text) from None
    if not value.is_finite() or value < 0 or value > MOST:
        raise _refused(text)
    fen = value * _UNITS[unit] * 100
    if fen != fen.to_integral_value() or fen > MOST:
        raise _refused(text)
    return int(fen)


def _chinese(number: str) -> str:
    """三十 → 30, 一百二 → 120, 半 → 0.5. Raises AmountError for what is no number."""
    if number == "半":
        return "0.5"
    total, digit, last = 0, 0, 1
    for char in number:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in "十百千":
            last = {"十": 10, "百": 100, "千": 1000}[char]
            total += (digit or 1) * last
            digit = 0
        else:
            raise _refused(number)
    return str(total + digit * (last // 10 if last > 10 and number[-2:-1] in "百千" else 1))


def _refused(raw: object) -> AmountError:
    shown = str(raw)[:20]
    return AmountError(f"“{shown}”不是金额，写成 30万 或 30-50万", f'"{shown}" is no amount; write 300000 or 30-50万')
