"""What a draft becomes: ready, to be confirmed, perhaps a duplicate, or refused, with the taps that mend it (R-237).

Pure. Only these problems keep a row out; findings of quality never do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from genjin.exchange.entries import CONTACT_AT, SheetReading
from genjin.exchange.problems import RowProblem, written
from genjin.exchange.rows import DraftFollowUp, DraftRow
from genjin.exchange.todo_drafts import ACT, DUE, KIND, KINDS, DraftTodo
from genjin.lib.companies import short_name
from genjin.quality.judge import judge, points
from genjin.quality.next_step import read_next_step
from genjin.quality.record import CONTACT, CONTACT_INFO, CUSTOMER, Finding, Verdict
from genjin.quality.standard import Standard

READY, CONFIRM, DUPLICATE, REFUSED, SKIPPED = "ready", "confirm", "duplicate", "refused", "skipped"
_ASKED = frozenset({"ambiguous-date", "unknown-option"})
_LIST_FIELDS = {CUSTOMER: "customer.name", CONTACT: "contact.name", CONTACT_INFO: "contact.info"}
_SKIP = {"label": {"zh": "跳过", "en": "Skip"}, "skip": True}
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class KnownCustomer:
    """A customer that is there already, as far as the actor's rights go."""

    id: int
    name: str
    owner: str
    may_log: bool
    may_change: bool


@dataclass(slots=True)
class Known:
    """What the house knows already of the rows of one file; `taken` and `logged` hold line keys."""

    by_name: dict[str, KnownCustomer] = field(default_factory=dict)
    by_short: dict[str, KnownCustomer] = field(default_factory=dict)
    by_channel: dict[str, KnownCustomer] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    logged: set[str] = field(default_factory=set)
    seen: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Todo:
    """The next step of an old record that still lies ahead; `due_at` is naive local time."""

    act: str
    owner: str
    due_at: datetime
    precision: str
    goal: str


@dataclass(slots=True)
class Outcome:
    verdict: str
    problems: list[Json]
    marks: dict[str, str]
    effect: Json
    customer: KnownCustomer | None
    todo: Todo | None


def outcome(draft: DraftRow, known: Known, decision: Mapping[str, Any], standard: Standard, now: datetime) -> Outcome:
    """The verdict on one draft. `known.seen` remembers the lines met before, so that order matters."""
    problems = [_problem(each, draft, now) for each in draft.problems]
    found = _customer(draft, known, decision)
    verdict = CONFIRM if draft.blocked else READY
    if any(each.blocking and each.code not in _ASKED for each in draft.problems):
        verdict = REFUSED
    late = _in_future(draft, now)
    if late:
        problems.append(late)
        verdict = REFUSED
    if found is not None and not found.may_log:
        problems.append(_foreign(found))
        verdict = REFUSED
    todo = next_todo(draft.followup, draft, standard, now) if draft.followup else None
    if verdict == READY and (twin := _twin(draft, known, found, decision)):
        problems.append(twin)
        verdict = DUPLICATE
    if verdict == READY and draft.todo and draft.todo.moot:
        problems.append(_moot(draft.todo))
        verdict = REFUSED
    if decision.get("skip"):
        verdict = SKIPPED
    if verdict in (READY, DUPLICATE):
        known.seen.setdefault(draft.line_key, draft.row)
    marks = {each["field"]: _mark(each["code"]) for each in problems if each["field"]}
    return Outcome(verdict, problems, marks, _effect(draft, found, todo), found, todo)


def _mark(code: str) -> str:
    return "unsure" if code in _ASKED or code in ("similar", "already", "twice") else "bad"


def _customer(draft: DraftRow, known: Known, decision: Mapping[str, Any]) -> KnownCustomer | None:
    if draft.customer is None:
        return None
    chosen = decision.get("merge_into")
    if chosen is not None:
        everybody = [*known.by_name.values(), *known.by_short.values(), *known.by_channel.values()]
        return next((each for each in everybody if each.id == chosen), None)
    return known.by_name.get(draft.customer.key)


