"""Assignment rules, who can receive customers, and requests for help."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from genjin.access.rows import Row
from genjin.customers.models import LIVING, Customer
from genjin.orgs.models import Department, Membership, Organisation


class AssignmentPlan(models.Model):
    """The rules of one organisation as a whole: on or off, and the version that an editor must have read."""

    org = models.OneToOneField(Organisation, on_delete=models.CASCADE)
    version = models.IntegerField(default=1)
    on = models.BooleanField(default=True)


class AssignmentRule(models.Model):
    """Which new customers go to whom, and what if nobody takes them over.

    `condition` is a filter expression over customers, null for the last rule, which catches the rest. Members
    are named in their order, or a department stands for all its reps. `way`: turns, load, fixed. `amount` of
    `clock` (work_hours, hours, workdays) to take a customer over, null = no limit; `otherwise`: next, back.
    `last_member` is the cursor of the turns. A rule that was taken away keeps its row: the log names it.
    """

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, db_index=False)
    position = models.IntegerField()
    name = models.CharField(max_length=40)
    condition = models.JSONField(null=True)
    way = models.CharField(max_length=10)
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    member_ids = models.JSONField(default=list)
    most_open = models.IntegerField(null=True)
    amount = models.IntegerField(null=True)
    clock = models.CharField(max_length=12, default="work_hours")
    otherwise = models.CharField(max_length=10, default="next")
    last_member = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, db_index=False, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["org", "position"], condition=Q(removed_at__isnull=True), name="assignment_rule_order")
        ]


class Receiver(models.Model):
    """When a member gets no new customers: away until the end of a day, or holding as many as he can."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, db_index=False)
    member = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="receiver")
    away_until = models.DateField(null=True)
    most_open = models.IntegerField(null=True)


class HelpRequest(Row):
    """A question to a colleague or a department about a customer (求助).

    Who helps is a collaborator while it is open; `lent` says that the request made him one. The date stands on
    the agenda row that it makes. state: open, answered, withdrawn.
    """

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, db_index=False, related_name="+")
    question = models.CharField(max_length=300)
    helper = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    lent = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default="open")
    answer = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("org", "customer", "id", condition=LIVING, name="help_customer")]
