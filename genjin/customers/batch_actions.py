"""Verbs on many customers at once: each is one batch that its actor can undo for 24 h (`door/undo.py`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from genjin.access.actor import Actor
from genjin.customers.fields import CUSTOMER
from genjin.customers.merging import (
    Moves,
    close_files,
    fill_survivor,
    joined_people,
    people_of,
    shown_contact,
    unite_collaborators,
    unite_contacts,
    unite_needs,
)
from genjin.customers.models import Customer
from genjin.customers.proof import Moved, Proof, proves
from genjin.customers.reaching import demand_within
from genjin.customers.restoring import taken_names
from genjin.customers.steps import classify, index_customers, owned_by, root
from genjin.customers.uniting import MOST_MERGED, chosen_fields, united_values
from genjin.door.action import action_on_many
from genjin.door.change import Change, Changed
from genjin.lib.errors import Conflict, Invalid
from genjin.orgs.models import Membership
from genjin.schema.clean import clean
from genjin.schema.queries import options_of
from genjin.schema.shapes import shaped

Reply = dict[str, Any]


def names_of(customers: Sequence[Customer]) -> tuple[str, str]:
    """甲公司、乙公司 等 12 家: whom a batch is about, in Chinese and English."""
    few = [each.name for each in customers[:2]]
    if len(customers) <= len(few):
        return "、".join(few), ", ".join(few)
    return f"{'、'.join(few)} 等 {len(customers)} 家", f"{', '.join(few)} and {len(customers) - len(few)} more"


def _record(
    change: Change, event: str, rows: Sequence[Customer], changed: Mapping[int, Changed], *, why: str = "", **told: Any
) -> None:
    """One event a changed row; `told` stands beside the new values."""
    for row in rows:
        pairs = changed.get(row.pk)
        if pairs:
            before = {column: pair[0] for column, pair in pairs.items()}
            after = {column: pair[1] for column, pair in pairs.items()}
            change.record(event, row, root=root(row), before=before, after={**after, **told}, why=why)


@action_on_many(Customer, "customer.class", "定意向等级", "set the intent class")
def set_class(change: Change, customers: list[Customer], *, intent_class: str) -> Reply:
    """The supervisor confirms A, B or C, for one customer or a batch (R-122)."""
    options = options_of(change.actor.org_id, change.actor.config_version)
    if intent_class not in options.get("intent_class", {}):
        raise Invalid("意向等级不在选项里", "Not an intent class", field="intent_class")
    zh, en = names_of(customers)
    change.begin_batch(f"定为 {intent_class} 类：{zh}", f"Class {intent_class}: {en}", len(customers))
    classify(change, customers, intent_class)
    return {"changed": len(customers), "batch": change.batch}


@action_on_many(Customer, "customer.tag", "打标签", "tag the customer")
def tag_customers(
    change: Change, customers: list[Customer], *, add: Sequence[str] = (), remove: Sequence[str] = ()
) -> Reply:
    """Add and remove tags on a batch."""
    wanted = [(each, clean(CUSTOMER, {"tags": tags_after(each, add, remove)}, {})) for each in customers]
    zh, en = names_of(customers)
    words = "、".join([*add, *(f"去掉 {tag}" for tag in remove)])
    change.begin_batch(f"打标签 {words}：{zh}", f"Tags {', '.join([*add, *remove])}: {en}", len(customers))
    changed = change.save_many(wanted)
    _record(change, "customer.updated", customers, changed)
    return {"changed": len(customers), "batch": change.batch}


def tags_after(customer: Customer, add: Sequence[str], remove: Sequence[str]) -> list[str]:
    """The tags of a customer after adding and removing some, in the order they came."""
    gone = set(remove)
    return [tag for tag in dict.fromkeys([*customer.tags, *add]) if tag not in gone]


@action_on_many(Customer, "customer.delete", "删除客户", "delete the customer")
def delete_customers(change: Change, customers: list[Customer]) -> Reply:
    """Move to the recycle bin; records stay with the customer and come back with it."""
    zh, en = names_of(customers)
    change.begin_batch(f"删除 {zh}", f"Deleted {en}", len(customers))
    changed = change.save_many([(each, {"deleted_at": change.now}) for each in customers])
    for each in customers:
        ((was, is_),) = changed[each.pk].values()
        before, after = {"name": each.name, "deleted_at": was}, {"deleted_at": is_}
        change.record("customer.deleted", each, root=root(each), before=before, after=after)
    return {"deleted": len(customers), "batch": change.batch}


@action_on_many(Customer, "customer.restore", "恢复客户", "restore the customer", deleted=True)
def restore_customers(change: Change, customers: list[Customer]) -> Reply:
    """Bring customers back from the recycle bin; refuses one whose name is taken meanwhile."""
    if any(each.merged_into_id for each in customers):
        raise Conflict(
            "这家已经合并进另一家，不能单独恢复；24 小时内可以撤销那次合并",
            "Merged into another customer; within 24 h that merge can be undone",
            code="state",
        )
    taken = taken_names(change.actor.org_id, {each.pk: each.name_key for each in customers})
    if taken:
        first = next(each for each in customers if each.pk in taken)
        raise _name_taken(first.name)
    try:
        with transaction.atomic():
            change.save_many([(each, {"deleted_at": None}) for each in customers])
    except IntegrityError:
        raise _name_taken(customers[0].name) from None
    for each in customers:
        change.record("customer.restored", each, root=root(each), after={"name": each.name})
    return {"restored": len(customers)}


def _name_taken(name: str) -> Conflict:
    return Conflict(
        f"“{name}”已经另建了一家，先改名或合并再恢复",
        f"There is another “{name}” by now; rename or merge it first",
        field="name",
        code="duplicate",
    )


@action_on_many(Customer, "customer.transfer", "转交客户", "hand the customer over")
def transfer_customers(change: Change, customers: list[Customer], *, to_member_id: int, why: str = "") -> Reply:
    """Give customers to a colleague whom the actor may also assign to; stage, records and history stay (R-158).

    What hangs on them is counted before and after; a difference takes all of it back.
    """
    member = receiver(change.actor, to_member_id)
    zh, en = names_of(customers)
    change.begin_batch(f"转交给{member.name}：{zh}", f"Handed over to {member.name}: {en}", len(customers))
    proof = give(change, customers, member, why)
    return {"customers": len(customers), "batch": change.batch, "proof": proof.told()}


def give(change: Change, customers: Sequence[Customer], member: Membership, why: str) -> Proof:
    """These customers, which are locked, are the member's from now on."""
    proof = proves(change, {each.pk: Moved(each.owner_id, member.pk) for each in customers})
    changed = change.save_many([(each, owned_by(change, each, member.pk, member.department_id)) for each in customers])
    _record(change, "customer.transferred", customers, changed, why=why, owner_id=member.pk, name=member.name)
    return proof


