"""Targets: what a person or a department wants to reach in a month."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from genjin.orgs.models import Department, Membership, Organisation


class Target(models.Model):
    """One number for one month (its first day), one measure (`measures.py`), and either a member or a
    department with all below it; the root department is the whole team. Money is in the minor unit. A target that
    was cleared keeps its row without a number, so that an undo can set it back."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, db_index=False, related_name="+")
    month = models.DateField()
    measure = models.CharField(max_length=20)
    member = models.ForeignKey(Membership, null=True, on_delete=models.CASCADE, related_name="+")
    department = models.ForeignKey(Department, null=True, on_delete=models.CASCADE, related_name="+")
    number = models.BigIntegerField(null=True)
    set_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["org", "month", "measure", "member"],
                condition=Q(member__isnull=False),
                name="one_target_a_member",
            ),
            models.UniqueConstraint(
                fields=["org", "month", "measure", "department"],
                condition=Q(department__isnull=False),
                name="one_target_a_department",
            ),
            models.CheckConstraint(condition=Q(member__isnull=True) ^ Q(department__isnull=True), name="target_of_one"),
            models.CheckConstraint(condition=Q(number__gte=0), name="target_not_negative"),
        ]
