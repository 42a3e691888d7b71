"""Input of care."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from genjin.lib.strict import Strict

Key = Annotated[str, Field(max_length=40)]
Line = Annotated[str, Field(max_length=300)]
Long = Annotated[str, Field(max_length=5000)]
Ids = Annotated[list[int], Field(min_length=1, max_length=1000)]
When = Literal["every", "after_won", "birthday", "festival", "date"]
Unit = Literal["days", "weeks", "months"]


class CarePlanIn(Strict):
    """One line of 维护计划表. `key` is blank for a new one; `condition` null: every customer."""

    key: Annotated[str, Field(max_length=40, pattern=r"^[a-z0-9_]*$")] = ""
    name: Annotated[str, Field(max_length=30)]
    condition: JsonValue = None
    kind: Key
    act: Annotated[str, Field(max_length=120)]
    text: Annotated[str, Field(max_length=2000)] = ""
    when: When
    amount: Annotated[int, Field(ge=0, le=1000)] = 0
    unit: Unit = "days"
    festival: Annotated[str, Field(max_length=20)] = ""
    field: Annotated[str, Field(max_length=60)] = ""
    before: Annotated[int, Field(ge=0, le=30)] = 0
    review: bool = False


class LimitsIn(Strict):
    """More than `most` touches in `days` days are too many; `key_condition` null: class A is key."""

    most: Annotated[int, Field(ge=1, le=20)] = 2
    days: Annotated[int, Field(ge=1, le=30)] = 7
    key_condition: JsonValue = None


class PlansIn(LimitsIn):
    """`version` is the one you read; 0 for the first table of a team."""

    version: int
    plans: Annotated[list[CarePlanIn], Field(max_length=60)]


class CareIn(Strict):
    """One act of care by hand."""

    kind: Key = "return_visit"
    act: Annotated[str, Field(max_length=200)]
    text: Long = ""
    due_on: date
    contact_id: int | None = None
    owner_id: int | None = None
    bespoke: bool = False


class DoneIn(Strict):
    """`response`: an option of care_response; `heard`: new needs (R-152). A review says `repurchase` (R-153)."""

    did: Long
    response: Key = ""
    heard: Annotated[list[Annotated[str, Field(max_length=500)]], Field(max_length=20)] = []
    repurchase: Key = ""
    second_plan: Long = ""


class SkipIn(Strict):
    why: Line


class MoveIn(Strict):
    due_on: date


class OwnerIn(Strict):
    owner_id: int


class MergeIn(Strict):
    ids: Annotated[list[int], Field(min_length=2, max_length=5)]


class SameDay(Strict):
    """The care of one plan on one day."""

    plan: Key
    on: date


class ArrangeIn(SameDay):
    """One text for all but the key customers, whose owners write their own. `sure`: to the key customers as well."""

    text: Annotated[str, Field(max_length=2000)]
    sure: bool = False


class ManyDoneIn(Strict):
    """The same was done for many; `sure`: also where key customers are among them."""

    ids: Ids
    did: Long
    sure: bool = False


class CommunityIn(Strict):
    kind: Key
    name: Annotated[str, Field(max_length=80)]
    held_on: date | None = None
    note: Annotated[str, Field(max_length=500)] = ""


class ParticipantsIn(Strict):
    """Customers, or people of them, who took part."""

    customer_ids: Annotated[list[int], Field(max_length=500)] = []
    contact_ids: Annotated[list[int], Field(max_length=500)] = []
    came: bool = True
