"""Input of surveys."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from genjin.lib.strict import Strict
from genjin.surveys.rules import MOST_CHOICES

Score = Annotated[int, Field(ge=1, le=5)]
Comment = Annotated[str, Field(max_length=1000)]
Choice = Annotated[str, Field(min_length=1, max_length=40)]


class SurveyIn(Strict):
    """`every_months`: won customers are asked again after so many months; none: only by hand."""

    title: Annotated[str, Field(max_length=60)]
    question: Annotated[str, Field(max_length=200)]
    choice_question: Annotated[str, Field(max_length=200)] = ""
    choices: Annotated[list[Choice], Field(max_length=MOST_CHOICES)] = []
    about: Annotated[str, Field(max_length=60)] = ""
    every_months: Annotated[int | None, Field(ge=1, le=36)] = None
    active: bool = True


class SurveyChangeIn(SurveyIn):
    version: int


class SettingsIn(Strict):
    """`low`: a score of this or less opens a complaint; 0: none does."""

    days: Annotated[int, Field(ge=1, le=90)]
    low: Annotated[int, Field(ge=0, le=4)]


class SendIn(Strict):
    """`by`: `link` gives the address to pass on oneself, `mail` sends it to the contact's address too."""

    survey_id: int
    contact_id: int | None = None
    by: Literal["link", "mail"] = "link"


class ScoreIn(Strict):
    """What a customer said of us, noted by a colleague; now unless `at` says when."""

    score: Score
    comment: Comment = ""
    contact_id: int | None = None
    at: datetime | None = None
