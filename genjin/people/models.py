"""Counted tries, one-time links (invitation, new password) and wishes for a reset mail."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from genjin.orgs.models import Department, Login, Membership, Organisation


class TryCount(models.Model):
    """How often something was tried in the running window. `key` is the digest of what is counted
    (an account, an address, a browser), so that the table tells nobody who tried."""

    key = models.CharField(max_length=64, unique=True)
    tries = models.IntegerField(default=0)
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["until"], name="try_until")]


class OneTimeLink(models.Model):
    """An invitation (kind `invite`, org set) or a way to a new password (kind `reset`, login set).

    Only the digest of the secret in the link is stored; `used_at` ends it.
    """

    kind = models.CharField(max_length=10)
    digest = models.CharField(max_length=64, unique=True)
    org = models.ForeignKey(Organisation, null=True, on_delete=models.CASCADE)
    login = models.ForeignKey(Login, null=True, on_delete=models.CASCADE)
    department = models.ForeignKey(Department, null=True, on_delete=models.SET_NULL)
    made_by = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL)
    role = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=60, blank=True)
    account = models.CharField(max_length=190, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class ResetWish(models.Model):
    """Somebody asked for a reset mail. Written whether the account exists or not, so that the
    answer and its time tell nothing; the worker sends the mail."""

    account = models.CharField(max_length=190)
    asked_at = models.DateTimeField()


class SavedView(models.Model):
    """A list as somebody keeps it: a tab of his own, or of everybody it is shared with.

    `filter` is the one expression, `base` a ready-made view it starts from (`schema/registry.Lists`); `columns`:
    [{key, width}]; `names`: the labels its fields had when it was saved, so that a field that is gone can be named.
    """

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    owner = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    record_type = models.CharField(max_length=20)
    name = models.CharField(max_length=40)
    base = models.CharField(max_length=20, blank=True)
    filter = models.JSONField(null=True)
    sort = models.CharField(max_length=40, blank=True)
    columns = models.JSONField(default=list)
    density = models.CharField(max_length=12, default="roomy")
    layout = models.CharField(max_length=12, default="list")
    board_by = models.CharField(max_length=60, blank=True)
    shared = models.CharField(max_length=10, default="nobody")
    roles = models.JSONField(default=list)
    names = models.JSONField(default=dict)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["org", "record_type"], name="view_type")]
        constraints = [models.UniqueConstraint(fields=["org", "owner", "record_type", "name"], name="one_view_name")]


class TabOrder(models.Model):
    """The order of the tabs over a list: a member's own, or that of a role for whoever has none. `keys` holds
    ready-made views by name and saved ones by id as text; the first is the one a list opens with."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    record_type = models.CharField(max_length=20)
    member = models.ForeignKey(Membership, null=True, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=40, blank=True)
    keys = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["org", "member", "record_type"], condition=Q(member__isnull=False), name="one_order_a_member"
            ),
            models.UniqueConstraint(
                fields=["org", "role", "record_type"], condition=Q(member__isnull=True), name="one_order_a_role"
            ),
        ]
