"""Contracts as something that legal and a supervisor say yes to (R-106, R-159): the one approval mechanism."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.access.visible import visible
from genjin.approvals.chain_steps import Chain, ask_for, begin_anew, chain_of, draw_again, fall_back, finish, go_on
from genjin.approvals.flow_queries import flows_for, may_start
from genjin.approvals.flow_steps import lay_flow
from genjin.approvals.models import Approval, ApprovalFlow
from genjin.approvals.steps import decide
from genjin.approvals.subjects import Subject, register_subject
from genjin.contracts.fields import CONTRACT
from genjin.contracts.models import Contract
from genjin.contracts.rules import FOR_REVIEW, missing
from genjin.customers.models import LIVING
from genjin.door.change import Change
from genjin.lib.errors import Forbidden, Invalid
from genjin.people.actions import bump

PURPOSE = "contract"
#: What a team begins with, the first time that it sends a contract to review; in 设置 › 审批 it is theirs to change.
FIRST_FLOW: Mapping[str, Any] = {
    "name": "合同审批：法务、主管",
    "kind": "contract",
    "purpose": PURPOSE,
    "on": True,
    "fields": ["amount"],
    "starters": [],
    "stages": [
        {"name": "法务", "by": [{"who": "role", "role": "legal"}], "need": "any", "workdays": 1},
        {"name": "主管", "by": [{"who": "superior", "role": ""}], "need": "all", "workdays": 1},
    ],
    "watch": [],
}


def _versions(org_id: int, ids: Sequence[int]) -> dict[int, int]:
    return dict(unscoped(Contract, "step").filter(LIVING, org_id=org_id, pk__in=ids).values_list("pk", "version"))


def _visible(actor: Actor, pk: int, change: bool) -> bool:
    return visible(actor, Contract, act="change" if change else "see").filter(pk=pk).exists()


def _no_copy(org_id: int, pk: int) -> dict[str, Any] | None:
    """None of them is graded by a peer or kept as an example."""
    return None


def _told(actor: Actor, row: dict[str, Any]) -> dict[str, Any]:
    return row


def _row(org_id: int, pk: int, lock: bool) -> Contract | None:
    rows = unscoped(Contract, "step").filter(LIVING, org_id=org_id, pk=pk).select_related("customer")
    found: Contract | None = (rows.select_for_update(of=("self",)) if lock else rows).first()
    return found


register_subject(
    Subject(
        "contract",
        {each.slug: (each.zh, each.en) for each in CONTRACT.fields},
        _versions,
        _no_copy,
        _visible,
        _told,
        _row,
        watched=False,
    )
)


def demand(row: Contract, wanted: Sequence[str]) -> None:
    """Everything that is wanted stands there; what is missing is named, all of it (R-107)."""
    values = {slug: getattr(row, CONTRACT.by_slug[slug].db if slug in CONTRACT.by_slug else slug) for slug in wanted}
    lacking = missing(values, wanted)
    if not lacking:
        return
    fields = [CONTRACT.by_slug[slug] for slug in lacking]
    zh, en = "、".join(each.zh for each in fields), ", ".join(each.en.lower() for each in fields)
    raise Invalid(f"还没有填：{zh}", f"Still missing: {en}", field=lacking[0], extra={"fields": lacking})


def approval_of(org_id: int, contract_id: int) -> Approval | None:
    """The newest request about a contract that is being decided, or was granted."""
    rows = unscoped(Approval, "step").filter(
        LIVING, org_id=org_id, kind="request", subject_type="contract", subject_id=contract_id, purpose=PURPOSE,
        state__in=("open", "returned", "passed"),
    )  # fmt: skip
    found: Approval | None = rows.order_by("-pk").first()
    return found


def newest(org_id: int, contract_id: int) -> Approval | None:
    """The newest request about a contract, whatever has become of it."""
    rows = unscoped(Approval, "step").filter(LIVING, org_id=org_id, kind="request", subject_type="contract")
    found: Approval | None = rows.filter(subject_id=contract_id).order_by("-pk").first()
    return found


def send(change: Change, row: Contract, text: str) -> Approval:
    """Ask legal and the supervisor; nobody decides on his own, whoever drafted it, owns it or sends it (R-106)."""
    demand(row, FOR_REVIEW)
    _first_flow(change)
    flows = flows_for(change.actor, "contract", PURPOSE)
    if flows and not may_start(change.actor, flows):
        raise Forbidden("按流程，你的角色不能送审合同", "By the flow your role may not send a contract to review")
    request = {"amount": row.amount, "text": text or f"合同送审：{row.title}"}
    waiting = approval_of(row.org_id, row.pk)
    if waiting is None or waiting.state != "returned":
        return ask_for(change, "contract", row.pk, PURPOSE, request, author_id=row.owner_id)
    chain = chain_of(change, waiting.pk)
    fresh = draw_again(change, chain.approval, request)
    decide(change, [fresh.approval], "resubmit", answers=[{"request": request}])
    go_on(change, fresh, "request.asked_again")
    return fresh.approval


def _first_flow(change: Change) -> None:
    """The flow a team begins with, unless it has or had one of its own."""
    if flows_for(change.actor, "contract", PURPOSE):
        return
    # What was read before has no such flow.
    change.actor = change.actor.with_(config_version=0)
    if ApprovalFlow.objects.filter(org_id=change.actor.org_id, body__kind="contract").exists():
        return
    lay_flow(change, "contract_review", FIRST_FLOW)
    bump(change.actor.org_id)


def undo_approval(change: Change, row: Contract) -> None:
    """The contract says something else than what was approved: the approval lapses; what is being decided is decided
    anew, along the flow as it fits now (R-106)."""
    approval = approval_of(row.org_id, row.pk)
    if approval is None or approval.state == "returned":
        return
    chain = chain_of(change, approval.pk)
    if approval.state == "passed":
        fall_back(change, chain)
        return
    begin_anew(change, chain, {**chain.approval.request, "amount": row.amount})


def withdraw(change: Change, row: Contract, why: str) -> None:
    """Nobody needs to decide on it any more."""
    approval = approval_of(row.org_id, row.pk)
    if approval is None or approval.state == "passed":
        return
    chain: Chain = chain_of(change, approval.pk)
    decide(change, [chain.approval], "recall", note=why)
    finish(change, chain, "withdrawn", "request.recalled", why=why)
