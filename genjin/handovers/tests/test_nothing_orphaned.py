"""After somebody has left nothing waits for him: every column of every table that can name a holder is looked at."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db.models import Q

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.approvals.models import Approval, ApprovalFlow, StandIn
from genjin.approvals.tests.conftest import review_all
from genjin.customers.models import LIVING
from genjin.handovers.tests.conftest import FIRMS, numbers, open_one
from genjin.orgs.models import Department, Membership
from genjin.ownership.models import AssignmentRule
from genjin.records.tests.making import make_row, make_type

#: Column → which of its rows are open: none of these may name somebody who has left.
OPEN_ROWS: dict[str, Q] = {
    "customers.Customer.owner": LIVING,
    "customers.Collaborator.member": LIVING,
    "agenda.AgendaItem.owner": Q(state="open") & LIVING,
    "approvals.ApprovalStep.member": Q(state__in=("open", "waiting"), approval__state="open") & LIVING,
    "approvals.Approval.grader": Q(state__in=("open", "returned")) & LIVING,
    "approvals.StandIn.delegate": Q(),
    "records.Record.owner": LIVING,
    "ownership.HelpRequest.helper": Q(settled_at__isnull=True) & LIVING,
    "ownership.HelpRequest.holder": Q(settled_at__isnull=True) & LIVING,
    "objections.Objection.owner": ~Q(state="closed") & LIVING,
    "contracts.Contract.owner": Q(state__in=("draft", "in_review", "approved", "signed")) & LIVING,
    "contracts.Delivery.giver": Q(state="draft") & LIVING,
    "contracts.Delivery.receiver": Q(state="draft") & LIVING,
    "care.CareItem.owner": Q(state__in=("planned", "proposed")) & LIVING,
    "complaints.Complaint.owner": ~Q(state="confirmed") & LIVING,
    "deals.Deal.owner": Q(state="open") & LIVING,
    "handovers.Handover.giver": Q(state__in=("draft", "waiting")) & LIVING,
    "handovers.Handover.supervisor": Q(state__in=("draft", "waiting")) & LIVING,
    "handovers.HandoverReceiver.member": Q(handover__state__in=("draft", "waiting", "released")) & LIVING,
    "handovers.HandoverCustomer.to": Q(handover__state__in=("draft", "waiting", "released")) & LIVING,
    "orgs.Department.head": Q(),
    "people.SavedView.owner": ~Q(shared="nobody"),
    "access.Session.member": Q(),
    "access.ApiToken.member": Q(revoked_at__isnull=True),
}
#: Who did, wrote or counted something, and what is a person's own; none of it waits for anybody. An automation whose
#: publisher has gone stops and says so.
PAST = {
    "created_by", "published_by", "made_by", "intent_by", "last_contact_by", "done_by", "decided_by", "instead",
    "updated_by", "contacted_by", "entered_by", "reviewed_by", "moved_by", "answered_by", "closed_by", "set_by",
    "released_by", "resolved_by", "credited", "by", "former", "taker", "author", "asker",
    "access.Grant.member", "access.Session.as_member", "history.Event.member", "people.TabOrder.member",
    "files.StoredFile.owner", "followups.Draft.member", "ownership.AssignmentRule.last_member",
    "ownership.Receiver.member", "approvals.StandIn.member", "insights.Target.member", "notify.Notice.member",
    "exchange.ImportRun.owner", "exchange.SavedColumns.member", "exchange.ExportRun.owner",
    "automations.Automation.publisher",
}  # fmt: skip


def _columns() -> dict[str, Any]:
    return {
        f"{model._meta.label}.{field.name}": model
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is Membership
    }


def test_every_column_that_names_a_member_is_open_or_past() -> None:
    """A new one belongs into one of the two lists, and into the hand-over of somebody who leaves."""
    unknown = [each for each in _columns() if each not in OPEN_ROWS | dict.fromkeys(PAST, Q())
               and each.rpartition(".")[2] not in PAST]  # fmt: skip
    assert unknown == []


def _named(member_id: int) -> list[str]:
    """Open rows that name this member, as column × number."""
    found = []
    for column, model in _columns().items():
        if column in OPEN_ROWS:
            field = column.rpartition(".")[2]
            many = unscoped(model, "test").filter(OPEN_ROWS[column], **{f"{field}_id": member_id}).count()
            found += [f"{column} × {many}"] if many else []
    found += [f"rule {row.pk}" for row in AssignmentRule.objects.all() if member_id in row.member_ids]
    found += [f"flow {row.pk}" for row in ApprovalFlow.objects.all() if f'"id": {member_id}' in str(row.body)
              or f"'id': {member_id}" in str(row.body)]  # fmt: skip
    return found


def _dealt(cast: Cast, own: int, theirs: int) -> None:
    """A deal with a customer of his, and one with 王销售's that is his."""
    deal = {"title": "二期", "expected_close": "2026-12-31"}
    assert cast.li.post(f"/customers/{own}/deals", deal).status == 201
    assert cast.wang.post(f"/customers/{theirs}/deals", {**deal, "owner_id": cast.li.id}).status == 201


