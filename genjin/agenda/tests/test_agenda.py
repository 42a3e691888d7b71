"""The agenda: done, moved, assigned, reopened; each with its refusals (R-074, R-083)."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.agenda.rules import tell_at
from genjin.customers.models import Customer
from genjin.lib.due import deadline

SHANGHAI = ZoneInfo("Asia/Shanghai")
SIX = time(18, 0)


@pytest.fixture
def todo(cast: Cast, new_customer: Any) -> dict[str, Any]:
    pk = new_customer(cast.li, "甲公司")
    answer = cast.li.post("/agenda", {"customer_id": pk, "act": "给王总打电话", "due_at": "2026-11-25T02:00:00Z"})
    assert answer.status == 201
    return {**answer.body, "customer": pk}


def item(todo: dict[str, Any]) -> AgendaItem:
    found: AgendaItem = unscoped(AgendaItem, "test").get(pk=todo["id"])
    return found


def test_done_once(cast: Cast, todo: dict[str, Any]) -> None:
    url = f"/agenda/{todo['id']}/done"
    assert cast.li.post(url, {"version": 1}).body == {"id": todo["id"], "version": 2, "state": "done"}
    assert (item(todo).done_by_id, item(todo).done_at) == (cast.li.id, NOW)
    assert unscoped(Customer, "test").get(pk=todo["customer"]).next_step_id is None
    again = cast.li.post(url, {"version": 2})
    assert again.status == 409 and "办完" in again["zh"]
    back = cast.li.post(f"/agenda/{todo['id']}/reopen", {"version": 2})
    assert back["state"] == "open"
    assert unscoped(Customer, "test").get(pk=todo["customer"]).next_step_id == todo["id"]


def test_a_row_of_the_list_says_who_the_customer_is_and_what_was_said_last(cast: Cast, todo: dict[str, Any]) -> None:
    unscoped(Customer, "test").filter(pk=todo["customer"]).update(
        intent_class="A", last_words="交期太长", last_contact_at=NOW, last_channel="phone"
    )
    row, limit = cast.li.get("/agenda")["items"]
    assert (limit["kind"], limit["customer"]["id"]) == ("node_limit", todo["customer"])
    assert row["customer"] == {"id": todo["customer"], "name": "甲公司", "intent_class": "A"}
    assert (row["last_words"], row["last_channel"]) == ("交期太长", "phone")
    assert datetime.fromisoformat(row["last_at"]) == NOW
    cast.li.post("/agenda", {"act": "写周报", "due_at": "2026-11-26T02:00:00Z"})
    own = cast.li.get("/agenda")["items"][2]
    assert (own["customer"], own["last_words"], own["last_at"]) == (None, None, None)


def test_moving_shows_on_the_customer_and_starts_reminding_anew(cast: Cast, todo: dict[str, Any]) -> None:
    answer = cast.li.post(
        f"/agenda/{todo['id']}/reschedule", {"version": 1, "due_at": "2026-11-30T02:00:00Z", "why": "客户出差"}
    )
    assert answer.status == 200
    moved = item(todo)
    assert (moved.due_at, moved.told) == (datetime(2026, 11, 30, 2, tzinfo=UTC), "none")
    assert unscoped(Customer, "test").get(pk=todo["customer"]).next_due_at == moved.due_at
    stale = cast.li.post(f"/agenda/{todo['id']}/reschedule", {"version": 1, "due_at": "2026-12-30T02:00:00Z"})
    assert stale.status == 409 and stale["theirs"]["due_at"].startswith("2026-11-30")


def test_assigning_gives_sight_of_the_item_only(cast: Cast, todo: dict[str, Any]) -> None:
    """The colleague sees his to-do, not the customer's page."""
    assert cast.li.post(f"/agenda/{todo['id']}/assign", {"version": 1, "owner_id": cast.wang.id}).status == 200
    assert [each["id"] for each in cast.wang.get("/agenda")["items"]] == [todo["id"]]
    assert cast.wang.get(f"/customers/{todo['customer']}").status == 404
    assert cast.wang.post(f"/agenda/{todo['id']}/done", {"version": 2}).status == 200
    assert cast.li.post(f"/agenda/{todo['id']}/assign", {"version": 3, "owner_id": cast.outsider.id}).status == 409


def test_foreign_items_do_not_exist(cast: Cast, todo: dict[str, Any]) -> None:
    for person in (cast.wang, cast.qian, cast.outsider):
        for verb, body in (
            ("done", {"version": 1}),
            ("reopen", {"version": 1}),
            ("assign", {"version": 1, "owner_id": person.id}),
            ("reschedule", {"version": 1, "due_at": "2026-12-30T02:00:00Z"}),
        ):
            assert person.post(f"/agenda/{todo['id']}/{verb}", body).status == 404
        assert person.get("/agenda", owner="team")["items"] == []
    assert item(todo).version == 1


def test_a_to_do_needs_an_act_and_a_member(cast: Cast) -> None:
    blank = cast.li.post("/agenda", {"act": "  ", "due_at": "2026-11-25T02:00:00Z"})
    assert blank.status == 422 and blank["field"] == "act"
    foreign = cast.li.post("/agenda", {"act": "打电话", "due_at": "2026-11-25T02:00:00Z", "owner_id": cast.outsider.id})
    assert foreign.status == 422 and foreign["field"] == "owner_id"
    assert not unscoped(AgendaItem, "test").exists()


def test_a_day_ends_at_the_organisations_closing_time() -> None:
    due = datetime(2026, 11, 25, 16, tzinfo=UTC)  # already the 26th in Shanghai
    assert deadline(due, "day", SHANGHAI, SIX) == datetime(2026, 11, 26, 18, tzinfo=SHANGHAI)
    assert deadline(due, "minute", SHANGHAI, SIX) == due


def test_reminding_before_then_when_late_then_never() -> None:
    """R-075: before the due time and when overdue."""
    due = datetime(2026, 11, 25, 6, tzinfo=UTC)
    assert tell_at(due, "minute", "none", SHANGHAI, SIX) == datetime(2026, 11, 25, 5, 30, tzinfo=UTC)
    assert tell_at(due, "minute", "before", SHANGHAI, SIX) == due
    assert tell_at(due, "day", "none", SHANGHAI, SIX) == datetime(2026, 11, 25, 8, 50, tzinfo=SHANGHAI)
    assert tell_at(due, "minute", "late", SHANGHAI, SIX) is None
