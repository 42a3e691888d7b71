"""Stored files: bytes under a generated name, with what they are."""

from __future__ import annotations

from django.db import models

from genjin.access.rows import Row
from genjin.orgs.models import Membership, Organisation


class StoredFile(Row):
    """An uploaded file. Until a record holds it, only its uploader may read it."""

    name = models.CharField(max_length=255)
    path = models.CharField(max_length=120)
    size = models.BigIntegerField()
    content_type = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    owner = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    held = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["org", "owner", "-id"], name="file_owner")]


class OwnFile(models.Model):
    """A row that holds a file in an own field, or held it: so it may have it again by an older version."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    record_type = models.CharField(max_length=20)
    record_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "record_type", "record_id"], name="one_own_file"),
        ]
        indexes = [models.Index(fields=["org", "record_type", "record_id"], name="held_by_row")]
