"""The demo's rules of assignment, the leads that came in by them, and requests to a colleague."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.customers.actions import create_customer
from genjin.customers.models import Customer
from genjin.lib import moment
from genjin.orgs.models import Department, Organisation
from genjin.ownership.actions import take_up
from genjin.ownership.help_actions import answer_request, ask_back, ask_for_help
from genjin.ownership.plan_actions import save_rules
from genjin.ownership.schemas import RuleIn
from genjin.packs.demo_stories import due_of, workday


def bring_leads(data: Mapping[str, Any], org: Organisation, actors: Mapping[str, Actor], local: datetime) -> None:
    """Make the rules, let the leads arrive at their moments and be taken over, and ask for help."""
    boss = next(actor for actor in actors.values() if "admin" in actor.grants.roles)
    departments = dict(Department.objects.filter(org=org).values_list("name", "id"))
    for lead in data["waiting"]:
        with moment.frozen(workday(local, 5, "16:30")):
            _arrive(boss, lead)
    with moment.frozen(workday(local, 5, "17:00")):
        save_rules(boss, version=0, on=True, rules=[_rule(each, actors, departments) for each in data["rules"]])
    for lead in data["leads"]:
        with moment.frozen(workday(local, *lead["at"])):
            pk = _arrive(boss, lead)
        if "taken" in lead:
            owner = unscoped(Customer, "demo").values_list("owner__name", flat=True).get(pk=pk)
            with moment.frozen(workday(local, *lead["taken"])):
                take_up(actors[owner], pk)
    for each in data["help"]:
        _request(each, org, actors, local)


def _request(each: Mapping[str, Any], org: Organisation, actors: Mapping[str, Actor], local: datetime) -> None:
    """A request to a colleague of another department, and what went to and fro since."""
    pk, owner = unscoped(Customer, "demo").values_list("pk", "owner__name").get(org=org, name=each["customer"])
    due_at, precision = due_of(each["due"], local)
    asker, helper = actors[owner], actors[each["who"]]
    with moment.frozen(workday(local, *each["at"])):
        told = {name: each[name] for name in ("kind", "question", "background", "expectation")}
        asked = ask_for_help(asker, pk, due_at=due_at, precision=precision, helper_id=helper.member_id, **told)
    if "back" in each:
        with moment.frozen(workday(local, *each["back"]["at"])):
            ask_back(helper, asked["id"], question=each["back"]["question"])
    if "answer" in each:
        with moment.frozen(workday(local, *each["answer"]["at"])):
            answer_request(helper, asked["id"], answer=each["answer"]["text"])


def _arrive(boss: Actor, lead: Mapping[str, Any]) -> int:
    values = {key: lead[key] for key in ("name", "source", "region", "industry")}
    contact = {"name": lead["contact"], "phone": lead["phone"]}
    made = create_customer(boss, values=values, contact=contact, confirm_duplicate=True, assign="rules")
    return int(made["id"])


def _rule(each: Mapping[str, Any], actors: Mapping[str, Actor], departments: Mapping[str, int]) -> RuleIn:
    named = {
        "member_ids": [actors[name].member_id for name in each.get("people", ())],
        "department_id": departments[each["department"]] if "department" in each else None,
    }
    plain = {key: value for key, value in each.items() if key not in ("people", "department")}
    return RuleIn.model_validate({**plain, **named})
