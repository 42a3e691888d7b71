"""Who hears of what others did: one notice a cause, in the transaction of the follower's cursor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Customer
from genjin.history.followers import follower
from genjin.history.models import Event
from genjin.notify import complaints, giving, handovers, mentions, requests, survey_mail, surveys, urging
from genjin.notify.actions import link_of, told_item
from genjin.notify.record_notices import GIVEN, records_given
from genjin.notify.rules import (
    COMMENT_GONE,
    MOST_EACH,
    Saying,
    assigned,
    handed_over,
    many_assigned,
    shared,
    taken_back,
)
from genjin.notify.steps import Line, put, reword, withdraw
from genjin.orgs.models import Membership, Organisation
from genjin.ownership.steps import BEGIN
from genjin.playbook.limit_steps import KIND as NODE_LIMIT

_GIVEN = ("agenda.added", "agenda.assigned", "agenda.planned")


@follower(
    "inbox",
    *_GIVEN,
    "customer.transferred",
    "customer.reverted",
    "customer.shared",
    "import.done",
    "record.assigned",
    "record.created",
    *giving.EVENTS,
    *mentions.EVENTS,
    *requests.EVENTS,
    *handovers.EVENTS,
    *complaints.EVENTS,
    *surveys.EVENTS,
    survey_mail.EVENT,
    urging.EVENT,
)
def tell(events: Sequence[Event]) -> None:
    """Write the notices of a batch of events (R-075, R-158, R-167, R-237)."""
    known = _Known(events)
    agenda = [event for event in events if event.name in _GIVEN and event.source != "import"]
    put(_assignments(agenda, known))
    put(_transfers([event for event in events if event.name == "customer.transferred"], known))
    put(_taken_back([event for event in events if event.name == "customer.reverted"], known))
    put(_shares([event for event in events if event.name == "customer.shared"], known))
    put(records_given([event for event in events if event.name in GIVEN and event.source != "import"], known.names))
    put(_imports([event for event in events if event.name == "import.done"]))
    put(giving.told([event for event in events if event.name in giving.EVENTS], known.names))
    put(requests.told([event for event in events if event.name in requests.EVENTS], known.names))
    put(handovers.told([event for event in events if event.name in handovers.EVENTS], known.names))
    put(complaints.told([event for event in events if event.name in complaints.EVENTS], known.names))
    put(surveys.told([event for event in events if event.name in surveys.EVENTS]))
    survey_mail.lay_out([event for event in events if event.name == survey_mail.EVENT])
    urged = [event for event in events if event.name == urging.EVENT]
    put(urging.told(urged, known.names, known.items, known.orgs))
    _spoken([event for event in events if event.name in mentions.EVENTS], known)


def _spoken(events: Sequence[Event], known: _Known) -> None:
    """Comments: told once, said anew when they were changed, silent when they were taken back (R-178)."""
    lines = list(mentions.spoken(events, known.names))
    put(lines)
    changed = {f"comment:{event.subject_id}" for event in events if event.name == "comment.updated"}
    for line in lines:
        if line.once in changed:
            reword(line)
    for comment in mentions.hushed(events):
        withdraw(comment.org_id, mentions.once_of(comment), mentions.hearers(comment), COMMENT_GONE)


class _Known:
    """What the sentences of one batch need, loaded once."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.orgs = Organisation.objects.in_bulk({event.org_id for event in events})
        self.names = dict(
            Membership.objects.filter(pk__in={event.member_id for event in events}).values_list("pk", "name")
        )
        self.items: dict[int, AgendaItem] = {
            item.pk: item
            for item in unscoped(AgendaItem, "worker")
            .filter(pk__in=_subjects(events, "agenda"), deleted_at__isnull=True)
            .select_related("customer")
        }
        self.customers: dict[int, str] = dict(
            unscoped(Customer, "worker")
            .filter(pk__in=_subjects(events, "customer"), deleted_at__isnull=True)
            .values_list("pk", "name")
        )

    def by(self, event: Event) -> str:
        return self.names.get(event.member_id or 0, "")


def _subjects(events: Sequence[Event], kind: str) -> set[int]:
    return {event.subject_id for event in events if event.subject_type == kind}


def _after(event: Event) -> dict[str, Any]:
    """What was so afterwards; empty when the person's data was erased."""
    found = event.data.data.get("after") if hasattr(event, "data") else None
    return found if isinstance(found, dict) else {}


