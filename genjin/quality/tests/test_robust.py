"""No input breaks the rules, spans stay inside their cells, normalising is idempotent, long input stays linear."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genjin.quality.chat import tidy_chat
from genjin.quality.judge import judge
from genjin.quality.next_step import read_next_step
from genjin.quality.record import Record
from genjin.quality.tests.cases import GOOD, NOW, STANDARD

HEADER_CELLS = {
    "客户名称": "customer",
    "联系人": "contact",
    "联系方式": "contact_info",
    "跟进时间": "contact_at",
    "跟进方式": "channel",
    "跟进内容": "summary",
    "客户反馈": "feedback",
    "下一步计划": "next_step",
    "跟进状态": "status",
}
pieces = st.sampled_from(
    [
        "客户",
        "等",
        "感觉",
        "很满意",
        "我：",
        "\n",
        "“",
        "”",
        "：",
        "2025-",
        "6月",
        "13800138000",
        "，",
        "。",
        "TL-200",
        "\x00",
        "🙂",
        "持续跟进",
        "喝茶",
        "第",
        "号",
        ":",
        "14:30",
        "张三 ",
        "无",
        "/",
        "ｗｘ",
        "@",
        "三",
        "万",
        "不",
        " ",
        "\u3000",
        "\ud800",
    ]
)
texts = st.lists(pieces, max_size=25).map("".join) | st.text(max_size=60)
cells = st.none() | texts | st.floats() | st.integers() | st.datetimes()
records = st.builds(
    Record,
    customer=cells,
    contact=cells,
    contact_info=cells,
    contact_at=cells,
    entered_at=cells,
    channel=cells,
    summary=cells,
    feedback=cells,
    next_step=cells,
    owner=cells,
    due=cells,
    author=cells,
    status=cells,
    attempt=st.booleans(),
    has_owner_column=st.booleans(),
    has_author_column=st.booleans(),
)


@given(records)
@settings(max_examples=500, deadline=None)
def test_no_record_breaks_the_rules_and_spans_fit(record: Record) -> None:
    found = judge(record, STANDARD, now=NOW)
    assert 0 <= found.score <= 100
    for finding in found.findings:
        raw = getattr(record, HEADER_CELLS[finding.field])
        if finding.span and isinstance(raw, str):
            assert 0 <= finding.span[0] < finding.span[1] <= len(raw)


@given(records)
@settings(max_examples=300, deadline=None)
def test_normalising_twice_changes_nothing(record: Record) -> None:
    once = judge(record, STANDARD, now=NOW).normalized
    cells_again: dict[str, Any] = {HEADER_CELLS[name]: text for name, text in once.items()}
    again = judge(replace(record, **cells_again), STANDARD, now=NOW)
    assert again.normalized == once


@given(texts, st.lists(texts, max_size=3))
@settings(max_examples=300, deadline=None)
def test_no_text_breaks_the_readers(text: str, names: list[str]) -> None:
    read_next_step(text, now=NOW, people=names, author=names[0] if names else "")
    tidy_chat(text, now=NOW, our_names=names)


def _with(name: str, text: str) -> Record:
    cell: dict[str, Any] = {name: text}
    return replace(GOOD, **cell)


SEEDS = [
    "客户有意向后续跟进",
    "我：好\n他：好\n",
    "感觉估计",
    "1",
    "1.",
    "等客户，",
    "a-",
    "2025-",
    "“",
    "张三 ",
    "：:",
    "很满意很",
    "1 ",
    "喝茶，580分，",
    "0",
    "+86 ",
    "a@a.",
    "李李",
    "由李",
    "问：答：",
    "\n",
    " ",
    "一二",
    "（",
    "12:30 ",
]


@pytest.mark.parametrize("seed", SEEDS)
def test_fifty_thousand_characters_in_every_cell(seed: str) -> None:
    """Each rule is linear; the figure itself is measured by bench/check_speed.py."""
    text = (seed * (50_000 // len(seed) + 1))[:50_000]
    everywhere: dict[str, Any] = {
        field.name: text
        for field in fields(Record)
        if field.name in {*HEADER_CELLS.values(), "owner", "due", "author", "entered_at"}
    }
    assert judge(Record(**everywhere), STANDARD, now=NOW).score < 100
    for name in ("summary", "feedback", "next_step", "contact_info"):
        assert judge(_with(name, text), STANDARD, now=NOW).score <= 100
    read_next_step(text, now=NOW)
    tidy_chat(text, now=NOW)
