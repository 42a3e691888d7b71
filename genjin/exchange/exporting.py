"""Verbs and queries of exports: a list as a file, made by the worker, kept for a day."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import orjson

from genjin.access.actor import Actor, Grants, job
from genjin.access.guard import unscoped
from genjin.access.visible import visible
from genjin.door.action import action, action_on
from genjin.door.change import Change
from genjin.exchange.export_cells import Value, csv_chunks, xlsx_bytes
from genjin.exchange.export_rows import columns_of, rows_of, values_of
from genjin.exchange.models import ExportRun
from genjin.exchange.own_pages import demand_own, own_file
from genjin.files import storage
from genjin.files.models import StoredFile
from genjin.files.steps import add_file
from genjin.followups.pages import demand_visible, records_file
from genjin.lib import moment
from genjin.lib.errors import Forbidden, Invalid, NotFound
from genjin.schema.own_kinds import is_own_kind
from genjin.schema.shapes import shaped

Reply = dict[str, Any]
KEPT_FOR = timedelta(hours=24)
MOST_ROWS = 500_000
#: Forms that lay out records that are named, a page each.
PAGES = ("pdf", "docx")
MOST_BYTES = 512 * 1024**2


@action("export.start", "导出列表", "export a list")
def start_export(change: Change, *, request: Mapping[str, Any]) -> Reply:
    """Ask for a list as a file; a filter or column that is not there is refused at once."""
    if request.get("format") in PAGES:
        _demand_pages(change.actor, request)
    else:
        rows_of(change.actor, request, change.now)
        columns_of(change.actor, request["record_type"], request.get("columns") or [])
    limits = change.actor.limited_to
    run = ExportRun(
        owner_id=change.actor.member_id,
        request={
            **request,
            "limited_to": sorted(limits) if limits is not None else None,
            "rights": rights(change.actor.grants),
        },
    )
    change.stamp(run)
    run.save()
    change.record("export.asked", run, after={"record_type": request["record_type"], "filter": request.get("filter")})
    return {"id": run.pk}


def _demand_pages(actor: Actor, request: Mapping[str, Any]) -> None:
    """Pages are made of records that are named, and only of those the actor sees."""
    slug, ids = request["record_type"], request.get("ids") or []
    if is_own_kind(slug):
        demand_own(actor, slug, ids)
    elif slug == "followup":
        demand_visible(actor, ids)
    else:
        raise Invalid(
            "只有跟进记录和自己的记录类型能导出成 PDF 或 Word",
            "Only follow-up records and rows of your own types become a PDF or Word file",
            field="format",
        )


def rights(grants: Grants) -> str:
    """A fingerprint of what somebody may see: a file is handed out only under the rights it was made with."""
    scopes = {kind: {act: sorted(names) for act, names in acts.items()} for kind, acts in grants.scopes.items()}
    whole = [scopes, dict(grants.fields), sorted(grants.departments), sorted(grants.subtree)]
    return hashlib.sha256(orjson.dumps(whole, option=orjson.OPT_SORT_KEYS, default=dict)).hexdigest()[:32]


def make_export(actor: Actor, run_id: int) -> None:
    """Write the file outside any transaction, then name it (worker)."""
    run = one(actor, run_id)
    request, slug = run.request, run.request["record_type"]
    if request["rights"] != rights(actor.grants):
        raise Forbidden("你的权限变了，重新导出一次", "Your rights have changed; export again")
    if request.get("format") in PAGES:
        _make_pages(actor, run)
        return
    rows = rows_of(actor, request, moment.now())
    columns = columns_of(actor, slug, request.get("columns") or [])
    count = _Count()
    values = count.over(values_of(actor, slug, rows, columns))
    headers = [column.header for column in columns]
    label = _plain(shaped(actor, slug).zh)
    name = f"{label}_{moment.now().astimezone(actor.zone):%Y%m%d_%H%M}.{request['format']}"
    chunks = csv_chunks(headers, values) if request["format"] == "csv" else iter([xlsx_bytes(label, headers, values)])
    staged = storage.stage(name, chunks, most=MOST_BYTES)
    try:
        store_export(actor, run_id, staged=staged, rows=count.rows)
    except BaseException:
        storage.discard(staged.path)
        raise


def _plain(label: str) -> str:
    """A type's name as sheets and files can bear it: a team may write any sign into it."""
    return re.sub(r"[\[\]:*?/\\'\"<>|]", " ", label).strip() or "导出"


