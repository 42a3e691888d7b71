"""Writing one chunk of an import: a fixed number of statements, whatever the number of lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from genjin.access.guard import unscoped
from genjin.access.visible import visible
from genjin.agenda.intake import insert_items
from genjin.agenda.models import AgendaItem
from genjin.customers.intake import fill_contacts, fill_customers, insert_contacts, touch_contacts, touch_many
from genjin.customers.models import LIVING, Contact, Customer
from genjin.customers.steps import insert_customers, new_customer
from genjin.door.change import Change
from genjin.exchange.columns_of import (
    Terms,
    contact_values,
    customer_values,
    followup_of,
    new_contact,
    note_contact,
    owner_of,
    spellings,
    talked,
    utc,
)
from genjin.exchange.knowing import members_of
from genjin.exchange.models import ImportLine, ImportRun
from genjin.exchange.own_cells import as_notes, linked_in
from genjin.exchange.own_columns import KINDS
from genjin.exchange.rows import DraftRow, draft_entry
from genjin.exchange.stored import entry_of_line, reading_of
from genjin.exchange.todo_rows import Asked, todo_items
from genjin.exchange.verdicts import REFUSED, Todo, next_todo
from genjin.followups.intake import insert_history
from genjin.followups.models import FollowUp
from genjin.quality.queries import standard_of
from genjin.schema.extra import as_columns
from genjin.schema.queries import options_of
from genjin.schema.shapes import shaped


@dataclass(slots=True)
class _Line:
    """One line on its way: what it said, and the rows it becomes."""

    line: ImportLine
    draft: DraftRow
    todo: Todo | None
    customer: Customer | None = None
    contact: Contact | None = None
    record: FollowUp | None = None
    made: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _Chunk:
    """All rows of one chunk, gathered before anything is written."""

    change: Change
    run: ImportRun
    terms: Terms
    lines: list[_Line]
    customers: dict[str, Customer] = field(default_factory=dict)
    chosen: dict[int, Customer] = field(default_factory=dict)
    may_log: set[int] = field(default_factory=set)
    may_change: set[int] = field(default_factory=set)
    new: list[Customer] = field(default_factory=list)
    fresh: set[int] = field(default_factory=set)
    filled: dict[int, dict[str, Any]] = field(default_factory=dict)
    contacts: dict[tuple[int, str], Contact] = field(default_factory=dict)
    new_contacts: list[Contact] = field(default_factory=list)
    talked: dict[int, Contact] = field(default_factory=dict)
    touched: dict[int, Customer] = field(default_factory=dict)


def take_lines(change: Change, run: ImportRun, lines: Sequence[ImportLine]) -> None:
    """Write what lines say: customers by name key, contacts, records of the past, to-dos of the future.

    Rights are those of the actor now: a customer he may not write into refuses its line. Blank columns are
    filled, written ones are never overwritten. A record taken over before is not written again.
    """
    chunk = _begin(change, run, lines)
    _find_customers(chunk)
    for each in chunk.lines:
        _place_customer(chunk, each)
    insert_customers(change, chunk.new, waits=run.options.get("assign") == "wait")
    _fill(chunk)
    _place_contacts(chunk)
    _write_history(chunk)
    _write_agenda(chunk)
    touch_many(list(chunk.touched.values()))
    _note_made(chunk)


def _note_made(chunk: _Chunk) -> None:
    """What became of each line: lines with the same outcome in one statement."""
    alike: dict[bytes, list[ImportLine]] = {}
    for each in chunk.lines:
        each.line.made = each.made or {"nothing": True}
        refused = each.line.pk if each.line.verdict == REFUSED else 0
        alike.setdefault(orjson.dumps([each.line.made, refused]), []).append(each.line)
    for lines in alike.values():
        first = lines[0]
        values: dict[str, Any] = {"made": first.made}
        if first.verdict == REFUSED:
            values |= {"verdict": REFUSED, "problems": first.problems}
        chunk.run.lines.filter(pk__in=[line.pk for line in lines]).update(**values)


def _begin(change: Change, run: ImportRun, lines: Sequence[ImportLine]) -> _Chunk:
    actor, standard = change.actor, standard_of(change.actor)
    local = change.now.astimezone(actor.zone).replace(tzinfo=None)
    entries = [entry_of_line(each) for each in lines]
    words = spellings(options_of(actor.org_id, actor.config_version))
    linked = linked_in(actor, (shaped(actor, kind) for kind in KINDS), entries)
    terms = Terms(actor, change.now, members_of(actor), words, linked=linked)
    sheets = {each["name"]: each for each in run.sheets}
    readings = {
        name: reading_of(sheet, [each for each in run.mapping if each["sheet"] == name])
        for name, sheet in sheets.items()
    }
    found = []
    for line, entry in zip(lines, entries, strict=True):
        people = tuple(sheets[line.sheet]["people"])
        draft = draft_entry(entry, readings[line.sheet], standard, people, now=local)
        if line.decision.get("separate") and draft.followup:
            draft.line_key = f"{draft.line_key}:{line.number}.{line.part}"
        todo = next_todo(draft.followup, draft, standard, local) if draft.followup else None
        found.append(_Line(line, draft, todo))
    return _Chunk(change, run, terms, found)


def _find_customers(chunk: _Chunk) -> None:
    """Existing customers of the chunk, locked in the order of their ids, and what the actor may do to them."""
    actor = chunk.change.actor
    keys = {each.draft.customer.key for each in chunk.lines if each.draft.customer}
    chosen = {pk for each in chunk.lines if (pk := each.line.decision.get("merge_into"))}
    living = unscoped(Customer, "step").filter(LIVING, org_id=actor.org_id).order_by("pk")
    found = list(living.filter(name_key__in=keys).select_for_update(of=("self",)))
    more = list(living.filter(pk__in=chosen).select_for_update(of=("self",))) if chosen else []
    one = {customer.pk: customer for customer in [*found, *more]}
    chunk.customers = {customer.name_key: one[customer.pk] for customer in found}
    chunk.chosen = {customer.pk: one[customer.pk] for customer in more}
    if one:
        ids = list(one)
        chunk.may_log = set(visible(actor, Customer, act="log").filter(pk__in=ids).values_list("pk", flat=True))
        # What this run made belongs to it, whomever it was assigned to meanwhile.
        chunk.may_log |= {customer.pk for customer in one.values() if customer.import_id == chunk.run.pk}
        chunk.may_change = set(visible(actor, Customer, act="change").filter(pk__in=ids).values_list("pk", flat=True))


def _place_customer(chunk: _Chunk, each: _Line) -> None:
    """The customer of one line: chosen, found by name, or new; refused when it is another's."""
    draft, actor = each.draft.customer, chunk.change.actor
    if draft is None and each.draft.todo is not None:
        return
    if draft is None:
        _refuse(each, "没有客户名称", "No customer name")
        return
    wanted = each.line.decision.get("merge_into")
    customer = chunk.chosen.get(wanted) if wanted else chunk.customers.get(draft.key)
    if wanted and (customer is None or customer.pk not in chunk.may_log):
        _refuse(each, "要并入的客户没有找到，或者你看不到", "The customer to merge into is not found, or not visible")
        return
    extras = {} if each.draft.followup or each.draft.todo else each.draft.extras
    if each.draft.contact is None:
        extras = extras | as_notes("contact", each.draft.own.get("contact", {}), chunk.terms)
    values = customer_values(draft, chunk.terms, extras, each.draft.own.get("customer", {}))
    if customer is None:
        if not actor.may("customer.create"):
            _refuse(each, "你没有新建客户的权限", "You may not create customers")
            return
        customer = _new_customer(chunk, each, values)
    elif customer.pk is not None and customer.pk not in chunk.may_log:
        _refuse(each, "这家客户归别人，你不能往里写", "This customer belongs to somebody else")
        return
    elif customer.pk is None:
        _merge_blank(customer, values)
    elif customer.pk in chunk.may_change:
        _plan_fill(chunk, customer, values)
    each.customer = customer


