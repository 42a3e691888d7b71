"""Followers: readers of the log after commit, each with its own stored cursor."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from django.db import InterfaceError, OperationalError, connection, models, transaction
from django.db.models import F, Func, Q

from genjin.history.models import Cursor, Event

log = logging.getLogger("genjin.followers")

BATCH = 500

Follow = Callable[[Sequence[Event]], None]


class OldestOpenXid(Func):
    """PostgreSQL: no transaction below this number is still open."""

    template = "(pg_snapshot_xmin(pg_current_snapshot())::text::bigint)"
    output_field = models.BigIntegerField()


@dataclass(frozen=True, slots=True)
class Follower:
    name: str
    events: tuple[str, ...]
    run: Follow


FOLLOWERS: dict[str, Follower] = {}


def follower(name: str, *events: str) -> Callable[[Follow], Follow]:
    """Register `fn(events)`: called in batches, in settled order, inside one transaction with the
    cursor; whatever it writes to the database happens exactly once."""

    def register(fn: Follow) -> Follow:
        FOLLOWERS[name] = Follower(name, events, fn)
        return fn

    return register


def settled_after(xid: int, seq: int, *, limit: int) -> list[Event]:
    """Events behind a cursor whose transaction and all older ones have ended, in (xid, id) order."""
    rows = Event.objects.filter(xid__gte=xid).filter(Q(xid__gt=xid) | Q(xid=xid, id__gt=seq))
    if connection.vendor == "postgresql":
        rows = rows.filter(xid__lt=OldestOpenXid())
    return list(rows.order_by("xid", "id").select_related("data")[:limit])


def run_follower(name: str, *, limit: int = BATCH) -> int:
    """Let one follower read on; returns how many events it passed (0: nothing new, or busy)."""
    each = FOLLOWERS[name]
    stands, _ = Cursor.objects.get_or_create(follower=name)
    if not settled_after(stands.xid, stands.seq, limit=1):
        return 0  # an idle look takes no lock and no writer's place
    with transaction.atomic():
        cursor = Cursor.objects.select_for_update(skip_locked=_can_skip()).filter(follower=name).first()
        if cursor is None:
            return 0
        events = settled_after(cursor.xid, cursor.seq, limit=limit)
        if not events:
            return 0
        wanted = [event for event in events if _wants(each, event.name)]
        if wanted:
            each.run(wanted)
        Cursor.objects.filter(pk=cursor.pk).update(xid=events[-1].xid, seq=events[-1].pk)
    return len(events)


def run_followers() -> int:
    """Let every follower read one batch; returns how many events were passed in all.

    A follower that fails is logged and tried again next time; it stops no other. Only a database
    that is away is raised.
    """
    passed = 0
    for name in sorted(FOLLOWERS):
        try:
            passed += run_follower(name)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("follower %s failed", name)
    return passed


def start_at_the_end(name: str) -> None:
    """Set a new follower behind all that happened before it existed."""
    last = Event.objects.order_by("-xid", "-id").values("xid", "id").first()
    values: dict[str, Any] = {"xid": last["xid"], "seq": last["id"]} if last else {}
    Cursor.objects.update_or_create(follower=name, defaults=values)


def lag() -> int:
    """How many events the slowest follower has still to read (health page)."""
    slowest = Cursor.objects.order_by("xid", "seq").values_list("xid", "seq").first()
    if slowest is None:
        return 0
    return Event.objects.filter(Q(xid__gt=slowest[0]) | Q(xid=slowest[0], id__gt=F("id") * 0 + slowest[1])).count()


def _wants(each: Follower, name: str) -> bool:
    return any(name == wanted or fnmatchcase(name, wanted) for wanted in each.events)


def _can_skip() -> bool:
    return connection.features.has_select_for_update_skip_locked
