"""Writing notices and messages, each at most once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.conf import settings

from genjin.notify.models import MAIL, SURVEY, Notice, Outgoing, Robot
from genjin.notify.rules import MAIL_DELAY, WISHED_AS, Saying, short
from genjin.orgs.models import Membership


@dataclass(frozen=True, slots=True)
class Line:
    """One notice to write. `once` names its cause: a member hears of one cause a single time (R-083)."""

    org_id: int
    member_id: int
    kind: str
    saying: Saying
    once: str
    at: datetime
    link: str = "/today"


def put(lines: Iterable[Line]) -> None:
    """Put lines into inboxes; those that are there already stay as they are, muted kinds do not come.

    What the member wants as mail too is marked with the time for it.
    """
    wanted = list(lines)
    wishes = _wishes({line.member_id for line in wanted})
    Notice.objects.bulk_create(
        [
            Notice(
                org_id=line.org_id,
                member_id=line.member_id,
                kind=line.kind,
                zh=short(line.saying.zh, 300),
                en=short(line.saying.en, 300),
                link=line.link,
                once=line.once[:120],
                at=line.at,
                mail_at=line.at + MAIL_DELAY if _is_mailed(line, wishes) else None,
            )
            for line in wanted
            if line.kind not in wishes.get(line.member_id, _NONE).muted
        ],
        batch_size=500,
        ignore_conflicts=True,
    )


def _is_mailed(line: Line, wishes: dict[int, _Wishes]) -> bool:
    return WISHED_AS.get(line.kind, line.kind) in wishes.get(line.member_id, _NONE).mailed


def reword(line: Line) -> None:
    """Let a notice that came already say what its cause says now."""
    rows = Notice.objects.filter(org_id=line.org_id, member_id=line.member_id, once=line.once[:120])
    rows.update(zh=short(line.saying.zh, 300), en=short(line.saying.en, 300))


def withdraw(org_id: int, once: str, member_ids: Iterable[int], saying: Saying) -> None:
    """Take the words of a cause that is gone out of the inboxes."""
    rows = Notice.objects.filter(org_id=org_id, member_id__in=list(member_ids), once=once[:120])
    rows.update(zh=saying.zh, en=saying.en)


class _Wishes(NamedTuple):
    """The kinds that somebody keeps out of the inbox, and those that come as mail too."""

    muted: list[str]
    mailed: list[str]


_NONE = _Wishes([], [])


def _wishes(member_ids: set[int]) -> dict[int, _Wishes]:
    """Of the members who wish anything; one statement."""
    if not member_ids:
        return {}
    rows = Membership.objects.filter(pk__in=member_ids).exclude(muted=[], mailed=[])
    can_mail = bool(settings.EMAIL_HOST)
    return {
        pk: _Wishes(muted, mailed if can_mail else [])
        for pk, muted, mailed in rows.values_list("pk", "muted", "mailed")
    }


def queue(robot: Robot, *, once: str, title: str, lines: list[str], now: datetime, state: str = "waiting") -> None:
    """Lay a message ready for a department's robot; a second one with the same `once` is dropped."""
    _lay(robot.org_id, once, robot.kind, robot.pk, title, lines, now, state)


def queue_mail(member: Membership, *, once: str, title: str, lines: list[str], now: datetime) -> None:
    """Lay a mail ready for a member; a second one with the same `once` is dropped."""
    _lay(member.org_id, once, MAIL, member.pk, title, lines, now)


def queue_survey(org_id: int, invitation_id: int, *, title: str, now: datetime) -> None:
    """Lay the mail of a survey ready; its words and link are made when it is sent."""
    _lay(org_id, f"survey:{invitation_id}", SURVEY, invitation_id, title, [], now)


def _lay(
    org_id: int,
    once: str,
    channel: str,
    target: int,
    title: str,
    lines: list[str],
    now: datetime,
    state: str = "waiting",
) -> None:
    message = Outgoing(
        org_id=org_id,
        once=once[:120],
        channel=channel,
        target=str(target),
        title=short(title, 200),
        body=lines,
        state=state,
        send_after=now,
    )
    Outgoing.objects.bulk_create([message], ignore_conflicts=True)
