"""Rows of a team's own record types (样品申请, 售后工单): one table for all of them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from genjin.access.rows import Row
from genjin.customers.models import LIVING, Contact, Customer
from genjin.orgs.models import Department, Membership, Organisation


class Record(Row):
    """`kind` is the slug of its type (`schema/own_kinds.py`), `number` runs for each team and type and is never given
    twice; `state` is a key of the type's states, `state_at` since when. What the team asks besides lies in `extra`."""

    kind = models.CharField(max_length=20)
    number = models.IntegerField()
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=40)
    state_at = models.DateTimeField()
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, db_index=False, related_name="records")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, db_index=False, related_name="+")
    owner = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    import_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index("org", "kind", F("number").desc(), F("id").desc(), condition=LIVING, name="record_newest"),
            models.Index(
                "org", "kind", F("updated_at").desc(), F("id").desc(), condition=LIVING, name="record_updated"
            ),
            models.Index(
                "org", "kind", "owner", F("number").desc(), F("id").desc(), condition=LIVING, name="record_owner"
            ),
            models.Index(
                "org",
                "kind",
                "department",
                F("number").desc(),
                F("id").desc(),
                condition=LIVING,
                name="record_department",
            ),
            models.Index("org", "kind", "name", "id", condition=LIVING, name="record_name"),
            # A board asks for the first few and a count of each state: of all, of some departments, of one's own.
            models.Index(
                fields=["org", "kind", "state", "state_at", "id"],
                include=["owner", "department"],
                condition=LIVING,
                name="record_state",
            ),
            models.Index(
                "org", "kind", "owner", "state", "state_at", "id", condition=LIVING, name="record_owner_state"
            ),
            models.Index("org", "kind", "state_at", "id", condition=LIVING, name="record_state_at"),
            models.Index(
                "org", "customer", F("id").desc(), condition=LIVING & Q(customer__isnull=False), name="record_customer"
            ),
            models.Index("org", "import_id", condition=Q(import_id__isnull=False), name="record_import"),
            models.Index(
                "org",
                "kind",
                F("deleted_at").desc(),
                F("id").desc(),
                condition=Q(deleted_at__isnull=False),
                name="record_bin",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "kind", "number"], condition=Q(number__gt=0), name="one_record_a_number"
            )
        ]


class Counter(models.Model):
    """The last number given to rows of a type; locked while the next one is taken."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, db_index=False, related_name="+")
    kind = models.CharField(max_length=20)
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "kind"], name="one_counter_a_type")]
