"""Where new customers begin: higher folders choose among the processes of a team."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from genjin.customers.models import Customer
from genjin.door.change import Change

#: `fn(change, customers)` gives customers not yet saved, who stand in the first stage, another one to begin in.
Chooser = Callable[[Change, Sequence[Customer]], None]
_CHOOSERS: list[Chooser] = []


def chooses_beginning(chooser: Chooser) -> Chooser:
    """Mark what chooses where new customers begin."""
    _CHOOSERS.append(chooser)
    return chooser


def choose_beginning(change: Change, customers: Sequence[Customer]) -> None:
    """Let the choosers look at what is known of new customers, before they are saved."""
    for chooser in _CHOOSERS:
        chooser(change, customers)
