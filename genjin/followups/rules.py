"""Pure rules of follow-up records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from genjin.followups.schemas import FollowUpParts

_ONLY_QUOTES = re.compile(r"“[^”]*”(?:；“[^”]*”)*")
LATE_AFTER = timedelta(hours=24)
_NOT_COLUMNS = {
    "next_steps", "next_sentence", "contact_id", "contacted_by", "customer_id", "file_ids", "closes_agenda_ids",
    "seconds_spent", "draft_key", "duplicate_ok", "version", "template",
}  # fmt: skip


def columns_of(parts: FollowUpParts) -> dict[str, Any]:
    """Column → value of a record; feedback falls back to the marked quotations, status to 已联系."""
    values = parts.model_dump(exclude=_NOT_COLUMNS)
    values["summary_blocks"] = parts.summary_blocks or []
    values["feedback"] = parts.feedback or "；".join(f"“{quote}”" for quote in parts.quotes)
    values["status"] = parts.status or "contacted"
    values["next_plan"] = "；".join(step.act for step in parts.next_steps) or parts.next_sentence
    return values


def only_quotes(feedback: str) -> bool:
    """Is it nothing but quotations, as `columns_of` takes them from the content when no feedback was written?"""
    return bool(_ONLY_QUOTES.fullmatch(feedback))


#: Parts of a won record that belong to its contract: one column of a contract each, under the same name.
CONTRACT_PARTS = (
    "amount", "currency", "signed_on", "contract_number", "delivery_period", "service_period", "payment_terms",
)  # fmt: skip


def won_parts(columns: Mapping[str, Any]) -> dict[str, Any]:
    """What the event of a won record says of the contract, for the folder that keeps contracts; else nothing."""
    if columns["status"] != "won":
        return {}
    return {"contract": {slug: columns[slug] for slug in CONTRACT_PARTS}}


def is_late(contact_at: datetime, precision: str, entered_at: datetime, zone: ZoneInfo) -> bool:
    """补填: entered more than 24 h after the contact; a day without a clock counts from its end (R-079)."""
    if precision == "day":
        contact_at = contact_at.astimezone(zone).replace(hour=23, minute=59, second=59)
    return entered_at - contact_at > LATE_AFTER


def last_words(quotes: list[str], feedback: str) -> str:
    """What the customer said last: the first marked quotation, else the feedback."""
    return quotes[0] if quotes else feedback
