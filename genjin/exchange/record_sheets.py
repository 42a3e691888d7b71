"""A sheet of rows of a team's own type: its tables, and what becomes of each row before anything is written (R-237)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.reading import read
from genjin.access.visible import reaches, visible
from genjin.customers.models import Contact, Customer
from genjin.exchange.columns import ColumnBook, ColumnMapping, header_key
from genjin.exchange.columns_of import Terms
from genjin.exchange.entries import Entry, SheetContext, SheetReading
from genjin.exchange.own_cells import cell_value
from genjin.exchange.own_columns import left_out
from genjin.exchange.stored import REASON
from genjin.exchange.verdicts import CONFIRM, DUPLICATE, READY, REFUSED, SKIPPED
from genjin.lib.amounts import unit_of_header
from genjin.lib.companies import name_key
from genjin.lib.sheets import SheetError, Workbook, find_tables
from genjin.quality.standard import option_key
from genjin.records.models import Record
from genjin.records.rules import followers_of
from genjin.schema.own_kinds import states_list
from genjin.schema.registry import Field, RecordType

Json = dict[str, Any]
MOST_SHOWN = 8
_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
_NUMBER = re.compile(r"#?\s*(\d{1,9})")
_SKIP: Json = {"label": {"zh": "跳过", "en": "Skip"}, "skip": True}


def read_tables(book: Workbook, columns: ColumnBook, kind: RecordType) -> list[SheetReading]:
    """The tables of a workbook in which a heading is a field of the type. Raises `SheetError` where there is none."""
    own = {header_key(each) for each in (*left_out(kind), REASON)}
    found = []
    for table in (one for sheet in book.sheets for one in find_tables(sheet, columns.is_header)):
        taken: set[str] = set()
        mappings = [_mapped(column.header, columns, taken, own) for column in table.columns]
        if taken:
            found.append(SheetReading(table, mappings, SheetContext(kind=kind.slug), list(table.notes)))
    if not found:
        raise SheetError(
            "no-table",
            f"没有找到表头：至少要有一列是{kind.zh}的字段，比如“标题”",
            f"No header found: at least one column must be a field of {kind.en}",
        )
    return found


def _mapped(header: str, book: ColumnBook, taken: set[str], own: set[str]) -> ColumnMapping:
    for text, sure in ((header, 1.0), (_BRACKETS.sub("", header), 0.95)):
        slug = next((each for each in book.known.get(header_key(text), ()) if each not in taken), None)
        if slug is not None:
            taken.add(slug)
            return ColumnMapping(header, slug, sure, "表头相同", "the same heading")
    if header_key(header) in own:
        return ColumnMapping(header, None, 1.0, "系统自己算", "reckoned by the system")
    return ColumnMapping(header, None, 0.0, "没有用到", "not used")


def row_entries(reading: SheetReading) -> list[Entry]:
    """One entry a row."""
    places = [(place, each.field) for place, each in enumerate(reading.mappings) if each.field]
    return [
        Entry(reading.table.sheet, row.number, 0, {slug: row.cells[place] for place, slug in places}, {})
        for row in reading.table.rows
    ]


def units_of(columns: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Field slug → the unit that its heading states (万)."""
    return {each["field"]: unit_of_header(each["header"]) for each in columns if each["field"]}


@dataclass(frozen=True, slots=True)
class Standing:
    """A row that is there: where it stands, and may the actor change it."""

    pk: int
    state: str
    customer_id: int | None
    owner_id: int | None
    may_change: bool


@dataclass(slots=True)
class KnownRecords:
    """What the house knows of the rows of a file, as far as the actor sees it."""

    numbers: dict[int, Standing] = field(default_factory=dict)
    customers: dict[str, int] = field(default_factory=dict)
    contacts: dict[tuple[int, str], int] = field(default_factory=dict)
    same: dict[tuple[str, int | None], int] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    #: The rows that lines name by their number, whole, where the form demands something of what becomes of them.
    rows: dict[int, Record] = field(default_factory=dict)


def known_records(actor: Actor, kind: RecordType, entries: Sequence[Entry]) -> KnownRecords:
    """Rows by number and title, customers and contacts by name; five statements for any number of rows."""

    def texts(slug: str) -> list[str]:
        return list({text for each in entries if (text := each.text(f"{kind.slug}.{slug}"))})

    known = KnownRecords()
    numbers = [number for text in texts("number") if (number := number_in(text)) is not None]
    columns = ("id", "number", "state", "customer_id", "owner_id", "department_id", "name")
    where = Q(number__among=numbers) | Q(name__among=texts("name"))
    for pk, number, state, customer, owner, department, name in read(actor, Record, columns, where, of=kind.of):
        change = reaches(actor, Record, pk, owner=owner, department=department, act="change", of=kind.slug)
        known.numbers[number] = Standing(pk, state, customer, owner, change)
        known.same.setdefault((name, customer), number)
    if numbers and kind.demanding:
        whole = visible(actor, Record).filter(pk__among=[each.pk for each in known.numbers.values()])
        known.rows = {each.pk: each for each in whole}
    keys = [key for text in texts("customer") if (key := name_key(text))]
    if keys:
        known.customers = {key: pk for pk, key in read(actor, Customer, ("id", "name_key"), Q(name_key__among=keys))}
    people = texts("contact")
    if people:
        rows = read(actor, Contact, ("id", "customer_id", "name"), Q(name__among=people), order=("-id",))
        known.contacts = {(customer, name): pk for pk, customer, name in rows}
    return known


