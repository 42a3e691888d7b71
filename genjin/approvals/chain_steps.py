"""What verbs and reactions share when somebody asks for a yes along a flow, and when the chain goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from genjin.access.guard import unscoped
from genjin.access.queries import actor_of_member
from genjin.access.visible import holds
from genjin.approvals.chain_rules import go_back, is_over, run, stop
from genjin.approvals.flow_queries import (
    case_of,
    drawn_for,
    fields_asked,
    flow_for,
    flows_for,
    matter_of,
    people_of,
    purpose_label,
    stand_ins,
    subject_and_row,
)
from genjin.approvals.flow_rules import Drawn, one_up
from genjin.approvals.models import PENDING, Approval, ApprovalFlow, ApprovalStep
from genjin.approvals.steps import decide, due, mend_todo, root_of, save_all
from genjin.customers.models import LIVING
from genjin.door.change import Change
from genjin.lib.errors import Conflict, Invalid, NotFound
from genjin.orgs.models import Membership
from genjin.schema.bulk import insert_rows
from genjin.schema.queries import options_of

KIND = "request"
_ASKED = {"amount": ("金额", "Amount"), "percent": ("折扣", "Percent off"), "days": ("账期天数", "Days of payment")}
_LINK = ("position", "state", "why", "member_id", "instead_id", "due_at", "decided_at", "decided_by_id")


@dataclass
class Chain:
    """A locked request with the links of its present round, in their order."""

    approval: Approval
    links: list[ApprovalStep]

    @property
    def own(self) -> frozenset[int]:
        """Who may decide nothing of it: he who asked, and he for whom it was asked."""
        found = (self.approval.author_id, self.approval.created_by_id, self.approval.asker_id)
        return frozenset(pk for pk in found if pk is not None)

    def mine(self, member_id: int | None) -> ApprovalStep | None:
        """The open link of a member."""
        return next((each for each in self.links if each.state == "open" and each.member_id == member_id), None)


def ask_for(
    change: Change,
    subject_type: str,
    subject_id: int,
    purpose: str,
    request: Mapping[str, Any],
    *,
    author_id: int | None = None,
) -> Approval:
    """Ask for a yes about a record along the flow of this purpose (R-105, R-169): the record is locked, the first flow
    whose condition holds is gone along, its first step opens. Where no step applies it is granted at once and says so.

    `author_id`: for whom it is asked, when not for whoever acts. Raises `Invalid` for what is missing, `Conflict`
    where one is pending already or nobody but the asker could decide.
    """
    actor = change.actor
    _, row = subject_and_row(actor, subject_type, subject_id, lock=True)
    flows = _flows(change, subject_type, purpose)
    _demand(fields_asked(flows), request)
    _none_pending(change, subject_type, subject_id, purpose)
    case = case_of(actor, subject_type, row, request, change.now)
    flow = flow_for(case, flows)
    approval = Approval(
        kind=KIND,
        subject_type=subject_type,
        subject_id=subject_id,
        customer_id=row.pk if subject_type == "customer" else row.customer_id,
        author_id=author_id or actor.member_id,
        asker_id=actor.member_id,
        purpose=purpose,
        flow=flow,
        request=dict(request),
        title=purpose_label(actor, purpose)[0][:200],
        seen_version=row.version,
        asked_at=change.now,
    )
    change.stamp(approval)
    insert_rows(Approval, [approval])
    chain = Chain(approval, _links(change, approval, flow, row, case))
    decide(change, [approval], "ask", answers=[{"request": approval.request}])
    go_on(change, chain, "request.asked")
    return approval


def _flows(change: Change, subject_type: str, purpose: str) -> list[ApprovalFlow]:
    flows = flows_for(change.actor, subject_type, purpose)
    known = options_of(change.actor.org_id, change.actor.config_version).get("approval_purpose", {})
    if purpose not in known:
        raise Invalid("选一个审批事项", "Choose what the approval is about", field="purpose")
    if not flows:
        zh, en = purpose_label(change.actor, purpose)
        raise Invalid(
            f"“{zh}”还没有审批流程，找管理员在“设置 › 审批”里加",
            f"There is no flow for “{en}” yet; ask an administrator to add one",
            field="purpose",
        )
    return flows


def _demand(fields: Sequence[str], request: Mapping[str, Any]) -> None:
    for name in fields:
        if request.get(name) is None:
            zh, en = _ASKED[name]
            raise Invalid(f"{zh}没有填", f"{en} is missing", field=name)
    if not request.get("text"):
        raise Invalid("写清为什么要申请", "Say why you ask for it", field="text")


def _none_pending(change: Change, subject_type: str, subject_id: int, purpose: str) -> None:
    rows = unscoped(Approval, "step").filter(
        PENDING, org_id=change.actor.org_id, kind=KIND, subject_type=subject_type, subject_id=subject_id,
        purpose=purpose,
    )  # fmt: skip
    found = rows.first()
    if found is not None:
        raise Conflict(
            "同一件事已经在审批，等有结果或撤回再申请",
            "This is being decided already; wait for the outcome or withdraw it",
            code="pending",
            extra={"id": found.pk},
        )


def _links(change: Change, approval: Approval, flow: ApprovalFlow | None, row: Any, case: Any) -> list[ApprovalStep]:
    """The links of a round, drawn from the flow as it stands now; refuses where nobody is left to decide."""
    if flow is None:
        return []
    people = people_of(change.actor.org_id, change.actor.config_version)
    matter = matter_of(people, row, approval.author_id, approval.created_by_id, approval.asker_id)
    found = drawn_for(people, flow.body, case, matter)
    if any(each.member_id is None and each.why != "condition" for each in found):
        raise Conflict(
            "除了申请人自己，团队里没有人能批，先让管理员加一位审批人",
            "Nobody but the asker could decide this; ask an administrator to add somebody",
            code="nobody",
        )
    links = [_link(change, approval, each) for each in found]
    insert_rows(ApprovalStep, links)
    return links


def _link(change: Change, approval: Approval, drawn: Drawn) -> ApprovalStep:
    link = ApprovalStep(
        approval=approval,
        position=drawn.position,
        name=drawn.name,
        mode=drawn.mode,
        workdays=drawn.workdays,
        member_id=drawn.member_id,
        chosen_by=drawn.chosen_by or "role",
        role=drawn.role,
        why=drawn.why,
        round=approval.round,
        state="waiting" if drawn.member_id is not None else "skipped",
    )
    change.stamp(link)
    return link


def draw_again(change: Change, approval: Approval, request: Mapping[str, Any]) -> Chain:
    """A new round of the same request: the flow is asked anew with what is asked for now. The old links stay."""
    _, row = subject_and_row(change.actor, approval.subject_type, approval.subject_id, lock=True)
    flows = _flows(change, approval.subject_type, approval.purpose)
    _demand(fields_asked(flows), request)
    case = case_of(change.actor, approval.subject_type, row, request, change.now)
    flow = flow_for(case, flows)
    values = {"state": "open", "round": approval.round + 1, "request": dict(request), "asked_at": change.now}
    cleared = {"flow_id": flow.pk if flow else None, "seen_version": row.version, "decided_at": None}
    change.save(approval, {**values, **cleared, "decided_by_id": None})
    return Chain(approval, _links(change, approval, flow, row, case))


def chain_of(change: Change, approval_id: int) -> Chain:
    """A request of the team with its links, locked in one order, so that of two verdicts one counts."""
    rows = unscoped(Approval, "step").filter(LIVING, org_id=change.actor.org_id, kind=KIND, pk=approval_id)
    approval = rows.select_for_update(of=("self",)).first()
    if approval is None:
        raise NotFound()
    return Chain(approval, links_of(approval))


def links_of(approval: Approval) -> list[ApprovalStep]:
    """The links of the present round, locked."""
    rows = unscoped(ApprovalStep, "step").filter(LIVING, approval_id=approval.pk, round=approval.round)
    links = list(rows.order_by("position", "pk").select_for_update(of=("self",)))
    for each in links:
        each.approval = approval
    return links


def go_on(change: Change, chain: Chain, event: str, *, why: str = "", after: Mapping[str, Any] | None = None) -> None:
    """Let the chain run, write it, and say what happened with what stands on the agenda from now on. With the last yes
    the request is granted."""
    opened = run(chain.links)
    _pass_on(change, chain, opened)
    over = is_over(chain.links)
    if over:
        _close(change, chain, "passed")
    save_all(change, chain.links, _LINK)
    tell(change, chain, event, why=why, after=after)
    if over:
        tell(change, chain, "request.granted", after={"by_nobody": not any(_yes(each) for each in chain.links)})


def _yes(link: ApprovalStep) -> bool:
    return link.state == "passed"


def _pass_on(change: Change, chain: Chain, opened: Sequence[ApprovalStep]) -> None:
    """Whoever is asked from now on: his stand-in while he is away, the next one up when he has left; by when."""
    if not opened:
        return
    day = change.now.astimezone(change.actor.zone).date()
    away, people = stand_ins(change.actor.org_id, day), None
    for link in opened:
        link.due_at = due(change, link.workdays)
        other = away.get(link.member_id or 0)
        taken = {each.member_id for each in chain.links if each.position == link.position}
        if other is not None and other not in chain.own and other not in taken:
            link.instead_id, link.member_id, link.why = link.member_id, other, "away"
    gone = _left(opened)
    if gone:
        people = people_of(change.actor.org_id, change.actor.config_version)
        for link in gone:
            hand_up(chain, link, people)


def _left(links: Iterable[ApprovalStep]) -> list[ApprovalStep]:
    found = list(links)
    here = set(
        Membership.objects.filter(pk__in=[each.member_id for each in found], active=True).values_list("pk", flat=True)
    )
    return [each for each in found if each.member_id not in here]


def hand_up(chain: Chain, link: ApprovalStep, people: Any) -> bool:
    """The link of somebody who has left goes to the next one up; False where nobody is left. One who is asked in the
    same step already stands for both."""
    place = Membership.objects.filter(pk=link.member_id or 0).values_list("department_id", flat=True).first()
    beside = {each.member_id for each in chain.links if each.position == link.position and each.state == link.state}
    found, _ = one_up(people, place, {*chain.own, link.member_id or 0})
    if found is None:
        return False
    if found in beside:
        link.state, link.why = "skipped", "left"
        return True
    link.instead_id, link.member_id, link.why = link.member_id, found, "left"
    return True


def pass_to(link: ApprovalStep, member_id: int, why: str) -> None:
    """Another decides this link; whom he stands for first stays known."""
    link.instead_id, link.member_id, link.why = link.instead_id or link.member_id, member_id, why


def _close(change: Change, chain: Chain, state: str) -> None:
    values = {"state": state, "decided_at": change.now, "decided_by_id": change.actor.member_id}
    change.save(chain.approval, values)


def finish(change: Change, chain: Chain, state: str, event: str, *, why: str) -> None:
    """The request is over otherwise than by a yes: refused, withdrawn."""
    stop(chain.links)
    chain.approval.note = why[:500]
    _close(change, chain, state)
    save_all(change, chain.links, _LINK)
    save_all(change, [chain.approval], ["note"])
    tell(change, chain, event, why=why)


def to_the_asker(change: Change, chain: Chain, why: str) -> None:
    """Back to whoever asked: he changes it and asks again, or withdraws it."""
    for each in chain.links:
        each.state = "returned" if each.state == "open" else "skipped" if each.state == "waiting" else each.state
    chain.approval.note = why[:500]
    _close(change, chain, "returned")
    save_all(change, chain.links, _LINK)
    save_all(change, [chain.approval], ["note"])
    tell(change, chain, "request.sent_back", why=why, after={"position": 0})


def fall_back(change: Change, chain: Chain) -> None:
    """The record says something else now: what was allowed lapses, what is being decided begins anew."""
    approval = chain.approval
    if approval.state == "passed":
        change.save(approval, {"state": "lapsed"})
        decide(change, [approval], "lapse")
        tell(change, chain, "request.lapsed")
        return
    decide(change, [approval], "restart")
    go_back(chain.links, 1)
    go_on(change, chain, "request.restarted")


def begin_anew(change: Change, chain: Chain, request: Mapping[str, Any]) -> None:
    """The same, drawn from the flow as it fits what the record says now: nobody of the former round is asked."""
    stop(chain.links)
    save_all(change, chain.links, _LINK)
    decide(change, [chain.approval], "restart")
    go_on(change, draw_again(change, chain.approval, request), "request.restarted")


def tell(change: Change, chain: Chain, event: str, *, why: str = "", after: Mapping[str, Any] | None = None) -> None:
    """One event; `todos` is all that stands on the agenda for this request from now on."""
    approval = chain.approval
    told = {
        "kind": approval.kind,
        "purpose": approval.purpose,
        "title": approval.title,
        "subject_type": approval.subject_type,
        "subject_id": approval.subject_id,
        "state": approval.state,
        "asker_id": approval.asker_id,
        "round": approval.round,
        "todos": _todos(change, chain),
        **(after or {}),
    }
    change.record(event, approval, root=root_of(approval), after=told, why=why)


def _todos(change: Change, chain: Chain) -> list[dict[str, Any]]:
    """Rows of the agenda: whoever may not see the customer is told nothing of him."""
    approval = chain.approval
    if approval.state == "returned":
        return [{**mend_todo(change, approval, f"改申请：{approval.title}"), "owner_id": approval.asker_id}]
    if approval.state != "open":
        return []
    found = []
    for link in chain.links:
        if link.state == "open":
            customer_id = approval.customer_id if _sees(approval, link.member_id) else None
            found.append({"kind": "approve", "act": f"审批：{approval.title}", "owner_id": link.member_id,
                          "due_at": link.due_at, "customer_id": customer_id})  # fmt: skip
    return found


def _sees(approval: Approval, member_id: int | None) -> bool:
    return approval.customer is not None and holds(actor_of_member(member_id or 0), approval.customer)
