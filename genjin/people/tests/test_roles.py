"""Roles as data that an administrator edits, never beyond his own (R-166; security A8, A10)."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import Cast, hire, logged_in
from genjin.access.models import Grant, Role
from genjin.history.models import Event
from genjin.people.role_catalogue import SUBJECTS, catalogue, scoped_types
from genjin.people.role_rules import clean_scopes, clean_verbs


def _role(cast: Cast, key: str = "rep") -> Role:
    return Role.objects.get(org=cast.org, key=key)


def _whole(cast: Cast, key: str = "rep") -> Any:
    return cast.admin.get(f"/roles/{_role(cast, key).pk}").body


def _patch(cast: Cast, key: str, person: Any = None, **values: Any) -> Any:
    role = _role(cast, key)
    return (person or cast.admin).patch(f"/roles/{role.pk}", {"version": role.version, **values})


def test_every_verb_has_a_subject_with_a_chinese_name(cast: Cast) -> None:
    from_catalogue = {verb["name"] for subject in catalogue(cast.admin.actor)["subjects"] for verb in subject["verbs"]}
    assert {"customer.create", "role.update", "contact.reveal", "member.end_session"} <= from_catalogue
    assert all(zh != key for key, (zh, _) in SUBJECTS.items())


def test_the_roles_are_listed_for_everybody_with_how_many_hold_them(cast: Cast) -> None:
    items = {row["key"]: row["people"] for row in cast.li.get("/roles")["items"]}
    assert (items["rep"], items["supervisor"], items["admin"], items["legal"]) == (3, 1, 1, 0)
    assert cast.li.get(f"/roles/{_role(cast).pk}").status == 403
    assert cast.li.get("/roles/catalogue").status == 403
    assert [each["name"] for each in _whole(cast)["people"]] == ["李销售", "王销售", "钱外部门"]


def test_a_change_holds_from_the_next_request_and_stands_in_the_log(cast: Cast, new_customer: Any) -> None:
    """R-166: levels are set by role without code."""
    pk = new_customer(cast.wang, "佛山华悦陶瓷有限公司")
    assert cast.li.get(f"/customers/{pk}").status == 404
    scopes = {**_whole(cast)["scopes"]}
    scopes["customer"] = {**scopes["customer"], "see": ["department", "self", "collaborator"]}
    answer = _patch(cast, "rep", scopes=scopes)
    assert answer.status == 200, answer
    assert answer["sentence"]["zh"] == (
        "3 人（李销售、王销售、钱外部门）：能看的客户：自己负责的、自己协作的改为自己负责的、自己协作的、本部门"
    )
    assert cast.li.get(f"/customers/{pk}").status == 200
    assert cast.li.patch(f"/customers/{pk}", {"version": 1, "region": "佛山"}).status == 403
    event = Event.objects.get(name="role.updated")
    assert event.data.data["before"]["scopes"]["customer"]["see"] == ["self", "collaborator"]
    assert event.data.data["after"]["scopes"]["customer"]["see"] == ["self", "collaborator", "department"]


def test_a_preview_says_what_changes_for_whom_and_writes_nothing(cast: Cast) -> None:
    both = hire(cast.org, "周双", "rep", cast.li.member.department)
    Grant.objects.create(org=cast.org, member=both, role=_role(cast, "supervisor"))
    verbs = [each for each in _whole(cast)["verbs"] if each != "customer.merge"] + ["customer.delete"]
    role = _role(cast)
    answer = cast.admin.post(f"/roles/{role.pk}/preview", {"verbs": verbs, "fields": {"contact": {"phone": "masked"}}})
    assert answer["sentence"]["zh"] == (
        "3 人（李销售、王销售、钱外部门）：多了删除客户；少了合并客户；联系人的“电话”打码；"
        "另外 1 人有别的角色，不受影响"
    )
    assert [each["name"] for each in answer["people"]] == ["李销售", "王销售", "钱外部门"]
    role.refresh_from_db()
    assert (role.version, role.fields) == (1, {})
    empty = cast.admin.post(f"/roles/{_role(cast, 'legal').pk}/preview", {"verbs": []})
    assert empty["sentence"]["zh"] == "现在没有人用这个角色，保存后谁的权限都不变"


def test_the_second_editor_is_told_and_nothing_is_overwritten(cast: Cast) -> None:
    """R-165 for roles."""
    second = logged_in(hire(cast.org, "副管理员", "admin", cast.li.member.department))
    role = _role(cast, "legal")
    assert cast.admin.patch(f"/roles/{role.pk}", {"version": 1, "zh": "法务组"}).status == 200
    late = second.patch(f"/roles/{role.pk}", {"version": 1, "zh": "法律"})
    assert (late.status, late["version"], late["by"]["name"]) == (409, 2, "管理员")
    assert late["message"] == "管理员刚改过“法务组”，先看看他改了什么"
    assert _role(cast, "legal").zh == "法务组"


def test_nobody_writes_a_role_beyond_his_own_rights(cast: Cast) -> None:
    """No privilege escalation: verbs, patterns, rows and fields are those the editor holds himself."""
    role = _role(cast, "supervisor")
    role.verbs, role.fields = [*role.verbs, "role.*"], {"contact": {"phone": "masked"}}
    role.save()
    cast.admin.patch("/organisation", {"name": "青松科技"})
    rep, before = _role(cast), Role.objects.filter(org=cast.org).order_by("id").values_list("verbs", "scopes", "fields")
    held = list(before)
    own, masked = _whole(cast), {"contact": {"phone": "masked"}}
    everywhere = {**own["scopes"], "customer": {"see": ["all"], "change": [], "log": []}}
    for values in (
        {"verbs": [*own["verbs"], "member.update"], "fields": masked},
        {"verbs": ["*"], "fields": masked},
        {"verbs": ["member.*"], "fields": masked},
        {"scopes": everywhere, "fields": masked},
        {"zh": "业务"},
    ):
        answer = _patch(cast, "rep", cast.zhao, **values)
        assert answer.status == 403, (values, answer)
    assert _patch(cast, "supervisor", cast.zhao, verbs=[*role.verbs, "org.update"]).status == 403
    assert _patch(cast, "admin", cast.zhao, zh="归我").status == 403
    assert cast.zhao.post("/roles", {"zh": "新管理", "copy_of": _role(cast, "admin").pk}).status == 403
    assert cast.zhao.delete(f"/roles/{_role(cast, 'auditor').pk}").status == 403
    assert list(before.all()) == held
    rep.refresh_from_db()
    assert rep.version == 1


def test_the_last_who_may_administer_stays(cast: Cast) -> None:
    verbs = [f"{subject}.*" for subject in SUBJECTS if subject != "role"]
    answer = _patch(cast, "admin", verbs=verbs)
    assert (answer.status, answer["code"]) == (409, "last_admin")
    assert _role(cast, "admin").verbs == ["*"]
    made = cast.admin.post("/roles", {"zh": "副管理", "copy_of": _role(cast, "admin").pk})
    assert made.status == 201
    key = Role.objects.get(pk=made["id"]).key
    assert cast.admin.patch(f"/members/{cast.zhao.id}", {"roles": [key]}).status == 200
    assert _patch(cast, "admin", verbs=verbs).status == 200


def test_a_role_is_copied_renamed_and_removed_once_nobody_holds_it(cast: Cast) -> None:
    made = cast.admin.post("/roles", {"zh": "电话销售", "copy_of": _role(cast).pk})
    copied = Role.objects.get(pk=made["id"])
    assert (copied.verbs, copied.scopes) == (_role(cast).verbs, _role(cast).scopes)
    assert cast.admin.patch(f"/members/{cast.wang.id}", {"roles": [copied.key]}).status == 200
    held = cast.admin.delete(f"/roles/{copied.pk}")
    assert (held.status, held["message"]) == (409, "“电话销售”还有 1 人（王销售）在用，先给他们换一个角色")
    assert cast.admin.patch(f"/members/{cast.wang.id}", {"roles": ["rep"]}).status == 200
    assert cast.admin.delete(f"/roles/{copied.pk}").status == 204
    assert not Role.objects.filter(pk=copied.pk).exists()
    twice = cast.admin.post("/roles", {"zh": "主管", "copy_of": _role(cast).pk})
    assert (twice.status, twice["field"]) == (409, "zh")


def test_a_role_of_another_team_is_missing(cast: Cast) -> None:
    foreign = Role.objects.get(org=cast.outsider.member.org, key="rep")
    for answer in (
        cast.admin.get(f"/roles/{foreign.pk}"),
        cast.admin.patch(f"/roles/{foreign.pk}", {"version": 1, "zh": "改名"}),
        cast.admin.post(f"/roles/{foreign.pk}/preview", {"verbs": []}),
        cast.admin.delete(f"/roles/{foreign.pk}"),
        cast.admin.post("/roles", {"zh": "抄来的", "copy_of": foreign.pk}),
    ):
        assert answer.status == 404
    foreign.refresh_from_db()
    assert (foreign.zh, foreign.version) == ("业务员", 1)


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"verbs": ["customer.explode"]}, "verbs", "没有“customer.explode”这个操作"),
        ({"verbs": ["reminder.send"]}, "verbs", "没有“reminder.send”这个操作"),
        ({"verbs": ["import.start"]}, "verbs", "“导入”只能整个给或不给"),
        ({"scopes": {"planet": {"see": ["all"]}}}, "scopes", "“planet”没有可以选的范围"),
        ({"scopes": {"customer": {"fly": ["all"]}}}, "scopes", "“客户”没有“fly”这一项"),
        ({"scopes": {"file": {"see": ["collaborator"]}}}, "scopes", "“附件”没有“collaborator”这个范围"),
        (
            {"scopes": {"customer": {"see": ["self"], "change": ["department"]}}},
            "scopes",
            "客户：“能改”比“能看”的多（本部门），先让他看得到",
        ),
        ({"fields": {"contact": {"shoe_size": "hidden"}}}, "fields", "联系人没有可以限制的字段“shoe_size”"),
        ({"fields": {"customer": {"name": "hidden"}}}, "fields", "客户没有可以限制的字段“name”"),
        ({"fields": {"customer": {"amount": "masked"}}}, "fields", "“预计金额”不能设成打码"),
        ({"fields": {"member": {"name": "hidden"}}}, "fields", "“member”的字段不能限制"),
    ],
)
def test_what_there_is_not_is_refused_by_name(cast: Cast, values: Any, field: str, said: str) -> None:
    answer = _patch(cast, "legal", **values)
    assert (answer.status, answer["field"], answer["message"]) == (422, field, said)
    assert _role(cast, "legal").version == 1


def test_what_a_pattern_covers_is_not_kept_twice(cast: Cast) -> None:
    known = scoped_types(cast.admin.actor)
    assert clean_verbs(["customer.*", "customer.create", "need.add"]) == ["customer.*", "need.add"]
    assert clean_verbs(["*", "need.add"]) == ["*"]
    assert clean_scopes(known, {"customer": {"see": ["subtree", "department", "self"]}})["customer"]["see"] == [
        "self",
        "subtree",
    ]
    assert clean_scopes(known, {"customer": {"see": ["all", "self"]}})["customer"]["see"] == ["all"]
