"""Taking a message in hand: the mark is committed before the first byte leaves (docs/decisions/at-most-once.md)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F

from genjin.notify.models import Outgoing

#: After this time a sender that has not reported back counts as dead (a call ends after 10 s).
LEASE = timedelta(minutes=2)


def claim(pk: int, now: datetime) -> bool:
    """Mark a waiting message as being sent; False when another worker has it."""
    mine = Outgoing.objects.filter(pk=pk, state="waiting")
    return bool(mine.update(state="sending", send_after=now + LEASE, tries=F("tries") + 1))


def leave(pk: int, state: str, error: str) -> None:
    """Settle a waiting message without sending it."""
    Outgoing.objects.filter(pk=pk, state="waiting").update(state=state, error=error)