def _problem(each: RowProblem, draft: DraftRow, now: datetime) -> Json:
    fixes: list[Json] = [
        {"label": {"zh": f"按 {text}" if each.field == CONTACT_AT else text, "en": text}, "set": {each.field: text}}
        for text in dict.fromkeys((*((each.proposal,) if each.proposal else ()), *each.options))
    ]
    return {"code": each.code, "field": each.field, "zh": each.zh, "en": each.en, "fixes": [*fixes[:12], _SKIP]}


def _in_future(draft: DraftRow, now: datetime) -> Json | None:
    record = draft.followup
    if record is None or record.contact_at is None or record.contact_at <= now + timedelta(hours=24):
        return None
    fixes: list[Json] = []
    for year in (now.year, now.year - 1):
        if record.contact_at.month == 2 and record.contact_at.day == 29:
            break
        earlier = record.contact_at.replace(year=year)
        if earlier <= now:
            text = written(earlier, record.precision)
            label = {"zh": f"改成 {text}", "en": f"Change to {text}"}
            fixes.append({"label": label, "set": {CONTACT_AT: text}})
            break
    return {
        "code": "future-date",
        "field": CONTACT_AT,
        "zh": "跟进时间在将来",
        "en": "The contact time is in the future",
        "fixes": [*fixes, _SKIP],
    }


def _moot(todo: DraftTodo) -> Json:
    word, plain = KINDS[todo.kind], {"set": {KIND: KINDS["task"]}}
    return {
        "code": "made-elsewhere",
        "field": KIND,
        "zh": f"“{word}”的待办由那件事自己产生，也由它办结，不从表里写入",
        "en": "Such a to-do comes from the matter itself, which also closes it; it is not written from a sheet",
        "fixes": [{"label": {"zh": "当作普通待办写入", "en": "As an ordinary to-do"}, **plain}, _SKIP],
    }


def _foreign(found: KnownCustomer) -> Json:
    owner = f"归{found.owner}" if found.owner else "在公共客户里"
    return {
        "code": "not-yours",
        "field": "customer.name",
        "zh": f"这家客户{owner}，你不能往里写",
        "en": "This customer belongs to somebody else",
        "fixes": [_SKIP],
    }


def _twin(draft: DraftRow, known: Known, found: KnownCustomer | None, decision: Mapping[str, Any]) -> Json | None:
    """Taken over before, met twice in this file, or like a customer that is there."""
    apart = {"label": {"zh": "都留", "en": "Keep both"}, "separate": True}
    if draft.followup and draft.line_key in known.taken:
        return _twin_json("already", "这一条以前导入过", "This row was taken over before", [_SKIP])
    if draft.line_key in known.logged and not decision.get("separate"):
        return _twin_json("already", "这条跟进已经有了", "This record is there already", [_SKIP, apart])
    if draft.todo and draft.line_key in known.taken and not decision.get("separate"):
        return _twin_json("already", "待办里已经有这一条", "This stands on the agenda already", [_SKIP, apart])
    if decision.get("separate"):
        return None
    first = known.seen.get(draft.line_key)
    if first is not None:
        zh, en = f"和第 {first} 行是同一条", f"The same as row {first}"
        return _twin_json("twice", zh, en, [{**_SKIP, "label": {"zh": "只留一条", "en": "Keep one"}}, apart])
    if found is not None or draft.customer is None or decision.get("merge_into"):
        return None
    like, why = _similar(draft, known)
    if like is None:
        return None
    fixes: list[Json] = [{"label": {"zh": "是两家", "en": "Two customers"}, "separate": True}]
    if like.may_log:
        label = {"zh": f"并入“{like.name}”", "en": f"Merge into “{like.name}”"}
        fixes.insert(0, {"label": label, "merge_into": like.id})
    zh = f"和“{like.name}”{'电话' if why == 'phone' else '简称'}相同"
    en = f"The same {'phone' if why == 'phone' else 'short name'} as “{like.name}”"
    return _twin_json("similar", zh, en, fixes)


