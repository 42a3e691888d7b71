"""Scheduled: surveys that are due come onto the agenda."""

from __future__ import annotations

from datetime import time

from genjin.access.actor import job
from genjin.history.schedule import daily
from genjin.orgs.models import Organisation
from genjin.surveys.plan_actions import plan


@daily("survey.plan", at=time(6, 30))
def plan_today(org_id: int) -> dict[str, int]:
    org = Organisation.objects.get(pk=org_id)
    actor = job("survey", org_id, frozenset({"survey.plan"})).with_(config_version=org.config_version, zone=org.zone)
    return dict(plan(actor))
