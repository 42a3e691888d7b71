"""Money as it stands on paper: the minor unit in, figures with separators and the unit out. Pure."""

from __future__ import annotations

_UNITS = {"CNY": ("元", "CNY")}


def yuan(minor: int, currency: str = "CNY", language: str = "zh") -> str:
    """12800000 (分) → "128,000 元" or "CNY 128,000"; fen only when there are any."""
    figure = f"{minor // 100:,}" + (f".{minor % 100:02}" if minor % 100 else "")
    zh, en = _UNITS.get(currency, (currency, currency))
    return f"{figure} {zh}" if language == "zh" else f"{en} {figure}"


def yuan_range(low: int | None, high: int | None, language: str = "zh") -> str:
    """A range with both ends, or the one that is known."""
    if low is None and high is None:
        return ""
    if low is None or high is None:
        known = yuan(low if low is not None else high or 0, language=language)
        words = ("以上", "and more") if high is None else ("以内", "at most")
        return f"{known}{words[0]}" if language == "zh" else f"{known} {words[1]}"
    return yuan(low, language=language) if low == high else f"{yuan(low)[:-2]}–{yuan(high, language=language)}"


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_SMALL = ("", "拾", "佰", "仟")
_GREAT = ("", "万", "亿", "万亿")


def capitals(minor: int) -> str:
    """A sum as contracts and invoices write it: 128000050 → 壹佰贰拾捌万元伍角; fen only when there are any."""
    yuan_part, rest = divmod(minor, 100)
    said = _whole(yuan_part) + "元" if yuan_part else ""
    jiao, fen = divmod(rest, 10)
    if not rest:
        return (said or "零元") + "整"
    if jiao:
        said += f"{_DIGITS[jiao]}角"
    elif said:
        said += "零"
    return said + (f"{_DIGITS[fen]}分" if fen else "")


def _whole(number: int) -> str:
    said, zero = "", False
    groups = [number // 10_000**place % 10_000 for place in range(len(_GREAT))]
    for place in reversed(range(len(_GREAT))):
        group = groups[place]
        if not group:
            zero = bool(said)
            continue
        for digit_place in reversed(range(4)):
            digit = group // 10**digit_place % 10
            if not digit:
                zero = zero or bool(said)
                continue
            said += ("零" if zero else "") + _DIGITS[digit] + _SMALL[digit_place]
            zero = False
        said += _GREAT[place]
        zero = False
    return said
