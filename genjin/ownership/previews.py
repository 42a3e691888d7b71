"""What rules or a batch would do, before they do it. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from genjin.access.actor import Actor
from genjin.access.fields import concealed
from genjin.access.visible import visible
from genjin.customers.models import Customer
from genjin.customers.previews import cannot, open_of_owners
from genjin.customers.reaching import reach
from genjin.door.action import VERBS, demand
from genjin.lib import moment
from genjin.lib.errors import NotFound
from genjin.ownership.actions import choice_of, demand_rules
from genjin.ownership.models import AssignmentRule
from genjin.ownership.plan_actions import demand_reach, demand_usable, proposed, within
from genjin.ownership.planning import Team, living_rules, options_for, row_of, usable
from genjin.ownership.queries import demand_leader
from genjin.ownership.receivers import people_of
from genjin.ownership.rules import Dealer, Given, Limit, Person, Rule, is_away
from genjin.ownership.schemas import AssignIn, RuleIn

LOOKED_BACK = 100
_SHOWN = ("id", "name", "region", "source", "created_at")


def _dealer(actor: Actor, rules: Sequence[Rule], *, everywhere: bool = True) -> Dealer:
    ids = {pk for rule in rules for pk in (*rule.people, rule.last) if pk is not None}
    people, where = people_of(actor.org_id, ids), reach(actor)
    if where is not None and not everywhere:
        people = {pk: person for pk, person in people.items() if person.department_id in where}
    local = moment.now().astimezone(actor.zone)
    return Dealer(rules, people, local, local.date())


def preview_rules(actor: Actor, rules: Sequence[RuleIn]) -> dict[str, Any]:
    """What these rules would have done with the last hundred new customers, with today's loads and absences.

    Refused like saving them; rows are those that the actor may see. How much people of other departments hold
    and whether they are away is not told.
    """
    demand_leader(actor)
    team, old = Team(actor.org_id), living_rules(actor.org_id)
    rows = proposed(actor, rules, old)
    demand_usable(actor, rows, team)
    demand_reach(actor, old, rows, team)
    dealer = _dealer(actor, _usable_in_place(rows, team, actor))
    found = visible(actor, Customer).select_related("owner").order_by("-id")[:LOOKED_BACK]
    customers = sorted(found, key=lambda each: each.pk)
    given = [dealer.give(row_of(each)) for each in customers]
    at = {id(rule): place for place, rule in enumerate(dealer.rules)}
    where = reach(actor)
    silent = {place for place, row in enumerate(rows) if where is not None and not within(row, where, team)}
    by_rule = Counter(at[id(each.rule)] for each in given if each.rule is not None)
    by_person = Counter(each.member_id for each in given if each.member_id is not None)
    return {
        "total": len(customers),
        "nobody": sum(each.member_id is None for each in given),
        "without_region": sum(not each.region for each in customers),
        "rules": [by_rule.get(place, 0) for place in range(len(dealer.rules))],
        "people": [{"id": pk, "name": dealer.people[pk].name, "count": many} for pk, many in by_person.most_common()],
        "items": [
            _row(actor, *pair, at, dealer, silent) for pair in reversed(list(zip(customers, given, strict=True)))
        ],
    }


def _usable_in_place(rows: Sequence[AssignmentRule], team: Team, actor: Actor) -> list[Rule]:
    found = usable(rows, team, options_for(actor))
    assert len(found) == len(rows)
    return found


def _share(person: Person, many: int) -> dict[str, Any]:
    return {"id": person.id, "name": person.name, "count": many, "open": person.open}


def _row(
    actor: Actor, customer: Customer, given: Given, at: dict[int, int], dealer: Dealer, silent: set[int]
) -> dict[str, Any]:
    person = dealer.people.get(given.member_id or 0)
    place = at[id(given.rule)] if given.rule is not None else None
    zh, en = ("别的部门的规则", "a rule of another department") if place in silent else (given.zh, given.en)
    return {
        **concealed(actor, "customer", {slug: getattr(customer, slug) for slug in _SHOWN}),
        "rule": place,
        "member": {"id": person.id, "name": person.name} if person else None,
        "reason": {"zh": zh, "en": en},
        "owner": {"id": customer.owner_id, "name": customer.owner.name} if customer.owner else None,
    }


def preview_batch(actor: Actor, asked: AssignIn) -> dict[str, Any]:
    """Who would get how many, the ids that can be done, and the rows that cannot with the reason.

    403 without the right, 404 when the actor sees none of the rows. A constant number of statements.
    """
    verb = VERBS["customer.assign"]
    demand(actor, verb.name)
    wanted = list(dict.fromkeys(asked.ids))
    seen = {row.pk: row for row in visible(actor, Customer).filter(pk__in=wanted).select_related("owner")}
    if not seen:
        raise NotFound()
    may = set(visible(actor, Customer, act=verb.act).filter(pk__in=list(seen)).values_list("pk", flat=True))
    customers = [seen[pk] for pk in wanted if pk in may]
    dealer = _dealer(actor, _rules_of(actor, asked), everywhere=asked.by == "hand")
    given = [dealer.give(row_of(each), each.owner_id) for each in customers] if dealer.rules else []
    moving = [(each, to) for each, to in zip(customers, given, strict=False) if to.member_id != each.owner_id]
    by_person = Counter(to.member_id for _, to in moving if to.member_id is not None)
    return {
        "verb": "assign",
        "ids": [each.pk for each in customers],
        "cannot": [cannot(pk, seen.get(pk)) for pk in wanted if pk not in may],
        "counts": {"customer": len(customers)},
        "shares": [_share(dealer.people[pk], many) for pk, many in by_person.most_common()],
        "sentences": _sentences(customers, given, moving, dealer, asked),
        "button": {"zh": f"分配 {sum(by_person.values())} 家", "en": f"Assign {sum(by_person.values())}"},
    }


def _rules_of(actor: Actor, asked: AssignIn) -> list[Rule]:
    if asked.by == "hand":
        if not asked.member_ids:
            return []
        return [choice_of(actor, asked.member_ids, limit_of(asked), asked.otherwise)]
    rules = usable(living_rules(actor.org_id), Team(actor.org_id), options_for(actor))
    demand_rules(rules)
    return rules


def limit_of(asked: AssignIn) -> Limit | None:
    return Limit(asked.amount, asked.clock) if asked.amount else None


def _sentences(
    customers: Sequence[Customer],
    given: Sequence[Given],
    moving: Sequence[tuple[Customer, Given]],
    dealer: Dealer,
    asked: AssignIn,
) -> list[dict[str, str]]:
    said = []
    people = {pk: dealer.people[pk] for _, to in moving if (pk := to.member_id) is not None}
    if people:
        many = sum(to.member_id is not None for _, to in moving)
        along = open_of_owners([each.pk for each, to in moving if to.member_id is not None])
        zh, en = f"{many} 家分给 {len(people)} 人", f"{many} go to {len(people)} people"
        if along:
            zh, en = f"{zh}，原负责人 {along} 件没办完的待办跟着走", f"{en}; {along} open to-dos go along"
        said.append({"zh": zh, "en": en})
    same = sum(
        to.member_id is not None and to.member_id == each.owner_id for each, to in zip(customers, given, strict=False)
    )
    if same:
        said.append({"zh": f"另外 {same} 家本来就是他们的", "en": f"{same} more are theirs already"})
    nobody = sum(to.member_id is None for to in given)
    if nobody:
        said.append({"zh": f"{nobody} 家现在没有人能接，保持原样", "en": f"Nobody is free for {nobody}; they stay"})
    away = [each.name for each in people.values() if is_away(each, dealer.today)]
    if away:
        said.append({"zh": f"{'、'.join(away)}在休假", "en": f"{', '.join(away)} is away"})
    if asked.by == "hand" and (limit := limit_of(asked)) is not None and people:
        zh, en = limit.words
        late = ("转给下一位", "the next gets it") if asked.otherwise == "next" else ("退回给你", "it comes back to you")
        said.append({"zh": f"{zh}内没接手，{late[0]}", "en": f"Not taken over within {en}: {late[1]}"})
    return [*said, {"zh": "24 小时内可以撤销", "en": "It can be undone for 24 h"}]
