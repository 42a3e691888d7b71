"""The messages of climbed rungs: one line a to-do and reader, many of a minute bundled (R-075)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.door.change import Change, Happened
from genjin.notify.actions import link_of, told_item
from genjin.notify.rules import MOST_EACH, Climbed, Saying, climbed, many_climbed, many_reminders
from genjin.notify.steps import Line
from genjin.orgs.models import Organisation

_OWN = {"remind": "before", "alert": "overdue"}


def lines_of(change: Change, happened: Sequence[Happened]) -> Iterator[Line]:
    """What each reader gets of the rungs of one verb; of a row that climbed several at once only the last."""
    org = Organisation.objects.get(pk=change.actor.org_id)
    items = _items({each.subject_id for each in happened})
    last: dict[tuple[int, int], Happened] = {}
    for each in happened:
        if each.after["do"] == "reassign":  # who is asked gets a to-do, and is told of that
            continue
        for member_id in each.after["to"]:
            last.pop((member_id, each.subject_id), None)
            last[member_id, each.subject_id] = each
    bundles: dict[tuple[int, str], list[Happened]] = defaultdict(list)
    for (member_id, item_id), each in last.items():
        bundles[member_id, _kind(items[item_id], member_id, each)].append(each)
    for (member_id, kind), bundle in bundles.items():
        if len(bundle) > MOST_EACH:
            yield _together(change, org, member_id, kind, bundle, items)
            continue
        for each in bundle:
            item = items[each.subject_id]
            # By its deed and moment: the number of a rung is another one once the ball is with somebody else.
            once = f"climbed:{item.pk}:{item.due_at.isoformat()}:{each.after['do']}:{each.after['at']}"
            saying = _saying(item, member_id, each, org)
            yield Line(org.pk, member_id, kind, saying, once, change.now, link_of(item))


def _items(ids: set[int]) -> dict[int, AgendaItem]:
    rows = unscoped(AgendaItem, "step").filter(pk__among=list(ids)).select_related("customer", "owner")
    return {item.pk: item for item in rows}


def _is_mine(item: AgendaItem, member_id: int) -> bool:
    return item.owner_id in (member_id, None)


def _kind(item: AgendaItem, member_id: int, happened: Happened) -> str:
    own = _OWN.get(happened.after["do"])
    return own if own and _is_mine(item, member_id) else "escalated"


def _saying(item: AgendaItem, member_id: int, happened: Happened, org: Organisation) -> Saying:
    owner = item.owner.name if item.owner else ""
    after = happened.after
    rung = Climbed(after["do"], owner, _is_mine(item, member_id), after["instead"])
    return climbed(rung, told_item(item), org.zone)


def _together(
    change: Change,
    org: Organisation,
    member_id: int,
    kind: str,
    bundle: Sequence[Happened],
    items: Mapping[int, AgendaItem],
) -> Line:
    first = min(bundle, key=lambda each: (items[each.subject_id].due_at, each.subject_id))
    told, many = told_item(items[first.subject_id]), len(bundle)
    if kind == "escalated":
        saying = many_climbed(first.after["do"], many, told, org.zone)
    else:
        saying = many_reminders(kind, many, told, org.zone)
    return Line(org.pk, member_id, kind, saying, f"climbed:many:{kind}:{first.subject_id}:{change.cause}", change.now)
