"""Reviewing records over HTTP: queue, pass, return field by field, mend, submit again (R-170–R-176, R-077)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from conftest import NOW, Cast, hire, logged_in
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.approvals.models import Approval, Decision, FieldReason
from genjin.approvals.steps import draw_of
from genjin.approvals.tests.conftest import approvals
from genjin.customers.models import Customer
from genjin.followups.models import FollowUp
from genjin.history.models import Event
from genjin.packs.organisation import give_role

Log = Callable[..., dict[str, Any]]


def record(pk: int) -> FollowUp:
    found: FollowUp = unscoped(FollowUp, "test").get(pk=pk)
    return found


def items(approval_id: int) -> list[tuple[str, int, str]]:
    rows = unscoped(AgendaItem, "test").filter(source_type="approval", source_id=approval_id).order_by("pk")
    return list(rows.values_list("kind", "owner_id", "state"))


def standing() -> tuple[int, ...]:
    """How much has been written: equal before and after a refusal."""
    tables = (Approval, Decision, FieldReason, AgendaItem)
    return (Event.objects.count(), *(unscoped(each, "test").count() for each in tables))


def test_an_ordinary_record_needs_no_review(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-170: live at once, nobody is asked."""
    pk = new_customer(cast.li, "甲公司")
    answer = cast.li.post("/followups", {"customer_id": pk, **good})
    assert (answer.status, answer["review"]) == (201, [])
    assert approvals() == []
    assert cast.zhao.get("/approvals").body["counts"] == {
        "records": 0,
        "files": 0,
        "peers": 0,
        "returned": 0,
        "requests": 0,
    }


def test_the_draw_is_fixed_for_a_record_and_takes_its_share(cast: Cast) -> None:
    """R-170: the same record is never drawn anew; about one in twenty of many."""
    draws = [draw_of(cast.org.pk, "followup", pk) for pk in range(1, 4001)]
    assert draws == [draw_of(cast.org.pk, "followup", pk) for pk in range(1, 4001)]
    assert 140 < sum(each < 0.05 for each in draws) < 265
    assert draw_of(cast.org.pk, "followup", 7) != draw_of(cast.org.pk + 1, "followup", 7)


