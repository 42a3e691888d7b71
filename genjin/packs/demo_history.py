"""The demo's older records, in bulk: what `followup.log` writes, without a door for each of hundreds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Contact, Customer
from genjin.customers.steps import add_needs, root, touch
from genjin.door.change import Change, write_events
from genjin.followups.judging import Setting, demand_standard, findings_json, judge_parts
from genjin.followups.layouts import choose, gaps_of, values_of
from genjin.followups.models import FollowUp
from genjin.followups.rules import columns_of, is_late, last_words
from genjin.followups.schemas import FollowUpIn
from genjin.packs.demo_stories import Told
from genjin.schema.queries import options_of
from genjin.search.steps import Entry, index_entries


@dataclass(frozen=True, slots=True)
class Past:
    """An older record of a customer that exists already, with the moment its step was ticked off."""

    actor: Actor
    customer_id: int
    told: Told
    parts: FollowUpIn
    following: Told | None


@dataclass(frozen=True, slots=True)
class _Written:
    past: Past
    record: FollowUp
    item: AgendaItem
    change: Change


def tell_past(pasts: Sequence[Past]) -> dict[int, int]:
    """Write older records with their agenda, events, search rows and the customers' columns.

    `pasts` hold each customer's records in the order of time. Returns customer id → id of the
    to-do that his newest older record left open. Refuses what the written standard refuses.
    """
    ids = {past.customer_id for past in pasts}
    customers = {row.pk: row for row in unscoped(Customer, "demo").filter(pk__in=ids)}
    contacts = {row.customer_id: row for row in unscoped(Contact, "demo").filter(customer_id__in=ids, primary=True)}
    written = [_judged(past, customers[past.customer_id], contacts[past.customer_id]) for past in pasts]
    FollowUp.objects.bulk_create([each.record for each in written])
    for each in written:
        each.item.source_id = each.record.pk
    AgendaItem.objects.bulk_create([each.item for each in written])
    _index(written)
    done: dict[int, AgendaItem] = {}
    for each in written:
        _record_events(each, customers[each.past.customer_id], done.get(each.past.customer_id))
        done[each.past.customer_id] = each.item
    _touch(written, customers)
    return {customer_id: item.pk for customer_id, item in done.items() if item.state == "open"}


def _judged(past: Past, customer: Customer, contact: Contact) -> _Written:
    change = Change(past.actor, "followup.log", past.told.entered_at)
    options = options_of(past.actor.org_id, past.actor.config_version)
    setting = Setting(customer, contact, {}, {}, past.actor.name)
    verdict, _ = judge_parts(past.actor, past.parts, setting, options, now=change.now)
    layout = choose(past.actor, past.parts.template, past.parts.kind)
    _, gaps = gaps_of(past.actor, layout, values_of(past.parts, customer, contact), change.now)
    demand_standard(verdict, gaps)
    record = FollowUp(**columns_of(past.parts), customer=customer, contact=contact, template_id=layout.id)
    change.stamp(record)
    record.entered_at = change.now
    record.entered_by_id = record.contacted_by_id = past.actor.member_id
    record.department_id = past.actor.department_id
    record.late = is_late(record.contact_at, record.precision, change.now, past.actor.zone)
    record.stage_then, record.life_cycle_then = customer.stage, customer.life_cycle
    record.score, record.axes = verdict.score, dict(verdict.axes)
    record.findings = findings_json(verdict.findings)
    record.seconds_spent = past.parts.seconds_spent
    return _Written(past, record, _item(change, past, contact), change)


def _item(change: Change, past: Past, contact: Contact) -> AgendaItem:
    told = past.told
    item = AgendaItem(
        customer_id=past.customer_id,
        contact=contact,
        act=told.act,
        goal=told.goal,
        owner_id=past.actor.member_id,
        due_at=told.due_at,
        precision=told.precision,
        source_type="followup",
    )
    change.stamp(item)
    if past.following is not None:
        item.state, item.done_at, item.done_by_id = "done", past.following.entered_at, past.actor.member_id
        item.version, item.updated_at = 2, past.following.entered_at
    return item


def _record_events(each: _Written, customer: Customer, settled: AgendaItem | None) -> None:
    change, record, item = each.change, each.record, each.item
    place = root(customer)
    after: dict[str, Any] = {"channel": record.channel, "contact_at": record.contact_at, "score": record.score}
    change.record("followup.logged", record, root=place, after={**after, "contacted_by": record.contacted_by_id})
    change.record(
        "agenda.added",
        item,
        root=place,
        after={"act": item.act, "owner_id": item.owner_id, "due_at": item.due_at},
    )
    if settled is not None:
        change.record("agenda.done", settled, root=place, after={"act": settled.act, "note": ""})
    if each.past.parts.needs:
        add_needs(change, customer, [need.model_dump() for need in each.past.parts.needs])
    write_events(change, change.events)


def _index(written: Sequence[_Written]) -> None:
    index_entries(
        [
            Entry(each.record.org_id, "followup", each.record.pk, (each.record.summary, each.record.feedback[:200]))
            for each in written
        ]
    )


def _touch(written: Sequence[_Written], customers: dict[int, Customer]) -> None:
    """First contact and rhythm; the newest record comes through the door and moves the rest."""
    first: dict[int, _Written] = {}
    days: dict[int, set[str]] = {}
    for each in written:
        first.setdefault(each.past.customer_id, each)
        days.setdefault(each.past.customer_id, set()).add(each.record.contact_at.date().isoformat())
    for customer_id, each in first.items():
        customer = customers[customer_id]
        customer.recent_days = sorted(days[customer_id])
        record = each.record
        words = last_words(record.quotes, record.feedback)
        touch(
            each.change,
            customer,
            contact_at=record.contact_at,
            by=record.contacted_by_id,
            channel=record.channel,
            words=words,
        )
