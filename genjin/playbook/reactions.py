"""Every change of a customer's stage, on whatever way it comes, passes its gate and leaves a row in the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.customers.steps import set_life_cycle
from genjin.door.change import Change, Happened
from genjin.door.reactions import on
from genjin.playbook.arriving import bring
from genjin.playbook.books import books_of, standing
from genjin.playbook.choosing import choose
from genjin.playbook.limit_steps import begin, end
from genjin.playbook.moving import refuse, way_of
from genjin.playbook.steps import Left, note_left
from genjin.schema.queries import options_of

#: Loaded with the reactions, so that new customers find the playbook that takes them.
__all__ = ["choose"]

#: These ask themselves, or only put things where they were.
_FREE = frozenset({"customer.move", "batch.undo", "pack.apply", "pack.roll_back", "import.take"})


@on("customer.updated", "customer.united", "customer.reverted")
def follow_moves(change: Change, happened: list[Happened]) -> None:
    """No way around a strict gate (R-081); the stay that ended is written down (R-117)."""
    moved = [each for each in happened if each.before.get("stage") != each.after.get("stage", each.before.get("stage"))]
    if not moved:
        return
    rows = unscoped(Customer, "step").in_bulk([each.subject_id for each in moved])
    left = [
        Left(rows[each.subject_id], str(each.before["stage"]), _since(each, rows[each.subject_id]), each.why)
        for each in moved
        if each.before.get("stage")
    ]
    if change.verb not in _FREE and not change.verb.startswith("playbook."):
        for each in left:
            way = way_of(change.actor, each.customer, each.stage, each.since, each.customer.stage, change.now)
            refuse(change.actor, way.strict, each.customer.stage, field="stage", name=each.customer.name)
    note_left(change, left)
    end(change, [each.customer.pk for each in left], done=True)
    # Where the playbook moved them the clock runs on from the node that they left (`restage`).
    begin(change, list(rows.values()), ran=not any("stage_at" in each.before for each in moved))
    _follow_status(change, list(rows.values()))


def _follow_status(change: Change, customers: list[Customer]) -> None:
    """A node may say what status its customers have from now on (R-110); putting back brings its own."""
    if change.verb in _FREE - {"customer.move"}:
        return
    books = books_of(change.actor.org_id, change.actor.config_version)
    stages = options_of(change.actor.org_id, change.actor.config_version).get("life_cycle", {})
    for customer in customers:
        _, node = standing(books, customer.stage)
        wanted = node.get("life_cycle") if node else None
        if wanted and wanted in stages and customer.life_cycle != wanted:
            set_life_cycle(change, customer, wanted, "进了这个阶段")


@on("followup.logged")
def follow_records(change: Change, happened: list[Happened]) -> None:
    """Minutes, and a record that says won, bring customers on (R-096, R-110); one of the past tells of the past."""
    won = {each.root[1] for each in happened if each.root and each.after.get("contract")}
    told = {each.root[1] for each in happened if each.root} - won
    bring(change, told, "record")
    bring(change, won, "won")


def _since(happened: Happened, customer: Customer) -> datetime | None:
    """From when the clock ran in the stage that was left; a mapping lets it run on."""
    if "stage_at" not in happened.before:
        return customer.stage_at
    value: Any = happened.before["stage_at"]
    return datetime.fromisoformat(value) if isinstance(value, str) else value
