"""The first run, and the demo's fences (R-252; security A13, S3)."""

from __future__ import annotations

import pytest
from django.test import Client

from conftest import NOW
from genjin.access.models import Role
from genjin.lib import moment
from genjin.orgs.models import Membership, Organisation
from genjin.packs.organisation import create_organisation
from genjin.people.demo_logins import LOGINS
from genjin.people.secret import setup_token
from genjin.schema.models import Option

BODY = {"org_name": "青松科技", "name": "陈立", "account": "chen@example.com", "password": "hao-mima-2026"}


def _post(body: dict[str, str], **extra: str):  # type: ignore[no-untyped-def]
    return Client().post("/api/v1/setup", body, content_type="application/json", **extra)  # type: ignore[arg-type]


@pytest.fixture
def demo(db: None) -> Membership:
    login = LOGINS[0]
    return create_organisation(
        "演示", account=login.account, password=login.password, person=login.name, now=NOW, is_demo=True
    )


def test_the_first_run_makes_a_team_and_logs_in(db: None) -> None:
    assert Client().get("/api/v1/setup").json()["needs_setup"] is True
    answer = _post(BODY)
    assert answer.status_code == 201, answer.content
    assert answer.json()["member"]["roles"] == ["admin"]
    assert "genjin_session" in answer.cookies
    org = Organisation.objects.get()
    assert Role.objects.filter(org=org).count() == 9
    stages = Option.objects.filter(org=org, list_name="stage").order_by("position").values_list("zh", flat=True)
    assert list(stages) == ["线索收集", "需求确认", "定制方案", "产品演示", "谈判签约", "售后服务"]
    assert Client().get("/api/v1/setup").json() == {"needs_setup": False, "demo": None, "locales": ["zh-CN", "en-US"]}


def test_a_second_first_run_is_refused(db: None) -> None:
    _post(BODY)
    answer = _post({**BODY, "account": "other@example.com"})
    assert answer.status_code == 409
    assert Organisation.objects.count() == 1


def test_from_another_machine_the_printed_token_is_needed(db: None) -> None:
    for extra in ({"REMOTE_ADDR": "203.0.113.9"}, {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}):
        assert _post(BODY, **extra).status_code == 403
        assert _post({**BODY, "token": "wrong"}, **extra).status_code == 403
    assert Organisation.objects.count() == 0
    assert _post({**BODY, "token": setup_token()}, REMOTE_ADDR="203.0.113.9").status_code == 201


def test_a_weak_password_makes_no_team(db: None) -> None:
    answer = _post({**BODY, "password": "12345678"})
    assert (answer.status_code, answer.json()["field"]) == (422, "password")
    assert Organisation.objects.count() == 0


def test_the_demo_does_not_count_as_a_team_and_its_login_cannot_found_one(demo: Membership) -> None:
    shown = Client().get("/api/v1/setup").json()
    assert shown["needs_setup"] is True
    assert shown["demo"]["logins"][0]["account"] == LOGINS[0].account
    answer = _post({**BODY, "account": LOGINS[0].account})
    assert (answer.status_code, answer.json()["field"]) == (422, "account")
    assert Membership.objects.filter(login__account=LOGINS[0].account).count() == 1


def test_demo_logins_are_neither_shown_nor_honoured_from_elsewhere(demo: Membership) -> None:
    login = {"account": LOGINS[0].account, "password": LOGINS[0].password}
    assert Client().post("/api/v1/session", login, content_type="application/json").status_code == 200
    for extra in ({"REMOTE_ADDR": "203.0.113.9"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}):
        assert Client().get("/api/v1/setup", **extra).json()["demo"] is None  # type: ignore[arg-type]
        refused = Client().post("/api/v1/session", login, content_type="application/json", **extra)  # type: ignore[arg-type]
        assert (refused.status_code, refused.json()["code"]) == (403, "demo_is_local")


def test_health_says_what_is_well(db: None) -> None:
    with moment.frozen(NOW):
        answer = Client().get("/api/v1/health")
    assert answer.status_code == 200
    assert answer.json() == {"ok": True, "database": True, "storage": True, "worker": False}
