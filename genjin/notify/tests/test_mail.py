"""Mail as the second channel (R-083): what was asked for and not read, once, outside the quiet hours."""

from __future__ import annotations

import socket
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.lib import moment
from genjin.notify.models import Notice, Outgoing
from genjin.notify.rules import MAIL_DELAY, MOST_IN_MAIL, RETRY_MINUTES, Saying, quiet_until
from genjin.notify.steps import Line, put
from genjin.notify.tasks import make_mails, send_messages
from genjin.orgs.models import Login

CLOCKS = st.times().map(lambda each: each.replace(second=0, microsecond=0))
DATABASE = pytest.mark.django_db(transaction=True)


def tell(cast: Any, once: str, zh: str = "赵主管 在 苏州恒锐 提到你：看下报价", kind: str = "mention") -> None:
    saying = Saying(zh, "Zhao mentioned you")
    put([Line(cast.org.pk, cast.li.id, kind, saying, once, moment.now(), "/customers/7")])


def work() -> int:
    made: int = make_mails()  # type: ignore[assignment]
    sent: int = send_messages()  # type: ignore[assignment]
    return made + sent


@pytest.fixture
def wished(cast: Any, post: Any) -> Any:
    answer = cast.li.patch("/session/me", {"mailed": ["mention", "overdue"]})
    assert answer.status == 200, answer
    return cast


@DATABASE
def test_what_is_not_read_comes_as_one_mail(wished: Any, post: Any, now: datetime) -> None:
    tell(wished, "a")
    tell(wished, "b", "王总 138 0013 8000 的待办已逾期", "overdue")
    tell(wished, "c", "导入完成", "import")
    assert work() == 0
    with moment.frozen(now + MAIL_DELAY):
        assert work() == 2
        assert work() == 0
    ((address, mail),) = post.arrived
    assert address == wished.li.member.login.account
    assert str(mail["Subject"]).endswith("你有 2 条消息") and mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_content()
    assert "赵主管 在 苏州恒锐 提到你：看下报价" in text and "https://genjin.example.com/customers/7" in text
    assert "导入完成" not in text and "8000" not in text
    assert Outgoing.objects.get().state == "sent"


@DATABASE
def test_what_was_read_on_the_screen_does_not_come_again(wished: Any, post: Any, now: datetime) -> None:
    tell(wished, "a")
    wished.li.post("/inbox/read", {"all": True})
    with moment.frozen(now + MAIL_DELAY):
        assert work() == 0
    assert post.arrived == [] and Notice.objects.get().mail_at is None


@DATABASE
def test_the_language_is_that_of_the_member(wished: Any, post: Any, now: datetime) -> None:
    wished.li.patch("/session/me", {"locale": "en-US"})
    tell(wished, "a")
    with moment.frozen(now + MAIL_DELAY):
        work()
    assert str(post.arrived[0][1]["Subject"]).endswith("Zhao mentioned you")


@DATABASE
def test_in_quiet_hours_it_waits_for_their_end(wished: Any, post: Any, now: datetime) -> None:
    """Now is 10:12 in Shanghai; quiet from 10:00 to 14:00."""
    assert wished.li.patch("/session/me", {"quiet_from": "10:00", "quiet_to": "14:00"}).status == 200
    tell(wished, "a")
    with moment.frozen(now + MAIL_DELAY):
        assert work() == 0
    waits = Notice.objects.get().mail_at
    assert waits is not None and waits.astimezone(wished.org.zone).time() == time(14)
    with moment.frozen(now + timedelta(hours=4)):
        assert work() == 2


@DATABASE
def test_more_than_a_screenful_is_counted(wished: Any, post: Any, now: datetime) -> None:
    for number in range(MOST_IN_MAIL + 3):
        tell(wished, str(number))
    with moment.frozen(now + MAIL_DELAY):
        work()
    assert "还有 3 条" in post.arrived[0][1].get_content()


@DATABASE
@pytest.mark.parametrize(
    ("answers", "state", "error"),
    [
        ({"RCPT": b"550 nobody"}, "failed", "address"),
        ({"RCPT": b"451 greylisted, try again"}, "waiting", "refused"),
        ({"END": b"451 later"}, "waiting", "refused"),
        ({"END": b""}, "unsure", "unsure"),
    ],
)
def test_a_refusal_is_kept_and_nothing_is_sent_twice(
    wished: Any, post: Any, now: datetime, answers: dict[str, bytes], state: str, error: str
) -> None:
    post.answers |= answers
    tell(wished, "a")
    with moment.frozen(now + MAIL_DELAY):
        work()
        assert work() == 0
    message = Outgoing.objects.get()
    assert (message.state, message.error) == (state, error)
    post.answers |= {"RCPT": b"250 ok", "END": b"250 taken"}
    with moment.frozen(now + MAIL_DELAY + timedelta(minutes=RETRY_MINUTES[0])):
        assert work() == (1 if state == "waiting" else 0)


