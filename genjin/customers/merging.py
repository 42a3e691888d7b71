"""Steps of merging customers: what is theirs goes to the survivor, one event a row with before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models

from genjin.access.guard import unscoped
from genjin.customers.models import Collaborator, Contact, Customer, Need
from genjin.customers.rules import keys_of
from genjin.customers.steps import index_contacts, root
from genjin.customers.uniting import Pair, joined_values, same_people
from genjin.door.change import Change, Happened, plain
from genjin.schema.bulk import insert_rows
from genjin.schema.registry import type_of

Reference = tuple[type[models.Model], str]
F = TypeVar("F", bound=Callable[..., Any])
#: Every foreign key to a customer or a contact that a merge takes along; a test holds it against the tables.
CARRIED: set[Reference] = {(Customer, "merged_into"), (Contact, "reports_to")}


def carries(*references: Reference) -> Callable[[F], F]:
    """Say which foreign keys a reaction to `customer.merged` moves to the survivor."""

    def mark(fn: F) -> F:
        CARRIED.update(references)
        return fn

    return mark


@dataclass(frozen=True, slots=True)
class Moves:
    """Who becomes whom in a merge: customer id → survivor's id, contact id → the contact it is joined to."""

    customers: Mapping[int, int]
    contacts: Mapping[int, int]


def moves_of(happened: Sequence[Happened]) -> Moves:
    """What the events `customer.merged` of one merge say."""
    customers = {each.subject_id: int(each.after["merged_into_id"]) for each in happened}
    contacts = {old: new for each in happened for old, new in each.after.get("contacts", ())}
    return Moves(customers, contacts)


