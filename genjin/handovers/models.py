"""Hand-overs (交接): whose customers go to whom, who has agreed, and the proof that nothing was lost."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from genjin.access.rows import Row
from genjin.customers.models import LIVING, Customer
from genjin.orgs.models import Department, Membership

#: Not done and not given up.
DRAFT, WAITING = "draft", "waiting"
PENDING = Q(state__in=(DRAFT, WAITING)) & LIVING


def _member() -> models.ForeignKey[Membership | None]:
    return models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")


class Handover(Row):
    """One hand-over (R-157, R-158). state: draft → waiting (for consents) → released (done, somebody has not confirmed
    yet) → confirmed; undone and withdrawn end it.

    `everything`: all that the giver holds, `leave`: he is switched off as well. `department` is the giver's.
    `giver_at`: when the giver agreed, None with `urgent_why` where it was released without him. `rehearsal` and `proof`
    are what `customers/proof.py` told before and at the release, `many` customers.
    """

    giver = models.ForeignKey(Membership, on_delete=models.PROTECT, db_index=False, related_name="+")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    supervisor = _member()
    reason = models.CharField(max_length=300, blank=True)
    effective_on = models.DateField()
    everything = models.BooleanField(default=False)
    leave = models.BooleanField(default=False)
    many = models.IntegerField(default=0)
    state = models.CharField(max_length=10, default=DRAFT)
    sent_at = models.DateTimeField(null=True)
    giver_at = models.DateTimeField(null=True)
    urgent_why = models.CharField(max_length=300, blank=True)
    rehearsal = models.JSONField(default=dict)
    rehearsed_at = models.DateTimeField(null=True)
    proof = models.JSONField(default=dict)
    released_at = models.DateTimeField(null=True)
    released_by = _member()
    batch = models.CharField(max_length=40, blank=True)
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("org", F("id").desc(), condition=LIVING, name="handover_newest"),
            models.Index("org", "giver", "id", condition=LIVING, name="handover_giver"),
            models.Index("org", "supervisor", "id", condition=PENDING, name="handover_supervisor"),
            models.Index("org", "department", F("id").desc(), condition=LIVING, name="handover_department"),
            models.Index("org", "batch", condition=LIVING & ~Q(batch=""), name="handover_batch"),
        ]


class HandoverReceiver(Row):
    """Somebody who takes over; `confirmed_at`: when he said that he has read it and takes it. Of a place that was given
    to somebody else the row ends."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, db_index=False, related_name="receivers")
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, db_index=False, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("org", "member", "handover", condition=LIVING, name="handover_receiver_member")]
        constraints = [
            models.UniqueConstraint(fields=["org", "handover", "member"], condition=LIVING, name="one_receiver_each")
        ]


class HandoverCustomer(Row):
    """One customer of a hand-over, who gets it, what stands in no record (`note`, by the giver), what was asked and
    answered about it ([{what, by, name, at, text}]), and when its receiver had read the brief."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, db_index=False, related_name="customers")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, db_index=False, related_name="+")
    to = models.ForeignKey(Membership, on_delete=models.PROTECT, db_index=False, related_name="+")
    note = models.TextField(blank=True)
    said = models.JSONField(default=list)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("org", "handover", "id", condition=LIVING, name="handover_customer_of"),
            models.Index("org", "customer", condition=LIVING, name="handover_customer_where"),
            models.Index("org", "to", "handover", condition=LIVING, name="handover_customer_to"),
        ]
