"""整理为记录: a pasted chat becomes the parts of a record, for confirmation (R-240)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from genjin.access.actor import Actor
from genjin.orgs.models import Membership
from genjin.quality.chat import tidy_chat
from genjin.quality.queries import standard_of


def tidy(actor: Actor, text: str, *, now: datetime) -> dict[str, Any]:
    """Speakers, summary, the customer's words, questions and times found in the chat; stores nothing."""
    ours = list(Membership.objects.filter(org_id=actor.org_id, active=True).values_list("name", flat=True)[:2000])
    local = now.astimezone(actor.zone).replace(tzinfo=None)
    reading = tidy_chat(text, now=local, our_names=ours, standard=standard_of(actor))
    at = reading.started_at.replace(tzinfo=actor.zone) if reading.started_at else None
    return {
        "speakers": list(reading.speakers),
        "summary": reading.summary,
        "feedback": reading.feedback,
        "next_sentence": reading.next_step,
        "quotes": list(reading.quotes),
        "qa": [{"q": asked, "a": answer or ""} for asked, answer in reading.questions],
        "contact_at": at,
        "channel": "wechat",
        "lines": [{"speaker": line.speaker, "text": line.text, "ours": line.ours} for line in reading.lines],
    }
