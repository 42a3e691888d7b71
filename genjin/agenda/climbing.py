"""Taking rows up their ladders, whose they are and in which order; the worker does it each minute (`tasks.py`)."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Q

from genjin.access.actor import job
from genjin.access.guard import unscoped
from genjin.agenda.climb_actions import AT_ONCE, climb
from genjin.agenda.models import OPEN, AgendaItem
from genjin.lib import moment
from genjin.orgs.models import Organisation

log = logging.getLogger("genjin.agenda")
_VERBS = frozenset({"agenda.climb"})


def climb_all() -> int:
    """Take every row whose rung is due up its ladder; returns how many rows. One team's fault holds up no other."""
    climbed = 0
    for org_id, owners in waiting_to_climb(moment.now()):
        org = Organisation.objects.get(pk=org_id)
        actor = job("ladders", org_id, _VERBS).with_(config_version=org.config_version, zone=org.zone)
        try:
            while rows := climb(actor, owner_ids=owners)["rows"]:
                climbed += rows
                if rows < AT_ONCE:
                    break
        except Exception:
            log.exception("rows of organisation %s could not climb", org_id)
    return climbed


def waiting_to_climb(now: datetime) -> Iterator[tuple[int, list[int | None]]]:
    """(organisation, owners) whose rows are due, department by department and about as many rows as one transaction
    holds, so that who looks after a department hears of it at once. One statement on the index `agenda_climb`."""
    rows = unscoped(AgendaItem, "worker").filter(OPEN, climb_at__lte=now, climb_at__isnull=False)
    living = rows.filter(Q(customer__isnull=True) | Q(customer__deleted_at__isnull=True))
    found = living.order_by().values_list("org_id", "owner__department_id", "owner_id").annotate(many=Count("id"))
    by_org: dict[int, list[tuple[int, int | None, int]]] = defaultdict(list)
    for org_id, department_id, owner_id, many in found:
        by_org[org_id].append((department_id or 0, owner_id, many))
    for org_id in sorted(by_org):
        owners: list[int | None] = []
        together = 0
        for _, owner_id, many in sorted(by_org[org_id], key=lambda each: (each[0], each[1] or 0)):
            if owners and together + many > AT_ONCE:
                yield org_id, owners
                owners, together = [], 0
            owners.append(owner_id)
            together += many
        yield org_id, owners
