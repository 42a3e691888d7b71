"""Verbs on customers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction

from genjin.access.forms import demand_form
from genjin.access.links import taken
from genjin.access.visible import visible
from genjin.customers.asking import twin_of, who_decides
from genjin.customers.duplicates import similar_to
from genjin.customers.fields import CONTACT, CUSTOMER, NEED
from genjin.customers.models import Contact, Customer, Need
from genjin.customers.rules import keys_of
from genjin.customers.steps import (
    add_contact,
    add_needs,
    collaborate,
    index_contacts,
    index_customers,
    insert_customers,
    new_customer,
    normal_channels,
    root,
    show_contact,
    show_next_contact,
    uncollaborate,
)
from genjin.door.action import action, action_on
from genjin.door.change import Change
from genjin.lib.errors import Conflict, Invalid, NotFound
from genjin.orgs.models import Membership
from genjin.schema.barred import refuse_barred
from genjin.schema.clean import asked
from genjin.schema.extra import as_columns
from genjin.schema.queries import Options, options_of
from genjin.schema.registry import RecordType
from genjin.schema.shapes import shaped

Reply = dict[str, Any]


def _options(change: Change) -> Options:
    return options_of(change.actor.org_id, change.actor.config_version)


def _cleaned(change: Change, kind: RecordType, values: Mapping[str, Any], *, new: bool = False) -> dict[str, Any]:
    """Checked values of fields that the actor may write; of a `new` row also what it must or would say."""
    kind, marks = shaped(change.actor, kind), change.actor.grants.fields.get(kind.slug, {})
    refuse_barred(kind, marks, values, new=new)
    return taken(change.actor, kind, {**asked(kind, marks), **values} if new else values)


def _demand_contact(change: Change, cleaned: Mapping[str, Any]) -> None:
    demand_form(change.actor, shaped(change.actor, CONTACT), Contact(**as_columns({}, cleaned)), change.now)


def _first_person(change: Change, values: Mapping[str, Any]) -> dict[str, Any]:
    """Whoever comes with a new customer; what is wrong with him is said of `contact.…`."""
    try:
        cleaned = _cleaned(change, CONTACT, values, new=True)
        _demand_contact(change, cleaned)
    except Invalid as wrong:
        problems = tuple(replace(each, field=f"contact.{each.field}") for each in wrong.problems)
        field = f"contact.{wrong.field}" if wrong.field else "contact"
        raise Invalid(wrong.zh, wrong.en, field=field, problems=problems) from None
    return normal_channels(cleaned)


@action("customer.create", "新建客户", "create a customer")
def create_customer(
    change: Change,
    *,
    values: Mapping[str, Any],
    contact: Mapping[str, Any] | None = None,
    confirm_duplicate: bool = False,
    assign: str = "me",
) -> Reply:
    """One file per customer (R-121): a similar one is shown first, an equal one is refused.

    `assign` "rules": it has no owner yet, and goes to whom the rules of assignment name.
    """
    cleaned = _cleaned(change, CUSTOMER, values, new=True)
    person = _first_person(change, contact) if contact else None
    similar = similar_to(change.actor, name=cleaned["name"], phone=(person or {}).get("phone", ""))
    same = [each for each in similar if each["same"]]
    if same or (similar and not confirm_duplicate):
        first = (same or similar)[0]
        raise Conflict(
            f"和“{first['name']}”{'是' if same else '可能是'}同一家，负责人 {first['owner'] or '无'}",
            f"{'The same' if same else 'May be the same'} firm as “{first['name']}”",
            field="name",
            code="duplicate",
            extra={"similar": similar, "certain": bool(same)},
        )
    nobody = {"owner_id": None} if assign == "rules" else {}
    customer = new_customer(change, cleaned | nobody)
    demand_form(change.actor, shaped(change.actor, CUSTOMER), customer, change.now)
    _save_unique(lambda: insert_customers(change, [customer]))
    if person:
        add_contact(change, customer, person)
    return {"id": customer.pk, "version": customer.version}


def _save_unique(write: Any) -> None:
    """Let the database decide a race for one name: the loser is told, not broken (C4)."""
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        raise Conflict(
            "这家客户刚刚有人建好了",
            "Somebody has just created this customer",
            field="name",
            code="duplicate",
        ) from None


@action_on(Customer, "customer.update", "修改客户", "change the customer")
def update_customer(
    change: Change, customer: Customer, *, version: int | None, values: Mapping[str, Any], learned: str = ""
) -> Reply:
    """Change the named fields only; 409 with the other's values when somebody was faster (R-165). Without a `version`
    (automations) whatever stands there is overwritten. `learned`: how it was learned (R-124); what no person changes
    was filed by the system."""
    how = learned or ("" if change.actor.source in ("web", "api") else "system")
    return change_customer(change, customer, version, values, _learned(change, how))


def _learned(change: Change, key: str) -> str:
    """In words, as the history of the change tells it; refuses what is no option."""
    if not key:
        return ""
    choice = _options(change).get("learned_how", {}).get(key)
    if choice is None:
        if key == "system":
            return ""
        raise Invalid("“怎么知道的”没有这个选项", "There is no such way to learn it", field="learned")
    return choice.zh


def change_customer(
    change: Change, customer: Customer, version: int | None, values: Mapping[str, Any], why: str = ""
) -> Reply:
    """The step behind a change by hand, a restore and a move to another stage."""
    cleaned = _cleaned(change, CUSTOMER, values)
    change.expect(customer, version, list(cleaned))
    demand_form(change.actor, shaped(change.actor, CUSTOMER), customer, change.now, cleaned)
    if "name" in cleaned:
        cleaned |= keys_of(cleaned["name"])
    if "stage" in cleaned and cleaned["stage"] != customer.stage:
        cleaned["stage_at"] = change.now
    changed: dict[str, tuple[Any, Any]] = {}
    _save_unique(lambda: changed.update(change.save(customer, cleaned)))
    if changed:
        _record_change(change, "customer.updated", customer, changed, why)
    if "name" in changed:
        index_customers(change.actor, [customer])
    return {"id": customer.pk, "version": customer.version}


_DERIVED = {"name_key", "short_key", "initials"}


def _record_change(
    change: Change, name: str, customer: Customer, changed: Mapping[str, tuple[Any, Any]], why: str = ""
) -> None:
    shown = {slug: pair for slug, pair in changed.items() if slug not in _DERIVED}
    change.record(
        name,
        customer,
        root=root(customer),
        before={slug: pair[0] for slug, pair in shown.items()},
        after={slug: pair[1] for slug, pair in shown.items()},
        why=why,
    )


@action_on(Customer, "customer.collaborate", "加协作人", "add a collaborator")
def add_collaborator(change: Change, customer: Customer, *, member_id: int, why: str = "") -> Reply:
    """Share the customer with a colleague, who is told why, may see it and write his own records (R-167)."""
    if not Membership.objects.filter(pk=member_id, org_id=change.actor.org_id, active=True).exists():
        raise Invalid("这个人不在团队里", "Not in the team", field="member_id")
    collaborate(change, customer, member_id, why)
    return {"id": customer.pk}


@action_on(Customer, "customer.uncollaborate", "移除协作人", "remove a collaborator")
def remove_collaborator(change: Change, customer: Customer, *, member_id: int, why: str = "") -> Reply:
    """Stop sharing; what the colleague wrote stays."""
    if not uncollaborate(change, customer, member_id, why):
        raise NotFound()
    return {"id": customer.pk}


@action_on(Customer, "contact.add", "加联系人", "add a contact", act="log")
def create_contact(change: Change, customer: Customer, *, values: Mapping[str, Any]) -> Reply:
    """A further person at the customer (R-043)."""
    cleaned = _cleaned(change, CONTACT, values, new=True)
    _demand_contact(change, cleaned)
    _same_customer(change, cleaned, customer.pk)
    contact = add_contact(change, customer, cleaned)
    return {"id": contact.pk, "version": contact.version}


@action_on(Contact, "contact.update", "修改联系人", "change the contact", act="log")
def update_contact(change: Change, contact: Contact, *, version: int, values: Mapping[str, Any]) -> Reply:
    """Change a contact's fields; becoming primary moves the mark."""
    return change_contact(change, contact, version, values)


