"""The ladders of a team by class, source and node (R-075, R-083; issue 5 point 5)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from conftest import NOW, Cast, Person
from genjin.access.guard import unscoped
from genjin.agenda import ladders as registered
from genjin.agenda.ladder_settings import KINDS
from genjin.agenda.models import AgendaItem, LadderRecount
from genjin.agenda.tasks import follow_ladders
from genjin.customers.models import Customer
from genjin.lib import moment
from genjin.orgs.models import Organisation
from genjin.packs.book import read_pack, write_pack
from genjin.packs.tests.test_packs import applied, named

RUNGS: list[dict[str, Any]] = [
    {"from": "before", "amount": 1, "clock": "days", "do": "remind", "to": "owner"},
    {"from": "due", "do": "alert", "to": "owner"},
    {"from": "due", "amount": 4, "do": "copy", "to": "superior"},
    {"from": "due", "amount": 2, "clock": "workdays", "do": "pool"},
]
RULE: dict[str, Any] = {"kind": "node_limit", "classes": ["A"], "rungs": RUNGS}


def pool(person: Person) -> None:
    assert person.put("/pools/rules", {"version": 0, "pools": [{"name": "公海", "days_contact": 60}]}).status == 200


def save(cast: Cast, *rules: dict[str, Any], version: int = 0) -> Any:
    return cast.admin.put("/ladders", {"version": version, "rules": list(rules)})


def standing(cast: Cast, new_customer: Any, name: str, **more: Any) -> AgendaItem:
    """A customer that was moved into a node with a limit, and the to-do of that node."""
    intent = more.pop("intent_class", "")
    pk = new_customer(cast.li, name, **more)
    unscoped(Customer, "test").filter(pk=pk).update(intent_class=intent)
    version = unscoped(Customer, "test").get(pk=pk).version
    moved = cast.li.post(f"/customers/{pk}/move", {"version": version, "to": "needs", "why": "谈过了"})
    assert moved.status == 200, moved
    return item_of(pk)


def item_of(pk: int) -> AgendaItem:
    return unscoped(AgendaItem, "test").get(customer_id=pk, kind="node_limit", state="open")


def test_every_kind_that_climbs_can_be_said_something_of() -> None:
    assert set(KINDS) == set(registered._LADDERS)


def test_rules_are_told_in_a_sentence(cast: Cast) -> None:
    """A 类客户：到期前 1 天提醒负责人 → … in both languages; nothing is written by looking."""
    pool(cast.admin)
    seen = cast.admin.post("/ladders/preview", {"rules": [RULE]})
    assert seen["problems"] == []
    (words,) = seen["words"]
    assert words["zh"] == (
        "A 高意向客户 · 流程节点：到期前 1 天提醒负责人 → 到期告诉负责人已逾期 → 超 4 小时抄送主管"
        " → 超 2 个工作日回公海"
    )
    assert words["en"].startswith("Node of a process, customers A high intent: 1 day before it is due remind the owner")
    assert cast.admin.get("/ladders")["rules"] == [] and cast.admin.get("/ladders")["version"] == 0


def test_the_first_rule_that_fits_class_and_source_and_node_holds(cast: Cast, new_customer: Any) -> None:
    """R-083: another class, another source, another node, none: each climbs its own."""
    one: dict[str, Any] = {"from": "due", "amount": 1, "do": "alert", "to": "owner"}
    far: dict[str, Any] = {"from": "due", "amount": 9, "do": "alert", "to": "owner"}
    rules = [
        {"kind": "node_limit", "classes": ["A"], "sources": ["online"], "nodes": ["needs"], "rungs": [one]},
        {"kind": "node_limit", "classes": ["A"], "rungs": [far]},
        {"kind": "cadence", "rungs": [one]},
    ]
    assert save(cast, *rules).status == 200
    hot = standing(cast, new_customer, "甲公司", intent_class="A", source="online")
    warm = standing(cast, new_customer, "乙公司", intent_class="A", source="exhibition")
    plain = standing(cast, new_customer, "丙公司", intent_class="B", source="online")
    assert hot.climb_at == hot.due_at + timedelta(hours=1)
    assert warm.climb_at == warm.due_at + timedelta(hours=9)
    assert plain.climb_at == plain.due_at - timedelta(hours=4)  # what its node says


def test_rows_that_wait_follow_and_nothing_past_is_made_up_for(cast: Cast, new_customer: Any) -> None:
    """A rung whose moment lay before the change counts as done; taking the rules away brings the node's own back."""
    item = standing(cast, new_customer, "甲公司", intent_class="A")
    first = item.climb_at
    early: dict[str, Any] = {"from": "enter", "amount": 1, "do": "remind", "to": "owner"}
    late: dict[str, Any] = {"from": "due", "amount": 3, "do": "alert", "to": "owner"}
    with moment.frozen(NOW + timedelta(hours=5)):
        assert save(cast, {"kind": "node_limit", "rungs": [early, late]}).status == 200
        assert LadderRecount.objects.filter(org=cast.org).exists()
        assert follow_ladders() == 1 and follow_ladders() == 0
        row = item_of(item.customer_id or 0)
        assert (row.rung, row.climb_at) == (1, row.due_at + timedelta(hours=3))
        assert not LadderRecount.objects.filter(org=cast.org).exists()
        assert save(cast, version=1).status == 200
        assert follow_ladders() == 1
        assert item_of(item.customer_id or 0).climb_at == first


