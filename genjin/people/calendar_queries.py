"""Reading the team's working calendar and the time limits of its stages."""

from __future__ import annotations

from typing import Any

from genjin.access.actor import Actor
from genjin.lib.calendar import official_year
from genjin.orgs.models import CalendarDay, Organisation
from genjin.orgs.queries import calendar_of
from genjin.schema.limits import limit_of
from genjin.schema.queries import options_of


def calendar_json(actor: Actor, year: int) -> dict[str, Any]:
    """The days of a year on which the team does otherwise than its weekdays say: by the official notice, and its own.

    {"year", "hours": {opening, closing}, "published": the official notice is out, "complete": the team entered the
    year itself, "official": [{day, works}], "days": [{day, works, name}]}. Own days win.
    """
    opening, closing = Organisation.objects.values_list("opening_time", "closing_time").get(pk=actor.org_id)
    calendar = calendar_of(actor.org_id, actor.config_version)
    notice = official_year(year)
    # A weekend that is a holiday is off anyway.
    official = [(day, False) for day in notice.off if day.weekday() in calendar.weekdays]
    official += [(day, True) for day in notice.make_up]
    own = CalendarDay.objects.filter(org_id=actor.org_id, day__year=year).order_by("day")
    return {
        "year": year,
        "hours": {"opening": f"{opening:%H:%M}", "closing": f"{closing:%H:%M}"},
        "published": notice.published,
        "complete": year in calendar.published_years,
        "official": [{"day": day, "works": works} for day, works in sorted(official)],
        "days": list(own.values("day", "works", "name")),
    }


def stages_json(actor: Actor) -> dict[str, Any]:
    """The stages in use with their limits: {"items": [{key, zh, en, limit: {amount, clock, warn_hours} or null}]}."""
    stages = options_of(actor.org_id, actor.config_version).get("stage", {}).values()
    items = []
    for stage in (each for each in stages if not each.retired):
        limit = limit_of(stage)
        items.append({"key": stage.key, "zh": stage.zh, "en": stage.en, "limit": limit._asdict() if limit else None})
    return {"items": items}
