"""After a restore: nothing that may have gone out already goes out again."""

from __future__ import annotations

from datetime import datetime

from genjin.notify.models import Outgoing, Robot
from genjin.notify.rules import LIST_TIMES


def hold_back_what_may_have_gone(now: datetime) -> None:
    """Drop messages that waited when the archive was written, and today's lists whose time has come.

    They went out, as far as anybody can know, between the archive and now. A list missed is read on
    the screen; a list sent twice is not taken seriously again.
    """
    Outgoing.objects.filter(state__in=("waiting", "sending")).update(state="dropped")
    held = []
    for robot in Robot.objects.filter(enabled=True).select_related("org"):
        local = now.astimezone(robot.org.zone)
        for kind, (starts, _ends) in LIST_TIMES.items():
            if local.time() < starts:
                continue
            once = f"{kind}:{robot.department_id}:{local.date().isoformat()}"
            held.append(
                Outgoing(
                    org_id=robot.org_id,
                    once=once,
                    channel=robot.kind,
                    target=str(robot.pk),
                    title="",
                    state="dropped",
                    send_after=now,
                )
            )
    Outgoing.objects.bulk_create(held, ignore_conflicts=True)
