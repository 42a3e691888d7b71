"""The demo organisation: a sales team with customers, records and a working day, made around `now`."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib.resources import files
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.access.queries import actor_of_member
from genjin.agenda.actions import add_todo
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Customer
from genjin.lib import moment
from genjin.lib.standard import read_yaml
from genjin.orgs.models import Department, Login, Membership, Organisation
from genjin.packs.demo_care import care_for
from genjin.packs.demo_contracts import sign_contracts
from genjin.packs.demo_forward import remember_days
from genjin.packs.demo_leads import bring_leads
from genjin.packs.demo_pools import fill_pools
from genjin.packs.demo_reviews import settle_reviews
from genjin.packs.demo_stories import HEROINE, Story, drawn_story, due_of, invented_stories, workday
from genjin.packs.demo_stuck import leave_stuck
from genjin.packs.demo_targets import aim
from genjin.packs.demo_telling import Team, play
from genjin.packs.demo_voices import ask_customers, hear_complaints
from genjin.packs.organisation import add_department, create_organisation, give_role
from genjin.people.demo_logins import LOGINS

DATA = files("genjin") / "packs" / "demo_data"
#: Fixed, so that two machines show the same demo.
SEED = 20260612
#: The team is older than its oldest record.
FOUNDED = timedelta(days=200)


def make_demo(now: datetime, scale: int = 1) -> None:
    """Make the demo organisation; does nothing when there is one.

    `now` (with a time zone) is the moment around which the agenda stands, `scale` multiplies the
    invented customers (1: about 120 customers and 600 records). All or nothing.
    """
    if Organisation.objects.filter(is_demo=True).exists():
        return
    with transaction.atomic():
        team = _hire(now)
        local = now.astimezone(team.org.zone)
        play(_stories(team, local, scale), team, local)
        settle_reviews(team.org, dict(team.actors), local)
        sign_contracts(team.org, team.actors, local)
        aim(_read("team.yaml"), team.actors, now)
        fill_pools(_read("pools.yaml"), _read("talk.yaml"), team, local)
        with moment.frozen(workday(local, 1, "17:30")):
            _assign(_read("today.yaml")["todos"], team, local)
        leave_stuck(team.org, team.actors, local)
        stuck = set(_limits(team.org).values_list("pk", flat=True))
        bring_leads(_read("leads.yaml"), team.org, team.actors, local)
        # What is on the agenda of the drawn day is to take the leads over; limits begin with who moves one on.
        _limits(team.org).exclude(pk__in=stuck).delete()
        voices = _read("voices.yaml")
        hear_complaints(voices["complaints"], team, local)
        ask_customers(voices["survey"], voices["answers"], team, local)
        care_for(_read("care.yaml"), team.org, team.actors, local)
        remember_days(team.org, now)


def _limits(org: Organisation) -> Any:
    return unscoped(AgendaItem, "demo").filter(org=org, kind="node_limit")


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = read_yaml(DATA / name)
    return found


def _hire(now: datetime) -> Team:
    """The organisation with its departments, people and fixed logins."""
    data = _read("team.yaml")
    first = next(each for each in LOGINS if each.role == "admin")
    boss = create_organisation(
        data["organisation"],
        account=first.account,
        password=first.password,
        person=first.name,
        now=now - FOUNDED,
        is_demo=True,
    )
    Membership.objects.filter(pk=boss.pk).update(guided=True)
    logins = _logins(now - FOUNDED)
    departments = {name: add_department(boss.org, name) for name in data["departments"]}
    people = {first.name: boss}
    for each in data["people"]:
        member = Membership.objects.create(
            org=boss.org,
            login=logins.get(each["name"]),
            department=_department(boss, departments, each),
            name=each["name"],
            guided=True,
        )
        give_role(member, each["role"])
        people[each["name"]] = member
    actors: dict[str, Actor] = {name: actor_of_member(member.pk) for name, member in people.items()}
    heads = {each["department"]: each["name"] for each in data["people"] if each["role"] == "supervisor"}
    share = {each["name"]: each["customers"] for each in data["people"] if each.get("customers")}
    chief = {each["name"]: heads[each["department"]] for each in data["people"] if each.get("customers")}
    return Team(boss.org, actors, chief, share, _read("objections.yaml"))


def _department(boss: Membership, departments: dict[str, Department], each: dict[str, Any]) -> Department | None:
    return departments[each["department"]] if "department" in each else boss.department


def _logins(at: datetime) -> dict[str, Login]:
    """The fixed logins but the administrator's. Their passwords are public, so they may share a hash."""
    hashes = {password: make_password(password) for password in {each.password for each in LOGINS}}
    return {
        each.name: Login.objects.create(account=each.account, password=hashes[each.password], password_at=at)
        for each in LOGINS
        if each.role != "admin"
    }


def _stories(team: Team, local: datetime, scale: int) -> list[Story]:
    """李晓雯's drawn customers, and invented ones for everybody who sells."""
    drawn = [drawn_story(each, HEROINE, local) for each in _read("today.yaml")["customers"]]
    taken = {story.name for story in drawn}
    return drawn + invented_stories(_read("talk.yaml"), team.share, local, Random(SEED), scale=scale, taken=taken)


def _assign(todos: list[dict[str, Any]], team: Team, local: datetime) -> None:
    """What the supervisor and the administrator have to do; put there by somebody of the team."""
    ids = dict(unscoped(Customer, "demo").filter(org=team.org).values_list("name", "id"))
    for each in todos:
        due_at, precision = due_of(each["due"], local)
        add_todo(
            team.actors[each["by"]],
            act=each["act"],
            due_at=due_at,
            precision=precision,
            customer_id=ids[each["customer"]] if "customer" in each else None,
            owner_id=team.actors[each["who"]].member_id,
            goal=each.get("goal", ""),
        )
