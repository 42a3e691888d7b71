"""Scheduled: open to-dos of nodes get their new time after a limit or a working day has changed."""

from __future__ import annotations

import time

from genjin.access.actor import job
from genjin.history.schedule import every
from genjin.orgs.models import Organisation
from genjin.playbook.models import LimitRecount
from genjin.playbook.recount_actions import recount

_VERBS = frozenset({"playbook.recount"})
_SECONDS = 20.0


@every("playbook.limits", seconds=2)
def keep_limits() -> int:
    """The oldest first, so many as go in twenty seconds; each chunk is a transaction that says how far it came, so a
    killed worker goes on behind it and nobody who writes waits for more than one chunk."""
    until, count = time.monotonic() + _SECONDS, 0
    while time.monotonic() < until and (one := LimitRecount.objects.order_by("id").first()) is not None:
        org = Organisation.objects.get(pk=one.org_id)
        actor = job("playbook", org.pk, _VERBS).with_(config_version=org.config_version, zone=org.zone)
        count += int(recount(actor)["looked_at"])
    return count
