"""Entries to drafts: what a take-over (导入旧表) would write, and why a row cannot be taken over (R-237).

Pure. Two verdicts are kept apart: a blocking `RowProblem` (no customer, a date that cannot be read, an option without
mapping) keeps a row out; what the rules of quality say never does. Times are naive local times of the organisation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from genjin.exchange.amount_cells import AMOUNT_FIELDS, amount_in
from genjin.exchange.checkup import asked, to_record
from genjin.exchange.entries import CONTACT_AT, ENTERED_AT, Entry, SheetReading, entries, read_time
from genjin.exchange.problems import EARLIEST, LATEST, RowProblem, two_ways, written
from genjin.exchange.todo_drafts import DraftTodo, todo_in, todo_key
from genjin.lib.amounts import AmountError, unit_of_header
from genjin.lib.companies import name_key
from genjin.lib.dates import half_width, read_day
from genjin.lib.phones import channels
from genjin.lib.sheets.table import cell_str
from genjin.quality.record import Record
from genjin.quality.standard import Standard, option_key
from genjin.schema.extra import is_own

_BLANK = frozenset(["/", "\\", "-", "--", "—", "——", "无", "暂无", "空", "n/a", "none", "null"])
_CUSTOMER_TEXTS = (
    "industry", "source", "region", "address", "life_cycle", "stage", "intent_class", "size", "business", "time_node",
    "decision_process", "competitors", "interest", "special", "notes",
)  # fmt: skip
_FOLLOWUP_TEXTS = ("topic", "goal", "participants", "risk", "objection", "need", "satisfaction", "probability")
_CUSTOMER_CELLS = tuple((slug, f"customer.{slug}") for slug in _CUSTOMER_TEXTS)
_FOLLOWUP_CELLS = tuple((slug, f"followup.{slug}") for slug in _FOLLOWUP_TEXTS)
_TELLING = tuple(f"followup.{slug}" for slug in ("contact_at", "summary", "feedback", "next_step", "channel"))
_CHANNELS = tuple(f"contact.{slug}" for slug in ("info", "phone", "wechat", "email"))
_OPTION_LABELS = {"channel": "跟进方式", "status": "跟进状态"}
_LONGEST_BLANK = max(map(len, _BLANK))
_WIDE_BUT_BRACKETS = {0xFF01 + place: 0x21 + place for place in range(94) if chr(0x21 + place) not in "()"} | {
    0x3000: 0x20
}
#: The cells of one entry that say something, as trimmed texts.
Texts = Mapping[str, str]


@dataclass(slots=True)
class DraftCustomer:
    """`values` by customer field slug: texts, `tags` a list, amounts (low, high) minor units, `founded_on` a date."""

    name: str
    key: str
    kind: str = "company"
    owner: str = ""
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class DraftContact:
    """Channels are normalised; `raw_info` is the cell as written, kept when nothing in it could be read."""

    name: str
    title: str = ""
    phone: str = ""
    wechat: str = ""
    email: str = ""
    other_channels: list[str] = field(default_factory=list)
    birthday: str = ""
    decision_role: str = ""
    notes: str = ""
    raw_info: str = ""


@dataclass(slots=True)
class DraftFollowUp:
    """`contact_at` is None only when a problem says so. `channel` and `status` are labels of the standard's lists."""

    contact_at: datetime | None
    precision: str
    entered_at: datetime | None
    channel: str
    status: str
    summary: str
    feedback: str
    next_step: str
    step_owner: str
    due_at: datetime | None
    due_precision: str
    author: str
    entered_by: str
    department: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class DraftRow:
    """What one entry of the sheet becomes; a list of to-dos gives a `todo`, which may be without a customer.

    `extras` are the columns nobody knows, kept as a note. `line_key` is equal for the same content in another file or
    row, so that taking a file over twice adds nothing.
    """

    sheet: str
    row: int
    part: int
    customer: DraftCustomer | None
    contact: DraftContact | None
    followup: DraftFollowUp | None
    todo: DraftTodo | None
    problems: list[RowProblem]
    extras: dict[str, str]
    #: Record type → key of an own field → its text, and the unit that the heading states.
    own: dict[str, dict[str, tuple[str, str]]]
    line_key: str
    _source: tuple[Entry, SheetReading, tuple[str, ...], datetime]

    @property
    def record(self) -> Record:
        """The row as the rules of quality read it."""
        entry, reading, people, now = self._source
        return to_record(entry, reading.context, asked(reading), people, now)

    @property
    def blocked(self) -> bool:
        return any(problem.blocking for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Answers:
    """What the person decided in the wizard: option texts → a label of the list, "" to leave it blank; and cells.

    `cells[(sheet, row, part, field slug)]` replaces a cell (an accepted proposal, a repaired date).
    """

    channels: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[tuple[str, int, int, str], str] = field(default_factory=dict)


def draft_rows(
    reading: SheetReading, standard: Standard, *, now: datetime, answers: Answers | None = None
) -> Iterator[DraftRow]:
    """Every row of one table as drafts, in order. `now` is naive local time."""
    answers = answers or Answers()
    found = list(entries(reading))
    if answers.cells:
        places = {(entry.sheet, entry.row, entry.part): entry for entry in found}
        for (*place, slug), value in answers.cells.items():
            if mended := places.get(tuple(place)):  # type: ignore[arg-type]
                mended.cells[slug] = value
    people = tuple(dict.fromkeys(name for entry in found if 1 < len(name := entry.text("followup.author")) < 5))[:40]
    for entry in found:
        yield _draft(entry, reading, standard, answers, people, now)


def draft_entry(
    entry: Entry, reading: SheetReading, standard: Standard, people: tuple[str, ...], *, now: datetime
) -> DraftRow:
    """One entry as a draft, for a row that was decided upon. `now` is naive local time."""
    return _draft(entry, reading, standard, Answers(), people, now)


def _draft(
    entry: Entry, reading: SheetReading, standard: Standard, answers: Answers, people: tuple[str, ...], now: datetime
) -> DraftRow:
    problems: list[RowProblem] = []
    texts = _texts(entry)
    is_todo = reading.context.kind == "agenda"
    customer = None
    if not is_todo or "customer.name" in texts:
        customer = _customer(entry, texts, reading, problems)
    contact = _contact(texts, problems)
    todo = todo_in(entry, texts, reading.context, now, problems) if is_todo else None
    followup = None
    if not is_todo and any(slug in texts for slug in _TELLING):
        followup = _followup(entry, texts, reading, standard, answers, now, problems)
        followup.author = followup.author or reading.context.author
    return DraftRow(
        entry.sheet, entry.row, entry.part, customer, contact, followup, todo, problems, entry.extras,
        _own(texts, reading), _line_key(customer, contact, followup, todo), (entry, reading, people, now),
    )  # fmt: skip


def _texts(entry: Entry) -> Texts:
    found = {}
    for slug, cell in entry.cells.items():
        if cell is None:
            continue
        text = cell_str(cell).replace("\0", "")
        if len(text) > _LONGEST_BLANK or (text and text.lower() not in _BLANK):
            found[slug] = text
    return found


def _own(texts: Texts, reading: SheetReading) -> dict[str, dict[str, tuple[str, str]]]:
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for slug, text in texts.items():
        kind, _, name = slug.partition(".")
        if is_own(name):
            header = next((each.header for each in reading.mappings if each.field == slug), "")
            found.setdefault(kind, {})[name] = (text, unit_of_header(header))
    return found


def _customer(entry: Entry, texts: Texts, reading: SheetReading, problems: list[RowProblem]) -> DraftCustomer | None:
    name = " ".join(half_width_name(texts.get("customer.name", "")).split())[:200]
    key = name_key(name)
    if not key:
        problems.append(RowProblem("no-customer", "customer.name", "没有客户名称", "No customer name"))
        return None
    kind = "person" if reading.context.person_customers else "company"
    values: dict[str, Any] = {slug: texts[cell] for slug, cell in _CUSTOMER_CELLS if cell in texts}
    if tags := texts.get("customer.tags"):
        values["tags"] = [
            tag.strip() for tag in half_width(tags).replace("、", ",").replace(";", ",").split(",") if tag.strip()
        ]
    for slug in AMOUNT_FIELDS:
        if slug in texts:
            _amount(entry, reading, slug, values, problems)
    if "customer.founded_on" in texts:
        founded = read_day(_day(entry, "customer.founded_on"))
        if founded is not None:
            values["founded_on"] = founded
        else:
            entry.extras = {**entry.extras, "成立时间": texts["customer.founded_on"]}
    return DraftCustomer(name, key, kind, texts.get("customer.owner", ""), values)


def half_width_name(text: str) -> str:
    """A company's name with full-width letters made half-width, but its brackets left as registered （上海）."""
    return text.translate(_WIDE_BUT_BRACKETS)


def _day(entry: Entry, slug: str) -> str | float | int | datetime | date | None:
    cell = entry.cells.get(slug)
    return cell if isinstance(cell, (str, int, float, datetime, date)) and not isinstance(cell, bool) else None


def _amount(entry: Entry, reading: SheetReading, slug: str, values: dict[str, Any], problems: list[RowProblem]) -> None:
    try:
        amount = amount_in(entry, slug, reading.mappings)
    except AmountError as error:
        problems.append(RowProblem("unreadable-amount", slug, error.zh, error.en))
        entry.extras = {**entry.extras, slug: entry.text(slug)}
        return
    if amount.low is not None or amount.high is not None:
        values[slug.removeprefix("customer.")] = (amount.low, amount.high)


def _contact(texts: Texts, problems: list[RowProblem]) -> DraftContact | None:
    name = texts.get("contact.name", "")[:60]
    raw = " / ".join(dict.fromkeys(texts[cell] for cell in _CHANNELS if cell in texts))
    if not name and not raw:
        return None
    contact = DraftContact(name, texts.get("contact.title", "")[:60], raw_info=raw[:300])
    for channel in channels(raw):
        slot = "phone" if channel.kind in ("mobile", "landline") else channel.kind
        if getattr(contact, slot):
            contact.other_channels.append(channel.value)
        else:
            setattr(contact, slot, channel.value)
    if raw and not (contact.phone or contact.wechat or contact.email):
        problems.append(
            RowProblem(
                "bad-contact-format",
                "contact.info",
                f"联系方式“{raw[:20]}”认不出，原文留在备注",
                "Contact details kept as a note",
            )
        )
    contact.birthday = texts.get("contact.birthday", "")[:20]
    contact.decision_role = texts.get("contact.decision_role", "")[:20]
    contact.notes = texts.get("contact.notes", "")
    return contact


def _followup(
    entry: Entry,
    texts: Texts,
    reading: SheetReading,
    standard: Standard,
    answers: Answers,
    now: datetime,
    problems: list[RowProblem],
) -> DraftFollowUp:
    contact_at, precision = _contact_at(entry, texts, reading, now, problems)
    entered = read_time(entry, ENTERED_AT, reading.context, now)
    due = read_time(entry, "followup.due", reading.context, contact_at or now)
    return DraftFollowUp(
        contact_at=contact_at,
        precision=precision,
        entered_at=None if entered.ambiguous else entered.value,
        channel=_option("channel", texts, standard.channel_of, answers.channels, problems),
        status=_option("status", texts, standard.status_of, answers.statuses, problems),
        summary=texts.get("followup.summary", ""),
        feedback=texts.get("followup.feedback", ""),
        next_step=texts.get("followup.next_step", ""),
        step_owner=texts.get("followup.step_owner", ""),
        due_at=None if due.ambiguous else due.value,
        due_precision=due.precision or "day",
        author=texts.get("followup.author", ""),
        entered_by=texts.get("followup.entered_by", ""),
        department=texts.get("followup.department", ""),
        values={slug: texts[cell] for slug, cell in _FOLLOWUP_CELLS if cell in texts},
    )


def _contact_at(
    entry: Entry, texts: Texts, reading: SheetReading, now: datetime, problems: list[RowProblem]
) -> tuple[datetime | None, str]:
    """When it happened. Relative (上周五), swapped (06/05) and missing times are asked, never guessed."""
    shown = entry.text(CONTACT_AT)[:24]
    found = read_time(entry, CONTACT_AT, reading.context, now)
    if found.ambiguous:
        problems.append(two_ways(CONTACT_AT, shown, found))
        return None, "day"
    if found.value is None or not EARLIEST <= found.value < LATEST:
        entered = read_time(entry, ENTERED_AT, reading.context, now)
        proposal = written(entered.value, "day") if entered.value is not None and not entered.ambiguous else None
        zh = f"跟进时间“{shown}”读不出是哪一天" if CONTACT_AT in texts else "没有跟进时间"
        problems.append(RowProblem("unreadable-date", CONTACT_AT, zh, "The contact time cannot be read", proposal))
        return None, "day"
    if found.relative:
        day = written(found.value, found.precision)
        known = bool(entry.text(ENTERED_AT))
        zh = f"“{shown}”按记录时间推算是 {day}，确认一下" if known else f"“{shown}”没有记录时间可以推算"
        problems.append(
            RowProblem(
                "ambiguous-date",
                CONTACT_AT,
                zh,
                f'"{shown}" is relative',
                day if known else None,
                (day,) if known else (),
            )
        )
        return None, "day"
    return found.value, found.precision or "day"


def _option(
    name: str,
    texts: Texts,
    known: Mapping[str, str],
    answers: Mapping[str, str],
    problems: list[RowProblem],
) -> str:
    """A label of the list; "" for a blank cell; a blocking problem for a text without mapping."""
    slug = f"followup.{name}"
    text = texts.get(slug, "")
    if not text:
        return ""
    if text in answers:
        return answers[text]
    if found := known.get(option_key(text)):
        return found
    zh = f"{_OPTION_LABELS[name]}“{text[:20]}”不在选项里，选一个对应的"
    problems.append(
        RowProblem(
            "unknown-option", slug, zh, f'"{text[:20]}" is no known option', None, tuple(dict.fromkeys(known.values()))
        )
    )
    return ""


def _line_key(
    customer: DraftCustomer | None,
    contact: DraftContact | None,
    followup: DraftFollowUp | None,
    todo: DraftTodo | None,
) -> str:
    if todo:
        due = written(todo.due_at, todo.precision) if todo.due_at else ""
        return todo_key(customer.key if customer else "", todo.act, due)
    parts = [customer.key if customer else "", contact.name if contact and not followup else ""]
    if followup:
        when = followup.contact_at.isoformat() if followup.contact_at else ""
        parts += [when, followup.channel, followup.summary, followup.feedback, followup.next_step]
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:40]
