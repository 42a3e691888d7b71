"""Verbs on one row of an own type."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from genjin.access.forms import demand_form
from genjin.access.links import taken
from genjin.access.reading import read
from genjin.access.visible import visible
from genjin.agenda.actions import check_member, new_task
from genjin.customers.models import Contact, Customer
from genjin.door.action import action, action_on, demand
from genjin.door.change import Change
from genjin.lib.errors import Forbidden, Invalid, NotFound
from genjin.orgs.models import Membership
from genjin.records.models import Record
from genjin.records.queries import type_of_actor
from genjin.records.rules import first_state
from genjin.records.steps import index_records, insert_records, record_changes
from genjin.schema.barred import refuse_barred
from genjin.schema.bulk import Blank
from genjin.schema.clean import asked
from genjin.schema.registry import RecordType
from genjin.schema.shapes import shaped_row

Reply = dict[str, Any]
_BLANK = Blank(Record)


@action("record.create", "新建记录", "create a record")
def create_record(
    change: Change, *, type: str, values: Mapping[str, Any], state: str = "", owner_id: int | None = None
) -> Reply:
    """A new row of an own type, in its first state or one that follows it, of whoever makes it unless it is given away.

    404 for a type that the actor has nothing to do with, 403 for one of which he may change no row.
    """
    kind = writable(change, type)
    record = new_record(change, kind, values, state=state, owner_id=owner_id)
    insert_records(change, [record])
    return {"id": record.pk, "version": record.version, "number": record.number}


def writable(change: Change, slug: str) -> RecordType:
    """The type of that slug, of which the actor may write rows."""
    kind = type_of_actor(change.actor, slug)
    if not change.actor.grants.scope(slug, "change"):
        raise Forbidden(f"你能看{kind.zh}，但不能写；找管理员开通", f"You may see {kind.en}, but not write any")
    return kind


def new_record(
    change: Change, kind: RecordType, values: Mapping[str, Any], *, state: str = "", owner_id: int | None = None
) -> Record:
    """A checked row, not yet saved."""
    actor = change.actor
    record: Record = _BLANK(cleaned_values(change, kind, values, new=True))
    demand_links(change, record, {"customer_id": record.customer_id, "contact_id": record.contact_id})
    record.kind, record.state = kind.slug, first_state(kind, state).key
    record.owner_id, record.department_id = actor.member_id, actor.department_id
    if owner_id is not None and owner_id != actor.member_id:
        demand(actor, "record.assign")
        owner = receiver(change, owner_id)
        record.owner_id, record.department_id = owner.pk, owner.department_id
    demand_form(actor, kind, record, change.now)
    return record


def cleaned_values(change: Change, kind: RecordType, values: Mapping[str, Any], *, new: bool = False) -> dict[str, Any]:
    """Checked values of fields that the actor may write; of a `new` row also what it must or would say."""
    marks = change.actor.grants.fields.get(kind.slug, {})
    refuse_barred(kind, marks, values, new=new)
    return taken(change.actor, kind, {**asked(kind, marks), **values} if new else values)


def receiver(change: Change, member_id: int, field: str = "owner_id") -> Membership:
    """The active member who is to get rows."""
    check_member(change.actor.org_id, member_id, field)
    return Membership.objects.get(pk=member_id)


def demand_links(change: Change, record: Record, columns: dict[str, Any]) -> None:
    """The customer must be one that the actor sees, the contact one of that customer; another customer takes the
    contact of the former one off (`columns` gets `contact_id` then)."""
    actor, customer = change.actor, columns.get("customer_id", record.customer_id)
    named = columns.get("customer_id")
    if named is not None and not visible(actor, Customer).filter(pk=named).exists():
        raise Invalid("没有这家客户，或者你看不到", "No such customer, or not visible to you", field="customer")
    contact = columns.get("contact_id", record.contact_id if "customer_id" not in columns else None)
    if "customer_id" in columns and customer != record.customer_id and "contact_id" not in columns:
        columns["contact_id"] = None
    if contact is not None and "contact_id" in columns:
        at = read(actor, Contact, ("id",), Q(pk=contact, customer_id=customer or 0), limit=1)
        if not at:
            raise Invalid("联系人要是这家客户的", "The contact must be at that customer", field="contact")


@action_on(Record, "record.update", "修改记录", "change the record")
def update_record(
    change: Change, record: Record, *, type: str, version: int | None, values: Mapping[str, Any]
) -> Reply:
    """Change the named fields only; 409 with the other's values when somebody was faster (R-165). Without a `version`
    (automations) whatever stands there is overwritten."""
    return change_record(change, of_type(record, type), version, values)


def of_type(record: Record, slug: str) -> Record:
    """The row, if it is of that type."""
    if record.kind != slug:
        raise NotFound()
    return record


def change_record(change: Change, record: Record, version: int | None, values: Mapping[str, Any]) -> Reply:
    """The step behind a change by hand and a restore."""
    kind = shaped_row(change.actor, record)
    columns = cleaned_values(change, kind, values)
    change.expect(record, version, list(columns))
    demand_links(change, record, columns)
    demand_form(change.actor, kind, record, change.now, columns)
    changed = change.save(record, columns)
    if changed:
        record_changes(change, "record.updated", [record], {record.pk: changed})
    if "name" in changed:
        index_records(change.actor, [record])
    return {"id": record.pk, "version": record.version}


@action_on(Record, "record.plan", "给记录加待办", "add a to-do to the record")
def plan_record(
    change: Change,
    record: Record,
    *,
    type: str,
    act: str,
    due_at: datetime,
    precision: str = "minute",
    owner_id: int | None = None,
    department_id: int | None = None,
    goal: str = "",
    own: Mapping[str, Any] | None = None,
) -> Reply:
    """Something to do for a row by some time; it stands on the customer too, where the actor sees him."""
    of_type(record, type)
    seen = record.customer_id and visible(change.actor, Customer).filter(pk=record.customer_id).exists()
    item = new_task(
        change,
        act=act,
        due_at=due_at,
        precision=precision,
        customer_id=record.customer_id if seen else None,
        owner_id=owner_id,
        department_id=department_id,
        goal=goal,
        own=own,
        source=(record.kind, record.pk),
    )
    return {"id": item.pk, "version": item.version, "state": item.state}
