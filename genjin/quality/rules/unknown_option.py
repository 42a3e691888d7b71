"""unknown-option: 跟进方式 or 跟进状态 is no value of its list (R-027, R-028)."""

from __future__ import annotations

from genjin.quality.case import Case, Words
from genjin.quality.record import CHANNEL, STATUS
from genjin.quality.standard import option_key

RULE = "unknown-option"
CHANNEL_WORDS = Words(
    "跟进方式不在选项里",
    "从列表里选一个最接近的",
    "This channel is not in the list",
    "Choose the nearest one in the list",
    "电话、微信、企业微信、短信、邮件、面谈、线上会议",
    "各写各的，就没法统计哪种方式有用",
)
STATUS_WORDS = Words(
    "跟进状态不在选项里",
    "从列表里选一个最接近的",
    "This status is not in the list",
    "Choose the nearest one in the list",
    "已联系、待回复、未接通、已成交、暂停、流失",
    "各写各的，就没法统计进展",
)


def check(case: Case) -> None:
    """Known synonyms are read as their value; anything else is reported."""
    standard = case.standard
    if case.channel:
        value = standard.channel_of.get(case.channel) or standard.channel_of.get(option_key(case.channel))
        if value is None:
            case.add(RULE, CHANNEL, CHANNEL_WORDS, (0, len(case.channel)))
        else:
            case.normalized[CHANNEL] = value
    if case.status:
        case.normalized[STATUS] = case.status
    elif case.status_text:
        case.add(RULE, STATUS, STATUS_WORDS, (0, len(case.status_text)))
