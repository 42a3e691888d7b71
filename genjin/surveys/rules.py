"""Settings of surveys, what counts as low, and averages that say something: pure but for what the team has set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from genjin.people.rules import Limit

#: The agenda's kind of a survey that is to be sent.
KIND = "survey"
SOURCE = "survey"
ACT = "发满意度调查"
SETTING = "surveys"
LOWEST, HIGHEST = 1, 5
#: An average of fewer scores says more of chance than of the customer.
ENOUGH = 5
MOST_CHOICES = 10
#: A planned survey is to be sent within so many days; so many of one person's customers a day, the rest the days after.
SEND_WITHIN_DAYS = 7
EACH_DAY = 5
#: Customers who have bought.
WON = ("signed", "maintained")
#: Requests to the public page from one address: a whole office may answer behind one.
OPENS = Limit(60, timedelta(minutes=10))
GUESSES = Limit(10, timedelta(minutes=10))


@dataclass(frozen=True, slots=True)
class Settings:
    """`days` a link stays open; a score of `low` or less opens a complaint."""

    days: int = 14
    low: int = 2


def settings_from(raw: Any) -> Settings:
    """What the team has set; nonsense counts as not set."""
    told = raw.get(SETTING) if isinstance(raw, Mapping) else None
    found = told if isinstance(told, Mapping) else {}
    usual = Settings()
    return Settings(_whole(found.get("days"), 1, 90) or usual.days, _whole(found.get("low"), 0, 4, usual.low))


def _whole(value: Any, least: int, most: int, usual: int = 0) -> int:
    sound = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
    return int(value) if sound else usual


def average(total: int, n: int) -> float | None:
    """To one decimal; None while there are too few."""
    return round(total / n, 1) if n >= ENOUGH else None
