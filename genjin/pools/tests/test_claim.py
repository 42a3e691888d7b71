"""Claiming and putting back: caps, cool-down, history, what is told before, and who sees nothing (R-158, R-167)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.lib import moment
from genjin.pools.tasks import return_the_untouched
from genjin.pools.tests.conftest import WHY, lying, row, said, stays, wait_for_a_verdict, where

pytestmark = pytest.mark.django_db
ALL = {"name": "公海"}


def back(person: Any, *ids: int, **more: Any) -> Any:
    return person.post("/pools/put-back", {"ids": list(ids), "why": WHY, **more})


def claim(person: Any, pk: int, **body: Any) -> Any:
    return person.post(f"/pools/customers/{pk}/claim", body)


def claims(pk: int) -> list[tuple[int | None, str]]:
    rows = unscoped(AgendaItem, "test").filter(customer_id=pk, kind="claim", deleted_at__isnull=True)
    return list(rows.values_list("owner_id", "state"))


def test_put_back_and_claimed_with_all_that_hangs_on_it(cast: Cast, plan: Any, hold: Any, good: Any) -> None:
    """R-158: the customer goes as a whole; open promises wait in the pool and go to whoever claims it."""
    assert plan(ALL).status == 200
    pk = hold(cast.li, "甲公司")
    assert cast.li.post("/followups", {"customer_id": pk, **good, "contact_at": "2026-11-24T01:00:00Z"}).status == 201
    assert back(cast.li, pk)["returned"] == 1
    assert (where(pk), lying(cast.wang)) == ((None, True), ["甲公司"])
    assert cast.wang.get(f"/customers/{pk}").status == 404
    answer = claim(cast.wang, pk)
    assert (answer.status, answer["due_at"]) == (200, "2026-11-27T10:00:00Z")
    assert (where(pk), lying(cast.wang)) == ((cast.wang.id, False), [])
    page = cast.wang.get(f"/customers/{pk}").body
    assert [each["owner"]["id"] for each in page["agenda"] if each["kind"] == "next_step"] == [cast.wang.id]
    sentences = [each["sentence"]["zh"] for each in page["timeline"]["items"] if "sentence" in each]
    assert sentences[:2] == ["王销售 从公海“公海”领取", "回到公海“公海”：主动退回"]
    assert stays(pk) == [("hand", cast.li.id, "claimed", cast.wang.id)]
    history = cast.wang.get(f"/customers/{pk}/pools")["items"]
    assert [(each["former"], each["taker"], each["why"]) for each in history] == [("李销售", "王销售", WHY)]


def test_the_second_is_told_who_was_first(cast: Cast, plan: Any, hold: Any) -> None:
    plan(ALL)
    pk = hold(cast.zhao, "甲公司")
    back(cast.zhao, pk)
    assert claim(cast.li, pk).status == 200
    late = claim(cast.wang, pk)
    assert (late.status, late["code"], late["zh"]) == (409, "taken", "李销售先一步领走了这家")
    assert late["by"] == {"id": cast.li.id, "name": "李销售"}
    with moment.frozen(NOW + timedelta(days=2)):
        assert claim(cast.wang, pk).status == 404


def test_the_former_owner_waits_out_his_cool_down(cast: Cast, plan: Any, hold: Any) -> None:
    """Nor is a colleague who takes it and puts it back a way around."""
    plan({**ALL, "cooldown_days": 10})
    pk = hold(cast.li, "甲公司")
    back(cast.li, pk)
    refused = claim(cast.li, pk)
    assert (refused.status, refused["code"]) == (409, "cooling")
    assert refused["zh"] == "这家不久前还是你的，12月4日起才能再领"
    (item,) = cast.li.get("/pools/customers")["items"]
    assert (item["cool_until"], item["mine"]) == ("2026-12-04T02:12:00+00:00", True)
    assert claim(cast.wang, pk).status == 200
    back(cast.wang, pk)
    assert claim(cast.li, pk)["code"] == "cooling"
    with moment.frozen(NOW + timedelta(days=10, minutes=1)):
        assert claim(cast.li, pk).status == 200


def test_caps_of_a_day_of_what_is_held_and_of_what_was_never_contacted(cast: Cast, plan: Any, hold: Any) -> None:
    ids = [hold(cast.zhao, name) for name in ("甲公司", "乙公司", "丙公司", "丁公司")]
    plan(ALL, claims_a_day=2)
    back(cast.zhao, *ids)
    assert [claim(cast.li, pk).status for pk in ids[:2]] == [200, 200]
    full = claim(cast.li, ids[2])
    assert (full.status, full["code"], full["zh"]) == (409, "cap", "今天已经领了 2 家，明天 0 点恢复")
    caps = cast.li.get("/pools")["caps"]
    assert (caps["today"], caps["held"]["used"], caps["untouched"]["used"]) == ({"used": 2, "most": 2}, 2, 2)
    assert (caps["first"]["name"], caps["first"]["due_at"]) == ("甲公司", "2026-11-27T10:00:00+00:00")
    plan(ALL, most_untouched=2)
    assert claim(cast.li, ids[2])["zh"] == "领来的有 2 家还没联系过，先联系再领"
    plan(ALL, most_held=2)
    assert claim(cast.li, ids[2])["zh"] == "名下已有 2 家（成交的不算），先退回或转走几家再领"
    row(ids[0]).update(life_cycle="signed")
    assert claim(cast.li, ids[2]).status == 200
    assert [where(pk)[0] for pk in ids] == [cast.li.id, cast.li.id, cast.li.id, None]


def test_a_day_later_the_cap_of_the_day_is_empty(cast: Cast, plan: Any, hold: Any) -> None:
    ids = [hold(cast.zhao, "甲公司"), hold(cast.zhao, "乙公司")]
    plan(ALL, claims_a_day=1)
    back(cast.zhao, *ids)
    assert [claim(cast.li, pk).status for pk in ids] == [200, 409]
    with moment.frozen(NOW + timedelta(hours=14)):  # 00:12 of the next day in Shanghai
        assert claim(cast.li, ids[1]).status == 200


def test_without_a_first_contact_it_goes_back(cast: Cast, plan: Any, hold: Any) -> None:
    """Three working days; reminded by the agenda; an attempt is not enough, a contact is."""
    plan({**ALL, "first_workdays": 3})
    first, second = hold(cast.zhao, "甲公司"), hold(cast.zhao, "乙公司")
    back(cast.zhao, first, second)
    assert [claim(cast.li, pk).status for pk in (first, second)] == [200, 200]
    tried = {"customer_id": first, "channel": "phone", "kind": "no_answer", "next_try_at": "2026-11-25T02:00:00Z"}
    assert cast.li.post("/followups/attempts", tried).status == 201
    assert claims(first) == [(cast.li.id, "open")]
    item = unscoped(AgendaItem, "test").get(customer_id=first, kind="claim")
    ticked = cast.li.post(f"/agenda/{item.pk}/done", {"version": item.version})
    assert (ticked.status, ticked["code"]) == (409, "settled_elsewhere")
    with moment.frozen(NOW + timedelta(days=3, hours=7)):
        assert return_the_untouched() == 0
    with moment.frozen(NOW + timedelta(days=3, hours=8)):
        assert (return_the_untouched(), return_the_untouched()) == (2, 0)
    assert stays(first)[-1] == ("untouched", cast.li.id, "", None)
    assert said(first, "customer.sent_back")[-1]["reason"]["zh"] == "领取后没首联"
    assert claims(first) == []


def test_the_first_contact_keeps_it(cast: Cast, plan: Any, hold: Any, good: Any) -> None:
    plan(ALL)
    pk = hold(cast.zhao, "甲公司")
    back(cast.zhao, pk)
    claim(cast.li, pk, first_at="2026-11-25T02:00:00Z", precision="minute")
    assert [each["act"] for each in cast.li.get(f"/customers/{pk}")["agenda"]] == ["首次联系"]
    assert {each["kind"] for each in cast.li.get("/agenda")["items"]} == {"next_step", "claim", "node_limit"}
    assert cast.li.post("/followups", {"customer_id": pk, **good, "contact_at": "2026-11-24T02:00:00Z"}).status == 201
    assert claims(pk) == [(cast.li.id, "done")]
    with moment.frozen(NOW + timedelta(days=9)):
        assert return_the_untouched() == 0
    assert where(pk) == (cast.li.id, False)


def test_a_class_that_the_supervisor_gives_out(cast: Cast, plan: Any, hold: Any) -> None:
    plan({**ALL, "ask_classes": ["A"]})
    pk = hold(cast.zhao, "甲公司", intent_class="A")
    back(cast.zhao, pk)
    refused = claim(cast.li, pk)
    assert (refused.status, refused["code"]) == (403, "ask")
    assert cast.li.get("/pools/customers")["items"][0]["asks"] is True
    asked = cast.li.post(f"/pools/customers/{pk}/ask", {"why": "他们老板是我同学"})
    assert (asked.status, asked["asked"]) == (200, "赵主管")
    again = cast.li.post(f"/pools/customers/{pk}/ask", {})
    assert (again.status, again["zh"]) == (409, "已经申请过了，等主管回话")
    todo = unscoped(AgendaItem, "test").get(source_type="pool", source_id=pk)
    assert (todo.owner_id, todo.act) == (cast.zhao.id, "李销售申请从公海领取这家，同意就分给他：他们老板是我同学")
    given = cast.zhao.post("/assignments", {"ids": [pk], "member_ids": [cast.li.id]})
    assert (given.status, where(pk)) == (200, (cast.li.id, False))
    assert stays(pk)[-1][2:] == ("assigned", cast.li.id)
    assert unscoped(AgendaItem, "test").get(pk=todo.pk).state == "done"


def test_putting_back_is_undone_as_a_whole(cast: Cast, plan: Any, hold: Any) -> None:
    plan(ALL)
    pk = hold(cast.li, "甲公司")
    batch = back(cast.li, pk)["batch"]
    assert cast.li.post("/batches/undo", {"batch": batch})["back"] >= 1
    assert (where(pk), stays(pk)) == ((cast.li.id, False), [("hand", cast.li.id, "undone", cast.li.id)])
    batch = back(cast.li, pk)["batch"]
    claim(cast.wang, pk)
    cast.li.post("/batches/undo", {"batch": batch})
    assert where(pk) == (cast.wang.id, False)


def test_an_undone_assignment_from_the_pool_lies_there_again(cast: Cast, plan: Any, hold: Any) -> None:
    plan(ALL)
    pk = hold(cast.zhao, "甲公司")
    back(cast.zhao, pk)
    batch = cast.zhao.post("/assignments", {"ids": [pk], "member_ids": [cast.li.id]})["batch"]
    cast.zhao.post("/batches/undo", {"batch": batch})
    assert (where(pk), lying(cast.wang)) == ((None, True), ["甲公司"])
    given = cast.zhao.post("/assignments", {"ids": [pk], "member_ids": [cast.li.id]})["batch"]
    cast.zhao.post("/customers/transfer", {"ids": [pk], "to_member_id": cast.wang.id})
    answer = cast.zhao.post("/batches/undo", {"batch": given})
    assert (answer.status, where(pk)) == (200, (cast.wang.id, False))


REFUSED = [
    ({"why": " "}, "写一句为什么退回，下一个人好接着跟"),
    ({"pool_id": 10**9}, "没有这个公海"),
]


@pytest.mark.parametrize(("body", "words"), REFUSED, ids=["no reason", "no pool"])
def test_put_back_refuses_and_changes_nothing(cast: Cast, plan: Any, hold: Any, body: Any, words: str) -> None:
    plan(ALL)
    pk = hold(cast.li, "甲公司")
    answer = back(cast.li, pk, **body)
    assert (answer.status, answer["zh"], where(pk)) == (422, words, (cast.li.id, False))


def test_never_with_an_open_approval_or_objection(cast: Cast, plan: Any, hold: Any) -> None:
    plan(ALL)
    pk = hold(cast.li, "甲公司")
    objection = cast.li.post(f"/customers/{pk}/objections", {"kind": "other", "text": "不支持离线"})["id"]
    answer = back(cast.li, pk)
    assert (answer.status, answer["zh"]) == (422, "甲公司 现在不能退回：有异议没答复")
    cast.li.post(f"/objections/{objection}/answer", {"answer": "下月支持"})
    fresh = hold(cast.li, "乙公司")
    wait_for_a_verdict(fresh)
    answer = back(cast.li, pk, fresh)
    assert (answer.status, answer["zh"]) == (422, "乙公司 现在不能退回：有审批没办完")
    assert (where(pk), where(fresh)) == ((cast.li.id, False), (cast.li.id, False))


def test_a_foreign_teams_pool_is_not_there(cast: Cast, plan: Any, hold: Any) -> None:
    """The canary: a department's pool, and another organisation's, on every path (R-166)."""
    place = cast.li.member.department_id
    assert plan({"name": "一部", "department_ids": [place]}).status == 200
    pk = hold(cast.li, "金丝雀公司")
    back(cast.li, pk)
    for person in (cast.qian, cast.outsider):
        for path in ("/pools", "/pools/customers", "/pools/customers?q=金丝雀", f"/pools/customers/{pk}"):
            assert "金丝雀" not in person.get(path).text.decode()
        assert person.get("/pools")["total"] == 0
        assert person.get(f"/pools/customers/{pk}").status == 404
        assert claim(person, pk).status == 404
    assert (lying(cast.wang, q="金丝雀"), lying(cast.admin)) == (["金丝雀公司"], ["金丝雀公司"])
    assert where(pk) == (None, True)
    assert "金丝雀" not in cast.outsider.get("/pools/customers").text.decode()
    theirs = hold(cast.qian, "别的部门公司")
    answer = back(cast.qian, theirs)
    assert (answer.status, answer["zh"]) == (422, "没有公海收 别的部门公司，找管理员看规则")


def test_the_story_is_told_before_and_numbers_are_not(cast: Cast, plan: Any, hold: Any, good: Any) -> None:
    plan(ALL)
    pk = hold(cast.li, "甲公司", amount=600_000)
    record = {**good, "objections": [{"kind": "delivery", "text": "交期 60 天太久", "answer": "可以分批"}]}
    assert cast.li.post("/followups", {"customer_id": pk, **record, "contact_at": "2026-11-24T01:00:00Z"}).status == 201
    back(cast.li, pk)
    told = cast.wang.get(f"/pools/customers/{pk}").body
    assert "13812340001" not in str(told) and "13812340001" not in str(cast.wang.get("/pools/customers").body)
    assert told["people"][0]["phone"] == "138****0001"
    assert [each["text"] for each in told["sticking"]] == ["交期 60 天太久"]
    assert [each["act"] for each in told["promised"]] == [each["act"] for each in _steps(good)]
    assert [each["by"] for each in told["talks"]] == ["李销售"]
    assert told["customer"]["amount"] == 600_000
    assert {"zh": "预计金额", "en": "Amount"} in told["known"]
    assert (told["customer"]["terms"]["first_workdays"], told["customer"]["reason"]["zh"]) == (3, "主动退回")


def _steps(good: dict[str, Any]) -> list[dict[str, Any]]:
    return list(good.get("next_steps", []))
