"""Days and times as a person reads them, in both languages: 11月24日 14:30, 24 Nov 14:30.

The same rule lives once more in the browser (`formatDay` in `web/src/lib/time.ts`).
"""

from __future__ import annotations

from datetime import date, datetime


def day_words(day: date, this_year: int | None) -> tuple[str, str]:
    """11月24日 and 24 Nov; with the year unless it is `this_year`."""
    zh, en = f"{day.month}月{day.day}日", f"{day.day} {day:%b}"
    return (zh, en) if day.year == this_year else (f"{day.year}年{zh}", f"{en} {day.year}")


def time_words(local: datetime, precision: str, this_year: int | None) -> tuple[str, str]:
    """The day and, unless only the day is known, the clock. `local` is in the reader's zone."""
    zh, en = day_words(local, this_year)
    clock = "" if precision == "day" else f" {local:%H:%M}"
    return zh + clock, en + clock
