"""What comes in: verdicts, reasons field by field, grades, examples."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from genjin.lib.strict import Strict

Note = Annotated[str, Field(max_length=500)]
Ids = Annotated[list[int], Field(min_length=1, max_length=200)]


class SeenIn(Strict):
    """An approval and the version of its record that was read."""

    id: int
    version: int


class PassCommentIn(Strict):
    """A word on a field of one of the approvals that pass."""

    id: int
    field: Annotated[str, Field(max_length=40)] = ""
    text: Annotated[str, Field(max_length=2000)]


class PassIn(Strict):
    """`seen`: what the reviewer has read; a record with a newer version is refused with 409. `comments` are
    written with the verdict, all or nothing."""

    ids: Ids
    note: Note = ""
    intent_class: Annotated[str, Field(max_length=10)] = ""
    seen: Annotated[list[SeenIn], Field(max_length=200)] = []
    comments: Annotated[list[PassCommentIn], Field(max_length=60)] = []


class ReturnIn(Strict):
    """`reasons`: field slug → what has to be mended, at least one."""

    reasons: Annotated[dict[str, str], Field(max_length=60)]
    note: Note = ""
    seen: int | None = None


class ResubmitIn(Strict):
    note: Note = ""


class CommentIn(Strict):
    text: Annotated[str, Field(max_length=2000)]
    field: Annotated[str, Field(max_length=40)] = ""


class WaiveIn(Strict):
    fields: Annotated[list[str], Field(min_length=1, max_length=60)]
    note: Note = ""


class AnswerIn(Strict):
    index: Annotated[int, Field(ge=0, le=200)]
    agree: bool
    note: Note = ""


class GradeIn(Strict):
    answers: Annotated[list[AnswerIn], Field(max_length=200)]
    note: Annotated[str, Field(max_length=2000)] = ""


class ModelIn(Strict):
    record_type: Annotated[str, Field(max_length=40)] = "followup"
    record_id: int
    verdict: Literal["good", "bad"]
    note: Note = ""
