"""missing-required: one of the eight required cells is blank (R-021, R-029)."""

from __future__ import annotations

import re

from genjin.quality.case import Case, Words
from genjin.quality.lexicon import NO_REASON, REASON
from genjin.quality.record import CHANNEL, CONTACT, CONTACT_AT, CONTACT_INFO, CUSTOMER, FEEDBACK, NEXT_STEP, SUMMARY

RULE = "missing-required"
# What we did, or a bare "no", tells no reason.
_NO_WHY = re.compile(
    r"(?:(?:今天|我们?|给(?:客户|对方))?(?:介绍|演示|讲解|展示|拜访|回访|沟通|发|寄|送|报)(?:了|过)[^,;。]*"
    r"|[^,;。:]{0,10}?(?:暂时|先|就)?不[\u4e00-\u9fff]{1,2}了)[。!]?"
)


def _words(field: str, ask: str, field_en: str, ask_en: str, example: str, why: str) -> Words:
    return Words(f"{field}还空着", ask, f"{field_en} is blank", ask_en, example, why)


WORDS = {
    CUSTOMER: _words(
        CUSTOMER,
        "写上客户全称",
        "Customer",
        "Write the full name",
        "苏州恒锐精密机械有限公司",
        "没有客户，这条记录归不到人",
    ),
    CONTACT: _words(
        CONTACT, "写上和谁谈的", "Contact", "Write whom you talked to", "王建国 采购总监", "下次不知道找谁"
    ),
    CONTACT_INFO: _words(
        CONTACT_INFO,
        "写上手机、座机、邮箱或微信号",
        "Contact details",
        "Add a mobile, landline, e-mail or WeChat id",
        "13800138000",
        "接手的人联系不上客户",
    ),
    CONTACT_AT: _words(
        CONTACT_AT,
        "写上哪天几点谈的",
        "Contact time",
        "Write the day and the clock time",
        "2024-06-12 14:30",
        "没有时间，排不进客户的时间线",
    ),
    CHANNEL: _words(CHANNEL, "选一个方式", "Channel", "Choose one channel", "电话", "没有方式，算不清哪种联系有用"),
    SUMMARY: _words(
        SUMMARY,
        "写清谈了什么、客户关心什么",
        "Summary",
        "Write what was discussed and what the customer cares about",
        "王总问 3 号线能不能保留现有 PLC，预算 80 万",
        "没有内容，别人接不上这次谈话",
    ),
    FEEDBACK: _words(
        FEEDBACK,
        "写客户的原话或数字",
        "Feedback",
        "Write the customer's words or a figure",
        "“交期 45 天太长，30 天内能到就定”",
        "没有客户的话，判断不了进展",
    ),
    NEXT_STEP: _words(
        NEXT_STEP,
        "定一个下一步，或写明暂停原因",
        "Next step",
        "Set one, or say why it rests",
        "李晓雯 11月27日 10:00 电话问财务批复结果",
        "没有下一步，这个客户会断在这里",
    ),
}


def check(case: Case) -> None:
    """Report every blank required cell; attempts need neither content nor feedback."""
    if not case.customer:
        case.add(RULE, CUSTOMER, WORDS[CUSTOMER])
    if not case.contact:
        case.add(RULE, CONTACT, WORDS[CONTACT])
    if not case.contact_info:
        case.add(RULE, CONTACT_INFO, WORDS[CONTACT_INFO])
    if case.time_blank:
        case.add(RULE, CONTACT_AT, WORDS[CONTACT_AT])
    if not case.channel:
        case.add(RULE, CHANNEL, WORDS[CHANNEL])
    if not case.attempt:
        if not case.summary:
            case.add(RULE, SUMMARY, WORDS[SUMMARY])
        if not case.feedback:
            case.add(RULE, FEEDBACK, WORDS[FEEDBACK])
    if not case.plan and not (case.closed() and says_why(case)):
        case.add(RULE, NEXT_STEP, WORDS[NEXT_STEP])


def says_why(case: Case) -> bool:
    """The content tells why the customer is won, lost or resting: a fact, or a stated reason."""
    kinds = 0
    for _, (_, kind) in case.standard.lexicon.words_in(case.summary):
        kinds |= kind
    if kinds & NO_REASON:
        return False
    if kinds & REASON:
        return True
    return bool(case.summary) and case.concrete and not _NO_WHY.fullmatch(case.summary.strip())
