"""Scheduled: every night the next acts of care are made (R-143)."""

from __future__ import annotations

import logging
from datetime import time

from genjin.access.actor import Actor, job
from genjin.care.plan_actions import make_due
from genjin.care.planning import runs
from genjin.care.plans import living_plans
from genjin.history.schedule import daily
from genjin.orgs.models import Organisation

log = logging.getLogger("genjin.care")


def actor_for(org_id: int) -> Actor:
    org = Organisation.objects.get(pk=org_id)
    return job("care", org_id, frozenset({"care.make"})).with_(config_version=org.config_version, zone=org.zone)


@daily("care.make", at=time(2, 30))
def make_tonight(org_id: int) -> int:
    """The next act of each plan and customer, sixty days ahead; returns how many are new. Repeatable: a run of
    customers is one transaction, and what is there already is left alone."""
    actor, made = actor_for(org_id), 0
    for plan in living_plans(org_id):
        for above, upto in runs(actor, plan):
            try:
                made += int(make_due(actor, plan_id=plan.pk, above=above, upto=upto)["made"])
            except Exception:
                log.exception("care of plan %s could not be made", plan.pk)
    return made