def change_contact(change: Change, contact: Contact, version: int, values: Mapping[str, Any]) -> Reply:
    """The step behind a change by hand and a restore."""
    cleaned = normal_channels(_cleaned(change, CONTACT, values))
    change.expect(contact, version, list(cleaned))
    demand_form(change.actor, shaped(change.actor, CONTACT), contact, change.now, cleaned)
    _same_customer(change, cleaned, contact.customer_id)
    changed = change.save(contact, cleaned)
    if changed:
        if contact.primary:
            show_contact(change.actor, contact.customer, contact)
        change.record(
            "contact.updated",
            contact,
            root=("customer", contact.customer_id),
            before={slug: pair[0] for slug, pair in changed.items()},
            after={slug: pair[1] for slug, pair in changed.items()},
        )
        index_contacts(change.actor, [contact])
    return {"id": contact.pk, "version": contact.version}


def _same_customer(change: Change, values: Mapping[str, Any], customer_id: int) -> None:
    boss = values.get("reports_to_id")
    if boss is None:
        return
    found = visible(change.actor, Contact).filter(pk=boss, customer_id=customer_id)
    if not found.exists():
        raise Invalid("上级联系人要在同一家客户里", "The superior must be at the same customer", field="reports_to")


@action_on(Contact, "contact.remove", "删除联系人", "remove the contact")
def remove_contact(change: Change, contact: Contact, *, version: int) -> Reply:
    """Take a contact off the customer; records keep the name they were written with."""
    change.expect(contact, version)
    change.save(contact, {"deleted_at": change.now, "primary": False})
    change.record("contact.removed", contact, root=("customer", contact.customer_id), before={"name": contact.name})
    show_next_contact(change.actor, contact.customer)
    return {"id": contact.pk}


