"""Assigning by hand and by rules in a batch: preview, rights, undo, statements, log."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.history.models import Event
from genjin.ownership.models import AssignmentRule
from genjin.ownership.tests.conftest import owner, rule, takeups, told


def owners(ids: list[int]) -> list[int | None]:
    return [owner(pk) for pk in ids]


def test_by_hand_evenly_and_undone(cast: Cast, new_customer: Any) -> None:
    """R-167, R-121: who holds fewest begins; one batch; undo sets all back and takes the to-dos away."""
    ids = [new_customer(cast.zhao, f"第{number}家公司") for number in range(5)]
    new_customer(cast.li, "老客户公司")
    body = {"ids": ids, "member_ids": [cast.li.id, cast.wang.id], "amount": 4, "clock": "hours", "why": "展会回来的"}
    seen = cast.zhao.post("/assignments/preview", body)
    assert [(each["name"], each["count"]) for each in seen["shares"]] == [("王销售", 3), ("李销售", 2)]
    assert [each["zh"] for each in seen["sentences"]] == [
        "5 家分给 2 人，原负责人 5 件没办完的待办跟着走",
        "4 小时内没接手，退回给你",
        "24 小时内可以撤销",
    ]
    assert owners(ids) == [cast.zhao.id] * 5
    answer = cast.zhao.post("/assignments", body)
    assert (answer.status, answer["assigned"], answer["nobody"]) == (200, 5, [])
    assert owners(ids) == [cast.wang.id, cast.li.id] * 2 + [cast.wang.id]
    assert [each.owner_id for each in takeups()] == owners(ids)
    assert told(ids[0])[0]["reason"]["zh"] == "手工平分给 2 人"
    undone = cast.zhao.post("/batches/undo", {"batch": answer["batch"]})
    assert (undone["stays"], owners(ids), takeups()) == (0, [cast.zhao.id] * 5, [])


def test_a_batch_of_mixed_rights(cast: Cast, new_customer: Any) -> None:
    """The forbidden rows are named, nothing is half-done unless the rest is asked for."""
    ids = [new_customer(cast.li, "甲公司"), new_customer(cast.qian, "乙公司"), new_customer(cast.wang, "丙公司")]
    cast.qian.post(f"/customers/{ids[1]}/collaborators", {"member_id": cast.zhao.id})
    body = {"ids": ids, "member_ids": [cast.wang.id]}
    seen = cast.zhao.post("/assignments/preview", body)
    assert (seen["ids"], [(each["name"], each["zh"]) for each in seen["cannot"]]) == (
        [ids[0], ids[2]],
        [("乙公司", "你能看，不能改；找负责人钱外部门")],
    )
    refused = cast.zhao.post("/assignments", body)
    assert (refused.status, refused.body["ids"]) == (403, [ids[1]])
    assert owners(ids) == [cast.li.id, cast.qian.id, cast.wang.id]
    assert cast.zhao.post("/assignments", {**body, "ids": seen["ids"]})["assigned"] == 1
    assert owners(ids) == [cast.wang.id, cast.qian.id, cast.wang.id]


def test_refusals(cast: Cast, new_customer: Any) -> None:
    pk = new_customer(cast.li, "甲公司")
    answers = [
        cast.li.post("/assignments", {"ids": [pk], "member_ids": [cast.wang.id]}),
        cast.zhao.post("/assignments", {"ids": [pk], "member_ids": [cast.qian.id]}),
        cast.zhao.post("/assignments", {"ids": [pk], "member_ids": []}),
        cast.zhao.post("/assignments", {"ids": [pk], "member_ids": [cast.outsider.id]}),
        cast.zhao.post("/assignments", {"ids": [pk], "by": "rules"}),
        cast.outsider.post("/assignments", {"ids": [pk], "member_ids": [cast.outsider.id]}),
        cast.zhao.post("/assignments", {"ids": [], "member_ids": [cast.wang.id]}),
    ]
    assert [each.status for each in answers] == [403, 403, 422, 422, 422, 404, 422]
    assert answers[1]["zh"] == "钱外部门不在你的部门里，只能分给自己部门的人"
    assert (owner(pk), Event.objects.filter(name="customer.assigned").count()) == (cast.li.id, 0)


def test_a_transfer_asks_what_an_assignment_asks(cast: Cast, new_customer: Any) -> None:
    """R-158, R-161: a supervisor gives to his own departments only, whichever way; the administrator to anybody."""
    pk = new_customer(cast.li, "甲公司")
    sentence = "钱外部门不在你的部门里，只能分给自己部门的人"
    before = Event.objects.count()
    answers = [
        cast.zhao.post("/assignments", {"ids": [pk], "member_ids": [cast.qian.id]}),
        cast.zhao.post("/assignments/preview", {"ids": [pk], "member_ids": [cast.qian.id]}),
        cast.zhao.post("/customers/transfer", {"ids": [pk], "to_member_id": cast.qian.id}),
        cast.zhao.post("/customers/preview", {"verb": "transfer", "ids": [pk], "to_member_id": cast.qian.id}),
    ]
    assert [(each.status, each["zh"]) for each in answers] == [(403, sentence)] * 4
    assert (owner(pk), Event.objects.count()) == (cast.li.id, before)
    assert cast.zhao.post("/customers/transfer", {"ids": [pk], "to_member_id": cast.wang.id}).status == 200
    assert cast.admin.post("/customers/transfer", {"ids": [pk], "to_member_id": cast.qian.id}).status == 200
    assert owner(pk) == cast.qian.id


def test_a_batch_by_the_rules(cast: Cast, plan: Any, arrive: Any) -> None:
    """What came while the rules were off; by a supervisor only within his departments."""
    ids = [arrive(name) for name in ("甲公司", "乙公司", "丙公司")]
    plan(rule("全部", [cast.li.id, cast.qian.id]))
    answer = cast.admin.post("/assignments", {"ids": ids, "by": "rules"})
    assert (answer["assigned"], owners(ids)) == (3, [cast.li.id, cast.qian.id, cast.li.id])
    again = cast.zhao.post("/assignments", {"ids": ids[:1], "by": "rules"})
    assert (again["assigned"], owners(ids[:1])) == (0, [cast.li.id])
    assert AssignmentRule.objects.get().last_member_id == cast.li.id


def test_the_former_owners_to_dos_go_along(cast: Cast, new_customer: Any, good: Any) -> None:
    pk = new_customer(cast.li, "甲公司")
    cast.li.post("/followups", {"customer_id": pk, **good})
    seen = cast.zhao.post("/assignments/preview", {"ids": [pk], "member_ids": [cast.wang.id]})
    assert seen["sentences"][0]["zh"] == "1 家分给 1 人，原负责人 2 件没办完的待办跟着走"
    cast.zhao.post("/assignments", {"ids": [pk], "member_ids": [cast.wang.id]})
    assert [each["owner"]["id"] for each in cast.wang.get(f"/customers/{pk}")["agenda"]] == [cast.wang.id]


def test_statements_do_not_grow_with_the_rows(cast: Cast, new_customer: Any) -> None:
    counts = []
    for start, many in ((0, 20), (100, 40)):
        ids = [new_customer(cast.zhao, f"第{number:04d}号公司") for number in range(start, start + many)]
        body = {"ids": ids, "member_ids": [cast.li.id, cast.wang.id], "amount": 2}
        with CaptureQueriesContext(connection) as seen:
            cast.zhao.post("/assignments/preview", body)
        with CaptureQueriesContext(connection) as done:
            assert cast.zhao.post("/assignments", body)["assigned"] == many
        counts.append((len(seen), len(done)))
    assert counts[1][0] <= counts[0][0] and counts[1][1] <= counts[0][1], counts


def test_the_log(cast: Cast, plan: Any, arrive: Any, new_customer: Any) -> None:
    """R-167, R-171: who got what, when, why, taken over when; everybody sees his part of it."""
    plan(rule("全部", [cast.li.id, cast.qian.id, cast.wang.id]))
    first, second, third = (arrive(name) for name in ("甲公司", "乙公司", "丙公司"))
    assert cast.li.post(f"/customers/{first}/take-up").status == 200
    cast.admin.post("/customers/transfer", {"ids": [second], "to_member_id": cast.wang.id})
    rows = cast.admin.get("/assignments")["items"]
    assert [(each["customer"]["name"], each["member"]["name"], each["state"]) for each in rows] == [
        ("丙公司", "王销售", "waiting"),
        ("乙公司", "钱外部门", "moved"),
        ("甲公司", "李销售", "taken"),
    ]
    assert (
        rows[2]["taken_at"] and rows[2]["rule"]["name"] == "全部" and rows[0]["due_at"] == "2026-11-24T06:12:00+00:00"
    )
    names = {
        who: [each["member"]["name"] for each in getattr(cast, who).get("/assignments")["items"]]
        for who in ("li", "qian", "zhao", "outsider")
    }
    assert names == {"li": ["李销售"], "qian": ["钱外部门"], "zhao": ["王销售", "李销售"], "outsider": []}
    assert cast.qian.get("/assignments")["items"][0]["customer"] is None
    page = cast.admin.get("/assignments", limit=2)
    assert [each["id"] for each in cast.admin.get("/assignments", limit=2, cursor=page["next"])["items"]] == [
        rows[2]["id"]
    ]
    assert [each["id"] for each in cast.admin.get("/assignments", member_id=cast.li.id)["items"]] == [rows[2]["id"]]
    assert cast.admin.get("/assignments", cursor="x").status == 422
    assert unscoped(Customer, "test").get(pk=third).version == 1
