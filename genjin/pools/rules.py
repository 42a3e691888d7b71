"""Pure rules of pools: when a customer goes back, and in which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

#: Life cycles that no pool ever takes, and that count for no cap.
WON = ("signed", "maintained", "repurchase")
ENDED = (*WON, "lost")
#: Why a customer came, with the days that the rule allows.
REASONS: Mapping[str, tuple[str, str]] = {
    "contact": ("{n} 天没联系", "no contact for {n} days"),
    "progress": ("{n} 天没进展", "no progress for {n} days"),
    "unsigned": ("{n} 天没成交", "not won in {n} days"),
    "cap": ("超出名下上限", "over the cap of customers held"),
    "untouched": ("领取后没首联", "claimed, never contacted"),
    "hand": ("主动退回", "put back"),
    "climbed": ("时限过了没办", "a limit passed and nothing was done"),
    "undone": ("撤销了领取", "taking it was undone"),
}
#: Rule → the column from which its days are counted, but never from before its owner had it.
SINCE: Mapping[str, str] = {"contact": "active_at", "progress": "stage_at", "unsigned": "owned_at"}


@dataclass(frozen=True, slots=True)
class Due:
    """A customer goes back to a pool on a day, by one of its rules."""

    pool_id: int
    key: str
    days: int
    on: date

    @property
    def words(self) -> tuple[str, str]:
        zh, en = REASONS[self.key]
        return zh.format(n=self.days), en.format(n=self.days)


def due_first(
    pool_id: int,
    allowed: Mapping[str, int | None],
    since: Mapping[str, datetime | None],
    held_since: datetime,
    zone: ZoneInfo,
) -> Due | None:
    """The first rule that sends a customer back; `allowed` days by rule, `since` when each began."""
    found = []
    for key, days in allowed.items():
        if days is not None:
            start = max(since[key] or held_since, held_since)
            found.append(Due(pool_id, key, days, start.astimezone(zone).date() + timedelta(days=days)))
    return min(found, key=lambda each: each.on, default=None)


def told_on(due: Due, today: date, warn_days: int) -> date:
    """The day on which it goes back when its owner is warned today: never without the days of warning."""
    return max(due.on, today + timedelta(days=warn_days))
