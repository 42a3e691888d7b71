"""What the worker clears away here."""

from __future__ import annotations

from datetime import timedelta

from genjin.history.models import KeptReply
from genjin.history.schedule import every, plan
from genjin.lib import moment

KEPT = timedelta(hours=24)


@every("history.forget_replies", seconds=600)
def forget_replies() -> int:
    """Drop replies to repeated writes after 24 hours; returns how many went."""
    gone, _ = KeptReply.objects.filter(at__lt=moment.now() - KEPT).delete()
    return gone


@every("history.plan", seconds=60)
def plan_tasks() -> int:
    """Give organisations that were made meanwhile their places in the schedule; returns how many."""
    return plan(moment.now())
