"""The clock of the worker: what runs every so often, and what runs once a day in each organisation.

One row a task (and organisation) says when it is due next; finding what is due is one indexed read, however
many organisations there are. Whoever moves a row forward runs its task, so that any number of workers run
it once. The row is moved before the run and no lock is held meanwhile: a task killed half-way runs again at
its next time and must therefore be repeatable.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import close_old_connections
from django.db.models import Exists, OuterRef, Q

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
#: Organisations served in one round, so that a long night keeps nobody's reminder waiting.
MOST_A_ROUND = 200
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


def plan(now: datetime) -> int:
    """Make the rows that are missing: of new tasks, and of organisations that were made meanwhile.

    Called when a worker starts and every minute from then on; returns how many were made. Two statements a
    daily task when nothing is missing, one for all others.
    """
    known = set(DueTask.objects.filter(org_key=0).values_list("task", flat=True))
    made = [DueTask(task=task.name, next_at=now, early_at=now - task.length) for task in _of(Every, known)]
    for task in [task for task in TASKS.values() if isinstance(task, Daily)]:
        has_row = DueTask.objects.filter(task=task.name, org_key=OuterRef("pk"))
        without = Organisation.objects.filter(~Exists(has_row)).values_list("pk", "timezone")
        made += [_first(task, org_id, ZoneInfo(zone), now) for org_id, zone in without]
    DueTask.objects.bulk_create(made, batch_size=1000, ignore_conflicts=True)
    return len(made)


def plan_organisation(org: Organisation, now: datetime) -> None:
    """Give a new organisation its places in the schedule."""
    made = [_first(task, org.pk, org.zone, now) for task in TASKS.values() if isinstance(task, Daily)]
    DueTask.objects.bulk_create(made, ignore_conflicts=True)


def _first(task: Daily, org_id: int, zone: ZoneInfo, now: datetime) -> DueTask:
    at = next_time(task.at, zone, now)
    return DueTask(task=task.name, org_key=org_id, next_at=at, early_at=now - ONE_DAY)


def _of(kind: type[Every], known: Iterable[str]) -> list[Every]:
    return [task for task in TASKS.values() if isinstance(task, kind) and task.name not in known]


def run_due(now: datetime) -> int:
    """Run whatever is due; returns how many tasks ran. A failing one is logged and stops no other.

    One indexed read when nothing is due, so that an idle worker may look every second. Rows of tasks that
    this program does not know are left alone (another version may).
    """
    due = DueTask.objects.filter(Q(next_at__lte=now) | Q(early_at__gt=now))
    rows = sorted(due.values_list("org_key", "next_at", "task", "early_at"))
    ran = served = 0
    for org_id, waits, name, early in rows:
        task = TASKS.get(name)
        if isinstance(task, Every):
            if _claim(name, 0, waits, now + task.length, now, task.length):
                ran += _attempt(name, task.run)
        elif isinstance(task, Daily) and served < MOST_A_ROUND:
            served += 1
            ran += _serve(task, org_id, waits, now, early)
    return ran


def _serve(task: Daily, org_id: int, waits: datetime, now: datetime, early: datetime) -> bool:
    """Run a daily task for one organisation, or only set its time anew after a wrong clock."""
    zone = Organisation.objects.filter(pk=org_id).values_list("timezone", flat=True).first()
    if zone is None:
        DueTask.objects.filter(task=task.name, org_key=org_id).delete()
        return False
    if not _claim(task.name, org_id, waits, next_time(task.at, ZoneInfo(zone), now), now, ONE_DAY):
        return False
    return waits <= now and _attempt(task.name, lambda: task.run(org_id))


def next_time(at: time, zone: ZoneInfo, now: datetime) -> datetime:
    """The next moment after `now` at which clocks in `zone` show `at`."""
    local = now.astimezone(zone)
    for days in (0, 1):
        found = datetime.combine(local.date() + timedelta(days=days), at, zone)
        if found > now:
            return found
    return datetime.combine(local.date() + timedelta(days=2), at, zone)


def _claim(name: str, org_id: int, waits: datetime, following: datetime, now: datetime, length: timedelta) -> bool:
    """Move the row from the time that was read to the following one; True for the one worker that did.

    `early_at` lies one length before: a clock that shows less was ahead when the row was moved and is right now.
    """
    rows = DueTask.objects.filter(task=name, org_key=org_id, next_at=waits)
    return bool(rows.update(next_at=following, early_at=now - length, ran_at=now))


def _attempt(name: str, run: Run) -> bool:
    try:
        run()
    except Exception:
        log.exception("task %s failed", name)
        close_old_connections()
    return True
