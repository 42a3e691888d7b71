"""Counting tries in the database, so that several processes share one count."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import IntegrityError
from django.db.models import F

from genjin.lib.errors import Throttled
from genjin.people.models import TryCount
from genjin.people.rules import Limit


def count_try(what: str, limit: Limit, *, now: datetime) -> None:
    """Count one try of `what`; raises `Throttled` when there were too many in this window.

    Counts before the thing is tried, so that parallel tries cannot slip past.
    """
    key = _key(what)
    rows = TryCount.objects.filter(key=key)
    if rows.filter(until__gt=now).update(tries=F("tries") + 1) == 0:
        _open_window(key, limit, now)
    row = rows.values("tries", "until").first()
    if row and row["tries"] > limit.tries:
        seconds = max(1, int((row["until"] - now).total_seconds()))
        minutes = -(-seconds // 60)
        raise Throttled(
            f"试得太多，{minutes} 分钟后再试",
            f"Too many tries; try again in {minutes} minutes",
            extra={"retry_after": seconds},
        )


def _open_window(key: str, limit: Limit, now: datetime) -> None:
    values = {"tries": 1, "until": now + limit.window}
    if TryCount.objects.filter(key=key, until__lte=now).update(**values):
        return
    try:
        TryCount.objects.create(key=key, **values)
    except IntegrityError:
        TryCount.objects.filter(key=key).update(tries=F("tries") + 1)


def forget_tries(what: str) -> None:
    """A success clears the count of its own browser and account."""
    TryCount.objects.filter(key=_key(what)).delete()


def take_back_try(what: str) -> None:
    """A success is not held against its address: a whole office may log in behind one."""
    TryCount.objects.filter(key=_key(what), tries__gt=0).update(tries=F("tries") - 1)


def drop_old_counts(*, now: datetime) -> int:
    """Delete windows that have ended (scheduled)."""
    return TryCount.objects.filter(until__lt=now).delete()[0]


def _key(what: str) -> str:
    return hashlib.sha256(what.encode("utf-8", "replace")).hexdigest()
