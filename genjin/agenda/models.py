"""The one agenda (待办): whatever somebody must do by some time."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from genjin.access.rows import Row
from genjin.agenda.rules import STUCK_KINDS
from genjin.customers.models import Contact, Customer
from genjin.orgs.models import Department, Membership, Organisation

OPEN = Q(state="open", deleted_at__isnull=True)
#: The same for a statement whose plan is kept.
STANDING = Q(state__known="open", deleted_at__isnull=True)


class AgendaItem(Row):
    """What, for whom, by when, by which clock, from which source (R-030, R-074).

    `source_type`/`source_id` name the record that made it (a follow-up); `stage` of reminding is
    kept in `told` so that nobody is reminded twice (R-083); on a ladder `rung` is how many of its rungs are done and
    `climb_at` when the next one is (`ladders.py`). `nudged_at`: when somebody last urged whoever has it. `due_at` of
    precision "day" is the organisation's closing time on that day; `hushed`: nobody asks for
    the record of this contact (R-078).
    """

    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="agenda")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, db_index=False)
    kind = models.CharField(max_length=20, default="next_step")
    act = models.CharField(max_length=300)
    goal = models.CharField(max_length=120, blank=True)
    owner = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    due_at = models.DateTimeField()
    precision = models.CharField(max_length=10, default="minute")
    clock = models.CharField(max_length=20, default="calendar")
    state = models.CharField(max_length=10, default="open")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    source_type = models.CharField(max_length=20, blank=True)
    source_id = models.BigIntegerField(null=True)
    told = models.CharField(max_length=20, default="none")
    tell_at = models.DateTimeField(null=True)
    rung = models.SmallIntegerField(default=0)
    climb_at = models.DateTimeField(null=True)
    nudged_at = models.DateTimeField(null=True)
    hushed = models.BooleanField(default=False)
    import_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["org", "owner", "due_at", "id"], condition=OPEN, name="agenda_owner_due"),
            models.Index(fields=["org", "customer", "due_at"], condition=OPEN, name="agenda_customer_due"),
            models.Index(fields=["org", "department", "due_at"], condition=OPEN, name="agenda_department_due"),
            models.Index(fields=["org", "source_type", "source_id"], name="agenda_source"),
            models.Index(fields=["tell_at"], condition=OPEN & Q(tell_at__isnull=False), name="agenda_tell"),
            models.Index(fields=["climb_at"], condition=OPEN & Q(climb_at__isnull=False), name="agenda_climb"),
            models.Index(fields=["org", "due_at"], condition=OPEN & Q(kind="takeup"), name="agenda_takeup"),
            models.Index(fields=["org", "due_at"], condition=OPEN & Q(kind="claim"), name="agenda_claim"),
            models.Index(fields=["org", "id"], condition=OPEN & Q(kind="cadence"), name="agenda_cadence"),
            # The board of exceptions counts what is late by kind, and what waits for whom, without the rows themselves.
            models.Index(
                fields=["org", "kind", "due_at"],
                include=["customer", "owner", "department", "climb_at", "source_id", "id"],
                condition=OPEN & Q(kind__in=STUCK_KINDS),
                name="agenda_stuck",
            ),
            models.Index(
                fields=["org", "done_at"],
                condition=Q(state="done", kind__in=STUCK_KINDS),
                name="agenda_unstuck",
            ),
        ]


class LadderRecount(models.Model):
    """The ladders of this team have changed: the worker gives its open rows their new moments, those behind `after_id`
    still to come."""

    org = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="+")
    after_id = models.BigIntegerField(default=0)
