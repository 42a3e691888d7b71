"""The demo's complaints and answers of customers, told by the verbs that people would use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from genjin.access.guard import unscoped
from genjin.complaints.actions import add_step, confirm, open_complaint, resolve
from genjin.customers.models import LIVING, Customer
from genjin.lib import moment
from genjin.orgs.models import Organisation
from genjin.packs.demo_stories import HEROINE, workday
from genjin.packs.demo_telling import Team
from genjin.surveys.actions import answer, create, send, visitor


def served(team: Team, of: str) -> list[Customer]:
    """Customers in service: those of the heroine, whose open work is drawn, or those of the others."""
    rows = unscoped(Customer, "demo").filter(LIVING, org=team.org, stage="service", owner__isnull=False)
    rows = rows.filter(owner__name=HEROINE) if of == "heroine" else rows.exclude(owner__name=HEROINE)
    return list(rows.select_related("owner").order_by("pk"))


def hear_complaints(told: Sequence[Mapping[str, Any]], team: Team, local: datetime) -> None:
    """Each with its steps an hour apart, its result a day later, and the customer's word where he has said it."""
    waiting = {of: iter(served(team, of)) for of in ("heroine", "others")}
    for each in told:
        customer = next(waiting[each["of"]], None)
        if customer is None or customer.owner is None:
            continue
        actor = team.actors[customer.owner.name]
        at = workday(local, each["days"], each["at"])
        with moment.frozen(at):
            made = open_complaint(
                actor, customer.pk, kind=each["kind"], level=each["level"], text=each["text"], source=each["source"]
            )
        for number, text in enumerate(each["steps"], start=1):
            with moment.frozen(min(at + timedelta(hours=number), local)):
                add_step(actor, made["id"], text=text)
        if "result" in each:
            with moment.frozen(min(at + timedelta(days=1), local)):
                resolve(actor, made["id"], result=each["result"])
        if "words" in each:
            with moment.frozen(min(at + timedelta(days=each["after"]), local)):
                confirm(actor, made["id"], satisfied=True, words=each["words"])


def ask_customers(survey: Mapping[str, Any], told: Sequence[Mapping[str, Any]], team: Team, local: datetime) -> None:
    """One survey, sent to customers in service; most have answered by their link."""
    chief = next(actor for actor in team.actors.values() if "supervisor" in actor.grants.roles)
    with moment.frozen(workday(local, 60, "10:00")):
        made = create(chief, values={"active": True, **survey})
    org = Organisation.objects.get(pk=team.org.pk)
    waiting = {of: iter(reversed(served(team, of))) for of in ("heroine", "others")}
    for each in told:
        customer = next(waiting[each["of"]], None)
        if customer is None or customer.owner is None:
            continue
        at = workday(local, each["days"], "14:10")
        with moment.frozen(at):
            sent = send(team.actors[customer.owner.name], customer.pk, survey_id=made["id"], by="link")
        if "score" in each:
            with moment.frozen(min(at + timedelta(hours=5), local)):
                answer(visitor(org), invitation_id=sent["id"], score=each["score"], comment=each.get("comment", ""),
                       choices=each.get("choices", []))  # fmt: skip
