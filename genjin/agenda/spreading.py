"""Spreading contacts over the working days of a week by a person's load (R-099, R-101). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

#: What one person has on one day at most before the plan leaves the day alone.
MOST_A_DAY = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """A contact that belongs between two days, both inclusive."""

    key: int
    first: date
    last: date


class _Week:
    """Days by place, what stands on each, and which contacts the plan has put there."""

    def __init__(self, days: Sequence[date], load: Mapping[date, int], most: int) -> None:
        self.days, self.most = days, most
        self.load = [load.get(day, 0) for day in days]
        self.put: list[list[tuple[int, int, int]]] = [[] for _ in days]

    def span(self, first: date, last: date) -> tuple[int, int]:
        """The places of the days between two dates; empty when the second is smaller."""
        inside = [place for place, day in enumerate(self.days) if first <= day <= last]
        return (inside[0], inside[-1]) if inside else (0, -1)

    def take(self, key: int, low: int, high: int) -> bool:
        """Put a contact on a day between two places so that loads differ as little as possible; False when all days
        that it or others could move to are full.

        The least loaded day that can be reached by moving others along is found and the way there is gone, which
        keeps the whole optimal (a semi-matching without a path that lowers its cost).
        """
        came: dict[int, int | None] = dict.fromkeys(range(low, high + 1), None)
        queue = list(came)
        for at in queue:
            reach = [edge for _, start, end in self.put[at] for edge in (start, end)]
            for near in range(min(reach), max(reach) + 1) if reach else ():
                if near not in came:
                    came[near] = at
                    queue.append(near)
        best = min(queue, key=lambda at: (self.load[at], at), default=None)
        if best is None or self.load[best] >= self.most:
            return False
        place = best
        while (before := came[place]) is not None:
            moved = next(each for each in self.put[before] if each[1] <= place <= each[2])
            self.put[before].remove(moved)
            self.put[place].append(moved)
            place = before
        self.put[place].append((key, low, high))
        self.load[best] += 1
        return True


def spread(
    wanted: Sequence[Wanted], days: Sequence[date], load: Mapping[date, int], *, most: int = MOST_A_DAY
) -> dict[int, date]:
    """Key → day, one of the working `days` (ascending) of one person, on which `load` things stand already.

    Nobody comes before his first day; after his last one only where no day until then is free (fewer than `most`), or
    where there is none. Whoever finds no free day at all is left out: the next night looks again.
    """
    week, late = _Week(days, load, most), []
    for each in sorted(wanted, key=lambda each: (each.last, each.key)):
        low, high = week.span(each.first, each.last)
        if high < low or not week.take(each.key, low, high):
            late.append(each)
    for each in late:
        low, high = week.span(each.first, date.max)
        if low <= high:
            week.take(each.key, low, high)
    return {key: day for day, put in zip(days, week.put, strict=True) for key, _, _ in put}
