"""The clock of a stage: how much of its limit is used, in words, as a share, and in which unit (R-111)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from genjin.lib.calendar import WorkCalendar
from genjin.lib.due import span
from genjin.lib.time_limits import Clock, Deadline, due_at
from genjin.schema.limits import Limit, limit_of
from genjin.schema.queries import Options

SOON = 0.75
ONE_DAY = timedelta(days=1)
_UNIT = {
    Clock.HOURS: ("小时", "hour"),
    Clock.DAYS: ("天", "calendar day"),
    Clock.WORKDAYS: ("个工作日", "working day"),
}
_NAME = {
    Clock.HOURS: ("按小时算", "counted in hours"),
    Clock.DAYS: ("按自然日算", "counted in calendar days"),
    Clock.WORKDAYS: ("按工作日算", "counted in working days"),
}
_PAUSED: dict[str, Any] = {
    "share": 0.0,
    "state": "paused",
    "zh": "暂停中",
    "en": "paused",
    "unit": None,
    "hint": {"zh": "暂停跟进，不计时", "en": "Paused; the clock stands still"},
}


def limit_words(limit: Limit) -> dict[str, str]:
    """2 个工作日, 24 小时, 3 天."""
    return dict(zip(("zh", "en"), _amount(limit.amount, limit.clock), strict=True))


class StageClocks:
    """The running clocks of many customers at one moment; cheap for each row of a list."""

    MOST_KNOWN = 20_000
    #: How far back one looks for the day whose limit has just run out.
    MOST_DAYS = 800

    def __init__(self, options: Options, now: datetime, calendar: WorkCalendar) -> None:
        self._limits = {key: limit_of(choice) for key, choice in options.get("stage", {}).items()}
        self._calendar, self._now, self._zone = calendar, now, calendar.tz
        self._local = now.astimezone(self._zone)
        self._today, self._worked_today = self._local.date(), calendar.share_of_day(self._local)

    def of(self, stage: str, since: datetime | None, paused: bool) -> dict[str, Any] | None:
        """The clock of a customer that has been in `stage` since then; None when the stage has no limit.

        {share 0..1, state ok | soon | over | paused, zh, en, unit, due_at, hint: {zh, en}, unpublished_year}.
        """
        if paused:
            return dict(_PAUSED)
        limit = self._limits.get(stage)
        if limit is None or since is None:
            return None
        due, hint = self._due(since, limit)
        share, state, zh, en = self._standing(since, due.at, limit)
        return {
            "share": share,
            "state": state,
            "zh": zh,
            "en": en,
            "unit": limit.clock.value,
            "due_at": due.at,
            "hint": hint,
            "unpublished_year": due.unpublished_year,
        }

    def late_before(self, stage: str) -> datetime | None:
        """Whoever has been in `stage` since before this moment is over its limit; None when it has none."""
        limit = self._limits.get(stage)
        if limit is None:
            return None
        if limit.clock is Clock.HOURS or not limit.amount:
            return self._now - timedelta(hours=limit.amount)
        midnight = self._local.replace(hour=0, minute=0, second=0, microsecond=0)
        for back in range(self.MOST_DAYS):
            day = midnight - timedelta(days=back)
            if self._due(day, limit)[0].at < self._now:
                return day + ONE_DAY
        return None

    def _due(self, since: datetime, limit: Limit) -> tuple[Deadline, dict[str, str]]:
        """Deadline and its words. A limit in days depends on the day it starts on only, so it is kept."""
        key = (limit, since if limit.clock is Clock.HOURS or not limit.amount else since.astimezone(self._zone).date())
        memo = self._calendar.memo
        if key not in memo:
            if len(memo) > self.MOST_KNOWN:
                memo.clear()
            due = due_at(since, limit.amount, limit.clock, self._calendar)
            memo[key] = (due, _hint(limit, due, self._calendar))
        found: tuple[Deadline, dict[str, str]] = memo[key]
        return found

    def _standing(self, since: datetime, due: datetime, limit: Limit) -> tuple[float, str, str, str]:
        now = self._now
        if now > due:
            zh, en = self._since_due(due, limit)
            return 1.0, "over", f"超 {zh}", f"{en} over"
        if limit.clock is Clock.WORKDAYS:
            used, whole = self._worked(since, self._local), self._worked(since, due)
        else:
            used, whole = (now - since).total_seconds(), (due - since).total_seconds()
        share = min(1.0, used / whole) if whole > 0 else 1.0
        warned = limit.warn_hours is not None and now - since >= timedelta(hours=limit.warn_hours)
        zh, en = self._until_due(due, limit)
        return round(share, 3), "soon" if warned or share >= SOON else "ok", f"剩 {zh}", f"{en} left"

    def _worked(self, start: datetime, end: datetime) -> float:
        """Working days between two moments, by the wall clock."""
        calendar = self._calendar
        first, last = start.astimezone(self._zone), end.astimezone(self._zone)
        passed = calendar.share_of_day(last) - calendar.share_of_day(first)
        if first.date() == last.date():
            return passed
        return passed + calendar.workdays_between(first.date() - ONE_DAY, last.date())

    def _until_due(self, due: datetime, limit: Limit) -> tuple[str, str]:
        """Whole working days left, or the time itself when it is less than one or another clock."""
        if limit.clock is Clock.WORKDAYS:
            whole = int(self._worked(self._local, due) + 1e-9)
            if whole >= 1:
                return _amount(whole, limit.clock)
        return span(due - self._now)

    def _since_due(self, due: datetime, limit: Limit) -> tuple[str, str]:
        if limit.clock is Clock.WORKDAYS:
            whole = int(self._worked(due, self._local) + 1e-9)
            if whole >= 1:
                return _amount(whole, limit.clock)
        return span(self._now - due)


def clock_of(
    stage: str, since: datetime | None, paused: bool, options: Options, now: datetime, calendar: WorkCalendar
) -> dict[str, Any] | None:
    """The clock of one customer, as `StageClocks.of`."""
    return StageClocks(options, now, calendar).of(stage, since, paused)


def _amount(amount: float, clock: Clock) -> tuple[str, str]:
    zh, en = _UNIT[clock]
    return f"{amount:g} {zh}", f"{amount:g} {en}{'s' * (amount != 1)}"


def _hint(limit: Limit, due: Deadline, calendar: WorkCalendar) -> dict[str, str]:
    """The unit of the clock, the limit, the deadline, and a year whose holidays nobody knows yet."""
    amount, name = _amount(limit.amount, limit.clock), _NAME[limit.clock]
    local = due.at.astimezone(calendar.tz)
    zh = f"{name[0]}，限 {amount[0]}，到 {local.month}月{local.day}日 {local:%H:%M}"
    en = f"Limit {amount[1]}, {name[1]}, until {local.day} {local:%b} {local:%H:%M}"
    year = due.unpublished_year
    if year is not None:
        zh += f"。{year} 年放假安排还没公布，先按法定节日算，公布后可能会变"
        en += f". The holidays of {year} are not published yet; reckoned by law, it may still move"
    return {"zh": zh, "en": en}
