"""Taking over in time, or passing on: once, whatever happens to the worker."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.customers.actions import create_customer
from genjin.lib import moment
from genjin.notify.models import Notice
from genjin.ownership import passing
from genjin.ownership.models import AssignmentRule
from genjin.ownership.tasks import pass_on_the_late
from genjin.ownership.tests.conftest import owner, rule, takeups, tell_everybody, told


def later(hours: float) -> Any:
    return moment.frozen(NOW + timedelta(hours=hours))


def test_told_on_the_list_and_taken_over(cast: Cast, plan: Any, arrive: Any) -> None:
    """R-075, R-167: a line in the inbox, one row with its time, one button."""
    plan(rule("全部", [cast.li.id]))
    pk = arrive("甲公司")
    tell_everybody()
    line = cast.li.get("/inbox")["items"]
    assert [(each["zh"], each["link"]) for each in line] == [
        ("新客户分给你：甲公司（按轮次，从头开始），11月24日 14:12 前接手", f"/customers/{pk}")
    ]
    today = [item for group in cast.li.get("/desk/today")["groups"] for item in group["items"]]
    assert [(each["kind"], each["act"], each["why_detail"]["zh"]) for each in today] == [
        ("takeup", "接手新客户", "新分给你的客户"),
        ("node_limit", "登记来源，判断是不是目标客户，1 天内做第一次联系", "阶段的时限"),
    ]
    item = takeups()[0]
    shown = cast.li.get(f"/customers/{pk}/ownership")["takeup"]
    assert (shown["mine"], shown["due_at"]) == (True, "2026-11-24T06:12:00+00:00")
    by_hand = [
        cast.li.post(f"/agenda/{item.pk}/done", {"version": 1}),
        cast.li.post(f"/agenda/{item.pk}/reschedule", {"version": 1, "due_at": "2026-12-24T06:12:00Z"}),
        cast.li.post(f"/agenda/{item.pk}/assign", {"version": 1, "owner_id": cast.wang.id}),
    ]
    assert [each.status for each in by_hand] == [409, 409, 409]
    assert by_hand[0]["zh"] == "点“接手”或写下第一次跟进，这件事就办完了"
    assert [cast.admin.post(f"/customers/{pk}/take-up").status, cast.wang.post(f"/customers/{pk}/take-up").status] == [
        403,
        404,
    ]
    assert cast.li.post(f"/customers/{pk}/take-up").status == 200
    assert cast.li.post(f"/customers/{pk}/take-up")["zh"] == "已经接手了"
    assert [each["how"] for each in told(pk, "customer.taken_up")] == ["button"]
    with later(5):
        assert (pass_on_the_late(), owner(pk)) == (0, cast.li.id)


@pytest.mark.parametrize("attempt", [True, False])
def test_the_first_contact_takes_it_over(cast: Cast, plan: Any, arrive: Any, good: Any, attempt: bool) -> None:
    plan(rule("全部", [cast.li.id]))
    pk = arrive("甲公司")
    body = {"customer_id": pk, "channel": "phone", "kind": "no_answer", "next_try_at": "2026-11-25T02:00:00Z"}
    answer = (
        cast.li.post("/followups/attempts", body)
        if attempt
        else cast.li.post("/followups", {"customer_id": pk, **good})
    )
    assert answer.status == 201, answer
    assert [each["how"] for each in told(pk, "customer.taken_up")] == ["followup"]
    assert takeups(state="open") == []


def test_a_colleagues_contact_does_not(cast: Cast, plan: Any, arrive: Any, good: Any) -> None:
    plan(rule("全部", [cast.li.id]))
    pk = arrive("甲公司")
    assert cast.zhao.post("/followups", {"customer_id": pk, **good}).status == 201
    assert len(takeups(state="open")) == 1


def test_not_taken_over_it_goes_round_and_back(cast: Cast, plan: Any, arrive: Any) -> None:
    """Next, next, and when all have had it back to whoever assigns; each is told once."""
    plan(rule("全部", [cast.li.id, cast.wang.id]))
    pk = arrive("甲公司")
    with later(3.9):
        assert (pass_on_the_late(), owner(pk)) == (0, cast.li.id)
    with later(4):
        assert (pass_on_the_late(), pass_on_the_late(), owner(pk)) == (1, 0, cast.wang.id)
    assert told(pk)[1]["reason"]["zh"] == "李销售 4 小时没接手；按轮次，上一位李销售"
    with later(8):
        assert (pass_on_the_late(), pass_on_the_late(), owner(pk), takeups()) == (1, 0, None, [])
    (back,) = told(pk, "customer.sent_back")
    assert (back["reason"]["zh"], back["told"]) == ("王销售 4 小时没接手", [cast.zhao.id])
    tell_everybody()
    heard = {
        name: list(Notice.objects.filter(member_id=who.id).order_by("pk").values_list("zh", flat=True))
        for name, who in (("li", cast.li), ("zhao", cast.zhao))
    }
    assert heard["li"][1:] == ["甲公司没有按时接手，已经转走"]
    assert heard["zhao"] == ["退回待分配 甲公司：王销售 4 小时没接手"]
    assert [each["state"] for each in cast.admin.get("/assignments")["items"]] == ["late", "late"]
    assert cast.zhao.get(f"/customers/{pk}").status == 200
    assert cast.li.get(f"/customers/{pk}").status == 404


def test_back_at_once_and_by_hand(cast: Cast, plan: Any, arrive: Any, new_customer: Any) -> None:
    plan(rule("全部", [cast.li.id, cast.wang.id], otherwise="back"))
    ruled, by_hand = arrive("甲公司"), new_customer(cast.zhao, "乙公司")
    cast.zhao.post(
        "/assignments",
        {
            "ids": [by_hand],
            "member_ids": [cast.li.id, cast.wang.id],
            "amount": 4,
            "clock": "hours",
            "otherwise": "next",
        },
    )
    with later(4):
        assert pass_on_the_late() == 2
        assert (owner(ruled), owner(by_hand)) == (None, cast.li.id)
    with later(8):
        assert (pass_on_the_late(), owner(by_hand)) == (1, None)
    assert told(by_hand, "customer.sent_back")[0]["told"] == [cast.zhao.id]


def test_what_the_late_owner_had_open_goes_with_the_customer(cast: Cast, plan: Any, arrive: Any) -> None:
    """R-158, R-167: sent back, his to-dos for it are nobody's; whoever gets it next has them, others keep theirs."""
    plan(rule("全部", [cast.li.id], otherwise="back"))
    pk = arrive("甲公司")
    due = "2026-12-01T02:00:00Z"
    own = cast.li.post("/agenda", {"customer_id": pk, "act": "寄样品", "due_at": due})["id"]
    theirs = cast.zhao.post("/agenda", {"customer_id": pk, "act": "看合同", "due_at": due})["id"]
    done = cast.li.post("/agenda", {"customer_id": pk, "act": "打电话", "due_at": due})["id"]
    elsewhere = cast.li.post("/agenda", {"act": "开会", "due_at": due})["id"]
    cast.li.post(f"/agenda/{done}/done", {"version": 1})
    who = unscoped(AgendaItem, "test").filter(pk__in=[own, theirs, done, elsewhere]).order_by("pk")
    with later(4):
        assert (pass_on_the_late(), owner(pk)) == (1, None)
        assert list(who.values_list("owner_id", flat=True)) == [None, cast.zhao.id, cast.li.id, cast.li.id]
        assert [each["id"] for each in cast.li.get("/agenda")["items"]] == [elsewhere]
        assert own in [each["id"] for each in cast.zhao.get("/agenda", owner="team")["items"]]
        assert cast.zhao.post("/assignments", {"ids": [pk], "member_ids": [cast.wang.id]})["assigned"] == 1
    assert list(who.values_list("owner_id", flat=True)) == [cast.wang.id, cast.zhao.id, cast.li.id, cast.li.id]
    assert own in [each["id"] for each in cast.wang.get("/agenda")["items"]]


