"""Organisations, logins, memberships, departments, the organisation's calendar."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q


class Organisation(models.Model):
    """One tenant. `config_version` rises with each configuration verb and keys every cache."""

    name = models.CharField(max_length=120)
    timezone = models.CharField(max_length=40, default="Asia/Shanghai")
    opening_time = models.TimeField(default="09:00")
    closing_time = models.TimeField(default="18:00")
    is_demo = models.BooleanField(default=False)
    config_version = models.BigIntegerField(default=1)
    settings = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class Login(models.Model):
    """A person who can log in; may belong to several organisations. `account` is phone or e-mail."""

    account = models.CharField(max_length=190, unique=True)
    password = models.CharField(max_length=256)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    password_at = models.DateTimeField(null=True)


class Department(models.Model):
    """A node of the department tree; `path` is "/1/4/" so that a subtree is a prefix. `head` looks after it."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    name = models.CharField(max_length=80)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=500, default="/")
    position = models.IntegerField(default=0)
    head = models.ForeignKey("Membership", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["org", "path"], name="department_path")]


class Membership(models.Model):
    """A login's place in one organisation; `used_at` says which of several places it worked in last,
    `muted` which kinds of notices do not come to the inbox, `mailed` which come as mail too, never in the
    quiet hours of the local day (both set or neither; they may span midnight). `guided`: has put the path of
    the first days away."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    login = models.ForeignKey(Login, null=True, on_delete=models.PROTECT)
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT)
    name = models.CharField(max_length=60)
    timezone = models.CharField(max_length=40, blank=True)
    locale = models.CharField(max_length=10, default="zh-CN")
    theme = models.CharField(max_length=10, default="auto")
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    muted = models.JSONField(default=list)
    mailed = models.JSONField(default=list)
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
    used_at = models.DateTimeField(null=True)
    guided = models.BooleanField(default=False)

    @property
    def zone(self) -> ZoneInfo:
        """Where this person's day begins and ends: the own zone, or the organisation's."""
        return ZoneInfo(self.timezone) if self.timezone else self.org.zone

    class Meta:
        indexes = [models.Index(fields=["org", "department"], name="membership_department")]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "login"], condition=Q(login__isnull=False), name="one_membership_each"
            )
        ]


class CalendarDay(models.Model):
    """The organisation's own word on a day, over the official calendar."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    day = models.DateField()
    works = models.BooleanField()
    name = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "day"], name="one_word_a_day")]
