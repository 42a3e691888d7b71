"""The first days of a new colleague, examples beside the fields, and the help page (R-071, R-253)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Min

from genjin.access.actor import Actor
from genjin.history.models import Event
from genjin.lib.standard import read_standard
from genjin.people.queries import who


def guide() -> dict[str, Any]:
    """Examples beside the fields of a record and the topics of the help page; the same for everybody."""
    standard = read_standard("guide")
    return {"examples": standard["examples"], "topics": standard["topics"]}


def first_days(actor: Actor) -> dict[str, Any] | None:
    """The path of the actor's kind of work and which steps he has been through, told by what he did (the event log).

    None for whoever may do nothing on any path. One statement.
    """
    path = next((each for each in read_standard("guide")["paths"] if actor.may(each["for"])), None)
    if path is None:
        return None
    steps = [step for step in path["steps"] if actor.may(step["verb"])]
    done = _done(who(actor), actor.org_id, {name for step in steps for name in step["done"]})
    told = [
        {key: step[key] for key in ("key", "zh", "en", "why", "to")}
        | {"done_at": min((done[name] for name in step["done"] if name in done), default=None)}
        for step in steps
    ]
    return {"key": path["key"], "zh": path["zh"], "en": path["en"], "steps": told}


def _done(member_id: int, org_id: int, names: set[str]) -> dict[str, datetime]:
    """Event name → when this member made the first of that name."""
    mine = Event.objects.filter(org_id=org_id, member_id=member_id, name__in=names)
    return dict(mine.order_by().values_list("name").annotate(Min("at")))