def carry_rows(
    change: Change,
    model: type[Any],
    moves: Moves,
    *,
    contact: bool = False,
    more: Callable[[Sequence[Any]], Mapping[int, Mapping[str, Any]]] | None = None,
) -> list[Any]:
    """Move all rows of `model`, also those in the bin, to the survivor; neither version nor time moves.

    `contact` points them to the joined contact too, `more(rows)` gives further values by row id.
    """
    rows = list(
        unscoped(model, "step")
        .filter(customer_id__in=list(moves.customers))
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    further = more(rows) if more else {}
    wanted = []
    for row in rows:
        values: dict[str, Any] = {"customer_id": moves.customers[row.customer_id], **further.get(row.pk, {})}
        if contact and row.contact_id in moves.contacts:
            values["contact_id"] = moves.contacts[row.contact_id]
        wanted.append((row, values))
    record_saved(change, rows, change.save_many(wanted, quiet=True), "carried")
    return rows


def record_saved(change: Change, rows: Sequence[Any], changed: Mapping[int, Any], word: str) -> None:
    """One event for each changed row, on nobody's timeline: the merge itself stands there."""
    for row in rows:
        pairs = changed.get(row.pk)
        if pairs:
            before = {name: pair[0] for name, pair in pairs.items()}
            after = {name: pair[1] for name, pair in pairs.items()}
            change.record(f"{type_of(type(row)).slug}.{word}", row, before=before, after=after)


def close_files(change: Change, gone: Sequence[Customer], into: Customer, joined: Sequence[Pair]) -> None:
    """The files that end: out of every list, their ids lead to the survivor from now on."""
    changed = change.save_many([(each, {"deleted_at": change.now, "merged_into_id": into.pk}) for each in gone])
    pairs = [(pair.gone.pk, pair.kept.pk) for pair in joined]
    for each in gone:
        change.record(
            "customer.merged",
            each,
            root=root(into),
            before={"name": each.name, **{name: pair[0] for name, pair in changed[each.pk].items()}},
            after={"contacts": pairs, **{name: pair[1] for name, pair in changed[each.pk].items()}},
        )


def fill_survivor(change: Change, into: Customer, values: dict[str, Any]) -> None:
    """Give the survivor the values that were chosen."""
    if values["name"] != into.name:
        values |= keys_of(values["name"])
    changed = change.save_many([(into, values)])
    pairs = changed.get(into.pk, {})
    change.record(
        "customer.united",
        into,
        root=root(into),
        before={name: pair[0] for name, pair in pairs.items()},
        after={name: pair[1] for name, pair in pairs.items()},
    )


@carries((Contact, "customer"))
def unite_contacts(change: Change, contacts: Sequence[Contact], into: Customer, joined: Sequence[Pair]) -> None:
    """All people to the survivor; who is there already is joined, the rest keep their own row."""
    into_of = {pair.gone.pk: pair.kept.pk for pair in joined}
    gone_of: dict[int, list[Contact]] = defaultdict(list)
    for pair in joined:
        gone_of[pair.kept.pk].append(pair.gone)
    living = [each for each in contacts if each.deleted_at is None]
    main = _main(living, into, into_of)
    wanted = []
    for each in contacts:
        values: dict[str, Any] = {"customer_id": into.pk, "primary": each.pk == main}
        if each.reports_to_id in into_of:
            values["reports_to_id"] = into_of[each.reports_to_id]
        if values.get("reports_to_id") == each.pk:
            values["reports_to_id"] = None
        if each.pk in into_of:
            values["deleted_at"] = change.now
        if each.pk in gone_of:
            values |= joined_values(each, gone_of[each.pk])
        wanted.append((each, values))
    record_saved(change, contacts, change.save_many(wanted), "carried")
    index_contacts(change.actor, [pair.kept for pair in joined])


def _main(living: Sequence[Contact], into: Customer, into_of: Mapping[int, int]) -> int | None:
    """The one primary contact: the survivor's, else the first that comes along."""
    ordered = sorted(living, key=lambda each: (each.customer_id != into.pk, not each.primary, each.pk))
    first = next((each for each in ordered if each.primary), ordered[0] if ordered else None)
    return into_of.get(first.pk, first.pk) if first else None


def shown_contact(contacts: Sequence[Contact]) -> dict[str, str]:
    """The columns by which lists show the primary contact."""
    main = next((each for each in contacts if each.primary and each.deleted_at is None), None)
    if main is None:
        return {"contact_name": "", "contact_title": "", "contact_phone": ""}
    reach = main.phone or main.wechat or main.email
    return {"contact_name": main.name, "contact_title": main.title, "contact_phone": reach[:60]}


@carries((Need, "customer"))
def unite_needs(change: Change, moves: Moves) -> None:
    """Needs go along; one that says the same ends."""
    known = set(
        unscoped(Need, "step")
        .filter(customer_id__in=set(moves.customers.values()), deleted_at__isnull=True)
        .values_list("text", flat=True)
    )

    def twins(rows: Sequence[Need]) -> dict[int, dict[str, Any]]:
        found = {}
        for row in rows:
            if row.deleted_at is None and row.text in known:
                found[row.pk] = {"deleted_at": change.now}
            elif row.deleted_at is None:
                known.add(row.text)
        return found

    carry_rows(change, Need, moves, more=twins)


@carries((Collaborator, "customer"))
def unite_collaborators(change: Change, into: Customer, moves: Moves, owners: Sequence[int]) -> None:
    """Everybody who worked on one of them keeps his access: collaborators go along, former owners become some."""
    own = unscoped(Collaborator, "step").filter(customer_id=into.pk, deleted_at__isnull=True)
    held = {into.owner_id, *own.values_list("member_id", flat=True)}

    def twins(rows: Sequence[Collaborator]) -> dict[int, dict[str, Any]]:
        found = {}
        for row in rows:
            if row.deleted_at is None and row.member_id in held:
                found[row.pk] = {"deleted_at": change.now}
            elif row.deleted_at is None:
                held.add(row.member_id)
        return found

    carry_rows(change, Collaborator, moves, more=twins)
    for member_id in dict.fromkeys(owners):
        if member_id in held:
            continue
        row = Collaborator(customer=into, member_id=member_id)
        change.stamp(row)
        insert_rows(Collaborator, [row])
        # Told with a value before, so that an undo takes the row back.
        change.record("customer.shared", into, root=root(into), after={"member_id": member_id})
        change.record("collaborator.added", row, before={"deleted_at": plain(change.now)}, after={"deleted_at": None})


def people_of(customers: Sequence[Customer]) -> list[Contact]:
    """All contacts of customers, also those in the bin, locked."""
    rows = unscoped(Contact, "step").filter(customer_id__in=[each.pk for each in customers])
    return list(rows.order_by("pk").select_for_update(of=("self",)))


def joined_people(contacts: Sequence[Contact], into: Customer) -> list[Pair]:
    return same_people([each for each in contacts if each.deleted_at is None], into.pk)
