"""Why a row stands on the list, in the words a colleague would use (design-daily §7)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Saying = dict[str, dict[str, str]]


def say(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def span(length: timedelta) -> tuple[str, str]:
    """A length of time in its largest useful unit: 2 天, 18 小时, 40 分钟."""
    minutes = max(1, int(length.total_seconds() // 60))
    if minutes >= 24 * 60:
        days = minutes // (24 * 60)
        return f"{days} 天", f"{days} day{'s' * (days > 1)}"
    if minutes >= 60:
        hours = minutes // 60
        return f"{hours} 小时", f"{hours} h"
    return f"{minutes} 分钟", f"{minutes} min"


def why_due(row: dict[str, Any], now: datetime, zone: ZoneInfo) -> Saying:
    """`why` (when) and `why_detail` (what makes it due) of an agenda row."""
    due, local = row["due_at"].astimezone(zone), now.astimezone(zone)
    return {"why": _when(row, due, local, now), "why_detail": _because(row)}


def _when(row: dict[str, Any], due: datetime, local: datetime, now: datetime) -> dict[str, str]:
    days = (due.date() - local.date()).days
    by_day = row["precision"] == "day"
    if days < 0:
        return say(f"逾期 {-days} 天", f"{-days} d late")
    if not by_day and row["due_at"] < now:
        zh, en = span(now - row["due_at"])
        return say(f"逾期 {zh}", f"{en} late")
    if days == 0:
        return say("今天内", "today") if by_day else say(f"{due:%H:%M}", f"{due:%H:%M}")
    if days == 1:
        return say("明天", "tomorrow") if by_day else say(f"明天 {due:%H:%M}", f"tomorrow {due:%H:%M}")
    zh, en = span(row["due_at"] - now)
    return say(f"剩 {zh}", f"{en} left")


def _because(row: dict[str, Any]) -> dict[str, str]:
    if row["goal"]:
        return say(row["goal"], row["goal"])
    return {
        "next_try": say("上次没联系上", "not reached last time"),
        "mend": say("审核退回", "returned by the reviewer"),
        "task": say("自己加的待办", "own to-do"),
    }.get(row["kind"], say("上次记录里答应的", "promised in the last record"))


def why_silent(row: dict[str, Any], days: int, cadence: int) -> Saying:
    """Why a customer counts as silent, and what to do about it."""
    intent = row["intent_class"]
    allowed = say(
        f"{intent + ' 类 ' if intent else ''}{cadence} 天一次",
        f"{'class ' + intent + ', ' if intent else ''}every {cadence} days",
    )
    if row["next_due_at"] is None:
        extra = "，且没有下一步" if days > cadence else "，没有下一步"
        detail = say(allowed["zh"] + extra, allowed["en"] + ", no next step")
    else:
        detail = allowed
    head = say(f"{days} 天没联系", f"{days} days silent") if days > 0 else say("没有下一步", "no next step")
    act = say("重新联系，定一个下一步", "make contact and set a next step")
    return {"why": head, "why_detail": detail, "act": act["zh"], "act_en": act["en"]}  # type: ignore[dict-item]
