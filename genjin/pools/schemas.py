"""Input of pools."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, JsonValue

from genjin.lib.strict import Strict

Days = Annotated[int, Field(ge=1, le=3650)] | None
Cap = Annotated[int, Field(ge=1, le=100_000)] | None


class PoolIn(Strict):
    """One pool. `condition` null: every customer that no pool before it takes. Days null: never for that reason."""

    id: int | None = None
    name: Annotated[str, Field(max_length=20)]
    condition: JsonValue = None
    department_ids: Annotated[list[int], Field(max_length=100)] = []
    days_contact: Days = None
    days_progress: Days = None
    days_unsigned: Days = None
    over_held: bool = False
    warn_days: Annotated[int, Field(ge=0, le=60)] = 3
    cooldown_days: Annotated[int, Field(ge=0, le=3650)] = 30
    first_workdays: Annotated[int, Field(ge=1, le=60)] | None = 3
    ask_classes: Annotated[list[Annotated[str, Field(max_length=10)]], Field(max_length=20)] = []


class PoolsIn(Strict):
    pools: Annotated[list[PoolIn], Field(max_length=30)]


class PlanIn(PoolsIn):
    """`version` is the one you read; 0 for the first pools of a team. Caps null: as many as one likes."""

    version: int
    claims_a_day: Cap = None
    most_held: Cap = None
    most_untouched: Cap = None


class ClaimIn(Strict):
    """`first_at`: when the first contact is planned."""

    first_at: AwareDatetime | None = None
    precision: Literal["minute", "day"] = "day"


class AskIn(Strict):
    why: Annotated[str, Field(max_length=300)] = ""


class PutBackIn(Strict):
    """Without `pool_id` each customer goes to the first pool that takes it."""

    ids: Annotated[list[int], Field(min_length=1, max_length=1000)]
    why: Annotated[str, Field(max_length=300)]
    pool_id: int | None = None
