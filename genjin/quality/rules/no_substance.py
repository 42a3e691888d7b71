"""no-substance: long text without a need, objection, figure, commitment or action (R-066)."""

from __future__ import annotations

from genjin.quality.case import Case, Words
from genjin.quality.facts import substance
from genjin.quality.record import FEEDBACK, SUMMARY

RULE = "no-substance"
WORDS = Words(
    "写了很长，没有需求、异议、数字、承诺或动作",
    "留一句有用的：客户要什么、卡在哪、答应了什么",
    "Long, but no need, objection, figure, commitment or action",
    "Keep one useful line: what is wanted, what blocks, what was promised",
    "要 12 个工位的扭矩追溯，每工位 2 万以内，6月12日前出方案",
    "同事读完也不知道下一步该做什么",
)


def check(case: Case) -> None:
    """Only texts over the pack's length are looked at."""
    if case.attempt:
        return
    limit = case.standard.thresholds["long_text"]
    for field, text in ((SUMMARY, case.summary), (FEEDBACK, case.feedback)):
        if len(text) > limit and not substance(text, case.standard.lexicon, case.names):
            case.add(RULE, field, WORDS, (0, len(text)))
