"""Reading the rules, the log of assignments, who can receive, and what waits on a customer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from genjin.access.actor import Actor
from genjin.access.fields import told as shown_as
from genjin.access.guard import unscoped
from genjin.access.reading import read_under
from genjin.access.visible import holds, visible
from genjin.agenda.models import OPEN, AgendaItem
from genjin.customers.models import Customer
from genjin.customers.queries import one
from genjin.customers.reaching import reach
from genjin.history.models import Event
from genjin.lib.errors import Forbidden
from genjin.orgs.models import Membership
from genjin.ownership.help_queries import help_of
from genjin.ownership.models import AssignmentPlan
from genjin.ownership.plan_actions import shape
from genjin.ownership.planning import Team, living_rules, named, options_for, wrong_with
from genjin.ownership.receivers import people_of
from genjin.ownership.steps import TAKEUP
from genjin.schema.paging import Order, after, page_of

GIVEN = "customer.assigned"
#: What ends the wait that an assignment began.
_NEXT = ("customer.taken_up", GIVEN, "customer.sent_back", "customer.transferred", "customer.reverted",
         "customer.merged")  # fmt: skip


def demand_leader(actor: Actor) -> None:
    if not actor.may("assignment.rules"):
        raise Forbidden("分配规则由主管和管理员来看", "The rules are for supervisors and administrators")


def plan(actor: Actor) -> dict[str, Any]:
    """The rules in order with what has become wrong with them since, whether they are on, and the version to send."""
    demand_leader(actor)
    found = AssignmentPlan.objects.filter(org_id=actor.org_id).first()
    team, options, where = Team(actor.org_id), options_for(actor), reach(actor)
    rows = living_rules(actor.org_id)
    rules = []
    for at, row in enumerate(rows):
        wrong = wrong_with(row, team, options, None, last=at == len(rows) - 1)
        people = team.people(row)
        rules.append(
            {
                **shape(row),
                "wrong": dict(zip(("zh", "en"), named(at, row.name, wrong), strict=True)) if wrong else None,
                "people": [{"id": pk, "name": team.members[pk][0]} for pk in people],
                "last": team.members[row.last_member_id][0] if row.last_member_id in team.members else None,
                "mine": where is None or all(team.members[pk][1] in where for pk in people),
            }
        )
    return {
        "version": found.version if found else 0,
        "on": found.on if found else False,
        "rules": rules,
        "within": None if where is None else sorted(where),
    }


def receivers(actor: Actor) -> list[dict[str, Any]]:
    """Whom the actor may give to (a rep sees himself): open customers, those waiting to be taken over, limits."""
    team, where = Team(actor.org_id), reach(actor)
    named_in_rules = {pk for row in living_rules(actor.org_id) for pk in team.people(row)}
    wanted = {pk for pks in team.reps.values() for pk in pks} | named_in_rules
    if not actor.may("assignment.rules"):
        wanted &= {actor.member_id or 0}
    elif where is not None:
        wanted = {pk for pk in wanted if team.members[pk][1] in where}
    waiting = _waiting(actor.org_id, wanted)
    return [
        {
            "id": person.id,
            "name": person.name,
            "department": {"id": person.department_id, "name": team.departments.get(person.department_id or 0, "")},
            "open": person.open,
            "waiting": waiting.get(person.id, 0),
            "most_open": person.most,
            "away_until": person.away_until,
        }
        for person in people_of(actor.org_id, wanted).values()
    ]


def _waiting(org_id: int, ids: set[int]) -> dict[int, int]:
    rows = unscoped(AgendaItem, "step").filter(OPEN, org_id=org_id, kind=TAKEUP, owner_id__in=ids)
    found: dict[int, int] = defaultdict(int)
    for pk in rows.values_list("owner_id", flat=True):
        found[pk or 0] += 1
    return found


def log(actor: Actor, *, member_id: int | None = None, cursor: str = "", limit: int = 50) -> dict[str, Any]:
    """Who got what, when, by which rule and why, taken over when: newest first, from the event log.

    A rep sees what was given to him, a supervisor what was given in his departments. Five statements a page.
    """
    rows: QuerySet[Event] = Event.objects.filter(_whose(actor, member_id), org_id=actor.org_id, name=GIVEN)
    if cursor:
        rows = after(rows, Order("id", descending=True, of=int), cursor)
    columns = ("id", "root_id", "at", "member__name", "why", "data__data")
    found = list(rows.order_by("-id").values_list(*columns)[: limit + 1])
    shown, following = page_of(found, limit, 0, 0)
    customers = {row[1] for row in shown if row[1] is not None}
    seen = visible(actor, Customer).filter(pk__in=customers).values_list("pk", "name")
    names = {pk: str(shown_as(actor, "customer.name", name)) for pk, name in seen}
    ends = _ends(actor.org_id, customers, min((row[0] for row in shown), default=0))
    return {"items": [_line(row, names, ends) for row in shown], "next": following}


def _whose(actor: Actor, member_id: int | None) -> Q:
    where = reach(actor)
    wanted = Q() if member_id is None else Q(data__data__after__owner_id=member_id)
    if where is None:
        return wanted
    mine = {actor.member_id or 0}
    if actor.may("customer.assign"):
        mine |= set(
            Membership.objects.filter(org_id=actor.org_id, department_id__in=where).values_list("pk", flat=True)
        )
    return wanted & Q(data__data__after__owner_id__in=sorted(mine))


def _ends(org_id: int, customers: set[int], since: int) -> Mapping[int, Sequence[tuple[int, str, Any, bool]]]:
    """Customer → what came after, in order: (event id, name, when, whether somebody was too late)."""
    rows = Event.objects.filter(
        org_id=org_id, root_type="customer", root_id__in=customers, id__gt=since, name__in=_NEXT
    ).order_by("id")
    found: dict[int, list[tuple[int, str, Any, bool]]] = defaultdict(list)
    for pk, root_id, name, at, data in rows.values_list("id", "root_id", "name", "at", "data__data"):
        found[root_id or 0].append((pk, name, at, bool(((data or {}).get("after") or {}).get("late"))))
    return found


def _line(
    row: tuple[Any, ...], names: Mapping[int, str], ends: Mapping[int, Sequence[tuple[int, str, Any, bool]]]
) -> dict[str, Any]:
    pk, customer_id, at, by, why, data = row
    told = (data or {}).get("after") or {}
    following = next((each for each in ends.get(customer_id, ()) if each[0] > pk), None)
    state, taken_at = _state(told.get("due_at"), following)
    return {
        "id": pk,
        "at": at,
        "customer": {"id": customer_id, "name": names[customer_id]} if customer_id in names else None,
        "member": {"id": told.get("owner_id"), "name": told.get("name", "")},
        "by": by,
        "rule": told.get("rule"),
        "reason": told.get("reason") or {"zh": "", "en": ""},
        "why": why,
        "due_at": told.get("due_at"),
        "state": state,
        "taken_at": taken_at,
    }


def _state(due_at: Any, following: tuple[int, str, Any, bool] | None) -> tuple[str, Any]:
    """taken, late (passed on or sent back), moved, undone, waiting, or none where no time was set."""
    if following is None:
        return ("waiting" if due_at else "none"), None
    _, name, at, late = following
    if name == "customer.taken_up":
        return "taken", at
    if name == "customer.reverted":
        return "undone", None
    return ("late" if late else "moved"), None


def of_customer(actor: Actor, customer_id: int) -> dict[str, Any]:
    """What stands on top of a customer's page: the time to take it over, and requests for help."""
    customer = one(actor, customer_id)
    columns = ("owner_id", "owner__name", "due_at", "precision", "created_at")
    waiting = read_under(customer, AgendaItem, columns, Q(state="open", kind=TAKEUP), order=("due_at",), limit=1)
    takeup = None
    if waiting:
        owner_id, name, due_at, precision, created_at = waiting[0]
        takeup = {
            "owner": {"id": owner_id, "name": name},
            "due_at": due_at,
            "precision": precision,
            "given_at": created_at,
            "mine": owner_id == actor.member_id and actor.may("customer.take_up"),
        }
    return {
        "takeup": takeup,
        "help": help_of(actor, customer),
        "can": {
            "assign": actor.may("customer.assign") and holds(actor, customer, "change"),
            "ask": actor.may("help.ask") and holds(actor, customer, "log"),
            "share": actor.may("customer.collaborate") and holds(actor, customer, "change"),
        },
    }
