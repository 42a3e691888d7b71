"""Assignment rules, who can receive customers, and requests for help."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from genjin.access.rows import Row
from genjin.customers.models import LIVING, Customer
from genjin.files.models import StoredFile
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
    """What a colleague or another department is asked for about a customer (求助、技术支持、方案、法务…).

    `background` and `expectation` are written for whoever is asked and travel along (R-186). state: open → accepted →
    asked_back (back to the asker, the clock stands) → delivered → done, or reopened; declined waits for the head of
    the department; refused and withdrawn end it. `holder` has the ball since `ball_at`, nobody: the department.
    Who helps is a collaborator while it is open; `lent` says that the request made him one. `due_at` stands on the
    agenda row too. Minutes are of working time; `worked_minutes` without what the asker took to answer. `said`: what
    went to and fro, [{what, by, at, text}].
    """

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, db_index=False, related_name="+")
    kind = models.CharField(max_length=40)
    question = models.CharField(max_length=300)
    background = models.TextField(blank=True)
    expectation = models.TextField(blank=True)
    helper = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    lent = models.BooleanField(default=False)
    holder = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    ball_at = models.DateTimeField()
    state = models.CharField(max_length=12, default="open")
    due_at = models.DateTimeField()
    precision = models.CharField(max_length=10, default="day")
    clock = models.CharField(max_length=12, default="days")
    answer = models.TextField(blank=True)
    said = models.JSONField(default=list)
    responded_at = models.DateTimeField(null=True)
    response_minutes = models.IntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    worked_minutes = models.IntegerField(default=0)
    late = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("org", "customer", "id", condition=LIVING, name="help_customer"),
            models.Index("org", "created_by", "id", condition=LIVING, name="help_asker"),
            models.Index("org", "helper", "id", condition=LIVING, name="help_helper"),
            models.Index("org", "department", "id", condition=LIVING, name="help_department"),
            models.Index("org", "created_at", condition=LIVING, name="help_made"),
        ]


class HelpFile(models.Model):
    """A file that went along with a request or its answer; whoever may read the request may read it."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, db_index=False, related_name="+")
    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    delivered = models.BooleanField(default=False)
