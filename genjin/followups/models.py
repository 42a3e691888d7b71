"""Follow-up records (跟进记录): one row a contact, each part in its own column (R-010)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from genjin.access.rows import Row
from genjin.customers.models import LIVING, Contact, Customer
from genjin.files.models import StoredFile
from genjin.orgs.models import Department, Membership, Organisation
from genjin.records.models import Record

#: What a person has done, beside what was taken over, not reached, not finished or sent back (`insights/measures.py`).
COUNTED = Q(historical=False, attempt="") & ~Q(state__in=("draft", "returned"))


class Template(models.Model):
    """One version of a template: sections and parts over the field list. A version never changes, so that
    a record is shown as it was written (R-018); the newest version of a key is in force."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    key = models.CharField(max_length=40)
    version = models.IntegerField(default=1)
    zh = models.CharField(max_length=60)
    en = models.CharField(max_length=80)
    body = models.JSONField(default=dict)
    position = models.IntegerField(default=0)
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "key", "version"], name="one_template_version")]


class FollowUp(Row):
    """A contact with a customer: what was said, what the customer said, what comes next.

    `contact_at` is when it happened, `entered_at` (= created_at of the submission) when it was
    written; `contacted_by` spoke to the customer, `entered_by` typed (代录).
    """

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, db_index=False, related_name="followups")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, db_index=False)
    kind = models.CharField(max_length=20, default="sales")
    template = models.ForeignKey(Template, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    state = models.CharField(max_length=20, default="submitted")
    contact_at = models.DateTimeField()
    precision = models.CharField(max_length=10, default="minute")
    entered_at = models.DateTimeField()
    late = models.BooleanField(default=False)
    contacted_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    entered_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    channel = models.CharField(max_length=40)
    attempt = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=20, default="contacted")
    status_reason = models.CharField(max_length=500, blank=True)
    stage_then = models.CharField(max_length=40, blank=True)
    life_cycle_then = models.CharField(max_length=40, blank=True)
    topic = models.CharField(max_length=200, blank=True)
    background = models.TextField(blank=True)
    stage_goal = models.CharField(max_length=300, blank=True)
    goal = models.CharField(max_length=120, blank=True)
    summary = models.TextField(blank=True)
    summary_blocks = models.JSONField(default=list)
    feedback = models.TextField(blank=True)
    quotes = models.JSONField(default=list)
    qa = models.JSONField(default=list)
    objections = models.JSONField(default=list)
    needs = models.JSONField(default=list)
    risks = models.JSONField(default=list)
    participants_ours = models.JSONField(default=list)
    participants_theirs = models.JSONField(default=list)
    attitude_from = models.CharField(max_length=20, blank=True)
    attitude_to = models.CharField(max_length=20, blank=True)
    mood = models.CharField(max_length=20, blank=True)
    trust = models.CharField(max_length=20, blank=True)
    satisfaction = models.SmallIntegerField(null=True)
    probability = models.SmallIntegerField(null=True)
    customer_score = models.SmallIntegerField(null=True)
    key_figures = models.TextField(blank=True)
    result = models.TextField(blank=True)
    expectation = models.CharField(max_length=300, blank=True)
    help_needed = models.CharField(max_length=500, blank=True)
    reflection = models.TextField(blank=True)
    interest = models.CharField(max_length=500, blank=True)
    special = models.CharField(max_length=500, blank=True)
    competitor = models.CharField(max_length=300, blank=True)
    problem = models.TextField(blank=True)
    handling = models.TextField(blank=True)
    amount = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="CNY")
    signed_on = models.DateField(null=True)
    contract_number = models.CharField(max_length=60, blank=True)
    delivery_period = models.CharField(max_length=120, blank=True)
    service_period = models.CharField(max_length=120, blank=True)
    payment_terms = models.CharField(max_length=300, blank=True)
    comments = models.TextField(blank=True)
    repurchase = models.CharField(max_length=20, blank=True)
    referral = models.CharField(max_length=20, blank=True)
    next_plan = models.TextField(blank=True)
    score = models.SmallIntegerField(null=True)
    axes = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    seconds_spent = models.IntegerField(null=True)
    reviewed_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    historical = models.BooleanField(default=False)
    import_id = models.BigIntegerField(null=True)
    import_line = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(
                "org",
                "customer",
                F("contact_at").desc(),
                F("id").desc(),
                condition=LIVING,
                name="followup_customer",
            ),
            models.Index("org", "contacted_by", F("contact_at").desc(), condition=LIVING, name="followup_author"),
            models.Index("org", "department", F("contact_at").desc(), condition=LIVING, name="followup_department"),
            models.Index("org", F("contact_at").desc(), F("id").desc(), condition=LIVING, name="followup_newest"),
            models.Index("org", F("entered_at").desc(), F("id").desc(), condition=LIVING, name="followup_entered"),
            # Blanks last, as the list sorts them.
            models.Index("org", F("score"), F("id"), condition=LIVING, name="followup_score"),
            models.Index(
                fields=["org", "contact_at"],
                include=["contacted_by", "customer", "status", "entered_by", "seconds_spent"],
                condition=LIVING & COUNTED,
                name="followup_counted",
            ),
            models.Index("org", "signed_on", condition=LIVING & Q(signed_on__isnull=False), name="followup_signed"),
            models.Index("org", "import_id", condition=Q(import_id__isnull=False), name="followup_import"),
            models.Index(
                "org",
                F("deleted_at").desc(),
                F("id").desc(),
                condition=Q(deleted_at__isnull=False),
                name="followup_bin",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "customer", "import_line"],
                condition=LIVING & ~Q(import_line=""),
                name="one_followup_a_line",
            ),
            models.CheckConstraint(
                condition=Q(satisfaction__isnull=True) | Q(satisfaction__range=(1, 5)), name="satisfaction_1_5"
            ),
            models.CheckConstraint(
                condition=Q(probability__isnull=True) | Q(probability__range=(0, 100)),
                name="probability_percent",
            ),
            models.CheckConstraint(
                condition=Q(customer_score__isnull=True) | Q(customer_score__range=(0, 100)),
                name="customer_score_0_100",
            ),
        ]  # fmt: skip


class FollowUpFile(models.Model):
    """A file attached to a record; the file is readable by whoever may read the record."""

    followup = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="attachments")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, default="other")


class Comment(Row):
    """What a colleague says about a customer, one of its records, or a row of an own type, with the people it names
    (R-178).

    About a row of an own type it follows the scope of that row and names no customer, so that whatever is read by
    customer never shows it. `reply_to` is the comment that it answers, one level deep; `mentions` are member ids,
    checked when written.
    """

    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    followup = models.ForeignKey(FollowUp, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    record = models.ForeignKey(Record, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    reply_to = models.ForeignKey("self", null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    text = models.TextField()
    mentions = models.JSONField(default=list)
    edited_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("org", "customer", F("id").desc(), condition=LIVING, name="comment_customer"),
            models.Index("org", "followup", "id", condition=LIVING, name="comment_record"),
            models.Index("org", "record", "id", condition=LIVING & Q(record__isnull=False), name="comment_row"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(customer__isnull=False, record__isnull=True)
                | Q(customer__isnull=True, record__isnull=False, followup__isnull=True),
                name="comment_about_one",
            )
        ]


class Draft(models.Model):
    """What somebody has typed and not submitted; nobody else sees it."""

    member = models.ForeignKey(Membership, on_delete=models.CASCADE)
    customer = models.ForeignKey(Customer, null=True, on_delete=models.CASCADE)
    client_key = models.CharField(max_length=64)
    body = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "client_key"], name="one_draft_a_key")]
