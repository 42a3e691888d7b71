"""vague-summary, subjective-claim, no-substance on tables of sentences (R-057, R-059, R-060, R-061, R-062, R-066)."""

from __future__ import annotations

import pytest

from genjin.quality.tests.cases import rules, verdict
from genjin.quality.tests.tables import (
    BACKED_OR_REPORTED,
    CONCRETE_SUMMARIES,
    EMPTY_SUMMARIES,
    UNBACKED_JUDGEMENTS,
)


@pytest.mark.parametrize("summary", EMPTY_SUMMARIES)
def test_empty_talk_is_vague_even_without_a_listed_phrase(summary: str) -> None:
    assert "vague-summary" in rules(summary=summary)


@pytest.mark.parametrize(
    "summary",
    [
        "1. 已联系",
        "1、已联系",
        "（1）已联系",
        "1. 已联系\n2. 等回复",
        " 12) 沟通顺利",
        "情况：1.已联系；2.已沟通",
    ],
)
def test_the_number_of_a_line_is_no_fact(summary: str) -> None:
    """R-057, R-062: counting what was said says nothing more."""
    assert "vague-summary" in rules(summary=summary)


@pytest.mark.parametrize(
    "summary",
    ["1. 要 3 台", "1、预算 80 万", "3、5 号线要停机改造", "1.5 万一台，嫌贵", "1）8 台改 10 台"],
)
def test_a_figure_behind_the_number_of_a_line_is_a_fact(summary: str) -> None:
    assert "vague-summary" not in rules(summary=summary)


@pytest.mark.parametrize("summary", CONCRETE_SUMMARIES)
def test_a_sentence_with_a_fact_is_not_vague(summary: str) -> None:
    assert "vague-summary" not in rules(summary=summary)


@pytest.mark.parametrize(
    "summary",
    [
        "客户有意向",
        "客户有意向，后续跟进",
        "沟通顺利",
        "已联系",
        "已联系、无进展",
        "客户无需求",
        "客户表达了兴趣",
        "已拜访客户,等待回复",
    ],
)
def test_the_phrases_of_the_standard_are_vague(summary: str) -> None:
    """R-057, R-059, R-060."""
    assert "vague-summary" in rules(summary=summary)


def test_a_listed_phrase_among_facts_does_no_harm() -> None:
    assert rules(summary="客户有意向采购 CX-30 三台，6月底前定供应商，沟通顺利") == set()


@pytest.mark.parametrize("text", UNBACKED_JUDGEMENTS)
def test_a_judgement_without_ground_is_subjective(text: str) -> None:
    assert "subjective-claim" in rules(feedback=text)


@pytest.mark.parametrize("text", BACKED_OR_REPORTED)
def test_what_the_customer_said_or_did_is_no_judgement(text: str) -> None:
    assert "subjective-claim" not in rules(feedback=text)


def test_the_judgement_itself_is_underlined() -> None:
    summary = "王总看了二期方案，问 3 号线能不能保留现有 PLC。预算 80 万，感觉他还是嫌贵，财务李经理没批。"
    finding = next(f for f in verdict(summary=summary).findings if f.rule == "subjective-claim")
    assert finding.field == "跟进内容"
    assert finding.span is not None
    assert summary[slice(*finding.span)].startswith("感觉他还是嫌贵")
    assert "感觉他还是嫌贵" in finding.message


LONG_EMPTY = (
    "今天专程前往客户单位进行了拜访，受到了热情的接待，双方围绕今后的合作进行了友好而深入的交流，现场气氛十分融洽。"
    "对方对我们的到来表示欢迎，对我们的工作也给予了充分的肯定。通过这次交流，双方加深了了解，增进了感情，"
    "为下一步的合作打下了良好的基础，相信在双方的共同努力下，一定能够实现互利共赢。"
)
LONG_SMALL_TALK = (
    "到了以后先在办公室喝茶，聊起各自的老家，又聊到孩子今年高考，考了580分，想报师范。然后一起去江边走了走，看了看风景，"
    "路上说起最近的天气，说这个夏天特别热，晚上都睡不好。中午在附近吃饭，点了当地的鱼，味道很好，大家都很开心，"
    "饭后又喝了一会儿茶才离开，约好下回有空一起钓鱼，气氛特别好，感情也更近了一步。"
)
LONG_FULL = LONG_EMPTY + "李总最后提出，装箱线每小时至少要 600 箱，低于这个数不考虑。"


@pytest.mark.parametrize(("summary", "fires"), [(LONG_EMPTY, True), (LONG_SMALL_TALK, True), (LONG_FULL, False)])
def test_long_text_needs_substance(summary: str, fires: bool) -> None:
    """R-066; figures inside small talk are no data."""
    assert len(summary) > 120
    assert ("no-substance" in rules(summary=summary)) is fires


def test_short_text_is_never_no_substance() -> None:
    assert "no-substance" not in rules(summary="聊得很好")
