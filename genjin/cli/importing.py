"""`genjin import FILE`: the take-over of the screen, from the command line and by the same verbs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from genjin.access.actor import Actor
from genjin.access.queries import actor_of_member
from genjin.access.visible import visible
from genjin.exchange.actions import check_import, run_import, start_import
from genjin.exchange.models import ImportRun
from genjin.exchange.tasks import work_once
from genjin.lib import moment
from genjin.lib.errors import Invalid

_CHUNK = 1 << 20
_WORKING = ("reading", "checking", "running")


def take_over(path: Path, member_id: int) -> int:
    """Read, check and take over; prints what became of the rows. Raises `Refusal` for a bad file."""
    actor = actor_of_member(member_id, source="cli")
    run_id = start_import(actor, name=path.name, chunks=_chunks(path))["id"]
    _work(actor, run_id)
    check_import(actor, run_id)
    counts = _work(actor, run_id).counts
    run_import(actor, run_id)
    done = _work(actor, run_id)
    print(f"导入完成（第 {run_id} 次）：{_said(done.counts or counts)}。整批可以在网页里撤销。")
    return 0


def _said(counts: dict[str, Any]) -> str:
    words = {"total": "共", "ready": "可导入", "confirm": "要确认", "duplicate": "可能重复", "refused": "不能导入"}
    return "，".join(f"{words[key]} {counts[key]} 行" for key in words if key in counts)


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise Invalid(f"打不开 {path}", f"Cannot open {path}", field="file") from error


def _work(actor: Actor, run_id: int) -> ImportRun:
    """Do the waiting pieces here instead of leaving them to the worker; refuses when the run failed."""
    while True:
        run: ImportRun = visible(actor, ImportRun).get(pk=run_id)
        if run.state == "failed":
            error = run.error or {}
            raise Invalid(error.get("zh", "导入失败"), error.get("en", "The import failed"))
        if run.state not in _WORKING:
            return run
        work_once(moment.now())
