"""The demo's care: plans, birthdays, what was done of them in the last weeks, and two gatherings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.agenda.models import OPEN, AgendaItem
from genjin.care.actions import do_care, skip_care
from genjin.care.community_actions import add_community, add_participants
from genjin.care.models import PLANNED, CareItem
from genjin.care.plan_actions import save_plans, shape
from genjin.care.plans import living_plans, table_of
from genjin.care.schemas import CarePlanIn, LimitsIn
from genjin.care.steps import SOURCE
from genjin.care.tasks import make_tonight
from genjin.customers.models import LIVING, Contact, Customer
from genjin.lib import moment
from genjin.lib.lunar import in_words, lunar_of
from genjin.orgs.models import Organisation
from genjin.packs.demo_stories import HEROINE

SEED = 1212
#: So long ago the plans began.
BEGAN = timedelta(days=42)
#: Work of the next days belongs to the drawn day of the heroine.
CLEAR = timedelta(days=2)


def care_for(data: Mapping[str, Any], org: Organisation, actors: Mapping[str, Actor], local: datetime) -> None:
    """Lay the plans, let six weeks of nights go by, and do most of what became due. `local` is aware."""
    boss = next(actor for actor in actors.values() if "admin" in actor.grants.roles)
    begun, dice = local - BEGAN, Random(SEED)
    with moment.frozen(begun):
        plans = [CarePlanIn.model_validate(shape(row)) for row in living_plans(org.pk)]
        more = [CarePlanIn.model_validate(each) for each in data["plans"]]
        save_plans(boss, version=table_of(org.pk).version, limits=LimitsIn(), plans=[*more, *plans])
    _birthdays(org, local.date(), dice)
    won = unscoped(Customer, "demo").filter(LIVING, org=org, life_cycle="signed").order_by("pk")
    for at, customer in enumerate(won):
        customer.won_at = local - timedelta(days=9 + 23 * at)
        customer.save(update_fields=["won_at"])
    with moment.frozen(begun):
        make_tonight(org.pk)
    _done(org, actors, local, data, dice)
    with moment.frozen(local):
        make_tonight(org.pk)
    _clear(org, actors, local, data)
    _gather(org, actors, local, data)


def _birthdays(org: Organisation, today: date, dice: Random) -> None:
    """Some people have told theirs, every third by the lunar calendar."""
    people = list(unscoped(Contact, "demo").filter(LIVING, org=org, customer__owner__isnull=False).order_by("pk"))
    for at, person in enumerate(people[::4]):
        on = today + timedelta(days=5 + dice.randrange(330) if at > 8 else 4 + 5 * at)
        lunar = lunar_of(on)
        person.birthday = in_words(lunar)[0] if at % 3 == 0 else f"{1972 + at % 22}-{on:%m-%d}"
        person.save(update_fields=["birthday"])


def _done(
    org: Organisation, actors: Mapping[str, Actor], local: datetime, data: Mapping[str, Any], dice: Random
) -> None:
    """Most of what was due is done, some is left out with a reason, a little is late."""
    names = {actor.member_id: name for name, actor in actors.items()}
    due = Q(due_on__lt=local.date(), owner__isnull=False)
    for item in unscoped(CareItem, "demo").filter(PLANNED, due, org=org).order_by("due_on", "pk"):
        name = names.get(item.owner_id)
        share = dice.random()
        if name is None or (share > 0.94 and name != HEROINE):
            continue
        at = datetime.combine(item.due_on, local.time().replace(hour=9, minute=20), local.tzinfo)
        with moment.frozen(min(at, local)):
            if 0.88 < share <= 0.94:
                skip_care(actors[name], item.pk, why=dice.choice(data["reasons"]))
            else:
                _do(actors[name], item, data, dice)


def _do(actor: Actor, item: CareItem, data: Mapping[str, Any], dice: Random) -> None:
    said = data["did"].get(item.kind) or data["did"]["return_visit"]
    review = {"repurchase": "likely", "second_plan": data["second_plan"]} if item.review else {}
    do_care(actor, item.pk, did=dice.choice(said), response=dice.choice(["warm", "ok", "ok", "none"]), **review)


def _clear(org: Organisation, actors: Mapping[str, Actor], local: datetime, data: Mapping[str, Any]) -> None:
    """What the heroine would have to do on the drawn day and the two after it comes a little later."""
    me = actors[HEROINE].member_id
    soon = Q(owner_id=me, due_on__lte=local.date() + CLEAR)
    for item in unscoped(CareItem, "demo").filter(PLANNED, soon, org=org):
        item.due_on = local.date() + CLEAR + timedelta(days=1 + item.pk % 5)
        item.save(update_fields=["due_on"])
        todos = unscoped(AgendaItem, "demo").filter(OPEN, org=org, source_type=SOURCE, source_id=item.pk)
        for todo in todos:
            todo.due_at = todo.due_at + (item.due_on - todo.due_at.astimezone(local.tzinfo).date())
            todo.save(update_fields=["due_at"])


def _gather(org: Organisation, actors: Mapping[str, Actor], local: datetime, data: Mapping[str, Any]) -> None:
    """Communities, each with a few customers of whoever made it."""
    for at, each in enumerate(data["communities"]):
        actor = actors[HEROINE]
        held = local.date() - timedelta(days=each["days"]) if "days" in each else None
        with moment.frozen(local - timedelta(days=each.get("days", 30))):
            made = add_community(actor, kind=each["kind"], name=each["name"], held_on=held, note=each.get("note", ""))
            rows = unscoped(Customer, "demo").filter(LIVING, org=org, owner_id=actor.member_id).order_by("pk")
            ids = list(rows.values_list("pk", flat=True))[at::3][:4]
            if ids:
                add_participants(actor, community_id=made["id"], customer_ids=ids)


def move_care(org: Organisation, days: int) -> None:
    """The demo moves on: care by interval moves with it; birthdays and festivals are real days, made anew tonight."""
    rows = unscoped(CareItem, "demo").filter(org=org)
    stale = rows.filter(PLANNED, occasion_on__isnull=False)
    unscoped(AgendaItem, "demo").filter(org=org, source_type=SOURCE, source_id__in=stale.values("pk")).delete()
    stale.delete()
    moved = list(rows.filter(occasion_on__isnull=True))
    for item in moved:
        item.due_on += timedelta(days=days)
    rows.bulk_update(moved, ["due_on"], batch_size=200)
