"""Rules over HTTP, and new customers that belong to nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from conftest import Cast, Person
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Customer
from genjin.history.models import Event
from genjin.notify.followers import tell

PERSON = {"name": "王建国", "title": "采购总监", "phone": "13800000001"}


def rule(name: str, members: list[int] | None = None, **more: Any) -> dict[str, Any]:
    return {"name": name, "member_ids": members or [], "amount": 4, "clock": "hours", **more}


def where(field: str, value: str, op: str = "eq") -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}


@pytest.fixture
def plan(cast: Cast) -> Callable[..., Any]:
    """`plan(rule, …)` makes these the rules of the organisation, by the administrator or `who`."""

    def make(*rules: dict[str, Any], who: Person | None = None, on: bool = True) -> Any:
        now = cast.admin.get("/assignments/rules")
        body = {"version": now["version"], "on": on, "rules": list(rules)}
        return (who or cast.admin).put("/assignments/rules", body)

    return make


@pytest.fixture
def arrive(cast: Cast) -> Callable[..., int]:
    """`arrive(name, …)`: a new customer comes in without an owner; its id."""

    def make(name: str, **values: Any) -> int:
        body = {
            "name": name,
            "source": "online",
            "assign": "rules",
            "confirm_duplicate": True,
            "contact": PERSON,
            **values,
        }
        answer = cast.admin.post("/customers", body)
        assert answer.status == 201, answer
        return int(answer["id"])

    return make


def tell_everybody() -> None:
    """What the follower writes into inboxes after the commit; on PostgreSQL a test's own events never settle."""
    tell(list(Event.objects.select_related("data").order_by("id")))


def owner(pk: int) -> int | None:
    found: int | None = unscoped(Customer, "test").get(pk=pk).owner_id
    return found


def told(pk: int, name: str = "customer.assigned") -> list[dict[str, Any]]:
    """What the events of that name say of a customer, in order."""
    rows = Event.objects.filter(name=name, root_id=pk).order_by("id")
    return [each.data.data["after"] for each in rows]


def takeups(**conditions: Any) -> list[AgendaItem]:
    rows = unscoped(AgendaItem, "test").filter(kind="takeup", deleted_at__isnull=True, **conditions)
    return list(rows.order_by("pk"))
