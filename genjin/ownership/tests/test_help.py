"""Requests for help: one row for the helper, sight while it is open, an answer that closes it (R-054, R-167)."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import Cast, hire
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Collaborator
from genjin.orgs.models import Department
from genjin.ownership.models import HelpRequest
from genjin.ownership.tests.conftest import tell_everybody

ASK = {"question": "他们的 3 号线用的什么 PLC", "due_at": "2026-11-26T02:00:00Z"}


def items(**conditions: Any) -> list[tuple[int | None, str]]:
    rows = unscoped(AgendaItem, "test").filter(kind="help", deleted_at__isnull=True, **conditions)
    return list(rows.values_list("owner_id", "state"))


def may(request: Any) -> set[str]:
    return {name for name, allowed in request["can"].items() if allowed}


def sharing() -> int:
    return int(unscoped(Collaborator, "test").filter(deleted_at__isnull=True).count())


def test_ask_answer_and_the_sight_is_over(cast: Cast, new_customer: Any) -> None:
    pk = new_customer(cast.li, "甲公司")
    asked = cast.li.post(f"/customers/{pk}/help", {**ASK, "helper_id": cast.qian.id})
    assert asked.status == 201, asked
    assert (cast.qian.get(f"/customers/{pk}").status, items()) == (200, [(cast.qian.id, "open")])
    tell_everybody()
    assert {each["zh"] for each in cast.qian.get("/inbox")["items"]} == {
        "李销售 派给你：甲公司，他们的 3 号线用的什么 PLC，11月26日 前完成",
        "李销售 邀你协作 甲公司：他们的 3 号线用的什么 PLC",
    }
    shown = cast.qian.get(f"/customers/{pk}/ownership")["help"][0]
    assert may(shown) == {"take", "ask_back", "answer", "decline"}
    row = cast.qian.get("/agenda", owner="asked")["items"][0]
    assert (row["kind"], row["source"]) == ("help", {"type": "help", "id": asked["id"]})
    assert cast.qian.post(f"/agenda/{row['id']}/done", {"version": 1})["zh"] == "在求助里回话，这件事就办完了"
    path = f"/help/{asked['id']}/answer"
    refused = [
        cast.li.post(path, {"answer": "我自己答"}),
        cast.wang.post(path, {"answer": "x"}),
        cast.qian.post(path, {"answer": " "}),
    ]
    assert [each.status for each in refused] == [403, 404, 422]
    assert cast.qian.post(path, {"answer": "西门子 S7-1200"}).status == 200
    assert (cast.qian.get(f"/customers/{pk}").status, items(), sharing()) == (404, [(cast.qian.id, "done")], 0)
    tell_everybody()
    assert cast.li.get("/inbox")["items"][0]["zh"] == "钱外部门 回答了你的求助（甲公司）：西门子 S7-1200"
    assert cast.li.get(f"/customers/{pk}/ownership")["help"][0]["answer"] == "西门子 S7-1200"
    assert cast.qian.post(path, {"answer": "再答一次"}).status == 409
    told = [
        each["sentence"]["zh"] for each in cast.li.get(f"/customers/{pk}/timeline")["items"] if each["kind"] == "event"
    ]
    assert {"求助：他们的 3 号线用的什么 PLC", "回答求助：西门子 S7-1200"} <= set(told)


def test_a_department_is_asked_and_the_first_takes_it(cast: Cast, new_customer: Any) -> None:
    pk = new_customer(cast.li, "甲公司")
    department = cast.qian.member.department_id
    asked = cast.li.post(f"/customers/{pk}/help", {**ASK, "department_id": department})["id"]
    assert (cast.qian.get(f"/customers/{pk}").status, items()) == (404, [(None, "open")])
    assert cast.wang.post(f"/help/{asked}/take").status == 404
    assert cast.zhao.post(f"/help/{asked}/take").status == 403
    assert cast.qian.post(f"/help/{asked}/answer", {"answer": "x"}).status == 403
    assert cast.qian.post(f"/help/{asked}/take").status == 200
    assert (cast.qian.get(f"/customers/{pk}").status, items()) == (200, [(cast.qian.id, "open")])
    assert cast.qian.post(f"/help/{asked}/answer", {"answer": "西门子"}).status == 200


def test_who_saw_it_before_sees_it_after(cast: Cast, new_customer: Any) -> None:
    """A collaborator stays one; the second of two requests keeps the sight that the first gave."""
    pk = new_customer(cast.li, "甲公司")
    first, second = (cast.li.post(f"/customers/{pk}/help", {**ASK, "helper_id": cast.qian.id})["id"] for _ in range(2))
    cast.qian.post(f"/help/{first}/answer", {"answer": "一"})
    assert cast.qian.get(f"/customers/{pk}").status == 200
    cast.li.post(f"/help/{second}/withdraw")
    assert (cast.qian.get(f"/customers/{pk}").status, items(state="open")) == (404, [])
    cast.li.post(f"/customers/{pk}/collaborators", {"member_id": cast.qian.id, "why": "一起做方案"})
    third = cast.li.post(f"/customers/{pk}/help", {**ASK, "helper_id": cast.qian.id})["id"]
    cast.qian.post(f"/help/{third}/answer", {"answer": "三"})
    assert cast.qian.get(f"/customers/{pk}").status == 200


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"question": " "}, "写清要问什么"),
        ({"helper_id": None}, "选一位同事，或者一个部门"),
        ({"helper_id": "me"}, "不能向自己求助"),
        ({"helper_id": 10**9}, "这个人不在团队里"),
        ({"helper_id": None, "department_id": 10**9}, "没有这个部门"),
        ({"due_at": "2026-11-23T02:00:00Z"}, "希望的时间已经过了，选以后的"),
    ],
)
def test_refused_questions(cast: Cast, new_customer: Any, change: Any, said: str) -> None:
    pk = new_customer(cast.li, "甲公司")
    body = {**ASK, "helper_id": cast.wang.id, **change}
    body["helper_id"] = cast.li.id if body["helper_id"] == "me" else body["helper_id"]
    answer = cast.li.post(f"/customers/{pk}/help", body)
    assert (answer.status, answer["zh"]) == (422, said)
    assert (unscoped(HelpRequest, "test").count(), sharing(), items()) == (0, 0, [])


def test_strangers_ask_nothing(cast: Cast, new_customer: Any) -> None:
    pk = new_customer(cast.li, "甲公司")
    assert [
        who.post(f"/customers/{pk}/help", {**ASK, "helper_id": cast.wang.id}).status
        for who in (cast.qian, cast.outsider)
    ] == [404, 404]


def test_who_holds_the_customer_takes_back_what_a_former_colleague_asked(cast: Cast, new_customer: Any) -> None:
    pk = new_customer(cast.li, "甲公司")
    asked = cast.zhao.post(f"/customers/{pk}/help", {**ASK, "helper_id": cast.qian.id})["id"]
    refused = cast.qian.post(f"/help/{asked}/withdraw")
    assert (refused.status, refused["message"]) == (403, "由提问的人或客户的负责人撤回")
    assert cast.li.get(f"/customers/{pk}/ownership")["help"][0]["can"]["withdraw"] is True
    assert cast.li.post(f"/help/{asked}/withdraw").status == 200
    assert (cast.qian.get(f"/customers/{pk}").status, items(state="open"), sharing()) == (404, [], 0)


def test_what_one_can_asks_what_one_may(cast: Cast, new_customer: Any) -> None:
    pk = new_customer(cast.li, "甲公司")
    cast.li.post(f"/customers/{pk}/help", {**ASK, "department_id": cast.li.member.department_id})

    def can() -> set[str]:
        return may(cast.li.get(f"/customers/{pk}/ownership")["help"][0])

    assert can() == {"move", "withdraw"}
    role = cast.li.member.grants.get().role
    role.verbs = [each for each in role.verbs if not each.startswith("help.")]
    role.save()
    cast.admin.patch("/organisation", {"name": "青松"})
    assert can() == set()


def test_only_open_requests_are_named_before_a_department_goes(cast: Cast, new_customer: Any) -> None:
    pk = new_customer(cast.li, "甲公司")
    place = cast.admin.post("/departments", {"name": "三部"})["id"]
    empty = cast.li.post(f"/customers/{pk}/help", {**ASK, "department_id": place})
    assert (empty.status, empty["zh"]) == (422, "“三部”里没有别的同事可以接，换一个部门或一位同事")
    hire(cast.org, "孙三", "rep", Department.objects.get(pk=place))
    asked = cast.li.post(f"/customers/{pk}/help", {**ASK, "department_id": place})["id"]
    assert "1 条求助" in cast.admin.delete(f"/departments/{place}")["message"]
    assert cast.li.post(f"/help/{asked}/withdraw").status == 200
    refused = cast.admin.delete(f"/departments/{place}")
    assert (refused.status, "求助" in refused["message"]) == (409, False)


def test_a_merge_takes_the_question_along(cast: Cast, new_customer: Any) -> None:
    gone, kept = new_customer(cast.li, "甲公司"), new_customer(cast.li, "乙公司")
    cast.li.post(f"/customers/{gone}/help", {**ASK, "helper_id": cast.wang.id})
    assert cast.li.post("/customers/merge", {"ids": [gone, kept], "into": kept}).status == 200
    assert [each["question"] for each in cast.li.get(f"/customers/{kept}/ownership")["help"]] == [ASK["question"]]