def _refuse(each: _Line, zh: str, en: str) -> None:
    each.line.verdict = REFUSED
    each.line.problems = [
        *each.line.problems,
        {"code": "not-yours", "field": "customer.name", "zh": zh, "en": en, "fixes": []},
    ]


def _new_customer(chunk: _Chunk, each: _Line, values: dict[str, Any]) -> Customer:
    draft = each.draft.customer
    assert draft is not None
    owner, note = owner_of(draft, chunk.terms, assign=chunk.run.options.get("assign", "me"))
    if note:
        values["notes"] = "\n".join(filter(None, [values.get("notes", ""), note]))
    customer = new_customer(
        chunk.change,
        {
            "name": draft.name,
            "kind": draft.kind,
            "owner_id": owner.id or None,
            "department_id": owner.department_id,
            "historical": True,
            "import_id": chunk.run.pk,
            **values,
        },
    )
    if each.draft.contact:
        _show_contact(customer, contact_values(each.draft.contact, chunk.terms, {}))
    chunk.customers[draft.key] = customer
    chunk.new.append(customer)
    each.made["customer"] = True
    return customer


def _merge_blank(customer: Customer, values: dict[str, Any]) -> None:
    """A further row of a customer that is new in this chunk."""
    for column, value in as_columns(customer.extra, _blanks(customer, values)).items():
        setattr(customer, column, value)


