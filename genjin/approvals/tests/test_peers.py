"""Spot checks among colleagues: drawn once a week, graded by the rules' own list, seen by few (R-072)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.approvals.models import Approval
from genjin.approvals.tests.conftest import approvals
from genjin.followups.models import FollowUp
from genjin.followups.tasks import draw_the_week
from genjin.lib import moment

LAST_WEEK = "2026-11-18T03:00:00Z"


@pytest.fixture
def weak(good: dict[str, Any]) -> dict[str, Any]:
    """A record that passes with advice: one judgement, and names in every text."""
    return {
        **good,
        "summary": "和甲公司的王建国通了电话 13800000001，看了二期方案，问 3 号线能不能保留现有 PLC。感觉他比较认可。",
        "contact_at": LAST_WEEK,
    }


@pytest.fixture
def drawn(cast: Cast, new_customer: Any, weak: Any) -> Approval:
    """李销售's record of last week, drawn for 王销售."""
    pk = new_customer(cast.li, "甲公司有限公司")
    assert cast.li.post("/followups", {"customer_id": pk, **weak}).status == 201
    assert draw_the_week(cast.org.pk) == 1
    (approval,) = approvals()
    return approval


def test_last_weeks_records_are_drawn_once(cast: Cast, drawn: Approval, new_customer: Any, good: Any) -> None:
    """R-072: a colleague of the same department, never the author, once a week however often it runs."""
    assert (drawn.kind, drawn.author_id, drawn.grader_id) == ("peer", cast.li.id, cast.wang.id)
    assert draw_the_week(cast.org.pk) == 0
    item = unscoped(AgendaItem, "test").get(kind="peer_check")
    assert (item.owner_id, item.customer_id, item.act) == (cast.wang.id, None, "互查 李销售 11月18日 的跟进")
    with moment.frozen(NOW + timedelta(days=7)):
        pk = new_customer(cast.wang, "丙公司")
        cast.wang.post("/followups", {"customer_id": pk, **good, "contact_at": "2026-11-25T03:00:00Z"})
        assert draw_the_week(cast.org.pk) == 1
    assert {each.grader_id for each in approvals()} == {cast.wang.id, cast.li.id}


def test_nobody_alone_in_his_department_is_drawn(cast: Cast, new_customer: Any, weak: Any) -> None:
    pk = new_customer(cast.qian, "乙公司")
    cast.qian.post("/followups", {"customer_id": pk, **weak})
    assert draw_the_week(cast.org.pk) == 0
    assert approvals() == []


def test_attempts_history_and_this_week_are_not_drawn(cast: Cast, new_customer: Any, good: Any) -> None:
    pk = new_customer(cast.li, "甲公司")
    cast.li.post("/followups", {"customer_id": pk, **good, "contact_at": "2026-11-23T03:00:00Z"})
    cast.li.post("/followups", {"customer_id": pk, **good, "contact_at": LAST_WEEK})
    unscoped(FollowUp, "test").filter(contact_at=LAST_WEEK).update(historical=True)
    assert draw_the_week(cast.org.pk) == 0


def test_the_peer_reads_the_record_without_names(cast: Cast, drawn: Approval) -> None:
    """R-072: customer, contact and numbers stay with the author; the words that were judged stay marked."""
    answer = cast.wang.get(f"/approvals/{drawn.pk}")
    assert answer.status == 200
    text = answer.text.decode()
    for secret in ("甲公司", "王建国", "13800000001"):
        assert secret not in text
    record = answer.body["record"]
    assert "3 号线能不能保留现有 PLC" in record["summary"]
    (finding,) = [each for each in record["findings"] if each["rule"] == "subjective-claim"]
    start, end = finding["span"]
    assert record["summary"][start:end].startswith("感觉")
    assert cast.wang.get(f"/followups/{drawn.subject_id}").status == 404
    (line,) = cast.wang.get("/approvals", which="peers").body["items"]
    assert (line["customer"], line["record"], line["author"]["name"]) == (None, None, "李销售")


def test_only_the_grader_opens_it(cast: Cast, drawn: Approval) -> None:
    for other in (cast.li, cast.zhao, cast.qian, cast.admin, cast.outsider):
        assert other.get(f"/approvals/{drawn.pk}").status == 404
        assert other.get("/approvals", which="peers").body["items"] == []
    body = {"answers": [], "note": ""}
    assert cast.zhao.post(f"/approvals/{drawn.pk}/grade", body).status == 403
    assert cast.li.post(f"/approvals/{drawn.pk}/grade", body).status == 403
    assert cast.qian.post(f"/approvals/{drawn.pk}/grade", body).status == 404
    assert cast.zhao.post("/approvals/pass", {"ids": [drawn.pk]}).status == 403
    assert approvals()[0].state == "open"


def test_grading_finding_by_finding(cast: Cast, drawn: Approval) -> None:
    """R-072: agree or not with each; author and supervisor read it; score and findings stay as they are."""
    record = unscoped(FollowUp, "test").get(pk=drawn.subject_id)
    before = (record.score, record.findings, record.state, record.version)
    count = len(record.findings)
    assert count >= 1
    url = f"/approvals/{drawn.pk}/grade"
    short = cast.wang.post(url, {"answers": []})
    assert (short.status, short["field"]) == (422, "answers")
    twice = [{"index": 0, "agree": True}] * (count + 1)
    assert cast.wang.post(url, {"answers": twice}).status == 422
    answers = [{"index": at, "agree": at > 0, "note": "这是原话"} for at in range(count)]
    body = {"answers": answers, "note": "下一步写得好"}
    assert cast.wang.post(url, body, Idempotency_Key="k").body == {
        "id": drawn.pk, "state": "passed", "agreed": count - 1, "findings": count,
    }  # fmt: skip
    record.refresh_from_db()
    assert (record.score, record.findings, record.state, record.version) == before
    assert cast.wang.post(url, {"answers": answers}).status == 409
    for reader in (cast.li, cast.zhao):
        (result,) = reader.get(f"/approvals/of/followup/{drawn.subject_id}")["approvals"]
        (graded,) = result["decisions"]
        assert (graded["note"], graded["by"]["name"]) == ("下一步写得好", "王销售")
        assert [each["agree"] for each in graded["answers"]] == [at > 0 for at in range(count)]


def test_colleagues_do_not_read_each_others_results(cast: Cast, drawn: Approval) -> None:
    """A collaborator sees the record, but not what its author was told by a peer."""
    customer = unscoped(FollowUp, "test").get(pk=drawn.subject_id).customer_id
    cast.li.post(f"/customers/{customer}/collaborators", {"member_id": cast.qian.id})
    count = len(unscoped(FollowUp, "test").get(pk=drawn.subject_id).findings)
    answers = [{"index": at, "agree": True} for at in range(count)]
    assert cast.wang.post(f"/approvals/{drawn.pk}/grade", {"answers": answers}).status == 200
    chain = cast.qian.get(f"/approvals/of/followup/{drawn.subject_id}")
    assert (chain.status, chain["approvals"]) == (200, [])


def test_a_deleted_record_is_graded_by_nobody(cast: Cast, drawn: Approval) -> None:
    assert cast.li.delete(f"/followups/{drawn.subject_id}").status == 200
    assert approvals()[0].state == "withdrawn"
    assert cast.wang.get("/approvals", which="peers").body["items"] == []
    assert cast.wang.get(f"/approvals/{drawn.pk}").status == 404
