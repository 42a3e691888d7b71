"""Input of hand-overs."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from genjin.lib.strict import Strict
from genjin.ownership.schemas import ChosenIn

Text = Annotated[str, Field(max_length=300)]
Ids = Annotated[list[int], Field(max_length=5000)]


class OpenIn(Strict):
    """`giver_id` null: whoever holds the customers named, else one's own. `everything`: all that the giver holds,
    `leave`: he is switched off at the release. `chosen` customers go to whom they name, the rest to `to_member_id`."""

    giver_id: int | None = None
    customer_ids: Ids = []
    everything: bool = False
    leave: bool = False
    to_member_id: int
    chosen: Annotated[list[ChosenIn], Field(max_length=5000)] = []
    reason: Text = ""
    effective_on: date | None = None


class ChangeIn(Strict):
    """`to`: other receivers, customer by customer; `remove`: customers that stay where they are."""

    version: int
    reason: Text | None = None
    effective_on: date | None = None
    to: Annotated[list[ChosenIn], Field(max_length=5000)] = []
    remove: Ids = []


class NoteIn(Strict):
    text: Annotated[str, Field(max_length=2000)] = ""


class SayIn(Strict):
    text: Annotated[str, Field(min_length=1, max_length=1000)]


class ReadIn(Strict):
    customer_ids: Annotated[list[int], Field(min_length=1, max_length=5000)]


class WhyIn(Strict):
    why: Text = ""


class ReleaseIn(WhyIn):
    """`urgent`: without waiting for the giver; then say why."""

    urgent: bool = False