@pytest.fixture
def busy(cast: Cast, new_customer: Any, good: Any) -> list[int]:
    """李销售 is named wherever somebody can be named."""
    ids = [new_customer(cast.li, name) for name in FIRMS]
    theirs = new_customer(cast.wang, "武汉光谷智芯电子有限公司")
    qians = new_customer(cast.qian, "厦门鹭屿电子商务有限公司")
    due = {"due_at": "2026-11-30T02:00:00Z"}
    care = {"act": "送年历", "due_on": "2026-12-20"}
    assert cast.li.post(f"/customers/{ids[0]}/care", care).status == 201
    review_all(cast.org, share=1)
    for minute in ("10", "20"):
        body = {"customer_id": ids[0], **good, "contact_at": f"2026-11-24T01:{minute}:00Z"}
        assert cast.li.post("/followups", body).status == 201
    review_all(cast.org, share=0)
    back = unscoped(Approval, "test").filter(kind="review").order_by("pk").first()
    assert back is not None
    assert cast.zhao.post(f"/approvals/{back.pk}/return", {"reasons": {"topic": "补主题"}}).status == 200
    assert cast.li.post(f"/customers/{ids[0]}/objections", {"kind": "other", "text": "不支持离线"}).status == 201
    assert cast.wang.post(f"/customers/{theirs}/objections", {"kind": "other", "text": "太贵"}).status == 201
    assert cast.li.post(f"/customers/{ids[0]}/complaints", {"text": "夜里停机没人接电话"}).status == 201
    assert cast.wang.post(f"/customers/{theirs}/collaborators", {"member_id": cast.li.id}).status == 201
    _dealt(cast, ids[0], theirs)
    objection = cast.wang.get(f"/customers/{theirs}/objections")["items"][0]["id"]
    assert cast.wang.post(f"/objections/{objection}/pass", {"owner_id": cast.li.id}).status == 200
    assert cast.wang.post(f"/customers/{theirs}/care", {**care, "owner_id": cast.li.id}).status == 201
    case = {"text": "发错了型号", "owner_id": cast.li.id}
    assert cast.wang.post(f"/customers/{theirs}/complaints", case).status == 201
    assert cast.qian.post(f"/customers/{qians}/collaborators", {"member_id": cast.li.id}).status == 201
    for customer in (theirs, qians):
        owner = cast.wang if customer == theirs else cast.qian
        asked = {"question": "用的什么 PLC", "helper_id": cast.li.id, **due}
        assert owner.post(f"/customers/{customer}/help", asked).status == 201
    assert cast.li.post("/agenda", {"act": "交季度总结", **due}).status == 201
    make_type(cast)
    make_row(cast.li, "主轴样品", customer=ids[1])
    make_row(cast.li, "导轨样品", customer=theirs)
    flow = {"name": "特价", "purpose": "discount", "stages": [{"by": [{"who": "member", "id": cast.li.id}]}]}
    assert cast.admin.post("/approval-flows", {"body": flow}).status == 201
    ask = {"subject_id": theirs, "purpose": "discount", "text": "年框价"}
    assert cast.wang.post("/approval-requests", ask).status == 201
    rules = {"version": 0, "on": True, "rules": [{"name": "全部", "member_ids": [cast.li.id, cast.qian.id]}]}
    assert cast.admin.put("/assignments/rules", rules).status == 200
    Department.objects.filter(pk=cast.li.member.department_id or 0).update(head_id=cast.li.id)
    StandIn.objects.create(
        org=cast.org, member=cast.qian.member, delegate=cast.li.member, since="2026-11-20", until="2026-12-20"
    )
    made = open_one(cast.wang, [theirs], cast.li.id)
    assert made.status == 201 and cast.wang.post(f"/handovers/{made['id']}/send").status == 200
    given = open_one(cast.li, ids[2:], cast.qian.id)
    assert given.status == 201 and cast.li.post(f"/handovers/{given['id']}/send").status == 200
    return ids


