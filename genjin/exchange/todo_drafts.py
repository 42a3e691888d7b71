"""A row of a list of to-dos as a draft: what, for whom, by when, done or not. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from genjin.agenda.rules import SETTLED_ELSEWHERE
from genjin.exchange.entries import Entry, SheetContext, read_time
from genjin.exchange.problems import EARLIEST, LATEST, RowProblem, two_ways, written

ACT, DUE, STATE, KIND = "agenda.act", "agenda.due_at", "agenda.state", "agenda.kind"
#: The words of an export for the state of a to-do, by its key; the first readings of a cell.
STATES = {"open": "待办", "done": "已完成"}
#: The words of an export for what a to-do is, by its kind.
KINDS = {
    "task": "自己加的", "next_step": "下一步", "next_try": "再联系", "merge": "合并客户", "review": "审核",
    "check_file": "审附件", "peer_check": "互查", "mend": "退回修改", "takeup": "接手新客户", "help": "求助",
    "claim": "首次联系领来的客户",
    "objection": "客户异议", "approve": "审批", "node_limit": "阶段时限", "handover": "确认交接", "cadence": "节奏联系",
    "complaint": "客户投诉", "complaint_ask": "问投诉结果", "survey": "满意度调查",
    "contract_draft": "起草合同", "payment": "收款", "renewal": "续约", "delivery": "客户交接清单",
    "care": "关怀",
    "needs_check": "确认需求",
}  # fmt: skip
_KINDS = {word: key for key, word in KINDS.items()}
_DONE = frozenset({"已完成", "完成", "已办", "已办完", "办完", "done", "√", "✓", "是"})
_OPEN = frozenset({"", "待办", "未完成", "没完成", "没办完", "进行中", "open", "否"})


@dataclass(slots=True)
class DraftTodo:
    """`due_at` is None only when a problem says so; times are naive local times, people and departments are names."""

    act: str
    goal: str
    owner: str
    department: str
    due_at: datetime | None
    precision: str
    done: bool
    done_at: datetime | None
    done_by: str
    note: str
    kind: str

    @property
    def moot(self) -> bool:
        """Open, of a kind that only the matter itself makes and closes: here nobody could ever be done with it."""
        return self.kind in SETTLED_ELSEWHERE and not self.done


def todo_in(
    entry: Entry, texts: Mapping[str, str], context: SheetContext, now: datetime, problems: list[RowProblem]
) -> DraftTodo:
    """The to-do of one row; what keeps it out goes to `problems`."""
    act = texts.get(ACT, "")
    if not act:
        problems.append(RowProblem("no-act", ACT, "没有写做什么", "It does not say what is to be done"))
    due_at, precision = _due(entry, context, now, problems)
    extras = dict(entry.extras)
    kind = texts.get(KIND, "")
    if kind and kind not in _KINDS:
        extras["待办类型"] = kind
    done_at = read_time(entry, "agenda.done_at", context, now)
    return DraftTodo(
        act=act,
        goal=texts.get("agenda.goal", ""),
        owner=texts.get("agenda.owner", ""),
        department=texts.get("agenda.department", ""),
        due_at=due_at,
        precision=precision,
        done=_done(texts.get(STATE, ""), problems),
        done_at=None if done_at.ambiguous else done_at.value,
        done_by=texts.get("agenda.done_by", ""),
        note="\n".join(filter(None, [texts.get("agenda.note"), *(f"{name}：{text}" for name, text in extras.items())])),
        kind=_KINDS.get(kind, "task"),
    )


def _due(entry: Entry, context: SheetContext, now: datetime, problems: list[RowProblem]) -> tuple[datetime | None, str]:
    """By when. Relative (周五), swapped (06/05) and missing times are asked, never guessed."""
    shown = entry.text(DUE)[:24]
    found = read_time(entry, DUE, context, now)
    if found.ambiguous:
        problems.append(two_ways(DUE, shown, found))
    elif found.value is None or not EARLIEST <= found.value < LATEST:
        zh = f"“{shown}”读不出是哪一天" if shown else "没有写什么时候"
        problems.append(RowProblem("unreadable-date", DUE, zh, "The due time cannot be read"))
    elif found.relative:
        day = written(found.value, found.precision)
        zh = f"“{shown}”按今天推算是 {day}，确认一下"
        problems.append(RowProblem("ambiguous-date", DUE, zh, f'"{shown}" is relative', day, (day,)))
    else:
        return found.value, found.precision or "day"
    return None, "day"


def _done(text: str, problems: list[RowProblem]) -> bool:
    word = text.strip().lower()
    if word not in _DONE | _OPEN:
        zh = f"状态“{text[:20]}”不在选项里，选一个对应的"
        en = f'"{text[:20]}" is no known state'
        problems.append(RowProblem("unknown-option", STATE, zh, en, None, tuple(STATES.values())))
    return word in _DONE


def todo_key(customer: str, act: str, due: str) -> str:
    """Equal for the same to-do in another file or on the agenda: `customer` is its name key, `due` as written."""
    return hashlib.sha256("\x1f".join(["agenda", customer, act, due]).encode("utf-8", "replace")).hexdigest()[:40]
