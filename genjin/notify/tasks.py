"""What the worker does by the clock."""

from __future__ import annotations

from datetime import timedelta

from genjin.access.actor import job
from genjin.history.schedule import every
from genjin.lib import moment
from genjin.notify import mailing, sending
from genjin.notify.actions import remind
from genjin.notify.lists import lay_out_lists
from genjin.notify.models import Notice, Outgoing
from genjin.notify.queries import waiting_for_reminder

#: How long what is settled stays: messages for their keeper, read notices for whoever looks back.
KEEP_MESSAGES, KEEP_NOTICES = timedelta(days=30), timedelta(days=180)


@every("notify.remind", seconds=60)
def remind_all() -> int:
    """Remind everybody of what is due or late (R-075); returns how many items were told."""
    told = 0
    for org_id, owner_id, department_id in waiting_for_reminder(moment.now()):
        actor = job("reminders", org_id, frozenset({"reminder.send"}))
        told += remind(actor, owner_id=owner_id, department_id=department_id)["told"]
    return told


@every("notify.lists", seconds=60)
def make_lists() -> int:
    """Lay ready the morning and the overdue list of each department with a robot (R-080, R-187)."""
    return lay_out_lists(moment.now())


@every("notify.mail", seconds=60)
def make_mails() -> int:
    """Lay ready the mails that are due: one a member, of what he has not read meanwhile."""
    return mailing.lay_out_mails(moment.now())


@every("notify.send", seconds=10)
def send_messages() -> int:
    """Send what waits (R-187)."""
    return sending.send_waiting()


@every("notify.clear", seconds=3600)
def clear() -> int:
    """Drop old messages that are settled and old notices that were read; returns how many went.

    `once` names a day or a cause, so nothing comes again when its row is gone.
    """
    now = moment.now()
    messages = Outgoing.objects.filter(send_after__lt=now - KEEP_MESSAGES).exclude(state__in=("waiting", "sending"))
    notices = Notice.objects.filter(at__lt=now - KEEP_NOTICES, read_at__isnull=False)
    return messages.delete()[0] + notices.delete()[0]
