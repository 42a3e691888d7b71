"""The clock of a stage: how much of its limit is used, in words and as a share."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from genjin.desk.reasons import say, span
from genjin.schema.queries import Options

SOON = 0.75


def clock_of(
    stage: str, since: datetime | None, paused: bool, options: Options, now: datetime, zone: ZoneInfo
) -> dict[str, Any] | None:
    """{share 0..1, state ok | soon | over | paused, zh, en}; None when the stage has no limit."""
    choice = options.get("stage", {}).get(stage)
    limit = choice.facts.get("limit_days") if choice else None
    if paused:
        return {"share": 0.0, "state": "paused", **say("暂停中", "paused")}
    if not isinstance(limit, int | float) or since is None:
        return None
    allowed = timedelta(days=limit)
    used = now - since
    if used > allowed:
        zh, en = span(used - allowed)
        return {"share": 1.0, "state": "over", **say(f"超 {zh}", f"{en} over")}
    share = used / allowed
    zh, en = span(allowed - used)
    return {
        "share": round(share, 3),
        "state": "soon" if share >= SOON else "ok",
        **say(f"剩 {zh}", f"{en} left"),
    }
