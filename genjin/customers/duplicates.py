"""Duplicate look-up: tells everybody that a customer exists, and details only to those who may see it."""

from __future__ import annotations

from itertools import product
from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.fields import CHANNELS, reads, told
from genjin.access.reading import read_unscoped
from genjin.access.visible import reaches
from genjin.customers.models import Contact, Customer
from genjin.customers.rules import keys_of
from genjin.lib.phones import channels

MOST = 5


def similar_to(actor: Actor, *, name: str = "", phone: str = "", but: int | None = None) -> list[dict[str, Any]]:
    """Customers that may be the one being typed (R-121, R-131, R-185).

    Compared by normalised name, short name, names that were merged into another, and phone. Each row:
    id (None when not visible), name, owner, last_contact_at, last_contact_by, visible, same (certainly equal), why.
    """
    keys = keys_of(name) if name.strip() else {}
    found = _by_keys(actor, keys.get("name_key", ""), keys.get("short_key", ""), but or 0)
    found += _by_merged(actor, keys.get("name_key", ""), but or 0)
    return _shown(actor, found, phone, but or 0)


def similar_to_customer(actor: Actor, customer: Customer) -> list[dict[str, Any]]:
    """The same for a customer on file, whose keys are stored."""
    found = _by_keys(actor, customer.name_key, customer.short_key, customer.pk)
    return _shown(actor, found, customer.contact_phone, customer.pk)


def beside(actor: Actor, customer: Customer, name: str) -> int | None:
    """The id of the customer of that name which the look-up shows beside `customer`, whoever it belongs to."""
    found = _by_keys(actor, customer.name_key, customer.short_key, customer.pk)
    for each in (*found, *_by_phone(actor, customer.contact_phone, customer.pk)):
        if each[1] == name:
            return int(each[0])
    return None


def _shown(actor: Actor, by_keys: list[tuple[Any, ...]], phone: str, but: int) -> list[dict[str, Any]]:
    known: dict[int, tuple[Any, ...]] = {}
    for found in (*by_keys, *_by_phone(actor, phone, but)):
        known.setdefault(found[0], found)
    return [_shape(actor, each) for each in list(known.values())[:MOST]]


def _shape(actor: Actor, found: tuple[Any, ...]) -> dict[str, Any]:
    pk, name, owner, last_contact_at, last_by, owner_id, department_id, same, zh, en = found
    seen = reaches(actor, Customer, pk, owner=owner_id, department=department_id)
    return {
        "id": pk if seen else None,
        "name": name,
        "owner": owner,
        "last_contact_at": told(actor, "customer.last_contact_at", last_contact_at),
        "last_contact_by": told(actor, "followup.contacted_by", last_by),
        "visible": seen,
        "same": same,
        "why": {"zh": zh, "en": en},
    }


_COLUMNS = ("id", "name", "owner__name", "last_contact_at", "last_contact_by__name", "owner_id", "department_id")


def _by_keys(actor: Actor, name_key: str, short_key: str, but: int) -> list[tuple[Any, ...]]:
    if not name_key:
        return []
    # Every branch says org and living: SQLite takes an index for each only then, else it reads the table.
    here = Q(org_id=actor.org_id, deleted_at__isnull=True)
    where = here & Q(name_key=name_key)
    if len(short_key) >= 2:
        where |= here & Q(short_key=short_key)
    where &= ~Q(pk=but)
    columns = (*_COLUMNS, "name_key")
    rows = read_unscoped(Customer, "duplicates", columns, where, limit=MOST, steady=True)
    same, short = (True, "名称相同", "the same name"), (False, "简称相同", "the same short name")
    return [(*row[:-1], *(same if row[-1] == name_key else short)) for row in rows]


def _by_merged(actor: Actor, name_key: str, but: int) -> list[tuple[Any, ...]]:
    """Who lives on under another name since a merge."""
    if not name_key:
        return []
    where = Q(org_id=actor.org_id, name_key=name_key, merged_into__isnull=False, merged_into__deleted_at__isnull=True)
    columns = ("merged_into_id", *(f"merged_into__{name}" for name in _COLUMNS[1:]))
    rows = read_unscoped(Customer, "duplicates", columns, where & ~Q(merged_into_id=but), limit=MOST)
    return [(*row, False, "这个名字合并进了这一家", "this name was merged into it") for row in rows]


def _by_phone(actor: Actor, phone: str, but: int) -> list[tuple[Any, ...]]:
    """By a number, for whoever may read numbers: a hit alone would tell a masked one (A5)."""
    numbers = [each.value for each in channels(phone)] if phone.strip() and reads(actor, *CHANNELS) else []
    if not numbers:
        return []
    here = Q(org_id=actor.org_id, deleted_at__isnull=True)
    where = Q(pk__in=[])
    # A cell holds one number, rarely two: each by itself, so that one plan serves all.
    for column, number in product(("phone", "wechat", "email"), numbers):
        where |= here & Q(**{column: number}) & ~Q(**{f"{column}__known": ""})
    where &= ~Q(customer_id=but)
    ids = [pk for (pk,) in read_unscoped(Contact, "duplicates", ("customer_id",), where, limit=MOST, steady=True)]
    if not ids:
        return []
    living = Q(pk__among=ids, org_id=actor.org_id, deleted_at__isnull=True)
    rows = read_unscoped(Customer, "duplicates", _COLUMNS, living, steady=True)
    return [(*row, False, "电话相同", "the same phone") for row in rows]