def receiver(actor: Actor, member_id: int | None) -> Membership:
    """The active member who is to get customers; refuses anybody else, and whom the actor may not give any."""
    member = Membership.objects.filter(pk=member_id or 0, org_id=actor.org_id, active=True).first()
    if member is None:
        raise Invalid("接手的人不在团队里", "The receiver is not in the team", field="to_member_id")
    demand_within(actor, [member])
    return member


@action_on_many(Customer, "customer.merge", "合并客户", "merge customers")
def merge_customers(
    change: Change, customers: list[Customer], *, into: int, choices: Mapping[str, int] | None = None
) -> Reply:
    """Make one file of several (R-121, N11): `into` survives, `choices` says field by field whose value is
    kept (else the survivor's, blanks filled from the others). People, needs, records, to-dos and
    collaborators go along; the other ids lead to the survivor from then on."""
    survivor = check_merge(change.actor, customers, into, choices or {})
    gone = [each for each in customers if each.pk != into]
    zh, en = names_of(gone)
    change.begin_batch(f"{zh} 合并进 {survivor.name}", f"Merged {en} into {survivor.name}", len(customers))
    values = united_values(shaped(change.actor, CUSTOMER), customers, survivor, choices or {})
    former = [each.owner_id for each in customers if each.owner_id and each.owner_id != values["owner_id"]]
    people = people_of(customers)
    joined = joined_people(people, survivor)
    moves = Moves({each.pk: into for each in gone}, {pair.gone.pk: pair.kept.pk for pair in joined})
    close_files(change, gone, survivor, joined)
    unite_contacts(change, people, survivor, joined)
    fill_survivor(change, survivor, values | shown_contact(people))
    unite_needs(change, moves)
    unite_collaborators(change, survivor, moves, former)
    index_customers(change.actor, [survivor])
    return {"id": into, "version": survivor.version, "merged": len(gone), "batch": change.batch}


def check_merge(actor: Actor, customers: Sequence[Customer], into: int, choices: Mapping[str, int]) -> Customer:
    """The survivor; refuses a wrong number of customers, a stranger, and choices of what is no choice."""
    ids = {each.pk for each in customers}
    if not 2 <= len(ids) <= MOST_MERGED:
        raise Invalid(f"一次合并 2 到 {MOST_MERGED} 家", f"Merge 2 to {MOST_MERGED} customers at once", field="ids")
    if into not in ids:
        raise Invalid("留下的那家要在这几家里", "The survivor must be one of them", field="into")
    hidden = actor.grants.fields.get("customer", {})
    slugs = {each.slug for each in chosen_fields(shaped(actor, CUSTOMER)) if hidden.get(each.slug) is None}
    for slug, pk in choices.items():
        if slug not in slugs:
            raise Invalid(f"“{slug}”不是可以选的字段", f"“{slug}” is not a field to choose", field="choices")
        if pk not in ids:
            raise Invalid("选的值不在这几家里", "The value chosen is of none of them", field="choices")
    return next(each for each in customers if each.pk == into)
