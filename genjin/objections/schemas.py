"""Input of objections."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from genjin.lib.strict import Strict

Key = Annotated[str, Field(max_length=40)]
Line = Annotated[str, Field(max_length=500)]


class ObjectionIn(Strict):
    """An objection that came up outside a record."""

    kind: Key = "other"
    text: Line


class AnswerIn(Strict):
    """`adjustment`: what we change for it, an option of `objection_adjustment`."""

    answer: Annotated[str, Field(max_length=5000)]
    adjustment: Key = ""


class OutcomeIn(Strict):
    """`outcome` is an option of `objection_outcome`; `result` says it in words."""

    outcome: Key
    result: Line


class PassIn(Strict):
    owner_id: int
    why: Annotated[str, Field(max_length=300)] = ""
