"""Restoring an older version of a record: judged again like any other change of it (R-164, R-176)."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from genjin.access.actor import Actor
from genjin.door.change import Change
from genjin.door.replies import Reply
from genjin.door.versions import restores
from genjin.followups.actions import mend
from genjin.followups.fields import FOLLOWUP
from genjin.followups.models import FollowUp
from genjin.followups.schemas import FollowUpPatch
from genjin.lib.errors import Invalid

#: Next steps are rows of the agenda, people and template belong to the writing of the record.
_KEPT = {"next_steps", "contact_id", "contacted_by"}
_FIELDS = [slug for slug in FOLLOWUP.by_slug if slug in FollowUpPatch.model_fields and slug not in _KEPT]


def is_author(actor: Actor, record: FollowUp) -> bool:
    """Only who spoke to the customer or typed the record changes it (R-163)."""
    return actor.member_id in (record.contacted_by_id, record.entered_by_id)


@restores(
    FollowUp, "恢复跟进的旧版本", "restore an older version of the record", act="log", fields=_FIELDS, mine=is_author
)
def restore_followup(change: Change, record: FollowUp, version: int, values: dict[str, Any]) -> Reply:
    """The whole record is judged with the old values in it; refused like a change by hand."""
    try:
        parts = FollowUpPatch.model_validate({"version": version, **_sent(values)})
    except ValidationError as error:
        slug = str(error.errors()[0]["loc"][0])
        field = FOLLOWUP.by_slug.get(slug)
        zh, en = (field.zh, field.en) if field else (slug, slug)
        raise Invalid(
            f"{zh}的旧内容不合现在的要求，手工改一下",
            f"The old {en} does not fit any more; change it by hand",
            field=slug,
        ) from None
    return mend(change, record, parts)


def _sent(values: dict[str, Any]) -> dict[str, Any]:
    """A tree says what its text says; blank numbers and dates are None, blank texts stay blank."""
    lists = {"quotes", "needs", "objections", "qa", "risks", "participants_ours", "participants_theirs"}
    return {slug: [] if value is None and slug in lists else value for slug, value in values.items()}
