"""The care plans of a team, what they come to for each customer, and communities with who took part."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from genjin.access.rows import Row
from genjin.customers.models import LIVING, Contact, Customer
from genjin.followups.models import FollowUp
from genjin.orgs.models import Membership, Organisation

PLANNED = LIVING & Q(state="planned")


class CareTable(models.Model):
    """维护计划表 as a whole: the version that its editor must have read, and what is too much contact (R-151).

    More than `most` touches in `days` days are too many; `key_condition` says who is a key customer (R-142), null =
    class A.
    """

    org = models.OneToOneField(Organisation, on_delete=models.CASCADE)
    version = models.IntegerField(default=1)
    most = models.IntegerField(default=2)
    days = models.IntegerField(default=7)
    key_condition = models.JSONField(null=True)


class CarePlan(models.Model):
    """One line of the table: for whom, what, how often (R-143).

    `condition` is a filter expression over customers, null for all. `when`: every (`amount` of `unit`), after_won
    (`amount` days), birthday (of contacts), festival (`festival`), date (a yearly day in the customer's field
    `field`); `before` so many days ahead. `text` is what is said, `review` asks for the chance of a further order
    (R-153). One that was taken away keeps its row.
    """

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, db_index=False)
    position = models.IntegerField()
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=30)
    condition = models.JSONField(null=True)
    kind = models.CharField(max_length=40)
    act = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    when = models.CharField(max_length=12)
    amount = models.IntegerField(default=0)
    unit = models.CharField(max_length=8, default="days")
    festival = models.CharField(max_length=20, blank=True)
    field = models.CharField(max_length=60, blank=True)
    before = models.IntegerField(default=0)
    review = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["org", "position"], condition=Q(removed_at__isnull=True), name="care_plan_order")
        ]


class CareItem(Row):
    """One act of care for one customer; the agenda's row (kind care) reminds whoever does it.

    state: proposed (R-139) → planned → done | skipped | merged (into `merged_into`). `occasion_on` is the birthday or
    festival itself, `note_zh` why it is kept on that day. `text` is what to say or send; `bespoke`: written for this
    customer alone (R-142, R-145). `followup`: the record that told the detail. `response` is an option of
    care_response; a review says `repurchase` and `second_plan` (R-109, R-153).
    """

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, db_index=False, related_name="+")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, db_index=False, related_name="+")
    plan = models.ForeignKey(CarePlan, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    followup = models.ForeignKey(FollowUp, null=True, on_delete=models.SET_NULL, db_index=False, related_name="+")
    kind = models.CharField(max_length=40)
    act = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    bespoke = models.BooleanField(default=False)
    review = models.BooleanField(default=False)
    owner = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    due_on = models.DateField()
    occasion_on = models.DateField(null=True)
    note_zh = models.CharField(max_length=120, blank=True)
    note_en = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, default="planned")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    did = models.TextField(blank=True)
    response = models.CharField(max_length=40, blank=True)
    heard = models.JSONField(default=list)
    repurchase = models.CharField(max_length=40, blank=True)
    second_plan = models.TextField(blank=True)
    why = models.CharField(max_length=300, blank=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+")

    class Meta:
        indexes = [
            models.Index("org", "due_on", "id", condition=LIVING, name="care_due"),
            models.Index("org", "owner", "due_on", "id", condition=LIVING, name="care_owner"),
            models.Index("org", "customer", "due_on", "id", condition=LIVING, name="care_customer"),
            models.Index("org", "plan", "customer", "due_on", condition=LIVING, name="care_plan_customer"),
        ]


class Community(models.Model):
    """A group chat, forum, salon or event of the team (R-146); no customer's row, who took part is."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, db_index=False)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    held_on = models.DateField(null=True)
    note = models.CharField(max_length=500, blank=True)
    version = models.IntegerField(default=1)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["org", "id"], condition=Q(removed_at__isnull=True), name="community_org")]


class Participant(Row):
    """A customer, or one of its people, in a community; `came`: was there, not only asked."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, db_index=False, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, db_index=False, related_name="+")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, db_index=False, related_name="+")
    came = models.BooleanField(default=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index("org", "community", "id", condition=LIVING, name="participant_community"),
            models.Index("org", "customer", "id", condition=LIVING, name="participant_customer"),
        ]
