"""Contracts with their payment plans, what was received, and the list by which a won customer is handed over."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from genjin.access.rows import Row
from genjin.customers.models import LIVING, Customer
from genjin.followups.models import FollowUp
from genjin.orgs.models import Membership

#: Not signed yet and not given up: a customer with one of these, or with a signed one, stays with its owner.
PENDING = Q(state__in=("draft", "in_review", "approved")) & LIVING
HELD = Q(state__in=("draft", "in_review", "approved", "signed")) & LIVING


def _customer() -> models.ForeignKey[Customer]:
    return models.ForeignKey(Customer, on_delete=models.PROTECT, db_index=False, related_name="+")


def _member() -> models.ForeignKey[Membership | None]:
    return models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")


class Contract(Row):
    """One contract (R-107, R-159, R-244). state: draft → in_review → approved → signed → ended; cancelled before it is
    signed.

    `deal_id`: the deal that it closes, `renews`: the contract that it carries on, `followup`: the record that told of
    one that was signed without a review here (`told`). `note`: why it stands in its state again (changed after the
    approval, sent back, cancelled). `received` and `next_due_on` (the first instalment that is not covered) are
    reckoned by `steps.reckon`.
    """

    customer = _customer()
    deal_id = models.BigIntegerField(null=True)
    renews = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+")
    followup = models.ForeignKey(FollowUp, null=True, on_delete=models.SET_NULL, db_index=False, related_name="+")
    number = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    amount = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="CNY")
    signed_on = models.DateField(null=True)
    delivery_period = models.CharField(max_length=120, blank=True)
    service_period = models.CharField(max_length=120, blank=True)
    service_from = models.DateField(null=True)
    service_to = models.DateField(null=True)
    payment_method = models.CharField(max_length=40, blank=True)
    payment_terms = models.CharField(max_length=500, blank=True)
    terms = models.TextField(blank=True)
    owner = _member()
    state = models.CharField(max_length=10, default="draft")
    told = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    approved_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    renewal_days = models.SmallIntegerField(default=60)
    received = models.BigIntegerField(default=0)
    next_due_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index("org", "customer", "id", condition=LIVING, name="contract_customer"),
            models.Index("org", "state", F("id").desc(), condition=LIVING, name="contract_state"),
            models.Index("org", "owner", condition=HELD, name="contract_owner"),
            models.Index("org", "next_due_on", "id", condition=LIVING & Q(next_due_on__isnull=False),
                         name="contract_due"),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                fields=["org", "number"], condition=LIVING & ~Q(number=""), name="one_contract_number"
            )
        ]

    @property
    def name(self) -> str:
        """As people call it."""
        return f"{self.number} {self.title}".strip()

    @property
    def department_id(self) -> int | None:
        """In which department it stands: its customer's."""
        place: Any = self.customer.department_id
        return int(place) if place is not None else None


class Instalment(Row):
    """One part of a payment plan: what, how much, by which day. How much of it is covered is reckoned (`rules.py`)."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, db_index=False, related_name="+")
    customer = _customer()
    position = models.SmallIntegerField(default=1)
    what = models.CharField(max_length=120, blank=True)
    due_on = models.DateField()
    amount = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index("org", "contract", "position", condition=LIVING, name="instalment_contract"),
            models.Index("org", "customer", condition=LIVING, name="instalment_customer"),
        ]


class Payment(Row):
    """What came in on a day. One that was noted by mistake is taken back with a reason, never changed."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, db_index=False, related_name="+")
    customer = _customer()
    received_on = models.DateField()
    amount = models.BigIntegerField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index("org", "contract", "received_on", "id", condition=LIVING, name="payment_contract"),
            models.Index("org", "customer", condition=LIVING, name="payment_customer"),
        ]


class Delivery(Row):
    """The hand-over list (客户交接清单) of a signed contract, from sales to service (R-155, R-156).

    Its texts begin as what the records say and are then people's. `number` counts their versions; `giver_seen` and
    `receiver_seen` say which one each side has confirmed. state: draft → confirmed; back to draft when a text changes.
    `receiver_left`: the name of a receiver who has left the team, until another is named.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, db_index=False, related_name="+")
    customer = _customer()
    giver = _member()
    receiver = _member()
    receiver_left = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, default="draft")
    needs = models.TextField(blank=True)
    special = models.TextField(blank=True)
    promises = models.TextField(blank=True)
    people = models.TextField(blank=True)
    service = models.TextField(blank=True)
    open_items = models.TextField(blank=True)
    objections = models.TextField(blank=True)
    remarks = models.TextField(blank=True)
    number = models.IntegerField(default=1)
    meeting_at = models.DateTimeField(null=True)
    giver_seen = models.IntegerField(null=True)
    giver_at = models.DateTimeField(null=True)
    receiver_seen = models.IntegerField(null=True)
    receiver_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("org", "customer", "id", condition=LIVING, name="delivery_customer"),
            models.Index("org", "receiver", "id", condition=LIVING, name="delivery_receiver"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["org", "contract"], condition=LIVING, name="one_delivery_a_contract")
        ]
