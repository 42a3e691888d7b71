"""Amounts as people write them (security I10): exact, or refused in one sentence."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.lib.amounts import Amount, AmountError, read_amount, unit_of_header

WAN = 10_000 * 100


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("30-50万", 30, 50), ("30万-50万", 30, 50), ("80~120万", 80, 120), ("50-80万元", 50, 80), ("三到五万", 3, 5),
        ("15万", 15, 15), ("约20万", 20, 20), ("三十万左右", 30, 30), ("一百二十万", 120, 120), ("5W", 5, 5),
        ("10万以内", None, 10), ("不超过10万", None, 10), ("100万+", 100, None), ("20万以上", 20, None),
        ("超过20万", 20, None), ("待定", None, None), ("", None, None), ("２０万", 20, 20), ("1亿", 10_000, 10_000),
    ],
)  # fmt: skip
def test_ranges(text: str, low: int | None, high: int | None) -> None:
    assert read_amount(text) == Amount(None if low is None else low * WAN, None if high is None else high * WAN)


def test_exact_figures() -> None:
    assert read_amount("6-7.5万") == Amount(6 * WAN, 75 * WAN // 10)
    assert read_amount("1,234,567.89") == Amount(123456789, 123456789)
    assert read_amount("￥860000元") == Amount(86_000_000, 86_000_000)
    assert read_amount(40.3, unit="万") == Amount(40_300_000, 40_300_000)
    assert read_amount(0.1 + 0.2) == Amount(30, 30)
    assert read_amount(-0.0) == Amount(0, 0)


@pytest.mark.parametrize(
    "raw",
    [
        "1,2", "1e309", "NaN", "nan", "Infinity", "-5", "0.001", "50-30万", "1-2-3万", "看情况", "十几万到二十",
        "12,34,5",        float("nan"), float("inf"), 1e309, True, False, -3, 10**18, "9" * 70, "99999999亿",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused(raw: str | float) -> None:
    with pytest.raises(AmountError) as refused:
        read_amount(raw)
    assert "不是金额" in refused.value.zh


def test_units_of_headers() -> None:
    assert [unit_of_header(text) for text in ("预算（万）", "金额(万元)", "报价/亿", "预算", "金额（元）")] == [
        "万",
        "万",
        "亿",
        "",
        "",
    ]


@given(st.integers(min_value=0, max_value=10**13))
def test_whole_fen_survive(fen: int) -> None:
    assert read_amount(str(Decimal(fen) / 100)) == Amount(fen, fen)


@given(st.text(max_size=40) | st.floats())
def test_anything_is_read_or_refused(raw: str | float) -> None:
    try:
        low, high = read_amount(raw)
    except AmountError:
        return
    assert low is None or high is None or 0 <= low <= high
