"""Words shared by the reports: names of rules, percentages, masked phone numbers, amounts."""

from __future__ import annotations

import re

from genjin.lib.dates import half_width
from genjin.quality.standard import load_standard

#: What one person should change first, by the rule found most in his records.
ADVICE = {
    "missing-required": "必填的几项写全",
    "inexact-time": "时间写到几点几分",
    "future-time": "核对跟进时间",
    "late-entry": "谈完当天就写",
    "unknown-option": "方式和状态从列表里选",
    "bad-contact-format": "核对联系方式",
    "vague-summary": "内容写上产品、数量、问题",
    "vague-next-step": "下一步写成一个动作",
    "next-step-no-owner": "下一步写上谁来做",
    "next-step-no-date": "下一步写上哪天",
    "wait-without-checkback": "等客户时定一个回头问的日期",
    "subjective-claim": "判断换成客户的原话",
    "chat-log": "聊天记录写成摘要",
    "no-substance": "只留和生意有关的几句",
}
_NUMBER = re.compile(
    r"(?<![\dA-Za-z])(?:\+?86[-\s]?)?(?:1[3-9]\d(?:[-\s.]?\d){7,10}|0\d{2,3}[-\s]?\d{7,8}|\d{10,13})(?!\d)"
)


def rule_name(rule: str) -> str:
    """The Chinese name of a rule."""
    return load_standard().rules[rule].zh


def percent(share: float) -> str:
    """0.874 → 87%; never 100% while something is missing, never 0% while something is there."""
    rounded = round(share * 100)
    if rounded == 100 and share < 1:
        rounded = 99
    if rounded == 0 and share > 0:
        rounded = 1
    return f"{rounded}%"


def masked(text: str) -> str:
    """The text with the middle of every phone number hidden, character for character: 138****0035, 0512****2100.

    The length stays, so that spans of findings still fit.
    """
    plain = half_width(text)
    for found in _NUMBER.finditer(plain):
        digits = [place for place in range(found.start(), found.end()) if plain[place].isdigit()]
        hidden = set(digits[-8:-4])
        text = "".join("*" if place in hidden else char for place, char in enumerate(text))
    return text


def money(minor: int) -> str:
    """Minor units as people say it: 15000000 → 15万, 39800000 → 39.8万, 80000 → 800元."""
    yuan = minor / 100
    if yuan >= 100_000_000:
        return f"{yuan / 100_000_000:.4g}亿"
    return f"{yuan / 10_000:.6g}万" if yuan >= 10_000 else f"{yuan:.6g}元"
