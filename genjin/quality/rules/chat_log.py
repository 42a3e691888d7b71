"""chat-log: 跟进内容 is a pasted dialogue, not a summary (R-065)."""

from __future__ import annotations

from genjin.quality.case import Case, Words
from genjin.quality.chat import dialogue_turns
from genjin.quality.record import SUMMARY

RULE = "chat-log"
WORDS = Words(
    "这是聊天原文，不是纪要",
    "点“整理为记录”，留下客户关心的和你的答复",
    "This is a pasted chat, not a summary",
    "Use 整理为记录 and keep what the customer cares about and your answer",
    "丛经理问除锈机现货和运费；答：现货 11.8 万，运费 3200 元，两天到",
    "别人要读完整段才知道谈成了什么",
)


def check(case: Case) -> None:
    """Two speakers taking turns make a dialogue; labels such as 需求：… 预算：… do not."""
    text = case.summary
    if case.attempt or len(text) < 8:
        return
    turns = dialogue_turns(text, known=(case.contact, case.author))
    if turns >= case.standard.thresholds["chat_turns"]:
        case.add(RULE, SUMMARY, WORDS, (0, len(text)))
