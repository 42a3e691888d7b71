"""Taking a message in hand: the mark is committed before the first byte leaves (docs/decisions/at-most-once.md)."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db.models import F

from genjin.notify.models import Outgoing
from genjin.notify.rules import retry_after

log = logging.getLogger("genjin.notify")

#: After this time a sender that has not reported back counts as dead (a call ends after 10 s).
LEASE = timedelta(minutes=2)


def claim(pk: int, now: datetime) -> bool:
    """Mark a waiting message as being sent; False when another worker has it."""
    mine = Outgoing.objects.filter(pk=pk, state="waiting")
    return bool(mine.update(state="sending", send_after=now + LEASE, tries=F("tries") + 1))


def settle(message: Outgoing, state: str, error: str, now: datetime, *, again: bool = True) -> None:
    """Write down how a sending ended; what waits is tried `again` after a pause, until the tries are used up."""
    tries = message.tries + 1
    pause = retry_after(tries) if state == "waiting" and again else None
    if state == "waiting" and pause is None:
        state = "failed"
    later = now + pause if pause else now
    Outgoing.objects.filter(pk=message.pk, state="sending").update(state=state, error=error, send_after=later)
    if state != "sent":
        log.warning("%s message %s %s (%s), try %s", message.channel, message.pk, state, error, tries)


def leave(pk: int, state: str, error: str) -> None:
    """Settle a waiting message without sending it."""
    Outgoing.objects.filter(pk=pk, state="waiting").update(state=state, error=error)
