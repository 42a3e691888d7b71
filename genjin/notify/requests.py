"""Who hears what became of a request for approval. Records are not named: whoever may read that sees it where it
leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from genjin.history.models import Event
from genjin.notify.rules import Saying, short
from genjin.notify.steps import Line

EVENTS = ("request.granted", "request.refused", "request.lapsed", "request.reminded", "request.handed_up",
          "request.restarted")  # fmt: skip
KIND = "assigned"


def told(events: Sequence[Event], names: Mapping[int, str]) -> Iterator[Line]:
    """The asker hears the outcome and what happened on the way, whoever is to decide that he is reminded."""
    for event in events:
        found = event.data.data.get("after") if hasattr(event, "data") else None
        after: dict[str, Any] = found if isinstance(found, dict) else {}
        by, title = names.get(event.member_id or 0, ""), str(after.get("title", ""))
        link = f"/reviews?which=requests&id={event.subject_id}"
        once = f"{event.name}:{event.pk}"
        if event.name == "request.reminded":
            saying = Saying(f"{by} 催你审批：{title}", f"{by} reminds you of an approval: {title}")
            for member_id in after.get("to") or ():
                yield Line(event.org_id, member_id, KIND, saying, once, event.at, link)
            continue
        asker_id = after.get("asker_id")
        if isinstance(asker_id, int) and asker_id != event.member_id:
            yield Line(event.org_id, asker_id, KIND, _outcome(event, by, title), once, event.at, f"{link}&asked=1")


def _outcome(event: Event, by: str, title: str) -> Saying:
    why = f"：{short(event.why, 80)}" if event.why else ""
    why_en = f": {short(event.why, 80)}" if event.why else ""
    match event.name:
        case "request.granted":
            return Saying(f"你申请的“{title}”通过了", f"Your request “{title}” was approved")
        case "request.refused":
            return Saying(f"{by} 没有同意你申请的“{title}”{why}", f"{by} refused your request “{title}”{why_en}")
        case "request.lapsed":
            return Saying(f"记录有改动，“{title}”的审批作废，需要重新申请",
                          f"The record has changed; the approval “{title}” lapsed, ask again")  # fmt: skip
        case "request.restarted":
            return Saying(f"记录有改动，“{title}”从第一步重新审批",
                          f"The record has changed; “{title}” is decided anew")  # fmt: skip
        case _:
            return Saying(f"审批人离开了，“{title}”交给上一级", f"An approver left; “{title}” goes one up")
