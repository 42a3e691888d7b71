"""The one verb: what filling in a form took."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from genjin.door.action import action
from genjin.door.change import Change
from genjin.door.replies import Reply
from genjin.entry.steps import note_times
from genjin.lib.errors import NotFound
from genjin.schema.shapes import shaped_types


@action("profile.entry_time", "上报填表用时", "report how long a form took")
def note(change: Change, *, record_type: str, spent: Mapping[str, Mapping[str, Any]]) -> Reply:
    """Add up what each field took (R-219, R-253). Kept without person and record, so it leaves no event either; fields
    that the form does not have are passed over. 404 for a type that there is not."""
    kind = shaped_types(change.actor).get(record_type)
    if kind is None:
        raise NotFound(field="type")
    known = {key: told for key, told in spent.items() if key in kind.by_slug}
    if known:
        note_times(change, record_type, known)
    return {"record_type": record_type, "fields": len(known)}
