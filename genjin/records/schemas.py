"""What comes in about rows of own types."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from genjin.lib.strict import OwnFields, Strict

Ids = Annotated[list[int], Field(min_length=1, max_length=1000)]
StateKey = Annotated[str, Field(max_length=40)]
Why = Annotated[str, Field(max_length=300)]


class RecordValues(OwnFields):
    """Fields of the form by slug; the team's own by their key."""

    name: str | None = None
    customer: int | None = None
    contact: int | None = None


class RecordIn(RecordValues):
    """`state`: not sent, the first of the type; `owner_id`: not sent, whoever makes it."""

    state: StateKey = ""
    owner_id: int | None = None


class RecordPatch(RecordValues):
    version: int


class RecordMoveIn(Strict):
    """`values`: fields to fill in on the way and `version`: that of the row as it was read; both for one row only."""

    ids: Ids
    state: StateKey
    why: Why = ""
    version: int | None = None
    values: RecordValues | None = None


class RecordAssignIn(Strict):
    ids: Ids
    owner_id: int
    why: Why = ""


class RecordIdsIn(Strict):
    ids: Ids


class RecordPreviewIn(Strict):
    """What a bulk change would do: `state` of a move, `owner_id` of an assignment, where it is chosen already."""

    verb: Literal["move", "assign", "delete"]
    ids: Ids
    state: StateKey = ""
    owner_id: int | None = None


class RecordToDoIn(OwnFields):
    act: Annotated[str, Field(max_length=300)]
    owner_id: int | None = None
    due_at: datetime
    precision: Literal["minute", "day"] = "minute"
    goal: Annotated[str, Field(max_length=120)] = ""


def sent(body: Strict, *but: str) -> dict[str, Any]:
    return body.model_dump(exclude_unset=True, exclude=set(but))
