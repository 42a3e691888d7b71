"""The versions of a team's configuration that packs made."""

from __future__ import annotations

from django.db import models

from genjin.orgs.models import Membership, Organisation


class Configuration(models.Model):
    """The whole configuration (as YAML) as it was before a pack was applied, so that one click brings it back."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, db_index=False)
    number = models.IntegerField()
    before = models.TextField()
    #: What was applied: its name, or the number of the version that came back.
    name = models.CharField(max_length=60)
    took = models.IntegerField(null=True)
    changes = models.IntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "number"], name="one_configuration_number")]
