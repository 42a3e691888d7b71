"""Too much of a good thing: contacts with one customer by all colleagues and channels (R-101), and what to write."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.fields import reads
from genjin.access.reading import count_under
from genjin.customers.cadence import WEEK, cadence_of
from genjin.customers.models import Customer
from genjin.desk.reasons import say
from genjin.followups.models import FollowUp
from genjin.schema.queries import Options

#: What it takes to know of them.
_TOLD = ("customer.last_contact_at", "followup.contact_at", "customer.intent_class", "customer.life_cycle")


def over_contact(actor: Actor, customer: Customer, options: Options, *, now: datetime) -> dict[str, str] | None:
    """A sentence where one more contact today would be too many; it warns and never blocks."""
    if customer.last_contact_at is None or not reads(actor, *_TOLD):
        return None
    cadence = cadence_of(options, customer.intent_class, customer.life_cycle)
    today, last = (at.astimezone(actor.zone).date() for at in (now, customer.last_contact_at))
    since = now - WEEK
    if cadence.most is not None and customer.last_contact_at >= since:
        real = Q(contact_at__gte=since, contact_at__lte=now, attempt="", historical=False)
        many = count_under(customer, FollowUp, real)
        if many >= cadence.most:
            return say(
                f"7 天内已联系 {many} 次，再联系就太密（不超过 {cadence.most} 次，所有同事和渠道合起来算）",
                f"{many} contacts in 7 days; one more is too often (max {cadence.most}, all colleagues and channels)",
            )
    first = last + timedelta(days=cadence.floor)
    if today < first:
        return say(
            f"上次联系是 {last.month}月{last.day}日，这类客户至少隔 {cadence.floor} 天，"
            f"{first.month}月{first.day}日以后再联系更合适",
            f"Last contact on {last.day} {last:%b}; leave at least {cadence.floor} days, until {first.day} {first:%b}",
        )
    return None


def outline_of(options: Options, goal: str) -> dict[str, str] | None:
    """What to write about for a goal, as the team has it (R-103)."""
    for choice in options.get("goal", {}).values():
        content = choice.facts.get("content")
        if goal and goal in (choice.zh, choice.en) and isinstance(content, str) and content:
            english = choice.facts.get("content_en")
            return say(content, english if isinstance(english, str) and english else content)
    return None