def test_a_hand_over_or_a_merge_ends_the_wait(cast: Cast, plan: Any, arrive: Any, new_customer: Any) -> None:
    plan(rule("全部", [cast.li.id]))
    moved, merged, survivor = arrive("甲公司"), arrive("乙公司"), new_customer(cast.wang, "丙公司")
    cast.admin.post("/customers/transfer", {"ids": [moved], "to_member_id": cast.wang.id})
    cast.admin.post("/customers/merge", {"ids": [merged, survivor], "into": survivor})
    assert takeups(state="open") == []
    with later(9):
        assert (pass_on_the_late(), owner(moved)) == (0, cast.wang.id)


def test_a_rule_that_is_gone_sends_back(cast: Cast, plan: Any, arrive: Any) -> None:
    plan(rule("全部", [cast.li.id, cast.wang.id]))
    pk = arrive("甲公司")
    plan(rule("新的", [cast.wang.id]))
    with later(5):
        assert (pass_on_the_late(), owner(pk)) == (1, None)


def test_killed_half_way_nothing_has_happened(cast: Cast, plan: Any, arrive: Any, monkeypatch: Any) -> None:
    """C5: the to-do, the owner and the turn move in one transaction, or none of them."""
    plan(rule("全部", [cast.li.id, cast.wang.id]))
    ids = [arrive(name) for name in ("甲公司", "乙公司", "丙公司")]
    before = ([owner(pk) for pk in ids], AssignmentRule.objects.get().last_member_id, len(takeups()))
    with later(4):
        with monkeypatch.context() as patch:
            patch.setattr(passing, "_send_back", lambda *_: 1 / 0)
            assert pass_on_the_late() == 0
        assert before == ([owner(pk) for pk in ids], AssignmentRule.objects.get().last_member_id, len(takeups()))
        assert (pass_on_the_late(), pass_on_the_late()) == (3, 0)
    assert [owner(pk) for pk in ids] == [cast.wang.id, cast.li.id, cast.wang.id]


