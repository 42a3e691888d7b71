"""Requests over HTTP: ask, say yes, no, back, sign, delegate, withdraw, remind (R-105, R-169)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from conftest import NOW, Cast, hire, logged_in
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.approvals.models import Approval, ApprovalStep, Decision
from genjin.approvals.tests.conftest import Flow, people
from genjin.customers.models import Customer
from genjin.history.models import Event
from genjin.lib import moment
from genjin.orgs.models import Department, Membership

Ask = Callable[..., int]
SUPERIOR = {"who": "superior"}


def member(person: Any) -> dict[str, Any]:
    return {"who": "member", "id": person.id}


def todos(pk: int, state: str = "open") -> list[tuple[str, int, int | None]]:
    rows = unscoped(AgendaItem, "test").filter(source_type="approval", source_id=pk, state=state, deleted_at=None)
    return sorted(rows.values_list("kind", "owner_id", "customer_id"))


def standing() -> tuple[Any, ...]:
    """All that a refusal must leave as it is."""
    counted = tuple(unscoped(each, "test").count() for each in (Approval, ApprovalStep, Decision, AgendaItem))
    states = unscoped(ApprovalStep, "test").order_by("pk").values_list("state", "member_id", "position")
    return (Event.objects.count(), counted, list(states), list(unscoped(Approval, "test").values_list("state")))


def refused(person: Any, path: str, body: Any, status: int, zh: str = "", code: str = "") -> None:
    before = standing()
    answer = person.post(path, body)
    assert answer.status == status, answer
    assert zh in answer.body["zh"], answer
    assert not code or answer.body["code"] == code, answer
    assert standing() == before


def test_price_goes_up_to_the_superior_and_is_granted(cast: Cast, flow: Flow, asked: Ask) -> None:
    """R-105: one to-do for the superior with the figures; his yes grants it, the timeline and the log say so."""
    flow(SUPERIOR, fields=["percent"])
    pk = asked(percent=12, amount=50000000)
    request = cast.li.get(f"/approval-requests/{pk}").body
    assert people(request) == [(1, "赵主管", "open")]
    customer = request["subject"]["id"]
    assert todos(pk) == [("approve", cast.zhao.id, customer)]
    (mine,) = cast.zhao.get("/approval-requests").body["items"]
    assert (mine["request"], mine["subject"]["name"]) == (
        {"amount": 50000000, "percent": 12.0, "text": "客户要年框价"}, "甲公司",
    )  # fmt: skip
    assert cast.zhao.get("/approvals/counts")["requests"] == 1
    answer = cast.zhao.post(f"/approval-requests/{pk}/approve", {"note": "行，仅此一次"})
    assert (answer.status, answer["state"]) == (200, "passed")
    assert todos(pk) == [] and cast.zhao.get("/approval-requests")["count"] == 0
    told = [each["zh"] for each in (line.get("text") or line for line in _timeline(cast, customer))]
    assert "审批通过：特价折扣" in told and "申请审批：特价折扣" in told
    names = list(Event.objects.filter(subject_type="approval").order_by("pk").values_list("name", flat=True))
    assert names == ["request.asked", "request.approved", "request.granted"]


def _timeline(cast: Cast, customer: int) -> list[dict[str, Any]]:
    return [each["sentence"] for each in cast.li.get(f"/customers/{customer}/timeline", kind="change")["items"]]


def test_conditions_choose_the_flow_and_leave_steps_out(cast: Cast, flow: Flow, new_customer: Any) -> None:
    """R-105: from an amount on the administrator is asked too; a step is skipped where its condition holds; where no
    flow applies it is granted at once and says so."""
    big = {"field": "ask.amount", "op": "gt", "value": 10000000}
    flow({"by": [SUPERIOR], "skip": {"field": "ask.percent", "op": "lt", "value": 5}}, member(cast.admin), name="大额",
         condition=big)  # fmt: skip
    flow(SUPERIOR, name="普通", condition={"field": "ask.percent", "op": "gte", "value": 5})
    pk = new_customer(cast.li, "甲公司")

    def by(**parts: Any) -> tuple[str, str, list[tuple[int, str, str]]]:
        body = {"subject_id": pk, "purpose": "discount", "text": "年框", **parts}
        shown = cast.li.get(f"/approval-requests/{cast.li.post('/approval-requests', body)['id']}").body
        if shown["state"] == "open":
            assert cast.li.post(f"/approval-requests/{shown['id']}/recall", {}).status == 200
        return shown["flow"], shown["state"], people(shown)

    assert by(amount=20000000, percent=8) == ("大额", "open", [(1, "赵主管", "open"), (2, "管理员", "waiting")])
    assert by(amount=20000000, percent=3) == ("大额", "open", [(1, "", "skipped"), (2, "管理员", "open")])
    assert by(amount=10000000, percent=8) == ("普通", "open", [(1, "赵主管", "open")])
    assert by(amount=10000000, percent=3) == ("", "passed", [])
    last = Event.objects.filter(name="request.granted").latest("pk")
    assert last.data.data["after"]["by_nobody"] is True


def test_side_by_side_all_and_any(cast: Cast, flow: Flow, asked: Ask) -> None:
    """R-169: of an all-step both have to say yes, of an any-step the first is enough and the other's to-do goes."""
    flow({"by": [member(cast.zhao), member(cast.wang)]}, {"by": [member(cast.qian), member(cast.admin)], "need": "any"})
    pk = asked()
    assert cast.wang.post(f"/approval-requests/{pk}/approve", {}).body["state"] == "open"
    assert [each[1] for each in todos(pk)] == [cast.zhao.id]
    refused(cast.qian, f"/approval-requests/{pk}/approve", {}, 409, "还没轮到你批")
    cast.zhao.post(f"/approval-requests/{pk}/approve", {})
    assert [each[1] for each in todos(pk)] == sorted([cast.qian.id, cast.admin.id])
    assert cast.qian.post(f"/approval-requests/{pk}/approve", {}).body["state"] == "passed"
    assert todos(pk) == []
    refused(cast.admin, f"/approval-requests/{pk}/approve", {}, 409, "钱外部门已经处理过了", "decided")


