"""A customer's way through its playbook, over HTTP: path, gates on every way, the log of nodes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.lib import moment
from genjin.playbook import books
from genjin.playbook.models import Passage, PlaybookVersion

STANDARD = ["lead", "needs", "proposal", "demo", "negotiation", "service"]


def made(cast: Cast, name: str = "青松设备", **more: Any) -> int:
    answer = cast.li.post("/customers", {"name": name, "source": "online", **more})
    assert answer.status == 201, answer
    return int(answer["id"])


def moved(cast: Cast, pk: int, to: str, **more: Any) -> Any:
    version = unscoped(Customer, "test").get(pk=pk).version
    return cast.li.post(f"/customers/{pk}/move", {"version": version, "to": to, **more})


def strict(cast: Cast, key: str = "needs") -> None:
    """The gate of a node becomes strict."""
    row = PlaybookVersion.objects.get(org=cast.org, live=True)
    next(each for each in row.body["nodes"] if each["key"] == key)["gate"]["strict"] = True
    row.save()
    books.forget()


def test_a_team_begins_with_the_six_nodes(cast: Cast) -> None:
    """R-089, R-090, R-092, R-113: six nodes, each with inputs, action, output, owner, as chart and lanes draw them; the
    proposal has two working days."""
    items = cast.li.get("/playbooks")["items"]
    assert [(each["key"], each["default"], each["nodes"]) for each in items] == [("standard", True, 6)]
    answer = cast.li.get("/playbooks/standard")
    main = [each for each in answer["document"]["nodes"] if not each["beside"]]
    assert [each["key"] for each in main] == STANDARD
    assert [each["zh"] for each in main] == ["线索收集", "需求确认", "定制方案", "产品演示", "谈判签约", "售后服务"]
    assert all(each["action"] and each["output"] and each["owner"] and each["inputs"] for each in main)
    assert main[2]["limit"] == {"amount": 2, "clock": "workdays", "warn_hours": 24, "pause_waiting": True}
    assert not answer["can_edit"] and cast.admin.get("/playbooks/standard")["can_edit"]


def test_every_node_ships_assets(cast: Cast) -> None:
    """R-112: talk scripts, mail templates, document formats."""
    nodes = cast.li.get("/playbooks/standard")["document"]["nodes"]
    kinds = {asset["kind"] for node in nodes for asset in node["assets"]}
    assert {"script", "document", "mail"} <= kinds
    assert all(node["assets"] for node in nodes if not node["beside"])


def test_the_path_says_where_a_customer_stands(cast: Cast) -> None:
    """R-115: done, now, ahead; what to do, what the gate still asks for."""
    pk = made(cast)
    path = cast.li.get(f"/customers/{pk}/path").body
    assert path["playbook"] == {"key": "standard", "title": {"zh": "标准销售流程", "en": "Standard sales process"}}
    main = [each for each in path["nodes"] if not each["beside"]]
    assert [each["state"] for each in main] == ["now", *["ahead"] * 5]
    assert path["now"]["owner"] == {"id": cast.li.id, "name": cast.li.member.name, "department": False}
    assert [(each["kind"], each["met"], each["field"]) for each in path["now"]["gate"]["items"]] == [
        ("field", False, "industry"),
        ("record", False, None),
    ]
    assert path["next"] == ["needs"] and path["can"]["move"]
    assert path["now"]["limit"]["zh"] == "1 天"


def test_a_move_asks_for_what_the_gate_misses_and_takes_it_in_place(cast: Cast) -> None:
    """R-081, R-117: not strict, so a reason is enough; the field is filled in the same step."""
    pk = made(cast)
    refused = moved(cast, pk, "needs")
    assert refused.status == 422 and refused["code"] == "gate" and refused["field"] == "why"
    assert [each["kind"] for each in refused["missing"]] == ["field", "record"]
    assert unscoped(Customer, "test").get(pk=pk).stage == "lead"
    assert not unscoped(Passage, "test").exists()
    answer = moved(cast, pk, "needs", why="电话里说清了，记录晚上补", fields={"industry": "software"})
    assert answer.status == 200, answer
    row = unscoped(Customer, "test").get(pk=pk)
    assert (row.stage, row.industry, row.stage_at) == ("needs", "software", NOW)


def test_the_log_tells_who_when_from_to_why_and_how_long(cast: Cast) -> None:
    """R-117: the stay in a node with its working time; late by its limit."""
    pk = made(cast)
    with moment.frozen(NOW + timedelta(days=2)):
        assert moved(cast, pk, "needs", why="客户出差回来").status == 200
        (row,) = cast.li.get(f"/customers/{pk}/passages")["items"]
    assert (row["node"]["key"], row["to"]["key"], row["why"]) == ("lead", "needs", "客户出差回来")
    assert row["by"] == {"id": cast.li.id, "name": cast.li.member.name}
    assert row["elapsed_minutes"] == 2 * 24 * 60
    # Two days of eight hours: Tuesday from 10:12, Wednesday, Thursday to 10:12.
    assert row["worked_minutes"] == 2 * 8 * 60
    assert row["late"] is True


def test_back_and_skip_want_a_reason(cast: Cast) -> None:
    """R-117: who goes back or leaves stages out says why."""
    pk = made(cast, industry="software")
    assert moved(cast, pk, "proposal").status == 422
    assert moved(cast, pk, "proposal", why="老客户，需求清楚").status == 200
    back = moved(cast, pk, "lead")
    assert (back.status, back["field"], back["why"]) == (422, "why", True)
    assert moved(cast, pk, "lead", why="换了对接人").status == 200
    assert moved(cast, pk, "lead", why="再来").status == 409
    assert moved(cast, pk, "nowhere", why="x")["field"] == "to"
    stays = unscoped(Passage, "test").order_by("id").values_list("node", "to")
    assert list(stays) == [("lead", "proposal"), ("proposal", "lead")]


@pytest.mark.parametrize("to", ["proposal", "service"])
def test_nobody_goes_around_a_strict_gate(cast: Cast, to: str) -> None:
    """R-081: neither by changing the field in a list, nor with a reason, nor by leaving stages out."""
    pk = made(cast, industry="software")
    assert moved(cast, pk, "needs", why="有微信记录").status == 200
    strict(cast)
    version = unscoped(Customer, "test").get(pk=pk).version
    edited = cast.li.patch(f"/customers/{pk}", {"version": version, "stage": to})
    assert edited.status == 422 and edited["code"] == "gate" and edited["field"] == "stage"
    assert "“青松设备”还不能进入" in edited["zh"] and "项目预算" in edited["zh"]
    by_move = moved(cast, pk, to, why="客户急")
    assert by_move.status == 422 and by_move["why"] is False
    assert {each["field"] for each in by_move["missing"]} >= {"budget", "time_node", "decision_process"}
    row = unscoped(Customer, "test").get(pk=pk)
    assert (row.stage, row.version) == ("needs", version)
    assert unscoped(Passage, "test").count() == 1


def test_a_strict_gate_opens_when_everything_is_there(cast: Cast, new_customer: Any, good: dict[str, Any]) -> None:
    """R-081: fields filled with the move, the record written before."""
    pk = new_customer(cast.li, "甲公司")
    assert moved(cast, pk, "needs", why="有微信记录", fields={"industry": "software"}).status == 200
    strict(cast)
    record = cast.li.post("/followups", {"customer_id": pk, **good, "contact_at": "2026-11-24T01:30:00Z"})
    assert record.status == 201, record
    fields = {"budget": {"low": 100000, "high": 200000}, "time_node": "年底前", "decision_process": "厂长拍板"}
    assert moved(cast, pk, "proposal", fields=fields).status == 200


def test_somebody_was_faster(cast: Cast) -> None:
    """R-165: two people move one customer at once; the second sees the other's."""
    pk = made(cast, industry="software")
    version = unscoped(Customer, "test").get(pk=pk).version
    assert moved(cast, pk, "needs", why="先").status == 200
    late = cast.zhao.post(f"/customers/{pk}/move", {"version": version, "to": "proposal", "why": "后"})
    assert late.status == 409 and late["theirs"]["stage"] == "needs"


def test_whoever_may_not_change_the_customer_cannot_move_it(cast: Cast) -> None:
    """404 for what one does not see; nothing changes."""
    pk = made(cast)
    version = unscoped(Customer, "test").get(pk=pk).version
    assert cast.wang.post(f"/customers/{pk}/move", {"version": version, "to": "needs", "why": "x"}).status == 404
    assert unscoped(Customer, "test").get(pk=pk).stage == "lead"
