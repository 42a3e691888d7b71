"""Options of the lists that a team may change, and the shapes it gives its record types."""

from __future__ import annotations

from django.db import models

from genjin.orgs.models import Membership, Organisation


class Option(models.Model):
    """One value of one list. Rows of customers' data hold the key, never the label."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    list_name = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    zh = models.CharField(max_length=60)
    en = models.CharField(max_length=80)
    synonyms = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    position = models.IntegerField(default=0)
    retired = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "list_name", "key"], name="one_option_key")]


class OwnIndex(models.Model):
    """A team wants lists by this own field to be as quick as those by a built-in one; the worker builds the index."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    record_type = models.CharField(max_length=40)
    key = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "record_type", "key"], name="one_index_a_field")]


class OwnSerial(models.Model):
    """How far the serial numbers of an own field have run within one frame (`lib/serials.py`)."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    record_type = models.CharField(max_length=40)
    key = models.CharField(max_length=12)
    pattern = models.CharField(max_length=40)
    frame = models.CharField(max_length=40)
    last = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["org", "record_type", "key", "frame"], name="one_counter_a_frame")
        ]


class OwnRecount(models.Model):
    """A formula of this form has changed: the worker works it out anew for every row behind `after_id`."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    record_type = models.CharField(max_length=40)
    after_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "record_type"], name="one_recount_a_type")]


class Version(models.Model):
    """One version of a document by which a team shapes its work. It never changes and is never deleted, so that what
    was written under it can be understood (R-018); one of them is `live`."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, db_index=False, related_name="+")
    number = models.IntegerField()
    live = models.BooleanField(default=True)
    body = models.JSONField(default=dict)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    #: The version that this one took back, where it did.
    took = models.IntegerField(null=True)

    class Meta:
        abstract = True


class Shape(Version):
    """One version of a team's form of a record type (`schema/shapes.py`)."""

    record_type = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["org", "record_type", "number"], name="one_shape_version"),
            models.UniqueConstraint(
                fields=["org", "record_type"], condition=models.Q(live=True), name="one_live_shape"
            ),
        ]
