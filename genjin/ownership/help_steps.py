"""What verbs and reactions share when a request goes to and fro: who has the ball, the clock, the customer lent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from genjin.access.guard import unscoped
from genjin.agenda.intake import Turn, close_items, take_back_items, turn_items
from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.steps import ToDo, closing_of, schedule
from genjin.customers.models import Collaborator, Customer
from genjin.customers.steps import collaborate, root, uncollaborate
from genjin.door.change import Change, plain
from genjin.files.steps import hold_files
from genjin.lib.calendar import WorkCalendar
from genjin.lib.due import deadline
from genjin.lib.errors import Conflict
from genjin.lib.time_limits import Deadline, working_minutes
from genjin.orgs.models import Department, Membership
from genjin.orgs.queries import calendar_of
from genjin.ownership.help_rules import (
    ASKERS,
    CONFIRM,
    CONFIRM_WITHIN,
    DECLINED,
    HEADS,
    HELP,
    QUESTION,
    REPLY,
    REPLY_WITHIN,
    RUNNING,
    SETTLED,
    THEIRS,
    ends,
)
from genjin.ownership.models import HelpFile, HelpRequest
from genjin.ownership.receivers import supervisors_of
from genjin.schema.bulk import insert_rows


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, of whom, until when; `clock` goes on after a pause."""

    question: str
    due_at: datetime
    precision: str
    helper_id: int | None = None
    department_id: int | None = None
    kind: str = QUESTION
    background: str = ""
    expectation: str = ""
    clock: str = "hours"
    file_ids: tuple[int, ...] = ()


#: What of a change the event tells.
_TOLD = frozenset({"state", "holder_id", "helper_id", "due_at"})


def calendar_for(change: Change) -> WorkCalendar:
    return calendar_of(change.actor.org_id, change.actor.config_version)


def stored(change: Change, due_at: datetime, precision: str) -> datetime:
    """The minute, or the close of its day, as the agenda keeps it."""
    return deadline(due_at, precision, change.actor.zone, closing_of(change.actor)).astimezone(UTC)


def ask(change: Change, customer: Customer, asked: Asked) -> HelpRequest:
    """A request to a colleague, who sees the customer from now on, or to a department; with its agenda row."""
    request = HelpRequest(
        customer=customer,
        kind=asked.kind,
        question=asked.question[:300],
        background=asked.background,
        expectation=asked.expectation,
        helper_id=asked.helper_id,
        department_id=asked.department_id,
        holder_id=asked.helper_id,
        ball_at=change.now,
        due_at=stored(change, asked.due_at, asked.precision),
        precision=asked.precision,
        clock=asked.clock,
    )
    change.stamp(request)
    insert_rows(HelpRequest, [request])
    attach(change, request, asked.file_ids)
    # What travels along stays in the row alone: events are read by more people than the two sides.
    after = {
        name: getattr(request, name) for name in ("kind", "question", "helper_id", "department_id", "state", "due_at")
    }
    change.record("help.asked", request, root=root(customer), after=after)
    if asked.helper_id is not None:
        lend(change, request, asked.helper_id)
    todo = ToDo(request.question, asked.due_at, asked.helper_id, asked.department_id, asked.precision, "", HELP)
    schedule(change, [todo], customer_id=customer.pk, source=(HELP, request.pk))
    return request


def attach(change: Change, request: HelpRequest, file_ids: Sequence[int], *, delivered: bool = False) -> None:
    """Files of the one who speaks go along."""
    files = hold_files(change, file_ids)
    HelpFile.objects.bulk_create(
        HelpFile(org_id=request.org_id, request=request, file=file, delivered=delivered) for file in files
    )


def lend(change: Change, request: HelpRequest, helper_id: int) -> None:
    """The helper sees the customer from now on, unless he does so by other right."""
    there = unscoped(Collaborator, "step").filter(
        customer_id=request.customer_id, member_id=helper_id, deleted_at__isnull=True
    )
    lent = request.customer.owner_id != helper_id and not there.exists()
    if lent:
        collaborate(change, request.customer, helper_id, request.question)
    change.save(request, {"helper_id": helper_id, "lent": lent})


def give_back(change: Change, request: HelpRequest) -> None:
    """What was lent to the helper ends, unless another open request needs it."""
    if not request.lent or request.helper_id is None:
        return
    change.save(request, {"lent": False})
    others = unscoped(HelpRequest, "step").filter(
        customer_id=request.customer_id, helper_id=request.helper_id, settled_at__isnull=True, deleted_at__isnull=True
    )
    heir = others.exclude(pk=request.pk).order_by("pk").first()
    if heir is not None:
        change.save(heir, {"lent": True})
    else:
        uncollaborate(change, request.customer, request.helper_id)


