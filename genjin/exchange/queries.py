"""Reading imports and exports."""

from __future__ import annotations

from typing import Any

from genjin.access.actor import Actor
from genjin.access.fields import mark_of
from genjin.access.visible import visible
from genjin.exchange import actions
from genjin.exchange.models import ImportLine, ImportRun
from genjin.exchange.own_columns import book_of
from genjin.exchange.record_lines import target_of
from genjin.exchange.verdicts import CONFIRM, DUPLICATE, READY, REFUSED
from genjin.history.queries import UNDO_FOR
from genjin.lib import moment
from genjin.lib.errors import Invalid, NotFound
from genjin.schema import paging
from genjin.schema.extra import is_own
from genjin.schema.shapes import own_kinds

VERDICTS = (READY, CONFIRM, DUPLICATE, REFUSED)
#: What a person has to look at first stands first.
_URGENT = (REFUSED, DUPLICATE, CONFIRM, READY)
_GROUPS = {"customer": ("客户", "Customer"), "contact": ("联系人", "Contact"), "followup": ("跟进", "Follow-up"),
           "agenda": ("待办", "To-do")}  # fmt: skip


def one(actor: Actor, run_id: int) -> ImportRun:
    """The import; `NotFound` when missing or not the actor's to see."""
    run = visible(actor, ImportRun).filter(pk=run_id).select_related("file").first()
    if run is None:
        raise NotFound()
    return run


def run_json(actor: Actor, run: ImportRun) -> dict[str, Any]:
    """One import as the wizard shows it."""
    until = run.run_at + UNDO_FOR if run.run_at and run.state in actions.ENDED else None
    return {
        **brief(run),
        "sheets": [{"name": each["name"], "rows": each["rows"]} for each in run.sheets],
        "assumptions": run.assumptions,
        "columns": [
            {name: each[name] for name in ("sheet", "header", "samples", "field", "reason", "seen", "sure")}
            for each in run.mapping
            if each["header"]
        ],
        "target": _target(actor, run),
        "targets": targets(actor, target_of(run)),
        "already": run.options.get("already"),
        "undo_until": until if until and moment.now() < until else None,
        "batch": run.batch or None,
    }


def brief(run: ImportRun) -> dict[str, Any]:
    return {
        "id": run.pk,
        "state": run.state,
        "file": {"id": run.file_id, "name": run.file.name, "size": run.file.size},
        "progress": {"done": run.done, "total": run.total},
        "counts": run.counts or None,
        "error": run.error,
        "created_at": run.created_at,
        "finished_at": run.finished_at,
    }


def _target(actor: Actor, run: ImportRun) -> dict[str, Any] | None:
    """The own type that the file is taken over into."""
    kind = own_kinds(actor, retired=True).get(target_of(run))
    return {"slug": kind.slug, "label": {"zh": kind.zh, "en": kind.en}} if kind else None


def targets(actor: Actor, target: str = "") -> list[dict[str, Any]]:
    """The fields a column may go to; own fields that the actor may not write are not there."""
    found = []
    for slug, each in book_of(actor, target).fields.items():
        group, _, name = slug.partition(".")
        if group in (*_GROUPS, target) and not (is_own(name) and mark_of(actor, slug)):
            found.append({"slug": slug, "label": {"zh": each.label, "en": each.en}, "group": group})
    return found


def list_imports(actor: Actor) -> list[dict[str, Any]]:
    """The latest imports that the actor may see."""
    rows = visible(actor, ImportRun).select_related("file").order_by("-id")[:50]
    return [brief(run) for run in rows]


def rows_page(run: ImportRun, *, verdict: str | None, cursor: str, limit: int) -> dict[str, Any]:
    """A page of lines in the order of the sheet; of all verdicts those that cannot go in come first."""
    if verdict is not None and verdict not in VERDICTS:
        raise Invalid("没有这种判断", "There is no such verdict", field="verdict")
    place, after = paging.decode(cursor, int) if cursor else (0, 0)
    if place not in range(len(_URGENT)):
        raise Invalid("翻页位置不对，从第一页重来", "Unknown cursor; start at the first page", field="cursor")
    found: list[ImportLine] = []
    for each in [verdict] if verdict else _URGENT[place:]:
        rows = run.lines.filter(verdict=each, id__gt=after).order_by("id")
        found += rows[: limit + 1 - len(found)]
        after = 0
    last = found[limit - 1] if len(found) > limit else None
    following = paging.encode(_URGENT.index(last.verdict), last.pk) if last else None
    return {"items": [line_json(line) for line in found[:limit]], "next": following}


def line_json(line: ImportLine) -> dict[str, Any]:
    """One line as the wizard shows it."""
    return {
        "row": line.number,
        "sheet": line.sheet,
        "part": line.part,
        "verdict": line.verdict,
        "values": line.effect.get("shown", {}),
        "cells": line.effect.get("cells", {}),
        "problems": line.problems,
        "effect": {"zh": line.effect.get("zh", ""), "en": line.effect.get("en", "")},
        "findings": line.findings,
        "taken": bool(line.made),
    }
