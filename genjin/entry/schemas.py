"""What comes in with a submission."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from genjin.lib.strict import Strict


class SpentIn(Strict):
    """One field: the seconds that the cursor was in it, and how often it was come back to and changed."""

    seconds: Annotated[float, Field(ge=0, le=3600)]
    corrections: Annotated[int, Field(ge=0, le=100)] = 0


class EntryTimeIn(Strict):
    """POST /entry-times/{type}: fields by slug. No texts, no record."""

    fields: Annotated[dict[Annotated[str, Field(max_length=40)], SpentIn], Field(min_length=1, max_length=300)]
