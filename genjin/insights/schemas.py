"""What comes in when targets are set."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from genjin.lib.strict import Strict

MonthText = Annotated[str, Field(max_length=40)]
Slug = Annotated[str, Field(max_length=40)]


class TargetIn(Strict):
    """One cell: of a member or a department. `number` null takes the target away; `was` (optional) is the number
    that you saw, so that nobody's change is overwritten unseen."""

    member_id: int | None = None
    department_id: int | None = None
    measure: Slug
    number: int | None
    was: int | None = None


class TargetsIn(Strict):
    month: MonthText
    cells: Annotated[list[TargetIn], Field(min_length=1, max_length=2000)]


class TargetSettingsIn(Strict):
    ranking: bool | None = None
    department_sum: bool | None = None
