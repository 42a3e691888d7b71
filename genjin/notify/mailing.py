"""Mail as the second channel: what somebody asked for and has not read on the screen, outside the quiet hours."""

from __future__ import annotations

import smtplib
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from email.utils import make_msgid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from genjin.lib import moment
from genjin.lib.phones import without_phones
from genjin.notify.claiming import claim, leave, settle
from genjin.notify.models import Notice, Outgoing
from genjin.notify.rules import MOST_IN_MAIL, quiet_until, short
from genjin.notify.steps import queue_mail
from genjin.orgs.models import Membership

_FOOT = {
    "zh-CN": "收哪些邮件、几点不打扰，在设置里改：",
    "en-US": "Which mails come, and when not to disturb, is set here:",
}


def lay_out_mails(now: datetime) -> int:
    """Lay one mail ready for each member whose notices are due; returns how many.

    Run it as often as you like, by as many workers as you like: a notice is marked in the transaction of its mail.
    """
    due = Notice.objects.filter(mail_at__lte=now, mail_at__isnull=False)
    made = 0
    for member_id in sorted(set(due.values_list("member_id", flat=True))):
        with transaction.atomic():
            made += _lay_out(member_id, now)
    return made


def _lay_out(member_id: int, now: datetime) -> bool:
    member = Membership.objects.select_for_update(of=("self",)).select_related("org", "login").get(pk=member_id)
    mine = Notice.objects.filter(member_id=member_id, mail_at__lte=now, mail_at__isnull=False)
    until = quiet_until(now.astimezone(member.zone), member.quiet_from, member.quiet_to)
    if until is not None:
        mine.update(mail_at=until)
        return False
    unread = list(mine.filter(read_at__isnull=True).order_by("id"))
    mine.update(mail_at=None)
    if not unread or not address_of(member):
        return False
    title, lines = _content(member, unread)
    queue_mail(member, once=f"mail:{member.pk}:{unread[-1].pk}", title=title, lines=lines, now=now)
    return True


def address_of(member: Membership) -> str:
    """Where mail for a member goes: his account when it is an address and he is there."""
    account = member.login.account if member.login and member.login.active else ""
    return account if member.active and "@" in account and settings.EMAIL_HOST else ""


def _content(member: Membership, notices: Sequence[Notice]) -> tuple[str, list[str]]:
    """Subject and lines in the member's language, without anybody's phone."""
    chinese = member.locale == "zh-CN"
    texts = [without_phones(each.zh if chinese else each.en) for each in notices]
    many = f"你有 {len(texts)} 条消息" if chinese else f"{len(texts)} notices for you"
    subject = short(texts[0], 80) if len(texts) == 1 else many
    lines = []
    for text, each in list(zip(texts, notices, strict=True))[:MOST_IN_MAIL]:
        lines += [text, f"{settings.PUBLIC_URL}{each.link}", ""]
    left = len(texts) - MOST_IN_MAIL
    if left > 0:
        lines += [f"还有 {left} 条，打开跟进看全部" if chinese else f"{left} more in Genjin", ""]
    foot = _FOOT["zh-CN" if chinese else "en-US"]
    return f"{member.org.name} · {subject}", [*lines, "--", f"{foot} {settings.PUBLIC_URL}/me"]


def send_mail(message: Outgoing) -> bool:
    """Send one waiting mail; False when another worker has it or nobody is to receive it any more.

    Must not be called inside a transaction: the mark has to be seen by others before the first byte.
    """
    member = Membership.objects.select_related("login").filter(pk=int(message.target)).first()
    address = address_of(member) if member is not None else ""
    if not address:
        leave(message.pk, "failed", "off")
        return False
    if not claim(message.pk, moment.now()):
        return False
    state, error = post_mail(message, address)
    settle(message, state, error, moment.now())
    return True


def post_mail(message: Outgoing, address: str) -> tuple[str, str]:
    """Hand the mail over: (sent | waiting | unsure | failed, fault key). The server's words are not kept.

    The connection is made apart: whatever goes wrong before it stands, the mail was surely not taken.
    """
    server = get_connection()
    try:
        server.open()
    except smtplib.SMTPServerDisconnected:
        return "waiting", "unreachable"
    except smtplib.SMTPException:
        return "waiting", "refused"
    except (OSError, UnicodeError):
        return "waiting", "unreachable"
    try:
        return _send(message, address, server)
    finally:
        with suppress(OSError):
            server.close()


def _send(message: Outgoing, address: str, server: Any) -> tuple[str, str]:
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    headers = {"Message-ID": make_msgid(f"genjin-{message.pk}", host), "Auto-Submitted": "auto-generated"}
    subject = " ".join(message.title.split())
    try:
        EmailMessage(subject, "\n".join(message.body), None, [address], headers=headers, connection=server).send()
    except ValueError:
        return "failed", "address"
    except smtplib.SMTPRecipientsRefused as refusal:
        # 4xx: not now (greylisting, a full box); 5xx: nobody of that name.
        later = all(400 <= code < 500 for code, _ in refusal.recipients.values())
        return ("waiting", "refused") if later else ("failed", "address")
    except smtplib.SMTPServerDisconnected:
        return "unsure", "unsure"
    except smtplib.SMTPException:
        return "waiting", "refused"
    except OSError:
        return "unsure", "unsure"
    return "sent", ""
