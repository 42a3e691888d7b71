"""Pure rules about customers: keys for duplicates, silence, rhythm."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from genjin.lib.companies import name_key, short_name
from genjin.lib.pinyin import initials

if TYPE_CHECKING:
    from genjin.customers.models import Customer

ENDED = frozenset({"lost"})


def not_begun(customer: Customer) -> bool:
    """Taken over from a sheet, and neither moved nor spoken to here since: the clock of its stage does not run yet."""
    return customer.historical and customer.stage_at == customer.created_at


def keys_of(name: str) -> dict[str, str]:
    """The derived columns of a customer's name: `name_key` is equal for the same firm however it
    is typed, `short_key` is equal for full and short name, `initials` is for pinyin search."""
    short = short_name(name)
    return {"name_key": name_key(name)[:200], "short_key": short[:200], "initials": initials(short)[:120]}


def silent_days(last_contact_at: datetime | None, created_at: datetime, now: datetime, zone: ZoneInfo) -> int:
    """Whole calendar days since the last real contact, else since the file was made (R-082)."""
    since = last_contact_at or created_at
    return (now.astimezone(zone).date() - since.astimezone(zone).date()).days


def rhythm(days: list[str], today: date, *, weeks: int = 12) -> list[int]:
    """Days ago of each contact in the last weeks, oldest first."""
    first = today - timedelta(weeks=weeks)
    found = (date.fromisoformat(day) for day in days)
    return [(today - day).days for day in sorted(found) if first <= day <= today]


def is_silent(*, has_next_step: bool, silent: int, cadence_days: int, paused: bool, life_cycle: str) -> bool:
    """断档: active, and either no dated next step or silent for longer than the class allows."""
    if paused or life_cycle in ENDED:
        return False
    return not has_next_step or silent > cadence_days
