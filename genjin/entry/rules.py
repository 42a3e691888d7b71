"""Times as counts in a few steps, so that a median can be told and no single time. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

#: Upper bounds in seconds; what took longer counts as the last.
STEPS = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233)
#: What a field takes by its type where nobody has been timed yet: seconds, from the steps.
USUAL: Mapping[str, int] = {
    "option": 3, "options": 5, "bool": 2, "tags": 5, "rating": 2, "text": 8, "longtext": 21, "richtext": 34,
    "number": 5, "money": 5, "money_range": 8, "percent": 5, "date": 5, "datetime": 8, "lunar_date": 8, "member": 5,
    "department": 5, "phone": 8, "email": 8, "url": 8,
}  # fmt: skip
OTHER = 8


def step_of(seconds: float) -> int:
    """The place of a time among the steps."""
    return min(bisect_left(STEPS, seconds), len(STEPS) - 1)


def added(counts: Sequence[int], seconds: float) -> list[int]:
    """The counts with one time more."""
    found = [*counts, *[0] * (len(STEPS) - len(counts))]
    found[step_of(seconds)] += 1
    return found


def together(rows: Sequence[Sequence[int]]) -> list[int]:
    """Counts of several rows as one."""
    return [sum(row[at] for row in rows if at < len(row)) for at in range(len(STEPS))]


def median_of(counts: Sequence[int]) -> int | None:
    """The upper bound of the step in which the middle time lies, in seconds; None without times."""
    whole = sum(counts)
    if not whole:
        return None
    seen = 0
    for at, count in enumerate(counts):
        seen += count
        if seen * 2 >= whole:
            return STEPS[at]
    return STEPS[-1]


def usual(type_: str, known: Mapping[str, int]) -> int:
    """What a field of a type is reckoned to take: the median of the team's fields of that type, else what is usual."""
    return known.get(type_, USUAL.get(type_, OTHER))
