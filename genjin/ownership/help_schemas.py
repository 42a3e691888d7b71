"""Input of requests to colleagues and other departments."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from genjin.lib.strict import Strict
from genjin.ownership.help_rules import QUESTION

Text = Annotated[str, Field(max_length=5000)]
Files = Annotated[list[int], Field(max_length=20)]
Precision = Literal["minute", "day"]


class HelpIn(Strict):
    """A request to a colleague or a department. Without either the department of its kind is asked; without a time
    the limit of its kind runs. `background` and `expectation` are read by whoever is asked."""

    question: Annotated[str, Field(max_length=300)]
    kind: Annotated[str, Field(max_length=40)] = QUESTION
    background: Text = ""
    expectation: Text = ""
    helper_id: int | None = None
    department_id: int | None = None
    due_at: AwareDatetime | None = None
    precision: Precision = "day"
    file_ids: Files = []


class AnswerIn(Strict):
    """The result that is delivered."""

    answer: Text
    file_ids: Files = []


class BackIn(Strict):
    """What is missing."""

    question: Annotated[str, Field(max_length=1000)]


class ReplyIn(Strict):
    """What was missing."""

    text: Text
    file_ids: Files = []


class WhyIn(Strict):
    why: Annotated[str, Field(max_length=1000)]


class GiveIn(Strict):
    helper_id: int


class MoveIn(Strict):
    due_at: AwareDatetime
    precision: Precision = "day"
