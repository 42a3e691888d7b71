"""From stored or proposed rules to those the dealer works with; what is wrong with them, said for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from genjin.access.actor import Actor
from genjin.customers.fields import CUSTOMER
from genjin.customers.models import Customer
from genjin.lib.filters import Expression, FilterError, Kind, comparisons, parse
from genjin.orgs.models import Department, Membership
from genjin.ownership.models import AssignmentPlan, AssignmentRule
from genjin.ownership.receivers import reps_of
from genjin.ownership.rules import Limit, Rule
from genjin.people.department_queries import holds_departments
from genjin.schema.queries import Options, options_of
from genjin.schema.sql import filterable

#: A new customer has neither yet.
_NOT_ASKED = frozenset({"owner", "department"})
Wrong = tuple[str, str]


def fields_asked(actor: Actor | None = None) -> dict[str, Kind]:
    """Slug → kind of the fields a condition may name; one hidden from the actor is not there."""
    hidden = actor.grants.fields.get("customer", {}) if actor else None
    return {slug: kind for slug, kind in filterable(CUSTOMER, hidden).items() if slug not in _NOT_ASKED}


def row_of(customer: Customer) -> dict[str, Any]:
    """A customer's values by slug, as conditions are judged on them."""
    return {slug: getattr(customer, CUSTOMER.by_slug[slug].db) for slug in fields_asked()}


class Team:
    """The people and departments that rules may name, read once for all rules."""

    def __init__(self, org_id: int) -> None:
        self.reps = reps_of(org_id)
        rows = Department.objects.filter(org_id=org_id).order_by("id").values_list("id", "name", "path")
        self.departments = {pk: name for pk, name, _path in rows}
        self._paths = {pk: f"{path}{pk}/" for pk, _name, path in rows}
        members = Membership.objects.filter(org_id=org_id).values_list("id", "name", "department_id", "active")
        self.members = {pk: (name, department, active) for pk, name, department, active in members}

    def of(self, department_id: int) -> list[int]:
        """The reps of a department and of those below it."""
        below = [each for each, path in self._paths.items() if f"/{department_id}/" in path]
        return [pk for each in below for pk in self.reps.get(each, [])]

    def people(self, rule: AssignmentRule) -> tuple[int, ...]:
        """Whom a rule gives to, in order: only those who are still here."""
        if rule.department_id is not None:
            return tuple(self.of(rule.department_id))
        return tuple(pk for pk in rule.member_ids if self.members.get(pk, ("", None, False))[2])


def condition_of(raw: Any, options: Options, actor: Actor | None = None) -> tuple[Expression | None, Wrong | None]:
    """The condition, and what is wrong with it: an unknown field, an option that is none or retired."""
    if raw is None or raw == {}:
        return None, None
    try:
        found = parse(raw, fields_asked(actor))
    except FilterError as error:
        return None, (error.zh, error.en)
    for test in comparisons(found):
        field = CUSTOMER.by_slug[test.field]
        choices = options.get(field.options or "", {})
        for key in test.value if isinstance(test.value, tuple) else (test.value,):
            choice = choices.get(str(key))
            if test.kind is not Kind.OPTION or key is None:
                continue
            if choice is None:
                return found, (f"“{field.zh}”没有“{key}”这个选项", f"“{key}” is no option of {field.en}")
            if choice.retired:
                return found, (
                    f"“{field.zh}”的选项“{choice.zh}”已停用，换一个",
                    f"The option “{choice.en}” of {field.en} is retired; choose another",
                )
    return found, None


def wrong_with(rule: AssignmentRule, team: Team, options: Options, actor: Actor | None, *, last: bool) -> Wrong | None:
    """The first thing wrong with a rule, None when it can be used. `last`: it catches the rest."""
    wrong = condition_of(rule.condition, options, actor)[1]
    if wrong is not None:
        return wrong
    if not last and rule.condition in (None, {}):
        return "没有条件的规则只能放在最后，它管其余所有客户", "Only the last rule may stand without a condition"
    if last and rule.condition not in (None, {}):
        return "最后一条管其余所有客户，不能带条件", "The last rule catches the rest and has no condition"
    if rule.department_id is not None:
        name = team.departments.get(rule.department_id)
        if name is None:
            return "部门不在团队里", "The department is not in the team"
        if rule.way == "fixed":
            return "“固定给”要选人，不能选部门", "“Always to” needs a person, not a department"
        return (
            None
            if team.of(rule.department_id)
            else (f"“{name}”里没有能接客户的人", f"Nobody in {name} takes customers")
        )
    if not rule.member_ids:
        return "没有选谁来接，选人或者选一个部门", "Nobody is chosen; name people or a department"
    strangers = [pk for pk in rule.member_ids if pk not in team.members]
    if strangers:
        return "选的人不在团队里", "Somebody chosen is not in the team"
    if not team.people(rule):
        names = "、".join(team.members[pk][0] for pk in rule.member_ids)
        return f"选的人都停用了：{names}", "Everybody chosen has been switched off"
    return None


def usable(rows: Sequence[AssignmentRule], team: Team, options: Options) -> list[Rule]:
    """Rules as the dealer takes them, in order; one whose field has vanished is left out, not guessed."""
    found = []
    for row in sorted(rows, key=lambda each: each.position):
        condition, wrong = condition_of(row.condition, options)
        if wrong is not None and condition is None:
            continue
        limit = Limit(row.amount, row.clock) if row.amount else None
        found.append(
            Rule(
                row.pk,
                row.name,
                row.way,
                team.people(row),
                condition,
                row.last_member_id,
                row.most_open,
                limit,
                row.otherwise,
            )
        )
    return found


def living_rules(org_id: int, *, lock: bool = False) -> list[AssignmentRule]:
    """The rules in their order; locked, nobody deals by them meanwhile and their cursors stay."""
    rows = AssignmentRule.objects.filter(org_id=org_id, removed_at__isnull=True).order_by("id")
    return sorted(rows.select_for_update() if lock else rows, key=lambda each: each.position)


@holds_departments
def rules_naming(department: Department) -> Wrong | None:
    """The rules that give to a department by name: it stays as long as they do."""
    rows = AssignmentRule.objects.filter(department=department, removed_at__isnull=True).order_by("position", "id")
    names = list(rows.values_list("name", flat=True))
    if not names:
        return None
    return f"{len(names)} 条分配规则（{'、'.join(names)}）分给它", f"{len(names)} rules give to it ({', '.join(names)})"


def is_on(org_id: int) -> bool:
    """Whether new customers without an owner are assigned by rules."""
    return AssignmentPlan.objects.filter(org_id=org_id, on=True).exists()


def options_for(actor: Actor) -> Options:
    return options_of(actor.org_id, actor.config_version)


def named(at: int, name: str, wrong: Wrong) -> Wrong:
    """第 2 条“华东”：…"""
    zh, en = wrong
    return f"第 {at + 1} 条“{name}”：{zh}", f"Rule {at + 1} “{name}”: {en}"
