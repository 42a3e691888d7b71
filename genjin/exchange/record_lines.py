"""Lines of an import of rows of a team's own type: judged, decided on, written (R-213, R-237)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from genjin.access.actor import Actor
from genjin.access.forms import missed
from genjin.access.guard import unscoped
from genjin.door.change import Change
from genjin.exchange.columns_of import Terms, spellings
from genjin.exchange.entries import Entry, SheetReading
from genjin.exchange.knowing import members_of
from genjin.exchange.models import ImportLine, ImportRun
from genjin.exchange.own_cells import linked_in
from genjin.exchange.record_sheets import Judged, Sheet, effect_of, known_records, row_entries, units_of
from genjin.exchange.stored import entry_json, entry_of_line, mappings_of, sheet_json
from genjin.exchange.verdicts import READY, REFUSED, SKIPPED
from genjin.records.models import Record
from genjin.records.queries import type_of_actor
from genjin.records.steps import index_records, insert_records, record_changes
from genjin.schema.bulk import Blank
from genjin.schema.queries import options_of
from genjin.schema.registry import RecordType

_BEAT = 100
_BLANK, _LINE = Blank(Record), Blank(ImportLine)


def target_of(run: ImportRun) -> str:
    """The own type that a file is taken over into; empty where it holds customers, records and to-dos."""
    return str(run.options.get("target") or "")


def sheet_of(actor: Actor, run: ImportRun, entries: Sequence[Entry], now: datetime) -> Sheet:
    """Against what the rows of a run are judged."""
    kind = type_of_actor(actor, target_of(run))
    options = options_of(actor.org_id, actor.config_version)
    choices = {name: [one.zh for one in each.values() if not one.retired] for name, each in options.items()}
    linked = linked_in(actor, [kind], entries)
    terms = Terms(actor, now, members_of(actor), spellings(options), choices, linked)
    return Sheet(kind, known_records(actor, kind, entries), terms, units_of(run.mapping))


def check_records(
    actor: Actor, run: ImportRun, readings: Sequence[SheetReading], now: datetime, beat: Callable[[int], None]
) -> tuple[list[ImportLine], list[dict[str, Any]]]:
    """Every row of the file with its verdict, and the sheets anew."""
    found: list[Entry] = []
    sheets = []
    for reading in readings:
        chosen = [each for each in run.mapping if each["sheet"] == reading.table.sheet]
        mapped = SheetReading(reading.table, mappings_of(chosen), reading.context, reading.notes)
        sheets.append(sheet_json(mapped))
        found += row_entries(mapped)
    sheet = sheet_of(actor, run, found, now)
    lines = []
    for entry in found:
        place = {"run_id": run.pk, "sheet": entry.sheet[:120], "number": entry.row, "part": entry.part}
        line: ImportLine = _LINE({**place, "values": entry_json(entry)})
        _settle(line, entry, sheet)
        lines.append(line)
        if len(lines) % _BEAT == 0:
            beat(len(lines))
    return lines, sheets


def judge_records(change: Change, run: ImportRun, lines: Sequence[ImportLine]) -> None:
    """Judge lines again after a decision; the caller saves them."""
    entries = [entry_of_line(line) for line in lines]
    sheet = sheet_of(change.actor, run, entries, change.now)
    others = run.lines.filter(verdict=READY).exclude(pk__in=[line.pk for line in lines]).order_by("id")
    for key, number in others.values_list("effect__line", "number"):
        sheet.known.seen.setdefault(key, number)
    for line, entry in zip(lines, entries, strict=True):
        _settle(line, entry, sheet)


def _settle(line: ImportLine, entry: Entry, sheet: Sheet) -> None:
    found = sheet.judged(entry, line.decision)
    line.verdict, line.problems = found.verdict, found.problems
    line.findings = _findings(sheet, found)
    line.effect = effect_of(sheet.kind, entry, found, [each["field"] for each in line.findings])


def _findings(sheet: Sheet, found: Judged) -> list[dict[str, Any]]:
    """What the form of the team misses in a row: said beside it and no reason to leave it out, as a sheet tells the
    past."""
    kind, actor = sheet.kind, sheet.terms.actor
    if not kind.demanding or found.verdict in (REFUSED, SKIPPED):
        return []
    if found.standing is None:
        problems = missed(actor, kind, _new(actor, None, kind, found), sheet.terms.now)
    else:
        problems = missed(actor, kind, sheet.known.rows[found.standing.pk], sheet.terms.now, found.values)
    return [
        {
            "rule": each.code,
            "field": f"{kind.slug}.{each.field}",
            "span": None,
            "message": {"zh": each.zh, "en": each.en},
        }
        for each in problems
    ]


def take_records(change: Change, run: ImportRun, lines: Sequence[ImportLine]) -> None:
    """Write what lines say with the rights of the actor now: new rows, and rows that are there by their number.

    Blank cells change nothing. A fixed number of statements for any number of lines.
    """
    entries = [entry_of_line(line) for line in lines]
    sheet = sheet_of(change.actor, run, entries, change.now)
    new: list[Record] = []
    updates: dict[int, dict[str, Any]] = {}
    refused: list[ImportLine] = []
    for line, entry in zip(lines, entries, strict=True):
        # What was written by the lines before is known from the check.
        found = sheet.judged(entry, {**line.decision, **({} if _by_number(entry, sheet) else {"separate": True})})
        _demand_right(change.actor, sheet.kind, found)
        if found.verdict != READY:
            line.verdict, line.problems = REFUSED, found.problems
            refused.append(line)
        elif found.standing is not None:
            updates.setdefault(found.standing.pk, {}).update(found.values)
        else:
            new.append(_new(change.actor, run.pk, sheet.kind, found))
    insert_records(change, new)
    _update(change, updates)
    _note(run, lines, refused)


def _by_number(entry: Entry, sheet: Sheet) -> bool:
    return bool(entry.text(f"{sheet.kind.slug}.number"))


def _demand_right(actor: Actor, kind: RecordType, found: Judged) -> None:
    """Rights may have gone since the check."""
    verb = "record.update" if found.standing is not None else "record.create"
    if found.verdict == READY and not (actor.may(verb) and actor.grants.scope(kind.slug, "change")):
        zh = f"你没有{'修改' if found.standing else '新建'}{kind.zh}的权限"
        told = {"code": "not-yours", "field": f"{kind.slug}.name", "zh": zh, "en": "You have no right to this",
                "fixes": []}  # fmt: skip
        found.verdict, found.problems = REFUSED, [told]


def _new(actor: Actor, run_id: int | None, kind: RecordType, found: Judged) -> Record:
    place = {"owner_id": actor.member_id, "department_id": actor.department_id, "state": kind.states[0].key}
    record: Record = _BLANK({**place, **found.values, "kind": kind.slug, "import_id": run_id})
    return record


def _update(change: Change, updates: dict[int, dict[str, Any]]) -> None:
    if not updates:
        return
    rows = unscoped(Record, "step").filter(org_id=change.actor.org_id, pk__among=list(updates)).order_by("pk")
    records = list(rows.select_for_update(of=("self",)))
    wanted = []
    for each in records:
        values = updates[each.pk]
        moved = {"state_at": change.now} if values.get("state", each.state) != each.state else {}
        wanted.append((each, {**values, **moved}))
    changed = change.save_many(wanted)
    record_changes(change, "record.updated", records, changed)
    index_records(change.actor, [each for each in records if "name" in changed.get(each.pk, {})])


def _note(run: ImportRun, lines: Sequence[ImportLine], refused: Sequence[ImportLine]) -> None:
    """What became of each line: those written in one statement."""
    gone = {line.pk for line in refused}
    run.lines.filter(pk__in=[line.pk for line in lines if line.pk not in gone]).update(made={"record": True})
    for line in refused:
        run.lines.filter(pk=line.pk).update(made={"nothing": True}, verdict=REFUSED, problems=line.problems)