def _similar(draft: DraftRow, known: Known) -> tuple[KnownCustomer | None, str]:
    assert draft.customer is not None
    contact = draft.contact
    for value in (contact.phone, contact.wechat, contact.email) if contact else ():
        if value and value in known.by_channel:
            return known.by_channel[value], "phone"
    if known.by_short and (like := known.by_short.get(short_name(draft.customer.name))):
        return like, "name"
    return None, ""


def _twin_json(code: str, zh: str, en: str, fixes: list[Json]) -> Json:
    return {"code": code, "field": "customer.name", "zh": zh, "en": en, "fixes": fixes}


def _effect(draft: DraftRow, found: KnownCustomer | None, todo: Todo | None) -> Json:
    zh, en = [], []
    if draft.customer and not (draft.todo and found):
        zh.append("更新已有客户" if found else "新建客户")
        en.append("updates a customer" if found else "a new customer")
    if draft.followup:
        zh.append("加 1 条跟进")
        en.append("1 follow-up")
    if todo or draft.todo:
        zh.append("生成 1 个任务")
        en.append("1 to-do")
    return {"zh": "，".join(zh), "en": ", ".join(en)}


def next_todo(followup: DraftFollowUp, draft: DraftRow, standard: Standard, now: datetime) -> Todo | None:
    """The next step when it still lies ahead; a plan of the past makes no to-do."""
    text = followup.next_step
    if not text or followup.contact_at is None:
        return None
    if followup.due_at is not None and _past(followup.due_at, followup.due_precision, now):
        return None
    contact = draft.contact.name if draft.contact else ""
    names = tuple(name for name in (followup.step_owner, followup.author) if name)
    read = read_next_step(
        text, now=followup.contact_at, people=names, author=followup.author, contact=contact, standard=standard
    )
    due, precision = followup.due_at, followup.due_precision
    if due is None and read.due_at is not None:
        due, precision = read.due_at, read.precision or "day"
    if due is None or _past(due, precision, now):
        return None
    return Todo(read.act or text[:300], followup.step_owner or read.owner or "", due, precision, read.goal or "")


def _past(due: datetime, precision: str, now: datetime) -> bool:
    return due.date() < now.date() if precision == "day" else due <= now


def quality_of(draft: DraftRow, reading: SheetReading, standard: Standard, now: datetime) -> Verdict:
    """The written standard on one row; of a list of customers only the columns it has are judged."""
    if draft.todo:
        score, axes = points([], standard)
        return Verdict(score, axes, [], {})
    verdict = judge(draft.record, standard, now=now, with_hints=False)
    if reading.context.kind != "customer":
        return verdict
    had = {each.field for each in reading.mappings}
    info = bool(had & {"contact.info", "contact.phone", "contact.wechat", "contact.email"})
    findings: Sequence[Finding] = [
        each
        for each in verdict.findings
        if (slug := _LIST_FIELDS.get(each.field)) and (slug in had or (slug == "contact.info" and info))
    ]
    score, axes = points(list(findings), standard)
    return Verdict(score, axes, list(findings), verdict.normalized)


def shown(draft: DraftRow, raw_time: str) -> dict[str, str]:
    """The cells that the list of rows shows, by field slug; a time that was not read as it was written."""
    record, contact, todo = draft.followup, draft.contact, draft.todo
    if todo:
        due = written(todo.due_at, todo.precision) if todo.due_at else raw_time
        return {"customer.name": draft.customer.name if draft.customer else "", ACT: todo.act, DUE: due}
    when = raw_time
    if record and record.contact_at:
        when = written(record.contact_at, record.precision)
    return {
        "customer.name": draft.customer.name if draft.customer else "",
        "contact.name": contact.name if contact else "",
        "contact.info": (contact.phone or contact.wechat or contact.email or contact.raw_info) if contact else "",
        CONTACT_AT: when,
        "followup.channel": record.channel if record else "",
        "followup.summary": record.summary[:300] if record else "",
        "followup.feedback": record.feedback[:300] if record else "",
        "followup.next_step": record.next_step[:300] if record else "",
    }
