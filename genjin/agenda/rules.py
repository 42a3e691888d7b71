"""Pure rules of the agenda: when to remind, and which items are contacts that leave a record behind."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from genjin.lib.due import deadline

#: How long before a due minute the owner is reminded in the app.
REMIND_BEFORE = timedelta(minutes=30)
NEAR = timedelta(hours=48)
#: Verdicts that somebody waits for: 工作台 counts them beside the list, the review screen holds them.
VERDICTS = frozenset({"review", "check_file", "peer_check", "approve"})
#: Done by a verdict, by mending, by taking a customer over or first reaching him, by an answer or a consent, never by a
#: tick; no next step of the customer either (R-077).
SETTLED_ELSEWHERE = (
    VERDICTS
    | {"mend", "takeup", "claim", "help", "objection", "node_limit", "handover", "care"}
    | {"contract_draft", "payment", "renewal", "delivery", "needs_check"}
    | {"complaint", "complaint_ask", "survey"}
)
#: Sources of the rows that a hand-over puts on the agenda: they are no part of what it moves.
PROMISE = "promise"
OF_THE_HANDOVER = ("handover", PROMISE)
#: What a late promise remembers in `extra`: the task that makes it good, whose source is the promise.
MADE_GOOD = "made_good_by"

#: What is an exception (异常) once its time has passed, tab by tab of the board; `desk/stuck_kinds.py` says why.
#: A further kind is named here and there, and in the conditions of `agenda_stuck` and `agenda_unstuck`.
STUCK_KINDS = (
    "node_limit", "cadence", "objection", "help", *sorted(VERDICTS), "takeup", "handover", "complaint",
    "contract_draft", "payment",
    "renewal", "delivery",
)  # fmt: skip

#: A contact that the cadence of the customer asks for (R-099): done by the record of any real contact.
CADENCE = "cadence"


def tell_at(due_at: datetime, precision: str, told: str, zone: ZoneInfo, closing: time) -> datetime | None:
    """When the next reminder of an open item is due: before the time, then once when late (R-075)."""
    late = deadline(due_at, precision, zone, closing)
    if told == "none":
        return late.astimezone(zone).replace(hour=8, minute=50) if precision == "day" else due_at - REMIND_BEFORE
    if told == "before":
        return late
    return None


#: How an act is read as a contact: its channel, and how long such a contact usually takes.
_DESK_WORK = re.compile(r"^(补写|写|整理|准备|做|出|核算|申请|起草|制作|安排|draft|write|prepare)", re.IGNORECASE)
_CONTACTS = (
    ("phone", timedelta(minutes=10), re.compile(r"^(电话|致电|打电话|打给|回电|call|phone)", re.IGNORECASE)),
    ("meeting", timedelta(minutes=30), re.compile(r"线上|会议|视频|开会|meeting|online|video", re.IGNORECASE)),
    (
        "visit",
        timedelta(minutes=60),
        re.compile(r"拜访|上门|面谈|面访|登门|现场|到访|演示|参观|visit|on.?site|demo", re.IGNORECASE),
    ),
    ("phone", timedelta(minutes=10), re.compile(r"电话|致电|打给|拨打|回电|通话|回访|call|phone|ring", re.IGNORECASE)),
)
#: A contact that ended longer ago than this is no longer asked for on top of the desk (R-078).
ASK_WITHIN = timedelta(hours=2)
LONGEST_CONTACT = max(length for _, length, _ in _CONTACTS)


def contact_of(act: str) -> tuple[str, timedelta] | None:
    """(channel, usual length) of a to-do that is a call, a meeting or a visit; None for work at the desk."""
    words = act.strip()
    if _DESK_WORK.search(words):
        return None
    return next(((channel, length) for channel, length, pattern in _CONTACTS if pattern.search(words)), None)


def has_just_ended(act: str, due_at: datetime, now: datetime) -> bool:
    """Whether an appointed contact should be over by now, for less than two hours (R-078)."""
    found = contact_of(act)
    return found is not None and timedelta() <= now - due_at - found[1] <= ASK_WITHIN
