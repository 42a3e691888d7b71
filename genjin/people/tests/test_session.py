"""Logging in, out, wrong pairs, throttling, passwords (R-166; security A13)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from conftest import NOW, PASSWORD, Cast
from genjin.access.models import Session
from genjin.lib import moment
from genjin.orgs.models import Login
from genjin.people.models import TryCount

URL = "/api/v1/session"


def _login(client: Client, account: str, password: str = PASSWORD, **extra: str):  # type: ignore[no-untyped-def]
    body = {"account": account, "password": password}
    return client.post(URL, body, content_type="application/json", **extra)  # type: ignore[arg-type]


def test_log_in_opens_a_session_that_works(cast: Cast) -> None:
    client = Client()
    answer = _login(client, Login.objects.get(membership=cast.li.member).account)
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert body["member"]["name"] == "李销售"
    assert body["member"]["roles"] == ["rep"]
    assert "customer.create" in body["verbs"]
    assert "customer.delete" not in body["verbs"]
    cookie = client.cookies["genjin_session"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert client.get(URL).json()["org"]["name"] == "青松科技"


def test_the_account_is_found_however_it_is_typed(cast: Cast) -> None:
    assert _login(Client(), "  ADMIN@Example.com ").status_code == 200


def test_wrong_password_and_unknown_account_look_the_same(cast: Cast) -> None:
    wrong = _login(Client(), "admin@example.com", "not-the-one-1")
    unknown = _login(Client(), "nobody@example.com", "not-the-one-1")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.content == unknown.content
    assert wrong.json()["code"] == "wrong_login"


def test_a_login_ends_the_session_that_was_in_the_cookie(cast: Cast) -> None:
    client = Client()
    _login(client, "admin@example.com")
    first = client.cookies["genjin_session"].value
    _login(client, "admin@example.com")
    assert client.cookies["genjin_session"].value != first
    old = Client()
    old.cookies["genjin_session"] = first
    assert old.get(URL).status_code == 401


def test_logging_out_kills_the_session_on_the_server(cast: Cast) -> None:
    cookie = cast.li.client.cookies["genjin_session"].value
    assert cast.li.delete("/session").status == 204
    again = Client()
    again.cookies["genjin_session"] = cookie
    assert again.get(URL).status_code == 401


def test_an_expired_session_is_worth_nothing(cast: Cast) -> None:
    with moment.frozen(NOW + timedelta(days=15)):
        assert cast.li.get("/session").status == 401


def test_many_wrong_tries_are_slowed_down_and_the_window_ends(cast: Cast) -> None:
    for _ in range(8):
        assert _login(Client(), "admin@example.com", "wrong-pass-1").status_code == 401
    refused = _login(Client(), "admin@example.com")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    with moment.frozen(NOW + timedelta(minutes=11)):
        assert _login(Client(), "admin@example.com").status_code == 200


def test_a_whole_office_logs_in_behind_one_address(cast: Cast) -> None:
    codes = {_login(Client(), "admin@example.com").status_code for _ in range(45)}
    assert codes == {200}
    counts = TryCount.objects.values_list("tries", flat=True)
    assert set(counts) == {0}


def test_an_unknown_account_is_throttled_alike(cast: Cast) -> None:
    codes = [_login(Client(), "ghost@example.com", "wrong-pass-1").status_code for _ in range(9)]
    assert codes == [401] * 8 + [429]


def test_strangers_cannot_lock_a_known_browser_out(cast: Cast) -> None:
    mine = Client()
    assert _login(mine, "admin@example.com").status_code == 200
    for number in range(60):
        _login(Client(), "admin@example.com", "wrong-pass-1", REMOTE_ADDR=f"203.0.113.{number}")
    stranger = _login(Client(), "admin@example.com", REMOTE_ADDR="198.51.100.7")
    assert stranger.status_code == 429
    assert _login(mine, "admin@example.com").status_code == 200


def test_a_foreign_page_cannot_log_anybody_in(cast: Cast) -> None:
    foreign = _login(Client(), "admin@example.com", HTTP_ORIGIN="https://evil.example")
    assert foreign.status_code == 403
    plain = Client().post(URL, '{"account":"admin@example.com","password":"x"}', content_type="text/plain")
    assert plain.status_code == 415
    assert Session.objects.count() == 6


def test_a_write_without_the_csrf_token_is_refused(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    _login(client, "admin@example.com")
    patch = {"path": URL + "/me", "data": {"theme": "dark"}, "content_type": "application/json"}
    assert client.patch(**patch).status_code == 403  # type: ignore[arg-type]
    token = client.cookies["csrftoken"].value
    assert client.patch(**patch, headers={"X-CSRFToken": token}).status_code == 200  # type: ignore[arg-type]
    assert client.get(URL).json()["member"]["theme"] == "dark"


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("short1", "至少"),
        ("1234567890", "数字"),
        ("password123", "常见"),
        ("admin-2026x", "账号"),
        ("aaaaaaaa", "简单"),
    ],
)
def test_a_weak_password_is_refused_and_the_old_one_stays(cast: Cast, password: str, word: str) -> None:
    answer = cast.admin.post("/session/password", {"old": PASSWORD, "new": password})
    assert answer.status == 422
    assert word in answer["zh"]
    assert _login(Client(), "admin@example.com").status_code == 200


def test_changing_the_password_ends_every_other_session(cast: Cast) -> None:
    other = Client()
    _login(other, "admin@example.com")
    answer = cast.admin.post("/session/password", {"old": PASSWORD, "new": "xin-mima-77"})
    assert answer.status == 200, answer
    assert other.get(URL).status_code == 401
    assert cast.admin.get("/session").status == 200
    assert _login(Client(), "admin@example.com").status_code == 401
    assert _login(Client(), "admin@example.com", "xin-mima-77").status_code == 200


def test_the_old_password_is_needed(cast: Cast) -> None:
    before = Login.objects.get(account="admin@example.com").password
    answer = cast.admin.post("/session/password", {"old": "not-the-one-1", "new": "xin-mima-77"})
    assert (answer.status, answer["field"]) == (422, "old")
    assert Login.objects.get(account="admin@example.com").password == before


def test_unknown_fields_and_unsaveable_text_are_refused_by_name(cast: Cast) -> None:
    extra = cast.li.patch("/session/me", {"name": "李", "is_staff": True})
    assert (extra.status, extra["field"]) == (422, "is_staff")
    nul = cast.li.patch("/session/me", {"name": "李\x00"})
    assert nul.status == 422
    assert cast.li.get("/session")["member"]["name"] == "李销售"
