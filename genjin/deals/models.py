"""Opportunities (商机), what we sell and for how much (产品), and what we offered when (报价)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from genjin.access.rows import Row
from genjin.customers.models import LIVING, Customer
from genjin.followups.models import FollowUp
from genjin.orgs.models import Membership, Organisation

STILL_OPEN = LIVING & Q(state="open")


class Product(models.Model):
    """What the team sells. `prices`: currency → list price in the minor unit; a retired one stays on old lines."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, db_index=False, related_name="+")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    unit = models.CharField(max_length=20)
    prices = models.JSONField(default=dict)
    note = models.CharField(max_length=300, blank=True)
    version = models.IntegerField(default=1)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "code"], name="one_product_a_code")]


class Deal(Row):
    """One thing that a customer may buy. state: open → won | lost, and back by reopening.

    `probability` is that of its stage unless `own_probability` says that somebody set it; `lines` as `lines.kept`
    gives them, and with lines `amount` is their sum. `slips`: how often the expected day was put off (R-118).
    """

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, db_index=False, related_name="+")
    title = models.CharField(max_length=120)
    stage = models.CharField(max_length=40)
    stage_at = models.DateTimeField()
    amount = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="CNY")
    probability = models.SmallIntegerField(default=0)
    own_probability = models.BooleanField(default=False)
    expected_close = models.DateField()
    owner = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    lines = models.JSONField(default=list)
    competitors = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, default="open")
    reason = models.CharField(max_length=40, blank=True)
    reason_text = models.CharField(max_length=500, blank=True)
    closed_on = models.DateField(null=True)
    slips = models.SmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index("org", "customer", F("id").desc(), condition=LIVING, name="deal_customer"),
            models.Index("org", "state", "expected_close", "id", condition=LIVING, name="deal_close"),
            models.Index("org", "owner", "state", "expected_close", "id", condition=LIVING, name="deal_owner"),
            models.Index("org", F("amount").desc(), F("id").desc(), condition=LIVING, name="deal_amount"),
            models.Index("org", F("id").desc(), condition=LIVING, name="deal_newest"),
            models.Index(
                fields=["org", "stage", "expected_close", "id"],
                include=["amount", "currency", "probability"],
                condition=STILL_OPEN,
                name="deal_stage",
            ),
        ]


class Quotation(Row):
    """One edition of an offer; a further edition of the same `number` replaces it, nothing of it is ever written over.

    `followup` is the talk it rests on (R-160). state: valid | waiting (its discount is being approved) | refused |
    replaced. `percent`: what it stays below the price list, in hundredths of a percent.
    """

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, db_index=False, related_name="+")
    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, db_index=False, related_name="quotations")
    followup = models.ForeignKey(FollowUp, on_delete=models.PROTECT, db_index=False, related_name="+")
    number = models.IntegerField()
    edition = models.SmallIntegerField(default=1)
    state = models.CharField(max_length=10, default="valid")
    lines = models.JSONField(default=list)
    discount = models.IntegerField(default=0)
    currency = models.CharField(max_length=3, default="CNY")
    list_total = models.BigIntegerField()
    total = models.BigIntegerField()
    percent = models.IntegerField(default=0)
    valid_until = models.DateField()
    terms = models.TextField(blank=True)
    approval_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index("org", "customer", F("id").desc(), condition=LIVING, name="quotation_customer"),
            models.Index("org", "deal", F("id").desc(), condition=LIVING, name="quotation_deal"),
            models.Index("org", "approval_id", condition=Q(approval_id__isnull=False), name="quotation_approval"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "number", "edition"], condition=Q(number__gt=0), name="one_quotation_an_edition"
            )
        ]
