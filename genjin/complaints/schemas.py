"""Input of complaints."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from genjin.lib.strict import Strict

Key = Annotated[str, Field(max_length=40)]
Text = Annotated[str, Field(max_length=1000)]
Words = Annotated[str, Field(max_length=500)]


class ComplaintIn(Strict):
    """`source` says how it came; without `owner_id` whoever holds the customer handles it."""

    kind: Key = "other"
    level: Key = "ordinary"
    source: Key = ""
    text: Text
    contact_id: int | None = None
    owner_id: int | None = None


class ComplaintChangeIn(Strict):
    """Another level has another limit, from the moment it was raised."""

    version: int
    kind: Key | None = None
    level: Key | None = None


class StepIn(Strict):
    text: Text


class ResultIn(Strict):
    result: Text


class ConfirmIn(Strict):
    """What the customer says of the result, in his words, and when; today unless said."""

    satisfied: bool
    words: Words
    on: date | None = None


class ComplaintPassIn(Strict):
    owner_id: int
    why: Annotated[str, Field(max_length=300)] = ""
