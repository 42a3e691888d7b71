"""Hints: advice outside score and exit status (R-022, R-030, R-038, R-063, R-064, R-068, R-070, attempts in a row)."""

from __future__ import annotations

import re

from genjin.lib.dates import DATE_WORD
from genjin.quality.case import Case, Words
from genjin.quality.facts import has_code, has_figure, quotations
from genjin.quality.lexicon import NEED, OBJECTION
from genjin.quality.names import named_department
from genjin.quality.record import CHANNEL, CUSTOMER, NEXT_STEP, SUMMARY

SHORT_NAME = Words(
    "客户名称像是简称",
    "写营业执照上的全称",
    "This looks like a short name",
    "Use the full registered name",
    "苏州恒锐精密机械有限公司",
    "简称容易和别家混，也会建出重复客户",
)
SCENE = Words(
    "没写是在什么场合、和谁谈的",
    "补一句谁、在哪、为什么谈",
    "The scene is missing: who, where, why",
    "Add who, where and why",
    "到 3 号车间看装箱线，陶厂长在场",
    "没有场景，看不出这些数字说的是什么",
)
DATA = Words(
    "没有数字或原话",
    "补一个数字、型号或客户原话",
    "No figure and no quotation",
    "Add a figure, a model or the customer's words",
    "每天卡箱 4 到 5 次，要求低于千分之二",
    "有数据，同事才能判断大小轻重",
)
ACTION = Words(
    "没写我们做了什么、答应了什么",
    "补一句我们的答复或动作",
    "What we did or answered is missing",
    "Add our answer or act",
    "答复换模约 15 分钟，当场演示一次",
    "只有客户说的，不知道我们应了什么",
)
GOAL = Words(
    "下一步没写要达到什么",
    "补一句做成什么样算完",
    "The next step has no goal",
    "Say what counts as done",
    "目标：客户确认预算和签字人",
    "有目标，做完才知道成没成",
)
DEPARTMENT = Words(
    "要别的部门配合，没写由谁答复",
    "写上部门里那个人的名字",
    "Another department is needed, but nobody in it is named",
    "Name the colleague who answers for it",
    "技术部郑工 5月16日出验收指标",
    "只写部门，到时没人认",
)
OFF_FEEDBACK = Words(
    "客户说的事，下一步没有接上",
    "让下一步回应客户最后说的那句话",
    "The plan does not take up what the customer said",
    "Let the next step answer the customer's last words",
    "客户要照明案例 → 6月17日前发 3 个照明案例",
    "客户会觉得话白说了",
)
THIRD_ATTEMPT = Words(
    "连续几次没联系上，换个方式试试",
    "改用微信、短信，或换个时间打",
    "Several attempts failed in a row; try another channel",
    "Try WeChat, a text message or another hour",
    "6月20日 晚上 19:00 微信留言说明来意",
    "同一个时间同一个方式，多半还是不接",
)

_LATIN = re.compile(r"[A-Za-z][A-Za-z]")
_SCENE = re.compile(
    r"车间|现场|展厅|展会|办公室|会上|会议|电话|来电|微信|邮件|上门|拜访|到店|演示|参观|问|说|要求|提出|反馈|总|工|姐|哥|经理|主任|厂长|先生|女士"
)
_OUR_ACT = re.compile(
    r"答|回复|发|寄|送|演示|讲解|说明|介绍|报价|确认|测|试|约|安排|指导|核对|提供|承诺|建议|推荐|解释|整理|登记|看了|带"
)
_GOAL = re.compile(r"目标|目的|以便|为了|争取|确认|问清|敲定|签|定下|验收|通过|完成|达到|决定|结果|批|回款|收到")
_COMMON_TEXT = """
客户 对方 我们 公司 一个 这个 可以 需要 希望 要求 没有 什么 时候 还是 就是 之前 以后 提出 确认
回复 联系 电话 问题
"""
_COMMON = frozenset(_COMMON_TEXT.split())


def check(case: Case) -> None:
    """Advice on a record that has something to advise on; attempts get only the change of channel."""
    if case.attempt:
        if case.record.attempts_before + 1 >= case.standard.thresholds["attempts_in_row"]:
            case.add("third-attempt", CHANNEL, THIRD_ATTEMPT)
        return
    _check_name(case)
    _check_glossary(case)
    if case.summary and case.concrete:
        _check_scene_data_action(case)
    if case.plan and case.plan_reading.executable:
        _check_plan(case)


def _check_name(case: Case) -> None:
    name = case.customer
    if name and case.record.is_company and not name.rstrip(") ）").endswith(case.standard.company_suffixes):
        case.add("short-name", CUSTOMER, SHORT_NAME, (0, len(name)))


def _check_glossary(case: Case) -> None:
    """The first team abbreviation in content or plan, with its plain words (R-038, R-064)."""
    pattern = case.standard.glossary_pattern
    if pattern is None:
        return
    for field, text in ((SUMMARY, case.summary), (NEXT_STEP, case.plan)):
        found = pattern.search(text) if text and _LATIN.search(text) else None
        if found:
            short, plain = found.group(0), case.standard.glossary[found.group(0)]
            words = Words(
                f"“{short}”不是人人都懂",
                f"写成“{plain}”",
                f'"{short}" is not plain to everybody',
                "Write it in plain words",
                plain,
                "同事和新人看得懂，记录才有用",
            )
            case.add("glossary", field, words, found.span(), text[: found.start()] + plain + text[found.end() :])


def _check_scene_data_action(case: Case) -> None:
    text = case.summary
    if not _SCENE.search(text) and not (case.contact and case.contact in text):
        case.add("scene-data-action", SUMMARY, SCENE)
    elif not quotations(text) and not quotations(case.feedback) and not has_code(text) and not has_figure(text):
        if not has_figure(case.feedback):
            case.add("scene-data-action", SUMMARY, DATA)
    elif not _OUR_ACT.search(text):
        case.add("scene-data-action", SUMMARY, ACTION)


def _check_plan(case: Case) -> None:
    plan = case.plan
    goals = [step.goal for step in case.record.next_steps if step.goal]
    if not goals and not _GOAL.search(plan):
        case.add("no-goal", NEXT_STEP, GOAL)
    department = named_department(plan)
    if department and department.endswith("部") and not case.owner:
        after = plan[plan.find(department) + len(department) :]
        if DATE_WORD.match(after) or not after[:1] or after[0].isdigit():
            at = plan.find(department)
            case.add("unnamed-department", NEXT_STEP, DEPARTMENT, (at, at + len(department)))
    feedback = case.feedback or case.record.last_feedback
    if feedback and _asks_something(case, feedback) and not _linked(feedback, plan):
        case.add("plan-off-feedback", NEXT_STEP, OFF_FEEDBACK)


def _asks_something(case: Case, feedback: str) -> bool:
    return any(kind & (NEED | OBJECTION) for _, (_, kind) in case.standard.lexicon.words_in(feedback))


def _linked(feedback: str, plan: str) -> bool:
    """Some word of two characters stands in both."""
    for start in range(len(plan) - 1):
        pair = plan[start : start + 2]
        if pair in feedback and pair.isalnum() and pair not in _COMMON:
            return True
    return False
