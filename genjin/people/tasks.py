"""What the worker does for people: reset mails, and clearing counts, links and sessions that have ended."""

from __future__ import annotations

import logging
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail

from genjin.access.models import Session
from genjin.access.queries import digest
from genjin.history.schedule import every
from genjin.lib import moment
from genjin.orgs.models import Login
from genjin.people import viewing_actions
from genjin.people.models import OneTimeLink, ResetWish
from genjin.people.rules import RESET_LIFE
from genjin.people.throttle import drop_old_counts

log = logging.getLogger("genjin.people")
_BODY = """有人为这个邮箱要了新密码。是你的话，两小时内打开：
{link}
不是你，就不用管，密码没有变。

Somebody asked for a new password for this address. If it was you, open the link within two hours.
"""


@every("people.reset_mail", seconds=10)
def send_reset_mails() -> None:
    """Send one link for each wish whose account is a living mail login. A wish is removed first: a
    mail that is lost can be asked for again, none is sent twice."""
    for wish in ResetWish.objects.order_by("id")[:50]:
        if ResetWish.objects.filter(pk=wish.pk).delete()[0] == 0 or not settings.EMAIL_HOST:
            continue
        login = Login.objects.filter(account=wish.account, active=True).first()
        if login is None or "@" not in login.account:
            continue
        _send(login)


def _send(login: Login) -> None:
    now, secret = moment.now(), secrets.token_urlsafe(32)
    OneTimeLink.objects.create(
        kind="reset", digest=digest(secret), login=login, created_at=now, expires_at=now + RESET_LIFE
    )
    body = _BODY.format(link=f"{settings.PUBLIC_URL}/reset/{secret}")
    try:
        send_mail("重设密码 / Reset your password", body, None, [login.account])
    except OSError as error:
        log.error("reset mail not sent: %s", type(error).__name__)


@every("people.end_views", seconds=60)
def end_views() -> int:
    """Say in the log that somebody's half hour with the eyes of a role is over; returns how many."""
    return viewing_actions.end_overdue(moment.now())


@every("people.clear", seconds=3600)
def clear_what_ended() -> None:
    """Counts, sessions and links that have ended are of no use to anybody."""
    now = moment.now()
    drop_old_counts(now=now)
    Session.objects.filter(expires_at__lt=now).delete()
    OneTimeLink.objects.filter(expires_at__lt=now - timedelta(days=30)).exclude(kind="setup").delete()
