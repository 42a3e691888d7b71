"""Who hears that what he has was urged (催办): one line a row, many of one act together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from genjin.agenda.models import AgendaItem
from genjin.history.models import Event
from genjin.notify.actions import link_of, told_item
from genjin.notify.rules import MOST_EACH, many_urged, urged
from genjin.notify.steps import Line
from genjin.orgs.models import Organisation

EVENT = "agenda.nudged"
KIND = "overdue"


def told(
    events: Sequence[Event],
    names: Mapping[int, str],
    items: Mapping[int, AgendaItem],
    orgs: Mapping[int, Organisation],
) -> Iterator[Line]:
    """The lines of these events; `items` are the rows that still are there."""
    groups: dict[tuple[str, int], list[Event]] = defaultdict(list)
    for event in events:
        found = event.data.data.get("after") if hasattr(event, "data") else None
        for member_id in found.get("to", ()) if isinstance(found, dict) and event.subject_id in items else ():
            if member_id != event.member_id:
                groups[event.cause, member_id].append(event)
    for (_, member_id), group in groups.items():
        first = group[0]
        by, org = names.get(first.member_id or 0, ""), orgs[first.org_id]
        if len(group) > MOST_EACH:
            saying = many_urged(by, len(group), told_item(items[first.subject_id]), org.zone)
            yield Line(org.pk, member_id, KIND, saying, f"nudged:{first.pk}", first.at)
            continue
        for event in group:
            item = items[event.subject_id]
            saying = urged(by, told_item(item), org.zone)
            yield Line(org.pk, member_id, KIND, saying, f"nudged:{event.pk}", event.at, link_of(item))
