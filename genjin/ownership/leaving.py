"""Who gets what of somebody who leaves, and what there is of his; nothing is written (R-157, R-158)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q

from genjin.access.actor import Actor
from genjin.access.fields import concealed, told
from genjin.access.guard import unscoped
from genjin.access.models import ApiToken, Session
from genjin.access.queries import actor_of_member
from genjin.access.visible import visible
from genjin.agenda.models import OPEN, AgendaItem
from genjin.approvals.models import PENDING, Approval, ApprovalStep
from genjin.approvals.rules import reviewer_of
from genjin.approvals.steps import paths_of, posts_of, rules_of
from genjin.customers.models import LIVING, Collaborator, Contact, Customer
from genjin.customers.reaching import demand_within, offered
from genjin.followups.drafts import drafts_of
from genjin.followups.models import FollowUp
from genjin.lib.errors import Forbidden, Invalid, NotFound
from genjin.orgs.models import Membership
from genjin.ownership.receivers import open_customers
from genjin.people.actions import demand_no_more_than_own
from genjin.people.view_steps import shared_views
from genjin.records.models import Record

MOST_SUCCESSORS = 20
MOST_SHOWN = 500
#: To-dos that go along with the step of their review; and those that stay or end with the customer's former owner.
WITH_REVIEWS = frozenset({"review", "check_file", "peer_check"})
#: Requests go one up by themselves when their approver leaves (`approvals/chain_reactions.py`).
STAYS = frozenset({"mend", "takeup", "claim", "approve"})


@dataclass(frozen=True, slots=True)
class Wish:
    """Who takes over: evenly among `member_ids`, but these customers (id → member) as chosen. The first of
    `member_ids` gets what hangs on no customer of the leaver."""

    member_ids: tuple[int, ...]
    chosen: Mapping[int, int]
    #: Drafts on his customers go to whoever takes them over; else they stay, and only he can read them.
    drafts: bool = False


def leaver_of(actor: Actor, member_id: int, *, lock: bool = False) -> Membership:
    """The member who leaves; `NotFound` for one of another team, refused for oneself and whoever holds more."""
    rows = Membership.objects.filter(org_id=actor.org_id, pk=member_id)
    member = (rows.select_for_update() if lock else rows).first()
    if member is None:
        raise NotFound()
    if member.pk == actor.member_id:
        raise Invalid("不能给自己办交接，找另一位管理员", "Somebody else has to hand over for you", field="member_id")
    demand_no_more_than_own(actor, member)
    return member


def successors_of(actor: Actor, leaver: Membership, wish: Wish) -> dict[int, Membership]:
    """The active members who take over; refuses the leaver, who is not active, and who is of another team or
    beyond the actor's departments."""
    wanted = dict.fromkeys([*wish.member_ids, *wish.chosen.values()])
    if not 1 <= len(wanted) <= MOST_SUCCESSORS or not wish.member_ids:
        raise Invalid(f"选 1 到 {MOST_SUCCESSORS} 位接手的人", "Choose who takes over", field="member_ids")
    if leaver.pk in wanted:
        raise Invalid(f"不能交给{leaver.name}自己", f"{leaver.name} cannot take over from himself", field="member_ids")
    rows = Membership.objects.filter(org_id=actor.org_id, pk__in=wanted)
    found = {row.pk: row for row in rows}
    for pk in wanted:
        if pk not in found:
            raise Invalid("接手的人不在团队里", "The successor is not in the team", field="member_ids")
        if not found[pk].active:
            name = found[pk].name
            raise Invalid(f"{name}已经停用，不能接手", f"{name} is switched off", field="member_ids")
    demand_within(actor, found.values())
    return {pk: found[pk] for pk in wanted}


def customers_of(actor: Actor, leaver: Membership, *, lock: bool = False) -> list[Customer]:
    """All living customers of the leaver, best class first; refused when some lie beyond the actor's rights."""
    mine = visible(actor, Customer, act="change").filter(owner_id=leaver.pk).order_by("pk")
    rows = mine.select_for_update(of=("self",)) if lock else mine
    found = sorted(rows, key=lambda each: (each.intent_class or "Z", each.pk))
    beyond = unscoped(Customer, "step").filter(LIVING, owner_id=leaver.pk).count() - len(found)
    if beyond:
        raise Forbidden(
            f"{leaver.name}有 {beyond} 家客户不在你能改的范围，找管理员办", f"{beyond} customers lie beyond your rights"
        )
    return found


