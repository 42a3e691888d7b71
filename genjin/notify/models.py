"""The inbox, a department's group robot, and messages waiting to go out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from genjin.orgs.models import Department, Membership, Organisation


class Notice(models.Model):
    """One line in somebody's inbox. `once` makes it appear at most once (R-083).

    `mail_at`: when it goes out as mail too, unless it was read by then; null when it need not or has gone.
    """

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, db_index=False)
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, db_index=False)
    kind = models.CharField(max_length=30)
    zh = models.CharField(max_length=300)
    en = models.CharField(max_length=300)
    link = models.CharField(max_length=200, blank=True)
    once = models.CharField(max_length=120)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mail_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["org", "member", "-id"], name="notice_member"),
            models.Index(fields=["mail_at"], condition=Q(mail_at__isnull=False), name="notice_mail"),
        ]
        constraints = [models.UniqueConstraint(fields=["org", "member", "once"], name="notice_once")]


class Robot(models.Model):
    """One group-robot address of a department (企业微信, 钉钉 or 飞书). Off until switched on.

    `failures` counts those in a row; after a few of them nothing is sent before `paused_until`.
    `list_at`: when its next list may be due; null looks at once.
    `last_error` is a key of `notify.queries.FAULTS`, never what the other side answered.
    """

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    department = models.OneToOneField(Department, on_delete=models.CASCADE)
    kind = models.CharField(max_length=12)
    url = models.CharField(max_length=500)
    secret = models.CharField(max_length=200, blank=True)
    enabled = models.BooleanField(default=False)
    last_error = models.CharField(max_length=200, blank=True)
    failures = models.IntegerField(default=0)
    paused_until = models.DateTimeField(null=True)
    last_sent_at = models.DateTimeField(null=True)
    list_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["list_at"], condition=Q(enabled=True), name="robot_list")]


#: The channel of messages to a member's own address; the others are kinds of robots.
MAIL = "mail"
#: The channel of surveys to a contact's address; the target is the invitation.
SURVEY = "survey"


class Outgoing(models.Model):
    """A message that leaves the house at most once; written first, sent after commit.

    state: waiting → sending → sent; back to waiting when it was surely not taken; unsure when nobody
    can tell; failed when given up; skipped when there was nothing to say; dropped by a restore.
    `send_after` is the time of the next try, while sending the time after which the sender counts as
    dead. `target` is the id of the robot, on the channel "mail" that of the member.
    See docs/decisions/at-most-once.md.
    """

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    once = models.CharField(max_length=120)
    channel = models.CharField(max_length=12)
    target = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    body = models.JSONField(default=list)
    state = models.CharField(max_length=10, default="waiting")
    tries = models.IntegerField(default=0)
    send_after = models.DateTimeField()
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "once"], name="outgoing_once")]
        indexes = [models.Index(fields=["state", "send_after"], name="outgoing_waiting")]
