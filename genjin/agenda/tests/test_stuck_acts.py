"""Urging, postponing and giving away what is stuck: one row or many, all or nothing (R-114, R-090)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from conftest import NOW, Cast, hire, logged_in
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.desk.tests.test_stuck import late
from genjin.history.models import Event
from genjin.lib import moment
from genjin.ownership.tests.conftest import tell_everybody

LATER = "2026-11-27T10:00:00Z"


def now_of(*ids: int) -> list[tuple[Any, ...]]:
    columns = ("id", "owner_id", "due_at", "nudged_at", "version")
    return list(unscoped(AgendaItem, "test").filter(pk__in=ids).order_by("pk").values_list(*columns))


def events(name: str) -> int:
    return Event.objects.filter(name=name).count()


@pytest.fixture
def three(cast: Cast, new_customer: Any) -> dict[str, int]:
    """A node's limit, a contact by cadence and a review, of 李销售 and 赵主管."""
    first, second, third = (new_customer(cast.li, f"{name}公司") for name in "甲乙丙")
    return {
        "node": late(cast, "node_limit", first, cast.li),
        "cadence": late(cast, "cadence", second, cast.li),
        "review": late(cast, "review", third, cast.zhao),
    }


def items(*ids: int, version: int = 1) -> list[dict[str, int]]:
    return [{"id": pk, "version": version} for pk in ids]


def test_urging_is_a_notice_once_a_day(cast: Cast, three: dict[str, int]) -> None:
    """催办: whoever has it hears it; a second one the same day is refused kindly, the next day it goes again."""
    ids = [three["node"], three["cadence"]]
    assert cast.zhao.post("/exceptions/nudge", {"ids": ids}).body == {"nudged": 2}
    tell_everybody()
    heard = [each["zh"] for each in cast.li.get("/inbox")["items"]]
    assert sorted(heard) == ["赵主管 催你：乙公司，做 cadence，时限 11月23日 04:12",
                             "赵主管 催你：甲公司，做 node_limit，时限 11月23日 04:12"]  # fmt: skip
    before = now_of(*ids)
    again = cast.admin.post("/exceptions/nudge", {"ids": [three["node"]]})
    assert (again.status, again["zh"]) == (409, "甲公司：今天 10:12 已经催过，明天可以再催")
    assert now_of(*ids) == before and events("agenda.nudged") == 2
    row = next(each for each in cast.zhao.get("/exceptions")["items"] if each["id"] == three["node"])
    assert row["nudge"]["at"] is not None
    with moment.frozen(NOW + timedelta(hours=20)):
        assert cast.zhao.post("/exceptions/nudge", {"ids": [three["node"]]}).body == {"nudged": 1}


def test_many_urged_at_once_are_one_line(cast: Cast, new_customer: Any) -> None:
    pk = new_customer(cast.li, "甲公司")
    ids = [late(cast, "node_limit", pk, cast.li) for _ in range(7)]
    assert cast.zhao.post("/exceptions/nudge", {"ids": ids}).status == 200
    tell_everybody()
    assert [each["zh"] for each in cast.li.get("/inbox")["items"]] == [
        "赵主管 催你 7 件事，第一件：甲公司，做 node_limit"
    ]


def test_one_row_that_refuses_holds_up_all_and_is_named(cast: Cast, three: dict[str, int]) -> None:
    """Mixed rights in one batch: the rows that refuse are named with their reason, nothing is half done."""
    ids, before = list(three.values()), now_of(*three.values())
    refused = cast.zhao.post("/exceptions/nudge", {"ids": ids})
    assert (refused.status, refused["zh"]) == (409, "1 件催不了，3 件都没有动。丙公司：在你自己手上")
    assert [(each["field"], each["code"]) for each in refused["problems"]] == [(str(three["review"]), "refused")]
    body = {"items": items(*ids), "due_at": LATER, "why": "客户停产检修"}
    refused = cast.li.post("/exceptions/postpone", body)
    assert refused["zh"] == (
        "2 件延不了，3 件都没有动。甲公司：节点的时限由主管延期、改派；丙公司：等的是意见，不能延期；可以催办"
    )
    refused = cast.zhao.post("/exceptions/assign", {"items": items(*ids), "owner_id": cast.wang.id})
    assert refused["zh"] == "1 件改派不了，3 件都没有动。丙公司：审批、审核的人由流程定，在审核里转交"
    assert now_of(*ids) == before
    assert [events(each) for each in ("agenda.nudged", "agenda.moved", "agenda.assigned")] == [0, 0, 0]


