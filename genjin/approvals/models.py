"""The one approval mechanism: an approval of any record, its steps, decisions and reasons field by field, and flows."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from genjin.access.rows import Row
from genjin.customers.models import LIVING, Customer
from genjin.orgs.models import Membership, Organisation

PENDING = Q(state__in=("open", "returned")) & LIVING


def _member() -> models.ForeignKey[Membership | None]:
    return models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")


class Approval(Row):
    """Somebody has to look at a record and say yes or no (R-170).

    `kind`: review (a record), file (a new customer file), peer (a spot check by a colleague), request (asked for by
    somebody, along a flow). `subject_*` name the record, `customer` is whose scope decides who sees it. `author` did
    the work and `created_by` typed it: neither may decide. `grader` is set for spot checks only and lets that
    colleague read this row, as `asker` does for whoever asked.
    `state`: open, returned (back with the author), passed, withdrawn; of a request also refused, lapsed (what was
    allowed has changed since). `why` lists {rule, value} that asked for it; `round` counts submissions;
    `seen_version` is the record's version at the last one. Of a request: `purpose` (an option), the `flow` it went
    along, and what is asked for, {"amount", "percent", "days", "text"}.
    """

    kind = models.CharField(max_length=20)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    customer = models.ForeignKey(
        Customer, null=True, on_delete=models.PROTECT, db_index=False, related_name="approvals"
    )
    author = _member()
    grader = _member()
    asker = _member()
    purpose = models.CharField(max_length=40, blank=True)
    flow = models.ForeignKey(
        "approvals.ApprovalFlow", null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    request = models.JSONField(default=dict)
    reminded_at = models.DateTimeField(null=True)
    title = models.CharField(max_length=200)
    why = models.JSONField(default=list)
    state = models.CharField(max_length=10, default="open")
    round = models.SmallIntegerField(default=1)
    seen_version = models.IntegerField(null=True)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = _member()
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["org", "subject_type", "subject_id"], name="approval_subject"),
            models.Index(fields=["org", "customer"], name="approval_customer"),
            models.Index(fields=["org", "author", "state"], condition=PENDING, name="approval_author"),
            models.Index(fields=["org", "grader", "state"], condition=Q(grader__isnull=False), name="approval_grader"),
            models.Index(fields=["org", "kind", "-asked_at"], name="approval_kind"),
            models.Index(fields=["org", "asker", "-id"], condition=Q(asker__isnull=False), name="approval_asker"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "kind", "subject_type", "subject_id", "purpose"],
                condition=PENDING,
                name="one_pending_approval",
            )
        ]


class ApprovalStep(Row):
    """Who decides, in which order. Equal `position` = side by side, ascending = one after the other.

    `chosen_by` says how the member was found (member, role, superior, head, department, up, signer) and `role` which
    role; a review has one step. `state`: waiting (not its turn), open, passed, returned, refused, skipped. Side by
    side the `mode` says whether all have to say yes or any. `why` is a key of what happened to it (own, nobody, left,
    away, delegated, before, condition), `instead` whom the member stands for, `round` the submission it belongs to.
    """

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="steps")
    position = models.SmallIntegerField(default=1)
    chosen_by = models.CharField(max_length=12, default="superior")
    role = models.CharField(max_length=40, blank=True)
    mode = models.CharField(max_length=3, default="all")
    name = models.CharField(max_length=40, blank=True)
    workdays = models.SmallIntegerField(default=2)
    why = models.CharField(max_length=12, blank=True)
    round = models.SmallIntegerField(default=1)
    instead = _member()
    member = _member()
    state = models.CharField(max_length=10, default="open")
    due_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = _member()

    class Meta:
        indexes = [
            models.Index(fields=["org", "member", "due_at"], condition=Q(state="open"), name="approval_step_open")
        ]


class Decision(Row):
    """What somebody said about it: pass, return, resubmit, comment, waive, grade; of a request also ask, refuse, sign,
    delegate, recall, remind, left, restart, lapse. Never changed afterwards.

    `answers` of a spot check: [{"index", "rule", "field", "agree", "note"}], one for each finding (R-072); of a
    request what it was about then: [{"to", "place", "position", "request"}].
    """

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="decisions")
    step = models.ForeignKey(ApprovalStep, null=True, on_delete=models.CASCADE, db_index=False, related_name="+")
    verdict = models.CharField(max_length=12)
    note = models.CharField(max_length=2000, blank=True)
    field = models.CharField(max_length=40, blank=True)
    round = models.SmallIntegerField(default=1)
    subject_version = models.IntegerField(null=True)
    answers = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["org", "created_by", "-created_at"], name="decision_by")]


class FieldReason(Row):
    """Why a field came back, until the author has mended it (R-176). `state`: open, mended, waived."""

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="reasons")
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, db_index=False, related_name="reasons")
    slug = models.CharField(max_length=40)
    text = models.CharField(max_length=500)
    state = models.CharField(max_length=10, default="open")
    settled_at = models.DateTimeField(null=True)


class ModelRecord(Row):
    """A record kept as a good or bad example of its kind, as it stood then, without names (R-073)."""

    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    kind = models.CharField(max_length=40)
    verdict = models.CharField(max_length=10)
    note = models.CharField(max_length=500, blank=True)
    body = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["org", "subject_type", "kind", "-id"], condition=LIVING, name="model_record_kind"),
            models.Index(fields=["org", "customer"], name="model_record_customer"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "subject_type", "subject_id"], condition=LIVING, name="one_model_a_record"
            )
        ]


class ApprovalFlow(models.Model):
    """Who has to say yes to what, as a document (`flow_schemas.FlowBody`). Those of one kind and purpose are asked in
    the order of `position`: the first whose condition holds is the one. A request goes along the steps that were
    found when it was asked; a changed document is for the next one."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, db_index=False)
    key = models.CharField(max_length=40)
    position = models.IntegerField(default=0)
    version = models.IntegerField(default=1)
    body = models.JSONField()
    updated_at = models.DateTimeField()
    updated_by = _member()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["org", "key"], condition=Q(removed_at__isnull=True), name="one_flow_key")
        ]


class StandIn(models.Model):
    """Who decides for a member while he is away: what comes to him from `since` to `until`, both days counted."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, db_index=False)
    member = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="+")
    delegate = models.ForeignKey(Membership, on_delete=models.CASCADE, db_index=False, related_name="+")
    since = models.DateField()
    until = models.DateField()