def _comes_along(event: Event, item: AgendaItem) -> bool:
    """To take a customer over, what the plan put there, or what its node asks of its owner: he hears of the customer
    itself."""
    if event.name == "agenda.planned":
        return item.kind != NODE_LIMIT or (item.customer is not None and item.owner_id == item.customer.owner_id)
    return item.kind in BEGIN


def _assignments(events: Sequence[Event], known: _Known) -> Iterator[Line]:
    """New work from somebody else; much of it by one verb becomes one line."""
    groups: dict[tuple[str, int], list[Event]] = defaultdict(list)
    for event in events:
        item = known.items.get(event.subject_id)
        if item is not None and _comes_along(event, item):
            continue
        for member_id in _receivers(event, item) if item else ():
            if member_id != event.member_id:
                groups[event.cause, member_id].append(event)
    for (_, member_id), group in groups.items():
        first = group[0]
        item, org = known.items[first.subject_id], known.orgs[first.org_id]
        if len(group) > MOST_EACH:
            saying = many_assigned(known.by(first), len(group), told_item(item), org.zone)
            yield Line(org.pk, member_id, "assigned", saying, f"assigned:{first.pk}", first.at)
            continue
        for event in group:
            item = known.items[event.subject_id]
            saying = assigned(known.by(event), told_item(item), org.zone)
            once = f"assigned:{event.pk}"
            yield Line(org.pk, member_id, "assigned", saying, once, event.at, link_of(item))


def _receivers(event: Event, item: AgendaItem) -> list[int]:
    owner_id = _after(event).get("owner_id")
    if isinstance(owner_id, int):
        return [owner_id]
    if item.department_id is None:
        return []
    members = Membership.objects.filter(org_id=item.org_id, department_id=item.department_id, active=True)
    return list(members.order_by("pk").values_list("pk", flat=True))


def _transfers(events: Sequence[Event], known: _Known) -> Iterator[Line]:
    """Customers that changed hands, one line a verb."""
    groups: dict[tuple[str, int], list[Event]] = defaultdict(list)
    for event in events:
        owner_id = _after(event).get("owner_id")
        if isinstance(owner_id, int) and owner_id != event.member_id and event.subject_id in known.customers:
            groups[event.cause, owner_id].append(event)
    for (_, owner_id), group in groups.items():
        first = group[0]
        names = [known.customers[event.subject_id] for event in group]
        link = f"/customers/{first.subject_id}" if len(group) == 1 else "/customers"
        saying = handed_over(known.by(first), names, first.why)
        yield Line(first.org_id, owner_id, "transferred", saying, f"transferred:{first.pk}", first.at, link)


def _taken_back(events: Sequence[Event], known: _Known) -> Iterator[Line]:
    """Hand-overs that were undone: told to whoever had received them, one line a verb."""
    groups: dict[tuple[str, int], list[Event]] = defaultdict(list)
    for event in events:
        was = (event.data.data.get("before") or {}).get("owner_id") if hasattr(event, "data") else None
        if isinstance(was, int) and was != event.member_id and event.subject_id in known.customers:
            groups[event.cause, was].append(event)
    for (_, member_id), group in groups.items():
        first = group[0]
        saying = taken_back(known.by(first), [known.customers[event.subject_id] for event in group])
        yield Line(first.org_id, member_id, "transferred", saying, f"taken:{first.pk}", first.at, "/customers")


def _shares(events: Sequence[Event], known: _Known) -> Iterator[Line]:
    for event in events:
        member_id, name = _after(event).get("member_id"), known.customers.get(event.subject_id)
        if isinstance(member_id, int) and member_id != event.member_id and name is not None:
            link = f"/customers/{event.subject_id}"
            saying = shared(known.by(event), name, event.why)
            yield Line(event.org_id, member_id, "shared", saying, f"shared:{event.pk}", event.at, link)


def _imports(events: Sequence[Event]) -> Iterator[Line]:
    """A take-over has ended while its owner did something else."""
    for event in events:
        if event.member_id is None:
            continue
        rows = _after(event).get("rows", 0)
        saying = Saying(f"导入完成，写入 {rows} 行", f"Import finished, {rows} rows taken over")
        link = f"/import/{event.subject_id}"
        yield Line(event.org_id, event.member_id, "import", saying, f"import:{event.pk}", event.at, link)
