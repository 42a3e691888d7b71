"""Rows of own types that somebody was given: told to him, where he may see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from genjin.access.queries import actor_of_member
from genjin.access.visible import visible
from genjin.history.models import Event
from genjin.notify.rules import record_given
from genjin.notify.steps import Line
from genjin.orgs.models import Membership
from genjin.records.models import Record
from genjin.schema.shapes import own_kinds

#: A row made for somebody else is given to him too.
GIVEN = ("record.assigned", "record.created")


def records_given(events: Sequence[Event], names: Mapping[int, str]) -> Iterator[Line]:
    """One line a verb and type, for the new owner; a row that he may not see stays unsaid."""
    groups: dict[tuple[str, int], list[Event]] = defaultdict(list)
    for event in events:
        after = event.data.data.get("after") if hasattr(event, "data") else None
        owner = after.get("owner_id") if isinstance(after, dict) else None
        if isinstance(owner, int) and owner != event.member_id:
            groups[event.cause, owner].append(event)
    working = set(Membership.objects.filter(pk__in=[pk for _, pk in groups], active=True).values_list("pk", flat=True))
    for (_, owner), group in groups.items():
        if owner in working:
            yield from _lines(owner, group, names)


def _lines(owner: int, group: Sequence[Event], names: Mapping[int, str]) -> Iterator[Line]:
    actor, first = actor_of_member(owner), group[0]
    kinds = own_kinds(actor)
    rows = visible(actor, Record).filter(pk__in=[each.subject_id for each in group], owner_id=owner)
    by_kind: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for pk, kind, number, name in rows.order_by("pk").values_list("pk", "kind", "number", "name"):
        by_kind[kind].append((pk, number, name))
    for slug, found in by_kind.items():
        pk, number, name = found[0]
        by = names.get(first.member_id or 0, "")
        saying = record_given(by, kinds[slug].zh, kinds[slug].en, number, name, len(found))
        link = f"/records/{slug}/{pk}" if len(found) == 1 else f"/records/{slug}"
        yield Line(first.org_id, owner, "assigned", saying, f"record:{first.pk}:{slug}", first.at, link)
