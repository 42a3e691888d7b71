"""What the worker does by the clock."""

from __future__ import annotations

from genjin.automations import running, sending
from genjin.automations.models import Run
from genjin.automations.rules import KEEP, KEEP_SKIPPED
from genjin.history.schedule import every
from genjin.lib import moment


@every("automations.run", seconds=2)
def run_automations() -> int:
    """Carry out what waits; returns how many runs were taken in hand."""
    return running.run_waiting()


@every("automations.send", seconds=5)
def send_webhooks() -> int:
    """Send the webhooks that wait; returns how many were tried."""
    return sending.send_waiting()


@every("automations.clear", seconds=3600)
def clear() -> int:
    """Drop the log past its time: what did nothing sooner than what did something; returns how many went."""
    now = moment.now()
    settled = Run.objects.exclude(state__in=("waiting", "running"))
    old = settled.filter(at__lt=now - KEEP)
    skipped = settled.filter(at__lt=now - KEEP_SKIPPED, state="skipped")
    return old.delete()[0] + skipped.delete()[0]
