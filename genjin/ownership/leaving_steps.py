"""Everything of somebody who leaves goes to his successors at once, and his logins end (R-157, R-158)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from genjin.access.guard import unscoped
from genjin.agenda.models import OPEN, AgendaItem
from genjin.approvals.models import Approval
from genjin.approvals.steps import withdraw
from genjin.customers.merging import record_saved
from genjin.customers.models import LIVING, Collaborator, Customer
from genjin.customers.proof import Moved, Proof, proves
from genjin.customers.steps import owned_by, root
from genjin.door.change import Change
from genjin.followups.drafts import pass_drafts
from genjin.orgs.models import Membership
from genjin.ownership.leaving import (
    STAYS,
    WITH_REVIEWS,
    heir_of,
    judges_of,
    records_of,
    shared_of,
    sharing,
    steps_of,
)
from genjin.ownership.models import HelpRequest
from genjin.ownership.naming_steps import rename
from genjin.people.actions import bump, shut_out
from genjin.people.role_queries import demand_an_administrator
from genjin.people.view_steps import pass_views
from genjin.records.steps import give_records


@dataclass(frozen=True, slots=True)
class Passing:
    """Who gets what of somebody who leaves or goes to another team: customer → successor, the first of `successors`
    what hangs on no customer of his. `drafts` go along where it is said."""

    leaver: Membership
    successors: Mapping[int, Membership]
    customers: Sequence[Customer]
    to: Mapping[int, int]
    why: str = ""
    drafts: bool = False
    #: He is switched off: nobody waits for him any more, and nothing names him.
    leave: bool = False

    @property
    def first(self) -> Membership:
        return next(iter(self.successors.values()))


def pass_all(change: Change, passing: Passing) -> tuple[dict[str, int], Proof]:
    """Customers, open to-dos, shared customers, waiting reviews, rows of own types, shared views, what rules and flows
    name him for: everything goes to the successors, counted before and after. Records keep their author, what was
    returned to him stays.
    """
    leaver, to, first, why = passing.leaver, passing.to, passing.first, passing.why
    _end_own_places(change, leaver)
    if passing.leave:
        _end_returned(change, leaver)
        rename(change, leaver, first)
    proof = proves(change, {pk: Moved(leaver.pk, successor) for pk, successor in to.items()})
    records = give_along(change, leaver, to, passing.successors, why or f"{leaver.name}离职交接")
    rest = give_records(change, records_of(leaver), first, why or f"{leaver.name}离职交接")
    moved = {
        "customers": _customers(change, leaver, passing.customers, to, passing.successors, why),
        "reviews": _reviews(change, leaver, list(passing.successors), anybody=passing.leave),
        "todos": _todos(change, leaver, to, first.pk),
        "shared": _shared(change, leaver, first.pk),
        "records": records + rest,
        "views": pass_views(change, leaver, heir_of(change.actor, first).pk),
        "drafts": pass_drafts(change, leaver.pk, to) if passing.drafts else 0,
    }
    change.record("member.handed_over", leaver, after={"to": [each.name for each in passing.successors.values()],
                  "first": first.pk, **moved}, why=why)  # fmt: skip
    return moved, proof


def _end_own_places(change: Change, leaver: Membership) -> None:
    """A collaborator who was given the customer has kept his place beside it: nobody takes that over."""
    rows = unscoped(Collaborator, "step").filter(LIVING, member_id=leaver.pk, customer__owner_id=leaver.pk)
    ends = list(rows.order_by("pk").select_for_update(of=("self",)))
    record_saved(change, ends, change.save_many([(row, {"deleted_at": change.now}) for row in ends]), "carried")


def _end_returned(change: Change, leaver: Membership) -> None:
    """What was returned to him nobody else can mend: it is not asked for any more."""
    rows = unscoped(Approval, "step").filter(LIVING, org_id=leaver.org_id, author_id=leaver.pk, state="returned")
    withdraw(change, list(rows.order_by("pk").select_for_update(of=("self",))), why=f"{leaver.name}已经离开")


def give_along(
    change: Change, leaver: Membership, to: Mapping[int, int], successors: Mapping[int, Membership], why: str
) -> int:
    """His rows of own types go with the customer on whom they hang."""
    moved = 0
    for pk, member in successors.items():
        theirs = [customer for customer, successor in to.items() if successor == pk]
        moved += give_records(change, records_of(leaver).filter(customer_id__among=theirs), member, why)
    return moved


def _customers(
    change: Change,
    leaver: Membership,
    customers: Sequence[Customer],
    to: Mapping[int, int],
    successors: Mapping[int, Membership],
    why: str,
) -> int:
    people = {each.pk: successors[to[each.pk]] for each in customers}
    wanted = [(each, owned_by(change, each, people[each.pk].pk, people[each.pk].department_id)) for each in customers]
    changed = change.save_many(wanted)
    for each in customers:
        pairs = changed[each.pk]
        before = {column: pair[0] for column, pair in pairs.items()}
        after = {column: pair[1] for column, pair in pairs.items()}
        person = people[each.pk]
        told = {**after, "owner_id": person.pk, "name": person.name, "from": leaver.name}
        reason = why or f"{leaver.name}离职交接"
        change.record("customer.transferred", each, root=root(each), before=before, after=told, why=reason)
    return len(customers)


def _reviews(change: Change, leaver: Membership, member_ids: Sequence[int], *, anybody: bool) -> int:
    """Each to the first who may decide it, with its to-do; what none of them may decide stays where it is, or goes to
    `anybody` of the team who may."""
    steps = steps_of(leaver, lock=True)
    judges = judges_of(change.actor, steps, member_ids)
    rest = [step for step in steps if step.pk not in judges]
    if anybody and rest:
        team = Membership.objects.filter(org_id=leaver.org_id, active=True).exclude(pk=leaver.pk).order_by("pk")
        judges |= judges_of(change.actor, rest, list(team.values_list("pk", flat=True)))
    moving = [step for step in steps if step.pk in judges]
    changed = change.save_many([(step, {"member_id": judges[step.pk]}) for step in moving])
    record_saved(change, moving, changed, "carried")
    drawn = [step for step in moving if step.approval.grader_id == leaver.pk]
    graded = change.save_many([(step.approval, {"grader_id": judges[step.pk]}) for step in drawn])
    record_saved(change, [step.approval for step in drawn], graded, "carried")
    by_approval = {step.approval_id: judges[step.pk] for step in moving}
    rows = _items(leaver).filter(source_type="approval", source_id__in=list(by_approval), kind__in=WITH_REVIEWS)
    _carry(change, [(item, by_approval[item.source_id or 0]) for item in rows])
    return len(moving)


def _todos(change: Change, leaver: Membership, to: Mapping[int, int], first: int) -> int:
    """With their customer, else to the first successor; a request for help goes the same way."""
    items = list(_items(leaver).exclude(kind__in=WITH_REVIEWS | STAYS))
    _carry(change, [(item, to.get(item.customer_id or 0, first)) for item in items])
    _asked(change, leaver, to, first)
    return len(items)


def _asked(change: Change, leaver: Membership, to: Mapping[int, int], first: int) -> None:
    """Whoever gets the to-do has the ball, and is the helper where the leaver was. What was lent to the leaver is lent
    to the first successor, but where he has a place of his own, which outlasts the request."""
    his = Q(helper_id=leaver.pk) | Q(holder_id=leaver.pk)
    requests = unscoped(HelpRequest, "step").filter(his, settled_at__isnull=True, deleted_at__isnull=True)
    asked = list(requests.order_by("pk").select_related("customer").select_for_update(of=("self",)))
    there = sharing(first, [each.customer_id for each in asked])
    wanted = []
    for each in asked:
        successor = to.get(each.customer_id, first)
        values: dict[str, Any] = {"holder_id": successor} if each.holder_id == leaver.pk else {}
        if each.helper_id == leaver.pk:
            own = each.customer_id in there or each.customer.owner_id == first
            values |= {"helper_id": successor, "lent": each.lent and successor == first and not own}
        wanted.append((each, values))
    record_saved(change, asked, change.save_many(wanted), "carried")


def _items(leaver: Membership) -> Any:
    rows = unscoped(AgendaItem, "step").filter(OPEN, org_id=leaver.org_id, owner_id=leaver.pk)
    return rows.order_by("pk").select_for_update(of=("self",))


def _carry(change: Change, wanted: Sequence[tuple[AgendaItem, int]]) -> None:
    changed = change.save_many([(item, {"owner_id": to}) for item, to in wanted], quiet=True)
    record_saved(change, [item for item, _ in wanted], changed, "carried")


def _shared(change: Change, leaver: Membership, first: int) -> int:
    """His place as a collaborator; where the first successor stands already it ends."""
    rows = shared_of(leaver)
    there = sharing(first, [row.customer_id for row in rows])
    ends = [row for row in rows if row.customer_id in there or row.held_by == first]  # type: ignore[attr-defined]
    gone = {row.pk for row in ends}
    wanted: list[tuple[Any, dict[str, Any]]] = [(row, {"deleted_at": change.now}) for row in ends]
    wanted += [(row, {"member_id": first}) for row in rows if row.pk not in gone]
    record_saved(change, rows, change.save_many(wanted), "carried")
    return len(rows) - len(ends)


def leave(change: Change, leaver: Membership) -> None:
    """His sessions and tokens end and he is switched off."""
    if leaver.active:
        leaver.active = False
        leaver.save(update_fields=["active"])
    shut_out(change, leaver)
    bump(change.actor.org_id)
    demand_an_administrator(change.actor.org_id)
    # Without a value before, so that an undo of the batch opens no login.
    change.record("member.updated", leaver, after={"active": False})
