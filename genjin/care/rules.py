"""Pure rules of care: when something is due again, what was kept of a plan, and what is too much contact."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

#: So far ahead care is planned.
AHEAD = 60
#: A rate over fewer is not said.
FEW = 10
#: The rate of a plan looks so far back.
LOOK_BACK = 90
#: Life cycles in which a customer is won.
WON = ("signed", "maintained", "repurchase")
STATES = ("proposed", "planned", "done", "skipped", "merged")


def later(day: date, amount: int, unit: str) -> date:
    """So many days, weeks or months on; the last day of a shorter month."""
    if unit == "months":
        month = day.month - 1 + amount
        year, month = day.year + month // 12, month % 12 + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))
    return day + timedelta(days=amount * (7 if unit == "weeks" else 1))


def next_every(amount: int, unit: str, *, last: date | None, since: date, today: date, number: int) -> date:
    """When care by interval is due next: an interval after the last time, or after the customer was won.

    What would have been due long ago (a plan that is new) is spread over the weeks to come by the customer's number,
    so that not everybody is called on one day.
    """
    due = later(last or since, amount, unit)
    if due >= today:
        return due
    return today + timedelta(days=1 + number * 40_503 % 65_536 * min(28, (later(today, amount, unit) - today).days)
                             // 65_536)  # fmt: skip


def rate(done: int, due: int) -> dict[str, Any]:
    """Done of what was due (R-144); below ten no share is said."""
    return {"done": done, "due": due, "share": round(done / due, 4) if due >= FEW else None, "few": 0 < due < FEW}


@dataclass(frozen=True, slots=True)
class Touch:
    """One contact, made or planned: when, by whom, and the care item behind it where it is one."""

    on: date
    who: int | None
    care: int | None = None
    past: bool = False


def too_close(touches: Iterable[Touch], *, most: int, days: int, today: date) -> list[Touch]:
    """The first run of more than `most` touches within `days` days with care still to come; [] where none is."""
    ordered = sorted(touches, key=lambda each: (each.on, not each.past, each.care or 0))
    for start, first in enumerate(ordered):
        run = [each for each in ordered[start:] if each.on < first.on + timedelta(days=days)]
        if len(run) > most and any(each.care and not each.past and each.on >= today for each in run):
            return run
    return []


def repair(run: Sequence[Touch], others: Sequence[Touch], *, most: int, days: int) -> dict[str, Any] | None:
    """What would mend it: two acts of care made one, or the last one moved to where it fits (R-151)."""
    care = [each for each in run if each.care and not each.past]
    if len(care) >= 2:
        return {"do": "merge", "ids": [care[0].care, care[1].care], "on": care[0].on}
    if not care:
        return None
    moved = care[-1]
    rest = [each for each in others if each is not moved]
    for ahead in range(1, 4 * days + 1):
        on = moved.on + timedelta(days=ahead)
        if fits(rest, on, most=most, days=days):
            return {"do": "move", "ids": [moved.care], "on": on}
    return None


def fits(touches: Sequence[Touch], on: date, *, most: int, days: int) -> bool:
    """Would one more on that day stay within the limit?"""
    near = [each.on for each in touches if abs((each.on - on).days) < days]
    for first in [on - timedelta(days=back) for back in range(days)]:
        if sum(1 for each in near if first <= each < first + timedelta(days=days)) + 1 > most:
            return False
    return True


def filled(text: str, names: Mapping[str, str]) -> str:
    """The words of a plan with {称呼} and {客户} in place."""
    for slot, value in names.items():
        text = text.replace("{" + slot + "}", value)
    return text
