"""`genjin import`: the wizard without questions; whatever waits for an answer is told and left out."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

from genjin.access.queries import actor_of_member
from genjin.access.visible import visible
from genjin.exchange import actions, tasks
from genjin.exchange.models import ImportRun
from genjin.exchange.own_columns import book_of
from genjin.lib import moment
from genjin.lib.errors import Refusal

_PIECE = 1 << 20


def take_over(path: Path, member_id: int) -> int:
    """Read, check and write one file as this member; returns the exit code. Raises `Refusal`."""
    actor = actor_of_member(member_id, source="cli")
    try:
        run_id = actions.start_import(actor, name=path.name, chunks=_pieces(path))["id"]
    except OSError:
        raise Refusal(f"打不开文件“{path}”", f"Cannot open “{path}”") from None
    run = _wait(run_id, member_id, "reading")
    labels = book_of(actor)
    for column in run.mapping:
        target = labels.label(column["field"]) if column["field"] else "存附注"
        print(f"  {column['header']} → {target}")
    actions.check_import(actor, run_id)
    run = _wait(run_id, member_id, "checking")
    counts = run.counts
    waiting = counts["confirm"] + counts["duplicate"] + counts["refused"]
    print(f"{counts['total']} 行：可导入 {counts['ready']}，待处理 {waiting}（在网页“导入旧表”里接着处理）")
    if not counts["ready"]:
        return 0 if not waiting else 1
    actions.run_import(actor, run_id)
    run = _wait(run_id, member_id, "running")
    counts = run.counts
    print(f"导入好了：跟进 {counts['followups']} 条，待办 {counts['agenda']} 条，共 {run.done} 行。30 天内可以整批撤销")
    return 0


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _wait(run_id: int, member_id: int, state: str) -> ImportRun:
    """Do the work here, or wait for the worker that does it, until the run has left `state`."""
    while True:
        run = visible(actor_of_member(member_id), ImportRun).get(pk=run_id)
        if run.state != state:
            break
        if sys.stderr.isatty() and run.total:
            print(f"\r{run.done}/{run.total}", end="", file=sys.stderr)
        if not tasks.work_once(moment.now()):
            time.sleep(0.2)
    if run.state == "failed":
        error = run.error or {"zh": "导入没有成功", "en": "The import failed"}
        raise Refusal(error["zh"], error["en"])
    return run
