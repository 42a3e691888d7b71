"""Scheduled: customers that nobody took over in time move on."""

from __future__ import annotations

import logging
from collections import defaultdict

from genjin.access.actor import job
from genjin.access.guard import unscoped
from genjin.agenda.models import OPEN, AgendaItem
from genjin.history.schedule import every
from genjin.lib import moment
from genjin.orgs.models import Organisation
from genjin.ownership.actions import pass_on_late
from genjin.ownership.steps import TAKEUP

log = logging.getLogger("genjin.ownership")
_VERBS = frozenset({"assignment.pass_on"})
#: So many customers of one organisation move in one transaction.
AT_ONCE = 200


@every("ownership.pass_on", seconds=60)
def pass_on_the_late() -> int:
    """Repeatable: each customer moves in one transaction together with its to-do, which is looked at again under
    the lock. One organisation's fault holds up no other."""
    moved = 0
    for org_id, ids in _late().items():
        org = Organisation.objects.get(pk=org_id)
        actor = job("assignment", org_id, _VERBS).with_(config_version=org.config_version, zone=org.zone)
        for start in range(0, len(ids), AT_ONCE):
            try:
                reply = pass_on_late(actor, ids[start : start + AT_ONCE])
            except Exception:
                log.exception("customers of organisation %s could not be passed on", org_id)
                continue
            moved += reply["passed"] + reply["back"]
    return moved


def _late() -> dict[int, list[int]]:
    """Organisation → customers whose new owner's time is over."""
    rows = unscoped(AgendaItem, "worker").filter(
        OPEN, kind=TAKEUP, due_at__lte=moment.now(), customer__deleted_at__isnull=True
    )
    found: dict[int, list[int]] = defaultdict(list)
    for org_id, customer_id in rows.order_by("due_at", "pk").values_list("org_id", "customer_id").distinct():
        found[org_id].append(customer_id)
    return found
