"""One search table: the tokens of every record that can be found by words."""

from __future__ import annotations

from django.db import models

from genjin.orgs.models import Organisation


class SearchRow(models.Model):
    """`tokens` is a space-joined list; PostgreSQL indexes it as an array, SQLite by FTS5 (migration)."""

    # Made from other rows and never read by its organisation: no constraint to check on each of them.
    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    record_type = models.CharField(max_length=20)
    record_id = models.BigIntegerField()
    tokens = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record_type", "record_id"], name="one_search_row")]
