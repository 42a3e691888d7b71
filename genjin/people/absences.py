"""Who is away, on which days, and who stands in for him: higher folders tell it, whoever plans work asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple


class Absence(NamedTuple):
    """From one day to another, both counted; `instead`: the member who stands in."""

    first: date
    last: date
    instead: int | None = None


Absences = Mapping[int, Sequence[Absence]]
#: `fn(org_id, first, last)` tells (member, absence) of those that touch these days.
Teller = Callable[[int, date, date], Iterable[tuple[int, Absence]]]
_TELLERS: list[Teller] = []


def tells_absence(teller: Teller) -> Teller:
    """Mark what of a folder says that somebody is away."""
    _TELLERS.append(teller)
    return teller


def absences_of(org_id: int, first: date, last: date) -> dict[int, list[Absence]]:
    """Member → his absences that touch these days; a statement for each folder that tells of any."""
    found: dict[int, list[Absence]] = {}
    for teller in _TELLERS:
        for member_id, absence in teller(org_id, first, last):
            found.setdefault(member_id, []).append(absence)
    return found


def is_away(absences: Sequence[Absence], day: date) -> bool:
    return any(each.first <= day <= each.last for each in absences)
