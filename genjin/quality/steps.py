"""What verbs share: a standard in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from genjin.door.change import Change
from genjin.door.replies import Reply
from genjin.fields.steps import next_version
from genjin.lib.errors import Conflict
from genjin.quality.models import TeamStandard
from genjin.quality.queries import difference


def put_in_force(
    change: Change, live: TeamStandard | None, body: Mapping[str, Any], *, why: str, took: int | None = None
) -> Reply:
    """A checked document as the next version; `Conflict` (same) where it changes nothing."""
    said = difference(live.body if live else {}, body)
    if not said:
        raise Conflict("和现在的标准一样，没有要发布的", "The same as the standard in force", code="same")
    row = next_version(change, TeamStandard, live, body, took=took)
    name = "standard.published" if took is None else "standard.rolled_back"
    told = {"zh": "；".join(each["zh"] for each in said), "en": "; ".join(each["en"] for each in said)}
    change.record(name, row, after={"number": row.number, "said": told, "took": took}, why=why)
    return {"version": row.number, "said": said}
