"""Input: which ladder holds for whom."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from genjin.lib.strict import Strict

Keys = Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=60)]


class LadderRungIn(Strict):
    """One rung: counted from the beginning, back from the limit or on from it; `to`: owner, department, superior, head
    or role:<key>."""

    since: Annotated[Literal["enter", "before", "due"], Field(alias="from")] = "due"
    amount: Annotated[float, Field(ge=0, le=100_000)] = 0
    clock: Literal["hours", "workhours", "days", "workdays"] = "hours"
    do: Literal["remind", "alert", "copy", "reassign", "pool"]
    to: Annotated[str, Field(max_length=60)] = "owner"


class LadderRuleIn(Strict):
    """The ladder of one kind of to-do, for customers of these classes, from these sources, in these nodes; an empty
    list = of any."""

    kind: Annotated[str, Field(max_length=20)]
    classes: Keys = []
    sources: Keys = []
    nodes: Keys = []
    rungs: Annotated[list[LadderRungIn], Field(min_length=1, max_length=20)]

    def body(self) -> dict[str, Any]:
        """As it is stored: whole numbers whole."""
        said = self.model_dump(by_alias=True)
        for rung in said["rungs"]:
            rung["amount"] = int(rung["amount"]) if rung["amount"] == int(rung["amount"]) else rung["amount"]
        return said


class LaddersIn(Strict):
    """All rules in their order: of several that fit the first holds."""

    rules: Annotated[list[LadderRuleIn], Field(max_length=40)] = []

    def bodies(self) -> list[dict[str, Any]]:
        return [each.body() for each in self.rules]


class LadderPlanIn(LaddersIn):
    """`version` is the one that was read."""

    version: int
