"""Who hears that a customer answered a survey: whoever holds him and whoever asked him; the score where he may read it
(R-147). A low one is told as a complaint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from genjin.access.fields import reads
from genjin.access.guard import unscoped
from genjin.access.queries import actor_of_member
from genjin.history.models import Event
from genjin.notify.rules import Saying, short
from genjin.notify.steps import Line
from genjin.orgs.models import Membership
from genjin.surveys.models import Satisfaction

EVENTS = ("satisfaction.answered",)
KIND = "assigned"


def told(events: Sequence[Event]) -> Iterator[Line]:
    """One line for each active member an event names in `to`."""
    living = unscoped(Satisfaction, "worker").filter(deleted_at__isnull=True, customer__deleted_at__isnull=True)
    rows = living.select_related("customer").in_bulk([event.subject_id for event in events]) if events else {}
    for event in events:
        row = rows.get(event.subject_id)
        wanted = _after(event).get("to") or ()
        there = Membership.objects.filter(pk__in=list(wanted), active=True).order_by("pk") if row else []
        for member in there:
            assert row is not None
            name = short(row.customer.name, 40)
            seen = reads(actor_of_member(member.pk), "followup.satisfaction")
            zh, en = (f"评价 {row.score} 分", f"gives {row.score} of 5") if seen else ("答了调查", "answered a survey")
            link = f"/customers/{row.customer_id}#satisfaction"
            saying = Saying(f"{name} {zh}", f"{name} {en}")
            yield Line(event.org_id, member.pk, KIND, saying, f"{event.name}:{event.pk}", event.at, link)


def _after(event: Event) -> dict[str, Any]:
    found = event.data.data.get("after") if hasattr(event, "data") else None
    return found if isinstance(found, dict) else {}