def test_an_approver_sees_the_record_only_while_it_is_with_him(cast: Cast, flow: Flow, asked: Ask) -> None:
    """R-169, R-166: 钱外部门 may not see the customer; the request lends him its facts until he has decided, his to-do
    names nothing; a hidden field stays hidden."""
    flow(member(cast.qian), member(cast.zhao))
    pk = asked()
    customer = cast.li.get(f"/approval-requests/{pk}")["subject"]["id"]
    assert cast.qian.get(f"/customers/{customer}").status == 404
    shown = cast.qian.get(f"/approval-requests/{pk}").body
    assert (shown["subject"]["name"], shown["subject"]["open"]) == ("甲公司", False)
    assert ("source", "展会") in [(each["slug"], each["value"]["zh"]) for each in shown["subject"]["facts"]]
    assert todos(pk) == [("approve", cast.qian.id, None)]
    assert cast.wang.get(f"/approval-requests/{pk}").status == 404
    assert cast.qian.post(f"/approval-requests/{pk}/approve", {"note": "可以"}).status == 200
    assert cast.qian.get(f"/approval-requests/{pk}").status == 404
    (done,) = cast.qian.get("/approval-requests", which="done")["items"]
    assert (done["title"], done["subject"]["name"], done["subject"]["id"], done["request"]) == (
        "特价折扣",
        "",
        None,
        {},
    )
    assert [each["note"] for each in done["said"]] == ["可以"]
    assert cast.outsider.get(f"/approval-requests/{pk}").status == 404


def test_nobody_approves_his_own(cast: Cast, flow: Flow, asked: Ask) -> None:
    """R-175: not as his own superior, not named in the flow, not by delegation, not as a signer: it goes one up, and
    the chain says why."""
    flow(SUPERIOR, member(cast.zhao))
    pk = asked(cast.zhao)
    shown = cast.zhao.get(f"/approval-requests/{pk}").body
    assert [(each["member"]["name"], each["why"], each["chosen_by"]) for each in shown["steps"]] == [
        ("管理员", "nobody", "admin"), ("管理员", "own", "admin"),
    ]  # fmt: skip
    refused(cast.zhao, f"/approval-requests/{pk}/approve", {}, 403)
    refused(cast.admin, f"/approval-requests/{pk}/delegate", {"member_id": cast.zhao.id}, 422, "申请人不能批自己的申请")
    refused(cast.admin, f"/approval-requests/{pk}/signers", {"member_id": cast.zhao.id}, 422, "申请人不能批自己的申请")
    refused(cast.admin, "/approvals/pass", {"ids": [pk]}, 403, "审批流程")
    assert cast.admin.post(f"/approval-requests/{pk}/approve", {}).body["state"] == "passed"


