"""Pools over HTTP, customers that were let go long ago, and the worker's night."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from conftest import NOW, Cast, Person
from genjin.access.guard import unscoped
from genjin.approvals.models import Approval
from genjin.customers.models import Customer
from genjin.history.models import Event
from genjin.pools.models import PoolStay
from genjin.pools.tasks import return_tonight

WHY = "他们今年不上这条线"


@pytest.fixture
def plan(cast: Cast) -> Callable[..., Any]:
    """`plan(pool, …, most_held=…)` makes these the pools of the organisation."""

    def make(*pools: dict[str, Any], who: Person | None = None, **caps: Any) -> Any:
        now = cast.admin.get("/pools/rules")
        known = {each["name"]: each["id"] for each in now["pools"]}
        body = [{"id": known.get(each["name"]), **each} for each in pools]
        return (who or cast.admin).put("/pools/rules", {"version": now["version"], "pools": body, **caps})

    return make


@pytest.fixture
def hold(cast: Cast) -> Callable[..., int]:
    """`hold(person, name, days=…)`: a customer of his since so many days, the last contact and stage as old."""

    def make(person: Person, name: str, *, days: int = 0, **columns: Any) -> int:
        answer = person.post("/customers", {"name": name, "source": "online", "confirm_duplicate": True,
                                            "contact": {"name": "王建国", "phone": "13812340001"}})  # fmt: skip
        assert answer.status == 201, answer
        pk = int(answer["id"])
        row(pk).update(**at(NOW - timedelta(days=days)), **columns)
        return pk

    return make


def at(time: datetime) -> dict[str, datetime]:
    return {"owned_at": time, "active_at": time, "stage_at": time, "created_at": time}


def wait_for_a_verdict(pk: int) -> None:
    org_id = row(pk).get().org_id
    Approval(org_id=org_id, kind="file", subject_type="customer", subject_id=pk, customer_id=pk, title="核对",
             asked_at=NOW, created_at=NOW, updated_at=NOW).save()  # fmt: skip


def row(pk: int) -> Any:
    return unscoped(Customer, "test").filter(pk=pk)


def where(pk: int) -> tuple[int | None, bool]:
    """Owner, and whether it lies in a pool."""
    found = row(pk).get()
    return found.owner_id, found.pool_id is not None


def stays(pk: int) -> list[tuple[str, int | None, str, int | None]]:
    """(why it came, whose it was, how it ended, who has it then), the oldest first."""
    rows = unscoped(PoolStay, "test").filter(customer_id=pk).order_by("id")
    return list(rows.values_list("key", "former_id", "ended_how", "taker_id"))


def night(cast: Cast) -> dict[str, int]:
    done: Any = return_tonight(cast.org.pk)
    return {word: int(many) for word, many in done.items()}


def said(pk: int, name: str) -> list[dict[str, Any]]:
    rows = Event.objects.filter(name=name, root_id=pk).order_by("id")
    return [each.data.data["after"] for each in rows]


def lying(person: Person, **query: Any) -> list[str]:
    return [each["name"] for each in person.get("/pools/customers", **query)["items"]]
