"""Imports and exports: long work with a state that can be watched, stopped and undone."""

from __future__ import annotations

from django.db import models

from genjin.access.rows import Row
from genjin.files.models import StoredFile
from genjin.orgs.models import Membership, Organisation


class ImportRun(Row):
    """One take-over of one file (R-237). `lines` hold the verdicts until it is run."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    owner = models.ForeignKey("orgs.Membership", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default="reading")
    mapping = models.JSONField(default=list)
    options = models.JSONField(default=dict)
    assumptions = models.JSONField(default=list)
    sheets = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    error = models.JSONField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    #: What it wrote, in the log; empty until it is run.
    batch = models.CharField(max_length=16, blank=True)
    run_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["org", "owner", "-id"], name="import_owner"),
            models.Index(fields=["org", "batch"], condition=~models.Q(batch=""), name="import_batch"),
        ]


class ImportLine(models.Model):
    """One source row: what was read, the verdict, what the user decided, what it became."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, db_index=False, related_name="lines")
    sheet = models.CharField(max_length=120)
    number = models.IntegerField()
    part = models.IntegerField(default=0)
    verdict = models.CharField(max_length=12)
    values = models.JSONField(default=dict)
    decision = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    effect = models.JSONField(default=dict)
    made = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "sheet", "number", "part"], name="one_import_line")]
        indexes = [models.Index(fields=["run", "verdict", "id"], name="import_line_verdict")]


class SavedColumns(models.Model):
    """Which column was which field, by the team's last word on a sheet with these headings.

    `headings` is a digest; `columns` holds (field slug or null, occurrence) in the order of the sheet.
    """

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, db_index=False)
    headings = models.CharField(max_length=64)
    columns = models.JSONField(default=list)
    at = models.DateTimeField()
    member = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, db_index=False, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "headings"], name="one_mapping_a_heading")]


class ExportRun(Row):
    """One export, made as the actor who asked for it, deleted after a day."""

    owner = models.ForeignKey("orgs.Membership", null=True, on_delete=models.PROTECT, related_name="+")
    request = models.JSONField(default=dict)
    state = models.CharField(max_length=12, default="waiting")
    rows = models.IntegerField(default=0)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL)
    error = models.JSONField(null=True)