def dealt(customers: Sequence[Customer], wish: Wish) -> dict[int, int]:
    """Customer → who takes it over: as chosen, the rest in turn to whoever got fewest, so that classes spread too."""
    unknown = set(wish.chosen) - {each.pk for each in customers}
    if unknown:
        raise Invalid(
            "选的客户不是他负责的", "A chosen customer is not his", field="chosen", extra={"ids": sorted(unknown)}
        )
    counts = Counter(dict.fromkeys(wish.member_ids, 0))
    found: dict[int, int] = {}
    for each in customers:
        to = wish.chosen.get(each.pk)
        if to is None:
            to = min(wish.member_ids, key=lambda pk: counts[pk])
            counts[to] += 1
        found[each.pk] = to
    return {each.pk: found[each.pk] for each in customers}


def steps_of(leaver: Membership, *, lock: bool = False) -> list[ApprovalStep]:
    """Reviews that wait for the leaver's verdict."""
    rows = unscoped(ApprovalStep, "step").filter(member_id=leaver.pk, state="open", deleted_at__isnull=True)
    rows = rows.exclude(approval__kind="request").select_related("approval__customer").order_by("pk")
    return list(rows.select_for_update(of=("self",)) if lock else rows)


def judges_of(actor: Actor, steps: Sequence[ApprovalStep], member_ids: Sequence[int]) -> dict[int, int]:
    """Step → who of these is to decide it, as if it were asked of them anew; without those that none of them may.

    Neither he who did the work nor he who typed it (R-175); a spot check goes to the first other colleague.
    """
    if not steps:
        return {}
    rules = rules_of(actor.org_id, actor.config_version)
    posts = [post for post in posts_of(actor.org_id, rules) if post.member_id in member_ids]
    paths = paths_of(actor.org_id)
    found: dict[int, int] = {}
    for step in steps:
        approval = step.approval
        own = (approval.author_id, approval.created_by_id)
        if approval.kind == "peer":
            judge = next((pk for pk in member_ids if pk not in own), None)
        else:
            place = approval.customer.department_id if approval.customer else None
            post = reviewer_of(rules, posts, paths.get(place or 0, []), own)
            judge = post.member_id if post else None
        if judge is not None:
            found[step.pk] = judge
    return found


def preview(actor: Actor, member_id: int, wish: Wish | None) -> dict[str, Any]:
    """What a member holds and who would get it (only the counts without a wish); a constant number of statements."""
    leaver = leaver_of(actor, member_id)
    customers = customers_of(actor, leaver)
    found: dict[str, Any] = {
        "member": {"id": leaver.pk, "name": leaver.name, "active": leaver.active},
        "counts": _counts(leaver, customers),
        "people": [],
        "customers": [_row(actor, each, None) for each in customers[:MOST_SHOWN]],
        "total": len(customers),
        "drafts": _drafts(actor, leaver, {each.pk: None for each in customers}),
        **offered(actor, but=leaver.pk),
    }
    if wish is None:
        return found
    successors = successors_of(actor, leaver, wish)
    to = dealt(customers, wish)
    gets, held = Counter(to.values()), open_customers(actor.org_id, successors)
    found["people"] = [
        {"id": pk, "name": row.name, "gets": gets[pk], "open": held.get(pk, 0)} for pk, row in successors.items()
    ]
    found["customers"] = [_row(actor, each, to[each.pk]) for each in customers[:MOST_SHOWN]]
    found["drafts"] = _drafts(actor, leaver, {pk: to[pk] if wish.drafts else None for pk in to})
    if wish.drafts:
        found["counts"] = _with_drafts(found["counts"], len(found["drafts"]))
    found["views_to"] = heir_of(actor, successors[wish.member_ids[0]]).name
    steps = steps_of(leaver)
    return {**found, "stuck_reviews": len(steps) - len(judges_of(actor, steps, list(successors)))}


