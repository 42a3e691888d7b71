"""The two looks at a file before anything is written: reading it, and checking every row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from genjin.access.actor import Actor
from genjin.customers.fields import CUSTOMER
from genjin.exchange.entries import CONTACT_AT, Entry, SheetReading, entries, read_book
from genjin.exchange.knowing import known_of
from genjin.exchange.models import ImportLine, ImportRun
from genjin.exchange.own_columns import book_of
from genjin.exchange.record_lines import check_records, target_of
from genjin.exchange.record_sheets import read_tables
from genjin.exchange.remembering import recalled
from genjin.exchange.rows import DraftRow, draft_entry
from genjin.exchange.stored import (
    REASON,
    columns_json,
    entry_json,
    keep_names,
    leave_out,
    mappings_of,
    remap,
    sheet_json,
    unquote_table,
)
from genjin.exchange.todo_drafts import DUE
from genjin.exchange.verdicts import READY, SKIPPED, Known, outcome, quality_of, shown
from genjin.files import storage
from genjin.followups.fields import FOLLOWUP
from genjin.followups.judging import findings_json
from genjin.lib import moment
from genjin.lib.sheets import read_workbook
from genjin.quality.queries import standard_of
from genjin.quality.standard import Standard
from genjin.schema.bulk import Blank
from genjin.schema.shapes import Team, shaped

_BEAT = 100
#: The tables read last, by the digest and name of their file; in cells at most.
_KEPT: dict[tuple[str, str], list[SheetReading]] = {}
_MOST_KEPT = 400_000
_BLANK = Blank(ImportLine)


def tables_of(run: ImportRun, *, again: bool = False) -> list[SheetReading]:
    """The tables of the uploaded file with their proposed mapping. Raises `SheetError`.

    What was read for the mapping is kept for the check that follows (`again`), when it is not large.
    """
    key = (run.file.digest, run.file.name)
    kept = _KEPT.pop(key, None)
    _KEPT.clear()
    if kept is not None:
        return kept
    readings = _read_tables(run)
    if not again and sum(len(each.table.rows) * len(each.table.columns) for each in readings) <= _MOST_KEPT:
        _KEPT[key] = readings
    return readings


def _read_tables(run: ImportRun) -> list[SheetReading]:
    book = read_workbook(storage.read(run.file.path, run.file.digest), run.file.name)
    if target := target_of(run):
        readings = read_tables(book, book_of(_team(run), target), shaped(_team(run), target))
        if book.format == "csv":
            for each in readings:
                unquote_table(each)
        return readings
    readings = read_book(book, book_of(_team(run)))
    own = {REASON} | {each.zh for kind in (CUSTOMER, FOLLOWUP) for each in kind.fields if each.read_only}
    for each in readings:
        leave_out(each, own)
        if "补填" in {column.header for column in each.mappings}:
            keep_names(each, {name for field in FOLLOWUP.fields for name in (field.zh, f"{field.zh}（元）")})
        if book.format == "csv":
            unquote_table(each)
    return readings


def _team(run: ImportRun) -> Team:
    return Team(run.org_id, run.org.config_version)


def read_import(run: ImportRun) -> dict[str, Any]:
    """The columns of `run` after reading its file: state, mapping, sheets, assumptions. Raises `SheetError`."""
    readings = tables_of(run)
    # What becomes of a column stands beside it.
    notes = [{"zh": note.zh, "en": note.en} for each in readings for note in each.notes if not note.column]
    local = moment.now().astimezone(run.org.zone).replace(tzinfo=None)
    mapping, known = recalled(
        book_of(_team(run), target_of(run)),
        run.org_id,
        [column for each in readings for column in columns_json(each, local)],
    )
    if known:
        notes.insert(
            0, {"zh": "表头和上次的一样，各列按上次的对应", "en": "Same headings as last time, mapped as then"}
        )
    return {
        "state": "mapping",
        "mapping": mapping,
        "sheets": [sheet_json(each) for each in readings],
        "assumptions": notes,
        "total": sum(len(each.table.rows) for each in readings),
    }


def check_lines(
    actor: Actor, run: ImportRun, now: datetime, beat: Callable[[int], None]
) -> tuple[list[ImportLine], list[dict[str, Any]]]:
    """Every row of the file with its verdict, under the mapping that the person chose; and the sheets anew.

    `beat(done)` is called every hundred rows: each row counts half when it is read and half when it is judged.
    """
    if target_of(run):
        return check_records(actor, run, tables_of(run, again=True), now, beat)
    standard, local = standard_of(actor), now.astimezone(actor.zone).replace(tzinfo=None)
    found: list[tuple[Entry, SheetReading, DraftRow]] = []
    sheets = []
    for reading in tables_of(run, again=True):
        chosen = [each for each in run.mapping if each["sheet"] == reading.table.sheet]
        reading = remap(reading, mappings_of(chosen))
        sheet = sheet_json(reading)
        sheets.append(sheet)
        people = tuple(sheet["people"])
        for entry in entries(reading):
            found.append((entry, reading, draft_entry(entry, reading, standard, people, now=local)))
            if len(found) % _BEAT == 0:
                beat(len(found) // 2)
    known = known_of(actor, [draft for _, _, draft in found])
    lines = []
    for entry, reading, draft in found:
        lines.append(line_of(run, entry, reading, draft, known, standard, local))
        if len(lines) % _BEAT == 0:
            beat((len(found) + len(lines)) // 2)
    return lines, sheets


def line_of(
    run: ImportRun,
    entry: Entry,
    reading: SheetReading,
    draft: DraftRow,
    known: Known,
    standard: Standard,
    now: datetime,
) -> ImportLine:
    """One line, not yet saved; `now` is naive local time."""
    place = {"run_id": run.pk, "sheet": entry.sheet[:120], "number": entry.row, "part": entry.part}
    line: ImportLine = _BLANK({**place, "values": entry_json(entry)})
    settle(line, entry, reading, draft, known, standard, now)
    return line


def settle(
    line: ImportLine,
    entry: Entry,
    reading: SheetReading,
    draft: DraftRow,
    known: Known,
    standard: Standard,
    now: datetime,
) -> None:
    """Judge a line by what is known and what was decided; writes the line's columns."""
    result = outcome(draft, known, line.decision, standard, now)
    verdict = quality_of(draft, reading, standard, now)
    line.verdict, line.problems = result.verdict, result.problems
    line.findings = findings_json(verdict.findings)
    line.effect = {
        **result.effect,
        "customer": result.customer.id if result.customer else None,
        "key": draft.customer.key if draft.customer else "",
        "line": draft.line_key,
        "followup": draft.followup is not None,
        "todo": result.todo is not None or draft.todo is not None,
        "score": verdict.score,
        "axes": verdict.axes,
        "cells": result.marks,
        "shown": shown(draft, entry.text(DUE if draft.todo else CONTACT_AT)),
    }


def counts_of(lines: list[tuple[str, dict[str, Any]]]) -> dict[str, int]:
    """The figures over (verdict, effect) of all lines: verdicts, and what the ready ones will make."""
    counts = {"total": 0, "ready": 0, "confirm": 0, "duplicate": 0, "refused": 0, "skipped": 0}
    new: set[Any] = set()
    old: set[Any] = set()
    followups = agenda = 0
    records = {"new": 0, "update": 0} if any("record" in effect for _, effect in lines) else {}
    for verdict, effect in lines:
        counts[verdict] += 1
        counts["total"] += verdict != SKIPPED
        if verdict != READY:
            continue
        if effect["customer"] or effect["key"]:
            (old if effect["customer"] else new).add(effect["customer"] or effect["key"])
        followups += bool(effect["followup"])
        agenda += bool(effect["todo"])
        if "record" in effect:
            records[effect["record"]] += 1
            records["missing"] = records.get("missing", 0) + effect.get("missing", False)
    return {
        **counts,
        **{f"records_{name}": many for name, many in records.items()},
        "customers_new": len(new),
        "customers_update": len(old),
        "followups": followups,
        "agenda": agenda,
    }
