"""An import whose batch is undone says so."""

from __future__ import annotations

from genjin.access.guard import unscoped
from genjin.door.change import Change, Happened
from genjin.door.reactions import on
from genjin.exchange.models import ImportRun
from genjin.lib.errors import Conflict


@on("batch.undone")
def close_import(change: Change, happened: list[Happened]) -> None:
    """Refuse while rows are still being written: the rest of them would stay behind."""
    batches = [each.after["batch"] for each in happened]
    rows = unscoped(ImportRun, "step").filter(org_id=change.actor.org_id, batch__in=batches)
    for run in rows.select_for_update(of=("self",)):
        if run.state == "running":
            raise Conflict("导入还没写完，先取消，再撤销", "Still being written; cancel it, then undo it", code="state")
        change.save(run, {"state": "undone", "undone_at": change.now})
        change.record("import.undone", run)
