"""Roles, who holds them, sessions and API tokens."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from genjin.orgs.models import Department, Membership, Organisation


class Role(models.Model):
    """Rights as data. `verbs`: list of verb names or "customer.*". `scopes`: record type →
    {"see": [...], "change": [...]} of self, collaborator, department, subtree, all.
    `fields`: record type → {slug: "hidden" | "masked" | "readonly"}. `version` rises with each change."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    key = models.CharField(max_length=40)
    zh = models.CharField(max_length=60)
    en = models.CharField(max_length=60)
    verbs = models.JSONField(default=list)
    scopes = models.JSONField(default=dict)
    fields = models.JSONField(default=dict)
    position = models.IntegerField(default=0)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "key"], name="one_role_key")]


class Grant(models.Model):
    """A member holds a role, for his own department or for a named one."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="grants")
    role = models.ForeignKey(Role, on_delete=models.PROTECT)
    department = models.ForeignKey(Department, null=True, on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "member", "role"], name="one_grant_each")]


class Session(models.Model):
    """A browser that is logged in. Only the digest of the cookie is stored.

    `as_*`: until `as_until` it sees what a holder of that role would see in that place (`access/queries.py`).
    """

    digest = models.CharField(max_length=64, unique=True)
    member = models.ForeignKey(Membership, on_delete=models.CASCADE)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    agent = models.CharField(max_length=200, blank=True)
    as_role = models.ForeignKey(Role, null=True, on_delete=models.SET_NULL, db_index=False, related_name="+")
    as_department = models.ForeignKey(
        Department, null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    as_member = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, db_index=False, related_name="+")
    as_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["as_until"], condition=Q(as_until__isnull=False), name="session_viewing")]


class ApiToken(models.Model):
    """A program that acts for a member with at most his rights; `used_at` is right to ten minutes."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    member = models.ForeignKey(Membership, on_delete=models.CASCADE)
    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    verbs = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
