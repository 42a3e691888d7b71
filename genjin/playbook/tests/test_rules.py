"""What a document of a playbook may say (R-116): each problem by itself, and properties of any flow."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.customers.fields import CUSTOMER
from genjin.playbook.flow import ending, following, is_back, passed, reached
from genjin.playbook.rules import Ground, is_web, troubles
from genjin.playbook.schemas import PlaybookIn
from genjin.playbook.shipped import standard_bodies, template_bodies

GROUND = Ground(
    kind=CUSTOMER,
    marks={},
    roles={"rep": "业务员", "legal": "法务"},
    held=frozenset({"rep"}),
    departments=frozenset({"销售一部"}),
    gates=frozenset({"field", "record", "condition", "objections", "side"}),
    events=frozenset({"record", "won", "objection"}),
    statuses=frozenset({"signed", "maintained"}),
    elsewhere={"theirs": "大客户流程"},
)


def document(*nodes: dict[str, Any], **more: Any) -> dict[str, Any]:
    told = [{"zh": each["key"].upper(), **each} for each in nodes]
    return PlaybookIn.model_validate({"key": "p", "title": {"zh": "流程"}, "nodes": told, **more}).body()


def wrong(*nodes: dict[str, Any], **more: Any) -> list[tuple[str, str, str]]:
    return [(each.node, each.field, each.zh) for each in troubles(document(*nodes, **more), GROUND)]


def test_what_is_shipped_has_nothing_wrong() -> None:
    """R-089, R-110: the default and the process of the sales template."""
    assert all(troubles(body, GROUND) == [] for body in standard_bodies())
    for body in template_bodies().values():
        ground = Ground(**{**GROUND.__dict__, "default": False})
        assert troubles(body, ground) == []


CASES: list[tuple[dict[str, Any], str, str]] = [
    ({"owner": "", "limit": {"amount": 2, "clock": "days"}}, "owner", "有时限就要有负责人"),
    ({"arrives": "moonrise"}, "arrives", "没有“moonrise”这种自动进入"),
    ({"life_cycle": "gone"}, "life_cycle", "没有“gone”这个客户状态"),
    ({"owner": "role:legal"}, "owner", "角色“法务”现在没有人担任"),
    ({"owner": "role:boss"}, "owner", "没有“boss”这个角色"),
    ({"owner": "department:月球部"}, "owner", "没有“月球部”这个部门"),
    ({"owner": "somebody"}, "owner", "不认识“somebody”"),
    ({"limit": {"amount": 0, "clock": "hours"}}, "limit", "时限要大于零"),
    ({"limit": {"amount": 1.5, "clock": "days"}}, "limit", "按天算的时限要填整数"),
    ({"limit": {"amount": 2, "clock": "hours", "warn_hours": 3}}, "limit", "提醒要早于时限"),
    ({"ladder": [{"from": "due", "do": "alert"}]}, "ladder", "没有时限，就没有可上报的"),
    ({"limit": {"amount": 2, "clock": "days"}, "ladder": [{"from": "due", "do": "copy"}]}, "ladder",
     "第 1 级上报没有写给谁"),
    ({"limit": {"amount": 2, "clock": "days"}, "ladder": [{"from": "enter", "do": "remind", "to": "owner"}]}, "ladder",
     "第 1 级上报要写进入后或到期前多久"),
    ({"limit": {"amount": 2, "clock": "days"}, "ladder": [{"from": "due", "do": "copy", "to": "role:legal"}]}, "ladder",
     "第 1 级上报：角色“法务”现在没有人担任"),
    ({"gate": {"items": [{"kind": "magic"}]}}, "gate", "“magic”没有这一种"),
    ({"gate": {"items": [{"kind": "field", "field": "moon"}]}}, "gate", "要填的字段“moon”不存在"),
    ({"gate": {"items": [{"kind": "side", "node": "b"}]}}, "gate", "并行节点“b”不在它旁边"),
    ({"gate": {"items": [{"kind": "condition", "zh": "大单", "when": {"field": "moon", "op": "empty"}}]}}, "gate",
     "没有“moon”这个可筛选的字段"),
    ({"gate": {"items": [{"kind": "condition", "when": {"field": "amount", "op": "gte", "value": 1}}]}}, "gate",
     "要用一句话写明"),
    ({"required": ["moon"]}, "required", "字段“moon”不存在"),
    ({"next": ["nowhere"]}, "next", "去向“nowhere”不是主线上的别的节点"),
    ({"assets": [{"kind": "link", "title": "官网", "url": "javascript:alert(1)"}]}, "assets", "网址要以 https://"),
    ({"assets": [{"kind": "link", "title": "官网"}]}, "assets", "是链接，要写网址"),
    ({"assets": [{"kind": "script", "title": " "}]}, "assets", "第 1 份素材要有名称"),
]  # fmt: skip


@pytest.mark.parametrize(("node", "field", "words"), CASES)
def test_each_problem_is_told_by_its_node(node: dict[str, Any], field: str, words: str) -> None:
    """R-116: in words, naming the node."""
    found = wrong({"key": "a", **node}, {"key": "b"})
    assert [(each[0], each[1]) for each in found if words in each[2]] == [("a", field)], found


def test_ways_that_lead_nowhere_or_round() -> None:
    """R-116: unreachable nodes, a loop without exit."""
    found = wrong({"key": "a", "next": ["c"]}, {"key": "b"}, {"key": "c", "next": []})
    assert found == [("b", "next", "“B”走不到：前面没有节点通向它")]
    found = wrong({"key": "a"}, {"key": "b", "next": ["a"]})
    assert {(node, field) for node, field, _ in found} == {("a", "next"), ("b", "next")}
    assert "出不去" in found[0][2]


def test_all_problems_at_once_and_those_of_the_whole() -> None:
    """R-116: doubled keys and names, a key of another playbook, a condition of the default."""
    found = wrong({"key": "a", "zh": "同名"}, {"key": "theirs", "zh": "同名"}, {"key": "a", "owner": "role:legal"})
    assert {(node, field) for node, field, _ in found} >= {
        ("a", "key"),
        ("", "nodes"),
        ("theirs", "key"),
        ("a", "owner"),
    }
    assert wrong({"key": "a"}, condition={"field": "amount", "op": "gte", "value": 1})[0][1] == "condition"
    assert wrong()[0][1] == "nodes"
    other = Ground(**{**GROUND.__dict__, "default": False})
    assert [each.field for each in troubles(document({"key": "a"}), other)] == ["condition"]


@pytest.mark.parametrize(
    ("url", "good"),
    [("https://a.cn/x", True), ("http://a.cn", True), ("javascript:alert(1)", False), ("data:text/html,x", False),
     (" https://a.cn", False), ("https://", False), ("//a.cn", False), ("https://u:p@a.cn", False),
     ("java\tscript:alert(1)", False), ("https://[", False)],
)  # fmt: skip
def test_only_addresses_of_pages(url: str, good: bool) -> None:
    """No address that runs."""
    assert is_web(url) is good


KEYS = ["a", "b", "c", "d", "e"]
FLOWS = st.lists(
    st.one_of(st.none(), st.lists(st.sampled_from(KEYS), max_size=3, unique=True)), min_size=1, max_size=5
).map(lambda nexts: document(*({"key": key, "next": way} for key, way in zip(KEYS, nexts, strict=False))))


@given(FLOWS)
def test_a_flow_without_problems_always_has_a_way_out(flow: dict[str, Any]) -> None:
    """R-116: whatever one may publish, every node is reached and from each the end can be."""
    keys = {each["key"] for each in flow["nodes"]}
    if not [each for each in troubles(flow, GROUND) if each.field == "next"]:
        assert reached(flow) == keys == ending(flow)
        for key in keys:
            seen, here = set(), [key]
            while here:
                at = here.pop()
                seen.add(at)
                here += [each for each in following(flow, at) if each not in seen]
            assert any(not following(flow, each) for each in seen)


@given(FLOWS, st.sampled_from(KEYS), st.sampled_from(KEYS))
def test_forward_passes_the_gate_of_where_one_stands_and_back_none(flow: dict[str, Any], start: str, to: str) -> None:
    """R-081: a way is either back, nowhere, or through the gate of the node that is left."""
    keys = [each["key"] for each in flow["nodes"]]
    before = copy.deepcopy(flow)
    gates = [each["key"] for each in passed(flow, start, to)]
    assert flow == before
    if start not in keys or to not in keys or start == to or is_back(flow, start, to):
        assert gates == []
    else:
        assert gates[0] == start and to not in gates
