"""Words shared by the reports: names of rules, percentages, masked phone numbers, amounts."""

from __future__ import annotations

import re

RULE_NAMES = {
    "missing-required": "必填项空着",
    "inexact-time": "时间不精确",
    "future-time": "时间在将来",
    "late-entry": "晚于 24 小时才写",
    "unknown-option": "选项不在列表里",
    "bad-contact-format": "联系方式不对",
    "vague-summary": "内容没有事实",
    "vague-next-step": "下一步不能执行",
    "next-step-no-owner": "下一步没有负责人",
    "next-step-no-date": "下一步没有日期",
    "wait-without-checkback": "只等客户，没有回头问的日期",
    "subjective-claim": "主观判断",
    "chat-log": "贴了聊天记录",
    "no-substance": "篇幅长，没内容",
}
_MOBILE = re.compile(r"(?<!\d)((?:\+?86[-\s]?)?1[3-9]\d)([-\s]?)(\d{4}|\d[-\s.]?\d[-\s.]?\d[-\s.]?\d)([-\s]?\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3}[-\s]?)\d{3,4}(\d{4})(?!\d)")


def rule_name(rule: str) -> str:
    """The Chinese name of a rule; rules a pack adds keep their id."""
    return RULE_NAMES.get(rule, rule)


def percent(share: float) -> str:
    """0.874 → 87%; never 100% while something is missing, never 0% while something is there."""
    rounded = round(share * 100)
    if rounded == 100 and share < 1:
        rounded = 99
    if rounded == 0 and share > 0:
        rounded = 1
    return f"{rounded}%"


def masked(text: str) -> str:
    """The text with the middle of every phone number hidden: 138****0035, 0512-****2100."""
    text = _MOBILE.sub(lambda m: f"{m.group(1)}{m.group(2)}****{m.group(4)}", text)
    return _LANDLINE.sub(lambda m: f"{m.group(1)}****{m.group(2)}", text)


def money(minor: int) -> str:
    """Minor units as people say it: 15000000 → 15万, 39800000 → 39.8万, 80000 → 800元."""
    yuan = minor / 100
    if yuan >= 100_000_000:
        return f"{yuan / 100_000_000:.4g}亿"
    return f"{yuan / 10_000:.6g}万" if yuan >= 10_000 else f"{yuan:.6g}元"
