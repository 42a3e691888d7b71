"""What verbs and reactions share when customers are given out, taken over or passed on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from genjin.access.guard import unscoped
from genjin.access.reading import read_unscoped
from genjin.agenda.intake import close_items, insert_items, take_back_items
from genjin.agenda.models import OPEN, AgendaItem
from genjin.customers.models import Customer
from genjin.customers.steps import owned_by, root
from genjin.door.change import Change
from genjin.lib.time_limits import Deadline
from genjin.orgs.models import Membership
from genjin.orgs.queries import calendar_of
from genjin.ownership.models import AssignmentPlan, AssignmentRule, Receiver
from genjin.ownership.planning import Team, options_for, row_of, usable
from genjin.ownership.receivers import people_of
from genjin.ownership.rules import Dealer, Given, Limit, Person, Rule

TAKEUP = "takeup"
CLAIM = "claim"
#: What a new owner has to begin by some time: a customer given to him, or one that he took out of a pool.
BEGIN = (TAKEUP, CLAIM)
SOURCE = "assignment"
ACTS = {TAKEUP: "接手新客户", CLAIM: "首次联系领来的客户"}


@dataclass(frozen=True, slots=True)
class Placement:
    """One customer and who gets it; `had`: who had it before and did not take it over. `kind`: what his to-do is;
    `told` stands in the event."""

    customer: Customer
    given: Given
    had: tuple[int, ...] = ()
    kind: str = TAKEUP
    told: Mapping[str, Any] = field(default_factory=dict)


def dealer_of(change: Change, *, also: Collection[int] = (), within: Collection[int] | None = None) -> Dealer:
    """The dealer of the organisation's rules, which stay locked until the commit: turns are given out one
    change after the other. `also`: further members it must know; `within`: only people of these departments."""
    org_id = change.actor.org_id
    rows = AssignmentRule.objects.filter(org_id=org_id, removed_at__isnull=True)
    rules = usable(list(rows.order_by("pk").select_for_update()), Team(org_id), options_for(change.actor))
    known = {pk for rule in rules for pk in (*rule.people, rule.last) if pk is not None}
    people = people_of(org_id, known | set(also))
    if within is not None:
        people = {pk: person for pk, person in people.items() if person.department_id in within}
    return Dealer(rules, people, *_today(change))


def dealer_among(change: Change, rule: Rule) -> Dealer:
    """The dealer of one choice made by hand."""
    return Dealer([rule], people_of(change.actor.org_id, rule.people), *_today(change))


def _today(change: Change) -> tuple[datetime, date]:
    local = change.now.astimezone(change.actor.zone)
    return local, local.date()


def deal(change: Change, dealer: Dealer, customers: Sequence[Customer]) -> list[Placement]:
    """Who gets each of these customers; the rules' cursors are stored."""
    before = {rule.id: rule.last for rule in dealer.rules}
    dealt = [Placement(customer, dealer.give(row_of(customer), customer.owner_id)) for customer in customers]
    keep_cursors(dealer, before)
    return dealt


def keep_cursors(dealer: Dealer, before: Mapping[int | None, int | None]) -> None:
    """Store whom each rule gave to last, where it moved."""
    for rule in dealer.rules:
        if rule.id is not None and rule.last != before[rule.id]:
            AssignmentRule.objects.filter(pk=rule.id).update(last_member_id=rule.last)


def place(
    change: Change, placements: Sequence[Placement], people: Mapping[int, Person], *, why: str = "", quiet: bool = False
) -> list[Placement]:
    """Give customers to their new owners: columns, one event each, one to-do to take it over where there is a limit.

    `quiet` for customers that this very change made: they stay as new as they are. Returns those that moved.
    """
    wanted = []
    for each in placements:
        if each.given.member_id is not None:
            person = people[each.given.member_id]
            wanted.append((each.customer, owned_by(change, each.customer, person.id, person.department_id)))
    changed = change.save_many(wanted, quiet=quiet)
    moved = [each for each in placements if each.customer.pk in changed]
    ends = _ends(change, moved)
    for each in moved:
        _record(change, each, changed[each.customer.pk], people, ends, why)
    drop_takeups(change, [each.customer.pk for each in moved])
    insert_items(change, [_item(change, each, end) for each in moved if (end := ends[each.customer.pk])])
    return moved


def _ends(change: Change, placements: Sequence[Placement]) -> dict[int, Deadline | None]:
    calendar = calendar_of(change.actor.org_id, change.actor.config_version)
    known: dict[Limit | None, Deadline | None] = {None: None}
    for each in placements:
        limit = each.given.rule.limit if each.given.rule else None
        if limit is not None and limit not in known:
            known[limit] = limit.ends(change.now, calendar)
    return {each.customer.pk: known[each.given.rule.limit if each.given.rule else None] for each in placements}


