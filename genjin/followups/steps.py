"""What verbs of templates and comments write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F

from genjin.door.change import Change
from genjin.followups.models import Comment, Template
from genjin.orgs.models import Organisation
from genjin.schema.bulk import insert_rows


def root_of(comment: Comment) -> tuple[str, int] | None:
    """On whose timeline a comment is told: its customer's; about a row of an own type on none, since its words are for
    whoever sees the row."""
    return ("customer", comment.customer_id) if comment.customer_id else None


def write_comment(change: Change, comment: Comment) -> None:
    """Store a new comment and say so on the customer's timeline; its text lies in the erasable payload."""
    insert_rows(Comment, [comment])
    change.record(
        "comment.added",
        comment,
        root=root_of(comment),
        after={
            "text": comment.text,
            "mentions": comment.mentions,
            "followup_id": comment.followup_id,
            "reply_to_id": comment.reply_to_id,
            **({"record_id": comment.record_id} if comment.record_id else {}),
        },
    )


def add_version(change: Change, newest: Template, *, zh: str, en: str, body: Mapping[str, Any]) -> Template:
    """Write the next version of a template and let every process read the configuration anew."""
    row = Template.objects.create(
        org_id=change.actor.org_id,
        key=newest.key,
        version=newest.version + 1,
        zh=zh,
        en=en,
        body=dict(body),
        position=newest.position,
        published_by_id=change.actor.member_id,
    )
    Organisation.objects.filter(pk=change.actor.org_id).update(config_version=F("config_version") + 1)
    return row
