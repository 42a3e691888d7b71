"""Pasted chats: are these lines a dialogue, who speaks, what was asked, quoted and dated (R-065, R-240)."""

from __future__ import annotations

import re

_LABELS = frozenset(
    "需求 预算 异议 竞品 结论 问题 答复 背景 反馈 结果 计划 备注 说明 地址 电话 时间 地点 主题 目标 痛点 现状 进展 产品 型号 数量 价格 报价 交期 付款 质保 要求 方案 "
    "风险 原因 下一步 附件 参会人 参与人 客户需求 客户反馈 客户异议 沟通内容 主要内容 跟进内容 其中 例如 比如 包括 如下 注 关注点 顾虑 决策人 决策链 行动 事项 总结 内容 问 答 Q A q a http https".split()
)
_TURN = re.compile(r"(?:^|[\n。;！？!?；\s”\"])\s{0,4}([^\s:：\d。，,;；！？!?\n\"“”]{1,10}?)(?:\s?[((][^)）\n]{1,12}[)）])?\s?[:：](?!\d\d)")
_HEADED = re.compile(
    r"^\s{0,4}([^\s:：\d][^\n:：]{0,15}?)\s{1,4}(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s{1,3})?(?:(?:昨天|今天|星期.|周.|上午|下午|晚上)\s?)*\d{1,2}:\d{2}(?::\d{2})?\s{0,4}(?:\n|$)"
    r"|^\s{0,4}\[?(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s{1,3})?\d{1,2}:\d{2}(?::\d{2})?\]?\s{1,4}([^\s:：\d][^\s:：\n]{0,10})(?:\s?[:：]|\s{0,4}$)",
    re.MULTILINE,
)


def dialogue_turns(text: str, *, known: tuple[str, ...] = ()) -> int:
    """Number of turns when the text is a dialogue (at least one speaker twice, at least two speakers), else 0."""
    if ":" not in text and "：" not in text:
        return 0
    headed = [match.group(1) or match.group(2) for match in _HEADED.finditer(text)]
    if len(headed) >= 2:
        return max(len(headed), 3) if len(set(headed)) > 1 or len(headed) > 2 else 0
    speakers = [match.group(1) for match in _TURN.finditer(text)]
    speakers = [name for name in speakers if name not in _LABELS]
    if len(speakers) < 3 or len(set(speakers)) < 2 or len(set(speakers)) > max(2, len(speakers) * 3 // 4):
        return 0
    return len(speakers)
