"""Who may read a file that a record holds: the folder of the record answers."""

from __future__ import annotations

from collections.abc import Callable

from genjin.access.actor import Actor

Holder = Callable[[Actor, int], bool]
_HOLDERS: dict[str, Holder] = {}


def holder(fn: Holder) -> Holder:
    """Register `fn(actor, file_id)`: True when the actor may read the record that holds the file.

    A file is readable as soon as one holder says so; without any it is readable by nobody.
    """
    _HOLDERS[f"{fn.__module__}.{fn.__qualname__}"] = fn
    return fn


def may_read(actor: Actor, file_id: int) -> bool:
    """Ask every holder in turn."""
    return any(ask(actor, file_id) for ask in _HOLDERS.values())
