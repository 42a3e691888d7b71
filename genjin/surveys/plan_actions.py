"""The plan of surveys: won customers are asked again after some months (R-147)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from genjin.access.guard import unscoped
from genjin.agenda.intake import insert_items
from genjin.agenda.models import OPEN, AgendaItem
from genjin.customers.models import LIVING, Customer
from genjin.door.action import action
from genjin.door.change import Change
from genjin.door.replies import Reply
from genjin.surveys.models import Invitation, Survey
from genjin.surveys.rules import ACT, EACH_DAY, KIND, SEND_WITHIN_DAYS, SOURCE, WON

DAYS_OF_A_MONTH = 30


@action("survey.plan", "排满意度调查", "plan surveys")
def plan(change: Change) -> Reply:
    """Put what is due on the agenda of whoever holds the customer, a few of each a day, oldest customers first.
    Repeatable: what stands open or was sent or skipped is not planned again."""
    planned, most = 0, Counter[int]()
    rows = Survey.objects.filter(org_id=change.actor.org_id, active=True, every_months__isnull=False)
    for survey in rows.order_by("pk"):
        due = [each for each in _due(change, survey) if _has_room(most, each[1])]
        items = [_item(change, survey, pk, owner_id) for pk, owner_id in due]
        insert_items(change, items, event="agenda.planned")
        planned += len(items)
    return {"planned": planned}


def _due(change: Change, survey: Survey) -> Sequence[tuple[int, int]]:
    """Customer and owner of those who were not asked for so many months, and have been ours for as long."""
    since = change.now - timedelta(days=DAYS_OF_A_MONTH * (survey.every_months or 1))
    asked = unscoped(Invitation, "worker").filter(
        LIVING, org_id=survey.org_id, customer_id=OuterRef("pk"), survey_id=survey.pk, sent_at__gt=since
    )
    stands = unscoped(AgendaItem, "worker").filter(OPEN, org_id=survey.org_id, customer_id=OuterRef("pk"), kind=KIND)
    rows = unscoped(Customer, "worker").filter(
        LIVING & Q(life_cycle__in=WON), ~Exists(asked), ~Exists(stands), org_id=survey.org_id, owner__active=True,
        paused=False, created_at__lte=since,
    )  # fmt: skip
    found: Any = rows.order_by("id").values_list("pk", "owner_id")
    return list(found)


def _has_room(most: Counter[int], owner_id: int) -> bool:
    most[owner_id] += 1
    return most[owner_id] <= EACH_DAY


def _item(change: Change, survey: Survey, customer_id: int, owner_id: int) -> AgendaItem:
    item = AgendaItem(
        customer_id=customer_id,
        kind=KIND,
        act=f"{ACT}（{survey.title}）",
        owner_id=owner_id,
        due_at=change.now + timedelta(days=SEND_WITHIN_DAYS),
        precision="day",
        source_type=SOURCE,
        source_id=survey.pk,
    )
    change.stamp(item)
    return item
