"""Input of assignment and leaving."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from genjin.lib.strict import Strict
from genjin.ownership.leaving import Wish

Ids = Annotated[list[int], Field(min_length=1, max_length=1000)]
Amount = Annotated[int, Field(ge=1, le=720)] | None
MostOpen = Annotated[int, Field(ge=1, le=100_000)] | None
Clock = Literal["work_hours", "hours", "workdays"]
Then = Literal["next", "back"]
Text = Annotated[str, Field(max_length=300)]


class RuleIn(Strict):
    """One rule. `condition` null: the rest. Members by name in their order, or a whole department."""

    id: int | None = None
    name: Annotated[str, Field(max_length=40)]
    condition: JsonValue = None
    way: Literal["turns", "load", "fixed"] = "turns"
    department_id: int | None = None
    member_ids: Annotated[list[int], Field(max_length=200)] = []
    most_open: MostOpen = None
    amount: Amount = None
    clock: Clock = "work_hours"
    otherwise: Then = "next"


class RulesIn(Strict):
    rules: Annotated[list[RuleIn], Field(max_length=30)]


class PlanIn(RulesIn):
    """`version` is the one you read; 0 for the first rules of a team."""

    version: int
    on: bool = True


class ReceiverIn(Strict):
    """`away_until`: the last day without new customers."""

    away_until: date | None = None
    most_open: MostOpen = None


class AssignIn(Strict):
    """By the rules, or by hand to `member_ids` evenly."""

    ids: Ids
    by: Literal["rules", "hand"] = "hand"
    member_ids: Annotated[list[int], Field(max_length=200)] = []
    amount: Amount = None
    clock: Clock = "work_hours"
    otherwise: Then = "back"
    why: Text = ""


class ChosenIn(Strict):
    customer_id: int
    member_id: int


class LeavingIn(Strict):
    """Evenly among `member_ids`; `chosen` customers go to whom they name. The first gets what hangs on no customer.
    `drafts`: what he has begun to write on a customer goes along."""

    member_ids: Annotated[list[int], Field(min_length=1, max_length=20)]
    chosen: Annotated[list[ChosenIn], Field(max_length=5000)] = []
    drafts: bool = False

    def wish(self) -> Wish:
        chosen = {each.customer_id: each.member_id for each in self.chosen}
        return Wish(tuple(dict.fromkeys(self.member_ids)), chosen, self.drafts)


class HandOverIn(LeavingIn):
    """`leave`: end his sessions and tokens and switch him off."""

    leave: bool = True
    why: Text = ""
