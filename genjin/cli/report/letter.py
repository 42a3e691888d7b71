"""What the letter says: the cause in one sentence, whom to save first, who should change what. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from genjin.cli.report.words import ADVICE, percent
from genjin.exchange.amount_cells import budget_of
from genjin.exchange.checkup import CheckedRow, Checkup
from genjin.lib.companies import display_name, name_key
from genjin.quality.record import Finding

#: People with fewer records are not compared: their average says little.
LEAST_RECORDS = 10
MOST_FIRST = 5
_NEVER = datetime.fromisoformat("0001-01-01")
_AREAS = {
    "下一步": ("下一步计划", "负责人", "截止日期"),
    "内容": ("跟进内容", "客户反馈"),
    "时间": ("跟进时间", "记录时间"),
    "联系方式": ("联系方式", "联系人", "客户名称"),
    "选项": ("跟进方式", "跟进状态"),
}
_CAUSES = {
    "下一步": "{n} 条没法执行或没有日期",
    "内容": "{n} 条没有写清谈了什么、客户怎么说",
    "时间": "{n} 条时间不准或晚写",
    "联系方式": "{n} 条找不到人或联系方式不对",
    "选项": "{n} 条方式或状态不在列表里",
}


class Lead(NamedTuple):
    """The second sentence: `area` is emphasised, `rest` follows it."""

    area: str
    rest: str


@dataclass(frozen=True, slots=True)
class First:
    """A customer to save first."""

    name: str
    reason: str
    amount: int | None


@dataclass(frozen=True, slots=True)
class Person:
    """One author compared with the same ruler. `timeliness` None: nobody wrote when."""

    name: str
    records: int
    score: int
    completeness: float
    timeliness: float | None
    broken: int
    advice: str


def scored(row: CheckedRow) -> list[Finding]:
    """The findings that count: errors and warnings."""
    return [finding for finding in row.verdict.findings if finding.severity != "hint"]


def lead(checkup: Checkup) -> Lead:
    """Where the problems lie, what follows from it, and what to mend first."""
    rows, summary = checkup.rows, checkup.summary
    counts = Counter(area for row in rows for area in {_area(finding) for finding in scored(row)})
    if not counts:
        return Lead("", "没有要改的，照这样写。")
    area, number = counts.most_common(1)[0]
    sentence = "：" + _CAUSES[area].format(n=number)
    if area == "下一步" and summary.broken_followup:
        sentence += f"，{summary.broken_followup} 家客户断档"
    return Lead(area, sentence + "。" + _promise(checkup))


def _area(finding: Finding) -> str:
    return next((area for area, fields in _AREAS.items() if finding.field in fields), "内容")


def _promise(checkup: Checkup) -> str:
    """先改谁的几条，合格率能到多少. Empty without authors to compare."""
    weak: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for row in checkup.rows:
        if row.author:
            total[row.author] += 1
            weak[row.author] += bool(scored(row))
    names = [name for name, bad in weak.most_common() if bad >= 3 and total[name] >= LEAST_RECORDS][:2]
    if not names:
        return ""
    rows, clean = checkup.summary.rows, checkup.summary.clean
    mended = sum(weak[name] for name in names)
    before, after = percent(clean / rows), percent((clean + mended) / rows)
    return f"先改{'和'.join(names)}的 {mended} 条，合格率能从 {before} 到 {after}。"


def period(rows: Sequence[CheckedRow], now: datetime) -> str:
    """5月6日 – 6月27日, from the contact times up to now; years only where they differ from each other."""
    times = [row.written_at for row in rows if row.written_at is not None and row.written_at <= now]
    if not times:
        return ""
    first, last = min(times), max(times)
    start = f"{first.month}月{first.day}日"
    end = f"{last.month}月{last.day}日"
    if first.year != last.year:
        return f"{first.year}年{start} – {last.year}年{end}"
    return f"{first.year}年{start} – {end}"


def firsts(checkup: Checkup) -> list[First]:
    """The customers to save first: silent or badly recorded ones, the largest amount first, then the lowest score."""
    worst: dict[str, CheckedRow] = {}
    amounts: dict[str, int] = {}
    mappings = {reading.table.sheet: reading.mappings for reading in checkup.readings}
    for row in checkup.rows:
        key = name_key(row.customer)
        if not key:
            continue
        if amount := budget_of(row.entry, mappings[row.entry.sheet]):
            amounts[key] = max(amounts.get(key, 0), amount)
        if key not in worst or row.verdict.score < worst[key].verdict.score:
            worst[key] = row
    chosen = [key for key in worst if key in checkup.broken]
    if not chosen:
        chosen = [key for key, row in worst.items() if any(f.severity == "error" for f in scored(row))]
    chosen.sort(key=lambda key: (-amounts.get(key, 0), worst[key].verdict.score, worst[key].entry.row))
    return [
        First(display_name(worst[key].customer), _reason(worst[key], checkup.broken.get(key, "")), amounts.get(key))
        for key in chosen[:MOST_FIRST]
    ]


def _reason(row: CheckedRow, broken: str) -> str:
    messages = [finding.message for finding in scored(row) if finding.severity == "error"]
    parts = [broken] if broken else []
    parts += [message for message in messages if not broken or ("下一步" not in message and "这一步" not in message)][
        :1
    ]
    return "；".join(parts[:2]) + f"（第 {row.entry.row} 行）"


def people(checkup: Checkup) -> tuple[list[Person], list[str]]:
    """Authors with at least LEAST_RECORDS records, best average first; and the names of the others."""
    by_author: dict[str, list[CheckedRow]] = {}
    for row in checkup.rows:
        if row.author:
            by_author.setdefault(row.author, []).append(row)
    last: dict[str, str] = {}
    for row in sorted(checkup.rows, key=lambda row: row.written_at or _NEVER):
        last[name_key(row.customer)] = row.author
    broken = Counter(last.get(key, "") for key in checkup.broken)
    ranked = [_person(name, rows, broken[name]) for name, rows in by_author.items() if len(rows) >= LEAST_RECORDS]
    ranked.sort(key=lambda person: (-person.score, person.name))
    return ranked, [name for name, rows in by_author.items() if len(rows) < LEAST_RECORDS]


def _person(name: str, rows: list[CheckedRow], broken: int) -> Person:
    missing = sum(1 for row in rows for finding in scored(row) if finding.rule == "missing-required")
    timed = [row for row in rows if row.written_at is not None and row.entry.text("followup.entered_at")]
    late = sum(1 for row in timed if any(finding.rule == "late-entry" for finding in scored(row)))
    return Person(
        name,
        len(rows),
        round(sum(row.verdict.score for row in rows) / len(rows)),
        1 - missing / (8 * len(rows)),
        1 - late / len(timed) if timed else None,
        broken,
        _advice(rows),
    )


def _advice(rows: list[CheckedRow]) -> str:
    """The one thing to change: a plan written again and again, else the rule found most."""
    rules = Counter(rule for row in rows for rule in {finding.rule for finding in scored(row)})
    if not rules:
        return "没有要改的"
    plans = Counter(
        row.entry.text("followup.next_step")
        for row in rows
        if any(finding.rule == "vague-next-step" for finding in scored(row))
    )
    if plans:
        text, times = plans.most_common(1)[0]
        if times >= 3 and len(text) <= 12:
            return f"“{text}”出现 {times} 次"
    rule, times = rules.most_common(1)[0]
    return f"{ADVICE.get(rule, rule)}（{times} 条）"


def most_missing(rows: Sequence[CheckedRow]) -> str:
    """The required cell that is blank most often; "" when none is."""
    fields = Counter(f.field for row in rows for f in scored(row) if f.rule == "missing-required")
    return fields.most_common(1)[0][0] if fields else ""


def most_said(rows: Sequence[CheckedRow]) -> tuple[str, int]:
    """The empty phrase written most often, with its count; ("", 0) when none repeats."""
    said = Counter(
        text
        for row in rows
        for finding in scored(row)
        if finding.rule in ("vague-summary", "vague-next-step")
        and (text := row.entry.text("followup.summary" if finding.rule == "vague-summary" else "followup.next_step"))
        and len(text) <= 12
    )
    found = said.most_common(1)
    return found[0] if found and found[0][1] > 1 else ("", 0)
