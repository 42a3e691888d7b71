"""What filling in a form costs, a row for each field and day."""

from __future__ import annotations

from django.db import models

from genjin.orgs.models import Organisation


class EntryTime(models.Model):
    """One field of a form on one day, everybody of the team together: how often it was filled in by hand, how often
    it was come back to and changed, and how many of these took how long (`counts`, by `rules.STEPS`). Nothing of
    a person, a record or a text."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    record_type = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    day = models.DateField()
    entries = models.IntegerField(default=0)
    corrections = models.IntegerField(default=0)
    counts = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "record_type", "key", "day"], name="one_entry_time")]
