"""Verbs on imports: start, columns, check, decide, run, cancel; and what the worker does between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from genjin.access.actor import Actor
from genjin.access.fields import CHANNELS, mark_of
from genjin.access.visible import visible
from genjin.door.action import action, action_on
from genjin.door.change import Change
from genjin.exchange import deciding
from genjin.exchange.models import ImportLine, ImportRun
from genjin.exchange.own_columns import book_of
from genjin.exchange.reading import counts_of
from genjin.exchange.record_lines import take_records, target_of
from genjin.exchange.remembering import remember
from genjin.exchange.taking import take_lines
from genjin.exchange.verdicts import READY
from genjin.files import storage
from genjin.files.rules import clean_name
from genjin.files.steps import add_file
from genjin.lib.errors import Conflict, Forbidden, Invalid
from genjin.records.actions import writable
from genjin.schema.bulk import commit_without_waiting, insert_rows

Reply = dict[str, Any]
#: So many rows are written in one transaction at most.
CHUNK = 1000
LOOKED_AT = ("mapping", "checked")
#: What a column fills, where its slug is not that of the field.
_FIELDS_OF: Mapping[str, tuple[str, ...]] = {
    "contact.info": CHANNELS,
    "followup.risk": ("followup.risks",),
    "followup.objection": ("followup.objections",),
    "followup.need": ("followup.needs",),
    "followup.next_step": ("followup.next_steps",),
    "followup.author": ("followup.contacted_by",),
}
ENDED = ("done", "cancelled", "failed")


def start_import(actor: Actor, *, name: str, chunks: Iterable[bytes], target: str = "") -> Reply:
    """Take an old sheet in; it is read by the worker. Tells in the answer when the same file was taken before.

    `target`: the own type whose rows it holds; empty for customers, records and to-dos.
    """
    staged = storage.stage(clean_name(name), chunks)
    try:
        reply = begin_import(actor, staged=staged, target=target)
    except BaseException:
        storage.discard(staged.path)
        raise
    if reply["path"] != staged.path:
        storage.discard(staged.path)
    return {"id": reply["id"]}


@action("import.start", "导入旧表", "start an import")
def begin_import(change: Change, *, staged: storage.Staged, target: str = "") -> Reply:
    """Store the file and let the worker read it (R-237)."""
    if target:
        writable(change, target)
    file = add_file(change, staged, held=True)
    before = (
        visible(change.actor, ImportRun)
        .filter(file__digest=staged.digest, state="done")
        .order_by("-id")
        .values_list("id", "finished_at")
        .first()
    )
    run = ImportRun(file=file, owner_id=change.actor.member_id)
    change.stamp(run)
    run.options = {"target": target} if target else {}
    if before:
        run.options |= {"already": {"import_id": before[0], "at": before[1].isoformat() if before[1] else None}}
    run.save()
    change.record("import.started", run, after={"file": file.name})
    return {"id": run.pk, "path": file.path}


def _demand(run: ImportRun, states: Sequence[str]) -> None:
    if run.state not in states:
        raise Conflict(
            "这次导入已经到了别的步骤，刷新后再看",
            "This import has moved on; reload to see it",
            code="state",
            extra={"state": run.state},
        )


@action_on(ImportRun, "import.columns", "对应列", "map the columns")
def set_columns(change: Change, run: ImportRun, *, columns: Sequence[Mapping[str, Any]]) -> Reply:
    """The person's word on which column is which field; a field is given to one column of a sheet."""
    _demand(run, LOOKED_AT)
    mapping = [dict(each) for each in run.mapping]
    known = book_of(change.actor, target_of(run)).fields
    left = [dict(each) for each in columns]
    for column in mapping:
        said = next((s for s in left if (s["sheet"], s["header"]) == (column["sheet"], column["header"])), None)
        if said is None:
            continue
        left.remove(said)
        if said["field"] is not None and said["field"] not in known:
            raise Invalid(f"没有“{said['field']}”这个字段", "There is no such field", field="columns")
        if said["field"] != column["field"]:
            word = {"zh": "你指定的", "en": "your word"}
            column |= {"field": said["field"], "occurrence": 0, "reason": word, "seen": None}
        column |= {"sure": True, "confidence": 0.99 if said["field"] is None else 1.0}
    if left:
        raise Invalid(f"表里没有“{left[0]['header']}”这一列", "There is no such column", field="columns")
    change.save(run, {"mapping": mapping, "state": "mapping"})
    return {"id": run.pk, "state": run.state}


@action_on(ImportRun, "import.check", "核对旧表", "check the rows")
def check_import(change: Change, run: ImportRun) -> Reply:
    """Let the worker judge every row; nothing of the customers' data is written."""
    _demand(run, LOOKED_AT)
    if not any(each["field"] for each in run.mapping):
        raise Invalid("至少要有一列对应上", "Map at least one column", field="columns")
    _refuse_barred(change.actor, run)
    remember(change, run)
    change.save(run, {"state": "checking", "done": 0, "heartbeat_at": None})
    return {"id": run.pk, "state": run.state}