def test_with_nobody_else_nothing_is_asked(cast: Cast, flow: Flow, new_customer: Any) -> None:
    """The only administrator cannot ask himself."""
    flow(member(cast.admin))
    pk = new_customer(cast.admin, "甲公司")
    Membership.objects.filter(pk=cast.zhao.id).update(active=False)
    body = {"subject_id": pk, "purpose": "discount", "text": "年框"}
    refused(cast.admin, "/approval-requests", body, 409, "团队里没有人能批", "nobody")


def test_back_to_a_step_and_to_the_asker(cast: Cast, flow: Flow, asked: Ask) -> None:
    """R-105: an earlier step is asked anew; from the asker it starts over with what he asks for now."""
    flow(SUPERIOR, member(cast.qian), member(cast.admin))
    pk = asked(percent=20)
    for person in (cast.zhao, cast.qian):
        assert person.post(f"/approval-requests/{pk}/approve", {}).status == 200
    assert cast.admin.get(f"/approval-requests/{pk}")["can"]["back_to"] == [1, 2]
    refused(cast.admin, f"/approval-requests/{pk}/send-back", {"position": 3, "why": "？"}, 422, "前面")
    refused(cast.admin, f"/approval-requests/{pk}/send-back", {"position": 1, "why": " "}, 422, "写清原因")
    assert cast.admin.post(f"/approval-requests/{pk}/send-back", {"position": 1, "why": "先和财务对"}).status == 200
    assert people(cast.li.get(f"/approval-requests/{pk}").body) == [
        (1, "赵主管", "open"), (2, "钱外部门", "waiting"), (3, "管理员", "waiting"),
    ]  # fmt: skip
    assert cast.zhao.post(f"/approval-requests/{pk}/send-back", {"why": "折扣太多"}).body["state"] == "returned"
    assert todos(pk) == [("mend", cast.li.id, cast.li.get(f"/approval-requests/{pk}")["subject"]["id"])]
    refused(cast.zhao, f"/approval-requests/{pk}/approve", {}, 409, "已经处理过了")
    refused(cast.wang, f"/approval-requests/{pk}/again", {"percent": 10, "text": "降到 10"}, 404)
    again = cast.li.post(f"/approval-requests/{pk}/again", {"percent": 10, "text": "降到 10"})
    assert (again.status, again["round"], again["state"]) == (200, 2, "open")
    shown = cast.li.get(f"/approval-requests/{pk}").body
    assert shown["request"] == {"percent": 10, "text": "降到 10"} and len(shown["steps"]) == 3
    assert [each["verdict"] for each in shown["said"]] == ["ask", "pass", "pass", "return", "return", "resubmit"]
    assert todos(pk)[0][:2] == ("approve", cast.zhao.id)


def test_refusing_needs_a_reason_and_ends_it(cast: Cast, flow: Flow, asked: Ask) -> None:
    flow(SUPERIOR, member(cast.admin))
    pk = asked()
    refused(cast.zhao, f"/approval-requests/{pk}/refuse", {"why": ""}, 422, "写清原因")
    assert cast.zhao.post(f"/approval-requests/{pk}/refuse", {"why": "毛利不够"}).body["state"] == "refused"
    assert todos(pk) == []
    assert people(cast.li.get(f"/approval-requests/{pk}").body) == [(1, "赵主管", "refused"), (2, "管理员", "skipped")]
    refused(cast.admin, f"/approval-requests/{pk}/approve", {}, 409, "赵主管已经处理过了")
    refused(cast.li, f"/approval-requests/{pk}/recall", {}, 409, "已经有结果")


def test_signers_before_and_after(cast: Cast, flow: Flow, asked: Ask) -> None:
    flow(SUPERIOR)
    pk = asked()
    assert cast.zhao.post(f"/approval-requests/{pk}/signers", {"member_id": cast.qian.id, "before": True}).status == 200
    assert people(cast.li.get(f"/approval-requests/{pk}").body) == [(1, "钱外部门", "open"), (2, "赵主管", "waiting")]
    refused(cast.zhao, f"/approval-requests/{pk}/approve", {}, 409, "还没轮到你批")
    cast.qian.post(f"/approval-requests/{pk}/approve", {})
    refused(cast.zhao, f"/approval-requests/{pk}/signers", {"member_id": cast.qian.id}, 422, "已经在这条审批里")
    cast.zhao.post(f"/approval-requests/{pk}/signers", {"member_id": cast.admin.id, "before": False})
    assert cast.zhao.post(f"/approval-requests/{pk}/approve", {}).body["state"] == "open"
    assert cast.admin.post(f"/approval-requests/{pk}/approve", {}).body["state"] == "passed"


