"""A whole sheet judged: every row's verdict and the numbers about all of them (R-237, R-248). Pure, no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from genjin.exchange.columns import ColumnBook, ColumnMapping
from genjin.exchange.entries import (
    CONTACT_AT,
    ENTERED_AT,
    Entry,
    SheetContext,
    SheetReading,
    entries,
    read_book,
    read_time,
)
from genjin.lib.companies import duplicate_groups, name_key
from genjin.lib.dates import read_datetime
from genjin.lib.phones import channels
from genjin.lib.sheets import Note, Workbook
from genjin.quality.judge import judge, points
from genjin.quality.record import CONTACT, CONTACT_INFO, CUSTOMER, Raw, Record, Verdict
from genjin.quality.standard import Standard

#: What the fields are called in a report: the names of the written standard.
LABELS = {
    "customer.name": "客户名称", "contact.name": "联系人", "contact.info": "联系方式", "contact.phone": "联系方式",
    "contact.wechat": "联系方式", "contact.email": "联系方式", "followup.contact_at": "跟进时间",
    "followup.entered_at": "记录时间", "followup.channel": "跟进方式", "followup.summary": "跟进内容",
    "followup.feedback": "客户反馈", "followup.next_step": "下一步计划", "followup.step_owner": "负责人",
    "followup.due": "截止日期", "followup.status": "跟进状态", "followup.author": "跟进人",
}  # fmt: skip
_LIST_FIELDS = (CUSTOMER, CONTACT, CONTACT_INFO)
_REQUIRED = 8
#: A customer without contact for longer than this is silent (断档) even with a plan.
SILENT_DAYS = 30
_NEVER = datetime.fromisoformat("0001-01-01")
_NO_NEXT_STEP = frozenset({"vague-next-step", "next-step-no-date", "wait-without-checkback"})
MOST_PEOPLE = 40


@dataclass(slots=True)
class CheckedRow:
    """One record of the sheet with its verdict. `written_at` is the contact time when it could be read."""

    entry: Entry
    record: Record
    verdict: Verdict
    written_at: datetime | None
    customer: str

    @property
    def author(self) -> str:
        return self.entry.text("followup.author") or str(self.record.author or "")


@dataclass(slots=True)
class Summary:
    """The numbers of one file. Shares are 0–1; `timeliness` is None when no row says when it was written."""

    rows: int = 0
    clean: int = 0
    by_rule: dict[str, int] = field(default_factory=dict)
    completeness: float = 1.0
    timeliness: float | None = None
    vague_share: float = 0.0
    duplicates: list[list[str]] = field(default_factory=list)
    broken_followup: int = 0


@dataclass(slots=True)
class Checkup:
    """Everything a report needs about one file."""

    file: str
    now: datetime
    readings: list[SheetReading]
    rows: list[CheckedRow]
    notes: list[Note]
    summary: Summary
    standard: Standard
    broken: dict[str, str] = field(default_factory=dict)

    @property
    def has_errors(self) -> bool:
        return any(finding.severity == "error" for row in self.rows for finding in row.verdict.findings)


def check_book(
    book: Workbook, file: str, standard: Standard, *, now: datetime, columns: ColumnBook | None = None
) -> Checkup:
    """Judge every record of a workbook. Raises SheetError when it holds no table."""
    readings = read_book(book, columns)
    rows: list[CheckedRow] = []
    notes: list[Note] = []
    for reading in readings:
        checked = _check_sheet(reading, standard, now)
        rows += checked
        said = [*reading.notes, *_time_notes(checked, reading, now)]
        name = reading.table.sheet
        notes += said if len(readings) == 1 else [Note(f"“{name}”{note.zh}", f"{name}: {note.en}") for note in said]
    if len(readings) > 1:
        names = "、".join(f"“{reading.table.sheet}”" for reading in readings)
        notes.insert(0, Note(f"读了 {len(readings)} 张工作表：{names}", f"Read {len(readings)} sheets"))
    duplicates = find_duplicates(rows)
    broken = (
        broken_customers(rows, standard, now, duplicates) if any(r.context.kind == "followup" for r in readings) else {}
    )
    checkup = Checkup(file, now, readings, rows, notes, summarize(rows, len(broken), duplicates), standard, broken)
    return checkup


def _check_sheet(reading: SheetReading, standard: Standard, now: datetime) -> list[CheckedRow]:
    found = list(entries(reading))
    is_list = reading.context.kind != "followup"
    names = Counter(name for entry in found if (name := entry.text("followup.author")))
    people = tuple(name for name, _ in names.most_common(MOST_PEOPLE) if 1 < len(name) < 5)
    columns = asked(reading)
    rows = []
    for entry in found:
        record = to_record(entry, reading.context, columns, people, now)
        verdict = judge(record, standard, now=now)
        if is_list:
            verdict = _only(verdict, reading, standard)
        rows.append(CheckedRow(entry, record, verdict, _time_of(verdict), entry.text("customer.name")))
    return rows


def _time_of(verdict: Verdict) -> datetime | None:
    text = verdict.normalized.get("跟进时间")
    return datetime.fromisoformat(text) if text else None


def asked(reading: SheetReading) -> tuple[bool, bool]:
    """Whether the sheet asks for 负责人 and for 跟进人 at all."""
    return reading.columns_of("followup.step_owner"), reading.columns_of("followup.author")


def to_record(
    entry: Entry, context: SheetContext, columns: tuple[bool, bool], people: tuple[str, ...], now: datetime
) -> Record:
    """An entry as the rules read it: the cells as written, with what the sheet says about all rows filled in.

    `columns` is what `asked` says of its sheet.
    """
    # Tables hold no truth values, clock times or durations.
    cells = cast(dict[str, Raw], entry.cells)
    contact_at = cells.get(CONTACT_AT)
    if isinstance(contact_at, str) or (context.month and isinstance(contact_at, (int, float))):
        contact_at = _with_period(entry, contact_at, context, now)
    return Record(
        customer=cells.get("customer.name"),
        contact=cells.get("contact.name"),
        contact_info=cells.get("contact.info"),
        contact_at=contact_at,
        entered_at=cells.get(ENTERED_AT),
        channel=cells.get("followup.channel"),
        summary=cells.get("followup.summary"),
        feedback=cells.get("followup.feedback"),
        next_step=cells.get("followup.next_step"),
        owner=cells.get("followup.step_owner"),
        due=cells.get("followup.due"),
        author=cells.get("followup.author") or context.author or None,
        status=cells.get("followup.status"),
        has_owner_column=columns[0],
        has_author_column=columns[1],
        people=people,
        is_company=not context.person_customers,
    )


def _with_period(entry: Entry, raw: Raw, context: SheetContext, now: datetime) -> Raw:
    """A date without year or month as the sheet tells it; the cell as written when the rules read the same."""
    if entry.text(ENTERED_AT):
        return raw
    reading = read_time(entry, CONTACT_AT, context, now)
    if (
        reading.value is None
        or reading.ambiguous
        or reading.relative
        or (not reading.assumed_year and not context.month)
        or read_datetime(raw, now=now).value == reading.value
    ):
        return raw
    return reading.value.isoformat(" ", "minutes") if reading.precision == "minute" else reading.value.date()


def _only(verdict: Verdict, reading: SheetReading, standard: Standard) -> Verdict:
    """In a list of customers only the cells it has are judged."""
    had = {LABELS.get(each.field or "") for each in reading.mappings}
    findings = [each for each in verdict.findings if each.field in _LIST_FIELDS and each.field in had]
    score, axes = points(findings, standard)
    return Verdict(score, axes, findings, verdict.normalized, False)


def _time_notes(rows: list[CheckedRow], reading: SheetReading, now: datetime) -> list[Note]:
    """Say every date that was not read as written: ambiguous ones are left alone, missing years are assumed."""
    ambiguous, assumed = [], []
    for row in rows:
        raw = row.entry.cells.get(CONTACT_AT)
        if not isinstance(raw, str) or raw == row.verdict.normalized.get("跟进时间"):
            continue
        found = read_time(row.entry, CONTACT_AT, reading.context, now)
        shown = f"第{row.entry.row}行“{raw.strip()[:24]}”"
        if found.ambiguous:
            ways = " 或 ".join(_shown(each) for each in found.ambiguous)
            ambiguous.append(f"{shown}可读作 {ways}")
        elif found.assumed_year and found.value is not None:
            assumed.append(f"{shown}按 {found.value:%Y} 年读")
    notes = []
    if ambiguous:
        more = f"，共 {len(ambiguous)} 处" if len(ambiguous) > 5 else ""
        notes.append(
            Note(
                "；".join(ambiguous[:5]) + f"{more}，没有替你猜", f"{len(ambiguous)} ambiguous date(s) were not guessed"
            )
        )
    if assumed:
        more = f" 等 {len(assumed)} 处" if len(assumed) > 5 else ""
        notes.append(
            Note("没写年份：" + "；".join(assumed[:5]) + more, f"{len(assumed)} date(s) without a year: year assumed")
        )
    return notes


def _shown(value: datetime) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if value.hour or value.minute else f"{value:%Y-%m-%d}"


def summarize(rows: Sequence[CheckedRow], broken: int, duplicates: list[list[str]]) -> Summary:
    """The numbers over all rows: see the contract of `genjin check` for their meaning."""
    summary = Summary(rows=len(rows), broken_followup=broken, duplicates=duplicates)
    by_rule: Counter[str] = Counter()
    missing = vague = timed = late = 0
    for row in rows:
        scored = [finding for finding in row.verdict.findings if finding.severity != "hint"]
        rules = {finding.rule for finding in scored}
        by_rule.update(rules)
        summary.clean += not rules
        missing += sum(1 for finding in scored if finding.rule == "missing-required")
        vague += bool(rules & {"vague-summary", "vague-next-step"})
        if row.written_at is not None and row.entry.text(ENTERED_AT):
            timed += 1
            late += "late-entry" in rules
    # Most frequent first, equal ones by name, so that two reports on one sheet are the same.
    summary.by_rule = dict(sorted(by_rule.items(), key=lambda item: (-item[1], item[0])))
    if rows:
        summary.completeness = round(1 - missing / (_REQUIRED * len(rows)), 4)
        summary.vague_share = round(vague / len(rows), 4)
    summary.timeliness = round(1 - late / timed, 4) if timed else None
    return summary


def find_duplicates(rows: Sequence[CheckedRow]) -> list[list[str]]:
    """Spellings that may be one firm: by name (R-121). A list with one row a customer also shows equal names."""
    names = [row.customer for row in rows if row.customer]
    return duplicate_groups(names)


def broken_customers(
    rows: Sequence[CheckedRow], standard: Standard, now: datetime, duplicates: list[list[str]]
) -> dict[str, str]:
    """断档: customers whose last record leaves no executable, dated next step, or that nobody contacted for long.

    Keyed by name key, with the reason. Closed ones (成交, 流失, 暂停) are not counted; names that may be one firm are
    taken for one, so that nobody is called silent who was visited under another spelling.
    """
    same = {name_key(name): name_key(group[0]) for group in duplicates for name in group}
    last: dict[str, CheckedRow] = {}
    for row in rows:
        if not (key := name_key(row.customer)):
            continue
        key = same.get(key, key)
        before = last.get(key)
        if before is None or (row.written_at or _NEVER) >= (before.written_at or _NEVER):
            last[key] = row
    broken = {}
    for key, row in last.items():
        if row.verdict.normalized.get("跟进状态") in standard.closing_statuses:
            continue
        rules = {finding.rule for finding in row.verdict.findings}
        blank_plan = any(f.rule == "missing-required" and f.field == "下一步计划" for f in row.verdict.findings)
        silent = (now - row.written_at).days if row.written_at else 0
        if blank_plan or rules & _NO_NEXT_STEP:
            broken[key] = "没有下一步" if blank_plan else "下一步没法执行或没有日期"
        elif silent > SILENT_DAYS:
            broken[key] = f"{silent} 天没联系"
    return broken


def phone_of(row: CheckedRow) -> str:
    """The first way to reach the contact, normalised; "" when none is valid."""
    found = channels(row.entry.text("contact.info"))
    return found[0].value if found else ""


def standard_columns(mappings: Sequence[ColumnMapping]) -> dict[str, str | None]:
    """Header → name in the written standard, null for columns it has no name for."""
    return {each.header: LABELS.get(each.field or "") for each in mappings if each.header}