@pytest.mark.parametrize("way", ["at once", "by consent"])
def test_nothing_waits_for_somebody_who_has_left(cast: Cast, busy: list[int], way: str) -> None:
    """R-157: 离职交接, at once or by a hand-over of everything that its receiver has confirmed."""
    named = {each.partition(" ")[0] for each in _named(cast.li.id)}
    assert named >= {
        "customers.Customer.owner", "customers.Collaborator.member", "agenda.AgendaItem.owner",
        "approvals.ApprovalStep.member", "approvals.StandIn.delegate", "records.Record.owner",
        "ownership.HelpRequest.helper", "ownership.HelpRequest.holder", "objections.Objection.owner",
        "care.CareItem.owner", "deals.Deal.owner",
        "complaints.Complaint.owner",
        "handovers.Handover.giver", "handovers.HandoverReceiver.member", "handovers.HandoverCustomer.to",
        "orgs.Department.head", "access.Session.member", "rule", "flow",
    }  # fmt: skip
    if way == "at once":
        answer = cast.admin.post(f"/members/{cast.li.id}/handover", {"member_ids": [cast.zhao.id], "why": "离职"})
        assert answer.status == 200, answer
    else:
        _by_consent(cast, busy)
    assert _named(cast.li.id) == []
    assert not Membership.objects.get(pk=cast.li.id).active
    work = unscoped(AgendaItem, "test").filter(
        state="open", deleted_at=None, owner__isnull=True, department__isnull=True
    )
    assert not work.exists()


def _by_consent(cast: Cast, busy: list[int]) -> None:
    for each in cast.admin.get("/handovers", which="open")["items"]:
        if each["giver"]["id"] == cast.li.id:
            assert cast.admin.post(f"/handovers/{each['id']}/withdraw", {}).status == 200
    body = {"giver_id": cast.li.id, "everything": True, "leave": True, "to_member_id": cast.zhao.id, "reason": "离职"}
    made = cast.admin.post("/handovers", body)
    assert made.status == 201, made
    path = f"/handovers/{made['id']}"
    assert cast.admin.post(f"{path}/send").status == 200
    assert cast.li.post(f"{path}/confirm").status == 200
    assert cast.zhao.post(f"{path}/read", {"customer_ids": busy}).status == 200
    assert cast.zhao.post(f"{path}/confirm").status == 200
    answer = cast.admin.post(f"{path}/release", {})
    assert (answer.status, answer["state"]) == (200, "confirmed"), answer
    assert all(was == is_ for was, is_ in numbers(answer["proof"]).values())


def test_those_who_took_over_confirm_afterwards(cast: Cast, busy: list[int]) -> None:
    """R-157: nothing waits for a consent when somebody leaves at once, and it stands that nobody was waited for."""
    body = {"member_ids": [cast.zhao.id], "why": "离职"}
    pk = cast.admin.post(f"/members/{cast.li.id}/handover", body)["handover_id"]
    shown = cast.zhao.get(f"/handovers/{pk}")
    assert (shown["state"], shown["proven"]) == ("released", True)
    assert shown["sentences"][0]["zh"] == "没有等李销售确认就放行了：离职"
    assert cast.zhao.post(f"/handovers/{pk}/confirm")["code"] == "unread"
    assert cast.zhao.post(f"/handovers/{pk}/read", {"customer_ids": busy}).status == 200
    assert cast.zhao.post(f"/handovers/{pk}/confirm")["state"] == "confirmed"
