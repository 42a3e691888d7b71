"""The rows behind a number: by the same definition, as far as the reader may see their customers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, QuerySet
from django.db.models.functions import TruncDate

from genjin.access.actor import Actor
from genjin.access.fields import told
from genjin.access.visible import visible
from genjin.insights.measures import AMOUNT, CONTACTS, CUSTOMERS, RECORDS, measure_for, totals
from genjin.insights.reach import company_of, reach_of
from genjin.insights.sheet import DEPARTMENT, MEMBER
from genjin.lib.errors import Invalid, NotFound
from genjin.lib.periods import shift_months

#: More than a person reads; the rest is told by number.
MOST = 300
SHORT = 80


def rows_behind(
    actor: Actor, *, month: date, measure: str, member_id: int | None, department_id: int | None
) -> dict[str, Any]:
    """What one number of the team page is made of, newest first.

    `hidden`: how much of it lies on customers that the actor may not see. 404 for people and departments
    beyond his rights. Eight statements at most.
    """
    chosen = measure_for(actor, measure)
    kind, pk, name, people = _whose(actor, member_id, department_id)
    after = shift_months(month, 1)
    numbers = totals(actor.org_id, actor.zone, month, after, [chosen], people)[chosen.slug]
    rows = chosen.rows(visible(actor, chosen.model), actor.zone, month, after, people)
    seen = rows.order_by().values(chosen.who).annotate(number=chosen.add(actor.zone)).values_list("number", flat=True)
    found, number = sum(seen), sum(numbers.values())
    items, when = _LISTED[chosen.slug](rows, actor.zone), _WHEN[chosen.slug]
    if chosen.also:
        signed = chosen.also.rows(visible(actor, chosen.also.model), actor.zone, month, after, people)
        found += signed.aggregate(number=chosen.also.add(actor.zone))["number"] or 0
        items = sorted([*items, *_contracts(signed)], key=lambda each: str(each["at"]), reverse=True)
    return {
        "month": f"{month:%Y-%m}",
        "measure": chosen.as_json(),
        "of": {"kind": kind, "id": pk, "name": name},
        "number": number,
        "hidden": number - found,
        "more": len(items) > MOST,
        "items": [_told(actor, each, when) for each in items[:MOST]],
    }


def _whose(actor: Actor, member_id: int | None, department_id: int | None) -> tuple[str, int, str, list[int]]:
    if member_id is not None and department_id is not None:
        raise Invalid("只选一个：人或部门", "Name either a member or a department", field="member_id")
    company = company_of(actor.org_id)
    reach = reach_of(actor, company)
    if department_id is not None:
        if department_id not in reach.places:
            raise NotFound(field="department_id")
        people = [each.id for each in company.below(department_id)]
        return DEPARTMENT, department_id, company.places[department_id].name, people
    pk = member_id if member_id is not None else actor.member_id
    if pk is None or pk not in reach.people:
        raise NotFound(field="member_id")
    return MEMBER, pk, company.people[pk].name, [pk]


Listed = Callable[[QuerySet[Any], ZoneInfo], list[dict[str, Any]]]


def _records(rows: QuerySet[Any], zone: ZoneInfo) -> list[dict[str, Any]]:
    columns = (
        "id", "customer_id", "customer__name", "contact_at", "precision", "channel", "summary", "contacted_by__name",
    )  # fmt: skip
    found = rows.order_by("-contact_at", "-id").values(*columns)[: MOST + 1]
    return [
        {**_row(each), "at": each["contact_at"], "precision": each["precision"], "followup_id": each["id"],
         "channel": each["channel"], "text": each["summary"][:SHORT]}
        for each in found
    ]  # fmt: skip


def _contacts(rows: QuerySet[Any], zone: ZoneInfo) -> list[dict[str, Any]]:
    """One row for each person, customer and day; `times` tells how many records."""
    grouped = rows.order_by().values("customer_id", "customer__name", "contacted_by_id", "contacted_by__name")
    grouped = grouped.annotate(day=TruncDate("contact_at", tzinfo=zone))
    found = grouped.annotate(at=Max("contact_at"), times=Count("id"), followup=Max("id")).order_by("-at", "customer_id")
    return [
        {**_row(each), "at": each["at"], "precision": "day", "followup_id": each["followup"], "times": each["times"]}
        for each in found[: MOST + 1]
    ]


def _customers(rows: QuerySet[Any], zone: ZoneInfo) -> list[dict[str, Any]]:
    found = rows.order_by("-created_at", "-id").values("id", "name", "created_at", "owner__name")[: MOST + 1]
    return [
        {"customer": {"id": each["id"], "name": each["name"]}, "who": each["owner__name"], "at": each["created_at"],
         "precision": "day"}
        for each in found
    ]  # fmt: skip


def _amounts(rows: QuerySet[Any], zone: ZoneInfo) -> list[dict[str, Any]]:
    columns = (
        "id", "customer_id", "customer__name", "signed_on", "amount", "contract_number", "contacted_by__name",
    )  # fmt: skip
    return [
        {**_row(each), "at": each["signed_on"], "precision": "day", "followup_id": each["id"],
         "amount": each["amount"], "contract_number": each["contract_number"]}
        for each in rows.order_by("-signed_on", "-id").values(*columns)[: MOST + 1]
    ]  # fmt: skip


def _contracts(rows: QuerySet[Any]) -> list[dict[str, Any]]:
    """Contracts that were signed here, beside the records that tell of others."""
    columns = ("customer_id", "customer__name", "signed_on", "amount", "number", "owner__name")
    return [
        {"customer": {"id": each["customer_id"], "name": each["customer__name"]}, "who": each["owner__name"],
         "at": each["signed_on"], "precision": "day", "amount": each["amount"], "contract_number": each["number"]}
        for each in rows.order_by("-signed_on", "-id").values(*columns)[: MOST + 1]
    ]  # fmt: skip


def _row(each: dict[str, Any]) -> dict[str, Any]:
    customer = {"id": each["customer_id"], "name": each["customer__name"]}
    return {"customer": customer, "who": each["contacted_by__name"]}


_EMPTY: dict[str, Any] = {
    "followup_id": None, "channel": "", "text": "", "times": 1, "amount": None, "contract_number": "",
}  # fmt: skip
#: Which field the time of a row is.
_WHEN = {
    RECORDS.slug: "followup.contact_at", CONTACTS.slug: "followup.contact_at", CUSTOMERS.slug: "customer.created_at",
    AMOUNT.slug: "followup.signed_on",
}  # fmt: skip
_PATHS = {"channel": "channel", "text": "summary", "amount": "amount", "contract_number": "contract_number"}


def _told(actor: Actor, row: dict[str, Any], when: str) -> dict[str, Any]:
    """The row as the actor may read its fields."""
    whole = {**_EMPTY, **row}
    read = {name: told(actor, f"followup.{slug}", whole[name]) for name, slug in _PATHS.items()}
    customer = {**whole["customer"], "name": told(actor, "customer.name", whole["customer"]["name"])}
    return {**whole, **read, "at": told(actor, when, whole["at"]), "customer": customer}


_LISTED: dict[str, Listed] = {
    RECORDS.slug: _records, CONTACTS.slug: _contacts, CUSTOMERS.slug: _customers, AMOUNT.slug: _amounts,
}  # fmt: skip
