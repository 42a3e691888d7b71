"""Logging in and out: one answer and one duration for every wrong pair, a fresh session each time."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from datetime import datetime
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.db import transaction
from django.db.models import F

from genjin.access.actor import Actor
from genjin.access.models import Session
from genjin.access.queries import actor_of_member, digest
from genjin.door.change import Change, write_events
from genjin.lib.errors import Invalid, NotFound, Refusal
from genjin.orgs.models import Login, Membership
from genjin.people.rules import ACCOUNT, ADDRESS, PAIR, SESSION_LIFE, check_password_strength, known_account
from genjin.people.throttle import count_try, forget_tries, take_back_try

log = logging.getLogger("genjin.people")


class Browser(NamedTuple):
    """Where a login comes from: address, a name for logs, the mark of a browser that was here before."""

    address: str
    agent: str = ""
    mark: str = ""
    loopback: bool = False


class Opened(NamedTuple):
    """A session just opened: the cookie's secret, the mark for this browser, the actor."""

    secret: str
    mark: str
    member: Membership


@cache
def _nobody() -> str:
    """A hash nobody's password fits: an unknown account costs the same time as a known one."""
    return make_password(secrets.token_urlsafe(16))


def log_in(account: str, password: str, browser: Browser, *, old_cookie: str, now: datetime) -> Opened:
    """Check the pair and open a session; the session in `old_cookie` ends (no fixation).

    Raises `Throttled` after too many tries, `Refusal` 401 `wrong_login` for any wrong pair.
    """
    account = known_account(account)
    login = check_pair(account, password, browser, now=now)
    member = _last_used(login) if login else None
    if login is None or member is None:
        log.warning("login refused from %s", browser.address)
        raise Refusal("账号或密码不对", "Wrong account or password", status=401, code="wrong_login")
    _demand_local_demo(member, browser)
    if old_cookie:
        end_session(old_cookie)
    return open_session(member, browser, now=now)


def _last_used(login: Login) -> Membership | None:
    """Of several teams the one worked in last, else the oldest."""
    rows = Membership.objects.filter(login=login, active=True).select_related("org", "department")
    return rows.order_by(F("used_at").desc(nulls_last=True), "id").first()


def _demand_local_demo(member: Membership, browser: Browser) -> None:
    if member.org.is_demo and not browser.loopback:
        raise Refusal(
            "演示账号只能在装了系统的这台电脑上用",
            "Demo logins work only on the machine that runs the system",
            status=403,
            code="demo_is_local",
        )


def switch_team(actor: Actor, cookie: str, member_id: int, browser: Browser, *, now: datetime) -> Membership:
    """Move the browser's session to another team of the same login; it holds that team's rights from now on.

    `NotFound` for a membership that is not this login's or is switched off, as if it did not exist.
    """
    with transaction.atomic():
        session = Session.objects.select_for_update(of=("self",)).filter(
            digest=digest(cookie), expires_at__gt=now, member_id=actor.member_id
        )
        login_id = session.values_list("member__login_id", flat=True).first()
        if login_id is None:
            raise NotFound()
        rows = Membership.objects.select_related("org", "login")
        member = rows.filter(pk=member_id, login_id=login_id, active=True).first()
        if member is None:
            raise NotFound()
        _demand_local_demo(member, browser)
        session.update(member=member)
        _use(member, browser, now)
    return member


def _use(member: Membership, browser: Browser, now: datetime) -> None:
    """Write down that a session works in this team from now on."""
    Membership.objects.filter(pk=member.pk).update(used_at=now)
    change = Change(actor_of_member(member.pk), "session.open", now)
    change.record("session.opened", member, after={"agent": browser.agent[:80]})
    write_events(change, change.events)


def check_pair(account: str, password: str, browser: Browser, *, now: datetime) -> Login | None:
    """The login behind a right pair, None for a wrong one; counts the try first."""
    login = Login.objects.filter(account=account, active=True).first()
    known = login is not None and hmac.compare_digest(browser.mark, mark_of(login))
    pair = f"pair {account} {browser.mark if known else browser.address}"
    count_try(f"address {browser.address}", ADDRESS, now=now)
    count_try(pair, PAIR, now=now)
    if not known:
        count_try(f"account {account}", ACCOUNT, now=now)
    nobody = _nobody()
    right = check_password(password[:1000], login.password if login else nobody)
    if not right or login is None:
        return None
    forget_tries(pair)
    take_back_try(f"address {browser.address}")
    if not known:
        take_back_try(f"account {account}")
    return login


def mark_of(login: Login) -> str:
    """The mark of a browser that has logged in as this person: it is not slowed down by others' tries."""
    text = f"known browser {login.pk} {login.password}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def open_session(member: Membership, browser: Browser, *, now: datetime) -> Opened:
    """A new session of this member, written to the log."""
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        Session.objects.create(
            digest=digest(secret),
            member=member,
            created_at=now,
            expires_at=now + SESSION_LIFE,
            agent=browser.agent[:200],
        )
        _use(member, browser, now)
    assert member.login is not None
    return Opened(secret, mark_of(member.login), member)


def end_session(cookie: str) -> None:
    """Log out: the cookie is worth nothing from now on."""
    Session.objects.filter(digest=digest(cookie)).delete()


def end_sessions_of_login(login_id: int) -> None:
    """Password changed: every browser has to log in again."""
    Session.objects.filter(member__login_id=login_id).delete()


def change_password(actor: Actor, old: str, new: str, browser: Browser, *, now: datetime) -> Opened:
    """Set a new password after the old one was given; all sessions end, this browser gets a new one."""
    assert actor.member_id is not None
    member = Membership.objects.select_related("login", "org").get(pk=actor.member_id)
    assert member.login is not None
    if check_pair(member.login.account, old, browser, now=now) is None:
        raise Invalid("原密码不对", "The old password is wrong", field="old")
    with transaction.atomic():
        set_password(member.login, new, names=(member.name,), now=now)
        return open_session(member, browser, now=now)


def set_password(login: Login, password: str, *, names: tuple[str, ...] = (), now: datetime) -> None:
    """Store a new password and end every session of the login; refuses a weak one."""
    check_new_password(password, login.account, names)
    login.password, login.password_at = make_password(password), now
    login.save(update_fields=["password", "password_at"])
    end_sessions_of_login(login.pk)


def check_new_password(password: str, account: str, names: tuple[str, ...] = ()) -> None:
    """The rules of passwords, and Django's list of 20,000 common ones (`Invalid`, field password)."""
    check_password_strength(password, account=account, names=names)
    if password.lower().strip() in _common():
        raise Invalid("这个密码太常见，换一个", "This password is too common", field="password")


@cache
def _common() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)
