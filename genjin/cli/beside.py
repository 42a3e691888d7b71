"""A worker beside the server: forked, so that it starts at once and shares what the server has already loaded."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Self

from django.db import connections

log = logging.getLogger("genjin.worker")
LOOK_SECONDS = 0.2
#: A worker that dies is started again, not in a whirl.
PAUSE_SECONDS = 3.0
#: What a worker has in hand may take so long when everything stops.
PATIENCE_SECONDS = 20.0

Work = Callable[[Callable[[], bool]], None]


class WorkerBeside:
    """Keeps `work` running in a process of its own until the server ends, however it ends.

    The server starts threads, after which a fork is unsafe; so a keeper without any is forked first and forks the
    worker, again and again if need be. `work` is asked to leave by the function that it is given.
    """

    def __init__(self, work: Work) -> None:
        self._work = work

    def __enter__(self) -> Self:
        connections.close_all()
        self._keeper = _forked(lambda: _keep(self._work))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _end(self._keeper)


def _forked(run: Callable[[], None]) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        run()
        status = 0
    except Exception:
        log.exception("a process beside the server fell over")
    finally:
        # Nothing of the parent's goes on in the child: neither its `finally` blocks nor its handlers at exit.
        os._exit(status)


def _keep(work: Work) -> None:
    server, keeper, stopping = os.getppid(), os.getpid(), told_to_stop()
    while not stopping() and os.getppid() == server:
        worker = _forked(lambda: _turn(work, keeper))
        while not os.waitpid(worker, os.WNOHANG)[0]:
            if stopping() or os.getppid() != server:
                return _end(worker)
            time.sleep(LOOK_SECONDS)
        died = time.monotonic()
        while not stopping() and os.getppid() == server and time.monotonic() - died < PAUSE_SECONDS:
            time.sleep(LOOK_SECONDS)


def _turn(work: Work, keeper: int) -> None:
    stopping = told_to_stop()
    work(lambda: stopping() or os.getppid() != keeper)


def told_to_stop() -> Callable[[], bool]:
    """From now on a signal to end is remembered; the answer says whether one came."""
    told = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal told
        told = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return lambda: told


def _end(pid: int) -> None:
    """Ask a child to leave; make it, when it does not."""
    os.kill(pid, signal.SIGTERM)
    asked = time.monotonic()
    while time.monotonic() - asked < PATIENCE_SECONDS:
        if os.waitpid(pid, os.WNOHANG)[0]:
            return
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