@action_on(Customer, "need.add", "加需求", "add a need", act="log")
def create_need(change: Change, customer: Customer, *, values: Mapping[str, Any]) -> Reply:
    """One need with its kind and rank (R-044, R-045)."""
    cleaned = _cleaned(change, NEED, values, new=True)
    add_needs(change, customer, [cleaned])
    return {"id": customer.pk}


@action_on(Need, "need.update", "修改需求", "change the need", act="log")
def update_need(change: Change, need: Need, *, version: int, values: Mapping[str, Any]) -> Reply:
    """Change or confirm a need."""
    return change_need(change, need, version, values)


def change_need(change: Change, need: Need, version: int, values: Mapping[str, Any]) -> Reply:
    """The step behind a change by hand and a restore."""
    cleaned = _cleaned(change, NEED, values)
    change.expect(need, version, list(cleaned))
    changed = change.save(need, cleaned)
    if changed:
        change.record(
            "need.updated",
            need,
            root=("customer", need.customer_id),
            before={slug: pair[0] for slug, pair in changed.items()},
            after={slug: pair[1] for slug, pair in changed.items()},
        )
    return {"id": need.pk, "version": need.version}


@action_on(Need, "need.remove", "删除需求", "remove the need", act="log")
def remove_need(change: Change, need: Need, *, version: int) -> Reply:
    """Take a need off the list."""
    change.expect(need, version)
    change.save(need, {"deleted_at": change.now})
    change.record("need.removed", need, root=("customer", need.customer_id), before={"text": need.text})
    return {"id": need.pk}


@action_on(Customer, "customer.ask_merge", "提议合并客户", "ask for a merge", act="log")
def ask_merge(change: Change, customer: Customer, *, name: str, why: str = "") -> Reply:
    """The look-up shows a second file that belongs to somebody else: ask whoever may decide (R-131).

    Neither side learns more than names. 404 for a name that the look-up does not show beside this customer.
    """
    twin = twin_of(change.actor, customer, name)
    if twin is None:
        raise NotFound(field="name")
    decider = who_decides(twin)
    reason = f"，理由：{why}" if why else ""
    change.record(
        "customer.merge_asked",
        twin,
        root=root(twin),
        after={
            "act": f"看要不要合并：{change.actor.name}说“{twin.name}”和他的“{customer.name}”是同一家{reason}",
            "asked_from": customer.pk,
            "owner_id": decider.pk if decider else None,
            "department_id": None if decider else twin.department_id,
        },
        why=why,
    )
    return {"asked": decider.name if decider else ""}
