"""How soon what was learned reached the system, for the weekly check (R-095, R-119)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, OuterRef, Subquery

from genjin.access.actor import Actor
from genjin.access.fields import reads
from genjin.access.visible import visible
from genjin.customers.models import Customer
from genjin.followups.models import FollowUp
from genjin.history.models import Event
from genjin.lib.time_limits import Clock, due_at
from genjin.orgs.queries import calendar_of

#: A file is made within so many working days of the first contact; what changed is written down within so long.
FILED_WITHIN, WRITTEN_WITHIN = 1, timedelta(hours=24)
_CHANGES = ("customer.updated", "contact.added", "contact.updated", "need.added", "need.updated")
#: So many of a week are looked at; a team with more has the newest judged.
MOST = 5000


def filed(actor: Actor, since: datetime) -> tuple[int, int]:
    """How many of the week's new customers had their file one working day after the first contact. Whoever was filed
    before any contact is in time. At most three statements."""
    rows = visible(actor, Customer).filter(created_at__gte=since, historical=False)
    slow = rows.filter(first_contact_at__lt=F("created_at") - WRITTEN_WITHIN)
    calendar = calendar_of(actor.org_id, actor.config_version)
    late = sum(
        first is not None and due_at(first, FILED_WITHIN, Clock.WORKDAYS, calendar).at < made
        for first, made in slow.order_by("-id").values_list("first_contact_at", "created_at")[:MOST]
    )
    total = rows.count()
    return total - late, total


def written(actor: Actor, since: datetime) -> tuple[int, int]:
    """How many changes of customers, contacts and needs came within 24 h of the last contact before them, in which
    they were learned. Counted are those by hand on customers that were spoken to; one statement."""
    spoken = visible(actor, FollowUp).filter(
        customer_id=OuterRef("root_id"), contact_at__lte=OuterRef("at"), attempt=""
    )
    events = Event.objects.exclude(source="import").filter(
        org_id=actor.org_id, name__in=_CHANGES, at__gte=since, root_type="customer", member__isnull=False,
        root_id__in=visible(actor, Customer).filter(last_contact_at__isnull=False).values("pk"),
    )  # fmt: skip
    learned = Subquery(spoken.order_by("-contact_at", "-id").values("contact_at")[:1])
    found = events.annotate(learned=learned).order_by("-at", "-id").values_list("at", "learned")[:MOST]
    known = [at - learned for at, learned in found if learned is not None]
    return sum(each <= WRITTEN_WITHIN for each in known), len(known)


def opens_delays(actor: Actor) -> bool:
    """Both tell when customers were spoken to."""
    return reads(actor, "followup.contact_at", "customer.last_contact_at", "customer.created_at")
