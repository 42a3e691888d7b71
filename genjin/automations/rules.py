"""Pure rules of automations: how long they wait, how deep they go, how they say what they did."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

#: So many automations may answer each other in a row.
DEEPEST = 3
MOST_AUTOMATIONS = 100
#: So many runs of all automations of a team act within an hour; beyond it the busiest of them is paused.
MOST_A_TEAM = 10_000
HOUR = timedelta(hours=1)
#: After this time a worker that has not reported back counts as dead.
LEASE = timedelta(minutes=5)
MOST_TRIES = 5
#: Waiting before the next try of a webhook, in minutes; after the last one it is given up.
RETRY_MINUTES = (1, 5, 15, 60, 180)
#: Webhooks that failed in a row, after which an automation sends none for a while.
MOST_FAILURES = 5
PAUSE = timedelta(hours=1)
#: How long the log is kept: what did something, and what did not.
KEEP, KEEP_SKIPPED = timedelta(days=30), timedelta(days=7)

SOURCE = "automation"
#: Why a webhook did not arrive; the other side's own words are never shown.
FAULTS: Mapping[str, tuple[str, str]] = {
    "unreachable": ("连不上这个地址", "the address cannot be reached"),
    "refused": ("对方没有接收（返回的不是 2xx）", "it was not accepted (no 2xx answer)"),
    "address": (
        "这个地址不能用：只能是公网上的 http 或 https",
        "the address cannot be used",
    ),
    "off": ("自动化已停，没有再发", "the automation was switched off; not sent"),
    "restored": ("恢复备份时停下，没有再发", "held back when a backup was restored"),
}


class Saying(NamedTuple):
    """One sentence in both languages."""

    zh: str
    en: str


def retry_after(tries: int) -> timedelta | None:
    """How long to wait after the `tries`-th failure of a webhook; None = give it up."""
    return timedelta(minutes=RETRY_MINUTES[tries - 1]) if tries <= len(RETRY_MINUTES) else None


def signature(secret: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers by which a receiver knows who sends: HMAC-SHA256 over "seconds.body" with the secret as key.

    The receiver refuses a time that is too far from its own, so that nobody can send an old message again.
    """
    stamp = str(int(at.timestamp()))
    made = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {"Genjin-Timestamp": stamp, "Genjin-Signature": f"sha256={made}"}


def filled(text: str, values: Mapping[str, str]) -> str:
    """`text` with {客户} and the like in place; whatever else stands in braces stays as it is (security I4)."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def cause_of(run_id: int, place: int) -> str:
    """What events of a run name as their cause; `run_of` reads it back."""
    return f"run:{run_id}:{place}"


def run_of(cause: str) -> int | None:
    """The run whose action caused an event, None for any other cause."""
    parts = cause.split(":")
    return int(parts[1]) if len(parts) == 3 and parts[0] == "run" and parts[1].isdecimal() else None


def moved_to(moved: Mapping[str, Any], columns: Sequence[str], data: Mapping[str, Any]) -> bool:
    """Does an event tell that one of these columns changed, and to the value that was asked for?"""
    before, after = data.get("before") or {}, data.get("after") or {}
    for column in columns:
        if column in after and before.get(column) != after[column]:
            return "to" not in moved or after[column] == moved["to"]
    return False


def outcome(steps: Sequence[Mapping[str, Any]]) -> str:
    """How a run ended, from what became of its actions."""
    bad = [each["state"] in ("failed", "refused") for each in steps]
    return "failed" if bad and all(bad) else "partly" if any(bad) else "done"
