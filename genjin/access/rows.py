"""What every table of customers' data carries (design §10)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from genjin.access.guard import GuardedManager
from genjin.orgs.models import Membership, Organisation


class Row(models.Model):
    """Organisation, version, who and when, soft delete, and the team's own fields in `extra`."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, db_index=False, related_name="+")
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    updated_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)
    extra = models.JSONField(default=dict)

    objects: ClassVar[Any] = GuardedManager()

    class Meta:
        abstract = True
