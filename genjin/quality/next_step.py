"""One sentence of the form read as a next step: what, who, when, to what end (R-030, R-069, R-074)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from genjin.lib.dates import DateSpan, Precision, find_dates, half_width
from genjin.quality.names import named_department, named_ours
from genjin.quality.plan import PlanReading, read_plan
from genjin.quality.standard import Standard, load_standard


class NextStepReading(NamedTuple):
    """What was read, to be shown for confirmation. `owner` falls back to the author; `owner_named` tells which.

    `due_at` is naive local time; with precision "day" its clock part is 00:00 and means the end of that day.
    """

    act: str
    owner: str | None
    owner_named: bool
    due_at: datetime | None
    precision: Precision | None
    due_text: str
    goal: str | None
    waits_only: bool
    executable: bool


_GOAL = re.compile(
    r"[,，;；。\s]*(?:目标是?|目的是?|为了|以便|争取|力争|确保|要达到)[:：]?\s*(?P<goal>[^,，;；。]{2,40})"
)
_EDGE = " \t,，、;；。.:：-—"
_BEFORE = re.compile(r"^\s*(?:之前|以前|前|之内|内|左右|务必|负责|需要?|要|来)\s*")
_SERVED_BY = re.compile(r"(?:由|让|请|交给|安排)\s*$")


def read_next_step(
    sentence: str,
    *,
    now: datetime,
    people: Sequence[str] = (),
    author: str = "",
    contact: str = "",
    standard: Standard | None = None,
) -> NextStepReading:
    """Read act, person, time and goal from one sentence (design §7: person and date are read and shown).

    `people` are the names of colleagues, longest match first; `contact` is the customer's person, never the owner.
    Never raises; an empty sentence gives an empty act that is not executable.
    """
    raw = sentence.strip()[:2000]
    text = half_width(raw)
    words = standard or load_standard()
    plan = read_plan(text, words.lexicon, tuple(name for name in (contact, author) if len(name) > 1), contact)
    known = tuple(sorted((name for name in people if name and name in text), key=text.index))
    named = _first_named(text, contact, known)
    owner = author if named == "我" else named
    due = _due(text, plan, now)
    goal = _GOAL.search(text)
    return NextStepReading(
        act=_act(raw, text, named, due, goal),
        owner=owner or author or None,
        owner_named=named is not None,
        due_at=due.value if due else None,
        precision=due.precision if due else None,
        due_text=raw[due.start : due.end].strip() if due else "",
        goal=raw[goal.start("goal") : goal.end("goal")].strip(_EDGE) if goal else None,
        waits_only=plan.waits_only,
        executable=plan.executable,
    )


def _due(text: str, plan: PlanReading, now: datetime) -> DateSpan | None:
    """The first date of our own; a date inside a waiting clause is the customer's."""
    for span in find_dates(text, now=now):
        if plan.waiting and plan.waiting[0] <= span.start < plan.waiting[1]:
            continue
        return span
    return None


def _first_named(text: str, contact: str, people: tuple[str, ...]) -> str | None:
    """Whoever stands first: 技术部出图，周婷发客户 is the technical department's step."""
    person = named_ours(text, contact=contact, people=people)
    department = named_department(text)
    if person and department and person != "我" and person not in department and department not in person:
        return min((person, department), key=text.find)
    return person


def _act(raw: str, text: str, named: str | None, due: DateSpan | None, goal: re.Match[str] | None) -> str:
    """The sentence without what the other inputs show."""
    cuts: list[tuple[int, int]] = []
    if due:
        end = due.end
        follows = _BEFORE.match(text[end:])
        cuts.append((due.start, end + (follows.end() if follows else 0)))
    if goal:
        cuts.append((goal.start(), goal.end()))
    if named:
        at = text.find(named)
        before = _SERVED_BY.search(text[:at])
        start = before.start() if before else at
        # Only a name at the head of a clause is the owner; 请法务审核 keeps its object.
        if at >= 0 and (start == 0 or text[start - 1] in _EDGE or any(end == start for _, end in cuts)):
            after = _BEFORE.match(text[at + len(named) :])
            cuts.append((start, at + len(named) + (after.end() if after else 0)))
    kept = raw
    for start, end in sorted(cuts, reverse=True):
        kept = kept[:start] + kept[end:]
    return kept.strip(_EDGE) or raw.strip(_EDGE)
