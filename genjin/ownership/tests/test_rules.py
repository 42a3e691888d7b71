"""The rules over HTTP: editing, refusals, who may, and the preview."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import NOW, Cast, hire
from genjin.orgs.models import Department, Membership
from genjin.ownership.models import AssignmentRule
from genjin.ownership.tests.conftest import owner, rule, told, where
from genjin.packs.organisation import add_department
from genjin.schema.models import Option
from genjin.schema.queries import _CACHE


def stored() -> list[tuple[str, int]]:
    rows = AssignmentRule.objects.filter(removed_at__isnull=True).order_by("position")
    return list(rows.values_list("name", "position"))


def test_new_customers_go_by_region_source_and_the_rest(cast: Cast, plan: Any, arrive: Any) -> None:
    """R-167: ordered rules, the first that applies decides; the log says which and why."""
    rules = (
        rule("华东", [cast.li.id], condition=where("region", "江苏", "starts"), way="fixed"),
        rule("展会", [cast.qian.id], condition=where("source", "exhibition")),
        rule("其余", [cast.wang.id, cast.li.id]),
    )
    assert plan(*rules).status == 200
    ids = [
        arrive("甲公司", region="江苏无锡", source="exhibition"),
        arrive("乙公司", source="exhibition"),
        arrive("丙公司", region="火星"),
        arrive("丁公司"),
    ]
    assert [owner(pk) for pk in ids] == [cast.li.id, cast.qian.id, cast.wang.id, cast.li.id]
    assert [(each["rule"]["name"], each["reason"]["zh"]) for pk in ids for each in told(pk)] == [
        ("华东", "固定给李销售"),
        ("展会", "按轮次，从头开始"),
        ("其余", "按轮次，从头开始"),
        ("其余", "按轮次，上一位王销售"),
    ]
    line = cast.li.get(f"/customers/{ids[3]}/timeline")["items"]
    assert "分给 李销售（“其余”，按轮次，上一位王销售）" in [each["sentence"]["zh"] for each in line]


def test_off_or_without_rules_nothing_is_assigned(cast: Cast, plan: Any, arrive: Any) -> None:
    assert owner(arrive("甲公司")) is None
    plan(rule("全部", [cast.li.id]), on=False)
    assert owner(arrive("乙公司")) is None
    waiting = {row["key"]: (row["count"], row["link"]) for row in cast.admin.get("/desk/today")["waiting"]}
    assert waiting["assign"] == (2, "/assign?tab=waiting")


def test_a_department_stands_for_its_reps(cast: Cast, plan: Any, arrive: Any) -> None:
    department = cast.li.member.department_id
    assert plan(rule("一部", department_id=department, way="load")).status == 200
    assert [owner(arrive(name)) for name in ("甲公司", "乙公司", "丙公司")] == [cast.li.id, cast.wang.id, cast.li.id]


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("unknown field", {"condition": where("colour", "red")}, "没有“colour”这个可筛选的字段"),
    ("owner", {"condition": {"field": "owner", "op": "empty"}}, "没有“owner”这个可筛选的字段"),
    ("unknown option", {"condition": where("source", "moon")}, "“客户来源”没有“moon”这个选项"),
    ("empty set", {"member_ids": []}, "没有选谁来接，选人或者选一个部门"),
    ("foreign", {"member_ids": [10**9]}, "选的人不在团队里"),
    ("no department", {"member_ids": [], "department_id": 10**9}, "部门不在团队里"),
    ("no condition in between", {"condition": None}, "没有条件的规则只能放在最后，它管其余所有客户"),
]


@pytest.mark.parametrize(("what", "change", "said"), BAD, ids=[each[0] for each in BAD])
def test_a_bad_rule_is_refused_by_its_place(cast: Cast, plan: Any, what: str, change: Any, said: str) -> None:
    good = rule("华东", [cast.li.id], condition=where("region", "江苏"))
    rest = rule("其余", [cast.li.id])
    assert plan(good, rest).status == 200
    before = stored()
    answer = plan({**good, **change}, rest)
    assert (answer.status, answer["zh"], answer["field"]) == (422, f"第 1 条“华东”：{said}", "rules.0")
    assert stored() == before


def test_more_bad_input(cast: Cast, plan: Any) -> None:
    """A retired option, members of another team, an empty department, a rest with a condition, no name."""
    Option.objects.filter(org=cast.org, list_name="source", key="exhibition").update(retired=True, zh="展会")
    rest = rule("其余", [cast.li.id])
    answers = [
        plan(rule("展会", [cast.li.id], condition=where("source", "exhibition")), rest),
        plan(rule("其余", [cast.outsider.id])),
        plan(rule("其余", [cast.li.id], condition=where("region", "江苏"))),
        plan(rule("其余", department_id=add_department(cast.org, "空部门").pk)),
        plan(rule("  ", [cast.li.id])),
        plan({**rest, "id": 10**6}),
        plan(rule("其余", [cast.li.id], amount=0)),
    ]
    assert [each.status for each in answers] == [422] * 7
    assert [each["zh"] for each in answers[:5]] == [
        "第 1 条“展会”：“客户来源”的选项“展会”已停用，换一个",
        "第 1 条“其余”：选的人不在团队里",
        "第 1 条“其余”：最后一条管其余所有客户，不能带条件",
        "第 1 条“其余”：“空部门”里没有能接客户的人",
        "第 1 条规则没有名字",
    ]
    assert stored() == []


def test_what_went_wrong_since_is_said_and_stops_nothing(cast: Cast, plan: Any, arrive: Any) -> None:
    plan(rule("展会", [cast.li.id], condition=where("source", "exhibition")), rule("其余", [cast.wang.id]))
    Option.objects.filter(org=cast.org, list_name="source", key="exhibition").update(retired=True)
    _CACHE.clear()
    AssignmentRule.objects.filter(name="其余").update(condition=where("colour", "red"))
    found = cast.admin.get("/assignments/rules")["rules"]
    assert [each["wrong"]["zh"][:8] for each in found] == ["第 1 条“展会", "第 2 条“其余"]
    assert owner(arrive("甲公司")) is None


def test_two_editors(cast: Cast, plan: Any) -> None:
    plan(rule("全部", [cast.li.id]))
    late = cast.zhao.put("/assignments/rules", {"version": 0, "rules": [rule("我的", [cast.wang.id])]})
    assert (late.status, late["zh"]) == (409, "刚有人改过分配规则，看过再改")
    assert stored() == [("全部", 0)]


def test_a_supervisor_changes_the_rules_of_his_departments(cast: Cast, plan: Any) -> None:
    """R-162, R-166: within the subtree, and behind the rules of others."""
    far = rule("二部", [cast.qian.id], condition=where("region", "广东"))
    own = rule("一部", [cast.li.id], condition=where("region", "江苏"))
    plan(far, own, rule("其余", [cast.qian.id]))
    far, own, rest = (
        {key: each[key] for key in (*rule("x"), "id", "condition")}
        for each in cast.zhao.get("/assignments/rules")["rules"]
    )
    reached = cast.zhao.get("/assignments/rules")["within"]
    assert (reached, cast.admin.get("/assignments/rules")["within"]) == ([cast.zhao.member.department_id], None)
    assert plan(far, {**own, "member_ids": [cast.li.id, cast.wang.id]}, rest, who=cast.zhao).status == 200
    refused = [
        plan({**far, "member_ids": [cast.li.id]}, own, rest, who=cast.zhao),
        plan(own, far, rest, who=cast.zhao),
        plan(far, {**own, "member_ids": [cast.qian.id]}, rest, who=cast.zhao),
        plan(far, own, rest, who=cast.zhao, on=False),
        plan(far, rest, who=cast.zhao),
    ]
    assert [each.status for each in refused] == [403, 403, 403, 403, 200]
    assert refused[1]["zh"] == "你的规则排在“二部”后面，才不会截走别人的客户"
    assert [cast.li.get("/assignments/rules").status, cast.outsider.get("/assignments/rules")["rules"]] == [403, []]


def test_preview_on_the_last_customers(cast: Cast, plan: Any, new_customer: Any) -> None:
    """It says what the rules would have done and changes nothing, not even whose turn it is."""
    for name, region in (("甲公司", "江苏无锡"), ("乙公司", ""), ("丙公司", "")):
        new_customer(cast.li, name, region=region)
    plan(rule("全部", [cast.li.id]))
    rules = [
        rule("华东", [cast.qian.id], condition=where("region", "江苏", "starts")),
        rule("华南", [cast.qian.id], condition=where("region", "广东", "starts")),
        rule("其余", [cast.wang.id, cast.li.id]),
    ]
    seen = cast.admin.post("/assignments/rules/preview", {"rules": rules})
    assert (seen["total"], seen["rules"], seen["nobody"], seen["without_region"]) == (3, [1, 0, 2], 0, 2)
    assert [(each["name"], each["rule"], each["member"]["name"]) for each in seen["items"]] == [
        ("丙公司", 2, "李销售"),
        ("乙公司", 2, "王销售"),
        ("甲公司", 0, "钱外部门"),
    ]
    assert stored() == [("全部", 0)] and AssignmentRule.objects.get().last_member_id is None
    assert cast.qian.post("/assignments/rules/preview", {"rules": rules}).status == 403
    assert cast.admin.post("/assignments/rules/preview", {"rules": [{**rules[0], "member_ids": []}]}).status == 422


def test_a_preview_is_refused_like_saving_and_tells_nothing_of_other_departments(
    cast: Cast, plan: Any, new_customer: Any
) -> None:
    new_customer(cast.li, "甲公司", region="江苏无锡")
    new_customer(cast.qian, "乙公司")
    new_customer(cast.wang, "丙公司")
    own = rule("一部", [cast.li.id], condition=where("region", "江苏", "starts"))
    plan(own, rule("其余", [cast.qian.id], way="load"))
    own, rest = (
        {key: each[key] for key in (*rule("x"), "id", "condition", "way")}
        for each in cast.zhao.get("/assignments/rules")["rules"]
    )
    refused = cast.zhao.post("/assignments/rules/preview", {"rules": [own, {**rest, "member_ids": [cast.wang.id]}]})
    assert (refused.status, refused["zh"]) == (403, "“其余”管到别的部门，找管理员改")
    seen = cast.zhao.post("/assignments/rules/preview", {"rules": [own, rest]})
    assert seen["people"] == [
        {"id": cast.li.id, "name": "李销售", "count": 1},
        {"id": cast.qian.id, "name": "钱外部门", "count": 1},
    ]
    assert [(each["name"], each["reason"]["zh"]) for each in seen["items"]] == [
        ("丙公司", "别的部门的规则"),
        ("甲公司", "按轮次，从头开始"),
    ]


def test_a_department_that_a_rule_names_stays(cast: Cast, plan: Any) -> None:
    empty = cast.admin.post("/departments", {"name": "三部"})["id"]
    hired = hire(cast.org, "孙销售", "rep", Department.objects.get(pk=empty))
    assert (
        plan(rule("华东", department_id=empty, condition=where("region", "江苏")), rule("其余", [cast.li.id])).status
        == 200
    )
    assert cast.admin.patch(f"/members/{hired.pk}", {"department_id": cast.li.member.department_id}).status == 200
    refused = cast.admin.delete(f"/departments/{empty}")
    assert (refused.status, refused["message"]) == (409, "“三部”里还有 1 条分配规则（华东）分给它，先移走")
    assert plan(rule("其余", [cast.li.id])).status == 200
    assert cast.admin.delete(f"/departments/{empty}").status == 204
    gone = AssignmentRule.objects.get(name="华东")
    assert (gone.removed_at, gone.department_id) == (NOW, None)


def test_statements_do_not_grow_with_the_rules(cast: Cast, plan: Any, django_assert_max_num_queries: Any) -> None:
    place = cast.li.member.department_id
    many = [rule(f"第{number}条", department_id=place, condition=where("region", "江苏")) for number in range(20)]
    assert plan(*many, rule("其余", [cast.li.id])).status == 200
    with django_assert_max_num_queries(12):
        assert len(cast.admin.get("/assignments/rules")["rules"]) == 21


def test_who_is_away_or_full(cast: Cast, plan: Any, arrive: Any) -> None:
    """R-166: everybody says when he is away, the supervisor how many."""
    plan(rule("全部", [cast.li.id, cast.wang.id, cast.qian.id]))
    path = f"/assignments/receivers/{cast.li.id}"
    assert cast.li.put(path, {"away_until": "2026-11-24"}).status == 200
    assert cast.zhao.put(f"/assignments/receivers/{cast.wang.id}", {"most_open": 1}).status == 200
    assert [owner(arrive(name)) for name in ("甲公司", "乙公司", "丙公司")] == [
        cast.wang.id,
        cast.qian.id,
        cast.qian.id,
    ]
    found = {
        row["name"]: (row["open"], row["waiting"], row["most_open"])
        for row in cast.zhao.get("/assignments/receivers")["items"]
    }
    assert found == {"李销售": (0, 0, None), "王销售": (1, 1, 1)}
    assert [row["name"] for row in cast.li.get("/assignments/receivers")["items"]] == ["李销售"]
    refused = [
        cast.li.put(path, {"most_open": 3}),
        cast.li.put(f"/assignments/receivers/{cast.wang.id}", {}),
        cast.zhao.put(f"/assignments/receivers/{cast.qian.id}", {}),
        cast.li.put(path, {"away_until": "2026-11-23"}),
    ]
    assert [each.status for each in refused] == [403, 404, 404, 422]
    assert Membership.objects.get(pk=cast.wang.id).receiver.most_open == 1


def test_who_says_when_he_is_away_leaves_how_many_as_it_stands(cast: Cast) -> None:
    path = f"/assignments/receivers/{cast.li.id}"
    assert cast.zhao.put(path, {"most_open": 5}).status == 200
    away = cast.li.put(path, {"away_until": "2026-11-30"})
    assert (away.status, away["away_until"], away["most_open"]) == (200, "2026-11-30", 5)
    back = cast.li.put(path, {"away_until": None, "most_open": 5})
    assert (back.status, back["away_until"], back["most_open"]) == (200, None, 5)