def _record(
    change: Change,
    placement: Placement,
    pairs: Mapping[str, tuple[Any, Any]],
    people: Mapping[int, Person],
    ends: Mapping[int, Deadline | None],
    why: str,
) -> None:
    given, end = placement.given, ends[placement.customer.pk]
    assert given.member_id is not None
    rule = given.rule
    told = {
        "owner_id": given.member_id,
        "name": people[given.member_id].name,
        "rule": {"id": rule.id, "name": rule.name} if rule and rule.id else None,
        "reason": {"zh": given.zh, "en": given.en},
        "due_at": end.at if end else None,
        "late": bool(placement.had),
        **placement.told,
    }
    change.record(
        "customer.assigned",
        placement.customer,
        root=root(placement.customer),
        before={column: pair[0] for column, pair in pairs.items()},
        after={**{column: pair[1] for column, pair in pairs.items()}, **told},
        why=why,
    )


def _item(change: Change, placement: Placement, end: Deadline) -> AgendaItem:
    given = placement.given
    rule = given.rule
    assert rule is not None
    item = AgendaItem(
        customer_id=placement.customer.pk,
        kind=placement.kind,
        act=ACTS[placement.kind],
        owner_id=given.member_id,
        due_at=end.at,
        precision=end.precision,
        clock=rule.limit.clock if rule.limit else "hours",
        source_type=SOURCE,
        source_id=rule.id or 0,
        import_id=placement.customer.import_id,
        extra={"had": list(placement.had), **({} if rule.id else _by_hand(change, rule))},
    )
    change.stamp(item)
    return item


def _by_hand(change: Change, rule: Rule) -> dict[str, Any]:
    """What the to-do of a hand-made assignment must remember, for want of a rule."""
    assert rule.limit is not None
    return {
        "people": list(rule.people),
        "amount": rule.limit.amount,
        "clock": rule.limit.clock,
        "otherwise": rule.otherwise,
        "by": change.actor.member_id,
    }


def takeups(customer_ids: Sequence[int], *, kinds: Sequence[str] = (TAKEUP,), **conditions: Any) -> list[AgendaItem]:
    """Open to-dos to take these customers over, or to begin with them, locked. Most contacts find none, which costs
    one quick look."""
    where = OPEN & Q(customer_id__among=customer_ids, kind__among=list(kinds), **conditions)
    ids = [pk for (pk,) in read_unscoped(AgendaItem, "step", ("id",), where, steady=True)]
    if not ids:
        return []
    rows = unscoped(AgendaItem, "step").filter(OPEN, pk__in=ids)
    return list(rows.order_by("pk").select_for_update(of=("self",)))


def drop_takeups(change: Change, customer_ids: Sequence[int]) -> None:
    """Take open to-dos off the agenda of those who are not the owner (any more)."""
    if not customer_ids:
        return
    stale = unscoped(AgendaItem, "step").filter(OPEN, customer_id__in=customer_ids, kind__in=BEGIN)
    owners = dict(unscoped(Customer, "step").filter(pk__in=customer_ids).values_list("pk", "owner_id"))
    items = [item for item in stale.order_by("pk") if owners.get(item.customer_id or 0) != item.owner_id]
    take_back_items(change, items)


def taken_up(change: Change, items: Sequence[AgendaItem], how: str) -> None:
    """The owner has begun: his to-do is done and the log says so."""
    close_items(change, items)
    customers = unscoped(Customer, "step").in_bulk([item.customer_id for item in items])
    for item in items:
        customer = customers[item.customer_id or 0]
        after = {"member_id": item.owner_id, "how": how}
        change.record("customer.taken_up", customer, root=root(customer), after=after)


def keep_rules(
    change: Change,
    plan: AssignmentPlan,
    old: Sequence[AssignmentRule],
    new: Sequence[AssignmentRule],
    *,
    on: bool,
) -> None:
    """Store the rules in their new order; those that are gone keep their rows, but hold no department any more."""
    kept = {row.pk for row in new if row.pk}
    for row in old:
        if row.pk not in kept:
            row.removed_at, row.department = change.now, None
            row.save(update_fields=["removed_at", "department"])
    for row in new:
        row.save()
    plan.on, plan.version = on, plan.version + 1
    plan.save(update_fields=["on", "version"])


def receiver_of(org_id: int, member: Membership) -> Receiver:
    """A member's limits, locked; made when he has none."""
    return Receiver.objects.select_for_update().get_or_create(org_id=org_id, member=member)[0]


def keep_receiver(row: Receiver, values: Mapping[str, Any]) -> None:
    row.away_until, row.most_open = values["away_until"], values["most_open"]
    row.save(update_fields=["away_until", "most_open"])
