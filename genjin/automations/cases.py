"""One event as an automation meets it: the row, its customer, whether it counts. Reads with the publisher's rights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from genjin.access.actor import Actor
from genjin.access.fields import concealed
from genjin.access.forms import reader_of
from genjin.access.visible import visible
from genjin.automations.checking import condition_of, named_fields
from genjin.automations.rules import moved_to
from genjin.automations.triggers import Trigger
from genjin.customers.models import Customer
from genjin.history.models import Event
from genjin.lib.filters import Expression, comparisons, judge
from genjin.schema.judged import overlaid, values_of
from genjin.schema.registry import Field, RecordType
from genjin.schema.shapes import Whose, shaped


@dataclass(frozen=True, slots=True)
class Case:
    """`row`: what the event is about, `customer`: the one that it hangs on (itself, where it is one)."""

    actor: Actor
    trigger: Trigger
    event_id: int
    event: str
    at: datetime
    by: int | None
    data: Mapping[str, Any]
    row: Any
    customer: Customer | None

    @property
    def owner_id(self) -> int | None:
        """Who holds the row of an own type, else whoever holds the customer."""
        holder = self.row if self.trigger.own else self.customer
        return getattr(holder, "owner_id", None)

    @property
    def department_id(self) -> int | None:
        """The department in which it stands."""
        holder = self.row if self.trigger.own else self.customer
        return getattr(holder, "department_id", None)

    @property
    def name(self) -> str:
        """The row as a person calls it, as far as the publisher may read that."""
        column = shaped(self.actor, self.trigger.kind).restore.name
        said = concealed(self.actor, self.trigger.kind, {column: getattr(self.row, column, "")})
        return str(said[column] or "")


def subject_of(trigger: Trigger, event: Event) -> int | None:
    """The id of the row that an event is about; None when it is about another kind."""
    if not trigger.of:
        return event.subject_id
    after = data_of(event).get("after") or {}
    pk = after.get("subject_id")
    return pk if after.get("subject_type") == trigger.kind and isinstance(pk, int) else None


def data_of(event: Event) -> dict[str, Any]:
    """What an event tells; empty when the person's data was erased."""
    found = event.data.data if hasattr(event, "data") else None
    return found if isinstance(found, dict) else {}


def counts(whose: Whose, trigger: Trigger, body: Mapping[str, Any], event: Event) -> bool:
    """Is this an event that the automation waits for? Without a statement."""
    taken_over = event.source == "import" and trigger.kind != "import"
    if event.name not in trigger.events or (taken_over and not body.get("imports")):
        return False
    moved = body.get("moved") or ({"field": trigger.fixed} if trigger.fixed else None)
    if moved is None:
        return True
    field = shaped(whose, trigger.kind).known.get(moved["field"])
    return field is not None and moved_to(moved, field.columns, data_of(event))


def cases_of(actor: Actor, trigger: Trigger, events: Sequence[Event]) -> dict[int, Case]:
    """Event → case, of the events whose row the actor may see; one statement, two where rows hang on customers."""
    model, of = shaped(actor, trigger.kind).model, {"kind": trigger.kind} if trigger.own else {}
    wanted = {event.pk: pk for event in events if (pk := subject_of(trigger, event)) is not None}
    rows = visible(actor, model).filter(pk__in=set(wanted.values()), **of)
    if trigger.below:
        rows = rows.select_related("customer")
    found: dict[int, Any] = {row.pk: row for row in rows}
    customers = _customers(actor, trigger, found.values())
    cases = {}
    for event in events:
        row = found.get(wanted.get(event.pk, 0))
        if row is not None:
            customer = row if trigger.kind == "customer" else customers.get(getattr(row, "customer_id", None) or 0)
            cases[event.pk] = Case(
                actor, trigger, event.pk, event.name, event.at, event.member_id, data_of(event), row, customer
            )
    return cases


def _customers(actor: Actor, trigger: Trigger, rows: Iterable[Any]) -> dict[int, Customer]:
    """Customers of these rows that the actor may see: a to-do of mine may hang on one that I may not."""
    if not trigger.below:
        return {}
    ids = {row.customer_id for row in rows if row.customer_id}
    return {each.pk: each for each in visible(actor, Customer).filter(pk__in=ids)}


@dataclass(frozen=True, slots=True)
class Question:
    """A condition as its publisher may ask it, and the fields that it names: slug there → field and type."""

    condition: Expression
    fields: Mapping[str, tuple[Field, RecordType]]


def question_of(actor: Actor, trigger: Trigger, body: Mapping[str, Any]) -> Question:
    """Raises `Invalid` where the publisher may not read a field that the condition names."""
    condition = condition_of(actor, trigger, body.get("condition"))
    known = named_fields(actor, trigger)
    return Question(condition, {test.field: known[test.field] for test in comparisons(condition)})


def holds_for(case: Case, question: Question, now: datetime, *, then: bool = False) -> bool:
    """Does the condition hold of the row as it stands now? `then`: what the event itself changed counts as it left it,
    for a look at the past."""
    rows = {case.trigger.kind: case.row, "customer": case.customer}
    read: dict[str, dict[str, Any]] = {}
    values = {}
    for slug, (field, kind) in question.fields.items():
        row = rows.get(kind.slug)
        if row is None:
            continue
        if kind.slug not in read:
            read[kind.slug] = values_of(kind, row)
            if then and kind.slug == case.trigger.kind:
                read[kind.slug] = overlaid(kind, read[kind.slug], _left(kind, case.data))
        values[slug] = read[kind.slug].get(field.slug)
    reader = reader_of(case.actor, now)
    return judge(question.condition, values, reader.now, reader.me, reader.ours)


def _left(kind: RecordType, data: Mapping[str, Any]) -> dict[str, Any]:
    """Columns as an event left them; times and days are texts in the log and stay as they are now."""
    after = data.get("after") or {}
    timed = {column for each in kind.known.values() if each.type in ("date", "datetime") and not each.stored
             for column in each.columns}  # fmt: skip
    return {column: value for column, value in after.items() if column not in timed}
