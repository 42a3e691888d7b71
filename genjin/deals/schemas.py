"""Input of deals, products and quotations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from genjin.lib.strict import OwnFields, Strict

Key = Annotated[str, Field(max_length=40)]
Words = Annotated[str, Field(max_length=500)]
#: A number as it was written: text, or a number of JSON.
Figure = Annotated[str, Field(max_length=30)] | int | float


class LineIn(Strict):
    """`product_id` of the price list, or a `name` of its own; `price` in the minor unit, not sent: the list price."""

    product_id: int | None = None
    name: Annotated[str, Field(max_length=120)] = ""
    unit: Annotated[str, Field(max_length=20)] = ""
    quantity: Figure = 1
    price: int | None = None
    discount: Figure = 0


Lines = Annotated[list[LineIn], Field(max_length=500)]


class DealValues(OwnFields):
    """`probability` null: that of the stage. With `lines` the amount is their sum."""

    title: str | None = None
    stage: str | None = None
    amount: int | None = None
    currency: Annotated[str | None, Field(max_length=3)] = None
    probability: int | None = None
    expected_close: str | None = None
    competitors: str | None = None
    lines: Lines | None = None


class DealIn(DealValues):
    owner_id: int | None = None


class SlipIn(Strict):
    """Why the expected day is put off, an option of `deal_slip_reason` with words, and what is done next by when."""

    reason: Key = ""
    why: Words = ""
    act: Annotated[str, Field(max_length=300)] = ""
    due_at: datetime | None = None
    precision: Literal["minute", "day"] = "day"


class DealPatch(DealValues):
    version: int
    slip: SlipIn | None = None


class StageIn(Strict):
    stage: Key
    version: int | None = None


class CloseIn(Strict):
    """`reason`: an option of `deal_won_reason` or `deal_lost_reason`; `on`: not sent, today."""

    reason: Key = ""
    text: Words = ""
    on: date | None = None


class ReopenIn(Strict):
    why: Words = ""
    expected_close: date


class AssignIn(Strict):
    owner_id: int


class ProductIn(Strict):
    """`prices`: currency → list price in the minor unit."""

    code: Annotated[str, Field(max_length=40)]
    name: Annotated[str, Field(max_length=120)]
    unit: Annotated[str, Field(max_length=20)]
    prices: dict[str, int]
    note: Annotated[str, Field(max_length=300)] = ""


class ProductPatch(ProductIn):
    version: int
    retired: bool = False


class QuotationIn(Strict):
    """`followup_id`: the talk it rests on. `discount` of the whole in percent, `why` asks for it where somebody has to
    say yes."""

    followup_id: int | None = None
    lines: Lines
    discount: Figure = 0
    currency: Annotated[str, Field(max_length=3)] = ""
    valid_until: date | None = None
    terms: Annotated[str, Field(max_length=5000)] = ""
    why: Words = ""


class TotalsIn(Strict):
    """Lines as they are typed: what they come to."""

    lines: Lines
    discount: Figure = 0
    currency: Annotated[str, Field(max_length=3)] = "CNY"


class ConfirmIn(Strict):
    """`need_ids` not sent: all of the customer's."""

    need_ids: Annotated[list[int], Field(max_length=200)] | None = None


class IntervalIn(Strict):
    """Class → days after which its needs are asked about again, 0 = never."""

    days: dict[str, Annotated[int, Field(ge=0, le=3650)]]


def sent(body: Strict, *but: str) -> dict[str, Any]:
    return body.model_dump(exclude_unset=True, exclude=set(but))
