"""Coming in by a link: accepting an invitation, setting a forgotten password."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from genjin.access.models import Grant, Role
from genjin.access.queries import actor_of_member
from genjin.door.change import Change, write_events
from genjin.lib.errors import Conflict, Invalid
from genjin.orgs.models import Login, Membership
from genjin.people.models import OneTimeLink
from genjin.people.queries import open_link
from genjin.people.rules import LINKS, normal_account
from genjin.people.sessions import Browser, Opened, check_new_password, check_pair, open_session, set_password
from genjin.people.throttle import count_try


def accept_invitation(
    secret: str, *, account: str, password: str, name: str, browser: Browser, now: datetime
) -> Opened:
    """Make the holder of the link a member and log him in; the link is used up.

    A person who has a login already joins with his own password: an invitation never changes it.
    """
    count_try(f"link {browser.address}", LINKS, now=now)
    account = normal_account(account)
    there = Login.objects.filter(account=account).exists()
    if there and check_pair(account, password, browser, now=now) is None:
        raise Invalid(
            "这个账号已经有人用，密码要填它原来的密码", "This account exists; give its own password", field="password"
        )
    with transaction.atomic():
        link = open_link("invite", secret, now=now, lock=True)
        assert link.org is not None
        if link.account and link.account != account:
            raise Invalid("邀请是发给另一个账号的", "The invitation is for another account", field="account")
        if not there:
            check_new_password(password, account, (name,))
        member = _join(link, account, password, name or link.name, now=now)
        link.used_at = now
        link.save(update_fields=["used_at"])
        return open_session(member, browser, now=now)


def _join(link: OneTimeLink, account: str, password: str, name: str, *, now: datetime) -> Membership:
    assert link.org is not None
    login = Login.objects.filter(account=account).first() or Login.objects.create(
        account=account, password=make_password(password), password_at=now
    )
    try:
        with transaction.atomic():
            member = Membership.objects.create(org=link.org, login=login, department=link.department, name=name)
    except IntegrityError:
        raise Conflict("这个账号已经在团队里", "This account is in the team already", code="exists") from None
    Grant.objects.create(
        org_id=member.org_id, member=member, role=Role.objects.get(org_id=member.org_id, key=link.role)
    )
    change = Change(actor_of_member(member.pk), "invitation.accept", now)
    change.record("member.joined", member, after={"name": name, "role": link.role})
    write_events(change, change.events)
    return member


def reset_password(secret: str, password: str, *, browser: Browser, now: datetime) -> None:
    """Set a new password by a link; every session of the login ends, the link is used up."""
    count_try(f"link {browser.address}", LINKS, now=now)
    with transaction.atomic():
        link = open_link("reset", secret, now=now, lock=True)
        assert link.login is not None
        set_password(link.login, password, now=now)
        OneTimeLink.objects.filter(kind="reset", login=link.login, used_at=None).update(used_at=now)
