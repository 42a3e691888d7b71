"""The worker: followers, scheduled tasks, long work. Killing it at any moment loses nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, OperationalError, connection

from genjin.exchange.tasks import work_once
from genjin.history.followers import run_followers
from genjin.history.schedule import plan, run_due
from genjin.lib import moment

log = logging.getLogger("genjin.worker")
IDLE_SECONDS = 1.0


def run_worker(stopping: Callable[[], bool], *, once: bool, sleep: Callable[[float], None]) -> None:
    """Turn until told to stop; `once` ends as soon as nothing is due."""
    planned = False
    while not stopping():
        planned = planned or _plan()
        busy = _turn()
        if not busy and once:
            return
        if not busy:
            sleep(IDLE_SECONDS)


def _plan() -> bool:
    """Make the rows of the schedule that are missing; False when the database is away."""
    try:
        plan(moment.now())
        return True
    except (DatabaseError, InterfaceError):
        connection.close()
        return False


def _turn() -> bool:
    """One round; True when there was something to do. A database that is away is waited for."""
    try:
        passed = run_followers()
        ran = run_due(moment.now())
        worked = work_once(moment.now())
        return bool(passed or ran or worked)
    except (DatabaseError, InterfaceError) as error:
        # Away is one line a round; anything else is a fault, and its trace is wanted.
        away = isinstance(error, OperationalError | InterfaceError)
        log.error("database unavailable, trying again: %s", _first_line(error), exc_info=None if away else error)
        connection.close()
        return False


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
