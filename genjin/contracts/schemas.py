"""Input of contracts, payments and hand-over lists."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from genjin.lib.strict import Strict

Key = Annotated[str, Field(max_length=40)]
Short = Annotated[str, Field(max_length=120)]
Line = Annotated[str, Field(max_length=200)]
Why = Annotated[str, Field(max_length=300)]
Long = Annotated[str, Field(max_length=5000)]
#: In the minor unit: at most a hundred billion.
Money = Annotated[int, Field(ge=0, le=10**13)]
Paid = Annotated[int, Field(gt=0, le=10**13)]
Currency = Annotated[str, Field(pattern="^[A-Z]{3}$")]


class AgreeIn(Strict):
    """The customer said yes: when (now unless it was before), and to what."""

    words: Short = ""
    agreed_at: datetime | None = None


class WhyIn(Strict):
    why: Why


class TermsIn(Strict):
    """What a contract says; `amount` in the minor unit, the service from and to which day, `payment_method` an option,
    `renewal_days` before its end a renewal is talked about."""

    title: Line = ""
    number: Annotated[str, Field(max_length=60)] = ""
    amount: Money | None = None
    currency: Currency = "CNY"
    signed_on: date | None = None
    delivery_period: Short = ""
    service_from: date | None = None
    service_to: date | None = None
    payment_method: Key = ""
    payment_terms: Annotated[str, Field(max_length=500)] = ""
    terms: Annotated[str, Field(max_length=20_000)] = ""
    renewal_days: Annotated[int, Field(ge=0, le=730)] = 60


class DraftIn(TermsIn):
    """`followup_id`: the record whose words it is drafted from; `deal_id`: the deal it closes."""

    followup_id: int | None = None
    deal_id: int | None = None


class PatchIn(TermsIn):
    """Only what is sent changes."""

    version: int

    def values(self) -> dict[str, Any]:
        return self.model_dump(exclude_unset=True, exclude={"version"})


class SubmitIn(Strict):
    """`text`: what the reviewers should look at."""

    text: Annotated[str, Field(max_length=500)] = ""


class SignIn(Strict):
    number: Annotated[str, Field(max_length=60)] | None = None
    signed_on: date | None = None


class TemplateIn(Strict):
    """A Word file that one has uploaded; none: the built-in layout."""

    file_id: int | None = None


class PartIn(Strict):
    what: Short = ""
    due_on: date
    amount: Paid


class PlanIn(Strict):
    version: int
    parts: Annotated[list[PartIn], Field(max_length=60)]


class PaymentIn(Strict):
    amount: Paid
    received_on: date
    note: Line = ""


class ListIn(Strict):
    """Texts of the hand-over list; only what is sent changes."""

    version: int
    needs: Long | None = None
    special: Long | None = None
    service: Long | None = None
    people: Long | None = None
    promises: Long | None = None
    open_items: Long | None = None
    objections: Long | None = None
    remarks: Long | None = None

    def texts(self) -> dict[str, str]:
        return self.model_dump(exclude_none=True, exclude={"version"})


class AppointIn(Strict):
    """Who takes the customer over, and when both sit down with the list."""

    receiver_id: int
    meeting_at: datetime | None = None


class ConfirmIn(Strict):
    """`number`: the version of the list that was read."""

    number: int
