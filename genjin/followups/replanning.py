"""The next steps of a record that is changed afterwards: what stands, what goes, what is new."""

from __future__ import annotations

from collections.abc import Sequence

from genjin.access.guard import unscoped
from genjin.agenda.intake import take_back_items
from genjin.agenda.models import AgendaItem
from genjin.agenda.steps import ToDo, refresh_next, schedule
from genjin.customers.models import LIVING
from genjin.door.change import Change
from genjin.followups.models import FollowUp
from genjin.followups.schemas import NextStepIn


def steps_of(record: FollowUp) -> list[AgendaItem]:
    """The agenda rows that this record made, open and done."""
    rows = unscoped(AgendaItem, "step").filter(
        LIVING, org_id=record.org_id, source_type="followup", source_id=record.pk
    )
    return list(rows.order_by("due_at", "id"))


def as_input(items: Sequence[AgendaItem]) -> list[NextStepIn]:
    """Standing steps as the form would send them, so that the whole record is judged."""
    return [
        NextStepIn(
            act=item.act,
            owner_id=item.owner_id,
            department_id=item.department_id,
            due_at=item.due_at,
            precision="day" if item.precision == "day" else "minute",
            goal=item.goal,
        )
        for item in items
    ]


def replan(change: Change, record: FollowUp, steps: Sequence[NextStepIn]) -> tuple[list[str], list[str]] | None:
    """Make the open agenda rows of a record those of `steps`; what is done stays done (R-074).

    Returns the acts before and after, None when nothing differs.
    """
    standing = [item for item in steps_of(record) if item.state == "open"]
    wanted = list(steps)
    gone: list[AgendaItem] = []
    for item in standing:
        same = next((step for step in wanted if _same(step, item, change)), None)
        if same is None:
            gone.append(item)
        else:
            wanted.remove(same)
    if not gone and not wanted:
        return None
    take_back_items(change, gone)
    schedule(
        change,
        [todo_of(step, record) for step in wanted if step.due_at is not None],
        customer_id=record.customer_id,
        source=("followup", record.pk),
    )
    refresh_next([record.customer_id])
    return [item.act for item in standing], [step.act for step in steps]


def _same(step: NextStepIn, item: AgendaItem, change: Change) -> bool:
    owner = step.owner_id or (None if step.department_id else change.actor.member_id)
    place = (item.act, item.due_at, item.precision, item.owner_id, item.department_id, item.goal)
    return (step.act.strip(), step.due_at, step.precision, owner, step.department_id, step.goal.strip()) == place


def todo_of(step: NextStepIn, record: FollowUp) -> ToDo:
    """The agenda row of one next step of a record; the caller has seen that it is dated."""
    assert step.due_at is not None
    return ToDo(
        act=step.act,
        due_at=step.due_at,
        owner_id=step.owner_id,
        department_id=step.department_id,
        precision=step.precision,
        goal=step.goal,
        contact_id=record.contact_id,
    )