def test_what_is_out_of_reach_is_not_found(cast: Cast, three: dict[str, int]) -> None:
    before = now_of(*three.values())
    for path, body in (
        ("nudge", {"ids": [three["node"]]}),
        ("postpone", {"items": items(three["node"]), "due_at": LATER, "why": "等"}),
        ("assign", {"items": items(three["node"]), "owner_id": cast.li.id}),
    ):
        for person in (cast.qian, cast.outsider):
            assert person.post(f"/exceptions/{path}", body).status == 404, path
    assert now_of(*three.values()) == before


def test_postponing_says_why_and_begins_the_ladder_anew(cast: Cast, three: dict[str, int]) -> None:
    """延期: the reason stands in the log; the row is no exception until its new time."""
    ids = [three["node"], three["cadence"]]
    path, body = "/exceptions/postpone", {"items": items(*ids), "due_at": LATER, "precision": "day"}
    before = now_of(*ids)
    assert cast.zhao.post(path, {**body, "why": "  "})["field"] == "why"
    assert cast.zhao.post(path, {**body, "why": "等", "due_at": "2026-11-24T01:00:00Z", "precision": "minute"})[
        "field"
    ] == ("due_at")
    stale = {**body, "items": items(*ids, version=7), "why": "等"}
    assert cast.zhao.post(path, stale)["problems"][0]["zh"] == "甲公司：刚被别人改过，刷新再看"
    assert now_of(*ids) == before and events("agenda.moved") == 0
    assert cast.zhao.post(path, {**body, "why": "客户停产检修"}).body == {"postponed": 2}
    moved = Event.objects.filter(name="agenda.moved").values_list("why", "member_id", "subject_id")
    assert sorted(moved) == sorted(("客户停产检修", cast.zhao.id, pk) for pk in ids)
    assert [each["id"] for each in cast.zhao.get("/exceptions")["items"]] == [three["review"]]
    (row,) = unscoped(AgendaItem, "test").filter(pk=three["cadence"])
    assert (row.rung, row.climb_at is not None, row.version) == (0, True, 2)


def test_only_a_supervisor_moves_the_limit_of_a_node(cast: Cast, three: dict[str, int]) -> None:
    """R-090: the limit belongs to the process; whoever is late does not set it, here or on his own list."""
    before = now_of(three["node"])
    for answer in (
        cast.li.post("/exceptions/postpone", {"items": items(three["node"]), "due_at": LATER, "why": "忙"}),
        cast.li.post(f"/agenda/{three['node']}/reschedule", {"version": 1, "due_at": LATER}),
        cast.li.post("/exceptions/assign", {"items": items(three["node"]), "owner_id": cast.wang.id}),
    ):
        assert answer.status == 409 and "节点的时限由主管延期、改派" in answer["zh"], answer
    assert now_of(three["node"]) == before
    assert cast.zhao.post(f"/agenda/{three['node']}/reschedule", {"version": 1, "due_at": LATER}).status == 200


def test_giving_away_tells_the_receiver(cast: Cast, three: dict[str, int]) -> None:
    """改派: the time stays, and whoever gets it is told."""
    ids = [three["node"], three["cadence"]]
    path = "/exceptions/assign"
    assert cast.zhao.post(path, {"items": items(*ids), "owner_id": cast.outsider.id})["field"] == "owner_id"
    assert cast.zhao.post(path, {"items": items(*ids), "owner_id": cast.wang.id}).body == {"assigned": 2}
    assert [each[:3] for each in now_of(*ids)] == [(pk, cast.wang.id, NOW - timedelta(hours=30)) for pk in ids]
    tell_everybody()
    assert len(cast.wang.get("/inbox")["items"]) == 2
    again = cast.zhao.post(path, {"items": items(*ids, version=2), "owner_id": cast.wang.id})
    assert again["zh"].startswith("2 件改派不了，2 件都没有动。甲公司：已经在这位同事手上")


def test_whoever_may_only_look_may_urge_and_no_more(cast: Cast, three: dict[str, int]) -> None:
    """Management sees everything and changes nothing: the refusal says so by row."""
    eyes = logged_in(hire(cast.org, "周老板", "management", None))
    body = {"items": items(three["node"]), "due_at": LATER, "why": "等"}
    assert eyes.post("/exceptions/postpone", body)["zh"] == "甲公司：你能看，但不能改"
    page = eyes.get("/exceptions").body
    assert (page["total"], page["can"]) == (3, {"nudge": True, "postpone": False, "assign": False})
    assert eyes.post("/exceptions/nudge", {"ids": [three["node"]]}).status == 200
