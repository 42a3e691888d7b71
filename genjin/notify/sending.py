"""Sending what waits: each message at most once, a robot in trouble left alone for a while.

A message is marked `sending` and committed before the first byte leaves. What was surely not taken (no
connection, or the service said no) goes back to waiting; where nobody can tell (killed or cut off
in between) it becomes `unsure` and is shown, never repeated. docs/decisions/at-most-once.md says why.
"""

from __future__ import annotations

from datetime import datetime
from time import monotonic

import httpcore
from django.conf import settings
from django.db import transaction

from genjin.lib import moment, robots
from genjin.lib.errors import Invalid
from genjin.lib.outbound import OutboundFailed, OutboundRefused, post_json
from genjin.notify.claiming import claim, leave, settle
from genjin.notify.mailing import send_mail
from genjin.notify.models import MAIL, SURVEY, Outgoing, Robot
from genjin.notify.rules import MOST_FAILURES, PAUSE
from genjin.notify.survey_mail import send_survey

MOST_A_ROUND = 50
ROUND_S = 20.0
_NOT_SENT = (httpcore.ConnectError, httpcore.ConnectTimeout)


def send_waiting() -> int:
    """Send what is due, for at most about 20 s; returns how many messages were tried."""
    _bury_the_dead(moment.now())
    ends = monotonic() + ROUND_S
    tried = 0
    for pk in _due(moment.now()):
        if monotonic() > ends:
            break
        tried += send(pk)
    return tried


def send(pk: int) -> bool:
    """Send one waiting message; False when another worker has it or its robot may not be called now.

    Must not be called inside a transaction: the mark has to be seen by others before the first byte.
    """
    message = Outgoing.objects.get(pk=pk)
    if message.channel == MAIL:
        return send_mail(message)
    if message.channel == SURVEY:
        return send_survey(message)
    now = moment.now()
    robot = Robot.objects.filter(pk=int(message.target)).first()
    testing = message.once.startswith("test:")
    if robot is None or not (robot.enabled or testing):
        leave(pk, "failed", "off")
        return False
    if robot.paused_until is not None and robot.paused_until > now and not testing:
        Outgoing.objects.filter(pk=pk, state="waiting").update(send_after=robot.paused_until)
        return False
    if not claim(pk, now):
        return False
    state, error = _post(robot, message, now)
    _settle(robot, message, state, error, moment.now(), once_only=testing)
    return True


def _due(now: datetime) -> list[int]:
    rows = Outgoing.objects.filter(state="waiting", send_after__lte=now).order_by("send_after", "id")
    return list(rows.values_list("pk", flat=True)[:MOST_A_ROUND])


def _post(robot: Robot, message: Outgoing, now: datetime) -> tuple[str, str]:
    """Hand the message over: (sent | waiting | unsure | failed, fault key). Answers are never kept."""
    private = settings.OUTBOUND_ALLOW_PRIVATE
    try:
        made = robots.build(
            robots.Robot(robot.kind),
            robot.url,
            secret=robot.secret,
            title=message.title,
            lines=message.body,
            now=now,
            link=f"{settings.PUBLIC_URL}/today",
            any_host=private,
        )
        reply = post_json(made.url, made.body, allow_private=private)
    except OutboundFailed as failure:
        if isinstance(failure.__cause__, _NOT_SENT):
            return "waiting", "unreachable"
        return "unsure", "unsure"
    except (OutboundRefused, Invalid, ValueError):
        return "failed", "address"
    if robots.was_accepted(reply.status, reply.body):
        return "sent", ""
    return "waiting", "refused"


def _settle(robot: Robot, message: Outgoing, state: str, error: str, now: datetime, *, once_only: bool) -> None:
    """Write down how it went, with the robot and the message in one transaction."""
    with transaction.atomic():
        held = Robot.objects.select_for_update().get(pk=robot.pk)
        held.failures = 0 if state == "sent" else held.failures + 1
        held.last_error = error
        held.last_sent_at = now if state == "sent" else held.last_sent_at
        held.paused_until = now + PAUSE if held.failures >= MOST_FAILURES else None
        held.save(update_fields=["failures", "last_error", "last_sent_at", "paused_until"])
        settle(message, state, error, now, again=not once_only)


def _bury_the_dead(now: datetime) -> None:
    """Messages whose sender died between the mark and the answer: shown to the keeper, not repeated."""
    dead = Outgoing.objects.filter(state="sending", send_after__lte=now)
    for channel, target, pk in dead.values_list("channel", "target", "pk"):
        with transaction.atomic():
            if Outgoing.objects.filter(pk=pk, state="sending", send_after__lte=now).update(
                state="unsure", error="unsure"
            ) and channel not in (MAIL, SURVEY):
                Robot.objects.filter(pk=int(target)).update(last_error="unsure")


def outcome(pk: int) -> tuple[str, str]:
    """(state, fault key) of a message."""
    return Outgoing.objects.values_list("state", "error").get(pk=pk)
