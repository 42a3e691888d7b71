"""Invitations, members, departments, tokens (R-161, R-166, R-254; security A8–A10)."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from conftest import NOW, PASSWORD, Cast, hire, logged_in
from genjin.access.actor import Actor
from genjin.access.models import ApiToken, Grant, Role, Session
from genjin.access.queries import actor_of_member
from genjin.history.models import KeptReply
from genjin.lib import moment
from genjin.lib.errors import Conflict
from genjin.orgs.models import Department, Login, Membership
from genjin.people import actions
from genjin.people.models import OneTimeLink, ResetWish
from genjin.people.queries import who
from genjin.people.role_queries import demand_an_administrator
from genjin.people.tasks import send_reset_mails

JOIN = {"account": "13900001111", "password": "xin-tongshi-26", "name": "新同事"}


def _invite(cast: Cast, role: str = "rep", **more: object) -> str:
    body = {"name": "新同事", "role": role, "department_id": cast.li.member.department_id, **more}
    answer = cast.admin.post("/invitations", body)
    assert answer.status == 200, answer
    return str(answer["link"]).rsplit("/", 1)[-1]


def _join(token: str, client: Client | None = None, **more: str):  # type: ignore[no-untyped-def]
    url = f"/api/v1/invitations/{token}"
    return (client or Client()).post(url, {**JOIN, **more}, content_type="application/json")


def test_an_invitation_makes_one_member_once(cast: Cast) -> None:
    token = _invite(cast)
    shown = Client().get(f"/api/v1/invitations/{token}").json()
    assert shown == {"org": "青松科技", "name": "新同事"}
    client = Client()
    answer = _join(token, client)
    assert answer.status_code == 200, answer.content
    assert answer.json()["member"]["roles"] == ["rep"]
    assert client.get("/api/v1/session").json()["member"]["department"]["name"] == "销售一部"
    again = _join(token, account="13900002222")
    assert again.status_code == 404
    assert not Login.objects.filter(account="13900002222").exists()


def test_an_old_invitation_is_refused(cast: Cast) -> None:
    token = _invite(cast)
    with moment.frozen(NOW + timedelta(days=8)):
        assert _join(token).status_code == 404
    assert not Login.objects.filter(account="13900001111").exists()


def test_an_invitation_ends_with_the_rights_of_its_maker(cast: Cast) -> None:
    """A10: a link made with rights that are gone opens nothing, whatever it promised."""
    second = logged_in(hire(cast.org, "副管理员", "admin", cast.li.member.department))
    made = {"name": "新同事", "role": "admin", "department_id": cast.li.member.department_id}
    token = str(second.post("/invitations", made)["link"]).rsplit("/", 1)[-1]
    assert cast.admin.patch(f"/members/{second.id}", {"roles": ["rep"]}).status == 200
    assert Client().get(f"/api/v1/invitations/{token}").status_code == 404
    assert _join(token).status_code == 404
    assert not Login.objects.filter(account="13900001111").exists()
    third = logged_in(hire(cast.org, "另一主管", "supervisor", cast.li.member.department))
    token = str(third.post("/invitations", {**made, "role": "rep"})["link"]).rsplit("/", 1)[-1]
    assert Client().get(f"/api/v1/invitations/{token}").status_code == 200
    assert cast.admin.patch(f"/members/{third.id}", {"active": False}).status == 200
    assert _join(token).status_code == 404
    assert not Login.objects.filter(account="13900001111").exists()


def test_an_invitation_ends_when_its_department_is_no_longer_its_makers(cast: Cast) -> None:
    """A10: whoever moved to another department opens no door of the old one."""
    third = logged_in(hire(cast.org, "另一主管", "supervisor", cast.li.member.department))
    made = {"name": "新同事", "role": "rep", "department_id": cast.li.member.department_id}
    token = str(third.post("/invitations", made)["link"]).rsplit("/", 1)[-1]
    moved = cast.admin.patch(f"/members/{third.id}", {"department_id": cast.qian.member.department_id})
    assert moved.status == 200
    assert Client().get(f"/api/v1/invitations/{token}").status_code == 404
    assert _join(token).status_code == 404
    assert not Login.objects.filter(account="13900001111").exists()


def test_the_same_key_gives_the_same_link_and_stores_no_secret(cast: Cast) -> None:
    body = {"name": "新同事", "role": "rep", "department_id": None}
    first = cast.admin.post("/invitations", body, Idempotency_Key="k-1")
    second = cast.admin.post("/invitations", body, Idempotency_Key="k-1")
    assert first["link"] == second["link"]
    assert OneTimeLink.objects.count() == 1
    secret = first["link"].rsplit("/", 1)[-1]
    assert all(secret not in str(kept.reply) for kept in KeptReply.objects.all())


def test_an_invitation_never_changes_the_password_of_an_existing_login(cast: Cast) -> None:
    token = _invite(cast)
    before = Login.objects.get(account="boss@example.com").password
    taken = _join(token, account="boss@example.com")
    assert (taken.status_code, taken.json()["field"]) == (422, "password")
    assert Login.objects.get(account="boss@example.com").password == before
    joined = _join(token, account="boss@example.com", password=PASSWORD)
    assert joined.status_code == 200
    assert Membership.objects.filter(login__account="boss@example.com").count() == 2


def test_a_rep_invites_nobody_and_a_supervisor_no_administrator(cast: Cast) -> None:
    body = {"name": "新同事", "role": "rep", "department_id": cast.li.member.department_id}
    assert cast.li.post("/invitations", body).status == 403
    assert cast.zhao.post("/invitations", {**body, "role": "admin"}).status == 403
    assert cast.zhao.post("/invitations", {**body, "role": "management"}).status == 403
    other = {**body, "department_id": cast.qian.member.department_id}
    assert cast.zhao.post("/invitations", other).status == 403
    assert OneTimeLink.objects.count() == 0
    assert cast.zhao.post("/invitations", body).status == 200


def test_a_department_of_another_team_is_unknown(cast: Cast) -> None:
    body = {"name": "新同事", "role": "rep", "department_id": cast.outsider.member.department_id}
    answer = cast.admin.post("/invitations", body)
    assert (answer.status, answer["field"]) == (422, "department_id")


def test_switching_a_member_off_ends_sessions_and_tokens_at_once(cast: Cast) -> None:
    token = cast.li.post("/tokens", {"name": "脚本", "verbs": ["followup.log"]})["token"]
    assert cast.admin.patch(f"/members/{cast.li.id}", {"active": False}).status == 200
    assert cast.li.get("/session").status == 401
    assert not Session.objects.filter(member=cast.li.member).exists()
    bearer = Client().get("/api/v1/session", headers={"Authorization": f"Bearer {token}"})
    assert bearer.status_code == 401


def test_a_role_taken_away_is_gone_with_the_next_request(cast: Cast) -> None:
    body = {"name": "某某有限公司", "source": "exhibition"}
    assert cast.li.post("/customers", body).status == 201
    assert cast.admin.patch(f"/members/{cast.li.id}", {"roles": ["auditor"]}).status == 200
    assert cast.li.post("/customers", {**body, "name": "另一家有限公司"}).status == 403
    assert cast.li.get("/session")["member"]["roles"] == ["auditor"]


def test_nobody_changes_somebody_who_holds_more(cast: Cast) -> None:
    role = Role.objects.get(org=cast.org, key="supervisor")
    role.verbs = [*role.verbs, "member.update", "member.reset_link"]
    role.save()
    cast.admin.patch("/organisation", {"name": "青松科技"})
    for change in ({"active": False}, {"roles": ["rep"]}, {"name": "改名"}):
        assert cast.zhao.patch(f"/members/{cast.admin.id}", change).status == 403
    assert cast.zhao.post(f"/members/{cast.admin.id}/reset-link").status == 403
    assert cast.zhao.patch(f"/members/{cast.zhao.id}", {"roles": ["supervisor", "admin"]}).status == 403
    assert cast.admin.get("/session")["member"] | {"theme": "", "locale": ""} == {
        "id": cast.admin.id, "name": "管理员", "roles": ["admin"], "account": "admin@example.com", "theme": "",
        "locale": "", "timezone": None, "muted": [], "mailed": [], "quiet_from": None, "quiet_to": None, "mail": False,
        "guided": False,
        "department": {"id": cast.admin.member.department_id, "name": "青松科技"},
    }  # fmt: skip
    assert cast.zhao.patch(f"/members/{cast.li.id}", {"name": "李晓"}).status == 200


def test_the_last_administrator_stays(cast: Cast) -> None:
    for change in ({"active": False}, {"roles": ["rep"]}):
        answer = cast.admin.patch(f"/members/{cast.admin.id}", change)
        assert (answer.status, answer["code"]) == (409, "last_admin")
    assert cast.admin.get("/session")["member"]["roles"] == ["admin"]


@pytest.mark.django_db(transaction=True)
def test_two_administrators_do_not_leave_at_once(request: pytest.FixtureRequest, monkeypatch: Any) -> None:
    """Each sees the other still there; the second waits until the first is through and is refused."""
    if connection.vendor != "postgresql":
        pytest.skip("an SQLite test database lives in one process")
    cast: Cast = request.getfixturevalue("cast")
    second = hire(cast.org, "副管理", "admin", cast.admin.member.department)
    start = threading.Barrier(2)
    told: list[str] = []

    def linger(org_id: int) -> None:
        demand_an_administrator(org_id)
        time.sleep(0.5)

    monkeypatch.setattr(actions, "demand_an_administrator", linger)

    def work(by: Actor) -> None:
        try:
            with moment.frozen(NOW):
                start.wait(20)
                actions.update_member(by, who(by), active=False)
                told.append("done")
        except Conflict as refusal:
            told.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(by,)) for by in (actor_of_member(second.pk), cast.admin.actor)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(told) == ["done", "last_admin"]
    assert Membership.objects.filter(pk__in=[second.pk, cast.admin.id], active=True).count() == 1


def test_a_rep_changes_no_member_and_an_administrator_none_of_another_team(cast: Cast) -> None:
    assert cast.li.patch(f"/members/{cast.wang.id}", {"active": False}).status == 403
    assert cast.admin.patch(f"/members/{cast.outsider.id}", {"name": "改名"}).status == 404
    assert Membership.objects.get(pk=cast.outsider.id).name == "外人"


def test_a_member_without_a_role_sees_nothing(cast: Cast, new_customer) -> None:  # type: ignore[no-untyped-def]
    new_customer(cast.li, "苏州恒锐精密机械有限公司")
    Grant.objects.filter(member=cast.wang.member).delete()
    cast.admin.patch(f"/members/{cast.wang.id}", {"name": "王销售"})
    assert cast.wang.get("/customers")["items"] == []
    assert cast.wang.post("/customers", {"name": "某某有限公司", "source": "online"}).status == 403


def test_a_department_moves_with_its_subtree_and_never_under_itself(cast: Cast) -> None:
    first, second = cast.li.member.department_id, cast.qian.member.department_id
    team = cast.admin.post("/departments", {"name": "一组", "parent_id": first})["id"]
    assert cast.admin.patch(f"/departments/{first}", {"parent_id": second}).status == 200
    root = Department.objects.get(org=cast.org, parent=None).pk
    assert Department.objects.get(pk=team).path == f"/{root}/{second}/{first}/"
    for under in (first, team):
        answer = cast.admin.patch(f"/departments/{first}", {"parent_id": under})
        assert (answer.status, answer["field"]) == (422, "parent_id")
    listed = cast.admin.get("/departments")["items"]
    assert [row["id"] for row in listed] == [root, second, first, team]


def test_a_supervisor_sees_the_departments_moved_under_his(cast: Cast, new_customer) -> None:  # type: ignore[no-untyped-def]
    pk = new_customer(cast.qian, "佛山华悦陶瓷有限公司")
    assert cast.zhao.get(f"/customers/{pk}").status == 404
    cast.admin.patch(f"/departments/{cast.qian.member.department_id}", {"parent_id": cast.zhao.member.department_id})
    assert cast.zhao.get(f"/customers/{pk}").status == 200


def test_only_an_empty_department_goes(cast: Cast, new_customer) -> None:  # type: ignore[no-untyped-def]
    answer = cast.admin.delete(f"/departments/{cast.li.member.department_id}")
    assert (answer.status, answer["code"]) == (409, "not_empty")
    other = cast.admin.post("/departments", {"name": "有客户的"})["id"]
    new_customer(cast.qian, "佛山华悦陶瓷有限公司")
    second = cast.qian.member.department_id
    assert cast.admin.patch(f"/members/{cast.qian.id}", {"department_id": other}).status == 200
    assert cast.admin.delete(f"/departments/{second}").status == 409
    empty = cast.admin.post("/departments", {"name": "空的"})["id"]
    assert cast.admin.delete(f"/departments/{empty}").status == 204
    assert not Department.objects.filter(pk=empty).exists()


def test_a_token_may_do_only_what_it_names(cast: Cast) -> None:
    made = cast.li.post("/tokens", {"name": "脚本", "verbs": ["customer.create"]})
    assert made.status == 201
    assert made["token"] not in str(ApiToken.objects.values())
    headers = {"Authorization": f"Bearer {made['token']}"}
    client = Client()
    body = {"name": "佛山华悦陶瓷有限公司", "source": "online"}
    created = client.post("/api/v1/customers", body, content_type="application/json", headers=headers)
    assert created.status_code == 201, created.content
    pk = created.json()["id"]
    patch = client.patch(
        f"/api/v1/customers/{pk}", {"version": 1, "region": "佛山"}, content_type="application/json", headers=headers
    )
    assert patch.status_code == 403
    for path in ("/tokens", "/session/password"):
        assert client.post(f"/api/v1{path}", {}, content_type="application/json", headers=headers).status_code in (
            403,
            422,
        )
    assert cast.li.delete(f"/tokens/{made['id']}").status == 204
    assert client.get("/api/v1/session", headers=headers).status_code == 401


def test_a_token_holds_no_more_than_its_member(cast: Cast) -> None:
    assert cast.li.post("/tokens", {"name": "脚本", "verbs": ["customer.delete"]}).status == 403
    unknown = cast.li.post("/tokens", {"name": "脚本", "verbs": ["customer.explode"]})
    assert (unknown.status, unknown["field"]) == (422, "verbs")
    assert ApiToken.objects.count() == 0


def test_a_token_of_another_member_cannot_be_revoked(cast: Cast) -> None:
    made = cast.li.post("/tokens", {"name": "脚本", "verbs": ["customer.create"]})
    assert cast.wang.delete(f"/tokens/{made['id']}").status == 404
    assert ApiToken.objects.get(pk=made["id"]).revoked_at is None


def test_an_administrator_makes_a_reset_link_that_ends_old_sessions(cast: Cast) -> None:
    answer = cast.admin.post(f"/members/{cast.li.id}/reset-link")
    assert answer.status == 200, answer
    token = answer["link"].rsplit("/", 1)[-1]
    body = {"token": token, "password": "xin-mima-88"}
    done = Client().post("/api/v1/session/reset", body, content_type="application/json")
    assert done.status_code == 204, done.content
    assert cast.li.get("/session").status == 401
    twice = Client().post("/api/v1/session/reset", body, content_type="application/json")
    assert twice.status_code == 404


def test_no_reset_link_for_a_login_that_belongs_to_another_team_too(cast: Cast) -> None:
    Membership.objects.create(org=cast.outsider.member.org, login=cast.li.member.login, name="李销售")
    assert cast.admin.post(f"/members/{cast.li.id}/reset-link").status == 403
    assert not OneTimeLink.objects.exists()


def test_asking_for_a_reset_tells_nothing(cast: Cast, settings, mailoutbox) -> None:  # type: ignore[no-untyped-def]
    settings.EMAIL_HOST, settings.PUBLIC_URL = "mail.example", "https://crm.example"
    for account in ("admin@example.com", "nobody@example.com"):
        client = Client()
        asked = client.post(
            "/api/v1/session/reset-request",
            {"account": account},
            content_type="application/json",
            HTTP_HOST="127.0.0.1",
        )
        assert (asked.status_code, asked.content) == (204, b"")
    send_reset_mails()
    assert [mail.to for mail in mailoutbox] == [["admin@example.com"]]
    assert "https://crm.example/reset/" in mailoutbox[0].body
    assert ResetWish.objects.count() == 0


def test_the_team_setting_moves_the_end_of_the_day(cast: Cast) -> None:
    assert cast.admin.patch("/organisation", {"closing_time": "19:30"}).status == 200
    assert cast.li.get("/session")["org"]["closing_time"] == "19:30"
    wrong = cast.admin.patch("/organisation", {"closing_time": "08:00"})
    assert (wrong.status, wrong["field"]) == (422, "closing_time")
    assert cast.li.patch("/organisation", {"name": "改名"}).status == 403


def test_everybody_sees_who_is_in_the_team_and_nobody_else(cast: Cast) -> None:
    names = [row["name"] for row in cast.li.get("/members")["items"]]
    assert names == ["管理员", "李销售", "王销售", "赵主管", "钱外部门"]
    helper = logged_in(hire(cast.org, "法务", "legal", None))
    assert [row["name"] for row in helper.get("/members")["items"]][-1] == "法务"


@pytest.mark.parametrize("value", ["17:30:00Z", "25:00", "late", None])
def test_a_closing_time_is_a_plain_local_time(cast: Cast, value: Any) -> None:
    answer = cast.admin.patch("/organisation", {"closing_time": value})
    cast.org.refresh_from_db()
    assert answer.status == (200 if value is None else 422)
    assert str(cast.org.closing_time)[:5] == "18:00"


def test_members_come_with_the_pinyin_by_which_a_picker_finds_them(cast: Cast) -> None:
    """R-178: a colleague is named by characters, pinyin or initials."""
    found = {row["name"]: row["spelling"] for row in cast.li.get("/members")["items"]}
    assert found["赵主管"] == ["zhaozhuguan", "zzg"]