def test_delegating_once_and_while_away(cast: Cast, flow: Flow, asked: Ask) -> None:
    """The stand-in gets what comes and what lies there; never what he has asked for himself."""
    flow(SUPERIOR)
    first = asked()
    assert (
        cast.zhao.post(f"/approval-requests/{first}/delegate", {"member_id": cast.wang.id, "why": "你熟"}).status == 200
    )
    refused(cast.zhao, f"/approval-requests/{first}/approve", {}, 409)
    assert cast.wang.post(f"/approval-requests/{first}/approve", {}).body["state"] == "passed"
    second = asked()
    until = str((NOW + timedelta(days=3)).date())
    named = cast.zhao.put("/approval-requests/stand-in", {"delegate_id": cast.wang.id, "until": until})
    assert named.body == {"delegate_id": cast.wang.id, "moved": 1}
    (link,) = cast.li.get(f"/approval-requests/{second}")["steps"]
    assert (link["member"]["name"], link["why"], link["instead"]) == ("王销售", "away", "赵主管")
    of_wang = asked(cast.wang)
    assert people(cast.wang.get(f"/approval-requests/{of_wang}").body) == [(1, "赵主管", "open")]
    assert cast.zhao.put("/approval-requests/stand-in", {}).body["delegate_id"] is None
    assert people(cast.li.get(f"/approval-requests/{asked()}").body) == [(1, "赵主管", "open")]
    bad = cast.zhao.put("/approval-requests/stand-in", {"delegate_id": cast.wang.id, "until": "2020-01-01"})
    assert (bad.status, bad.body["field"]) == (422, "until")


def test_an_approver_who_leaves(cast: Cast, flow: Flow, asked: Ask) -> None:
    """What waits for him goes to the next one up at that moment, open or not yet, and the chain says so."""
    boss = logged_in(hire(cast.org, "孙经理", "supervisor", Department.objects.get(name="销售一部")))
    flow(member(boss), member(cast.admin), member(boss))
    pk = asked()
    answer = cast.admin.patch(f"/members/{boss.id}", {"active": False})
    assert answer.status == 200, answer
    shown = cast.li.get(f"/approval-requests/{pk}").body
    assert [(each["member"]["name"], each["state"], each["why"], each["instead"]) for each in shown["steps"]] == [
        ("赵主管", "open", "left", "孙经理"), ("管理员", "waiting", "", ""), ("赵主管", "waiting", "left", "孙经理"),
    ]  # fmt: skip
    assert [each[:2] for each in todos(pk)] == [("approve", cast.zhao.id)]
    assert Event.objects.filter(name="request.handed_up").count() == 1


def test_withdrawing_and_reminding(cast: Cast, flow: Flow, asked: Ask) -> None:
    """At most one reminder an hour; whoever asked may withdraw, nobody else."""
    flow(SUPERIOR)
    pk = asked()
    refused(cast.zhao, f"/approval-requests/{pk}/remind", {}, 403, "由申请人来做")
    refused(cast.zhao, f"/approval-requests/{pk}/recall", {}, 403, "由申请人来做")
    assert cast.li.post(f"/approval-requests/{pk}/remind", {}).status == 200
    refused(cast.li, f"/approval-requests/{pk}/remind", {}, 409, "一小时内催过了", "too_soon")
    with moment.frozen(NOW + timedelta(hours=1)):
        assert cast.li.post(f"/approval-requests/{pk}/remind", {}).status == 200
    assert cast.li.post(f"/approval-requests/{pk}/recall", {"why": "客户接受原价"}).body["state"] == "withdrawn"
    assert todos(pk) == []
    refused(cast.zhao, f"/approval-requests/{pk}/approve", {}, 409, "李销售已经处理过了")


