"""The page that customers open by a link: once, in time, without login, and nothing leaks (R-147)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.complaints.models import Complaint
from genjin.history.models import Event
from genjin.lib import moment
from genjin.surveys.links import link_of, token_of
from genjin.surveys.models import Invitation, Satisfaction
from genjin.surveys.tests.conftest import Sent

ANSWER = {"score": "4", "comment": "响应快", "choice": ["交付", "不是选项"]}


def text(answer: Any) -> str:
    return str(answer.content.decode())


def scores() -> list[tuple[int, str, list[str]]]:
    return list(unscoped(Satisfaction, "test").order_by("pk").values_list("score", "comment", "choices"))


def test_a_customer_answers_once_without_login(cast: Cast, sent: Sent, phone: Client) -> None:
    """R-147, R-148: the question, one answer, thanks; the log says that the link gave it."""
    opened = phone.get(sent.path)
    assert (opened.status_code, opened["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "这个季度对我们的服务满意吗？" in text(opened) and "青松科技" in text(opened) and "响应速度" in text(opened)
    answered = phone.post(sent.path, ANSWER)
    assert (answered.status_code, answered["Location"]) == (303, f"{sent.path}?thanks=1")
    thanked = phone.get(answered["Location"])
    assert (thanked.status_code, "收到了，谢谢你" in text(thanked)) == (200, True)
    assert scores() == [(4, "响应快", ["交付"])]
    event = Event.objects.get(name="satisfaction.answered")
    assert (event.actor_kind, event.member_id, event.source) == ("link", None, "link")
    for again in (phone.get(sent.path), phone.post(sent.path, {"score": "1"})):
        assert (again.status_code, "这份调查已经答过了，谢谢" in text(again)) == (410, True)
    assert scores() == [(4, "响应快", ["交付"])]
    assert not phone.cookies and "Set-Cookie" not in opened


def test_it_says_nothing_of_the_customer_and_needs_no_script(sent: Sent, phone: Client) -> None:
    """R-147: team and question only; no script, no inline style, a policy of its own, no foreign host."""
    opened = phone.get(sent.path)
    page = text(opened)
    for secret in ("金丝雀", "王建国", "13800000001", "李销售", "季度回访", "产线看板"):
        assert secret not in page
    assert "<script" not in page and "style=" not in page and "http" not in page
    policy = opened["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'") and "form-action 'self'" in policy
    assert (opened["Cache-Control"], opened["X-Robots-Tag"], opened["Referrer-Policy"]) == (
        "no-store", "noindex, nofollow", "same-origin",
    )  # fmt: skip
    style = phone.get("/s/survey.css")
    assert (style.status_code, style["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert len(page) + len(style.content) < 12_000


@pytest.mark.parametrize(("language", "words"), [("zh-CN", "链接不对"), ("en-GB", "This link is not right")])
def test_a_guess_finds_nothing(sent: Sent, language: str, words: str) -> None:
    """R-147: another signature, another id, a link of another expiry: one sentence, the same in each case."""
    client = Client(headers={"accept-language": language})
    row = unscoped(Invitation, "test").get()
    token = token_of(row)
    head, _, mac = token.partition("-")
    other = "A" if mac[0] != "A" else "B"
    guesses = [f"{head}-{other}{mac[1:]}", f"zz-{mac}", "x", f"{'z' * 13}-{mac}", f"{head}-{mac}x", "%00"]
    answers = [client.get(f"/s/{guess}") for guess in guesses]
    assert [each.status_code for each in answers] == [404] * 6
    assert len({text(each) for each in answers}) == 1 and words in text(answers[0])
    unscoped(Invitation, "test").update(expires_at=row.expires_at + timedelta(days=30))
    assert client.get(f"/s/{token}").status_code == 404
    assert client.post(f"/s/{guesses[0]}", {"score": "5"}).status_code == 404
    assert scores() == []


def test_an_expired_link_says_so(sent: Sent, phone: Client) -> None:
    """R-147: open for 14 days unless the team says otherwise."""
    with moment.frozen(NOW + timedelta(days=14, seconds=-1)):
        assert phone.get(sent.path).status_code == 200
    with moment.frozen(NOW + timedelta(days=14)):
        for late in (phone.get(sent.path), phone.post(sent.path, {"score": "5"})):
            assert (late.status_code, "这份调查已经过期" in text(late)) == (410, True)
    assert scores() == []


def test_the_team_says_how_long_and_what_is_low(cast: Cast, sent: Sent, phone: Client) -> None:
    """R-147: the settings; a score above what counts as low opens nothing."""
    assert cast.admin.put("/surveys/settings", {"days": 3, "low": 0}).status == 200
    again = cast.li.post(f"/customers/{sent.customer}/surveys", {"survey_id": sent.survey})
    assert again["expires_at"] == "2026-11-27T02:12:00+00:00"
    assert phone.post(sent.path, {"score": "1"}).status_code == 303
    assert unscoped(Complaint, "test").count() == 0
    for wrong in ({"days": 0, "low": 2}, {"days": 91, "low": 2}, {"days": 14, "low": 5}):
        assert cast.admin.put("/surveys/settings", wrong).status == 422


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"comment": "写了很多"}, "先选一个分数"),
        ({"score": "6", "comment": "写了很多"}, "先选一个分数"),
        ({"score": "5'; --", "comment": "写了很多"}, "先选一个分数"),
        ({"score": "3", "comment": "长" * 1001}, "留言最多 1000 字"),
    ],
)
def test_what_is_wrong_comes_back_with_what_was_typed(
    sent: Sent, phone: Client, body: dict[str, str], words: str
) -> None:
    wrong = phone.post(sent.path, body)
    assert wrong.status_code == 422 and words in text(wrong) and body["comment"][:20] in text(wrong)
    assert scores() == []


def test_marks_in_words_stay_words(cast: Cast, sent: Sent, phone: Client) -> None:
    """What somebody types is never markup: not his own on the page that comes back, not the team's question."""
    back = text(phone.post(sent.path, {"comment": '<img src=x onerror="alert(1)"></textarea>\x00'}))
    assert "<img" not in back and "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;" in back
    survey = {"title": "x", "question": "<b>满意吗</b>", "version": 1}
    assert cast.zhao.put(f"/surveys/{sent.survey}", survey).status == 200
    assert "&lt;b&gt;满意吗&lt;/b&gt;" in text(phone.get(sent.path))


