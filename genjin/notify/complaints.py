"""Who hears of a complaint: supervisors that a grave one came in or came back, whoever noted it that it has a result.
Its words stay on the customer's page (R-149)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from genjin.access.guard import unscoped
from genjin.complaints.models import Complaint
from genjin.history.models import Event
from genjin.notify.rules import Saying, short
from genjin.notify.steps import Line
from genjin.orgs.models import Organisation
from genjin.schema.queries import Options, options_of

EVENTS = ("complaint.opened", "complaint.resolved", "complaint.reopened")
KIND = "assigned"


def told(events: Sequence[Event], names: Mapping[int, str]) -> Iterator[Line]:
    """One line for each member an event names in `to`."""
    rows = unscoped(Complaint, "worker").filter(deleted_at__isnull=True).select_related("customer")
    found = rows.in_bulk([event.subject_id for event in events]) if events else {}
    orgs = Organisation.objects.in_bulk({event.org_id for event in events})
    for event in events:
        row, after = found.get(event.subject_id), _after(event)
        if row is None or row.customer.deleted_at is not None:
            continue
        options = options_of(event.org_id, orgs[event.org_id].config_version)
        saying = _saying(event.name, names.get(event.member_id or 0, ""), row, options)
        for member_id in after.get("to") or ():
            if isinstance(member_id, int) and member_id != event.member_id:
                link = f"/customers/{row.customer_id}#complaints"
                yield Line(event.org_id, member_id, KIND, saying, f"{event.name}:{event.pk}", event.at, link)


def _after(event: Event) -> dict[str, Any]:
    found = event.data.data.get("after") if hasattr(event, "data") else None
    return found if isinstance(found, dict) else {}


def _saying(name: str, by: str, row: Complaint, options: Options) -> Saying:
    level, kind = (options.get(each, {}).get(key) for each, key in
                   (("complaint_level", row.level), ("complaint_kind", row.kind)))  # fmt: skip
    what = "，".join(each.zh for each in (level, kind) if each)
    what_en = ", ".join(each.en for each in (level, kind) if each)
    customer = short(row.customer.name, 40)
    if name == "complaint.opened":
        return Saying(f"{customer} 投诉（{what}）", f"{customer} complains ({what_en})")
    if name == "complaint.reopened":
        return Saying(f"{customer} 不认可投诉的处理（{what}），重新处理",
                      f"{customer} does not accept the result ({what_en}), taken up again")  # fmt: skip
    return Saying(
        f"{by or '同事'} 处理完 {customer} 的投诉（{what}）", f"{by} resolved a complaint of {customer} ({what_en})"
    )
