"""Stored files: bytes under a generated name, with what they are."""

from __future__ import annotations

from django.db import models

from genjin.access.rows import Row
from genjin.orgs.models import Membership


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
