"""What a customer complained of, what was done about it, and whether that was good enough for the customer."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from genjin.access.rows import Row
from genjin.customers.models import LIVING, Contact, Customer
from genjin.orgs.models import Membership

#: Somebody is to do something about it; and the customer has not yet said that it is good.
UNSOLVED = Q(state__in=("open", "handling"))
UNCONFIRMED = ~Q(state="confirmed")


class Complaint(Row):
    """One case (R-149). state: open → handling → resolved → confirmed; back to handling when the customer says no.

    `steps`: what was done, in order: {"at", "by_id", "text", "kind"}; kind `step`, or `refused` for the customer's no.
    `origin` and `origin_id` say what opened it where no colleague did. `words` and `confirmed_on` are the customer's.
    """

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, db_index=False, related_name="+")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, db_index=False, related_name="+")
    kind = models.CharField(max_length=40)
    level = models.CharField(max_length=40)
    source = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=1000)
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    owner = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    state = models.CharField(max_length=10, default="open")
    steps = models.JSONField(default=list)
    result = models.CharField(max_length=1000, blank=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    words = models.CharField(max_length=500, blank=True)
    confirmed_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    reopened = models.SmallIntegerField(default=0)
    origin = models.CharField(max_length=20, blank=True)
    origin_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index("org", "customer", "id", condition=LIVING, name="complaint_customer"),
            models.Index("org", "due_at", "id", condition=LIVING & UNCONFIRMED, name="complaint_due"),
            models.Index("org", "id", condition=LIVING & Q(state="confirmed"), name="complaint_closed"),
        ]
