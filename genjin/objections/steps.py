"""What verbs and reactions share when objections are opened, answered and closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from genjin.access.guard import unscoped
from genjin.agenda.intake import close_items, take_back_items
from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.steps import ToDo, schedule
from genjin.customers.models import Customer
from genjin.customers.steps import root
from genjin.door.change import Change
from genjin.objections.models import Objection
from genjin.objections.rules import OUTCOME_DAYS, answer_due, department_for, goes_up, who_answers
from genjin.orgs.models import Department
from genjin.orgs.queries import calendar_of
from genjin.ownership.help_steps import Asked, ask
from genjin.ownership.receivers import supervisors_of
from genjin.playbook.arriving import bring
from genjin.schema.bulk import insert_rows
from genjin.schema.queries import Choice, options_of

SOURCE = "objection"
KIND = "objection"
ANSWER, ASK_AFTER = "答复客户异议", "问清异议的结果"


@dataclass(frozen=True, slots=True)
class Raised:
    """One objection as it was told."""

    kind: str
    text: str
    at: datetime
    answer: str = ""
    followup_id: int | None = None


def open_objections(change: Change, customer: Customer, raised: Sequence[Raised]) -> list[Objection]:
    """Each gets somebody who answers it by its clock, and an agenda row (R-084, R-105).

    Price and terms go up to the nearest supervisor; for product and delivery the department that the kind names is
    asked, where the team has one. One that was answered in the talk itself waits for its outcome only. Where a node of
    his playbook waits for objections, the customer goes there (R-098).
    """
    kinds = options_of(change.actor.org_id, change.actor.config_version).get("objection_kind", {})
    calendar = calendar_of(change.actor.org_id, change.actor.config_version)
    rep = customer.owner_id or change.actor.member_id
    up = any(goes_up(kinds.get(each.kind)) for each in raised)
    supervisors = supervisors_of(customer.org_id, customer.department_id) if up else []
    asks = any(choice.facts.get("departments") for each in raised if (choice := kinds.get(each.kind)))
    teams = Department.objects.filter(org_id=customer.org_id).values_list("name", "pk") if asks else ()
    departments = dict(teams)
    rows = []
    for each in raised:
        choice = kinds.get(each.kind)
        row = Objection(
            customer=customer,
            followup_id=each.followup_id,
            kind=each.kind,
            text=each.text[:500],
            raised_at=each.at,
            due_at=answer_due(each.at, choice, calendar),
            owner_id=who_answers(rep, supervisors, up=goes_up(choice) and not each.answer),
        )
        change.stamp(row)
        rows.append(row)
    insert_rows(Objection, rows)
    for row, each in zip(rows, raised, strict=True):
        after = {"text": row.text, "kind": row.kind, "owner_id": row.owner_id, "due_at": row.due_at}
        change.record("objection.opened", row, root=root(customer), after=after)
        if each.answer:
            give_answer(change, row, each.answer, "")
            continue
        _remind(change, row, ANSWER, row.due_at, "minute", row.owner_id)
        _ask_department(change, row, kinds.get(row.kind), departments)
    bring(change, [customer.pk], "objection")
    return rows


def _remind(change: Change, row: Objection, act: str, due_at: datetime, precision: str, owner_id: int | None) -> None:
    """Its words name the kind only: the agenda is read by more people than objections are (R-166)."""
    kinds = options_of(change.actor.org_id, change.actor.config_version).get("objection_kind", {})
    kind = kinds[row.kind].zh if row.kind in kinds else row.kind
    todo = ToDo(f"{act}（{kind}）", due_at, owner_id, None, precision, "", KIND)
    schedule(change, [todo], customer_id=row.customer_id, source=(SOURCE, row.pk))


def _ask_department(change: Change, row: Objection, choice: Choice | None, departments: Mapping[str, int]) -> None:
    department_id = department_for(choice, departments)
    if choice is None or department_id is None or department_id == row.customer.department_id:
        return
    due_at = max(row.due_at, change.now + timedelta(hours=1))
    question = f"客户有异议（{choice.zh}），怎么答复？原话在客户页的“异议”里"
    request = ask(change, row.customer, Asked(question, due_at, "minute", department_id=department_id))
    change.save(row, {"help_id": request.pk})


def give_answer(change: Change, row: Objection, answer: str, adjustment: str) -> None:
    """What we said and did; whoever holds the customer is asked for the outcome a few days later (R-098)."""
    values = {
        "state": "answered",
        "answer": answer.strip(),
        "adjustment": adjustment,
        "answered_at": change.now,
        "answered_by_id": change.actor.member_id,
    }
    change.save(row, values)
    close_items(change, items_of(row))
    after = {"answer": row.answer, "adjustment": adjustment, "text": row.text}
    change.record("objection.answered", row, root=root(row.customer), after=after)
    rep = row.customer.owner_id or row.owner_id
    _remind(change, row, ASK_AFTER, change.now + timedelta(days=OUTCOME_DAYS), "day", rep)


def give_outcome(change: Change, row: Objection, outcome: str, result: str) -> None:
    """Close it: what came of it, and by whom it was closed (R-085)."""
    values = {
        "state": "closed",
        "outcome": outcome,
        "result": result.strip(),
        "closed_at": change.now,
        "closed_by_id": change.actor.member_id,
    }
    change.save(row, values)
    close_items(change, items_of(row))
    after = {"outcome": outcome, "result": row.result, "text": row.text}
    change.record("objection.closed", row, root=root(row.customer), after=after)


def pass_to(change: Change, row: Objection, owner_id: int, why: str) -> None:
    """Somebody else answers it; its clock runs on."""
    before = row.owner_id
    change.save(row, {"owner_id": owner_id})
    take_back_items(change, items_of(row))
    after: Mapping[str, Any] = {"owner_id": owner_id, "text": row.text}
    change.record("objection.passed", row, root=root(row.customer), before={"owner_id": before}, after=after, why=why)
    _remind(change, row, ANSWER, row.due_at, "minute", owner_id)


def items_of(row: Objection) -> list[AgendaItem]:
    rows = unscoped(AgendaItem, "step").filter(OPEN, source_type=SOURCE, source_id=row.pk, org_id=row.org_id)
    return list(rows.order_by("pk").select_for_update(of=("self",)))


def first_items_of(org_id: int, rows: Sequence[Objection]) -> dict[int, AgendaItem]:
    """Objection → its open agenda row, locked; one statement for any number."""
    where = {"org_id": org_id, "source_type": SOURCE, "source_id__in": [row.pk for row in rows]}
    items = unscoped(AgendaItem, "step").filter(OPEN, **where).order_by("-pk").select_for_update(of=("self",))
    return {item.source_id or 0: item for item in items}


def answered_by_help(change: Change, help_id: int, answer: str) -> None:
    """The department's answer is the answer to the objection that it was asked about (R-105)."""
    rows = unscoped(Objection, "step").filter(help_id=help_id, state="open", deleted_at__isnull=True)
    for row in rows.select_related("customer").select_for_update(of=("self",)):
        give_answer(change, row, answer, "")
