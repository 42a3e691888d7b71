"""One record on the bench: its cells as text, its times read, its status known. Every rule reads from here."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from genjin.lib.dates import Reading, half_width, read_datetime
from genjin.quality.facts import is_concrete
from genjin.quality.plan import PlanReading, read_plan
from genjin.quality.record import Finding, NextStep, Raw, Record
from genjin.quality.standard import Standard, option_key


class Words(NamedTuple):
    """What one rule says: one sentence each, Chinese first, English beside it."""

    message: str
    suggestion: str
    message_en: str
    suggestion_en: str
    example: str
    why: str


def cell_text(raw: Raw) -> str:
    """A cell as the text a person sees; 13800138000.0 loses its tail, a time is written YYYY-MM-DD HH:mm."""
    if raw is None:
        return ""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, datetime):
        return raw.isoformat(" ", "minutes")
    if isinstance(raw, date):
        return raw.isoformat()
    return str(int(raw)) if raw == raw and abs(raw) < 1e18 and raw == int(raw) else repr(raw)


class Case:
    """Cells are kept half-width, character by character, so that spans fit the raw text."""

    __slots__ = (
        "record", "standard", "now", "attempt", "customer", "contact", "contact_info", "channel", "summary",
        "feedback", "plan", "owner", "due", "author", "status", "time_blank", "contact_at", "entered_at",
        "findings", "_concrete", "_plan_reading", "names", "normalized",
    )  # fmt: skip

    def __init__(self, record: Record, standard: Standard, now: datetime) -> None:
        self.record, self.standard, self.now = record, standard, now
        self.findings: list[Finding] = []
        self.normalized: dict[str, str] = {}
        self.customer = self._cell(record.customer)
        self.contact = self._cell(record.contact)
        self.contact_info = self._cell(record.contact_info)
        self.channel = self._cell(record.channel)
        self.summary = self._cell(record.summary)
        self.feedback = self._cell(record.feedback) or self._cell(" ".join(record.quotes))
        self.owner = self._cell(record.owner)
        self.due = self._cell(record.due)
        self.author = self._cell(record.author)
        self.status = _option(cell_text(record.status), standard) if record.status else ""
        self.plan = _joined(record.next_steps) if record.next_steps else self._cell(record.next_step)
        self.time_blank = not self._cell(record.contact_at)
        self.entered_at = read_datetime(record.entered_at, now=now)
        reference = self.entered_at.value or now
        self.contact_at: Reading = read_datetime(record.contact_at, now=reference)
        self.names = tuple(name for name in (self.contact, self.author, self.owner, *record.people) if len(name) > 1)
        self.attempt = self._is_attempt()
        self._concrete: bool | None = None
        self._plan_reading: PlanReading | None = None

    def _cell(self, raw: Raw) -> str:
        text = half_width(cell_text(raw))
        if len(text) < 6 and text.strip().lower() in self.standard.blank:
            return ""
        return text if not text.isspace() else ""

    def _is_attempt(self) -> bool:
        if self.record.attempt or self.status in self.standard.attempt_statuses:
            return True
        return len(self.summary) < 16 and self.summary.strip(" 。.,，!！") in self.standard.attempt_phrases

    @property
    def concrete(self) -> bool:
        """The summary tells at least one fact."""
        if self._concrete is None:
            least = int(self.standard.thresholds["residue"])
            self._concrete = is_concrete(self.summary, self.standard.lexicon, self.names, least)
        return self._concrete

    @property
    def plan_reading(self) -> PlanReading:
        if self._plan_reading is None:
            self._plan_reading = read_plan(self.plan, self.standard.lexicon, self.names)
        return self._plan_reading

    def closed(self) -> bool:
        """成交, 流失, 暂停: the states in which a plan may be blank when the content says why."""
        return self.status in self.standard.closing_statuses

    def add(
        self, rule: str, field: str, words: Words, span: tuple[int, int] | None = None, fix: str | None = None
    ) -> None:
        """Note a finding, with the severity the pack gives to its rule."""
        self.findings.append(Finding(rule, self.standard.rules[rule].severity, field, span, *words, fix))


def _joined(steps: tuple[NextStep, ...]) -> str:
    return half_width("；".join(step.act.strip() for step in steps if step.act.strip()))


def _option(text: str, standard: Standard) -> str:
    return standard.status_of.get(text) or standard.status_of.get(option_key(text), "")
