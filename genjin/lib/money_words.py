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
