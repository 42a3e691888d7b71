"""The care plans that every team begins with (R-108, R-109, R-216)."""

from __future__ import annotations

from functools import cache
from typing import Any

from genjin.care.schemas import CarePlanIn
from genjin.lib.standard import read_standard


@cache
def standard_plans() -> tuple[dict[str, Any], ...]:
    """As a pack says them: without what is usual."""
    return tuple(said_of(each) for each in read_standard("care")["plans"])


def said_of(body: Any) -> dict[str, Any]:
    """A plan without what is usual."""
    said = CarePlanIn.model_validate(body).model_dump(exclude_defaults=True)
    return {"key": body["key"], **{name: value for name, value in said.items() if name != "key"}}
