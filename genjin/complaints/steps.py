"""What verbs, reactions and higher folders share when complaints are opened, worked on and ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from genjin.access.guard import unscoped
from genjin.agenda.intake import close_items, take_back_items
from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.steps import ToDo, schedule
from genjin.complaints.models import Complaint
from genjin.complaints.rules import ASK, ASK_DAYS, KIND, SOURCE, solve_by, tells_superior
from genjin.customers.models import Customer
from genjin.customers.steps import root
from genjin.door.change import Change, plain
from genjin.orgs.queries import calendar_of
from genjin.ownership.receivers import supervisors_of
from genjin.schema.bulk import insert_rows
from genjin.schema.queries import Choice, options_of

SOLVE, ASK_AFTER = "处理客户投诉", "问客户对投诉的处理满不满意"


@dataclass(frozen=True, slots=True)
class Told:
    """A complaint as it came in. `origin`: what opened it where nobody of the team did; `loud`: supervisors hear of it
    whatever its level says."""

    kind: str
    level: str
    text: str
    source: str = ""
    contact_id: int | None = None
    owner_id: int | None = None
    origin: tuple[str, int] | None = None
    loud: bool = False


def open_complaint(change: Change, customer: Customer, told: Told) -> Complaint:
    """A case with its clock, somebody who handles it and an agenda row (R-149). Whoever holds the customer handles it,
    else the nearest supervisor."""
    level = _option(change, "complaint_level", told.level)
    above = supervisors_of(customer.org_id, customer.department_id)
    owner_id = told.owner_id or customer.owner_id or change.actor.member_id or next(iter(above), None)
    row = Complaint(
        customer=customer,
        contact_id=told.contact_id,
        kind=told.kind,
        level=told.level,
        source=told.source,
        text=told.text[:1000],
        raised_at=change.now,
        due_at=solve_by(change.now, level, calendar_of(change.actor.org_id, change.actor.config_version)),
        owner_id=owner_id,
        origin=told.origin[0] if told.origin else "",
        origin_id=told.origin[1] if told.origin else None,
    )
    change.stamp(row)
    insert_rows(Complaint, [row])
    to = above if told.loud or tells_superior(level) else []
    after = {"text": row.text, "kind": row.kind, "level": row.level, "owner_id": owner_id, "due_at": row.due_at}
    _record(change, row, "opened", {**after, "to": [pk for pk in to if pk != owner_id]})
    _remind(change, row, SOLVE, KIND, row.due_at, "minute", owner_id)
    return row


def add_step(change: Change, row: Complaint, text: str) -> None:
    """Somebody did something about it."""
    change.save(row, {"state": "handling", "steps": [*row.steps, _step(change, text, "step")]})
    _record(change, row, "handled", {"step": text, "text": row.text})


def give_result(change: Change, row: Complaint, result: str) -> None:
    """What came of it; whoever holds the customer asks him a few days later whether it is good."""
    values = {
        "state": "resolved",
        "result": result,
        "resolved_at": change.now,
        "resolved_by_id": change.actor.member_id,
    }
    change.save(row, values)
    close_items(change, items_of(row))
    _record(change, row, "resolved", {"result": result, "text": row.text, "to": _others(change, row.created_by_id)})
    asks = row.customer.owner_id or row.owner_id
    _remind(change, row, ASK_AFTER, ASK, change.now + timedelta(days=ASK_DAYS), "day", asks)


def confirm(change: Change, row: Complaint, words: str, on: date) -> None:
    """The customer says that it is good: the case is closed."""
    values = {
        "state": "confirmed",
        "words": words,
        "confirmed_on": on,
        "closed_at": change.now,
        "closed_by_id": change.actor.member_id,
    }
    change.save(row, values)
    close_items(change, items_of(row))
    _record(change, row, "confirmed", {"words": words, "on": on, "text": row.text})


def reopen(change: Change, row: Complaint, words: str, on: date) -> None:
    """The customer says no: it is worked on again, the result that was not good enough stays among its steps."""
    calendar = calendar_of(change.actor.org_id, change.actor.config_version)
    due_at = solve_by(change.now, _option(change, "complaint_level", row.level), calendar)
    refused = {**_step(change, words, "refused"), "result": row.result, "on": on.isoformat()}
    values = {
        "state": "handling",
        "steps": [*row.steps, refused],
        "result": "",
        "resolved_at": None,
        "resolved_by_id": None,
        "due_at": due_at,
        "reopened": row.reopened + 1,
    }
    change.save(row, values)
    close_items(change, items_of(row))
    to = [*supervisors_of(row.org_id, row.customer.department_id), row.owner_id]
    _record(change, row, "reopened", {"words": words, "text": row.text, "to": _others(change, *to)})
    _remind(change, row, SOLVE, KIND, due_at, "minute", row.owner_id)


def regrade(change: Change, row: Complaint, values: dict[str, str]) -> None:
    """Another kind or level; the limit follows the level, from the moment it was raised."""
    level = values.get("level", row.level)
    wanted: dict[str, Any] = dict(values)
    if level != row.level:
        calendar = calendar_of(change.actor.org_id, change.actor.config_version)
        wanted["due_at"] = solve_by(row.raised_at, _option(change, "complaint_level", level), calendar)
    changed = change.save(row, wanted)
    if not changed:
        return
    before = {name: pair[0] for name, pair in changed.items()}
    _record(change, row, "updated", {name: pair[1] for name, pair in changed.items()} | {"text": row.text}, before)
    take_back_items(change, items_of(row))
    _remind(change, row, SOLVE, KIND, row.due_at, "minute", row.owner_id)


def pass_to(change: Change, row: Complaint, owner_id: int, why: str) -> None:
    """Somebody else handles it; its clock runs on."""
    before = {"owner_id": row.owner_id}
    change.save(row, {"owner_id": owner_id})
    take_back_items(change, items_of(row))
    _record(change, row, "passed", {"owner_id": owner_id, "text": row.text}, before, why)
    _remind(change, row, SOLVE, KIND, row.due_at, "minute", owner_id)


def _remind(change: Change, row: Complaint, act: str, kind: str, due_at: datetime, by: str, who: int | None) -> None:
    """Its words name the kind only: the agenda is read by more people than complaints are (R-166)."""
    choice = _option(change, "complaint_kind", row.kind)
    todo = ToDo(f"{act}（{choice.zh if choice else row.kind}）", due_at, who, None, by, "", kind)
    schedule(change, [todo], customer_id=row.customer_id, source=(SOURCE, row.pk))


def _option(change: Change, name: str, key: str) -> Choice | None:
    return options_of(change.actor.org_id, change.actor.config_version).get(name, {}).get(key)


def _step(change: Change, text: str, kind: str) -> dict[str, Any]:
    return {"at": plain(change.now), "by_id": change.actor.member_id, "text": text, "kind": kind}


def _others(change: Change, *members: int | None) -> list[int]:
    """Who is told, once each, and not whoever did it himself."""
    return [pk for pk in dict.fromkeys(members) if pk is not None and pk != change.actor.member_id]


def _record(
    change: Change,
    row: Complaint,
    word: str,
    after: dict[str, Any],
    before: dict[str, Any] | None = None,
    why: str = "",
) -> None:
    change.record(f"complaint.{word}", row, root=root(row.customer), before=before, after=after, why=why)


def items_of(row: Complaint) -> list[AgendaItem]:
    rows = unscoped(AgendaItem, "step").filter(OPEN, source_type=SOURCE, source_id=row.pk, org_id=row.org_id)
    return list(rows.order_by("pk").select_for_update(of=("self",)))


def first_items_of(org_id: int, rows: Sequence[Complaint]) -> dict[int, AgendaItem]:
    """Complaint → its open agenda row, locked; one statement for any number."""
    where = {"org_id": org_id, "source_type": SOURCE, "source_id__in": [row.pk for row in rows]}
    items = unscoped(AgendaItem, "step").filter(OPEN, **where).order_by("-pk").select_for_update(of=("self",))
    return {item.source_id or 0: item for item in items}
