"""What a flow says, and what comes in about requests."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue

from genjin.lib.strict import Strict

Word = Annotated[str, Field(max_length=40)]
Kind = Annotated[str, Field(max_length=40, pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Asked = Literal["amount", "percent", "days"]
Why = Annotated[str, Field(max_length=500)]


class By(Strict):
    """Who is asked: the superior of whoever asks, the head of the department in which the record stands, the head of
    a department, the holders of a role, or a member. What is not chosen yet is blank."""

    who: Literal["superior", "head", "department", "role", "member"]
    id: int | None = None
    role: Word = ""


class Stage(Strict):
    """One step: all of these at once, of whom `all` or `any` have to say yes. Left out while `skip` holds. Each has
    `workdays` for it."""

    name: Word = ""
    by: Annotated[list[By], Field(max_length=10)] = []
    need: Literal["all", "any"] = "all"
    skip: JsonValue = None
    workdays: Annotated[int, Field(ge=1, le=60)] = 2


class FlowBody(Strict):
    """`kind`: the record type asked about, `purpose`: an option of `approval_purpose`. `fields`: what the request has
    to name. `starters`: roles that may ask, empty = whoever may change the record. `condition`: over the record's
    fields and `ask.amount`, `ask.percent`, `ask.days`. `watch`: fields of the record whose change makes what was
    allowed lapse."""

    name: Word
    kind: Kind = "customer"
    purpose: Word = ""
    on: bool = True
    fields: Annotated[list[Asked], Field(max_length=3)] = []
    starters: Annotated[list[Word], Field(max_length=30)] = []
    condition: JsonValue = None
    stages: Annotated[list[Stage], Field(max_length=10)] = []
    watch: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=20)] = []

    def said(self) -> dict[str, Any]:
        """The document as it is stored: what is blank is not there."""
        return self.model_dump(exclude_none=True)


class FlowIn(Strict):
    body: FlowBody


class FlowPatch(Strict):
    version: int
    body: FlowBody


class OrderIn(Strict):
    ids: Annotated[list[int], Field(max_length=100)]


class RequestIn(Strict):
    """What is asked for; `amount` in fen, `percent` off, `days` of payment term."""

    subject_type: Kind = "customer"
    subject_id: int
    purpose: Word
    amount: Annotated[int | None, Field(ge=0, le=10**15)] = None
    percent: Annotated[float | None, Field(ge=0, le=100)] = None
    days: Annotated[int | None, Field(ge=0, le=3650)] = None
    text: Annotated[str, Field(max_length=1000)] = ""

    def asked(self) -> dict[str, Any]:
        """The part that the approval keeps."""
        said = {"amount": self.amount, "percent": self.percent, "days": self.days, "text": self.text.strip()}
        return {name: value for name, value in said.items() if value not in (None, "")}


class SampleIn(RequestIn):
    """Who would be asked by `body`, were `asker` to ask; both blank: by the flows in force, were I."""

    body: FlowBody | None = None
    asker_id: int | None = None


class AgainIn(Strict):
    amount: Annotated[int | None, Field(ge=0, le=10**15)] = None
    percent: Annotated[float | None, Field(ge=0, le=100)] = None
    days: Annotated[int | None, Field(ge=0, le=3650)] = None
    text: Annotated[str, Field(max_length=1000)] = ""


class ApproveIn(Strict):
    """`seen`: the version of the record that was read; a newer one is refused with 409."""

    note: Why = ""
    seen: int | None = None


class RefuseIn(Strict):
    why: Why


class SendBackIn(Strict):
    """`position`: an earlier step, 0 = back to whoever asked."""

    position: Annotated[int, Field(ge=0, le=200)] = 0
    why: Why


class SignerIn(Strict):
    member_id: int
    before: bool = True
    why: Why = ""


class DelegateIn(Strict):
    member_id: int
    why: Why = ""


class RecallIn(Strict):
    why: Why = ""


class StandInIn(Strict):
    """Nobody (`delegate_id` null) ends it."""

    delegate_id: int | None = None
    since: date | None = None
    until: date | None = None
