"""Pools (公海) of customers that belong to nobody, and who lay in them when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from genjin.access.rows import Row
from genjin.customers.models import LIVING, Customer
from genjin.orgs.models import Membership, Organisation

LYING = LIVING & Q(ended_at__isnull=True)


class PoolPlan(models.Model):
    """The pools of one organisation as a whole: what everybody may claim and hold, and the version that an editor must
    have read. Null: as many as he likes."""

    org = models.OneToOneField(Organisation, on_delete=models.CASCADE)
    version = models.IntegerField(default=1)
    claims_a_day = models.IntegerField(null=True)
    most_held = models.IntegerField(null=True)
    most_untouched = models.IntegerField(null=True)


class Pool(models.Model):
    """One pool: whose customers it takes, after how many days, and what holds for who claims from it.

    `condition` is a filter expression over customers, null for all; of several pools the first that takes a customer
    does. `department_ids`: only their customers and their people, none for the whole team. Days without contact,
    without progress (the stage as it was), without a contract; null = never for that. `over_held`: does it take what
    somebody has above the cap, longest without contact first? `first_workdays`: until the first
    contact after a claim. Of `ask_classes` a rep takes none himself. One that was taken away keeps its row.
    """

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, db_index=False)
    position = models.IntegerField()
    name = models.CharField(max_length=20)
    condition = models.JSONField(null=True)
    department_ids = models.JSONField(default=list)
    days_contact = models.IntegerField(null=True)
    days_progress = models.IntegerField(null=True)
    days_unsigned = models.IntegerField(null=True)
    over_held = models.BooleanField(default=False)
    warn_days = models.IntegerField(default=3)
    cooldown_days = models.IntegerField(default=30)
    first_workdays = models.IntegerField(null=True)
    ask_classes = models.JSONField(default=list)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["org", "position"], condition=Q(removed_at__isnull=True), name="pool_order")]


class PoolStay(Row):
    """One stay of a customer in a pool: since when (`created_at`), whose it was and why it came, how it ended.

    `key`: contact, progress, unsigned, cap, untouched, hand, undone. Until `cool_until` its former owner cannot claim
    it. `ended_how`: claimed, assigned, undone, merged; `taker` has it then.
    """

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, db_index=False, related_name="+")
    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, db_index=False, related_name="+")
    former = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    key = models.CharField(max_length=12)
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=200)
    why = models.CharField(max_length=300, blank=True)
    cool_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=12, blank=True)
    taker = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta:
        indexes = [
            models.Index("org", "pool", F("id").desc(), condition=LYING, name="stay_in_pool"),
            models.Index("org", "customer", F("id").desc(), condition=LIVING, name="stay_customer"),
            models.Index("org", "taker", "ended_at", condition=Q(ended_how="claimed"), name="stay_claimed"),
        ]
        constraints = [models.UniqueConstraint(fields=["org", "customer"], condition=LYING, name="one_stay_at_a_time")]