def turn(
    change: Change,
    request: HelpRequest,
    name: str,
    state: str,
    holder_id: int | None,
    *,
    values: Mapping[str, Any] | None = None,
    what: str = "",
    text: str = "",
    told: Mapping[str, Any] | None = None,
) -> None:
    """The next state: the ball goes on with its agenda row, the clock is read, and the event `name` says so.

    `text` joins what was said as `what`. A settled request gives the customer back.
    """
    wanted: dict[str, Any] = {"state": state, "holder_id": holder_id, **(values or {})}
    moves = (state, holder_id) != (request.state, request.holder_id)
    if moves:
        wanted["ball_at"] = change.now
    if moves and request.state in RUNNING:
        spent = working_minutes(request.ball_at, change.now, calendar_for(change))
        wanted["worked_minutes"] = request.worked_minutes + spent
    if what:
        entry = {"what": what, "by": change.actor.member_id, "at": plain(change.now), "text": text}
        wanted["said"] = [*request.said, entry]
    if state in SETTLED:
        wanted["settled_at"] = change.now
    changed = change.save(request, wanted)
    pairs = {column: pair for column, pair in changed.items() if column in _TOLD}
    after = {column: pair[1] for column, pair in pairs.items()}
    change.record(
        name,
        request,
        root=root(request.customer),
        before={column: pair[0] for column, pair in pairs.items()},
        after={**after, "question": request.question, **({"text": text} if text else {}), **(told or {})},
    )
    _move_items(change, request)
    if state in SETTLED:
        give_back(change, request)


def _move_items(change: Change, request: HelpRequest) -> None:
    items = items_of(request)
    if request.state == "done":
        close_items(change, items)
    elif request.state in SETTLED:
        take_back_items(change, items)
    else:
        act, due = _on_the_agenda(change, request)
        turn_items(change, [Turn(item, request.holder_id, request.department_id, act, due) for item in items])


def _on_the_agenda(change: Change, request: HelpRequest) -> tuple[str, Deadline]:
    if request.state in ASKERS:
        back = request.state == "asked_back"
        limit = REPLY_WITHIN if back else CONFIRM_WITHIN
        return (REPLY if back else CONFIRM) + request.question, ends(change.now, limit, calendar_for(change))
    named = DECLINED if request.state in HEADS else ""
    return named + request.question, Deadline(request.due_at, "minute" if request.precision == "minute" else "day")


def answered_first(change: Change, request: HelpRequest) -> dict[str, Any]:
    """The first word of those who were asked: when it came, after how much working time."""
    if request.responded_at is not None:
        return {}
    minutes = working_minutes(request.created_at, change.now, calendar_for(change))
    return {"responded_at": change.now, "response_minutes": minutes}


def heads_of(org_id: int, department_id: int | None) -> list[int]:
    """Who looks after a department, for what one of its people declined: its head, else its supervisors."""
    head = Department.objects.filter(org_id=org_id, pk=department_id or 0, head__active=True)
    return list(head.values_list("head_id", flat=True)) or supervisors_of(org_id, department_id)


def asker_of(request: HelpRequest) -> int | None:
    """Whoever asked, or when he has left, whoever holds the customer now; never the one who delivers."""
    customer = request.customer
    wanted = [pk for pk in (request.created_by_id, customer.owner_id) if pk is not None and pk != request.helper_id]
    active = set(Membership.objects.filter(pk__in=wanted, active=True).values_list("pk", flat=True))
    staying = [pk for pk in wanted if pk in active] or supervisors_of(request.org_id, customer.department_id)
    return next((pk for pk in staying if pk != request.helper_id), None)


def back_to(request: HelpRequest) -> tuple[str, int | None]:
    """The ball goes back to the helper, or to his department when he has left meanwhile."""
    if request.helper_id is not None and Membership.objects.filter(pk=request.helper_id, active=True).exists():
        return "accepted", request.helper_id
    if request.department_id is None:
        zh, en = "接的同事已经离开，撤回后重新求助", "Whoever did it has left; withdraw it and ask anew"
        raise Conflict(zh, en, code="nobody")
    return "open", None


def leave(change: Change, leaver: Membership) -> None:
    """Requests of somebody who was switched off: what he was to do waits for his department or its head, what he was
    to answer for whoever holds the customer now."""
    rows = unscoped(HelpRequest, "step").filter(holder_id=leaver.pk, settled_at__isnull=True, deleted_at__isnull=True)
    for request in rows.order_by("pk").select_related("customer").select_for_update(of=("self",)):
        if request.state in ASKERS:
            state = {"delivered": "done", "asked_back": "withdrawn"}[request.state]
            asker = asker_of(request)
            turn(change, request, "help.left", request.state if asker else state, asker)
            continue
        place = request.department_id or leaver.department_id
        heads = heads_of(request.org_id, place) if place is not None else []
        working = Membership.objects.filter(org_id=request.org_id, department_id=place or 0, active=True)
        give_back(change, request)
        values = {"helper_id": None, "department_id": place}
        if request.state in THEIRS and working.exclude(pk=request.created_by_id or 0).exists():
            turn(change, request, "help.left", "open", None, values=values)
        elif heads:
            turn(change, request, "help.left", "declined", heads[0], values=values)
        else:
            turn(change, request, "help.left", "refused", None, values=values)


def follow_owner(change: Change, owners: Mapping[int, tuple[int | None, int | None]]) -> None:
    """customer → (former, new owner): what the former one had to answer or to confirm is the new one's."""
    rows = unscoped(HelpRequest, "step").filter(
        org_id=change.actor.org_id, customer_id__in=list(owners), state__in=ASKERS, deleted_at__isnull=True
    )
    for request in rows.order_by("pk").select_related("customer").select_for_update(of=("self",)):
        former, new = owners[request.customer_id]
        if new is not None and request.holder_id == former and new != request.helper_id:
            turn(change, request, "help.left", request.state, new)


def items_of(request: HelpRequest) -> list[AgendaItem]:
    rows = unscoped(AgendaItem, "step").filter(OPEN, source_type=HELP, source_id=request.pk, org_id=request.org_id)
    return list(rows.order_by("pk").select_for_update(of=("self",)))
