"""One record on the bench: its cells as text, its times read, its status known. Every rule reads from here."""

from __future__ import annotations

from datetime import datetime
from types import NoneType
from typing import Literal, NamedTuple

from genjin.lib.dates import Reading, half_width, read_datetime
from genjin.quality.facts import Clause, clauses, is_concrete
from genjin.quality.plan import PlanReading, read_plan
from genjin.quality.record import Finding, NextStep, Record
from genjin.quality.standard import Standard, option_key

# Wording is judged on the beginning of very long texts, so that no input takes long.
_ENOUGH = 8_000
_SHORT, _KNOWN = 24, 20_000


class Words(NamedTuple):
    """What one rule says: one sentence each, Chinese first, English beside it."""

    message: str
    suggestion: str
    message_en: str
    suggestion_en: str
    example: str
    why: str


class Case:
    """Cells are kept half-width, character by character, so that spans fit the raw text."""

    __slots__ = (
        "_concrete",
        "_parts",
        "_plan_reading",
        "attempt",
        "author",
        "channel",
        "contact",
        "contact_at",
        "contact_info",
        "customer",
        "entered_at",
        "feedback",
        "findings",
        "judgement",
        "names",
        "normalized",
        "now",
        "owner",
        "plan",
        "record",
        "standard",
        "status",
        "status_text",
        "summary",
        "time_blank",
    )  # fmt: skip

    def __init__(self, record: Record, standard: Standard, now: datetime) -> None:
        self.record, self.standard, self.now = record, standard, now
        self.findings: list[Finding] = []
        self.normalized: dict[str, str] = {}
        cells = standard.cells
        self.customer = cells[record.customer]
        self.contact = cells[record.contact]
        self.contact_info = half_width(cells[record.contact_info])
        self.channel = cells[record.channel]
        self.summary = half_width(cells[record.summary])
        self.feedback = half_width(cells[record.feedback])
        if record.quotes and not self.feedback:
            self.feedback = half_width(" ".join(f"“{quote}”" for quote in record.quotes))
        self.owner = cells[record.owner]
        self.author = cells[record.author]
        self.status_text = cells[record.status]
        self.status = _option(self.status_text, standard) if self.status_text else ""
        steps = record.next_steps
        self.plan = _joined(steps) if steps else half_width(cells[record.next_step])
        # A number or a date is no blank; writing it out would take longer than reading it.
        self.time_blank = isinstance(record.contact_at, (str, NoneType)) and not cells[record.contact_at]
        self.entered_at = read_datetime(record.entered_at, now=now)
        reference = self.entered_at.value or now
        self.contact_at: Reading = read_datetime(record.contact_at, now=reference)
        self.names = tuple([name for name in (self.contact, self.author, self.owner, *record.people) if len(name) > 1])
        self.attempt = self._is_attempt()
        # The unbacked judgement in the summary: its span or None, False while nobody has looked.
        self.judgement: tuple[int, int] | Literal[False] | None = False
        self._parts: list[Clause] | None = None
        self._concrete: bool | None = None
        self._plan_reading: PlanReading | None = None

    def _is_attempt(self) -> bool:
        if self.record.attempt or self.status in self.standard.attempt_statuses:
            return True
        return len(self.summary) < 16 and self.summary.strip(" 。.,，!！") in self.standard.attempt_phrases

    @property
    def concrete(self) -> bool:
        """The summary tells at least one fact."""
        if self._concrete is None:
            self._concrete = self._is_concrete()
        return self._concrete

    def _is_concrete(self) -> bool:
        summary = self.summary
        least = int(self.standard.thresholds["residue"])
        if len(summary) > _SHORT or self._names_one(summary):
            return is_concrete(summary, self.standard.lexicon, least, self.summary_parts, self.names)
        known = self.standard.known_summaries
        answer = known.get(summary)
        if answer is None:
            answer = is_concrete(summary, self.standard.lexicon, least, self.summary_parts)
            if len(known) < _KNOWN:
                known[summary] = answer
        return answer

    def _names_one(self, text: str) -> bool:
        return any(name in text for name in self.names)

    def summary_parts(self) -> list[Clause]:
        """The clauses of 跟进内容, cut once."""
        if self._parts is None:
            self._parts = clauses(self.summary[:_ENOUGH], self.standard.lexicon, self.names)
        return self._parts

    @property
    def plan_reading(self) -> PlanReading:
        if self._plan_reading is None:
            self._plan_reading = self._read_plan()
        return self._plan_reading

    def _read_plan(self) -> PlanReading:
        plan, names = self.plan, self.names
        # 持续跟进 and its like come again and again: short plans that name nobody are read once.
        if len(plan) > _SHORT or self._names_one(plan):
            return read_plan(plan, self.standard.lexicon, names, self.contact, self.owner)
        known = self.standard.known_plans
        reading = known.get(plan)
        if reading is None:
            reading = read_plan(plan, self.standard.lexicon)
            if len(known) < _KNOWN:
                known[plan] = reading
        return reading

    @property
    def due(self) -> str:
        return self.standard.cells[self.record.due]

    def closed(self) -> bool:
        """成交, 流失, 暂停: the states in which a plan may be blank when the content says why."""
        return self.status in self.standard.closing_statuses

    def add(
        self, rule: str, field: str, words: Words, span: tuple[int, int] | None = None, fix: str | None = None
    ) -> None:
        """Note a finding with the severity of its rule or blank cell in the standard; none where that is off."""
        standard = self.standard
        setting = standard.required[field] if rule == "missing-required" else standard.rules[rule]
        if setting.severity != "off":
            self.findings.append(
                # As `Finding(…)`, which would take its fields by name through a function of its own.
                tuple.__new__(Finding, (rule, setting.severity, field, span, *words, fix, setting.risk))
            )


def _joined(steps: tuple[NextStep, ...]) -> str:
    return half_width("；".join(step.act.strip() for step in steps if step.act.strip()))


def _option(text: str, standard: Standard) -> str:
    return standard.status_of.get(text) or standard.status_of.get(option_key(text), "")
