"""What a team asks its customers, the links by which it asks, and the answers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from genjin.access.rows import Row
from genjin.customers.models import LIVING, Contact, Customer
from genjin.orgs.models import Membership, Organisation


class Survey(models.Model):
    """One question for a score from 1 to 5, and if the team likes one with choices; a comment may always be left.

    `every_months`: customers who have bought are asked again after so many months. `about`: the product or service it
    asks about, by which scores are told apart.
    """

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, db_index=False, related_name="+")
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    updated_at = models.DateTimeField()
    title = models.CharField(max_length=60)
    question = models.CharField(max_length=200)
    choice_question = models.CharField(max_length=200, blank=True)
    choices = models.JSONField(default=list)
    about = models.CharField(max_length=60, blank=True)
    every_months = models.SmallIntegerField(null=True)
    active = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index("org", "id", name="survey_org")]


class Invitation(Row):
    """One link for one contact. state: sent → answered; `skipped`: a planned one that somebody left out on purpose.

    Its address is no column: it is made of the id and a signature over id, `nonce` and expiry (`links.py`).
    """

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, db_index=False, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, db_index=False, related_name="+")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, db_index=False, related_name="+")
    nonce = models.CharField(max_length=32)
    state = models.CharField(max_length=10, default="sent")
    by = models.CharField(max_length=10, default="link")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("org", "customer", "id", condition=LIVING, name="invitation_customer"),
            models.Index("org", "sent_at", condition=LIVING, name="invitation_sent"),
        ]


class Satisfaction(Row):
    """One score (R-148). Scores of records stay in the records and are read beside these. `credited`: who held the
    customer when it was given."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, db_index=False, related_name="+")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, db_index=False, related_name="+")
    invitation = models.ForeignKey(Invitation, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    at = models.DateTimeField()
    score = models.SmallIntegerField()
    comment = models.CharField(max_length=1000, blank=True)
    choices = models.JSONField(default=list)
    source = models.CharField(max_length=10)
    about = models.CharField(max_length=60, blank=True)
    credited = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta:
        indexes = [
            models.Index("org", "customer", "at", condition=LIVING, name="satisfaction_customer"),
            models.Index("org", "at", condition=LIVING, name="satisfaction_at"),
        ]
        constraints = [models.CheckConstraint(condition=Q(score__range=(1, 5)), name="score_1_5")]