def test_another_site_cannot_send_the_form(sent: Sent, phone: Client) -> None:
    """CSRF: the link is the only right, no session counts, and a foreign form is refused."""
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
        foreign = phone.post(sent.path, {"score": "1"}, headers=headers)
        assert foreign.status_code == 403 and "请从收到的链接打开这一页" in text(foreign)
    assert scores() == []
    assert phone.post(sent.path, {"score": "5"}, headers={"origin": "http://testserver"}).status_code == 303


def test_a_login_gives_no_more_than_the_link(cast: Cast, sent: Sent) -> None:
    """Whoever is logged in answers as the customer too: the link acts, not he."""
    assert cast.outsider.client.post(sent.path, {"score": "5"}).status_code == 303
    assert Event.objects.get(name="satisfaction.answered").member_id is None


def test_an_address_that_guesses_is_held_up(sent: Sent, phone: Client) -> None:
    """R-147: ten wrong links in ten minutes, then 429 for that address; others go on, and so does it afterwards."""
    wrong = [phone.get(f"/s/1-{'A' * 22}").status_code for _ in range(12)]
    assert wrong == [404] * 10 + [429] * 2
    for _ in range(60):
        last = phone.get(sent.path)
    assert last.status_code == 429 and "过几分钟再试" in text(last) and int(last["Retry-After"]) > 0
    assert phone.get(sent.path, REMOTE_ADDR="203.0.113.9").status_code == 200
    with moment.frozen(NOW + timedelta(minutes=11)):
        assert phone.get(sent.path).status_code == 200


def test_gone_with_its_customer(cast: Cast, sent: Sent, phone: Client) -> None:
    assert cast.admin.post("/customers/delete", {"ids": [sent.customer]}).status == 200
    assert phone.get(sent.path).status_code == 404


def test_neither_the_database_nor_the_secret_alone_makes_a_link(sent: Sent, settings: Any) -> None:
    """Another secret, another nonce: another address; and the address is in no column."""
    row = unscoped(Invitation, "test").get()
    link = link_of(row)
    assert link == sent.link and re.search(r"/s/[0-9a-z]+-[A-Za-z0-9_-]{22}$", link)
    mac = link.rpartition("-")[2]
    columns = unscoped(Invitation, "test").values().get()
    assert all(mac not in str(value) for value in columns.values())
    row.nonce = "0" * 32
    changed = link_of(row)
    row.nonce = columns["nonce"]
    settings.SECRET_KEY = "another"
    assert len({link, changed, link_of(row)}) == 3
