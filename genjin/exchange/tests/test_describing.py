"""What a column is said to hold, beside its proposed field (R-237)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from genjin.exchange.describing import described

NOW = datetime.fromisoformat("2026-11-24 10:12")


@pytest.mark.parametrize(
    ("field", "header", "cells", "zh", "doubt"),
    [
        ("customer.name", "单位", ["甲公司", "甲公司", "乙厂"], "2 家", False),
        ("customer.name", "单位", ["甲公司", "", None], "1 家，空 2 行", False),
        ("followup.contact_at", "日期",
         [datetime(2026, 11, 20, 14, 30), "2026-11-18", "昨天", "近期", date(2026, 11, 2)],
         "4 行读得出日期，3 行没有钟点，1 行是“昨天”“上周”这类，1 行读不出", True),
        ("contact.info", "电话", ["13800138000", "微信 wx_lianghy", "见名片"], "分成手机 1、微信 1，1 行认不出", True),
        ("followup.summary", "沟通情况", ["看了方案", "报价 86 万"], "平均 6 字", False),
        ("customer.budget", "预算（万）", ["待谈的", "86"], "86 读作 860,000 元", False),
        ("followup.channel", "方式", ["电话", "微信", "电话"], "电话、微信", False),
        ("followup.channel", "方式", ["电话", "微信", "面谈", "飞鸽"], "4 个不同的值", False),
        ("followup.author", "跟进人", [], "这一列是空的", True),
    ],
)  # fmt: skip
def test_a_column_says_what_it_holds(field: str, header: str, cells: list[Any], zh: str, doubt: bool) -> None:
    seen = described(field, header, cells, NOW)
    assert seen is not None
    assert (seen["zh"], seen["doubt"]) == (zh, doubt)
    assert seen["en"]


def test_nothing_is_said_of_a_column_that_is_not_taken() -> None:
    assert described(None, "序号", ["1", "2"], NOW) is None
