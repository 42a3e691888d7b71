"""Surveys that go to a contact by mail (R-147): laid ready after the commit, the link made only when it is sent."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from genjin.access.guard import unscoped
from genjin.history.models import Event
from genjin.lib import moment
from genjin.notify.claiming import claim, leave, settle
from genjin.notify.mailing import post_mail
from genjin.notify.models import Outgoing
from genjin.notify.steps import queue_survey
from genjin.surveys.links import link_of
from genjin.surveys.models import Invitation

EVENT = "survey.sent"


def lay_out(events: Sequence[Event]) -> None:
    """A mail for each survey that is to go by mail; a second one for the same link is dropped."""
    ids = [event.subject_id for event in events if _by_mail(event)]
    for row in unscoped(Invitation, "worker").filter(pk__in=ids).select_related("survey", "org").order_by("pk"):
        title = f"{row.org.name}：{row.survey.question}"
        queue_survey(row.org_id, row.pk, title=title, now=moment.now())


def _by_mail(event: Event) -> bool:
    after = event.data.data.get("after") if hasattr(event, "data") else None
    return isinstance(after, dict) and after.get("by") == "mail"


def send_survey(message: Outgoing) -> bool:
    """Send one; False when it is nobody's any more or another worker has it. Never inside a transaction."""
    now = moment.now()
    rows = unscoped(Invitation, "worker").filter(pk=int(message.target), state="sent", expires_at__gt=now)
    living = rows.filter(deleted_at__isnull=True, customer__deleted_at__isnull=True, contact__deleted_at__isnull=True)
    row = living.select_related("contact", "survey", "org").first()
    if row is None or row.contact is None or not row.contact.email or not settings.EMAIL_HOST:
        leave(message.pk, "failed", "off")
        return False
    if not claim(message.pk, now):
        return False
    day = row.expires_at.astimezone(row.org.zone)
    message.body = [
        f"{row.contact.name}，您好。", f"{row.survey.question}麻烦花半分钟打个分，{day.month}月{day.day}日前有效：", "",
        link_of(row), "", f"Would you rate us in half a minute? The link is open until {day:%b} {day.day}.", "",
        row.org.name,
    ]  # fmt: skip
    state, error = post_mail(message, row.contact.email)
    settle(message, state, error, moment.now())
    return True