def _blanks(customer: Customer, values: dict[str, Any]) -> dict[str, Any]:
    return {
        column: value
        for column, value in values.items()
        if getattr(customer, column) in (None, "", []) and value not in (None, "", [])
    }


def _plan_fill(chunk: _Chunk, customer: Customer, values: dict[str, Any]) -> None:
    if not chunk.change.actor.may("customer.update"):
        return
    blanks = _blanks(customer, values)
    planned = chunk.filled.setdefault(customer.pk, {})
    for column, value in blanks.items():
        planned.setdefault(column, value)


def _fill(chunk: _Chunk) -> None:
    by_id = {customer.pk: customer for customer in [*chunk.customers.values(), *chunk.chosen.values()]}
    pairs = [(by_id[pk], values) for pk, values in chunk.filled.items() if values]
    fill_customers(chunk.change, pairs, own=chunk.run.pk)


def _show_contact(customer: Customer, values: dict[str, Any]) -> None:
    customer.contact_name, customer.contact_title = values["name"], values["title"]
    customer.contact_phone = (values["phone"] or values["wechat"] or values["email"])[:60]


def _place_contacts(chunk: _Chunk) -> None:
    """Contacts by customer and name, or by phone; blank columns are filled."""
    chunk.fresh = {customer.pk for customer in chunk.new}
    old = {each.customer.pk for each in chunk.lines if each.customer is not None} - chunk.fresh
    if old:
        rows = unscoped(Contact, "step").filter(LIVING, org_id=chunk.change.actor.org_id, customer_id__in=old)
        for contact in rows.order_by("-pk"):
            chunk.contacts[(contact.customer_id, contact.name)] = contact
            if contact.phone:
                chunk.contacts[(contact.customer_id, contact.phone)] = contact
    filled: dict[int, tuple[Contact, dict[str, Any]]] = {}
    for each in chunk.lines:
        if each.customer is not None and each.draft.contact is not None:
            _place_contact(chunk, each, filled)
    insert_contacts(chunk.change, chunk.new_contacts)
    fill_contacts(chunk.change, [pair for pair in filled.values() if pair[1]], own=chunk.run.pk)
    touch_contacts(list(chunk.talked.values()))


def _place_contact(chunk: _Chunk, each: _Line, filled: dict[int, tuple[Contact, dict[str, Any]]]) -> None:
    customer, draft = each.customer, each.draft.contact
    assert customer is not None
    assert draft is not None
    values = contact_values(draft, chunk.terms, each.draft.own.get("contact", {}))
    by_name = chunk.contacts.get((customer.pk, values["name"])) if draft.name or not values["phone"] else None
    contact = by_name or (chunk.contacts.get((customer.pk, values["phone"])) if values["phone"] else None)
    if contact is None:
        if not chunk.change.actor.may("contact.add"):
            return
        contact = new_contact(values)
        chunk.change.stamp(contact)
        contact.customer_id, contact.import_id = customer.pk, chunk.run.pk
        if not customer.contact_name:
            _show_contact(customer, values)
            chunk.touched[customer.pk] = customer
            contact.primary = True
        elif customer.contact_name == values["name"] and customer.pk in chunk.fresh:
            contact.primary = True
        chunk.new_contacts.append(contact)
        each.made["contact"] = True
    else:
        blanks = {slug: value for slug, value in values.items() if value and not getattr(contact, slug)}
        if contact.pk is None:
            for slug, value in as_columns(contact.extra, blanks).items():
                setattr(contact, slug, value)
        elif chunk.change.actor.may("contact.update"):
            filled.setdefault(contact.pk, (contact, {}))[1].update(blanks)
    for name in (values["name"], values["phone"]):
        if name:
            chunk.contacts.setdefault((customer.pk, name), contact)
    each.contact = contact
    if talked(contact, each.draft, chunk.terms) and contact.pk is not None:
        chunk.talked[contact.pk] = contact


