"""An undo takes the hand-over back as a whole; people who leave are replaced in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from genjin.access.guard import unscoped
from genjin.agenda.intake import take_back_items
from genjin.agenda.models import OPEN, AgendaItem
from genjin.customers.merging import carries, carry_rows, moves_of
from genjin.customers.models import LIVING
from genjin.door.change import Change, Happened
from genjin.door.reactions import on
from genjin.handovers.ladder import ladders
from genjin.handovers.models import PENDING, Handover, HandoverCustomer, HandoverReceiver
from genjin.handovers.rules import KIND, READ
from genjin.handovers.steps import add_receivers, ask, asked, withdraw_asks
from genjin.lib.errors import Conflict

#: Loaded with the reactions, so that the agenda knows the ladder of these rows.
__all__ = ["ladders"]


@on("batch.undone")
def take_back(change: Change, happened: list[Happened]) -> None:
    """Whichever way the batch of a hand-over is undone: all of it, or nothing with the rows that stand in the way."""
    batches = {str(each.after["batch"]): each for each in happened}
    rows = unscoped(Handover, "step").filter(LIVING, org_id=change.actor.org_id, batch__in=list(batches))
    for handover in rows.select_for_update(of=("self",)):
        undone = batches[handover.batch].after
        if undone["stay"]:
            raise _held_up(undone["named"], undone["stay"])
        change.save(handover, {"state": "undone", "ended_at": change.now})
        take_back_items(change, asked(handover))
        change.record("handover.undone", handover, after={"many": handover.many})


def _held_up(named: Sequence[dict[str, Any]], many: int) -> Conflict:
    zh = "；".join(f"{each['name'] or each['type']}：{each['zh']}" for each in named)
    en = "; ".join(f"{each['name'] or each['type']}: {each['en']}" for each in named)
    more = f"，另有 {many - len(named)} 处" if many > len(named) else ""
    return Conflict(
        f"不能整体撤回，什么都没动。{zh}{more}",
        f"It cannot be undone as a whole, nothing was changed. {en}",
        code="touched",
        extra={"rows": named, "count": many},
    )


@on("member.handed_over")
def replace(change: Change, happened: list[Happened]) -> None:
    """Of the hand-overs of others in which somebody who leaves received or decided, his successor does; one that he
    gave away himself has nothing left to give."""
    for each in happened:
        gone, heir = each.subject_id, int(each.after["first"])
        if heir == gone:
            continue
        open_ones = unscoped(Handover, "step").filter(PENDING, org_id=change.actor.org_id)
        _end_given(change, open_ones.filter(giver_id=gone))
        _replace_receiver(change, gone, heir)
        decides = open_ones.filter(supervisor_id=gone).order_by("pk").select_for_update(of=("self",))
        change.save_many([(row, {"supervisor_id": heir}) for row in decides])


def _end_given(change: Change, rows: Any) -> None:
    for handover in rows.select_for_update(of=("self",)):
        change.save(handover, {"state": "withdrawn", "ended_at": change.now})
        withdraw_asks(change, handover)
        change.record("handover.withdrawn", handover, after={"state": handover.state}, why="交出方已经办了全部交接")


def _replace_receiver(change: Change, gone: int, heir: int) -> None:
    """What he was to take over his successor takes; he has read nothing of it yet."""
    mine = unscoped(HandoverReceiver, "step").filter(
        LIVING, org_id=change.actor.org_id, member_id=gone, handover__state__in=("draft", "waiting", "released")
    )
    places = list(mine.select_related("handover").order_by("pk").select_for_update(of=("self",)))
    change.save_many([(place, {"deleted_at": change.now}) for place in places])
    for place in places:
        handover = place.handover
        rows = unscoped(HandoverCustomer, "step").filter(LIVING, handover_id=handover.pk, to_id=gone)
        change.save_many([(row, {"to_id": heir, "read_at": None}) for row in rows.order_by("pk")])
        there = unscoped(HandoverReceiver, "step").filter(LIVING, handover_id=handover.pk, member_id=heir)
        if heir == handover.giver_id or there.exists():
            continue
        add_receivers(change, handover, [heir])
        theirs = unscoped(AgendaItem, "step").filter(OPEN, source_id=handover.pk, kind=KIND, owner_id=heir)
        if handover.state != "draft" and not theirs.exists():
            ask(change, handover, {heir: READ})


@on("customer.merged")
@carries((HandoverCustomer, "customer"))
def follow_merge(change: Change, happened: list[Happened]) -> None:
    """What was written about a customer that is handed over goes to the survivor."""
    moves = moves_of(happened)
    known = set(
        unscoped(HandoverCustomer, "step")
        .filter(LIVING, customer_id__in=set(moves.customers.values()))
        .values_list("handover_id", flat=True)
    )

    def twins(rows: Sequence[HandoverCustomer]) -> dict[int, dict[str, Any]]:
        return {row.pk: {"deleted_at": change.now} for row in rows
                if row.deleted_at is None and row.handover_id in known}  # fmt: skip

    carry_rows(change, HandoverCustomer, moves, more=twins)
