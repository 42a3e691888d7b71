"""What a customer holds against us, until it has an answer and an outcome."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from genjin.access.rows import Row
from genjin.customers.models import LIVING, Customer
from genjin.followups.models import FollowUp
from genjin.orgs.models import Membership
from genjin.ownership.models import HelpRequest


class Objection(Row):
    """One objection (R-084). state: open → answered → closed; `owner` answers, by `due_at` (the agenda's copy reminds).

    `help` is the question to the department that was asked by itself. `adjustment` (alternative, discount, delivery …)
    and `answer` say what we did, `outcome` and `result` what came of it; who closed it is the closing person (R-085).
    """

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, db_index=False, related_name="+")
    followup = models.ForeignKey(FollowUp, null=True, on_delete=models.SET_NULL, db_index=False, related_name="+")
    kind = models.CharField(max_length=40)
    text = models.CharField(max_length=500)
    owner = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    help = models.ForeignKey(HelpRequest, null=True, on_delete=models.SET_NULL, db_index=False, related_name="+")
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="open")
    answer = models.TextField(blank=True)
    adjustment = models.CharField(max_length=40, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    outcome = models.CharField(max_length=40, blank=True)
    result = models.CharField(max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta:
        indexes = [
            models.Index("org", "customer", "id", condition=LIVING, name="objection_customer"),
            models.Index("org", "due_at", "id", condition=LIVING & Q(state="open"), name="objection_due"),
        ]