def _write_history(chunk: _Chunk) -> None:
    """Records of the past, and what they say about the last contact with each customer."""
    if not chunk.change.actor.may("followup.log"):
        return
    wanted = [each for each in chunk.lines if each.customer is not None and each.draft.followup is not None]
    if not wanted:
        return
    keys = [each.draft.line_key for each in wanted]
    rows = unscoped(FollowUp, "step").filter(LIVING, org_id=chunk.change.actor.org_id, import_line__in=keys)
    there = set(rows.values_list("customer_id", "import_line"))
    records = []
    for each in wanted:
        customer = each.customer
        assert customer is not None
        if (customer.pk, each.draft.line_key) in there:
            continue
        there.add((customer.pk, each.draft.line_key))
        record = followup_of(each.draft, chunk.terms, each.line.effect)
        extra = record.extra
        chunk.change.stamp(record)
        record.extra = extra
        record.customer_id, record.contact_id = customer.pk, each.contact.pk if each.contact else None
        record.findings, record.import_id = each.line.findings, chunk.run.pk
        record.stage_then, record.life_cycle_then = customer.stage, customer.life_cycle
        each.record, each.made["followup"] = record, True
        records.append(record)
        _touch(chunk, customer, record)
    insert_history(chunk.change, records)


def _touch(chunk: _Chunk, customer: Customer, record: FollowUp) -> None:
    fresh = customer.import_id == chunk.run.pk and customer.first_contact_at is None
    note_contact(customer, record, chunk.change.actor.zone, fresh=fresh)
    chunk.touched[customer.pk] = customer


def _write_agenda(chunk: _Chunk) -> None:
    """To-dos of the records written, and the next step on each customer's row."""
    items = _todos(chunk)
    for each in chunk.lines:
        if each.todo is not None and each.record is not None and each.customer is not None:
            items.append(_item(chunk, each, each.todo, each.record, each.customer))
            each.made["agenda"] = True
    insert_items(chunk.change, items)
    by_id = {each.customer.pk: each.customer for each in chunk.lines if each.customer is not None}
    for item in items:
        customer = by_id.get(item.customer_id or 0) if item.state == "open" else None
        if customer and (customer.next_due_at is None or item.due_at < customer.next_due_at):
            customer.next_step_id, customer.next_act = item.pk, item.act
            customer.next_due_at, customer.next_precision = item.due_at, item.precision
            chunk.touched[customer.pk] = customer


def _todos(chunk: _Chunk) -> list[AgendaItem]:
    """The to-dos of a list of to-dos."""
    asked: list[tuple[_Line, Asked]] = []
    for each in chunk.lines:
        if each.draft.todo is None or each.line.verdict == REFUSED:
            continue
        if not chunk.change.actor.may("agenda.add"):
            _refuse(each, "你没有加待办的权限", "You may not add to-dos")
            continue
        contact = each.contact.pk if each.contact else None
        twice = bool(each.line.decision.get("separate"))
        own = each.draft.own.get("agenda", {})
        asked.append((each, Asked(each.draft.todo, each.customer, contact, twice, own)))
    found = todo_items(chunk.change, chunk.terms, chunk.run.pk, [pair[1] for pair in asked]) if asked else []
    for (each, _), item in zip(asked, found, strict=True):
        if item is not None:
            each.made["agenda"] = True
    return [item for item in found if item is not None]


def _item(chunk: _Chunk, each: _Line, todo: Todo, record: FollowUp, customer: Customer) -> AgendaItem:
    owner = chunk.terms.members.get(todo.owner)
    item = AgendaItem(
        customer_id=customer.pk,
        contact_id=record.contact_id,
        act=todo.act.strip()[:300],
        goal=todo.goal.strip()[:120],
        owner_id=owner.id if owner else record.contacted_by_id or customer.owner_id,
        due_at=utc(todo.due_at, chunk.terms),
        precision=todo.precision,
        source_type="followup",
        source_id=record.pk,
        import_id=chunk.run.pk,
    )
    chunk.change.stamp(item)
    return item
