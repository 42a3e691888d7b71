"""Verbs of assignment: by hand or by rules, taking over, passing on, and who can receive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from genjin.access.actor import Actor
from genjin.customers.batch_actions import names_of
from genjin.customers.models import Customer
from genjin.customers.reaching import demand_within, reach
from genjin.door.action import action, action_on, action_on_many
from genjin.door.change import Change, plain
from genjin.lib.errors import Conflict, Forbidden, Invalid, NotFound
from genjin.orgs.models import Membership
from genjin.ownership.passing import pass_on
from genjin.ownership.receivers import people_of
from genjin.ownership.rules import Limit, Rule
from genjin.ownership.steps import (
    deal,
    dealer_among,
    dealer_of,
    keep_receiver,
    place,
    receiver_of,
    taken_up,
    takeups,
)

Reply = dict[str, Any]


@action_on_many(Customer, "customer.assign", "分配客户", "assign customers")
def assign(
    change: Change,
    customers: list[Customer],
    *,
    by: str,
    member_ids: Sequence[int] = (),
    limit: Limit | None = None,
    otherwise: str = "back",
    why: str = "",
) -> Reply:
    """Give a batch by the rules, or by hand to the named members evenly; can be undone for 24 h (R-167).

    Refuses the whole batch when one row is not the actor's to change. Customers for whom nobody is free stay.
    """
    if by == "hand":
        dealer = dealer_among(change, choice_of(change.actor, member_ids, limit, otherwise))
    else:
        dealer = dealer_of(change, within=reach(change.actor))
        demand_rules(dealer.rules)
    zh, en = names_of(customers)
    change.begin_batch(f"分配 {zh}", f"Assigned {en}", len(customers))
    dealt = deal(change, dealer, customers)
    moved = place(change, dealt, dealer.people, why=why)
    nobody = [each for each in dealt if each.given.member_id is None]
    return {
        "assigned": len(moved),
        "nobody": [{"id": each.customer.pk, "zh": each.given.zh, "en": each.given.en} for each in nobody],
        "batch": change.batch,
    }


def demand_rules(rules: Sequence[Rule]) -> None:
    if not rules:
        raise Invalid(
            "还没有分配规则，先设规则或者选人", "There are no rules yet; make some or choose people", field="by"
        )


def choice_of(actor: Actor, member_ids: Sequence[int], limit: Limit | None, otherwise: str) -> Rule:
    """People chosen by hand, the one with the fewest customers first; refuses nobody, strangers, and members of
    other departments than the actor's own and those below."""
    if not member_ids:
        raise Invalid("没有选分给谁", "Nobody is chosen", field="member_ids")
    people = people_of(actor.org_id, member_ids)
    if set(people) != set(member_ids):
        raise Invalid("选的人不在团队里，或者已停用", "Somebody chosen is not in the team", field="member_ids")
    demand_within(actor, people.values())
    order = sorted(dict.fromkeys(member_ids), key=lambda pk: people[pk].open)
    return Rule(None, "", "hand", tuple(order), limit=limit, otherwise=otherwise)


@action_on(Customer, "customer.take_up", "接手客户", "take the customer over")
def take_up(change: Change, customer: Customer) -> Reply:
    """The new owner says that he has begun. 409 when nothing waits for him any more."""
    if customer.owner_id != change.actor.member_id:
        raise Forbidden("这家分给了别人，由他来接手", "It was given to somebody else, who takes it over")
    items = takeups([customer.pk], owner_id=change.actor.member_id)
    if not items:
        raise Conflict("已经接手了", "It has been taken over already", code="done")
    taken_up(change, items, "button")
    return {"id": customer.pk, "at": plain(change.now)}


@action_on_many(Customer, "assignment.pass_on", "转给下一位", "pass customers on")
def pass_on_late(change: Change, customers: list[Customer]) -> Reply:
    """The worker's verb: what is still waiting past its time moves on. Repeatable."""
    ids = [each.pk for each in customers]
    items = takeups(ids, due_at__lte=change.now)
    return dict(pass_on(change, {each.pk: each for each in customers}, items))


@action("assignment.away", "设置接客户", "say who receives customers")
def set_receiver(change: Change, member_id: int, *, values: Mapping[str, Any]) -> Reply:
    """Until when a member is away (`away_until`) and how many open customers he may hold (`most_open`).

    Everybody may say so of himself, but not how many; a supervisor of those in his departments.
    """
    member = Membership.objects.filter(org_id=change.actor.org_id, pk=member_id, active=True).first()
    where = reach(change.actor)
    leads = change.actor.may("assignment.rules") and (
        where is None or (member is not None and member.department_id in where)
    )
    if member is None or not (leads or member.pk == change.actor.member_id):
        raise NotFound()
    away_until: date | None = values.get("away_until")
    if away_until is not None and away_until < change.now.astimezone(change.actor.zone).date():
        raise Invalid("休假结束的日子已经过了", "That day has passed", field="away_until")
    row = receiver_of(change.actor.org_id, member)
    before = {"away_until": row.away_until, "most_open": row.most_open}
    if values.get("most_open", row.most_open) != row.most_open and not leads:
        raise Forbidden("最多接几家由主管来定", "How many at most is for the supervisor to say")
    keep_receiver(row, {**before, **values})
    after = {"away_until": row.away_until, "most_open": row.most_open}
    change.record("receiver.updated", row, before=before, after=after)
    return {"id": member.pk, "away_until": plain(row.away_until), "most_open": row.most_open}