def heir_of(actor: Actor, first: Membership) -> Membership:
    """Who gets the views that the leaver shared: the first successor, or the actor where that one may not share."""
    if actor.member_id is None or actor_of_member(first.pk).may("view.share"):
        return first
    return Membership.objects.get(pk=actor.member_id)


def _with_drafts(counts: Sequence[dict[str, Any]], passed: int) -> list[dict[str, Any]]:
    """The counts where drafts go along: those stand apart from what stays."""
    going = {"key": "passed_drafts", "number": passed, "moves": True}
    rest = [{**row, "number": row["number"] - passed} if row["key"] == "drafts" else row for row in counts]
    return [*rest, going]


def _drafts(actor: Actor, leaver: Membership, to: Mapping[int, int | None]) -> list[dict[str, Any]]:
    """Which drafts there are on his customers, without a word of them, and who gets them (None: they stay)."""
    rows = drafts_of(leaver.pk).filter(customer_id__in=list(to))[:MOST_SHOWN]
    return [
        {
            "customer": {"id": pk, "name": told(actor, "customer.name", name)},
            "saved_at": saved_at,
            "to": to[pk or 0],
        }
        for pk, name, saved_at in rows.values_list("customer_id", "customer__name", "saved_at")
    ]


def _row(actor: Actor, customer: Customer, to: int | None) -> dict[str, Any]:
    shown = {slug: getattr(customer, slug) for slug in ("id", "name", "intent_class", "stage", "region")}
    return {**concealed(actor, "customer", shown), "to": to}


def _counts(leaver: Membership, customers: Sequence[Customer]) -> list[dict[str, Any]]:
    """[{"key", "number", "moves"}]: what goes along and what stays, one statement each."""
    own = Q(org_id=leaver.org_id, deleted_at__isnull=True)
    ids = [each.pk for each in customers]
    items = unscoped(AgendaItem, "step").filter(OPEN, org_id=leaver.org_id, owner_id=leaver.pk)
    moving = items.exclude(kind__in=WITH_REVIEWS | STAYS)
    numbers = {
        "customers": (len(customers), True),
        "contacts": (_under(Contact, own, ids), True),
        "followups": (_under(FollowUp, own, ids), True),
        "todos": (moving.filter(customer_id__in=ids).count(), True),
        "other_todos": (moving.exclude(customer_id__in=ids).count(), True),
        "shared": (unscoped(Collaborator, "step").filter(own, member_id=leaver.pk).count(), True),
        "reviews": (len(steps_of(leaver)), True),
        "returned": (unscoped(Approval, "step").filter(PENDING, state="returned", author_id=leaver.pk).count(), False),
        "views": (len(shared_views(leaver)), True),
        "drafts": (drafts_of(leaver.pk).count(), False),
        "sessions": (Session.objects.filter(member=leaver).count(), False),
        "tokens": (ApiToken.objects.filter(member=leaver, revoked_at=None).count(), False),
    }
    if rows := records_of(leaver).count():
        numbers["records"] = (rows, True)
    return [{"key": key, "number": number, "moves": moves} for key, (number, moves) in numbers.items()]


def records_of(leaver: Membership) -> Any:
    """His rows of the team's own types."""
    return unscoped(Record, "step").filter(LIVING, org_id=leaver.org_id, owner_id=leaver.pk)


def _under(model: Any, own: Q, ids: Sequence[int]) -> int:
    return unscoped(model, "step").filter(own, customer_id__in=ids).count() if ids else 0


def shared_of(leaver: Membership) -> list[Collaborator]:
    """Where he helps on customers of others, locked, with the owner as `held_by`."""
    rows = unscoped(Collaborator, "step").filter(LIVING, member_id=leaver.pk).annotate(held_by=F("customer__owner_id"))
    return list(rows.order_by("pk").select_for_update(of=("self",)))


def sharing(member_id: int, customer_ids: Sequence[int]) -> set[int]:
    """On which of these customers a member is a collaborator already."""
    rows = unscoped(Collaborator, "step").filter(LIVING, member_id=member_id, customer_id__in=customer_ids)
    return set(rows.values_list("customer_id", flat=True))