def number_in(text: str) -> int | None:
    found = _NUMBER.fullmatch(text.strip())
    return int(found[1]) if found else None


@dataclass(slots=True)
class Judged:
    """What becomes of one row: columns to write, of a new row or of the one that is there."""

    verdict: str = READY
    problems: list[Json] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    standing: Standing | None = None
    key: str = ""


@dataclass(frozen=True)
class Sheet:
    """Against what rows are judged."""

    kind: RecordType
    known: KnownRecords
    terms: Terms
    units: Mapping[str, str]

    def judged(self, entry: Entry, decision: Mapping[str, Any]) -> Judged:
        """The verdict on one row; `known.seen` remembers those before it, so that order matters."""
        texts = {slug.partition(".")[2]: text for slug in entry.cells if (text := entry.text(slug))}
        found = Judged(key=_key(texts))
        self._row(texts, decision, found)
        for part in (self._name, self._customer, self._contact, self._state, self._owner, self._own):
            part(texts, found)
        codes = {each["code"] for each in found.problems}
        if codes:
            found.verdict = REFUSED if codes & {"missing", "not-yours", "too-long"} else CONFIRM
        elif found.standing is None and not decision.get("separate"):
            self._twin(found)
        if decision.get("skip"):
            found.verdict = SKIPPED
        if found.verdict in (READY, DUPLICATE):
            self.known.seen.setdefault(found.key, entry.row)
        return found

    def _say(self, found: Judged, code: str, slug: str, zh: str, en: str, *fixes: Json) -> None:
        told = {"code": code, "field": f"{self.kind.slug}.{slug}", "zh": zh, "en": en, "fixes": [*fixes, _SKIP]}
        found.problems.append(told)

    def _set(self, slug: str, text: str, zh: str, en: str) -> Json:
        return {"label": {"zh": zh, "en": en}, "set": {f"{self.kind.slug}.{slug}": text}}

    def _blank(self, slug: str) -> Json:
        return self._set(slug, "", "留空", "Leave blank")

    def _row(self, texts: Mapping[str, str], decision: Mapping[str, Any], found: Judged) -> None:
        text = texts.get("number")
        if not text or decision.get("separate"):
            return
        number = number_in(text)
        found.standing = self.known.numbers.get(number) if number is not None else None
        new = {"label": {"zh": "当作新的写入", "en": "Write as a new one"}, "separate": True}
        if found.standing is None:
            zh = f"没有编号“{text[:20]}”的{self.kind.zh}，或者你看不到"
            self._say(found, "unknown-number", "number", zh, "No such number, or not visible to you", new)
        elif not found.standing.may_change:
            self._say(found, "not-yours", "number", f"#{number} 你能看，不能改", "You may see it, not change it")

    def _name(self, texts: Mapping[str, str], found: Judged) -> None:
        label, text = self.kind.by_slug["name"], texts.get("name", "")
        if text:
            found.values["name"] = text
        elif found.standing is None:
            self._say(found, "missing", "name", f"{label.zh}没有填", f"{label.en} is missing")
        if len(text) > 200:
            self._say(found, "too-long", "name", f"{label.zh}太长，最多 200 个字", f"{label.en} is too long")

    def _customer(self, texts: Mapping[str, str], found: Judged) -> None:
        label, text = self.kind.by_slug.get("customer"), texts.get("customer", "")
        if label is None:
            return
        if text:
            pk = self.known.customers.get(name_key(text))
            if pk is None:
                zh = f"没有客户“{text[:30]}”，或者你看不到；先建好它，或者留空"
                self._say(found, "unknown-customer", "customer", zh, "No such customer", self._blank("customer"))
            else:
                found.values["customer_id"] = pk
        elif label.required and found.standing is None:
            self._say(found, "missing", "customer", f"{label.zh}没有填", f"{label.en} is missing")

    def _contact(self, texts: Mapping[str, str], found: Judged) -> None:
        text = texts.get("contact", "")
        if not text or "contact" not in self.kind.by_slug:
            return
        at = found.values.get("customer_id", found.standing.customer_id if found.standing else None)
        pk = self.known.contacts.get((at or 0, text))
        if pk is None:
            zh = f"这家客户没有联系人“{text[:20]}”"
            self._say(found, "unknown-contact", "contact", zh, "No such contact there", self._blank("contact"))
        else:
            found.values["contact_id"] = pk

    def _state(self, texts: Mapping[str, str], found: Judged) -> None:
        text = texts.get("state", "")
        if not text:
            return
        key = self.terms.keys.get(states_list(self.kind.slug), {}).get(option_key(text), "")
        to = self.kind.state(key)
        if to is None:
            fixes = [self._set("state", each.zh, each.zh, each.en) for each in self.kind.states[:12]]
            zh = f"状态“{text[:20]}”不在选项里，选一个对应的"
            self._say(found, "unknown-option", "state", zh, f'"{text[:20]}" is no known state', *fixes)
            return
        standing = found.standing
        if standing is not None and to.key != standing.state and to not in followers_of(self.kind, standing.state):
            now = self.kind.state(standing.state)
            zh = f"不能从“{now.zh if now else standing.state}”到“{to.zh}”"
            stay = self._set("state", "", "状态不动", "Leave the state")
            self._say(found, "no-way", "state", zh, f"It cannot go to {to.en} from there", stay)
            return
        found.values["state"] = to.key

    def _owner(self, texts: Mapping[str, str], found: Judged) -> None:
        text = texts.get("owner", "")
        if not text:
            return
        mine, member = self._set("owner", "", "归我", "Mine"), self.terms.members.get(text)
        now = found.standing.owner_id if found.standing else self.terms.me.id
        if member is None:
            self._say(found, "unknown-member", "owner", f"团队里没有“{text[:20]}”", "Not in the team", mine)
        elif member.id != now and not self.terms.actor.may("record.assign"):
            self._say(found, "no-right", "owner", "你不能把记录给同事", "You may not give records away", mine)
        else:
            found.values |= {"owner_id": member.id, "department_id": member.department_id}

    def _own(self, texts: Mapping[str, str], found: Judged) -> None:
        for each in self.kind.own:
            if (text := texts.get(each.slug)) is not None:
                value = cell_value(each, text, self.units.get(f"{self.kind.slug}.{each.slug}", ""), self.terms)
                if value is None:
                    self._unreadable(each, text, found)
                else:
                    found.values[each.slug] = value

    def _unreadable(self, each: Field, text: str, found: Judged) -> None:
        choices = list(self.terms.choices.get(each.options or "", ()))[:12] if each.type == "option" else []
        fixes = [self._set(each.slug, label, label, label) for label in choices]
        zh = f"{each.zh}“{text[:20]}”读不出，改一下或者留空"
        self._say(found, "unreadable", each.slug, zh, f'{each.en}: "{text[:20]}" cannot be read', *fixes,
                  self._blank(each.slug))  # fmt: skip

    def _twin(self, found: Judged) -> None:
        apart = {"label": {"zh": "都留", "en": "Keep both"}, "separate": True}
        first = self.known.seen.get(found.key)
        if first is not None:
            one = {**_SKIP, "label": {"zh": "只留一条", "en": "Keep one"}}
            told = {"code": "twice", "field": f"{self.kind.slug}.name", "zh": f"和第 {first} 行是同一条",
                    "en": f"The same as row {first}", "fixes": [one, apart]}  # fmt: skip
            found.problems, found.verdict = [told], DUPLICATE
            return
        number = self.known.same.get((found.values.get("name", ""), found.values.get("customer_id")))
        if number is not None:
            update = self._set("number", str(number), f"更新 #{number}", f"Update #{number}")
            self._say(found, "already", "name", f"已经有同名的 #{number}", f"#{number} has this title", update, apart)
            found.verdict = DUPLICATE


def _key(texts: Mapping[str, str]) -> str:
    parts = [f"{slug}\x1e{text}" for slug, text in sorted(texts.items())]
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:40]


def effect_of(kind: RecordType, entry: Entry, found: Judged, missing: Sequence[str] = ()) -> Json:
    """What the wizard and the figures over all rows need of a judged row; `missing`: fields that the form asks for."""
    number = number_in(entry.text(f"{kind.slug}.number"))
    zh, en = (f"更新 #{number}", f"updates #{number}") if found.standing else (f"新建{kind.zh}", f"a new {kind.en}")
    shown = [(slug, text) for slug in entry.cells if (text := entry.text(slug))]
    return {
        "zh": zh,
        "en": en,
        "customer": None,
        "key": "",
        "line": found.key,
        "followup": False,
        "todo": False,
        "record": "update" if found.standing else "new",
        "cells": dict.fromkeys(missing, "unsure")
        | {each["field"]: "bad" if found.verdict == REFUSED else "unsure" for each in found.problems},
        "missing": bool(missing),
        "shown": {slug: text[:300] for slug, text in shown[:MOST_SHOWN]},
    }
