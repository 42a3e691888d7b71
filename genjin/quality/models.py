"""What a team says of the written standard, in versions."""

from __future__ import annotations

from django.db import models

from genjin.schema.models import Version


class TeamStandard(Version):
    """One version of what a team wants otherwise than the standard pack (`quality/team.py`)."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["org", "number"], name="one_standard_version"),
            models.UniqueConstraint(fields=["org"], condition=models.Q(live=True), name="one_live_standard"),
        ]