def _refuse_barred(actor: Actor, run: ImportRun) -> None:
    """A column of a field that one may not write is not taken over, whatever its cells hold (R-166)."""
    for column in run.mapping:
        slug = column["field"] or ""
        for path in _FIELDS_OF.get(slug, (slug,)):
            if mark_of(actor, path):
                raise Forbidden(
                    f"“{column['header']}”这一列对应的内容你不能填，把它改成“不导入”",
                    f"You may not fill in what column “{column['header']}” holds; set it to “leave out”",
                    field="columns",
                )


@action_on(ImportRun, "import.decide", "处理待定行", "decide on rows")
def decide(change: Change, run: ImportRun, *, rows: Sequence[Mapping[str, Any]], same_kind: str | None = None) -> Reply:
    """What the person says about rows that wait: mend cells, skip, merge, keep both; or all of one kind at once."""
    _demand(run, ("checked", *ENDED))
    lines = deciding.decide(change, run, rows, same_kind)
    counts = _counts(run)
    change.save(run, {"counts": {**run.counts, **counts}})
    return {"changed": lines, "counts": run.counts}


def _counts(run: ImportRun) -> dict[str, int]:
    return counts_of(list(run.lines.values_list("verdict", "effect")))


@action_on(ImportRun, "import.run", "执行导入", "run the import")
def run_import(change: Change, run: ImportRun, *, assign: str = "me") -> Reply:
    """Let the worker write the ready rows, with the rights of whoever asks, judged when they are written (A9).

    What it writes is one batch, which whoever runs it can undo for 24 h (`door/undo.py`).
    `assign`: customers without an owner in the sheet are the actor's ("me"), go to whom the rules of assignment name
    ("rules"), or wait for somebody to assign them ("wait").
    """
    _demand(run, ("checked", *ENDED))
    if run.undone_at is not None:
        _demand(run, ())
    _refuse_barred(change.actor, run)
    waiting = run.lines.filter(verdict=READY, made={}).count()
    if not waiting:
        raise Invalid("没有可以导入的行", "No row is ready to be taken over")
    limits = change.actor.limited_to
    options = {
        **run.options,
        "runner": change.actor.member_id,
        "limited_to": sorted(limits) if limits is not None else None,
        "tries": 0,
        "assign": assign,
    }
    name = run.file.name
    change.begin_batch(f"导入“{name}”", f"Imported “{name}”", waiting, batch=run.batch)
    values = {"state": "running", "options": options, "done": 0, "total": waiting, "error": None, "heartbeat_at": None}
    change.save(run, {**values, "batch": change.batch, "run_at": change.now})
    change.record("import.run", run, after={"rows": waiting})
    return {"id": run.pk, "state": run.state}


@action_on(ImportRun, "import.take", "写入一批旧数据", "take over a batch of rows")
def take_chunk(change: Change, run: ImportRun, *, most: int) -> Reply:
    """The next `most` lines, all or nothing; between two chunks a run can be cancelled."""
    if run.state != "running":
        return {"taken": 0}
    # What was said of records is not read where the sheet holds none: decoding it is half of reading a line.
    unread = () if any(str(each["field"]).startswith("followup.") for each in run.mapping) else ("effect", "findings")
    lines = list(run.lines.filter(verdict=READY, made={}).order_by("id").defer("made", *unread)[:most])
    values: dict[str, Any] = {"heartbeat_at": None}
    if lines:
        commit_without_waiting()
        change.batch = run.batch
        (take_records if target_of(run) else take_lines)(change, run, lines)
        values["done"] = run.done + len(lines)
    if len(lines) < most:
        values |= {"state": "done", "finished_at": change.now, "counts": {**run.counts, **_counts(run)}}
        change.record("import.done", run, after={"rows": run.done + len(lines)})
    change.save(run, values)
    return {"taken": len(lines)}


@action_on(ImportRun, "import.cancel", "取消导入", "cancel the import")
def cancel_import(change: Change, run: ImportRun) -> Reply:
    """Stop; chunks that are written stay and can be undone."""
    _demand(run, ("reading", "mapping", "checking", "checked", "running"))
    change.save(run, {"state": "cancelled", "finished_at": change.now})
    change.record("import.cancelled", run, after={"rows": run.done})
    return {"id": run.pk, "state": run.state}


@action_on(ImportRun, "import.read", "读取旧表", "note what was read")
def store_reading(change: Change, run: ImportRun, *, values: Mapping[str, Any]) -> Reply:
    """What the worker read of the file."""
    if run.state == "reading":
        change.save(run, {**values, "heartbeat_at": None})
    return {"id": run.pk}


@action_on(ImportRun, "import.judge", "存核对结果", "note the verdicts")
def store_check(
    change: Change, run: ImportRun, *, lines: Sequence[ImportLine], sheets: Sequence[Mapping[str, Any]]
) -> Reply:
    """The verdicts of the worker, in place of those of an earlier check."""
    if run.state != "checking":
        return {"id": run.pk}
    run.lines.all().delete()
    insert_rows(ImportLine, lines)
    counts = counts_of([(line.verdict, line.effect) for line in lines])
    values = {"state": "checked", "sheets": list(sheets), "counts": counts, "done": len(lines), "total": len(lines)}
    change.save(run, {**values, "heartbeat_at": None})
    return {"id": run.pk}
