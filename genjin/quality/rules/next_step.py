"""vague-next-step, wait-without-checkback, next-step-no-owner, next-step-no-date (R-030, R-058, R-068, R-069)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from genjin.lib.dates import DATE_WORD, read_datetime
from genjin.quality.case import Case, Words
from genjin.quality.names import named_ours
from genjin.quality.record import NEXT_STEP, NextStep

VAGUE = Words(
    "这一步没法照着做",
    "写谁、哪天、做什么、要达到什么",
    "Nobody could act on this",
    "Say who, which day, what to do and to what end",
    "李晓雯 11月27日 10:00 电话问财务批复结果",
    "到那天不知道该做什么，等于没有下一步",
)
WAIT = Words(
    "只写了等，没写哪天回问",
    "定一天主动问一次",
    "This only waits; say which day you will ask again",
    "Set a day on which you ask",
    "11月27日 10:00 电话问预算结果",
    "没有日期，到时没人提醒你",
)
OWNER = Words(
    "没写谁来做",
    "写上负责的人或部门",
    "Nobody is named for this step",
    "Name the person or department",
    "售前章启明 6月11日前配好演示账号",
    "没有人名，就没有人做",
)
DATE = Words(
    "没写哪天做",
    "写上日期，最好带钟点",
    "This step has no date",
    "Give a date, best with a clock time",
    "6月11日 14:00 上门试用",
    "没有日期，到时没人提醒你",
)


def check(case: Case) -> None:
    """A blank plan is the business of missing-required alone."""
    if not case.plan:
        return
    if case.record.next_steps:
        _check_form(case)
        return
    plan = case.plan
    reading = case.plan_reading
    if not reading.executable and not case.attempt:
        case.add("vague-next-step", NEXT_STEP, VAGUE, _whole(plan), _fix(case))
    if reading.waits_only:
        case.add("wait-without-checkback", NEXT_STEP, WAIT, reading.waiting, _fix(case))
    if not _has_owner(case):
        case.add("next-step-no-owner", NEXT_STEP, OWNER, None, _with_owner(case))
    if not reading.dated and not _due_given(case):
        case.add("next-step-no-date", NEXT_STEP, DATE, None)


def _whole(text: str) -> tuple[int, int]:
    return (0, len(text))


def _due_given(case: Case) -> bool:
    if not case.due:
        return False
    if read_datetime(case.record.due, now=case.now).value is not None:
        return True
    return DATE_WORD.search(case.due) is not None


def _has_owner(case: Case) -> bool:
    if case.owner:
        return True
    record = case.record
    if not record.has_owner_column and (case.author or not record.has_author_column):
        return True
    people = tuple(name for name in (case.author, *record.people) if name)
    return named_ours(case.plan, contact=case.contact, people=people) is not None


def _check_form(case: Case) -> None:
    """The form's own inputs: each step has its act, person and time apart; the author is the default person."""
    from_date = False
    for step in case.record.next_steps:
        _check_step(case, step)
        from_date = from_date or bool(step.due_at)
    reading = case.plan_reading
    if not reading.executable and not case.attempt:
        case.add("vague-next-step", NEXT_STEP, VAGUE, _whole(case.plan), _fix(case))
    if reading.waits_only:
        case.add("wait-without-checkback", NEXT_STEP, WAIT, reading.waiting, _fix(case))


def _check_step(case: Case, step: NextStep) -> None:
    if not step.act.strip():
        return
    if not (step.owner or case.author or case.owner):
        case.add("next-step-no-owner", NEXT_STEP, OWNER)
    if not step.due_at and not DATE_WORD.search(step.act):
        case.add("next-step-no-date", NEXT_STEP, DATE)


def _fix(case: Case) -> str:
    """A dated check-back of our own, ready to be put in place of a plan that says nothing (R-069)."""
    day = _workday_after(case.now.date(), 3)
    who = case.owner or case.author
    contact = case.contact or "客户"
    topic = "问结果" if case.plan_reading.waiting else "确认下一步要什么"
    return f"{who + ' ' if who else ''}{day.month}月{day.day}日 10:00 电话{contact}{topic}"


def _with_owner(case: Case) -> str | None:
    return f"{case.author}：{case.plan}" if case.author else None


@lru_cache(maxsize=64)
def _workday_after(today: date, days: int) -> date:
    day = today
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day
