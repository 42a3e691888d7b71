"""How often a customer is to be contacted, and how often at most: data of the options, pure (R-099–R-101).

A class says its interval (A weekly, B two-weekly, C monthly); a life cycle that says one of its own goes before it, so
that who has just signed gets a light touch once a week and an old customer one a month.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Q

from genjin.schema.queries import Choice, Options

#: Days that may pass without contact where nothing else is said (R-099, class C).
DEFAULT_CADENCE_DAYS = 30
#: The longest interval that a team can set.
LONGEST_DAYS = 365
WEEK = timedelta(days=7)
#: Lists whose options carry a cadence; the first that names an interval is heard.
LISTS = ("life_cycle", "intent_class")


class Cadence(NamedTuple):
    """`days` that may pass without contact; `floor` days between two of them, and `most` contact days in seven."""

    days: int = DEFAULT_CADENCE_DAYS
    floor: int = 0
    most: int | None = None


class Window(NamedTuple):
    """The days on which the next contact belongs, both inclusive."""

    first: date
    last: date


def cadence_of(options: Options, intent_class: str, life_cycle: str) -> Cadence:
    """The cadence of a customer, from the facts `cadence_days`, `floor_days`, `most_weekly`."""
    for name, key in zip(LISTS, (life_cycle, intent_class), strict=True):
        found = cadence_in(options.get(name, {}).get(key))
        if found is not None:
            return found
    return Cadence()


def cadence_in(choice: Choice | None) -> Cadence | None:
    """What an option says itself; None where it names no interval. Facts that make no sense count as none."""
    facts: Mapping[str, Any] = choice.facts if choice else {}
    days = _whole(facts.get("cadence_days"), least=1)
    if days is None:
        return None
    floor, most = _whole(facts.get("floor_days"), least=0), _whole(facts.get("most_weekly"), least=1)
    return Cadence(days, min(floor or 0, days), most)


def _whole(value: Any, *, least: int) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= least else None


def lapsed(options: Options, before: datetime) -> Q:
    """Customers whose interval since the last contact ends before the day that begins at `before`."""
    own = {key: found for key, choice in options.get("life_cycle", {}).items() if (found := cadence_in(choice))}
    condition = Q(pk__in=[])
    for key, cadence in own.items():
        condition |= Q(life_cycle=key, active_at__lt=before - timedelta(days=cadence.days))
    known = options.get("intent_class", {})
    by_class = Q(intent_class="", active_at__lt=before - timedelta(days=DEFAULT_CADENCE_DAYS))
    for key in known:
        days = (cadence_in(known[key]) or Cadence()).days
        by_class |= Q(intent_class=key, active_at__lt=before - timedelta(days=days))
    return condition | (by_class & ~Q(life_cycle__in=sorted(own)) if own else by_class)


def window_of(
    cadence: Cadence,
    *,
    last: date | None,
    created: date,
    contacts: Sequence[date] = (),
    eased: int | None = None,
) -> Window:
    """When the next contact belongs: not before the floor, not later than the interval.

    `last`: the last real contact by anyone through any channel; `contacts`: the days of the newest ones. `eased`: the
    number of a customer that was taken over: what was late already then, or never spoken to, is spread over its first
    interval.
    The floor goes before the interval.
    """
    due = (last or created) + timedelta(days=cadence.days)
    if eased is not None and (last is None or due <= created):
        due = created + timedelta(days=1 + _place(eased, cadence.days))
    first = last + timedelta(days=cadence.floor) if last else created
    if cadence.most is not None and len(contacts) >= cadence.most:
        first = max(first, sorted(contacts)[-cadence.most] + WEEK)
    return Window(first, max(first, due))


def _place(number: int, days: int) -> int:
    """One of so many days, evenly for any run of numbers."""
    return (number * 40_503 % 65_536) * days // 65_536
