"""Scheduled: the week's spot checks among colleagues (R-072)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from random import SystemRandom

from genjin.access.actor import Actor, job
from genjin.access.guard import unscoped
from genjin.access.queries import doers_of
from genjin.approvals.actions import draw_spot_checks
from genjin.approvals.models import Approval
from genjin.approvals.steps import Ask, rules_of
from genjin.customers.models import LIVING
from genjin.followups.models import FollowUp
from genjin.history.schedule import daily
from genjin.lib import moment
from genjin.orgs.models import Organisation

_VERBS = frozenset({"approval.sample"})
_RANDOM = SystemRandom()
_WEEK = timedelta(days=7)


@daily("followups.spot_checks", at=time(7, 0))
def draw_the_week(org_id: int) -> int:
    """Once a week: some of each author's records of last week go to another of his department.

    Returns how many were drawn; 0 when this week has its draw. Repeatable.
    """
    org = Organisation.objects.get(pk=org_id)
    actor = job("spot checks", org_id, _VERBS).with_(config_version=org.config_version, zone=org.zone)
    each = rules_of(org_id, org.config_version).peer_each
    local = moment.now().astimezone(org.zone)
    monday = (local - timedelta(days=local.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    drawn = unscoped(Approval, "worker").filter(org_id=org_id, kind="peer", asked_at__gte=monday)
    if each < 1 or drawn.exists():
        return 0
    asks = _draw(actor, each, monday)
    return int(draw_spot_checks(actor, drawn=asks)["asked"]) if asks else 0


def _draw(actor: Actor, each: int, monday: datetime) -> list[Ask]:
    graders = {
        author: grader
        for peers in doers_of(actor.org_id, "approval.grade", but="approval.pass").values()
        for author, grader in _ring(peers).items()
    }
    asks: list[Ask] = []
    for author, records in _records(actor, monday, graders).items():
        for record in _RANDOM.sample(records, min(each, len(records))):
            local = record.contact_at.astimezone(actor.zone)
            name = record.contacted_by.name if record.contacted_by else ""
            asks.append(
                Ask(
                    "peer",
                    "followup",
                    record.pk,
                    record.customer_id,
                    None,
                    (author, record.entered_by_id),
                    f"互查 {name} {local.month}月{local.day}日 的跟进",
                    record.version,
                    grader_id=graders[author],
                )
            )
    return asks


def _ring(members: Sequence[int]) -> dict[int, int]:
    """Author → grader: each grades the next of a shuffled ring, so nobody his own and nobody two."""
    if len(members) < 2:
        return {}
    order = _RANDOM.sample(list(members), len(members))
    return dict(zip(order, [*order[1:], order[0]], strict=True))


def _records(actor: Actor, monday: datetime, graders: Mapping[int, int]) -> dict[int, list[FollowUp]]:
    """Author → his records of last week of which the grader has not typed a word."""
    rows = unscoped(FollowUp, "worker").filter(
        LIVING,
        org_id=actor.org_id,
        contact_at__gte=monday - _WEEK,
        contact_at__lt=monday,
        contacted_by__in=list(graders),
        historical=False,
        attempt="",
        customer__deleted_at__isnull=True,
    )
    columns = ("customer_id", "contacted_by", "contacted_by__name", "entered_by_id", "contact_at", "version")
    found: dict[int, list[FollowUp]] = defaultdict(list)
    for record in rows.select_related("contacted_by").only(*columns).order_by("pk"):
        author = record.contacted_by_id
        if author is not None and record.entered_by_id != graders[author]:
            found[author].append(record)
    return found
