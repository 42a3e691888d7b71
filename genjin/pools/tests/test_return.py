"""What the night does by the rules: warned first, returned then, and who is never (R-167)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.agenda import ladders
from genjin.agenda.climbing import climb_all
from genjin.agenda.ladder_rules import Ladder, Rung
from genjin.approvals.models import Approval
from genjin.history.models import Event
from genjin.lib import moment
from genjin.notify.followers import tell
from genjin.notify.models import Notice
from genjin.pools.tests.conftest import lying, night, row, said, stays, wait_for_a_verdict, where

pytestmark = pytest.mark.django_db
EACH = [("contact", "30 天没联系"), ("progress", "30 天没进展"), ("unsigned", "30 天没成交")]


@pytest.mark.parametrize(("key", "words"), EACH, ids=[each[0] for each in EACH])
def test_each_rule_warns_and_then_returns(cast: Cast, plan: Any, hold: Any, key: str, words: str) -> None:
    assert plan({"name": "公海", f"days_{key}": 30, "warn_days": 3}).status == 200
    late, fresh = hold(cast.li, "甲公司", days=29), hold(cast.li, "乙公司", days=26)
    assert night(cast) == {"returned": 0, "warned": 1}
    assert (row(late).get().returns_on, row(fresh).get().returns_on) == (date(2026, 11, 27), None)
    assert said(late, "customer.pool_warned")[0]["reason"]["zh"] == words
    with moment.frozen(NOW + timedelta(days=2)):
        assert night(cast)["returned"] == 0
    with moment.frozen(NOW + timedelta(days=3)):
        assert night(cast)["returned"] == 1
    assert (where(late), stays(late)) == ((None, True), [(key, cast.li.id, "", None)])
    assert where(fresh) == (cast.li.id, False)


def test_both_are_told_to_the_owner(cast: Cast, plan: Any, hold: Any) -> None:
    plan({"name": "公海", "days_contact": 30})
    for name in ("甲公司", "乙公司"):
        hold(cast.li, name, days=40)
    night(cast)
    with moment.frozen(NOW + timedelta(days=3)):
        night(cast)
        tell(list(Event.objects.select_related("data").order_by("id")))
    lines = list(Notice.objects.filter(member=cast.li.member, once__startswith="pool:").order_by("id"))
    assert [each.zh for each in lines] == [
        "甲公司 等 2 家11月27日回公海：30 天没联系。联系上、有进展就留下",
        "甲公司 等 2 家回了公海：30 天没联系",
    ]


def test_a_contact_in_time_keeps_it(cast: Cast, plan: Any, hold: Any, good: Any) -> None:
    plan({"name": "公海", "days_contact": 30})
    pk = hold(cast.li, "甲公司", days=40)
    night(cast)
    assert cast.li.post("/followups", {"customer_id": pk, **good, "contact_at": "2026-11-24T02:00:00Z"}).status == 201
    with moment.frozen(NOW + timedelta(days=3)):
        assert night(cast) == {"returned": 0, "warned": 0}
    assert (where(pk), row(pk).get().returns_on) == ((cast.li.id, False), None)


NEVER: list[tuple[str, dict[str, Any]]] = [
    ("won", {"life_cycle": "signed"}),
    ("kept", {"life_cycle": "maintained"}),
    ("lost", {"life_cycle": "lost"}),
    ("resting", {"paused": True}),
    ("new to its owner", {"owned_at": NOW - timedelta(days=5)}),
]


@pytest.mark.parametrize(("_what", "columns"), NEVER, ids=[each[0] for each in NEVER])
def test_never_returned(cast: Cast, plan: Any, hold: Any, _what: str, columns: Any) -> None:
    plan({"name": "公海", "days_contact": 30, "days_progress": 30, "days_unsigned": 30, "warn_days": 0})
    pk = hold(cast.li, "甲公司", days=400)
    row(pk).update(**columns)
    night(cast)
    assert where(pk) == (cast.li.id, False)


def test_held_back_by_an_objection_and_by_an_approval(cast: Cast, plan: Any, hold: Any) -> None:
    plan({"name": "公海", "days_contact": 30, "warn_days": 0})
    spoken, asked = hold(cast.li, "甲公司", days=40), hold(cast.li, "乙公司", days=40)
    objection = cast.li.post(f"/customers/{spoken}/objections", {"kind": "other", "text": "不支持离线"})["id"]
    wait_for_a_verdict(asked)
    assert night(cast).get("returned", 0) == 0
    assert (where(spoken), where(asked)) == ((cast.li.id, False), (cast.li.id, False))
    cast.li.post(f"/objections/{objection}/answer", {"answer": "下月支持"})
    unscoped(Approval, "test").filter(customer_id=asked).update(state="passed")
    assert night(cast)["returned"] == 2


def test_the_first_pool_that_takes_a_customer_does(cast: Cast, plan: Any, hold: Any) -> None:
    """Conditions in the one filter language; the stricter rule of a later pool does not reach it."""
    south = {"field": "region", "op": "starts", "value": "广东"}
    answer = plan(
        {"name": "华南", "condition": south, "days_contact": 90, "warn_days": 0},
        {"name": "其余", "days_contact": 30, "warn_days": 0},
    )
    assert answer.status == 200, answer
    kept, old = hold(cast.li, "甲公司", days=40), hold(cast.li, "乙公司", days=95)
    hold(cast.li, "丙公司", days=40)
    row(kept).update(region="广东省广州市")
    row(old).update(region="广东省深圳市")
    assert night(cast)["returned"] == 2
    assert where(kept) == (cast.li.id, False)
    pools = {each["name"]: each["pool"]["name"] for each in cast.wang.get("/pools/customers")["items"]}
    assert pools == {"乙公司": "华南", "丙公司": "其余"}
    only = cast.wang.get("/pools/customers", filter='{"field": "region", "op": "empty"}')
    assert [each["name"] for each in only["items"]] == ["丙公司"]
    assert lying(cast.wang, key="contact", pool_id=pools and cast.wang.get("/pools")["pools"][0]["id"]) == ["乙公司"]


def test_three_days_without_a_worker_warn_nobody_away(cast: Cast, plan: Any, hold: Any) -> None:
    """C5: it runs once, the warning comes first, nothing is done twice."""
    plan({"name": "公海", "days_contact": 30})
    pk = hold(cast.li, "甲公司", days=28)
    with moment.frozen(NOW + timedelta(days=6)):
        assert [night(cast), night(cast)] == [{"returned": 0, "warned": 1}, {"returned": 0, "warned": 0}]
        assert row(pk).get().returns_on == date(2026, 12, 3)
    with moment.frozen(NOW + timedelta(days=9)):
        assert [night(cast)["returned"], night(cast).get("returned", 0)] == [1, 0]
    assert len(said(pk, "customer.pool_warned")) == 1


def test_what_rules_would_do_is_said_before(cast: Cast, plan: Any, hold: Any) -> None:
    for name in ("甲公司", "乙公司"):
        hold(cast.li, name, days=40)
    hold(cast.wang, "丙公司", days=10)
    body = {"pools": [{"name": "公海", "days_contact": 30}]}
    told = cast.admin.post("/pools/rules/preview", body).body
    assert (told["tonight"], told["warned"], told["people"]) == (
        0, 2, [{"id": cast.li.id, "name": "李销售", "count": 2}]
    )  # fmt: skip
    body["pools"][0]["warn_days"] = 0
    assert cast.admin.post("/pools/rules/preview", body)["tonight"] == 2
    assert cast.li.post("/pools/rules/preview", body).status == 403


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("unknown field", {"condition": {"field": "colour", "op": "eq", "value": "red"}}, "没有“colour”这个可筛选的字段"),
    ("unknown option", {"condition": {"field": "source", "op": "eq", "value": "moon"}},
     "“客户来源”没有“moon”这个选项，或者已停用"),
    ("no department", {"department_ids": [10**9]}, "部门不在团队里"),
    ("no class", {"ask_classes": ["Z"]}, "没有“Z”这个意向等级"),
]  # fmt: skip


@pytest.mark.parametrize(("_what", "change", "words"), BAD, ids=[each[0] for each in BAD])
def test_a_bad_pool_is_refused_by_its_place(cast: Cast, plan: Any, _what: str, change: Any, words: str) -> None:
    plan({"name": "华南"})
    answer = plan({"name": "华南", **change})
    assert (answer.status, answer["zh"], answer["field"]) == (422, f"第 1 个公海“华南”：{words}", "pools.0")
    assert cast.admin.get("/pools/rules")["version"] == 1


def test_rules_are_changed_by_one_at_a_time_and_a_full_pool_stays(cast: Cast, plan: Any, hold: Any) -> None:
    plan({"name": "公海"})
    pk = hold(cast.zhao, "甲公司")
    cast.zhao.post("/pools/put-back", {"ids": [pk], "why": "不做了"})
    stale = cast.admin.put("/pools/rules", {"version": 0, "pools": []})
    assert (stale.status, stale["zh"]) == (409, "刚有人改过公海规则，看过再改")
    full = cast.admin.put("/pools/rules", {"version": 1, "pools": []})
    assert (full.status, full["zh"]) == (409, "公海“公海”里还有 1 家，分出去或领完再删")
    assert lying(cast.wang) == ["甲公司"]


def test_a_merge_takes_it_out_of_the_pool(cast: Cast, plan: Any, hold: Any) -> None:
    plan({"name": "公海"})
    gone, kept = hold(cast.zhao, "甲公司"), hold(cast.zhao, "乙公司")
    cast.zhao.post("/pools/put-back", {"ids": [gone], "why": "不做了"})
    assert cast.zhao.post("/customers/merge", {"ids": [gone, kept], "into": kept}).status == 200
    assert (where(kept), lying(cast.wang), stays(kept)[0][2]) == ((cast.zhao.id, False), [], "merged")


def test_the_rung_of_a_ladder_gives_a_customer_back(cast: Cast, plan: Any, hold: Any, monkeypatch: Any) -> None:
    """R-167: a limit that nobody kept; what an approval holds stays, and its supervisor was told all the same."""
    plan({"name": "公海", "warn_days": 0})
    late, held = hold(cast.li, "甲公司"), hold(cast.li, "乙公司")
    wait_for_a_verdict(held)
    ladder = Ladder((Rung("due", 0, "hours", "pool", "superior"),))
    monkeypatch.setitem(ladders._LADDERS, "task", lambda _, items: [ladder] * len(items))
    for pk in (late, held):
        due = {"act": "发方案", "due_at": (NOW + timedelta(hours=2)).isoformat(), "customer_id": pk}
        assert cast.li.post("/agenda", due).status == 201
    with moment.frozen(NOW + timedelta(hours=2)):
        assert climb_all() == 2
    assert (where(late), stays(late)) == ((None, True), [("climbed", cast.li.id, "", None)])
    assert (where(held), stays(held)) == ((cast.li.id, False), [])
    lines = Notice.objects.filter(kind="escalated").order_by("pk").values_list("member_id", "zh")
    assert [(pk, zh.partition("：")[0]) for pk, zh in lines] == [
        (cast.zhao.id, "李销售的待办一直没办，按规则放回公海"),
        (cast.zhao.id, "李销售的待办一直没办，按规则放回公海"),
    ]
