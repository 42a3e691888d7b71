"""vague-summary: 跟进内容 holds no concrete fact (R-029, R-057, R-059, R-060, R-062)."""

from __future__ import annotations

from genjin.quality.case import Case, Words
from genjin.quality.record import SUMMARY
from genjin.quality.rules.subjective_claim import only_judges

RULE = "vague-summary"
WORDS = Words(
    "这段没有一件具体的事",
    "写清问了哪个产品、要多少、卡在哪、客户怎么说",
    "Nothing concrete is said here",
    "Say which product, how many, what blocks it, what the customer said",
    "王总问 TL-200 换模要多久，答 15 分钟；预算 12 万，6月底前定",
    "下一个看的人不知道谈到哪了",
)


def check(case: Case) -> None:
    """Facts decide, not phrases: see genjin.quality.facts. A judgement that nothing backs is none."""
    if case.summary and not case.attempt and (not case.concrete or only_judges(case)):
        case.add(RULE, SUMMARY, WORDS, (0, len(case.summary)))
