"""The verb that changes the rules of assignment as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from genjin.access.actor import Actor
from genjin.customers.reaching import reach
from genjin.door.action import action
from genjin.door.change import Change
from genjin.lib.errors import Conflict, Forbidden, Invalid
from genjin.ownership.models import AssignmentPlan, AssignmentRule
from genjin.ownership.planning import Team, living_rules, named, options_for, wrong_with
from genjin.ownership.schemas import RuleIn
from genjin.ownership.steps import keep_rules

Reply = dict[str, Any]
#: What an editor may set; position and cursor are kept apart.
COLUMNS = ("name", "condition", "way", "department_id", "member_ids", "most_open", "amount", "clock", "otherwise")


@action("assignment.rules", "改分配规则", "change the rules of assignment")
def save_rules(change: Change, *, version: int, on: bool, rules: Sequence[RuleIn]) -> Reply:
    """All rules at once, in their order. Refuses with the place what cannot be used, 409 when somebody was
    faster, 403 what reaches beyond the departments that the actor leads."""
    plan = _locked(change, version)
    old = living_rules(change.actor.org_id, lock=True)
    new = proposed(change.actor, rules, old)
    team = Team(change.actor.org_id)
    demand_usable(change.actor, new, team)
    demand_reach(change.actor, old, new, team, switched=plan.on != on)
    before = {"on": plan.on, "rules": [shape(row) for row in old]}
    keep_rules(change, plan, old, new, on=on)
    change.record("assignment.changed", plan, before=before, after={"on": on, "rules": [shape(row) for row in new]})
    return {"version": plan.version}


def _locked(change: Change, version: int) -> AssignmentPlan:
    """The plan as the editor knew it; the first one is made here."""
    org_id = change.actor.org_id
    plan = AssignmentPlan.objects.select_for_update().filter(org_id=org_id).first()
    if plan is None and version == 0:
        try:
            with transaction.atomic():
                return AssignmentPlan.objects.create(org_id=org_id, version=0)
        except IntegrityError:
            plan = AssignmentPlan.objects.select_for_update().get(org_id=org_id)
    if plan is None or plan.version != version:
        raise Conflict(
            "刚有人改过分配规则，看过再改",
            "Somebody has just changed the rules; look at them first",
            extra={"version": plan.version if plan else 0},
        )
    return plan


def proposed(actor: Actor, rules: Sequence[RuleIn], old: Sequence[AssignmentRule]) -> list[AssignmentRule]:
    """The rules as rows that are not saved: known ones keep their id and cursor."""
    known = {row.pk: row for row in old}
    found: list[AssignmentRule] = []
    for at, rule in enumerate(rules):
        if rule.id is not None and (rule.id not in known or rule.id in {row.pk for row in found}):
            raise Invalid(
                "规则已经删掉了，重新打开再改", "The rule is gone; open the page again", field=f"rules.{at}.id"
            )
        row = AssignmentRule(org_id=actor.org_id, position=at, pk=rule.id)
        if rule.id is not None:
            row.last_member_id = known[rule.id].last_member_id
            row._state.adding = False
        for column, value in rule.model_dump(exclude={"id"}).items():
            setattr(row, column, value)
        row.member_ids = list(dict.fromkeys(rule.member_ids)) if rule.department_id is None else []
        row.condition = rule.condition or None
        found.append(row)
    return found


def demand_usable(actor: Actor, rules: Sequence[AssignmentRule], team: Team) -> None:
    """Refuse the first rule that cannot be used, naming its place."""
    options = options_for(actor)
    for at, row in enumerate(rules):
        if not row.name.strip():
            raise Invalid(f"第 {at + 1} 条规则没有名字", f"Rule {at + 1} has no name", field=f"rules.{at}.name")
        wrong = wrong_with(row, team, options, actor, last=at == len(rules) - 1)
        if wrong is not None:
            zh, en = named(at, row.name, wrong)
            raise Invalid(zh, en, field=f"rules.{at}", code="rule")


def shape(row: AssignmentRule) -> dict[str, Any]:
    return {"id": row.pk, **{column: getattr(row, column) for column in COLUMNS}}


def demand_reach(
    actor: Actor, old: Sequence[AssignmentRule], new: Sequence[AssignmentRule], team: Team, *, switched: bool = False
) -> None:
    """Who leads some departments changes rules that give to them only, and none of his comes before those of others."""
    where = reach(actor)
    if where is None:
        return
    before = {row.pk: row for row in old}
    foreign = [row.pk for row in old if not within(row, where, team)]
    touched = [
        row
        for row in new
        if (row.pk in foreign or not within(row, where, team))
        and not (row.pk in before and shape(row) == shape(before[row.pk]))
    ]
    if switched or touched or [row.pk for row in new if row.pk in foreign] != foreign:
        name = f"“{touched[0].name}”" if touched else ""
        raise Forbidden(
            f"{name}管到别的部门，找管理员改",
            f"{name or 'This'} reaches beyond your departments; ask the administrator",
        )
    for at, row in enumerate(new[:-1]):
        stands = _own_before(new, at, foreign)
        if row.pk in foreign and not stands.items() <= _own_before(old, old.index(before[row.pk]), foreign).items():
            raise Forbidden(
                f"你的规则排在“{row.name}”后面，才不会截走别人的客户",
                f"Your rules stand behind “{row.name}”, so that they take nobody's customers",
            )


def _own_before(rows: Sequence[AssignmentRule], at: int, foreign: Sequence[int]) -> Mapping[int | None, str]:
    """The rules of one's own before a place, with their conditions."""
    return {row.pk: repr(row.condition) for row in rows[:at] if row.pk not in foreign}


def within(row: AssignmentRule, where: frozenset[int], team: Team) -> bool:
    if row.department_id is not None:
        return row.department_id in where
    return all(team.members.get(pk, ("", None, False))[1] in where for pk in row.member_ids)