@pytest.mark.django_db(transaction=True)
def test_turns_are_fair_when_many_arrive_at_once(request: pytest.FixtureRequest) -> None:
    """R-167: eight programs create customers at the same moment; nobody gets two more than another."""
    if connection.vendor != "postgresql":
        pytest.skip("an SQLite test database lives in one process")
    cast: Cast = request.getfixturevalue("cast")
    plan = request.getfixturevalue("plan")
    plan(rule("全部", [cast.li.id, cast.wang.id, cast.qian.id]))
    start = threading.Barrier(8)
    actor = cast.admin.actor
    faults: list[BaseException] = []

    def work(number: int) -> None:
        try:
            with later(0):
                start.wait(20)
                for turn in range(3):
                    values = {"name": f"第{number}{turn}号同时来的公司", "source": "online"}
                    create_customer(actor, values=values, confirm_duplicate=True, assign="rules")
        except BaseException as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert faults == []
    counts = [len(takeups(owner_id=who.id)) for who in (cast.li, cast.wang, cast.qian)]
    assert counts == [8, 8, 8]


@pytest.mark.django_db(transaction=True)
def test_two_workers_pass_it_on_once(request: pytest.FixtureRequest) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("an SQLite test database lives in one process")
    cast: Cast = request.getfixturevalue("cast")
    request.getfixturevalue("plan")(rule("全部", [cast.li.id, cast.wang.id, cast.qian.id]))
    pk = request.getfixturevalue("arrive")("甲公司")
    start = threading.Barrier(3)
    moved: list[object] = []

    def work() -> None:
        try:
            start.wait(20)
            moved.append(pass_on_the_late())
        finally:
            connection.close()

    with later(4):
        threads = [threading.Thread(target=work) for _ in range(3)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    assert (sorted(moved, key=str), owner(pk), len(told(pk))) == ([0, 0, 1], cast.wang.id, 2)