def test_a_change_of_the_record(cast: Cast, flow: Flow, asked: Ask) -> None:
    """A watched field starts anew what is being decided and makes what was allowed lapse; another changes nothing."""
    flow(member(cast.qian), SUPERIOR, watch=["amount"])
    pk = asked()
    customer = cast.li.get(f"/approval-requests/{pk}")["subject"]["id"]
    seen = cast.qian.get(f"/approval-requests/{pk}")["subject"]["version"]
    assert cast.li.patch(f"/customers/{customer}", {"version": seen, "region": "江苏"}).status == 200
    refused(cast.qian, f"/approval-requests/{pk}/approve", {"seen": seen}, 409, "刚改过", "changed")
    assert cast.qian.post(f"/approval-requests/{pk}/approve", {"seen": seen + 1}).status == 200
    cast.li.patch(f"/customers/{customer}", {"version": seen + 1, "amount": 990000})
    assert people(cast.li.get(f"/approval-requests/{pk}").body) == [(1, "钱外部门", "open"), (2, "赵主管", "waiting")]
    cast.qian.post(f"/approval-requests/{pk}/approve", {})
    cast.zhao.post(f"/approval-requests/{pk}/approve", {})
    version = cast.li.get(f"/approval-requests/{pk}")["subject"]["version"]
    cast.li.patch(f"/customers/{customer}", {"version": version, "region": "浙江"})
    assert cast.li.get(f"/approval-requests/{pk}")["state"] == "passed"
    cast.li.patch(f"/customers/{customer}", {"version": version + 1, "amount": 880000})
    assert cast.li.get(f"/approval-requests/{pk}")["state"] == "lapsed"


def test_what_is_asked_for_is_demanded(cast: Cast, flow: Flow, new_customer: Any, asked: Ask) -> None:
    """Figures that the flow asks for, a reason, a purpose with a flow, one pending at a time, only on what is mine."""
    flow(SUPERIOR, fields=["percent", "days"])
    pk = new_customer(cast.li, "甲公司")
    ask = {"subject_id": pk, "purpose": "discount", "percent": 5, "days": 30, "text": "年框"}
    refused(cast.li, "/approval-requests", {**ask, "percent": None}, 422, "折扣没有填")
    refused(cast.li, "/approval-requests", {**ask, "text": " "}, 422, "写清为什么")
    refused(cast.li, "/approval-requests", {**ask, "purpose": "terms"}, 422, "还没有审批流程")
    refused(cast.li, "/approval-requests", {**ask, "purpose": "nothing"}, 422, "选一个审批事项")
    refused(cast.li, "/approval-requests", {**ask, "percent": 101}, 422)
    refused(cast.li, "/approval-requests", {**ask, "subject_type": "followup"}, 404)
    refused(cast.wang, "/approval-requests", ask, 404)
    assert cast.li.post("/approval-requests", ask).status == 201
    refused(cast.li, "/approval-requests", ask, 409, "已经在审批", "pending")
    assert cast.li.get(f"/approval-requests/of/customer/{pk}")["purposes"] == [
        {"key": "discount", "zh": "特价折扣", "en": "Special price", "fields": ["percent", "days"]}
    ]
    assert cast.wang.get(f"/approval-requests/of/customer/{pk}").status == 404


def test_only_the_roles_that_the_flow_names_may_ask(cast: Cast, flow: Flow, new_customer: Any) -> None:
    flow(member(cast.admin), starters=["supervisor"])
    pk = new_customer(cast.li, "甲公司")
    ask = {"subject_id": pk, "purpose": "discount", "text": "年框"}
    refused(cast.li, "/approval-requests", ask, 403, "你的角色不能申请")
    assert cast.li.get(f"/approval-requests/of/customer/{pk}")["purposes"] == []
    assert cast.zhao.post("/approval-requests", ask).status == 201


def test_with_its_customer_a_request_goes(cast: Cast, flow: Flow, asked: Ask) -> None:
    flow(SUPERIOR, member(cast.admin))
    pk = asked()
    customer = unscoped(Customer, "test").get()
    assert cast.zhao.post("/customers/delete", {"ids": [customer.pk]}).status == 200
    found = unscoped(Approval, "test").get(pk=pk)
    assert (found.state, todos(pk)) == ("withdrawn", [])
    assert set(unscoped(ApprovalStep, "test").values_list("state", flat=True)) == {"skipped"}


@pytest.mark.parametrize("verb", ["approve", "refuse", "send-back", "signers", "delegate", "recall", "again", "remind"])
def test_a_stranger_learns_of_nothing(cast: Cast, flow: Flow, asked: Ask, verb: str) -> None:
    """R-166: not visible is not there, for each verb."""
    flow(SUPERIOR)
    pk = asked()
    body = {"refuse": {"why": "x"}, "send-back": {"why": "x"}, "signers": {"member_id": cast.wang.id},
            "delegate": {"member_id": cast.wang.id}, "again": {"text": "x"}}.get(verb, {})  # fmt: skip
    for person in (cast.wang, cast.qian, cast.outsider):
        refused(person, f"/approval-requests/{pk}/{verb}", body, 404)
