"""Automations, their versions, what each did with each event, and webhooks that wait to go out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from genjin.orgs.models import Membership, Organisation


class Automation(models.Model):
    """When something happens and a condition holds, do this. What it says is a document (`schemas.Body`).

    `draft`: changed and not in force yet, null when nothing is; `live`: the number of the version in force.
    state: draft (never published), on, off, paused (the cap), stopped (its publisher has gone or lost a right),
    failing (a webhook does not arrive); `why_*` says why. `since`: events before it are not answered.
    `failures` counts webhooks that failed in a row; after a few nothing is sent before `paused_until`.
    """

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, db_index=False)
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=40)
    version = models.IntegerField(default=1)
    draft = models.JSONField(null=True)
    live = models.IntegerField(null=True)
    state = models.CharField(max_length=10, default="draft")
    why_zh = models.CharField(max_length=300, blank=True)
    why_en = models.CharField(max_length=300, blank=True)
    publisher = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    since = models.DateTimeField(null=True)
    secret = models.CharField(max_length=60, blank=True)
    failures = models.IntegerField(default=0)
    paused_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    updated_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["org", "key"], condition=Q(removed_at__isnull=True), name="one_automation_key"
            )
        ]


class AutomationVersion(models.Model):
    """What an automation said from one publication to the next."""

    automation = models.ForeignKey(Automation, on_delete=models.CASCADE, db_index=False, related_name="versions")
    number = models.IntegerField()
    body = models.JSONField()
    why = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["automation", "number"], name="one_automation_version")]


#: Runs that did not do what they were to do.
FAILED = ("failed", "partly", "refused")


class Run(models.Model):
    """One automation and one event: at most one row, whatever is killed and read again.

    state: waiting → running → done | partly | failed; or skipped (the condition does not hold), unseen (the publisher
    does not see the row), refused (too deep a chain, no right), capped, dropped (switched off meanwhile). `due_at`:
    when a waiting one may begin, while running the time after which its worker counts as dead. `steps`: what each
    action was going to do and what became of it; written before it is done, so that it is done the same way again.
    `chain`: the automations that led here, this one the last.
    """

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, db_index=False)
    automation = models.ForeignKey(Automation, on_delete=models.CASCADE, db_index=False)
    number = models.IntegerField()
    event_id = models.BigIntegerField()
    trigger = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    root_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, default="waiting")
    due_at = models.DateTimeField()
    tries = models.IntegerField(default=0)
    acted_at = models.DateTimeField(null=True)
    steps = models.JSONField(default=list)
    why_zh = models.CharField(max_length=300, blank=True)
    why_en = models.CharField(max_length=300, blank=True)
    took_ms = models.IntegerField(null=True)
    chain = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["automation", "event_id"], name="one_run_an_event")]
        indexes = [
            models.Index(fields=["automation", "-id"], name="run_log"),
            models.Index(fields=["due_at"], condition=Q(state__in=("waiting", "running")), name="run_waiting"),
            models.Index(fields=["automation", "acted_at"], condition=Q(acted_at__isnull=False), name="run_acted"),
            models.Index(fields=["at"], name="run_age"),
            models.Index(fields=["automation", "-at"], condition=Q(state__in=FAILED), name="run_failed"),
        ]


class Delivery(models.Model):
    """A webhook that has to arrive: laid down with its words, sent after the commit, tried again with growing pauses.

    state: waiting → sending → sent; back to waiting when it was not taken, failed when it is given up, dropped when its
    automation was switched off or a backup restored. It may arrive twice when its sender dies in between: `id` tells
    the receiver (docs/decisions/automations.md). `error` is a key of `rules.FAULTS`, never what the other side said.
    """

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, db_index=False)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, db_index=False, related_name="deliveries")
    place = models.IntegerField()
    url = models.CharField(max_length=500)
    body = models.JSONField()
    state = models.CharField(max_length=10, default="waiting")
    tries = models.IntegerField(default=0)
    send_after = models.DateTimeField()
    error = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "place"], name="one_delivery_a_step")]
        indexes = [
            models.Index(fields=["send_after"], condition=Q(state__in=("waiting", "sending")), name="delivery_waiting")
        ]