def _make_pages(actor: Actor, run: ExportRun) -> None:
    slug, ids, form, now = run.request["record_type"], run.request["ids"], run.request["format"], moment.now()
    language = run.request.get("language", "zh")
    if is_own_kind(slug):
        data = own_file(actor, slug, ids, form=form, language=language, now=now)
    else:
        data = records_file(actor, ids, form=form, language=language, now=now)
    name = f"{_plain(shaped(actor, slug).zh)}_{now.astimezone(actor.zone):%Y%m%d_%H%M}.{form}"
    staged = storage.stage(name, [data], most=MOST_BYTES)
    try:
        store_export(actor, run.pk, staged=staged, rows=len(ids))
    except BaseException:
        storage.discard(staged.path)
        raise


class _Count:
    """Counts rows as they pass, and stops an export that no sheet could hold."""

    def __init__(self) -> None:
        self.rows = 0

    def over(self, values: Iterator[list[Value]]) -> Iterator[list[Value]]:
        for row in values:
            self.rows += 1
            if self.rows > MOST_ROWS:
                raise Invalid(f"超过 {MOST_ROWS} 行，加上筛选再导出", "Too many rows; filter the list first")
            yield row


@action_on(ExportRun, "export.store", "存导出文件", "keep an export", act="see")
def store_export(change: Change, run: ExportRun, *, staged: storage.Staged, rows: int) -> Reply:
    """Name the file of an export; who took out how many rows stands in the log."""
    file = add_file(change, staged, held=True)
    change.save(run, {"state": "done", "rows": rows, "file_id": file.pk})
    after = {"rows": rows, "record_type": run.request["record_type"], "format": run.request["format"]}
    change.record("export.made", run, after=after)
    return {"id": run.pk}


def one(actor: Actor, run_id: int) -> ExportRun:
    """The actor's own export; `NotFound` for any other."""
    run = visible(actor, ExportRun).filter(pk=run_id, owner_id=actor.member_id).first()
    if run is None:
        raise NotFound()
    return run


def run_json(run: ExportRun) -> dict[str, Any]:
    link = f"/api/v1/exports/{run.pk}/file" if run.state == "done" else None
    return {"id": run.pk, "state": run.state, "rows": run.rows, "link": link, "error": run.error}


def open_export(actor: Actor, run_id: int) -> tuple[StoredFile, bytes]:
    """The file and its bytes, for a day and under the same rights (A3)."""
    run = one(actor, run_id)
    if run.state != "done" or run.file is None or moment.now() - run.created_at > KEPT_FOR:
        raise NotFound()
    if not actor.may("export.start") or run.request["rights"] != rights(actor.grants):
        raise Forbidden("你的权限变了，重新导出一次", "Your rights have changed; export again")
    return run.file, storage.read(run.file.path, run.file.digest)


def expire(now: datetime) -> int:
    """Remove the files of exports older than a day; returns how many."""
    old = unscoped(ExportRun, "worker").filter(state="done", created_at__lt=now - KEPT_FOR)
    removed = 0
    for org_id in sorted(set(old.values_list("org_id", flat=True))):
        actor = job("exports", org_id, frozenset({"export.expire"}))
        reply = expire_exports(actor)
        for path in reply["paths"]:
            storage.discard(path)
        removed += len(reply["paths"])
    return removed


@action("export.expire", "清理导出文件", "remove old exports")
def expire_exports(change: Change) -> Reply:
    """Take the files of old exports out of the list; the worker then removes the bytes."""
    old = visible(change.actor, ExportRun).filter(state="done", created_at__lt=change.now - KEPT_FOR)
    paths = []
    for run in old.select_related("file").order_by("pk")[:500]:
        if run.file is not None:
            paths.append(run.file.path)
            change.save(run.file, {"deleted_at": change.now})
        change.save(run, {"state": "expired"})
        change.record("export.expired", run)
    return {"paths": paths}
