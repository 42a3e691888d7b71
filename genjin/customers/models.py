"""Customers, contacts, needs, collaborators."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from genjin.access.rows import Row
from genjin.orgs.models import Department, Membership

LIVING = Q(deleted_at__isnull=True)
#: New files whose class the supervisor has not confirmed yet (R-122); what was taken over from old tables is not new.
UNCLASSED = Q(intent_class="", historical=False)


class Customer(Row):
    """One file per customer (R-121). A lead is a customer in an early life-cycle.

    `owned_at`: since when `owner` has it, `returns_on`: the day of which he was warned that it goes back to a pool.
    `won_at`: when it was won, where that was seen here.
    Nobody's, it lies in the pool `pool_id` or waits to be assigned.
    Columns from `first_contact_at` down are kept by steps of the verbs that change them, so that
    lists need no join: last contact, last words, next step.
    """

    gone_into = "merged_into_id"

    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)
    short_key = models.CharField(max_length=200, blank=True)
    initials = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=20, default="company")
    industry = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=40, blank=True)
    region = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=300, blank=True)
    life_cycle = models.CharField(max_length=40, default="potential")
    stage = models.CharField(max_length=40, blank=True)
    stage_at = models.DateTimeField(null=True)
    intent_class = models.CharField(max_length=10, blank=True)
    intent_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    intent_at = models.DateTimeField(null=True)
    owner = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    owned_at = models.DateTimeField(null=True)
    pool_id = models.BigIntegerField(null=True)
    returns_on = models.DateField(null=True)
    won_at = models.DateTimeField(null=True)
    tags = models.JSONField(default=list)
    size = models.CharField(max_length=60, blank=True)
    founded_on = models.DateField(null=True)
    business = models.CharField(max_length=500, blank=True)
    amount = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="CNY")
    yearly_budget_low = models.BigIntegerField(null=True)
    yearly_budget_high = models.BigIntegerField(null=True)
    budget_low = models.BigIntegerField(null=True)
    budget_high = models.BigIntegerField(null=True)
    time_node = models.CharField(max_length=120, blank=True)
    decision_process = models.TextField(blank=True)
    competitors = models.TextField(blank=True)
    decision_focus = models.TextField(blank=True)
    interest = models.TextField(blank=True)
    special = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    historical = models.BooleanField(default=False)
    import_id = models.BigIntegerField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, db_index=False, related_name="+")

    first_contact_at = models.DateTimeField(null=True)
    last_contact_at = models.DateTimeField(null=True)
    last_contact_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    last_channel = models.CharField(max_length=40, blank=True)
    last_words = models.CharField(max_length=200, blank=True)
    recent_days = models.JSONField(default=list)
    active_at = models.DateTimeField()
    paused = models.BooleanField(default=False)
    next_step_id = models.BigIntegerField(null=True)
    next_act = models.CharField(max_length=300, blank=True)
    next_due_at = models.DateTimeField(null=True)
    next_precision = models.CharField(max_length=10, default="minute")
    contact_name = models.CharField(max_length=60, blank=True)
    contact_title = models.CharField(max_length=60, blank=True)
    contact_phone = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [
            models.Index(
                "org",
                "owner",
                F("active_at").desc(),
                F("id").desc(),
                condition=LIVING,
                name="customer_owner_active",
            ),
            models.Index("org", "owner", "next_due_at", "id", condition=LIVING, name="customer_owner_next"),
            models.Index(
                "org",
                "department",
                F("active_at").desc(),
                F("id").desc(),
                condition=LIVING,
                name="customer_department_active",
            ),
            models.Index("org", F("active_at").desc(), F("id").desc(), condition=LIVING, name="customer_org_active"),
            models.Index(
                "org",
                "industry",
                "stage",
                Coalesce("amount", 0).desc(),
                F("id").desc(),
                condition=LIVING,
                name="customer_industry_stage",
            ),
            models.Index(
                "org",
                Coalesce("amount", 0).desc(),
                F("id").desc(),
                condition=LIVING,
                name="customer_org_amount",
            ),
            models.Index("org", "next_due_at", "id", condition=LIVING, name="customer_org_next"),
            # A board asks for the first few and a count of each column, of none at all as well.
            models.Index(
                fields=["org", "stage", "next_due_at", "id"],
                include=["amount", "stage_at", "paused"],
                condition=LIVING,
                name="customer_stage",
            ),
            models.Index(
                fields=["org", "life_cycle", "next_due_at", "id"],
                include=["amount"],
                condition=LIVING,
                name="customer_life_cycle",
            ),
            models.Index(
                fields=["org", "created_at"],
                include=["owner"],
                condition=LIVING & Q(historical=False),
                name="customer_new",
            ),
            models.Index("org", "owned_at", condition=LIVING & Q(owner__isnull=False), name="customer_owned"),
            models.Index("org", "pool_id", condition=LIVING & Q(pool_id__isnull=False), name="customer_pool"),
            models.Index("org", "returns_on", condition=LIVING & Q(returns_on__isnull=False), name="customer_returns"),
            models.Index("org", "short_key", condition=LIVING, name="customer_short_key"),
            models.Index("org", "import_id", condition=Q(import_id__isnull=False), name="customer_import"),
            models.Index("org", "department", "id", condition=LIVING & UNCLASSED, name="customer_unclassed"),
            models.Index("org", "name_key", condition=Q(merged_into__isnull=False), name="customer_merged"),
            models.Index("org", "merged_into", condition=Q(merged_into__isnull=False), name="customer_merged_into"),
            models.Index(
                "org",
                F("deleted_at").desc(),
                F("id").desc(),
                condition=Q(deleted_at__isnull=False),
                name="customer_bin",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["org", "name_key"], condition=LIVING, name="one_file_a_customer"),
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | Q(pool_id__isnull=True), name="an_owner_or_a_pool"
            ),
        ]


class Contact(Row):
    """A person at a customer, with channels and part in the decision (R-043, R-134)."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=60)
    title = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    wechat = models.CharField(max_length=60, blank=True)
    email = models.CharField(max_length=190, blank=True)
    other_channels = models.JSONField(default=list)
    decision_role = models.CharField(max_length=20, blank=True)
    reports_to = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+")
    primary = models.BooleanField(default=False)
    birthday = models.CharField(max_length=20, blank=True)
    notes = models.TextField(blank=True)
    last_contact_at = models.DateTimeField(null=True)
    import_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["org", "phone"], name="contact_phone", condition=LIVING & ~Q(phone="")),
            models.Index(fields=["org", "wechat"], name="contact_wechat", condition=LIVING & ~Q(wechat="")),
            models.Index(fields=["org", "email"], name="contact_email", condition=LIVING & ~Q(email="")),
            models.Index(
                fields=["org", "reports_to"], name="contact_reports_to", condition=Q(reports_to__isnull=False)
            ),
        ]


class Need(Row):
    """One need of a customer: kind function / service / price / other, core or secondary (R-044, R-045)."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="needs")
    kind = models.CharField(max_length=20, default="other")
    priority = models.CharField(max_length=20, default="core")
    text = models.CharField(max_length=500)
    confirmed_on = models.DateField(null=True)


class Collaborator(Row):
    """A colleague who sees the customer and writes his own records (R-167)."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="collaborators")
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["org", "member"], condition=LIVING, name="collaborator_member")]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "customer", "member"], condition=LIVING, name="one_collaborator_each"
            )
        ]
