"""What comes in: the body of a follow-up, complete or as a draft still being typed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue

from genjin.lib.strict import OwnFields, Strict

Short = Annotated[str, Field(max_length=300)]
Line = Annotated[str, Field(max_length=500)]
Long = Annotated[str, Field(max_length=20_000)]
Precision = Literal["minute", "day"]
Blocks = Annotated[
    list[dict[str, Any]] | None,
    Field(
        description="The formatted text as a tree of blocks: paragraph, quote, bullets, numbers, table; spans may be "
        "bold or marked as task, risk or feedback. Instead of the plain text or with it; plain text alone has no marks."
    ),
]


class NextStepIn(Strict):
    """One next step: act, person or department, time, goal (R-030)."""

    act: Short
    owner_id: int | None = None
    department_id: int | None = None
    due_at: datetime | None = None
    precision: Precision = "minute"
    goal: Annotated[str, Field(max_length=120)] = ""


class NeedIn(Strict):
    kind: Annotated[str, Field(max_length=20)] = "other"
    priority: Annotated[str, Field(max_length=20)] = "core"
    text: Line


class ObjectionIn(Strict):
    kind: Annotated[str, Field(max_length=20)] = "other"
    text: Line
    answer: Line = ""


class QuestionIn(Strict):
    q: Line
    a: Line = ""


class FileIn(Strict):
    id: int
    kind: Annotated[str, Field(max_length=20)] = "other"


class FollowUpParts(OwnFields):
    """Everything a record can hold, the team's own fields too; all optional here."""

    contact_id: int | None = None
    contact_at: datetime | None = None
    precision: Precision = "minute"
    channel: Annotated[str, Field(max_length=40)] = ""
    summary: Long = ""
    summary_blocks: Blocks = None
    feedback: Long = ""
    quotes: Annotated[list[Line], Field(max_length=50)] = []
    next_steps: Annotated[list[NextStepIn], Field(max_length=20)] = []
    next_sentence: Short = ""
    status: Annotated[str, Field(max_length=20)] = ""
    status_reason: Line = ""
    kind: Annotated[str, Field(max_length=20)] = "sales"
    goal: Annotated[str, Field(max_length=120)] = ""
    topic: Annotated[str, Field(max_length=200)] = ""
    background: Long = ""
    stage_goal: Short = ""
    attitude_from: Annotated[str, Field(max_length=20)] = ""
    attitude_to: Annotated[str, Field(max_length=20)] = ""
    mood: Annotated[str, Field(max_length=20)] = ""
    trust: Annotated[str, Field(max_length=20)] = ""
    satisfaction: Annotated[int | None, Field(ge=1, le=5)] = None
    probability: Annotated[int | None, Field(ge=0, le=100)] = None
    customer_score: Annotated[int | None, Field(ge=0, le=100)] = None
    key_figures: Long = ""
    result: Long = ""
    needs: Annotated[list[NeedIn], Field(max_length=50)] = []
    objections: Annotated[list[ObjectionIn], Field(max_length=50)] = []
    qa: Annotated[list[QuestionIn], Field(max_length=50)] = []
    risks: Annotated[list[Line], Field(max_length=50)] = []
    participants_ours: Annotated[list[int], Field(max_length=50)] = []
    participants_theirs: Annotated[list[int], Field(max_length=50)] = []
    expectation: Short = ""
    help_needed: Line = ""
    reflection: Long = ""
    interest: Line = ""
    special: Line = ""
    competitor: Short = ""
    problem: Long = ""
    handling: Long = ""
    amount: Annotated[int | None, Field(ge=0, le=10**15)] = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "CNY"
    signed_on: date | None = None
    contract_number: Annotated[str, Field(max_length=60)] = ""
    delivery_period: Annotated[str, Field(max_length=120)] = ""
    service_period: Annotated[str, Field(max_length=120)] = ""
    payment_terms: Short = ""
    comments: Long = ""
    repurchase: Annotated[str, Field(max_length=20)] = ""
    referral: Annotated[str, Field(max_length=20)] = ""
    template: Annotated[str, Field(max_length=40)] = ""
    contacted_by: int | None = None