@DATABASE
def test_nobody_there_is_tried_again_later(wished: Any, post: Any, now: datetime) -> None:
    post.close()
    tell(wished, "a")
    with moment.frozen(now + MAIL_DELAY):
        work()
    assert (Outgoing.objects.get().state, Outgoing.objects.get().error) == ("waiting", "unreachable")


@DATABASE
@pytest.mark.parametrize("fault", [socket.gaierror(-2, "no such name"), TimeoutError(), UnicodeError("bad name")])
def test_a_server_that_is_not_reached_has_taken_nothing(
    wished: Any, post: Any, now: datetime, monkeypatch: Any, fault: Exception
) -> None:
    def refuse(*_args: Any, **_named: Any) -> None:
        raise fault

    monkeypatch.setattr(socket, "create_connection", refuse)
    tell(wished, "a")
    with moment.frozen(now + MAIL_DELAY):
        work()
    assert (Outgoing.objects.get().state, Outgoing.objects.get().error) == ("waiting", "unreachable")
    monkeypatch.undo()
    with moment.frozen(now + MAIL_DELAY + timedelta(minutes=RETRY_MINUTES[0])):
        assert work() == 1
    assert (Outgoing.objects.get().state, len(post.arrived)) == ("sent", 1)


@DATABASE
def test_a_mail_that_cannot_be_written_fails_alone(wished: Any, post: Any, now: datetime) -> None:
    Login.objects.filter(pk=wished.li.member.login_id).update(account="a\nb@example.com")
    tell(wished, "a")
    with moment.frozen(now + MAIL_DELAY):
        work()
    assert (Outgoing.objects.get().state, Outgoing.objects.get().error) == ("failed", "address")
    assert post.arrived == []


@DATABASE
def test_whoever_has_left_gets_none(wished: Any, post: Any, now: datetime) -> None:
    tell(wished, "a")
    wished.li.member.active = False
    wished.li.member.save()
    with moment.frozen(now + MAIL_DELAY):
        assert work() == 0
    assert post.arrived == []


@DATABASE
def test_without_a_mail_server_nothing_waits(cast: Any, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    cast.li.patch("/session/me", {"mailed": ["mention"]})
    tell(cast, "a")
    assert Notice.objects.get().mail_at is None
    assert cast.li.get("/session")["member"]["mail"] is False


@DATABASE
def test_quiet_hours_can_be_switched_off(cast: Any) -> None:
    assert cast.li.patch("/session/me", {"quiet_from": "22:00", "quiet_to": "08:00"}).status == 200
    half = cast.li.patch("/session/me", {"quiet_from": None})
    assert (half.status, half["field"]) == (422, "quiet_to")
    assert cast.li.patch("/session/me", {"quiet_from": None, "quiet_to": None, "timezone": None}).status == 200
    member = cast.li.get("/session")["member"]
    assert (member["quiet_from"], member["quiet_to"], member["timezone"]) == (None, None, None)


@DATABASE
@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"mailed": ["everything"]}, "mailed.0"),
        ({"quiet_from": "22:00"}, "quiet_to"),
        ({"quiet_from": "25:00", "quiet_to": "08:00"}, "quiet_from"),
    ],
)
def test_a_wrong_wish_is_named_and_changes_nothing(cast: Any, sent: dict[str, Any], field: str) -> None:
    before = cast.li.get("/session")["member"]
    answer = cast.li.patch("/session/me", sent)
    assert (answer.status, answer["field"]) == (422, field)
    assert cast.li.get("/session")["member"] == before


@DATABASE
def test_the_inbox_is_looked_through_by_group(cast: Any) -> None:
    tell(cast, "a")
    tell(cast, "b", kind="overdue")
    assert [each["kind"] for each in cast.li.get("/inbox", group="said")["items"]] == ["mention"]
    assert [each["kind"] for each in cast.li.get("/inbox", group="due")["items"]] == ["overdue"]
    assert cast.li.get("/inbox", group="said")["unread"] == 2
    assert cast.li.get("/inbox", group="other").status == 422


@given(CLOCKS, CLOCKS, CLOCKS)
def test_quiet_hours_end_within_a_day_and_not_inside_themselves(at: time, opening: time, closing: time) -> None:
    local = datetime.combine(datetime(2026, 11, 24), at)
    until = quiet_until(local, opening, closing)
    if until is None:
        return
    assert local < until <= local + timedelta(days=1) and until.time() == closing
    assert quiet_until(until, opening, closing) is None


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("22:00", "2026-11-25 08:00"),
        ("23:59", "2026-11-25 08:00"),
        ("00:00", "2026-11-24 08:00"),
        ("07:59", "2026-11-24 08:00"),
        ("08:00", None),
        ("21:59", None),
    ],
)
def test_quiet_hours_over_midnight(at: str, until: str | None) -> None:
    local = datetime.combine(datetime(2026, 11, 24), time.fromisoformat(at))
    found = quiet_until(local, time(22), time(8))
    assert (found.isoformat(" ", "minutes") if found else None) == until
