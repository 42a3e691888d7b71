"""draft_rows(): what can be taken over, and the few reasons why not (R-237, R-019, R-024)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genjin.exchange.entries import read_book
from genjin.exchange.problems import BLOCKING
from genjin.exchange.rows import Answers, DraftRow, draft_rows
from genjin.lib.sheets import Sheet, Workbook
from genjin.quality.standard import load_standard

NOW = datetime.fromisoformat("2025-06-30 18:00")
HEADER = [
    "客户名称",
    "联系人",
    "联系方式",
    "跟进时间",
    "跟进方式",
    "跟进内容",
    "下一步计划",
    "跟进状态",
    "记录时间",
    "预算（万）",
]
GOOD: dict[str, Any] = {
    "客户名称": "苏州甲精密有限公司", "联系人": "王工", "联系方式": "138 0013 8000 / wanggong88",
    "跟进时间": "2025-06-20 10:00", "跟进方式": "拜访", "跟进内容": "看了产线", "下一步计划": "6月30日报价",
    "跟进状态": "等回复", "记录时间": "2025-06-20 12:00",
    "预算（万）": "30-50",
}  # fmt: skip


def drafts(*rows: dict[str, Any], answers: Answers | None = None) -> list[DraftRow]:
    cells: list[Any] = [HEADER, *([row.get(name) for name in HEADER] for row in rows)]
    (reading,) = read_book(Workbook("xlsx", [Sheet("表", cells)]))
    return list(draft_rows(reading, load_standard(), now=NOW, answers=answers))


def draft(answers: Answers | None = None, /, **changed: Any) -> DraftRow:
    return drafts({**GOOD, **changed}, answers=answers)[0]


def codes(row: DraftRow) -> list[str]:
    return [problem.code for problem in row.problems]


def test_a_good_row() -> None:
    row = draft()
    assert (row.problems, row.blocked) == ([], False)
    assert row.customer is not None
    assert row.contact is not None
    assert row.followup is not None
    assert (row.customer.name, row.customer.key) == ("苏州甲精密有限公司", "苏州甲精密")
    assert row.customer.values == {"budget": (30_000_000, 50_000_000)}
    assert (row.contact.phone, row.contact.wechat) == ("13800138000", "wanggong88")
    assert row.followup.contact_at == datetime.fromisoformat("2025-06-20 10:00")
    assert (row.followup.channel, row.followup.status) == ("面谈", "待回复")
    assert row.followup.entered_at == datetime.fromisoformat("2025-06-20 12:00")


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("客户名称", "", "no-customer"), ("客户名称", "——", "no-customer"), ("跟进时间", "", "unreadable-date"),
        ("跟进时间", "近期", "unreadable-date"), ("跟进时间", "2025-02-30", "unreadable-date"),
        ("跟进时间", "9999-12-31", "unreadable-date"), ("跟进时间", "06/05/2025 10:00", "ambiguous-date"),
        ("跟进时间", "上周五", "ambiguous-date"),
        ("跟进方式", "走流程", "unknown-option"), ("跟进状态", "有戏", "unknown-option"),
    ],
)  # fmt: skip
def test_the_only_reasons_that_keep_a_row_out(cell: str, value: str, code: str) -> None:
    row = draft(None, **{cell: value})
    assert codes(row) == [code]
    assert row.blocked
    assert row.problems[0].zh
    assert row.problems[0].en


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("跟进内容", "持续跟进"),
        ("下一步计划", "再说"),
        ("联系方式", "1380013"),
        ("预算（万）", "看情况"),
        ("跟进方式", ""),
        ("跟进状态", "/"),
        ("记录时间", "乱写"),
    ],
)
def test_bad_wording_never_keeps_a_row_out(cell: str, value: str) -> None:
    assert not draft(None, **{cell: value}).blocked


def test_proposals_for_dates() -> None:
    relative = draft(跟进时间="上周五").problems[0]
    assert relative.proposal == "2025-06-13"
    swapped = draft(跟进时间="06/05/2025").problems[0]
    assert (swapped.proposal, swapped.options) == (None, ("2025-06-05", "2025-05-06"))
    assert draft(跟进时间="", 记录时间="2025-06-20 12:00").problems[0].proposal == "2025-06-20"


def test_answers_repair_options_and_cells() -> None:
    answers = Answers(
        channels={"走流程": "邮件"}, statuses={"有戏": ""}, cells={("表", 2, 0, "followup.contact_at"): "2025-06-13"}
    )
    row = draft(answers, 跟进方式="走流程", 跟进状态="有戏", 跟进时间="上周五")
    assert row.problems == []
    assert row.followup is not None
    assert (row.followup.channel, row.followup.status, row.followup.precision) == ("邮件", "", "day")


def test_unreadable_details_are_kept_in_words() -> None:
    row = draft(None, 联系方式="1380013", **{"预算（万）": "看情况"})
    assert codes(row) == ["unreadable-amount", "bad-contact-format"]
    assert not set(codes(row)) & BLOCKING
    assert row.contact is not None
    assert row.contact.raw_info == "1380013"
    assert row.extras == {"customer.budget": "看情况"}


def test_the_same_content_has_the_same_key_wherever_it_stands() -> None:
    first, second, other = drafts(GOOD, GOOD, {**GOOD, "跟进内容": "别的"})
    assert first.line_key == second.line_key != other.line_key
    moved = drafts({**GOOD, "跟进内容": "别的"}, {**GOOD, "客户名称": "苏州甲精密 有限公司"})
    assert moved[1].line_key == first.line_key


def test_a_customer_without_followup_has_none() -> None:
    row = drafts({"客户名称": "甲公司", "联系人": "王工"})[0]
    assert row.followup is None
    assert row.problems == []


cell = st.one_of(st.none(), st.text(max_size=30), st.floats(), st.integers(), st.datetimes(), st.booleans(), st.times())


@settings(max_examples=60)
@given(st.lists(st.lists(cell, min_size=len(HEADER), max_size=len(HEADER)), min_size=1, max_size=4))
def test_any_cells_give_drafts_or_problems(rows: list[list[Any]]) -> None:
    # I12: the row parser raises nothing, whatever stands in the cells.
    (reading,) = read_book(Workbook("xlsx", [Sheet("表", [[*HEADER], *rows])]))
    for row in draft_rows(reading, load_standard(), now=NOW):
        assert row.blocked == (row.customer is None or bool(set(codes(row)) & BLOCKING))
        if row.followup and not row.blocked:
            assert row.followup.contact_at is not None