BAD: list[tuple[dict[str, Any], str, str]] = [
    (
        {"rungs": [RUNGS[1], {**RUNGS[2], "to": "role:legal"}]},
        "rules.0.rungs.1",
        "第 1 条第 2 级：角色“法务”现在没有人担任",
    ),
    ({"rungs": [{**RUNGS[2], "to": "role:pilot"}]}, "rules.0.rungs.0", "第 1 条第 1 级：没有“pilot”这个角色"),
    ({"rungs": [RUNGS[2], RUNGS[1]]}, "rules.0.rungs.1", "第 1 条第 2 级比上一级早，按先后排"),
    ({"rungs": [RUNGS[1], RUNGS[0]]}, "rules.0.rungs.1", "第 1 条第 2 级比上一级早，按先后排"),
    ({"rungs": [RUNGS[3]]}, "rules.0.rungs.0", "第 1 条第 1 级：还没有公海，先建一个"),
    ({"rungs": [{**RUNGS[0], "amount": 0}]}, "rules.0.rungs.0", "第 1 条第 1 级：写明开始后或到期前多久"),
    ({"rungs": [{**RUNGS[3], "amount": 1.5, "do": "copy"}]}, "rules.0.rungs.0", "第 1 条第 1 级：按天算的要填整数"),
    ({"classes": ["Z"]}, "rules.0.classes", "第 1 条：没有“Z”这个等级，或者已停用"),
    ({"sources": ["moon"]}, "rules.0.sources", "第 1 条：没有“moon”这个来源，或者已停用"),
    ({"kind": "help", "nodes": ["needs"]}, "rules.0.nodes", "第 1 条：只有流程节点的待办能按节点分"),
    ({"kind": "dinner"}, "rules.0.kind", "第 1 条：没有“dinner”这种待办"),
]


@pytest.mark.parametrize(("change", "field", "said"), BAD)
def test_what_cannot_be_is_named_by_its_place_and_nothing_changes(
    cast: Cast, change: dict[str, Any], field: str, said: str
) -> None:
    rule = {**RULE, "rungs": RUNGS[:2], **change}
    refused = save(cast, rule)
    assert (refused.status, refused["field"], refused["zh"].partition("（")[0]) == (422, field, said), refused
    assert "ladders" not in Organisation.objects.get(pk=cast.org.pk).settings
    seen = cast.admin.post("/ladders/preview", {"rules": [rule]})
    assert seen.status == 200 and seen["problems"][0]["zh"] == said


def test_whoever_was_slower_or_says_the_same_is_told(cast: Cast) -> None:
    rule = {**RULE, "rungs": RUNGS[:2]}
    assert save(cast, rule)["version"] == 1
    assert save(cast, rule).status == 409
    assert (save(cast, rule, version=1).status, save(cast, rule, version=1)["code"]) == (409, "same")
    assert save(cast, {**rule, "rungs": []}, version=1).status == 422


def test_an_objection_that_has_its_answer_climbs_nothing(cast: Cast, new_customer: Any, good: Any) -> None:
    """A rule for objections holds while the answer is due only (R-084)."""
    one: dict[str, Any] = {"from": "due", "amount": 7, "do": "alert", "to": "owner"}
    assert save(cast, {"kind": "objection", "rungs": [one]}).status == 200
    pk = new_customer(cast.li, "甲公司")
    made = cast.li.post(f"/customers/{pk}/objections", {"kind": "price", "text": "比别家贵两成"})
    if made.status >= 400:
        pytest.skip("objections are made another way")
    items = unscoped(AgendaItem, "test").filter(customer_id=pk, kind="objection", state="open")
    assert [each.climb_at for each in items] == [each.due_at + timedelta(hours=7) for each in items] != []


def test_ladders_travel_in_packs(cast: Cast) -> None:
    """Issue 4 point 6: byte by byte; in a new team nobody may hold the role yet; what cannot be is refused by place."""
    pool(cast.admin)
    rule = {**RULE, "rungs": [*RUNGS[:2], {**RUNGS[2], "to": "role:supervisor"}, RUNGS[3]]}
    assert save(cast, rule).status == 200
    text = cast.admin.get("/pack")["text"]
    answer = applied(cast.outsider, text)
    assert answer.status == 200, answer
    assert named(cast.outsider.get("/pack")["text"], "青松科技") == text
    pack = read_pack(text)
    pack["settings"]["ladders"]["rules"][0]["classes"] = ["Z"]
    refused = applied(cast.admin, write_pack(pack))
    assert (refused.status, refused["field"]) == (422, "settings.ladders.rules.0.classes")
    assert cast.admin.get("/pack")["text"] == text
