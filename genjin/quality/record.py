"""One follow-up record as the rules read it, and what they say about it. Pure data, no Django."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

Raw = str | int | float | datetime | date | None
Severity = Literal["error", "warning", "hint"]
Axis = Literal["structure", "action", "evidence", "clarity"]
AXES: tuple[Axis, ...] = ("structure", "action", "evidence", "clarity")

CUSTOMER, CONTACT, CONTACT_INFO = "客户名称", "联系人", "联系方式"
CONTACT_AT, ENTERED_AT, CHANNEL = "跟进时间", "记录时间", "跟进方式"
SUMMARY, FEEDBACK, NEXT_STEP = "跟进内容", "客户反馈", "下一步计划"
OWNER, DUE, STATUS, AUTHOR = "负责人", "截止日期", "跟进状态", "跟进人"


@dataclass(frozen=True, slots=True)
class NextStep:
    """One next step of the web form, where act, person, time and goal have their own inputs (R-030)."""

    act: str
    owner: str | None = None
    due_at: Raw = None
    goal: str | None = None


@dataclass(slots=True)
class Record:
    """The cells as a person wrote them. A cell that its sheet does not have is None, a blank one is None or "".

    Nobody changes one; it is not frozen only because freezing takes longer than a rule.

    `has_owner_column` and `has_author_column` say whether the sheet asks for 负责人 and 跟进人 at all: without an
    owner column the author is the default owner. `next_steps`, when given, replace the sentence in `next_step`.
    `quotes` are the customer's words marked in the form. `attempt` marks a one-tap attempt (未接通 …);
    `attempts_before` counts the attempts directly before it. `last_feedback` is what the customer said last time.
    """

    customer: Raw = None
    contact: Raw = None
    contact_info: Raw = None
    contact_at: Raw = None
    entered_at: Raw = None
    channel: Raw = None
    summary: Raw = None
    feedback: Raw = None
    next_step: Raw = None
    owner: Raw = None
    due: Raw = None
    author: Raw = None
    status: Raw = None
    attempt: bool = False
    next_steps: tuple[NextStep, ...] = ()
    quotes: tuple[str, ...] = ()
    has_owner_column: bool = True
    has_author_column: bool = True
    people: tuple[str, ...] = ()
    attempts_before: int = 0
    last_feedback: str = ""
    is_company: bool = True


class Risk(NamedTuple):
    """What the firm risks when a finding stays: a lost order, a wrong decision … (R-248)."""

    zh: str
    en: str


class Finding(NamedTuple):
    """One thing to mend. `span` counts characters in the raw text of `field`; `fix` is the final text of the field."""

    rule: str
    severity: Severity
    field: str
    span: tuple[int, int] | None
    message: str
    suggestion: str
    message_en: str
    suggestion_en: str
    example: str
    why: str
    fix: str | None = None
    risk: Risk | None = None


class Verdict(NamedTuple):
    """What the rules say about one record: 0–100 points in all and for each of the four principles (R-067)."""

    score: int
    axes: dict[Axis, int]
    findings: list[Finding]
    normalized: dict[str, str]
    attempt: bool = False
