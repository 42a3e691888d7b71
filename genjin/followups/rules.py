"""Pure rules of follow-up records."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from genjin.followups.schemas import FollowUpParts

LATE_AFTER = timedelta(hours=24)
_NOT_COLUMNS = {
    "next_steps", "next_sentence", "contact_id", "contacted_by", "customer_id", "file_ids", "closes_agenda_ids",
    "seconds_spent", "draft_key", "duplicate_ok", "version",
}  # fmt: skip


def columns_of(parts: FollowUpParts) -> dict[str, Any]:
    """Column → value of a record; feedback falls back to the marked quotations, status to 已联系."""
    values = parts.model_dump(exclude=_NOT_COLUMNS)
    values["after_sales"] = values["after_sales"] or {}
    values["summary_blocks"] = parts.summary_blocks or []
    values["feedback"] = parts.feedback or "；".join(f"“{quote}”" for quote in parts.quotes)
    values["status"] = parts.status or "contacted"
    values["next_plan"] = "；".join(step.act for step in parts.next_steps) or parts.next_sentence
    return values


def is_late(contact_at: datetime, precision: str, entered_at: datetime, zone: ZoneInfo) -> bool:
    """补填: entered more than 24 h after the contact; a day without a clock counts from its end (R-079)."""
    if precision == "day":
        contact_at = contact_at.astimezone(zone).replace(hour=23, minute=59, second=59)
    return entered_at - contact_at > LATE_AFTER


def last_words(quotes: list[str], feedback: str) -> str:
    """What the customer said last: the first marked quotation, else the feedback."""
    return quotes[0] if quotes else feedback
