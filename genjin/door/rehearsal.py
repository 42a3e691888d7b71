"""What a change would come to: it is done with all its reactions and checks, and all of it is taken back."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from genjin.access.actor import Actor
from genjin.door.change import Change
from genjin.door.reactions import react
from genjin.lib import moment


def rehearse(actor: Actor, verb: str, run: Callable[[Change], None]) -> None:
    """Raises what the change itself would raise. The caller has settled whether the actor may know the outcome; `run`
    reads its own rows, since what it sets on them stays set."""
    with transaction.atomic():
        change = Change(actor, verb, moment.now())
        run(change)
        react(change, change.events)
        for check in change.closing:
            check()
        transaction.set_rollback(True)
