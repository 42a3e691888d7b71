"""Reading an organisation's own settings."""

from __future__ import annotations

from datetime import time
from functools import lru_cache

from genjin.lib.calendar import WorkCalendar
from genjin.orgs.models import CalendarDay, Organisation

NOON, AFTERNOON = time(12), time(13)


def calendar_of(org_id: int, config_version: int) -> WorkCalendar:
    """The working calendar of an organisation: its hours and own days over the official Chinese notice (R-111).

    Two statements, once for each state of its configuration.
    """
    return _calendar(org_id, config_version)


@lru_cache(maxsize=4096)
def _calendar(org_id: int, config_version: int) -> WorkCalendar:
    zone, opening, closing, settings = Organisation.objects.values_list(
        "timezone", "opening_time", "closing_time", "settings"
    ).get(pk=org_id)
    own = dict(CalendarDay.objects.filter(org_id=org_id).values_list("day", "works"))
    given = settings.get("published_years", []) if isinstance(settings, dict) else []
    return WorkCalendar(
        zone=zone,
        hours=hours_between(opening, closing),
        own_days=own,
        published_years=frozenset(year for year in given if isinstance(year, int)),
    )


def hours_between(opening: time, closing: time) -> tuple[tuple[time, time], ...]:
    """The working hours of a day, with the midday break where both halves exist."""
    if opening < NOON and closing > AFTERNOON:
        return ((opening, NOON), (AFTERNOON, closing))
    return ((opening, closing),)
