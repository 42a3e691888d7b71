"""Members, departments, sessions and tokens as whoever looks after the team sees and ends them (R-166; A10)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client

from conftest import NOW, Cast, hire, logged_in
from genjin.access.models import ApiToken, Session
from genjin.history.models import Event
from genjin.lib import moment
from genjin.orgs.models import Department, Membership
from genjin.packs.organisation import give_role
from genjin.people.models import OneTimeLink


def _place(person: Any) -> int:
    return int(person.member.department_id)


def _token(person: Any, *verbs: str) -> Any:
    return person.post("/tokens", {"name": "脚本", "verbs": list(verbs)})


def test_the_administrator_sees_everybody_with_state(cast: Cast) -> None:
    _token(cast.li, "customer.create")
    rows = {row["name"]: row for row in cast.admin.get("/team/members")["items"]}
    assert (rows["李销售"]["sessions"], rows["李销售"]["tokens"], rows["李销售"]["roles"]) == (1, 1, ["rep"])
    assert rows["管理员"]["account"] == "admin@example.com"
    assert "外人" not in rows
    assert cast.zhao.get("/team/members").status == 403


def test_members_move_in_one_batch_that_can_be_undone(cast: Cast) -> None:
    second = _place(cast.qian)
    answer = cast.admin.post("/team/members/move", {"ids": [cast.li.id, cast.wang.id], "department_id": second})
    assert (answer.status, answer["moved"]) == (200, 2)
    assert set(Membership.objects.filter(department_id=second).values_list("name", flat=True)) == {
        "李销售", "王销售", "钱外部门",
    }  # fmt: skip
    assert Event.objects.filter(name="member.updated", batch=answer["batch"]).count() == 2
    assert cast.admin.post("/batches/undo", {"batch": answer["batch"]})["back"] == 2
    assert Membership.objects.get(pk=cast.li.id).department_id == _place(cast.zhao)
    foreign = cast.admin.post("/team/members/move", {"ids": [cast.li.id, cast.outsider.id], "department_id": second})
    assert foreign.status == 404
    wrong = cast.admin.post("/team/members/move", {"ids": [cast.li.id], "department_id": _place(cast.outsider)})
    assert (wrong.status, wrong["field"]) == (422, "department_id")
    assert Membership.objects.get(pk=cast.li.id).department_id == _place(cast.zhao)


def test_a_department_has_a_head_until_he_leaves(cast: Cast) -> None:
    first = _place(cast.li)
    assert cast.admin.patch(f"/departments/{first}", {"head_id": cast.zhao.id}).status == 200
    shown = next(row for row in cast.li.get("/departments")["items"] if row["id"] == first)
    assert (shown["head"], shown["members"]) == ({"id": cast.zhao.id, "name": "赵主管"}, 3)
    foreign = cast.admin.patch(f"/departments/{first}", {"head_id": cast.outsider.id})
    assert (foreign.status, foreign["field"]) == (422, "head_id")
    assert Department.objects.get(pk=first).head_id == cast.zhao.id
    assert cast.admin.patch(f"/members/{cast.zhao.id}", {"active": False}).status == 200
    assert Department.objects.get(pk=first).head_id is None


def test_the_refusal_names_what_a_department_holds(cast: Cast, new_customer: Any) -> None:
    first = _place(cast.li)
    new_customer(cast.li, "佛山华悦陶瓷有限公司")
    cast.admin.post("/departments", {"name": "华东组", "parent_id": first})
    answer = cast.admin.delete(f"/departments/{first}")
    assert answer["message"] == (
        "“销售一部”里还有 3 人（李销售、王销售、赵主管）、1 个下级部门（华东组）、1 家客户，先移走"
    )
    assert Department.objects.filter(pk=first).exists()
    root = Department.objects.get(org=cast.org, parent=None)
    assert cast.admin.delete(f"/departments/{root.pk}")["message"] == "最上面的部门就是团队，不能删"
    twice = cast.admin.post("/departments", {"name": "销售一部"})
    assert (twice.status, twice["code"]) == (409, "duplicate")


def test_nobody_widens_his_own_subtree(cast: Cast) -> None:
    """A role with department rights but without all rows stays within its own departments."""
    role = cast.zhao.member.grants.get().role
    role.verbs = [*role.verbs, "department.*", "member.*"]
    role.save()
    cast.admin.patch("/organisation", {"name": "青松科技"})
    first, second = _place(cast.zhao), _place(cast.qian)
    root = Department.objects.get(org=cast.org, parent=None).pk
    assert cast.zhao.patch(f"/departments/{second}", {"parent_id": first}).status == 403
    assert cast.zhao.patch(f"/departments/{first}", {"parent_id": second}).status == 403
    assert cast.zhao.patch(f"/members/{cast.zhao.id}", {"department_id": root}).status == 403
    assert cast.zhao.post("/team/members/move", {"ids": [cast.qian.id], "department_id": first}).status == 403
    assert cast.zhao.post("/departments", {"name": "我的组", "parent_id": root}).status == 403
    assert cast.zhao.post("/departments", {"name": "我的组", "parent_id": first}).status == 201
    assert Department.objects.get(pk=second).parent_id == root
    assert Membership.objects.get(pk=cast.zhao.id).department_id == first


def test_sessions_of_others_are_seen_and_ended(cast: Cast) -> None:
    shown = cast.admin.get("/team/sessions")["items"]
    assert {row["member"]["name"] for row in shown} == {"管理员", "李销售", "王销售", "赵主管", "钱外部门"}
    assert [row["member"]["name"] for row in shown if row["current"]] == ["管理员"]
    his = next(row["id"] for row in shown if row["member"]["id"] == cast.li.id)
    assert cast.zhao.get("/team/sessions").status == 403
    assert cast.zhao.delete(f"/team/sessions/{his}").status == 403
    foreign = Session.objects.get(member=cast.outsider.member)
    assert cast.admin.delete(f"/team/sessions/{foreign.pk}").status == 404
    assert cast.admin.delete(f"/team/sessions/{his}").status == 200
    assert cast.li.get("/session").status == 401
    assert cast.outsider.get("/session").status == 200
    assert cast.admin.post(f"/members/{cast.wang.id}/sign-out")["ended"] == 1
    assert cast.wang.get("/session").status == 401
    told = Event.objects.filter(name="member.signed_out").order_by("id").values_list("subject_id", flat=True)
    assert list(told) == [cast.li.id, cast.wang.id]


def test_tokens_of_the_team_with_their_last_use_narrowed_and_revoked(cast: Cast) -> None:
    made = _token(cast.li, "customer.create", "customer.update")
    headers = {"Authorization": f"Bearer {made['token']}"}
    with moment.frozen(NOW + timedelta(hours=1)):
        assert Client().get("/api/v1/session", headers=headers).status_code == 200
    with moment.frozen(NOW + timedelta(hours=1, minutes=5)):
        assert Client().get("/api/v1/session", headers=headers).status_code == 200
    (row,) = cast.admin.get("/team/tokens")["items"]
    assert (row["member"]["name"], row["used_at"]) == ("李销售", "2026-11-24T03:12:00Z")
    assert [each["zh"] for each in row["verbs"]] == ["新建客户", "修改客户"]
    wider = cast.admin.patch(f"/team/tokens/{made['id']}", {"verbs": ["customer.create", "customer.delete"]})
    assert (wider.status, wider["field"]) == (422, "verbs")
    assert cast.admin.patch(f"/team/tokens/{made['id']}", {"verbs": ["customer.create"]}).status == 200
    assert ApiToken.objects.get(pk=made["id"]).verbs == ["customer.create"]
    assert cast.wang.delete(f"/team/tokens/{made['id']}").status == 403
    foreign = _token(cast.outsider, "customer.create")["id"]
    assert cast.admin.delete(f"/team/tokens/{foreign}").status == 404
    assert cast.admin.delete(f"/team/tokens/{made['id']}").status == 204
    assert Client().get("/api/v1/session", headers=headers).status_code == 401
    assert ApiToken.objects.get(pk=foreign).revoked_at is None


def test_an_open_invitation_is_listed_and_taken_back(cast: Cast) -> None:
    body = {"name": "新同事", "role": "rep", "department_id": _place(cast.li)}
    link = cast.admin.post("/invitations", body)["link"].rsplit("/", 1)[-1]
    (row,) = cast.admin.get("/team/invitations")["items"]
    assert (row["name"], row["role"], row["by"]) == ("新同事", "rep", "管理员")
    assert cast.outsider.delete(f"/team/invitations/{row['id']}").status == 404
    assert cast.admin.delete(f"/team/invitations/{row['id']}").status == 204
    assert Client().get(f"/api/v1/invitations/{link}").status_code == 404
    assert cast.admin.get("/team/invitations")["items"] == []
    assert OneTimeLink.objects.get(pk=row["id"]).used_at == NOW


def test_a_supervisor_ends_nothing_of_an_administrator(cast: Cast) -> None:
    role = cast.zhao.member.grants.get().role
    role.verbs = [*role.verbs, "member.*"]
    role.save()
    cast.admin.patch("/organisation", {"name": "青松科技"})
    made = _token(cast.admin, "customer.create")
    session = Session.objects.get(member=cast.admin.member)
    assert cast.zhao.delete(f"/team/tokens/{made['id']}").status == 403
    assert cast.zhao.delete(f"/team/sessions/{session.pk}").status == 403
    assert cast.zhao.post(f"/members/{cast.admin.id}/sign-out").status == 403
    assert ApiToken.objects.get(pk=made["id"]).revoked_at is None
    assert cast.admin.get("/session").status == 200


def test_the_team_page_asks_no_more_the_larger_the_team(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(20):
        logged_in(hire(cast.org, f"同事{number}", "rep", cast.li.member.department))
    with django_assert_max_num_queries(7):
        assert len(cast.admin.get("/team/members")["items"]) == 25


def test_whoever_leads_one_department_touches_nobody_of_another(cast: Cast) -> None:
    """A role reaches as far as the department of whoever holds it, so that giving one is giving that department."""
    role = cast.zhao.member.grants.get().role
    role.verbs = [*role.verbs, "member.*"]
    role.save()
    give_role(cast.wang.member, "collaborator", cast.qian.member.department)
    cast.admin.patch("/organisation", {"name": "青松科技"})
    session = Session.objects.get(member=cast.qian.member)
    for member in (cast.qian, cast.wang):
        for change in ({"roles": ["supervisor"]}, {"name": "改名"}, {"active": False}):
            answer = cast.zhao.patch(f"/members/{member.id}", change)
            assert (answer.status, answer["message"]) == (403, "只能动自己的部门和下级部门")
        assert cast.zhao.post(f"/members/{member.id}/reset-link").status == 403
        assert cast.zhao.post(f"/members/{member.id}/sign-out").status == 403
    assert cast.zhao.delete(f"/team/sessions/{session.pk}").status == 403
    assert not OneTimeLink.objects.exists()
    assert cast.qian.get("/session")["member"]["roles"] == ["rep"]
    assert sorted(cast.wang.get("/session")["member"]["roles"]) == ["collaborator", "rep"]
    assert cast.zhao.patch(f"/members/{cast.li.id}", {"roles": ["rep", "supervisor"]}).status == 200


def test_moving_asks_no_more_the_more_are_moved(cast: Cast, django_assert_max_num_queries: Any) -> None:
    ids = [hire(cast.org, f"同事{number}", "rep", cast.li.member.department).pk for number in range(20)]
    with django_assert_max_num_queries(20):
        body = {"ids": ids, "department_id": _place(cast.qian)}
        assert cast.admin.post("/team/members/move", body)["moved"] == 20


def test_everybody_sees_and_ends_his_own_sessions_and_no_others(cast: Cast) -> None:
    """A10: a lost telephone is locked out from the desk; the browser in use stays."""
    phone = logged_in(cast.li.member)
    shown = cast.li.get("/session/devices")["items"]
    assert [(row["member"]["name"], row["current"]) for row in shown] == [("李销售", False), ("李销售", True)]
    lost = shown[0]["id"]
    for other in (cast.wang, cast.admin, cast.outsider):
        assert other.delete(f"/session/devices/{lost}").status == 404
    assert phone.get("/session").status == 200
    assert cast.li.delete(f"/session/devices/{lost}").status == 200
    assert (phone.get("/session").status, cast.li.get("/session").status) == (401, 200)
    assert cast.li.delete(f"/session/devices/{lost}").status == 404
    assert Event.objects.filter(name="member.signed_out", member=cast.li.member).count() == 1
