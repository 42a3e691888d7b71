"""Options of the lists that a team may change. Built-in fields live in the registry."""

from __future__ import annotations

from django.db import models

from genjin.orgs.models import Organisation


class Option(models.Model):
    """One value of one list. Rows of customers' data hold the key, never the label."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    list_name = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    zh = models.CharField(max_length=60)
    en = models.CharField(max_length=80)
    synonyms = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    position = models.IntegerField(default=0)
    retired = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "list_name", "key"], name="one_option_key")]
