"""Dialogues found and taken apart (R-065, R-240)."""

# Times in sheets are naive local times.

from __future__ import annotations

from datetime import datetime

import pytest

from genjin.quality.chat import dialogue_turns, tidy_chat
from genjin.quality.tests.cases import NOW, rules

HEADED = (
    "丛经理 15:41\n你们那个除锈机有现货吗\n李建波 15:43\n有两台，现货价11.8万\n丛经理 15:50\n运到大连多少钱\n"
    "李建波 15:52\n专车3200，7月2日发合同给你\n丛经理 15:55\n交期35天太长，20天能到就定"
)
DIALOGUES = [
    HEADED,
    "我：纪总早\n纪老板：早\n我：最近忙不忙\n纪老板：还行",
    "客户: 能便宜点吗\n我: 最低11万\n客户: 那算了",
    "我：在吗 客户：在的 我：价格考虑得怎么样 客户：还在比",
    "张三 2024-06-12 14:30\n报价多少\n李四 2024-06-12 14:32\n12万",
    "[2024-06-12 14:30] 张三: 交期多久\n[2024-06-12 14:31] 我: 35天\n[2024-06-12 14:33] 张三: 好",
    "14:30 张三\n能不能便宜点\n14:31 我\n最低11万",
    "王总：方案看了。我：您觉得怎么样？王总：贵了点。我：可以再谈。",
]
SUMMARIES = [
    "需求：装箱线提速；预算：30万；竞品：三菱；下一步：出方案",
    "客户需求：每分钟80瓶\n预算：12万\n决策人：王总\n时间：6月底前",
    "王总说：“价格再低5%就签。”我们答复：下周一给结果。",
    "会议时间：14:30，地点：3号会议室，参会：王总、李工",
    "问：能否分期？答：可以分三期。",
    "10:05和11:00各打一次；发短信说明来意",
    "配比 1:3，温度 80:20，客户要求调整",
]


@pytest.mark.parametrize("text", DIALOGUES)
def test_two_speakers_taking_turns_make_a_chat_log(text: str) -> None:
    assert "chat-log" in rules(summary=text)


@pytest.mark.parametrize("text", SUMMARIES)
def test_labels_and_clock_times_make_none(text: str) -> None:
    assert "chat-log" not in rules(summary=text)
    assert dialogue_turns(text) == 0


def test_a_chat_with_facts_is_only_a_chat_log_and_one_without_is_vague_too() -> None:
    assert rules(summary=HEADED, contact="丛经理", author="李建波", owner="李建波") == {"chat-log"}
    assert {"chat-log", "vague-summary"} <= rules(summary=DIALOGUES[1], contact="纪老板")


def test_a_pasted_chat_becomes_parts_of_a_record() -> None:
    """R-240: speakers, quotes, questions with our answers, dates, for confirmation."""
    read = tidy_chat(HEADED, now=NOW, our_names=["李建波"])
    assert (read.speakers, read.ours) == (("丛经理", "李建波"), ("李建波",))
    assert read.lines[0] == ("丛经理", "你们那个除锈机有现货吗", datetime(2025, 6, 30, 15, 41), False)
    assert [(q.asked, q.answer) for q in read.questions] == [
        ("你们那个除锈机有现货吗", "有两台，现货价11.8万"),
        ("运到大连多少钱", "专车3200，7月2日发合同给你"),
    ]
    assert "交期35天太长，20天能到就定" in read.quotes
    assert read.feedback == "“交期35天太长，20天能到就定”"
    assert read.next_step == "专车3200，7月2日发合同给你"
    assert [f"{span.value:%m-%d}" for span in read.dates] == ["07-02"]
    assert read.summary.startswith("丛经理问你们那个除锈机有现货吗，答有两台，现货价11.8万；")


def test_the_draft_from_a_chat_is_no_chat_log_itself() -> None:
    read = tidy_chat(HEADED, now=NOW, our_names=["李建波"])
    assert rules(summary=read.summary, feedback=read.feedback) == set()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            "张三 2024-06-12 14:30\n报价多少\n第二行\n李四 14:32\n12万",
            ("张三", "报价多少", datetime(2024, 6, 12, 14, 30), False),
        ),
        (
            "张三 2024/6/12 14:30:05\n[图片]\n报价多少\n李四 14:32\n12万",
            ("张三", "报价多少", datetime(2024, 6, 12, 14, 30), False),
        ),
        ("张三：报价多少\n李四：12万", ("张三", "报价多少", None, False)),
        ("14:30 张三\n报价多少\n14:31 李四\n12万", ("张三", "报价多少", datetime(2025, 6, 30, 14, 30), False)),
        ("[2024-06-12 14:30] 张三: 报价多少", ("张三", "报价多少", datetime(2024, 6, 12, 14, 30), False)),
        ("————— 2025-06-12 —————\n张三 14:30\n报价多少", ("张三", "报价多少", datetime(2025, 6, 12, 14, 30), False)),
        ("2025年6月12日 下午2:30\n张三: 报价多少", ("张三", "报价多少", datetime(2025, 6, 12, 14, 30), False)),
    ],
)
def test_the_export_shapes(text: str, first: tuple[object, ...]) -> None:
    assert tidy_chat(text, now=NOW, our_names=["李四"]).lines[0] == first


@pytest.mark.parametrize("text", ["", "普通的一段话，没有聊天。", "\n\n\n", "：：：", "12:30"])
def test_what_is_no_chat_gives_no_lines(text: str) -> None:
    read = tidy_chat(text, now=NOW)
    assert (read.lines, read.summary, read.next_step) == ([], "", "")