class FollowUpIn(FollowUpParts):
    """POST /followups."""

    customer_id: int
    file_ids: Annotated[list[FileIn], Field(max_length=30)] = []
    closes_agenda_ids: Annotated[list[int], Field(max_length=50)] = []
    seconds_spent: Annotated[int | None, Field(ge=0, le=86_400)] = None
    draft_key: Annotated[str, Field(max_length=64)] = ""
    duplicate_ok: bool = False


class FollowUpPatch(FollowUpParts):
    """PATCH /followups/{id}: only the fields that are sent change."""

    version: int


class CheckIn(FollowUpParts):
    """POST /followups/check: a draft in any state."""

    customer_id: int | None = None


class AttemptIn(Strict):
    """POST /followups/attempts: one tap (未接通, 已发资料, 加微信未通过)."""

    customer_id: int
    contact_id: int | None = None
    channel: Annotated[str, Field(max_length=40)]
    kind: Annotated[str, Field(max_length=20)]
    next_try_at: datetime
    precision: Precision = "minute"
    contact_at: datetime | None = None
    note: Short = ""


People = Annotated[list[int], Field(max_length=50)]


class CommentIn(Strict):
    """POST /comments. `followup_id`: below this record; `reply_to_id`: in answer to a first comment;
    `mentions`: the members named; `anyway`: also when one of them cannot see the customer."""

    customer_id: int
    text: Long
    followup_id: int | None = None
    reply_to_id: int | None = None
    mentions: People = []
    anyway: bool = False


class RowCommentIn(Strict):
    """POST /records/{type}/{id}/comments. `reply_to_id`: in answer to a first comment; `anyway`: also when one of
    those named cannot see the row."""

    text: Long
    reply_to_id: int | None = None
    mentions: People = []
    anyway: bool = False


class CommentPatch(Strict):
    """PATCH /comments/{id}: the whole text and all who are named."""

    version: int
    text: Long
    mentions: People = []
    anyway: bool = False


class TakeDownIn(Strict):
    why: Line


class ChatIn(Strict):
    text: Annotated[str, Field(max_length=50_000)]
    customer_id: int | None = None


class DraftIn(Strict):
    customer_id: int | None = None
    body: dict[str, object] = {}


Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Name = Annotated[str, Field(min_length=1, max_length=60)]
Keys = Annotated[list[Key], Field(max_length=20)]
Slug = Annotated[str, Field(max_length=80)]


class PartIn(Strict):
    """`field`, or `fields` under one label; `required`: true, or the conditions under which it is."""

    field: Slug | None = None
    fields: Annotated[list[Slug], Field(max_length=20)] = []
    zh: Annotated[str, Field(max_length=60)] = ""
    en: Annotated[str, Field(max_length=80)] = ""
    when: Keys = []
    required: bool | Keys = False


class SectionIn(Strict):
    key: Key
    zh: Name
    en: Annotated[str, Field(min_length=1, max_length=80)]
    when: Keys = []
    parts: Annotated[list[Slug | PartIn], Field(max_length=60)]


class ConditionIn(Strict):
    filter: JsonValue
    zh: Annotated[str, Field(min_length=1, max_length=120)]
    en: Annotated[str, Field(min_length=1, max_length=200)]


class TemplateIn(Strict):
    """POST /templates/{key}/versions. `version`: the one this was made from."""

    version: int
    zh: Name
    en: Annotated[str, Field(min_length=1, max_length=80)]
    kinds: Keys = []
    conditions: Annotated[dict[Key, ConditionIn], Field(max_length=20)] = {}
    sections: Annotated[list[SectionIn], Field(min_length=1, max_length=30)]
    override: bool = False
    why: Line = ""

    def body(self) -> dict[str, Any]:
        """What is stored."""
        return self.model_dump(include={"kinds", "conditions", "sections"}, exclude_defaults=True)
