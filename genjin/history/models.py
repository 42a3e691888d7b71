"""The event log, its payloads, followers' cursors and kept replies."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.expressions import Func

from genjin.orgs.models import Membership, Organisation


class CurrentXid(Func):
    """The number of the writing transaction; 0 on SQLite, which has one writer."""

    template = "0"
    output_field = models.BigIntegerField()
    allowed_default = True

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="(pg_current_xact_id()::text::bigint)", **extra)


class Event(models.Model):
    """Something that happened. Rows are written by the door and never changed.

    `id` is the sequence; followers read settled rows by (`xid`, `id`), see `history.queries`.
    `root_*` names the record on whose timeline it stands (a customer). `cause` joins the events
    of one verb; `batch` repeats it where the verb can be undone (`door/undo.py`).
    """

    # Written by the door alone, from the actor that it has just read: no constraint to check on each row of the log.
    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    xid = models.BigIntegerField(db_default=CurrentXid())
    name = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    root_type = models.CharField(max_length=40, blank=True)
    root_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    member = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, db_index=False, db_constraint=False, related_name="+"
    )
    actor_kind = models.CharField(max_length=12)
    source = models.CharField(max_length=12)
    cause = models.CharField(max_length=32)
    batch = models.CharField(max_length=32, blank=True)
    why = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["org", "root_type", "root_id", "-id"], name="event_root"),
            models.Index(fields=["org", "subject_type", "subject_id", "-id"], name="event_subject"),
            models.Index(fields=["xid", "id"], name="event_settled"),
            models.Index(fields=["org", "-at", "-id"], name="event_at"),
            models.Index(fields=["org", "member", "-at", "-id"], name="event_member"),
            models.Index(fields=["org", "name", "-at", "-id"], name="event_name"),
            models.Index(fields=["org", "batch", "id"], condition=~Q(batch=""), name="event_batch"),
            models.Index(fields=["org", "-id"], condition=Q(name="customer.assigned"), name="event_assigned"),
        ]


class EventData(models.Model):
    """What changed (before → after), apart from the event so that a person's data can be erased."""

    event = models.OneToOneField(
        Event, on_delete=models.CASCADE, primary_key=True, db_constraint=False, related_name="data"
    )
    salt = models.CharField(max_length=32)
    data = models.JSONField(default=dict)


class Cursor(models.Model):
    """How far a follower has read the settled log."""

    follower = models.CharField(max_length=60, unique=True)
    xid = models.BigIntegerField(default=-(2**62))
    seq = models.BigIntegerField(default=0)


class KeptReply(models.Model):
    """The answer to a write with an Idempotency-Key, kept 24 h."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    key = models.CharField(max_length=120)
    verb = models.CharField(max_length=60)
    request = models.CharField(max_length=64)
    reply = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "key"], name="one_reply_a_key")]
        indexes = [models.Index(fields=["at"], name="reply_age")]


class DueTask(models.Model):
    """When a task of the worker is due next; `org_key` is 0 for one of the whole installation.

    `early_at`: a clock that shows less was ahead when the row was last moved, and has been set right since.
    """

    task = models.CharField(max_length=60)
    org_key = models.BigIntegerField(default=0)
    next_at = models.DateTimeField()
    early_at = models.DateTimeField()
    ran_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], name="due_next"),
            models.Index(fields=["early_at"], name="due_early"),
        ]
        constraints = [models.UniqueConstraint(fields=["task", "org_key"], name="one_row_a_task")]
