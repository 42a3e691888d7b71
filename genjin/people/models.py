"""Counted tries, one-time links (invitation, new password) and wishes for a reset mail."""

from __future__ import annotations

from django.db import models

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
