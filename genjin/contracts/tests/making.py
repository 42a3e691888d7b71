"""Contracts over HTTP, as far as a test wants them."""

from __future__ import annotations

from typing import Any

from conftest import Cast, Person
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem

#: 1,280,000.50 yuan in fen.
AMOUNT = 128_000_050
TERMS: dict[str, Any] = {
    "title": "MES 二期合同",
    "amount": AMOUNT,
    "delivery_period": "30 天",
    "service_from": "2027-01-01",
    "service_to": "2027-12-31",
    "payment_method": "instalments",
    "payment_terms": "3-4-3",
}


def drafted(person: Person, customer: int, **terms: Any) -> int:
    answer = person.post(f"/customers/{customer}/contracts", {**TERMS, **terms})
    assert answer.status == 201, answer
    return int(answer["id"])


def decide(person: Person, verdict: str = "approve", **body: Any) -> Any:
    """The request that waits for somebody, decided by him."""
    (found,) = person.get("/approval-requests", which="mine")["items"]
    return person.post(f"/approval-requests/{found['id']}/{verdict}", body)


def approved(cast: Cast, person: Person, customer: int, **terms: Any) -> int:
    """Drafted, sent and approved by 赵主管, who looks after whoever asks; the team has no legal."""
    pk = drafted(person, customer, **terms)
    sent = person.post(f"/contracts/{pk}/submit", {})
    assert sent.status == 200, sent
    request = person.get(f"/contracts/{pk}")["approval_id"]
    assert cast.zhao.post(f"/approval-requests/{request}/approve", {}).status == 200
    assert state_of(person, pk) == "approved"
    return pk


def signed(cast: Cast, person: Person, customer: int, **terms: Any) -> int:
    number = terms.pop("number", f"HT-{customer}")
    pk = approved(cast, person, customer, **terms)
    answer = person.post(f"/contracts/{pk}/sign", {"number": number, "signed_on": "2026-11-24"})
    assert answer.status == 200, answer
    return pk


def state_of(person: Person, pk: int) -> str:
    return str(person.get(f"/contracts/{pk}")["state"])


def agenda(*kinds: str, **conditions: Any) -> list[tuple[str, str, int | None, str]]:
    """Kind, act, owner and state of the rows of these kinds, in the order in which they came."""
    rows = unscoped(AgendaItem, "test").filter(kind__in=kinds, deleted_at__isnull=True, **conditions)
    return list(rows.order_by("pk").values_list("kind", "act", "owner_id", "state"))
