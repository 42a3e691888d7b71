"""How often customers are to be contacted, and what another cadence would mean for the week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.reading import counts
from genjin.customers.cadence import LISTS, WEEK, cadence_in, lapsed
from genjin.customers.cadence_actions import check_cadence
from genjin.customers.models import Customer
from genjin.customers.rules import ENDED
from genjin.door.action import demand
from genjin.orgs.queries import calendar_of
from genjin.schema.queries import Options, options_of

#: Beyond this a number of customers is told as so many and more.
MOST = 100_000


def cadence_json(actor: Actor, *, now: datetime) -> dict[str, Any]:
    """The classes, then the life cycles, each with its interval and floor, null where it says none; and how certain the
    working days of the coming month are."""
    options = options_of(actor.org_id, actor.config_version)
    items = []
    for name in reversed(LISTS):
        for choice in options.get(name, {}).values():
            found = cadence_in(choice)
            told = found._asdict() if found else {"days": None, "floor": None, "most": None}
            if not choice.retired and choice.key not in ENDED:
                items.append({"list": name, "key": choice.key, "zh": choice.zh, "en": choice.en, **told})
    today = now.astimezone(actor.zone).date()
    calendar = calendar_of(actor.org_id, actor.config_version)
    return {"items": items, "unpublished_year": calendar.unpublished_year(today, today + timedelta(days=31))}


def preview(actor: Actor, draft: Sequence[Mapping[str, Any]], *, now: datetime) -> dict[str, Any]:
    """How many customers would be due within the coming week, now and with the draft; nothing is written."""
    demand(actor, "cadence.set")
    options = options_of(actor.org_id, actor.config_version)
    for each in draft:
        choice = options.get(each["list"], {}).get(each["key"])
        if choice is not None:
            check_cadence(choice.zh, choice.en, each["days"], each["floor"], each["most"])
    until = now.astimezone(actor.zone).replace(hour=0, minute=0, second=0, microsecond=0) + WEEK
    active = Q(paused=False, owner__isnull=False) & ~Q(life_cycle__in=sorted(ENDED))
    wheres = [active & lapsed(each, until) for each in (options, _with(options, draft))]
    due, would = counts(actor, Customer, wheres, most=MOST)
    return {"due": due, "would": would, "most": MOST}


def _with(options: Options, draft: Sequence[Mapping[str, Any]]) -> Options:
    found = {name: dict(options.get(name, {})) for name in LISTS}
    for each in draft:
        choice = found[each["list"]].get(each["key"])
        if choice is not None:
            found[each["list"]][each["key"]] = replace(choice, facts={"cadence_days": each["days"]})
    return found
