"""销售流程: the nodes a customer goes through, their versions, and the log of who stood where for how long."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from genjin.access.rows import Row
from genjin.customers.models import LIVING, Customer
from genjin.orgs.models import Membership, Organisation
from genjin.schema.models import Version


class Playbook(models.Model):
    """One process of a team (R-089, R-116). Its document is that of its live version; a node of it is an option of the
    list `stage`, so a customer's stage says which playbook it follows. The one without a condition is the default."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, db_index=False, related_name="+")
    key = models.CharField(max_length=40)
    position = models.IntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "key"], name="one_playbook_key")]


class PlaybookVersion(Version):
    """`mapping`: where the customers of nodes that it took away went; `why`: in the words of whoever published it."""

    playbook = models.ForeignKey(Playbook, on_delete=models.CASCADE, db_index=False, related_name="versions")
    mapping = models.JSONField(default=dict)
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["playbook", "number"], name="one_playbook_version"),
            models.UniqueConstraint(fields=["playbook"], condition=Q(live=True), name="one_live_playbook"),
        ]


class Passage(Row):
    """One stay of a customer in a node (R-117): written when it leaves; `customer.stage_at` tells of the one it is in.

    state: left (a finished stay) | open, done, skipped (a node beside the way) | paused (the clock stood still;
    `was_at` is what it ran from before). `worked_minutes`: working time by the team's calendar, pauses taken off.
    """

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, db_index=False, related_name="+")
    playbook = models.CharField(max_length=40)
    node = models.CharField(max_length=40)
    state = models.CharField(max_length=10, default="left")
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    to = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=500, blank=True)
    moved_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    worked_minutes = models.IntegerField(null=True)
    paused_minutes = models.IntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)
    was_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("org", "customer", "id", condition=LIVING, name="passage_customer"),
            models.Index(
                fields=["org", "node", "left_at"],
                include=["late", "entered_at"],
                condition=LIVING & Q(state="left"),
                name="passage_node",
            ),
        ]


class LimitRecount(models.Model):
    """Limits of this team have changed: the worker gives its open to-dos of nodes their new due time, those behind
    `after_id` still to come; then, once `after_customer_id` is set, customers in a node with a limit get the to-do that
    they lack."""

    org = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="+")
    after_id = models.BigIntegerField(default=0)
    after_customer_id = models.BigIntegerField(null=True)
