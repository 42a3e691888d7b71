"""Texts in, one page out: what a person wrote never becomes markup, and too much of it is cut (R-013, R-014, R-016)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from genjin.documents.onepage import CHINESE, Closing, PageSection, RecordPage, Row, _families, chinese_of, one_page_pdf
from genjin.lib.errors import Refusal

needs_font = pytest.mark.skipif(not chinese_of(_families()), reason="this machine has no Chinese font")
TREE: list[dict[str, Any]] = [
    {"type": "paragraph", "text": [{"text": "12 台里 ", "bold": True}, {"text": "#panic() $x$", "mark": "risk"}]},
    {"type": "quote", "text": [{"text": "能不停线装，我就往上报"}]},
    {"type": "table", "rows": [[[{"text": "产线"}], []], [[{"text": "3 号线"}], [{"text": "4 台", "mark": "task"}]]]},
    {"type": "numbers", "items": [{"text": [{"text": "一"}], "list": {"type": "bullets", "items": [
        {"text": [{"text": "二", "mark": "feedback"}]}]}}]},
]  # fmt: skip


def page(*rows: Row) -> RecordPage:
    closing = (Closing("本次结果", ["认可"]), Closing("下一步计划", []))
    return RecordPage(
        "苏州恒锐", "跟进报告 · 第 1 版", [("时间", "今天")], [PageSection("一、", "内容", rows)], closing
    )


def made(*pages: RecordPage) -> bytes:
    return one_page_pdf(pages, language="zh", title="t", author="李", foot="青松")


def count(data: bytes) -> int:
    return max(int(each) for each in re.findall(rb"/Count (\d+)", data))


@needs_font
@pytest.mark.parametrize("text", ['#panic("x")', "$ \\ ` * _ <a> @b // /* ] [", "“”", "　", "a" * 5000, "字\n行" * 900])
def test_whatever_was_written_is_set_as_text(text: str) -> None:
    assert count(made(page(Row("内容", [text]), Row("短", ["是"], wide=False)))) == 1


@needs_font
def test_marks_lists_tables_and_quotations_are_set() -> None:
    """R-013, R-014: with their tree the marks stand; the page still is one, however long."""
    assert made(page(Row("内容", ["x"], tree=TREE))) != made(page(Row("内容", ["x"])))
    assert count(made(page(*[Row("内容", ["很长" * 400], tree=TREE * 40)] * 3))) == 1


@needs_font
def test_a_page_each() -> None:
    """R-016."""
    assert count(made(*[page(Row("内容", ["x"]))] * 3)) == 3


def test_without_a_chinese_font_nothing_is_set() -> None:
    """R-016: the sentence says what to install."""
    with pytest.raises(Refusal, match="fonts-noto-cjk"):
        one_page_pdf([page()], language="zh", title="", author="", foot="", families=["DejaVu Sans"])
    assert chinese_of(["DejaVu Sans", CHINESE[3]]) == CHINESE[3]
