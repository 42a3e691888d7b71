"""The present, in one place, so that tests and replays can set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_SET: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The present in UTC."""
    return _SET.get() or datetime.now(UTC)


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Make `now()` answer `at` (with a time zone) inside the block."""
    token = _SET.set(at)
    try:
        yield
    finally:
        _SET.reset(token)
