"""Duplicate look-up: tells everybody that a customer exists, and details only to those who may see it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.access.visible import visible
from genjin.customers.models import LIVING, Contact, Customer
from genjin.customers.rules import keys_of
from genjin.lib.phones import channels

MOST = 5


def similar_to(actor: Actor, *, name: str = "", phone: str = "", but: int | None = None) -> list[dict[str, Any]]:
    """Customers that may be the one being typed (R-121, R-131, R-185).

    Compared by normalised name, short name, pinyin initials (four or more) and phone. Each row:
    id (None when not visible), name, owner, last_contact_at, visible, same (certainly equal), why.
    """
    reasons: dict[int, tuple[bool, str, str]] = {}
    living = unscoped(Customer, "duplicates").filter(LIVING, org_id=actor.org_id).exclude(pk=but or 0)
    for pk, same, zh, en in _by_name(living, name):
        reasons.setdefault(pk, (same, zh, en))
    for pk in _by_phone(actor, phone, but or 0):
        reasons.setdefault(pk, (False, "电话相同", "the same phone"))
    if not reasons:
        return []
    rows = living.filter(pk__in=list(reasons)).values("id", "name", "owner__name", "last_contact_at")[:MOST]
    seen = set(visible(actor, Customer).filter(pk__in=list(reasons)).values_list("pk", flat=True))
    return [
        {
            "id": row["id"] if row["id"] in seen else None,
            "name": row["name"],
            "owner": row["owner__name"],
            "last_contact_at": row["last_contact_at"],
            "visible": row["id"] in seen,
            "same": reasons[row["id"]][0],
            "why": {"zh": reasons[row["id"]][1], "en": reasons[row["id"]][2]},
        }
        for row in rows
    ]


def _by_name(living: Any, name: str) -> list[tuple[int, bool, str, str]]:
    keys = keys_of(name) if name.strip() else {}
    if not keys.get("name_key"):
        return []
    condition = Q(name_key=keys["name_key"])
    if len(keys["short_key"]) >= 2:
        condition |= Q(short_key=keys["short_key"])
    found = []
    for pk, key in living.filter(condition).values_list("pk", "name_key")[:MOST]:
        same = key == keys["name_key"]
        found.append((pk, same, "名称相同" if same else "简称相同", "the same name" if same else "the same short name"))
    return found


def _by_phone(actor: Actor, phone: str, but: int) -> list[int]:
    numbers = [each.value for each in channels(phone)] if phone.strip() else []
    if not numbers:
        return []
    return list(
        unscoped(Contact, "duplicates")
        .filter(LIVING, org_id=actor.org_id, customer__deleted_at__isnull=True)
        .filter(Q(phone__in=numbers) | Q(wechat__in=numbers) | Q(email__in=numbers))
        .exclude(customer_id=but)
        .values_list("customer_id", flat=True)[:MOST]
    )
