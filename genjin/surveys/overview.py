"""满意度 of all customers one may see: average by team, person, product and month with how many stand behind it, and
how many answered (R-148, R-154)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from genjin.access.actor import Actor
from genjin.access.fields import reads
from genjin.access.visible import visible
from genjin.followups.models import FollowUp
from genjin.orgs.models import Department, Membership
from genjin.surveys.models import Invitation, Satisfaction
from genjin.surveys.rules import HIGHEST, LOWEST, average
from genjin.surveys.steps import settings_of

LATEST = 20
PERIODS = (90, 365)


class Group(NamedTuple):
    """So many scores of one person's customers in one month."""

    person: int | None
    month: str
    score: int
    n: int


def overview(actor: Actor, *, days: int, now: datetime) -> dict[str, Any]:
    """Everything of the page; the same number of statements for any number of scores. `hidden`: the actor may not read
    scores, and learns of none."""
    since, hidden = now - timedelta(days=days), not reads(actor, "followup.satisfaction")
    groups = [] if hidden else _groups(actor, since)
    people = reads(actor, "followup.contacted_by", "customer.owner")
    return {
        "days": days,
        "hidden": hidden,
        **_figures(groups),
        "scores": {str(score): sum(g.n for g in groups if g.score == score) for score in range(LOWEST, HIGHEST + 1)},
        "months": [{"month": month, **_figures(found)} for month, found in sorted(_by(groups, "month").items())],
        "people": _people(actor, groups) if people else [],
        "teams": _teams(actor, groups) if people else [],
        "about": [] if hidden else _about(actor, since),
        "asked": _asked(actor, since, now),
        "low": [] if hidden else _low(actor, since),
    }


def _groups(actor: Actor, since: datetime) -> list[Group]:
    """Scores of surveys and colleagues, and of records; two statements."""
    zone = actor.zone
    given = visible(actor, Satisfaction).filter(at__gte=since)
    told = visible(actor, FollowUp).filter(contact_at__gte=since, satisfaction__isnull=False)
    rows: list[QuerySet[Any, Any]] = [
        given.order_by().values_list("credited_id", TruncMonth("at", tzinfo=zone), "score"),
        told.order_by().values_list("contacted_by_id", TruncMonth("contact_at", tzinfo=zone), "satisfaction"),
    ]
    return [
        Group(person, month.strftime("%Y-%m"), score, n)
        for each in rows
        for person, month, score, n in each.annotate(n=Count("id"))
    ]


def _figures(groups: Iterable[Group]) -> dict[str, Any]:
    """How many, and their average once there are enough."""
    found = list(groups)
    n = sum(each.n for each in found)
    return {"n": n, "average": average(sum(each.score * each.n for each in found), n)}


def _by(groups: Iterable[Group], name: str) -> dict[Any, list[Group]]:
    found: dict[Any, list[Group]] = defaultdict(list)
    for each in groups:
        found[getattr(each, name)].append(each)
    return found


def _people(actor: Actor, groups: list[Group]) -> list[dict[str, Any]]:
    by = _by(groups, "person")
    names = dict(
        Membership.objects.filter(org_id=actor.org_id, pk__in=[pk for pk in by if pk]).values_list("pk", "name")
    )
    rows = [{"id": pk, "name": names[pk], **_figures(found)} for pk, found in by.items() if pk in names]
    return sorted(rows, key=lambda row: (-row["n"], row["id"]))


def _teams(actor: Actor, groups: list[Group]) -> list[dict[str, Any]]:
    people = Membership.objects.filter(org_id=actor.org_id, department__isnull=False)
    place = dict(people.values_list("pk", "department_id"))
    names = dict(Department.objects.filter(org_id=actor.org_id).values_list("pk", "name"))
    found: dict[int, list[Group]] = defaultdict(list)
    for each in groups:
        team = place.get(each.person or 0)
        if team is not None:
            found[team].append(each)
    return [{"id": pk, "name": names[pk], **_figures(found[pk])} for pk in sorted(found) if pk in names]


def _about(actor: Actor, since: datetime) -> list[dict[str, Any]]:
    """By the product or service that was asked about."""
    rows = visible(actor, Satisfaction).filter(at__gte=since).exclude(about="").order_by().values("about")
    counted = rows.annotate(n=Count("id"), total=Sum("score")).order_by("about")
    return [{"name": row["about"], "n": row["n"], "average": average(row["total"], row["n"])} for row in counted]


def _asked(actor: Actor, since: datetime, now: datetime) -> dict[str, Any]:
    """Links that went out in this time, how many were answered, and the share once there are enough."""
    rows = visible(actor, Invitation).filter(sent_at__gte=since).exclude(state="skipped")
    counted = rows.aggregate(
        sent=Count("id"),
        answered=Count("id", filter=Q(state="answered")),
        open=Count("id", filter=Q(state="sent", expires_at__gt=now)),
    )
    settled = counted["sent"] - counted["open"]
    rate = round(100 * counted["answered"] / settled) if settled else None
    return {**counted, "rate": rate}


def _low(actor: Actor, since: datetime) -> list[dict[str, Any]]:
    """The newest low scores that customers or colleagues gave, with their words."""
    low = settings_of(actor.org_id, actor.config_version).low
    rows = visible(actor, Satisfaction).filter(at__gte=since, score__lte=low).order_by("-at", "-id")
    told = rows.values("id", "at", "score", "comment", "customer_id", name=F("customer__name"))[:LATEST]
    words = reads(actor, "followup.comments")
    return [
        {"id": row["id"], "at": row["at"], "score": row["score"], "comment": row["comment"] if words else "",
         "customer": {"id": row["customer_id"], "name": row["name"]}}
        for row in told
    ]  # fmt: skip
