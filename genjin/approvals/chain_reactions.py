"""What becomes of requests when an approver leaves, when their record changes, and when it goes."""

from __future__ import annotations

from collections.abc import Sequence

from genjin.access.guard import unscoped
from genjin.approvals.chain_steps import KIND, chain_of, fall_back, go_on, hand_up
from genjin.approvals.flow_queries import flows_of, people_of
from genjin.approvals.models import Approval, ApprovalStep
from genjin.approvals.steps import decide, withdraw
from genjin.customers.models import LIVING
from genjin.door.change import Change, Happened
from genjin.door.reactions import on
from genjin.schema.own_kinds import MADE_OF
from genjin.schema.shapes import own_kinds, shaped


@on("member.updated")
def go_up_when_somebody_leaves(change: Change, happened: list[Happened]) -> None:
    """What waits for somebody who has left goes to the next one up at that moment, and the asker is told."""
    gone = [each.subject_id for each in happened if each.after.get("active") is False]
    if not gone:
        return
    rows = unscoped(ApprovalStep, "step").filter(
        LIVING, org_id=change.actor.org_id, member_id__in=gone, state__in=("open", "waiting"),
        approval__kind=KIND, approval__state="open",
    )  # fmt: skip
    ids = list(dict.fromkeys(rows.order_by("approval_id").values_list("approval_id", flat=True)))
    people = people_of(change.actor.org_id, 0) if ids else None
    for approval_id in ids:
        chain = chain_of(change, approval_id)
        theirs = [each for each in chain.links if each.member_id in gone and each.state in ("open", "waiting")]
        moved = [each for each in theirs if hand_up(chain, each, people)]
        if moved:
            decide(change, [chain.approval], "left", answers=[{"from": each.instead_id} for each in moved])
            go_on(change, chain, "request.handed_up", after={"to": [each.member_id for each in moved]})


@on("customer.updated", "customer.classed", "record.updated", "record.moved")
def fall_back_when_the_record_changes(change: Change, happened: list[Happened]) -> None:
    """Where the flow says so, a change of a watched field makes what was allowed lapse, and starts anew what is being
    decided. Without such a flow not a statement."""
    watching = {pk: (kind, columns) for pk, kind, columns in _watched(change)}
    if not watching:
        return
    changed: dict[tuple[str, int], set[str]] = {}
    for each in happened:
        slug = str(each.after.get("kind", "")) if each.subject_type == MADE_OF else each.subject_type
        changed.setdefault((slug, each.subject_id), set()).update(each.after)
    rows = unscoped(Approval, "step").filter(
        LIVING, org_id=change.actor.org_id, kind=KIND, state__in=("open", "passed"), flow_id__in=list(watching),
        subject_type__in={kind for kind, _ in watching.values()}, subject_id__in={pk for _, pk in changed},
    )  # fmt: skip
    found = list(rows.order_by("pk").values_list("pk", "flow_id", "subject_type", "subject_id"))
    for pk, flow_id, slug, subject_id in found:
        if watching[flow_id][1] & changed.get((slug, subject_id), set()):
            fall_back(change, chain_of(change, pk))


def _watched(change: Change) -> list[tuple[int, str, set[str]]]:
    found: list[tuple[int, str, set[str]]] = []
    for flow in flows_of(change.actor):
        slugs, kind = flow.body.get("watch", ()), flow.body["kind"]
        if slugs:
            known = shaped(change.actor, kind).known
            columns = {name for slug in slugs if slug in known for name in (slug, *known[slug].columns)}
            found.append((flow.pk, kind, columns))
    return found


@on("record.deleted")
def nothing_to_decide(change: Change, happened: list[Happened]) -> None:
    """With its row what was asked about it goes."""
    withdraw(change, _pending(change, happened))


def _pending(change: Change, happened: Sequence[Happened]) -> list[Approval]:
    gone = [each.subject_id for each in happened]
    rows = unscoped(Approval, "step").filter(
        LIVING, org_id=change.actor.org_id, kind=KIND, state__in=("open", "returned"), subject_id__in=gone,
        subject_type__in=list(own_kinds(change.actor)),
    )  # fmt: skip
    return list(rows.order_by("pk").select_for_update(of=("self",)))
