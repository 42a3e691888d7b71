"""What becomes of customers that nobody took over in time: the next person, or back (R-167)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from genjin.agenda.models import AgendaItem
from genjin.customers.models import Customer
from genjin.customers.steps import root
from genjin.door.change import Change
from genjin.orgs.models import Membership
from genjin.ownership.models import AssignmentRule
from genjin.ownership.receivers import supervisors_of
from genjin.ownership.rules import Dealer, Limit, Rule
from genjin.ownership.steps import Placement, dealer_of, drop_takeups, keep_cursors, place

Late = tuple[Customer, AgendaItem]


def pass_on(change: Change, customers: Mapping[int, Customer], items: Sequence[AgendaItem]) -> dict[str, int]:
    """Each customer of these overdue to-dos goes to the next of its rule who has not had it, or back to whoever
    assigns in its department. One change: a worker that dies in it has done nothing."""
    also = {pk for item in items for pk in (*item.extra.get("people", ()), item.owner_id) if pk is not None}
    dealer = dealer_of(change, also=also)
    before = {rule.id: rule.last for rule in dealer.rules}
    names = dict(Membership.objects.filter(pk__in=also).values_list("pk", "name"))
    removed = _removed(change, items, dealer)
    placements: list[Placement] = []
    back: list[tuple[Late, str, str]] = []
    for item in items:
        customer = customers[item.customer_id or 0]
        rule = _rule_of(item, dealer)
        had = (*item.extra.get("had", ()), item.owner_id or 0)
        zh, en = _late(item, names.get(item.owner_id or 0, ""), rule or removed.get(item.source_id or 0))
        given = dealer.among(rule, had, customer.owner_id) if rule is not None and rule.otherwise == "next" else None
        if given is not None and given.member_id is not None:
            told = replace(given, zh=f"{zh}；{given.zh}", en=f"{en}; {given.en}")
            placements.append(Placement(customer, told, had))
        else:
            back.append(((customer, item), zh, en))
    keep_cursors(dealer, before)
    place(change, placements, dealer.people)
    _send_back(change, back)
    return {"passed": len(placements), "back": len(back)}


def _rule_of(item: AgendaItem, dealer: Dealer) -> Rule | None:
    """The rule that gave it, or the choice made by hand; None when that rule is gone."""
    if item.source_id:
        return next((rule for rule in dealer.rules if rule.id == item.source_id), None)
    kept = item.extra
    limit = Limit(kept["amount"], kept["clock"])
    return Rule(None, "", "hand", tuple(kept["people"]), None, item.owner_id, None, limit, kept["otherwise"])


def _removed(change: Change, items: Sequence[AgendaItem], dealer: Dealer) -> dict[int, Rule]:
    """Rules that were taken away since: their customers go back, in words of their old limit."""
    gone = {item.source_id for item in items if item.source_id} - {rule.id for rule in dealer.rules}
    if not gone:
        return {}
    rows = AssignmentRule.objects.filter(org_id=change.actor.org_id, pk__in=gone, amount__isnull=False)
    return {row.pk: Rule(row.pk, row.name, row.way, (), limit=Limit(row.amount or 1, row.clock)) for row in rows}


def _late(item: AgendaItem, name: str, rule: Rule | None) -> tuple[str, str]:
    zh, en = rule.limit.words if rule and rule.limit else ("限时内", "time")
    return f"{name} {zh}没接手", f"{name} did not take it over within {en}"


def _send_back(change: Change, back: Sequence[tuple[Late, str, str]]) -> None:
    """Nobody's again, in its department; whoever assigns there is told."""
    changed = change.save_many(
        [(customer, {"owner_id": None, "owned_at": None, "returns_on": None}) for (customer, _), _, _ in back]
    )
    places = {customer.department_id for (customer, item), _, _ in back if not item.extra.get("by")}
    leaders = {place: supervisors_of(change.actor.org_id, place) for place in places}
    for (customer, item), zh, en in back:
        pairs = changed.get(customer.pk)
        if not pairs:
            continue
        told = [item.extra["by"]] if item.extra.get("by") else leaders[customer.department_id]
        change.record(
            "customer.sent_back",
            customer,
            root=root(customer),
            before={"owner_id": pairs["owner_id"][0]},
            after={"owner_id": None, "reason": {"zh": zh, "en": en}, "told": told, "late": True},
        )
    drop_takeups(change, [customer.pk for (customer, _), _, _ in back])
