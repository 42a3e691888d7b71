"""Who hears of a hand-over: whoever is to confirm that he is reminded, each side what the other said. Customers are not
named: whoever may read that sees it where it leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from genjin.history.models import Event
from genjin.notify.rules import Saying
from genjin.notify.steps import Line

EVENTS = ("handover.reminded", "handover.said", "handover.withdrawn")
KIND = "assigned"


def told(events: Sequence[Event], names: Mapping[int, str]) -> Iterator[Line]:
    """One line for each member an event names in `to`."""
    for event in events:
        found = event.data.data.get("after") if hasattr(event, "data") else None
        after: dict[str, Any] = found if isinstance(found, dict) else {}
        by = names.get(event.member_id or 0, "")
        saying = _saying(event, by, after)
        for member_id in after.get("to") or ():
            if isinstance(member_id, int) and member_id != event.member_id:
                link = f"/handovers/{event.subject_id}"
                if after.get("customer_id"):
                    link = f"{link}?customer={after['customer_id']}"
                yield Line(event.org_id, member_id, KIND, saying, f"{event.name}:{event.pk}", event.at, link)


def _saying(event: Event, by: str, after: Mapping[str, Any]) -> Saying:
    if event.name == "handover.reminded":
        return Saying(f"{by} 提醒你确认交接", f"{by} reminds you to confirm a hand-over")
    if event.name == "handover.withdrawn":
        return Saying(f"{by} 撤销了一次交接", f"{by} withdrew a hand-over")
    if after.get("what") == "ask":
        return Saying(f"{by} 在交接里问你", f"{by} asks you in a hand-over")
    return Saying(f"{by} 在交接里答了你", f"{by} answered you in a hand-over")
