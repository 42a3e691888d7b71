"""Steps that put many items on the agenda at once, and take them off again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from genjin.agenda.ladders import SILENT, alarms, set_alarms
from genjin.agenda.models import AgendaItem
from genjin.agenda.steps import closing_of, root_of
from genjin.door.change import Change
from genjin.door.given import insert_new
from genjin.lib.due import deadline
from genjin.lib.time_limits import Deadline


def insert_items(change: Change, items: Sequence[AgendaItem], *, event: str = "agenda.added") -> None:
    """Insert items in bulk, one event each; `customer_id`, `source_id`, act, owner and due time are set. What nobody
    wrote is told as `agenda.planned`, so that neither automations nor everybody's notices follow it.

    Nobody is reminded of what is done.
    """
    if not items:
        return
    closing = closing_of(change.actor)
    for item in items:
        item.due_at = deadline(item.due_at, item.precision, change.actor.zone, closing)
    set_alarms(change.actor, [item for item in items if item.state == "open"], change.now)
    insert_new(change, items)
    for item in items:
        after = {"act": item.act, "owner_id": item.owner_id, "due_at": item.due_at}
        change.record(event, item, root=root_of(item), after=after)


class Turn(NamedTuple):
    """Whose an item is to be, or which department's, what he has to do and by when."""

    item: AgendaItem
    owner_id: int | None
    department_id: int | None
    act: str
    due: Deadline


def turn_items(change: Change, turns: Sequence[Turn]) -> None:
    """The ball is with somebody else, or with whoever of the department takes it; a few statements for all.

    Reminding starts anew where the time or the person is another.
    """
    closing = closing_of(change.actor)
    wanted: list[tuple[AgendaItem, dict[str, Any]]] = []
    for item, owner_id, department_id, act, due in turns:
        at = deadline(due.at, due.precision, change.actor.zone, closing)
        wanted.append((item, {"owner_id": owner_id, "department_id": department_id, "act": act[:300], "due_at": at,
                              "precision": due.precision}))  # fmt: skip
    anew = [
        place
        for place, (item, values) in enumerate(wanted)
        if any(getattr(item, name) != value for name, value in values.items() if name != "act")
    ]
    items, dues = [turns[place].item for place in anew], [turns[place].due for place in anew]
    for place, columns in zip(anew, alarms(change.actor, items, now=change.now, dues=dues), strict=True):
        wanted[place][1].update(columns)
    changed = change.save_many(wanted)
    for item, _ in wanted:
        pairs = changed.get(item.pk, {})
        before, after = ({name: pair[side] for name, pair in pairs.items()} for side in (0, 1))
        change.record("agenda.turned", item, root=root_of(item), before=before, after=after)


def close_items(change: Change, items: Sequence[AgendaItem]) -> None:
    """Tick many items off in one statement, one event each."""
    done = {"state": "done", "done_at": change.now, "done_by_id": change.actor.member_id, **SILENT}
    changed = change.save_many([(item, done) for item in items])
    for item in items:
        pairs = changed.get(item.pk, {})
        before = {column: pair[0] for column, pair in pairs.items()}
        after = {"act": item.act, "note": "", **{column: pair[1] for column, pair in pairs.items()}}
        change.record("agenda.done", item, root=root_of(item), before=before, after=after)


def take_back_items(change: Change, items: Sequence[AgendaItem], *, event: str = "agenda.removed") -> None:
    """Remove many items in one statement, one event each."""
    change.save_many([(item, {"deleted_at": change.now, **SILENT}) for item in items])
    for item in items:
        change.record(event, item, root=root_of(item), before={"act": item.act})
