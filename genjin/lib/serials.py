"""Patterns of serial numbers such as `SQ-{YYYY}-{0000}`. Pure.

`{0000}` is the running number with at least so many digits; `{YYYY}`, `{YY}`, `{MM}`, `{DD}` are the day it is given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

USUAL = "{YYYY}-{0000}"
LONGEST = 40
_SLOT = re.compile(r"\{([^{}]*)\}")
_DATES = {"YYYY": "%Y", "YY": "%y", "MM": "%m", "DD": "%d"}
_NUMBER = re.compile(r"0{1,10}")


def is_pattern(text: str) -> bool:
    """Is this a pattern with exactly one running number?"""
    slots = _SLOT.findall(text)
    rest = _SLOT.sub("", text)
    numbers = [each for each in slots if _NUMBER.fullmatch(each)]
    fine = len(numbers) == 1 and all(each in _DATES for each in slots if each not in numbers)
    return fine and 0 < len(text) <= LONGEST and rest.isprintable() and not set(rest) & set("{}")


def frame_of(pattern: str, day: date) -> str:
    """The pattern with the day filled in: numbers run on within one frame, so they begin anew with a year in it."""
    return _SLOT.sub(lambda slot: f"{day:{_DATES[slot[1]]}}" if slot[1] in _DATES else slot[0], pattern)


def numbered(frame: str, numbers: Sequence[int]) -> list[str]:
    """The running numbers in their frame."""
    return [_SLOT.sub(lambda slot: str(each).zfill(len(slot[1])), frame) for each in numbers]  # noqa: B023
