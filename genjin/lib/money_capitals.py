"""An amount in capital figures as Chinese contracts write it (大写): 12800050 → 壹拾贰万捌仟元伍角整. Pure."""

from __future__ import annotations

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def capitals(minor: int) -> str:
    """The amount of a currency with 元, 角 and 分; below nothing is not written."""
    whole, rest = divmod(minor, 100)
    tenth, cent = divmod(rest, 10)
    text = f"{_whole(whole)}元" if whole else ""
    if not rest:
        return f"{text or '零元'}整"
    text += f"{_DIGITS[tenth]}角" if tenth else ("零" if whole else "")
    return text + (f"{_DIGITS[cent]}分" if cent else "整")


def _whole(number: int) -> str:
    groups = []
    while number:
        number, part = divmod(number, 10_000)
        groups.append(part)
    text, gap = "", False
    for at in range(len(groups) - 1, -1, -1):
        part = groups[at]
        if not part:
            gap = bool(text)
            continue
        text += ("零" if text and (gap or part < 1000) else "") + _group(part) + _GROUPS[at]
        gap = False
    return text


def _group(part: int) -> str:
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = part // 10**place % 10
        if not digit:
            gap = bool(text)
            continue
        text += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return text
