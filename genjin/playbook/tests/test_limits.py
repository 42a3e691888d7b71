"""The to-do of a node with a limit: made on entering, gone on leaving, resting, handed on, given a new time (R-081)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.agenda.models import OPEN, AgendaItem
from genjin.customers.models import Customer
from genjin.lib import moment
from genjin.playbook.models import LimitRecount, Passage
from genjin.playbook.tasks import keep_limits
from genjin.playbook.tests.test_moving import made, moved


def items(pk: int) -> list[tuple[str, Any, datetime]]:
    rows = unscoped(AgendaItem, "test").filter(OPEN, customer_id=pk, kind="node_limit").order_by("due_at")
    return [(row.source_type, row.owner_id, row.due_at) for row in rows]


def at(day: int, hour: int = 10) -> datetime:
    """In UTC: 10 o'clock is closing time in Shanghai."""
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def test_entering_makes_it_and_leaving_closes_it(cast: Cast) -> None:
    """R-081, R-091, R-093: seven days for the needs, three for the demo."""
    pk = made(cast, industry="software")
    assert moved(cast, pk, "demo", why="聊过").status == 200
    assert items(pk) == [("node", cast.li.id, at(27))]
    assert moved(cast, pk, "needs", why="换了人").status == 200
    assert items(pk) == [("node", cast.li.id, datetime(2026, 12, 1, 10, tzinfo=UTC))]
    done = unscoped(AgendaItem, "test").filter(customer_id=pk, state="done").order_by("pk")
    assert [(each.act[:4], each.done_by_id) for each in done] == [("登记来源", cast.li.id), ("约定演示", cast.li.id)]
    row = unscoped(Customer, "test").get(pk=pk)
    assert row.next_step_id is None
    listed = cast.li.get("/agenda")["items"]
    assert [each["act"] for each in listed] == ["首次沟通，问清痛点、预算、时间、谁拍板"]
    assert cast.li.post(f"/agenda/{listed[0]['id']}/done", {"version": listed[0]["version"]}).status in (409, 422)


def test_the_proposal_has_two_working_days(cast: Cast) -> None:
    """R-092, R-097, R-111: from Thursday over the weekend."""
    pk = made(cast, industry="software")
    with moment.frozen(at(26, 2)):
        assert moved(cast, pk, "proposal", why="需求清楚").status == 200
        assert items(pk) == [("node", cast.li.id, at(30))]


def test_a_rest_stops_the_clock_and_moves_it_on(cast: Cast) -> None:
    """R-111: paused while waiting for the customer; back again it runs on where it stood."""
    pk = made(cast)
    assert moved(cast, pk, "demo", why="展会上约好").status == 200
    version = unscoped(Customer, "test").get(pk=pk).version
    with moment.frozen(NOW + timedelta(hours=2)):
        assert cast.li.patch(f"/customers/{pk}", {"version": version, "paused": True}).status == 200
        assert items(pk) == []
    with moment.frozen(NOW + timedelta(days=5)):
        assert cast.li.patch(f"/customers/{pk}", {"version": version + 1, "paused": False}).status == 200
        assert items(pk) == [("node", cast.li.id, datetime(2026, 12, 2, 10, tzinfo=UTC))]
        assert unscoped(Customer, "test").get(pk=pk).stage_at == NOW + timedelta(days=5)
        assert moved(cast, pk, "needs", why="聊过").status == 200
    stay = unscoped(Passage, "test").get(state="left", node="demo")
    assert stay.entered_at == NOW and stay.late is False
    assert stay.paused_minutes == 5 * 24 * 60 - 120
    assert stay.worked_minutes == 108  # from 10:12 to noon; the pause began during the break


def test_it_goes_to_the_new_owner(cast: Cast) -> None:
    """R-158: whoever gets the customer gets what its node asks for."""
    pk = made(cast)
    assert moved(cast, pk, "demo", why="展会上约好").status == 200
    assert cast.zhao.post("/customers/transfer", {"ids": [pk], "to_member_id": cast.wang.id}).status == 200
    assert items(pk) == [("node", cast.wang.id, at(27))]


def test_a_changed_limit_gives_open_ones_their_new_time(cast: Cast) -> None:
    """R-116: by the worker, in chunks, repeatable."""
    pk = made(cast)
    assert moved(cast, pk, "demo", why="展会上约好").status == 200
    told = cast.admin.get("/playbooks/standard")["document"]
    told["nodes"][3]["limit"] = {"amount": 1, "clock": "days", "warn_hours": None, "pause_waiting": True}
    assert cast.admin.put("/playbooks/standard", {"version": 1, "document": told}).status == 200
    assert items(pk) == [("node", cast.li.id, at(27))]
    assert keep_limits() == 1
    assert items(pk) == [("node", cast.li.id, at(25))]
    assert not LimitRecount.objects.exists() and keep_limits() == 0


def test_nodes_beside_the_way(cast: Cast) -> None:
    """R-090, R-094: feedback within 48 hours beside the negotiation; done or left out with a reason."""
    pk = made(cast, industry="software")
    assert moved(cast, pk, "negotiation", why="展会上谈定的").status == 200
    assert [each[0] for each in items(pk)] == ["side", "node"]
    assert items(pk)[0][2] == NOW + timedelta(hours=48)
    assert cast.li.get(f"/customers/{pk}/path")["now"]["side"][0]["state"] == "open"
    assert cast.li.post(f"/customers/{pk}/side/feedback", {"done": False})["field"] == "why"
    assert cast.li.post(f"/customers/{pk}/side/first_visit", {"done": True}).status == 404
    assert cast.li.post(f"/customers/{pk}/side/feedback", {"done": True}).status == 200
    assert [each[0] for each in items(pk)] == ["node"]
    assert cast.li.get(f"/customers/{pk}/path")["now"]["side"][0]["state"] == "done"
    assert cast.wang.post(f"/customers/{pk}/side/feedback", {"done": True}).status == 404


def test_its_ladder_is_that_of_the_node(cast: Cast) -> None:
    """R-081, R-114: the proposal reminds after 24 hours first; a changed playbook changes what comes next."""
    pk = made(cast, industry="software")
    assert moved(cast, pk, "proposal", why="需求清楚").status == 200
    row = unscoped(AgendaItem, "test").get(customer_id=pk, kind="node_limit", state="open")
    assert (row.climb_at, row.tell_at, row.rung) == (NOW + timedelta(hours=24), None, 0)
    assert moved(cast, pk, "demo", why="已经谈过").status == 200
    row = unscoped(AgendaItem, "test").get(customer_id=pk, kind="node_limit", state="open")
    assert row.climb_at == at(27) - timedelta(hours=4)