def test_a_lost_deal_goes_to_the_supervisor_and_is_usable_meanwhile(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-170, R-174, R-077: one item of the supervisor's agenda; the record stands on the timeline at once."""
    pk = new_customer(cast.li, "甲公司")
    body = {"customer_id": pk, **good, "status": "lost", "status_reason": "预算被集团冻结，改用现有 PLC"}
    answer = cast.li.post("/followups", body)
    assert answer["review"] == [{"rule": "status", "value": "lost"}]
    (approval,) = approvals()
    assert (approval.kind, approval.state, approval.round) == ("review", "open", 1)
    assert items(approval.pk) == [("review", cast.zhao.id, "open")]
    due = unscoped(AgendaItem, "test").get(source_type="approval")
    assert (due.due_at, due.precision) == (datetime(2026, 11, 25, 10, tzinfo=UTC), "day")
    shown = cast.li.get(f"/followups/{answer['id']}")
    assert (shown.status, shown["state"]) == (200, "submitted")
    assert unscoped(Customer, "test").get(pk=pk).next_act == good["next_steps"][0]["act"]


def test_the_queue_holds_what_a_reviewer_chooses_by(cast: Cast, under_review: Log) -> None:
    """R-170: customer, class, author, points, how long it waits; nobody else's queue has it."""
    made = under_review()
    queue = cast.zhao.get("/approvals", which="records").body
    assert queue["counts"]["records"] == 1 and queue["minutes"] == 1
    (line,) = queue["items"]
    assert line["id"] == made["approval"]
    assert line["author"] == {"id": cast.li.id, "name": "李销售"}
    assert line["customer"] == {"id": made["customer"], "name": "甲公司", "intent_class": ""}
    assert line["record"]["id"] == made["record"] and line["record"]["score"] == record(made["record"]).score
    assert line["why"] == [{"rule": "sample", "value": 100}]
    for other in (cast.li, cast.wang, cast.qian, cast.admin, cast.outsider):
        assert other.get("/approvals", which="records").body["items"] == []


def test_the_page_shows_the_record_as_written_with_the_two_before(cast: Cast, under_review: Log, good: Any) -> None:
    """R-170: marks, next step, earlier contacts: a verdict needs no other page."""
    made = under_review(contact_at="2026-11-24T01:00:00Z")
    for day, summary in ((16, "看了 3 号窑，问单独计气怎么收费"), (9, "展会换名片，问能不能先试一条窑")):
        body = {
            "customer_id": made["customer"],
            **good,
            "summary": summary,
            "contact_at": f"2026-11-{day:02}T03:00:00Z",
        }
        assert cast.li.post("/followups", body).status == 201
    page = cast.zhao.get(f"/approvals/{made['approval']}").body
    assert page["record"]["summary"] == good["summary"]
    assert page["record"]["next_steps"][0]["act"] == good["next_steps"][0]["act"]
    assert [each["summary"] for each in page["earlier"]] == [
        "看了 3 号窑，问单独计气怎么收费",
        "展会换名片，问能不能先试一条窑",
    ]
    assert page["record"]["contact"]["phone"] == "13800000001"
    assert page["approval"]["may_decide"] is True
    assert cast.li.get(f"/approvals/{made['approval']}")["approval"]["may_decide"] is False
    assert cast.wang.get(f"/approvals/{made['approval']}").status == 404


def test_passing_archives_with_reviewer_and_time(cast: Cast, under_review: Log) -> None:
    """R-172, R-173: the record is archived, found by its state, and the agenda item is done."""
    made = under_review()
    answer = cast.zhao.post("/approvals/pass", {"ids": [made["approval"]], "note": "写得清楚"})
    assert answer.body == {"passed": 1, "ids": [made["approval"]]}
    found = record(made["record"])
    assert (found.state, found.reviewed_by_id, found.reviewed_at, found.version) == ("archived", cast.zhao.id, NOW, 1)
    assert items(made["approval"]) == [("review", cast.zhao.id, "done")]
    passed = Event.objects.get(name="approval.passed")
    assert (passed.member_id, passed.root_id, passed.why) == (cast.zhao.id, made["customer"], "写得清楚")
    listed = cast.li.get("/followups", filter=_filter("state", "archived")).body["items"]
    assert [each["id"] for each in listed] == [made["record"]]
    again = cast.zhao.post("/approvals/pass", {"ids": [made["approval"]]})
    assert (again.status, again["code"]) == (409, "decided")
    assert cast.zhao.get("/approvals").body["today"] == {"passed": 1, "returned": 0}


def _filter(slug: str, value: str) -> str:
    return f'{{"field": "{slug}", "op": "eq", "value": "{value}"}}'


def test_a_batch_passes_all_or_nothing(cast: Cast, under_review: Log) -> None:
    """R-170: one own record in the batch is named, and nothing is half done."""
    first, second = under_review(name="甲公司"), under_review(name="乙公司")
    own = under_review(cast.zhao, name="丙公司")
    before = standing()
    answer = cast.zhao.post("/approvals/pass", {"ids": [first["approval"], own["approval"], second["approval"]]})
    assert (answer.status, answer["ids"]) == (403, [own["approval"]])
    assert standing() == before
    assert cast.zhao.post("/approvals/pass", {"ids": [first["approval"], second["approval"]]})["passed"] == 2
    assert {record(first["record"]).state, record(second["record"]).state} == {"archived"}


def test_nobody_reviews_his_own(cast: Cast, under_review: Log) -> None:
    """A supervisor's record goes up the tree, to the administrator here; he may not decide on it himself."""
    made = under_review(cast.zhao)
    assert items(made["approval"]) == [("review", cast.admin.id, "open")]
    for path, body in (
        ("/approvals/pass", {"ids": [made["approval"]]}),
        (f"/approvals/{made['approval']}/return", {"reasons": {"summary": "再写清楚"}}),
    ):
        before = standing()
        answer = cast.zhao.post(path, body)
        assert answer.status == 403 and "自己写的不能自己审" in answer["zh"]
        assert standing() == before
    assert cast.admin.post("/approvals/pass", {"ids": [made["approval"]]}).status == 200


def test_whoever_typed_it_for_another_may_not_review_it_either(
    cast: Cast, new_customer: Any, good: Any, review_rules: Any
) -> None:
    """代录: 赵主管 types a record of 李销售; it goes past him."""
    pk = new_customer(cast.li, "甲公司")
    review_rules(share=1)
    answer = cast.zhao.post("/followups", {"customer_id": pk, **good, "contacted_by": cast.li.id})
    assert answer.status == 201
    (approval,) = approvals()
    assert items(approval.pk) == [("review", cast.admin.id, "open")]
    assert cast.zhao.post("/approvals/pass", {"ids": [approval.pk]}).status == 403


def test_without_anybody_else_nothing_is_asked(cast: Cast, new_customer: Any, good: Any, review_rules: Any) -> None:
    """The only administrator's own record waits for nobody."""
    pk = new_customer(cast.admin, "甲公司")
    review_rules(share=1)
    assert cast.admin.post("/followups", {"customer_id": pk, **good})["review"] == []
    assert approvals() == []


def test_the_nearest_supervisor_reviews(cast: Cast, under_review: Log) -> None:
    """A second supervisor in another department is further away than the department's own."""
    far = hire(cast.org, "孙主管", "supervisor", cast.qian.member.department)
    made = under_review()
    assert items(made["approval"])[0][1] == cast.zhao.id
    cast.zhao.member.active = False
    cast.zhao.member.save()
    give_role(cast.wang.member, "supervisor")
    assert items(under_review(name="乙公司")["approval"])[0][1] == cast.wang.id
    assert logged_in(far).post("/approvals/pass", {"ids": [made["approval"]]}).status == 404


def test_a_return_names_fields_and_reasons(cast: Cast, under_review: Log) -> None:
    """R-170, R-176: the author sees field by field what to mend; the record stays where it is."""
    made = under_review()
    url = f"/approvals/{made['approval']}/return"
    body = {"reasons": {"summary": "写清现场看了哪几条线", "next_steps": "写清周几交"}, "note": "其他都好"}
    answer = cast.zhao.post(url, body)
    assert (answer.status, answer["state"], answer["fields"]) == (200, "returned", ["summary", "next_steps"])
    assert record(made["record"]).state == "returned"
    assert cast.li.get(f"/followups/{made['record']}").status == 200
    assert items(made["approval"]) == [("review", cast.zhao.id, "done"), ("mend", cast.li.id, "open")]
    mending = unscoped(AgendaItem, "test").get(kind="mend")
    assert mending.act == "改退回的跟进：跟进内容、下一步"
    page = cast.li.get(f"/approvals/{made['approval']}").body
    assert [(each["field"], each["text"], each["state"]) for each in page["approval"]["reasons"]] == [
        ("summary", "写清现场看了哪几条线", "open"),
        ("next_steps", "写清周几交", "open"),
    ]
    (line,) = cast.li.get("/approvals", which="returned").body["items"]
    assert (line["id"], line["reasons"]) == (made["approval"], 2)
    returned = Event.objects.get(name="approval.returned")
    assert returned.data.data["after"]["reasons"] == body["reasons"] and returned.why == "其他都好"


@pytest.mark.parametrize(
    ("reasons", "field", "word"),
    [
        ({}, "reasons", "哪个字段"),
        ({"summary": "  "}, "reasons.summary", "没写原因"),
        ({"colour": "红的"}, "reasons.colour", "不是记录里的字段"),
        ({"score": "太低"}, "reasons.score", "不是记录里的字段"),
        ({"summary": "长" * 501}, "reasons.summary", "最多 500"),
    ],
)
def test_a_return_without_a_usable_reason_is_refused(
    cast: Cast, under_review: Log, reasons: dict[str, str], field: str, word: str
) -> None:
    made = under_review()
    before = standing()
    answer = cast.zhao.post(f"/approvals/{made['approval']}/return", {"reasons": reasons})
    assert (answer.status, answer["field"]) == (422, field) and word in answer["zh"]
    assert standing() == before and record(made["record"]).state == "submitted"


def test_mending_every_field_lets_it_be_submitted_again(cast: Cast, under_review: Log, good: Any) -> None:
    """R-077, R-172, R-176: no archiving while a field is as it was; the old version stays readable."""
    made = under_review()
    reasons = {"summary": "写清现场看了哪几条线", "next_steps": "写清周几交"}
    cast.zhao.post(f"/approvals/{made['approval']}/return", {"reasons": reasons})
    early = cast.zhao.post("/approvals/pass", {"ids": [made["approval"]]})
    assert (early.status, early["code"]) == (409, "returned")
    url = f"/approvals/{made['approval']}/resubmit"
    answer = cast.li.post(url, {})
    assert (answer.status, answer["code"], answer["field"]) == (409, "not_mended", "summary")
    summary = "看了 2 号和 3 号线，王总问能不能保留现有 PLC，预算 80 万，我答应周五前给兼容清单。"
    assert cast.li.patch(f"/followups/{made['record']}", {"version": 1, "summary": summary})["version"] == 2
    answer = cast.li.post(url, {})
    assert [each["field"] for each in answer["problems"]] == ["next_steps"]
    step = {**good["next_steps"][0], "due_at": "2026-11-26T02:00:00Z"}
    assert cast.li.patch(f"/followups/{made['record']}", {"version": 2, "next_steps": [step]}).status == 200
    assert cast.li.post(url, {}).body["round"] == 2
    assert record(made["record"]).state == "submitted"
    page = cast.zhao.get(f"/approvals/{made['approval']}").body
    assert page["before"]["summary"] == good["summary"]
    assert {each["state"] for each in page["approval"]["reasons"]} == {"mended"}
    assert items(made["approval"]) == [
        ("review", cast.zhao.id, "done"),
        ("mend", cast.li.id, "done"),
        ("review", cast.zhao.id, "open"),
    ]
    assert cast.zhao.post("/approvals/pass", {"ids": [made["approval"]]}).status == 200
    assert record(made["record"]).state == "archived"


def test_a_next_step_is_mended_on_the_agenda(cast: Cast, under_review: Log, good: Any) -> None:
    """R-074: what the new plan does not hold goes, what it holds stays, the customer shows the new one."""
    made = under_review()
    url = f"/followups/{made['record']}"
    same = cast.li.patch(url, {"version": 1, "next_steps": good["next_steps"]})
    assert (same.status, same["version"]) == (200, 1)
    bare = cast.li.patch(url, {"version": 1, "next_steps": [{"act": "发 PLC 兼容清单给王总"}]})
    assert (bare.status, bare["field"]) == (422, "next_steps")
    step = {"act": "周四上午把 PLC 兼容清单发给王总并电话确认", "due_at": "2026-11-26T02:00:00Z"}
    assert cast.li.patch(url, {"version": 1, "next_steps": [step]})["version"] == 2
    open_steps = unscoped(AgendaItem, "test").filter(source_type="followup", deleted_at=None)
    assert [each.act for each in open_steps] == [step["act"]]
    assert unscoped(Customer, "test").get(pk=made["customer"]).next_act == step["act"]
    told = Event.objects.get(name="followup.updated").data.data
    assert told["before"]["next_steps"] == [good["next_steps"][0]["act"]]


def test_a_version_the_reviewer_has_not_read_is_not_passed(cast: Cast, under_review: Log) -> None:
    made = under_review()
    assert cast.li.patch(f"/followups/{made['record']}", {"version": 1, "result": "口头同意"}).status == 200
    before = standing()
    pk = made["approval"]
    answer = cast.zhao.post("/approvals/pass", {"ids": [pk], "seen": [{"id": pk, "version": 1}]})
    assert (answer.status, answer["code"], answer["version"]) == (409, "changed", 2)
    stale = cast.zhao.post(f"/approvals/{pk}/return", {"reasons": {"summary": "补数字"}, "seen": 1})
    assert (stale.status, standing()) == (409, before)
    assert cast.zhao.post("/approvals/pass", {"ids": [pk], "seen": [{"id": pk, "version": 2}]}).status == 200


def test_an_archived_record_that_is_changed_is_looked_at_again(cast: Cast, under_review: Log) -> None:
    """What the reviewer passed is not what stands there now."""
    made = under_review()
    cast.zhao.post("/approvals/pass", {"ids": [made["approval"]]})
    assert cast.li.patch(f"/followups/{made['record']}", {"version": 1, "result": "口头同意"}).status == 200
    old, new = approvals(subject_id=made["record"])
    assert (old.state, new.state, new.why) == ("passed", "open", [{"rule": "changed", "value": ""}])
    found = record(made["record"])
    assert (found.state, found.reviewed_by_id) == ("submitted", None)


def test_a_record_under_review_cannot_be_deleted_and_drawn_anew(cast: Cast, under_review: Log) -> None:
    made = under_review()
    answer = cast.li.delete(f"/followups/{made['record']}")
    assert (answer.status, answer["code"]) == (409, "under_review")
    assert record(made["record"]).deleted_at is None
    cast.zhao.post("/approvals/pass", {"ids": [made["approval"]]})
    assert cast.li.delete(f"/followups/{made['record']}").status == 200


def test_reasons_can_be_taken_back(cast: Cast, under_review: Log) -> None:
    """The author was right: the reviewer no longer asks, and has the record back."""
    made = under_review()
    base = f"/approvals/{made['approval']}"
    cast.zhao.post(f"{base}/return", {"reasons": {"summary": "补数字", "feedback": "补原话"}})
    assert cast.li.post(f"{base}/comments", {"text": "原话就这一句", "field": "feedback"}).status == 201
    assert cast.li.post(f"{base}/waive", {"fields": ["feedback"]}).status == 403
    wrong = cast.zhao.post(f"{base}/waive", {"fields": ["topic"]})
    assert (wrong.status, wrong["field"]) == (422, "fields")
    assert cast.zhao.post(f"{base}/waive", {"fields": ["feedback"]})["state"] == "returned"
    assert cast.zhao.post(f"{base}/waive", {"fields": ["summary"]})["state"] == "open"
    assert record(made["record"]).state == "submitted"
    assert items(made["approval"])[-1] == ("review", cast.zhao.id, "open")
    comment = cast.zhao.get(base)["approval"]["decisions"][1]
    assert (comment["verdict"], comment["field"], comment["note"]) == ("comment", "feedback", "原话就这一句")


def test_only_the_author_submits_again(cast: Cast, under_review: Log) -> None:
    made = under_review()
    base = f"/approvals/{made['approval']}"
    early = cast.li.post(f"{base}/resubmit", {})
    assert (early.status, early["code"]) == (409, "not_returned")
    cast.zhao.post(f"{base}/return", {"reasons": {"summary": "补数字"}})
    before = standing()
    assert cast.zhao.post(f"{base}/resubmit", {}).status == 403
    assert cast.wang.post(f"{base}/resubmit", {}).status == 404
    assert cast.li.post(f"{base}/comments", {"text": "  "}).status == 422
    assert standing() == before


def test_a_review_is_no_to_do_to_tick_off(cast: Cast, under_review: Log) -> None:
    """R-077: the item closes by the verdict, the mending by submitting again."""
    made = under_review()
    item = unscoped(AgendaItem, "test").get(source_type="approval")
    for path, body in (("done", {"version": 1}), ("assign", {"version": 1, "owner_id": cast.admin.id})):
        answer = cast.zhao.post(f"/agenda/{item.pk}/{path}", body)
        assert (answer.status, answer["code"]) == (409, "settled_elsewhere")
    assert items(made["approval"]) == [("review", cast.zhao.id, "open")]


def test_the_chain_says_what_is_still_open(cast: Cast, under_review: Log) -> None:
    """R-077: report → review → action; closed only when every link is."""
    made = under_review()
    url = f"/approvals/of/followup/{made['record']}"
    first = cast.li.get(url).body
    assert (first["closed"], [each["done"] for each in first["chain"]]) == (False, [True, False, False])
    assert first["chain"][1]["open"][0]["who"] == "赵主管"
    cast.zhao.post(f"/approvals/{made['approval']}/return", {"reasons": {"summary": "补数字"}})
    assert cast.li.get(url)["chain"][1]["open"] == [
        {"zh": "跟进内容：补数字", "en": "Content: 补数字", "who": "李销售", "due_at": None}
    ]
    cast.zhao.post(f"/approvals/{made['approval']}/waive", {"fields": ["summary"]})
    cast.zhao.post("/approvals/pass", {"ids": [made["approval"]]})
    left = cast.li.get(url).body
    assert (left["closed"], [each["done"] for each in left["chain"]]) == (False, [True, True, False])
    step = unscoped(AgendaItem, "test").get(source_type="followup")
    cast.li.post(f"/agenda/{step.pk}/done", {"version": step.version})
    assert cast.li.get(url).body["closed"] is True
    assert cast.wang.get(url).status == 404
    assert cast.li.get("/approvals/of/nonsense/1").status == 404


def test_deleting_the_customer_takes_the_review_along(cast: Cast, under_review: Log) -> None:
    made = under_review()
    assert cast.zhao.post("/customers/delete", {"ids": [made["customer"]]}).status == 200
    assert approvals()[0].state == "withdrawn"
    assert items(made["approval"]) == [("review", cast.zhao.id, "done")]
    assert cast.zhao.get("/approvals").body["items"] == []


def test_a_formal_report_is_reviewed(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-170, R-087: the pack names the seven-section report; the plain record beside it needs none."""
    pk = new_customer(cast.li, "甲公司")
    parts = {"template": "report", "topic": "二期方案", "result": "同意补兼容清单", "background": "6 月展会认识"}
    answer = cast.li.post("/followups", {"customer_id": pk, **good, **parts})
    assert answer.status == 201, answer
    assert answer["review"] == [{"rule": "kind", "value": "report"}]
