"""What an automation would have done with the events of the last days. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from genjin.access.actor import Actor
from genjin.access.fields import concealed
from genjin.automations.cases import Case, cases_of, counts, holds_for, question_of
from genjin.automations.checking import check, missing_in, trigger_of
from genjin.automations.planning import planned
from genjin.automations.rules import HOUR
from genjin.door.action import demand
from genjin.history.models import Event
from genjin.lib import moment
from genjin.lib.errors import Invalid
from genjin.schema.shapes import shaped

#: So many of the newest events are looked at.
MOST_EVENTS = 2000
MOST_EXAMPLES = 8


def try_out(actor: Actor, body: Mapping[str, Any], *, days: int) -> dict[str, Any]:
    """How often it would have begun, the busiest hour beside the cap, and examples with what each action would do.

    Refused like publishing, but for what is not filled in yet. The row counts as it stands now, what the event changed
    as the event left it. Only rows that the asker may see. A constant number of statements, and a few an example.
    """
    demand(actor, "automation.update")
    check(actor, body, whole=False)
    trigger, now = trigger_of(actor, body), moment.now()
    since = now - timedelta(days=days)
    rows = Event.objects.filter(org_id=actor.org_id, name__in=trigger.events, at__gt=since).select_related("data")
    events = list(rows.order_by("-at", "-id")[: MOST_EVENTS + 1])
    looked = [each for each in events[:MOST_EVENTS] if counts(actor, trigger, body, each)]
    cases, question = cases_of(actor, trigger, looked), question_of(actor, trigger, body)
    begun = [case for case in cases.values() if holds_for(case, question, now, then=True)]
    return {
        "days": days,
        "looked": len(looked),
        "capped": len(events) > MOST_EVENTS,
        "seen": len(cases),
        "begun": len(begun),
        "busiest": _busiest(begun),
        "cap": body["cap"],
        "examples": [_example(case, body, now) for case in begun[:MOST_EXAMPLES]],
    }


def _busiest(cases: Sequence[Case]) -> int:
    """The most that would have begun within one hour."""
    times = sorted(each.at for each in cases)
    most = first = 0
    for last, at in enumerate(times):
        while at - times[first] >= HOUR:
            first += 1
        most = max(most, last - first + 1)
    return most


def _example(case: Case, body: Mapping[str, Any], now: Any) -> dict[str, Any]:
    return {"at": case.at, **record_of(case), "actions": [_would(case, each, now) for each in body["actions"]]}


def record_of(case: Case) -> dict[str, Any]:
    """The row by name, and where it is."""
    kind = shaped(case.actor, case.trigger.kind)
    customer = case.customer
    return {
        "record": {"type": kind.slug, "id": case.row.pk, "name": case.name[:80]},
        "customer": {"id": customer.pk, "name": concealed(case.actor, "customer", {"name": customer.name})["name"]}
        if customer
        else None,
    }


def _would(case: Case, action: Mapping[str, Any], now: Any) -> dict[str, Any]:
    missing = missing_in(case.actor.org_id, action)
    if missing is not None:
        return {"do": action["do"], "can": False, "zh": missing[0], "en": missing[1]}
    try:
        plan = planned(case, action, now)
    except Invalid as no:
        return {"do": action["do"], "can": False, "zh": no.zh, "en": no.en}
    return {"do": action["do"], "can": True, "zh": plan["zh"], "en": plan["en"]}
