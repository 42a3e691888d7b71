"""The clock of the worker: what runs every so often, and what runs once a day in each organisation.

One row a task says when it is due next. Whoever moves that row forward runs the task, so that any number
of workers run it once. The row is moved before the run and no lock is held meanwhile: a task killed
half-way runs again at its next time and must therefore be repeatable.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import close_old_connections

from genjin.history.models import DueTask
from genjin.orgs.models import Organisation

log = logging.getLogger("genjin.schedule")

Run = Callable[[], object]
RunForOrg = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Every:
    """A task of the whole installation."""

    name: str
    length: timedelta
    run: Run


@dataclass(frozen=True, slots=True)
class Daily:
    """A task of each organisation, at a time of its own day."""

    name: str
    at: time
    run: RunForOrg


ONE_DAY = timedelta(days=1)
TASKS: dict[str, Every | Daily] = {}


def every(name: str, *, seconds: int) -> Callable[[Run], Run]:
    """Register `fn()` to run every `seconds`, the first time as soon as a worker looks."""

    def register(fn: Run) -> Run:
        TASKS[name] = Every(name, timedelta(seconds=seconds), fn)
        return fn

    return register


def daily(name: str, *, at: time) -> Callable[[RunForOrg], RunForOrg]:
    """Register `fn(org_id)` to run once a day at `at`, local time of the organisation.

    After a stop of the worker it runs once, however many days were missed.
    """

    def register(fn: RunForOrg) -> RunForOrg:
        TASKS[name] = Daily(name, at, fn)
        return fn

    return register


def run_due(now: datetime) -> int:
    """Run whatever is due; returns how many tasks ran. A failing one is logged and stops no other.

    One read when nothing is due, so that an idle worker may look every second.
    """
    known = {(task, org): at for task, org, at in DueTask.objects.values_list("task", "org_key", "next_at")}
    ran = 0
    for task in list(TASKS.values()):
        if isinstance(task, Every):
            waits = known.get((task.name, 0))
            if _is_due(waits, now, task.length) and _claim(task.name, 0, waits, now, now + task.length, first=now):
                ran += _attempt(task.name, task.run)
            continue
        for org_id, zone in Organisation.objects.order_by("pk").values_list("pk", "timezone"):
            waits = known.get((task.name, org_id))
            following = next_time(task.at, ZoneInfo(zone), now)
            if _is_due(waits, now, ONE_DAY) and _claim(task.name, org_id, waits, now, following, first=following):
                ran += _attempt(task.name, lambda run=task.run, org_id=org_id: run(org_id))  # type: ignore[misc]
    return ran


def _is_due(waits: datetime | None, now: datetime, length: timedelta) -> bool:
    """A new task, one whose time has come, or one further ahead than a wrong clock alone explains."""
    return waits is None or waits <= now or waits > now + length * 2


def next_time(at: time, zone: ZoneInfo, now: datetime) -> datetime:
    """The next moment after `now` at which clocks in `zone` show `at`."""
    local = now.astimezone(zone)
    for days in (0, 1):
        found = datetime.combine(local.date() + timedelta(days=days), at, zone)
        if found > now:
            return found
    return datetime.combine(local.date() + timedelta(days=2), at, zone)


def _claim(
    name: str, org_id: int, waits: datetime | None, now: datetime, following: datetime, *, first: datetime
) -> bool:
    """Move the row from the time that was read to the following one; True for the one worker that did."""
    rows = DueTask.objects.filter(task=name, org_key=org_id)
    if waits is None:
        DueTask.objects.bulk_create([DueTask(task=name, org_key=org_id, next_at=first)], ignore_conflicts=True)
        if first > now:
            return False
        waits = first
    return bool(rows.filter(next_at=waits).update(next_at=following, ran_at=now))


def _attempt(name: str, run: Run) -> bool:
    try:
        run()
    except Exception:
        log.exception("task %s failed", name)
        close_old_connections()
    return True
