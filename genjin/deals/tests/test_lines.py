"""Sums of lines are exact, and what is no line is refused by its row."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.deals.lines import Offered, hundredths, lines_of, percent_of, sums_of, total_of
from genjin.lib.errors import Invalid
from genjin.lib.money_capitals import capitals

GATEWAY = Offered(1, "GW-8", "采集网关", "台", {"CNY": 1_280_050}, retired=False)
OLD = Offered(2, "GW-1", "老网关", "台", {"CNY": 100}, retired=True)
LIST = {1: GATEWAY, 2: OLD}


def test_a_half_of_the_minor_unit_goes_up_and_a_tenth_is_a_tenth() -> None:
    """3 × 0.1 × 5 fen = 1.5 fen; 33.335 % off 1,280,050 fen is exact before it is rounded."""
    found = lines_of(
        [{"name": "线", "quantity": 0.3, "price": 5}, {"product_id": 1, "quantity": "1", "discount": "33.33"}],
        LIST,
        "CNY",
    )
    assert [each.amount for each in found] == [2, 853_409]
    assert found[0].quantity == "0.3" and found[1].unit == "台" and found[1].list == 1_280_050
    assert total_of(found) == 853_411


def test_the_whole_is_discounted_once_and_measured_against_the_list() -> None:
    found = lines_of(
        [{"product_id": 1, "quantity": 10, "discount": 10}, {"name": "实施", "price": 200_000}], LIST, "CNY"
    )
    sums = sums_of(found, hundredths(Decimal("2.5")))
    assert (sums.list_total, sums.subtotal, sums.total) == (13_000_500, 11_720_450, 11_427_439)
    assert percent_of(sums.percent) == "12.1"


def test_above_the_list_is_no_discount() -> None:
    found = lines_of([{"product_id": 1, "price": 2_000_000}], LIST, "CNY")
    assert sums_of(found, 0).percent == 0


@pytest.mark.parametrize(
    ("line", "field", "said"),
    [
        ({"product_id": 9}, "lines.0.product_id", "第 1 行：没有这个产品"),
        ({"product_id": 2}, "lines.0.product_id", "第 1 行：“老网关”已停售"),
        ({}, "lines.0.name", "第 1 行：选一个产品，或写下名称"),
        ({"name": "线"}, "lines.0.price", "第 1 行：“线”没有 CNY 的目录价，填上单价"),
        ({"name": "线", "price": -1}, "lines.0.price", "第 1 行：单价不是金额"),
        ({"product_id": 1, "quantity": 0}, "lines.0.quantity", "第 1 行：数量要大于 0"),
        ({"product_id": 1, "quantity": "NaN"}, "lines.0.quantity", "第 1 行：数量要大于 0，最多三位小数"),
        ({"product_id": 1, "quantity": "1e400"}, "lines.0.quantity", "第 1 行：数量要大于 0，最多三位小数"),
        ({"product_id": 1, "quantity": "1.2345"}, "lines.0.quantity", "第 1 行：数量要大于 0，最多三位小数"),
        ({"product_id": 1, "discount": 101}, "lines.0.discount", "第 1 行：折扣是 0 到 100 之间的百分数，最多两位小数"),
        ({"product_id": 1, "quantity": 10**9, "price": 10**15}, "lines", "合计太大，核对数量和单价"),
    ],
)  # fmt: skip
def test_refused(line: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        lines_of([line], LIST, "CNY")
    assert (refused.value.field, refused.value.zh) == (field, said)


@given(
    st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 10**9), st.integers(0, 10_000)), min_size=1, max_size=20),
    st.integers(0, 10_000),
)
def test_sums_hold_for_any_lines(rows: list[tuple[int, int, int]], whole: int) -> None:
    """The parts add up to the subtotal, nothing is below nothing, and no discount makes it dearer."""
    sent = [
        {"name": "x", "quantity": str(Decimal(q) / 1000), "price": p, "discount": str(Decimal(d) / 100)}
        for q, p, d in rows
    ]
    found = lines_of(sent, {}, "CNY")
    sums = sums_of(found, whole)
    assert sums.subtotal == sum(each.amount for each in found)
    assert 0 <= sums.total <= sums.subtotal <= sums.list_total + len(rows)
    for each, (q, p, d) in zip(found, rows, strict=True):
        assert abs(Decimal(each.amount) - Decimal(q) * p * (10_000 - d) / 10_000_000) <= Decimal("0.5")


@pytest.mark.parametrize(
    ("minor", "text"),
    [(0, "零元整"), (5, "伍分"), (50, "伍角整"), (12_800_050, "壹拾贰万捌仟元伍角整"), (100_500, "壹仟零伍元整"),
     (10_000_100, "壹拾万零壹元整"), (1_000_000_000_000, "壹佰亿元整"), (100_005, "壹仟元零伍分")],
)  # fmt: skip
def test_amounts_in_capital_figures(minor: int, text: str) -> None:
    assert capitals(minor) == text
