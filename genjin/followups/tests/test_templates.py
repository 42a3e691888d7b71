"""Templates: four shapes over one list of fields, parts that apply, versions (R-001–R-007, R-017–R-019, R-021,
R-041, R-042, R-047, R-048, R-051, R-055, R-120)."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.access.models import Role
from genjin.customers.models import Customer
from genjin.followups.models import FollowUp, Template
from genjin.history.models import Event
from genjin.orgs.models import Organisation

SEVEN = [
    "客户基本信息", "跟进时间与方式", "沟通主题与背景", "沟通内容摘要", "跟进结果与结论", "下一步行动及负责人",
    "附件/补充说明",
]  # fmt: skip
WON = {
    "status": "won", "status_reason": "总经理签字，当天盖章", "amount": 86_000_000, "signed_on": "2026-11-24",
    "contract_number": "HT-2026-118", "delivery_period": "45 天",
}  # fmt: skip


@pytest.fixture
def pk(cast: Cast, new_customer: Any) -> int:
    found: int = new_customer(cast.li, "苏州恒锐精密机械有限公司")
    return found


def template(cast: Cast, key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in cast.li.get("/templates")["items"] if each["key"] == key)
    return found


def slugs(shape: dict[str, Any], section: str) -> list[str]:
    return [
        slug
        for each in shape["sections"]
        if section in (each["key"], each["zh"])
        for part in each["parts"]
        for slug in part["fields"]
    ]


def missing(answer: Any) -> list[str]:
    assert (answer.status, answer["code"]) == (422, "standard"), answer
    return [each["field"] for each in answer["problems"] if each["code"] == "template-part"]


def nothing_written() -> bool:
    return not unscoped(FollowUp, "test").exists() and not Event.objects.filter(name="followup.logged").exists()


def test_four_templates_over_one_list_of_fields(cast: Cast) -> None:
    """R-001: the report has exactly seven sections in this order; R-019: for everybody the same."""
    answer = cast.li.get("/templates")
    assert [each["zh"] for each in answer["items"]] == ["记录表", "跟进报告", "跟进总结", "销售跟进表"]
    assert [each["zh"] for each in template(cast, "report")["sections"]] == SEVEN
    assert answer["items"] == cast.wang.get("/templates")["items"] == cast.admin.get("/templates")["items"]
    known = cast.li.get("/schema")["record_types"]
    own = {each["slug"] for each in known["followup"]["fields"]}
    own |= {f"{kind}.{each['slug']}" for kind in ("customer", "contact") for each in known[kind]["fields"]}
    for shape in answer["items"]:
        named = [slug for section in shape["sections"] for part in section["parts"] for slug in part["fields"]]
        assert set(named) <= own and len(named) == len(set(named))


def test_the_sections_of_the_report_hold_their_own_inputs(cast: Cast) -> None:
    """R-002–R-008, R-012: company, contact and details; time and channel; need, problem, stage goal; points,
    feedback, figures; progress, satisfaction, risk, probability, score; next steps; files."""
    report = template(cast, "report")
    assert {"customer.name", "contact.name", "contact.phone", "contact.email"} <= set(slugs(report, SEVEN[0]))
    assert slugs(report, SEVEN[1])[:2] == ["contact_at", "channel"]
    assert {"topic", "background", "needs", "problem", "stage_goal"} <= set(slugs(report, SEVEN[2]))
    assert {"summary", "feedback", "key_figures"} <= set(slugs(report, SEVEN[3]))
    assert {"result", "satisfaction", "risks", "probability", "customer_score"} <= set(slugs(report, SEVEN[4]))
    assert slugs(report, SEVEN[5])[0] == "next_steps" and slugs(report, SEVEN[6])[0] == "files"


def test_the_record_form_has_the_eight_fields(cast: Cast) -> None:
    """R-021: name, contact details, time, channel, summary, plan, person with department, status."""
    eight = {"customer.name", "contact.phone", "contact_at", "channel", "summary", "next_steps", "contacted_by",
             "department", "status"}  # fmt: skip
    assert eight <= set(slugs(template(cast, "record"), "record"))


def test_the_sales_table_has_its_columns(cast: Cast) -> None:
    """R-041, R-042, R-043: date, channel, summary and feedback apart; the customer's head; the contact's four."""
    table = template(cast, "sales_table")
    assert slugs(table, "record")[:4] == ["contact_at", "channel", "summary", "feedback"]
    assert slugs(table, "customer") == ["customer.name", "customer.industry", "customer.source", "customer.stage"]
    assert slugs(table, "contact") == ["contact.name", "contact.title", "contact.phone", "contact.email"]
    assert "customer.budget" in slugs(table, "needs")


def test_the_report_wants_topic_and_result(cast: Cast, pk: int, good: Any) -> None:
    """R-004, R-006: asked for by name, nothing stored."""
    answer = cast.li.post("/followups", {"customer_id": pk, **good, "template": "report"})
    assert missing(answer) == ["topic", "result"]
    assert answer["zh"] == "还差 2 处：还没写“沟通主题”" and nothing_written()
    body = {"customer_id": pk, **good, "template": "report", "topic": "二期交期", "result": "认可方案，等财务"}
    assert cast.li.post("/followups", {**body, "topic": "  "}).status == 422
    assert cast.li.post("/followups", body).status == 201
    record = unscoped(FollowUp, "test").get()
    assert record.template is not None and (record.template.key, record.template.version) == ("report", 1)


def test_the_four_inputs_still_pass_and_get_the_template_of_their_kind(cast: Cast, pk: int, good: Any) -> None:
    """R-021, R-031, R-218: nothing more is asked of an ordinary record."""
    assert cast.li.post("/followups", {"customer_id": pk, **good}).status == 201
    record = unscoped(FollowUp, "test").get()
    assert record.template is not None and record.template.key == "record"


def test_every_part_of_the_summary_needs_content(cast: Cast, pk: int, good: Any) -> None:
    """R-055, R-051, R-120: background, needs, feedback, next plan, help needed; reflection has its place."""
    shape = template(cast, "summary")
    assert [each["zh"] for each in shape["sections"]] == [
        "沟通背景", "客户需求", "客户反馈", "下一步计划", "需协作事项"]  # fmt: skip
    assert {"channel", "background"} <= set(slugs(shape, "background")) and "reflection" in slugs(shape, "next")
    assert {"attitude_to", "status"} <= set(slugs(shape, "feedback"))
    whole = {
        "customer_id": pk, **good, "template": "summary", "background": "王总看过二期方案",
        "needs": [{"kind": "function", "text": "保留现有 PLC"}], "help_needed": "生产部核对 30 天交期",
    }  # fmt: skip
    for slug, blank in (("background", ""), ("needs", []), ("help_needed", "  ")):
        assert missing(cast.li.post("/followups", {**whole, slug: blank})) == [slug]
    for slug, blank in (("feedback", ""), ("next_steps", [])):
        refused = cast.li.post("/followups", {**whole, slug: blank})
        assert [each["field"] for each in refused["problems"]] == [slug]
    assert nothing_written()
    assert cast.li.post("/followups", whole).status == 201


def test_after_sales_wants_problem_handling_and_satisfaction(cast: Cast, pk: int, good: Any) -> None:
    """R-017: under every template, with the reason; other kinds are not asked."""
    body = {"customer_id": pk, **good, "kind": "after_sales"}
    answer = cast.li.post("/followups", body)
    assert missing(answer) == ["problem", "handling", "satisfaction"] and nothing_written()
    (finding,) = [each for each in answer["findings"] if each["field"] == "handling"]
    assert finding["why"] == "售后跟进要写清遇到的问题、处理情况和客户满意度"
    for key in ("report", "summary", "sales_table"):
        asked = missing(cast.li.post("/followups", {**body, "template": key}))
        assert {"problem", "handling", "satisfaction"} <= set(asked), key
    done = {**body, "problem": "3 号线扫码枪掉线", "handling": "换了接收器，观察 2 小时没再掉", "satisfaction": 4}
    assert cast.li.post("/followups", done).status == 201
    assert unscoped(FollowUp, "test").get().handling == "换了接收器，观察 2 小时没再掉"


def test_a_won_record_wants_the_contract(cast: Cast, pk: int, good: Any) -> None:
    """R-047: amount, date, number, delivery; service period and payment terms may be given; only then."""
    won = {"customer_id": pk, **good, **WON}
    for slug in ("amount", "signed_on", "contract_number", "delivery_period"):
        less = {name: value for name, value in won.items() if name != slug}
        assert missing(cast.li.post("/followups", less)) == [slug]
    assert nothing_written()
    answer = cast.li.post("/followups", {**won, "service_period": "3 年", "payment_terms": "30/60/10"})
    assert answer.status == 201, answer
    record = unscoped(FollowUp, "test").get()
    assert (record.amount, str(record.signed_on), record.currency) == (86_000_000, "2026-11-24", "CNY")
    contract = Event.objects.get(name="followup.logged").data.data["after"]["contract"]
    assert contract == {
        "amount": 86_000_000, "currency": "CNY", "signed_on": "2026-11-24", "contract_number": "HT-2026-118",
        "delivery_period": "45 天", "service_period": "3 年", "payment_terms": "30/60/10",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("slug", "value"),
    [("amount", -1), ("amount", 1.5), ("signed_on", "2026-02-30"), ("currency", "yuan"), ("repurchase", "maybe"),
     ("kind", "party"), ("probability", 101), ("customer_score", -1), ("satisfaction", 6), ("template", "nothing")],
)  # fmt: skip
def test_bad_values_are_named(cast: Cast, pk: int, good: Any, slug: str, value: Any) -> None:
    """R-012: ranges are checked; each refusal names its field and stores nothing."""
    answer = cast.li.post("/followups", {"customer_id": pk, **good, **WON, slug: value})
    assert (answer.status, answer["field"]) == (422, slug), answer
    assert nothing_written()


def test_a_maintained_customer_is_asked_for_more(cast: Cast, pk: int, good: Any) -> None:
    """R-048: satisfaction 1–5, comments, repurchase, referral: shown then, and only then."""
    body = {"customer_id": pk, **good}
    assert cast.li.post("/followups/check", body)["applies"] == []
    unscoped(Customer, "test").filter(pk=pk).update(life_cycle="maintained")
    assert cast.li.post("/followups/check", body)["applies"] == ["maintenance"]
    told = {"satisfaction": 5, "comments": "夜班响应快", "repurchase": "yes", "referral": "unknown"}
    made = cast.li.post("/followups", {**body, **told})
    assert made.status == 201
    shown = cast.li.get(f"/followups/{made['id']}")
    texts = {each["slug"]: each["text"]["zh"] for part in shown["sections"] for each in part["fields"]}
    assert [texts[slug] for slug in told] == [["5 / 5"], ["夜班响应快"], ["有"], ["还不清楚"]]


def test_the_panel_says_what_the_template_still_wants(cast: Cast, pk: int, good: Any) -> None:
    """R-020: before submission, with the minimum elements; the time is the present unless given."""
    draft = {"customer_id": pk, "template": "report", "kind": "after_sales"}
    answer = cast.li.post("/followups/check", draft)
    fields = {each["field"] for each in answer["findings"] if each["severity"] == "error"}
    assert {"channel", "summary", "feedback", "next_steps", "topic", "result", "problem"} <= fields
    assert answer["template"] == {"key": "report", "version": 1} and answer["applies"] == ["after_sales"]
    bare = cast.li.post("/followups/check", {})
    assert "customer_id" in {each["field"] for each in bare["findings"]}
    assert nothing_written()


def test_the_last_used_template_is_remembered_for_the_person(cast: Cast, pk: int, good: Any) -> None:
    assert cast.li.get("/templates")["last_used"] is None
    body = {"customer_id": pk, **good, "template": "report", "topic": "交期", "result": "认可方案"}
    assert cast.li.post("/followups", body).status == 201
    assert cast.li.get("/templates")["last_used"] == "report"
    assert cast.wang.get("/templates")["last_used"] is None


def test_a_change_may_not_empty_what_the_template_wants(cast: Cast, pk: int, good: Any) -> None:
    """R-017, R-018: judged by the version the record was written with."""
    told = {"problem": "掉线", "handling": "换了接收器", "satisfaction": 4}
    made = cast.li.post("/followups", {"customer_id": pk, **good, "kind": "after_sales", **told})
    refused = cast.li.patch(f"/followups/{made['id']}", {"version": 1, "handling": ""})
    assert missing(refused) == ["handling"]
    assert cast.li.patch(f"/followups/{made['id']}", {"version": 1, "template": "report"})["field"] == "template"
    record = unscoped(FollowUp, "test").get()
    assert (record.handling, record.version) == ("换了接收器", 1)
    assert cast.li.patch(f"/followups/{made['id']}", {"version": 1, "handling": "换了电源"}).status == 200


def body_of(cast: Cast, key: str) -> dict[str, Any]:
    newest: dict[str, Any] = cast.admin.get(f"/templates/{key}/versions")["items"][0]
    stored = {name: newest["body"][name] for name in ("kinds", "conditions", "sections") if name in newest["body"]}
    return {"version": newest["version"], "zh": newest["zh"], "en": newest["en"], **stored}


def test_a_new_version_leaves_old_records_their_layout(cast: Cast, pk: int, good: Any) -> None:
    """R-018, R-001, R-217: an administrator adds a section for all; records keep the version they were written with."""
    body = {"customer_id": pk, **good, "template": "report", "topic": "交期", "result": "认可方案"}
    old = cast.li.post("/followups", body)["id"]
    new = body_of(cast, "report")
    new["sections"].append({"key": "rivals", "zh": "竞争情况", "en": "Rivals", "parts": [
        {"field": "customer.competitors"}]})  # fmt: skip
    published = cast.admin.post("/templates/report/versions", new)
    assert (published.status, published["version"]) == (201, 2), published
    cast.org.refresh_from_db()
    assert [each["zh"] for each in template(cast, "report")["sections"]] == [*SEVEN, "竞争情况"]
    later = cast.li.post("/followups", {**body, "summary": body["summary"] + "另问了 2 台备件。"})["id"]
    shown = {pk: cast.li.get(f"/followups/{pk}") for pk in (old, later)}
    assert [shown[each]["template"]["version"] for each in (old, later)] == [1, 2]
    assert [each["zh"] for each in shown[old]["sections"]] == SEVEN
    assert [each["zh"] for each in shown[later]["sections"]] == [*SEVEN, "竞争情况"]
    event = Event.objects.get(name="template.published")
    assert event.data.data["after"]["sections"][-1] == "rivals" and event.member_id == cast.admin.id
    assert [each["version"] for each in cast.li.get("/templates/report/versions")["items"]] == [2, 1]


def test_the_first_six_sections_stay_unless_overridden_with_a_reason(cast: Cast) -> None:
    """R-001: refused without, logged with."""
    less = body_of(cast, "report")
    del less["sections"][2]
    for extra in ({}, {"override": True}, {"why": "太长"}):
        refused = cast.admin.post("/templates/report/versions", {**less, **extra})
        assert (refused.status, refused["code"]) == (422, "protected"), refused
        assert "沟通主题与背景" in refused["zh"]
    swapped = body_of(cast, "report")
    swapped["sections"][0], swapped["sections"][1] = swapped["sections"][1], swapped["sections"][0]
    assert cast.admin.post("/templates/report/versions", swapped).status == 422
    assert Template.objects.filter(key="report", org=cast.org).count() == 1
    assert not Event.objects.filter(name="template.published").exists()
    last = body_of(cast, "report")
    del last["sections"][6]
    assert cast.admin.post("/templates/report/versions", last).status == 201
    again = body_of(cast, "report")
    del again["sections"][2]
    done = cast.admin.post("/templates/report/versions", {**again, "override": True, "why": "主题并到摘要里"})
    assert (done.status, done["version"]) == (201, 3)
    event = Event.objects.filter(name="template.published").latest("id")
    assert event.why == "主题并到摘要里" and event.data.data["after"]["override"] == ["沟通主题与背景"]
    kept = body_of(cast, "report")
    del kept["sections"][1]
    assert cast.admin.post("/templates/report/versions", kept)["code"] == "protected"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"sections": []}, "sections"),
        ({"sections": [{"key": "a", "zh": "甲", "en": "A", "parts": []}]}, "sections.0"),
        ({"sections": [{"key": "a", "zh": "甲", "en": "A", "parts": ["nothing"]}]}, "sections.0.parts.0"),
        ({"sections": [{"key": "a", "zh": "甲", "en": "A", "parts": ["login.password"]}]}, "sections.0.parts.0"),
        ({"sections": [{"key": "a", "zh": "甲", "en": "A", "parts": ["summary", "summary"]}]}, "sections"),
        ({"sections": [{"key": "a", "zh": "甲", "en": "A", "parts": [{"field": "topic", "when": ["x"]}]}]},
         "sections.0.parts.0"),
        ({"conditions": {"c": {"filter": {"field": "secret", "op": "eq", "value": 1}, "zh": "某", "en": "c"}}},
         "conditions"),
        ({"conditions": {"c": {"filter": {"field": "score", "op": "gt", "value": 1}, "zh": "某", "en": "c"}}},
         "conditions"),
    ],
)  # fmt: skip
def test_a_template_that_cannot_be_is_refused(cast: Cast, change: dict[str, Any], place: str) -> None:
    """R-018: named place, nothing published."""
    answer = cast.admin.post("/templates/record/versions", {**body_of(cast, "record"), **change})
    assert (answer.status, answer["field"]) == (422, place), answer
    assert Template.objects.filter(key="record", org=cast.org).count() == 1


def test_publishing_is_for_administrators_and_never_twice_over_the_same(cast: Cast) -> None:
    """R-018: 403 for others, 404 for an unknown key, 409 for whoever started from an older version."""
    body = body_of(cast, "record")
    for person in (cast.li, cast.zhao):
        assert person.post("/templates/record/versions", body).status == 403
    assert cast.admin.post("/templates/none/versions", body).status == 404
    assert cast.admin.get("/templates/none/versions").status == 404
    assert cast.admin.post("/templates/record/versions", body).status == 201
    stale = cast.admin.post("/templates/record/versions", body)
    assert (stale.status, stale["version"]) == (409, 2)
    assert Template.objects.filter(key="record", org=cast.org).count() == 2
    assert Template.objects.filter(key="record").exclude(org=cast.org).count() == 1


def test_a_hidden_field_is_neither_drawn_nor_asked_for(cast: Cast, pk: int, good: Any) -> None:
    """R-166: field rights hold in the form, the panel and the page."""
    Role.objects.filter(org=cast.org, key="rep").update(fields={"followup": {"amount": "hidden"}})
    Organisation.objects.filter(pk=cast.org.pk).update(config_version=9)
    assert "amount" not in slugs(template(cast, "record"), "applies")
    refused = cast.li.post("/followups", {"customer_id": pk, **good, **WON})
    assert (refused.status, refused["field"]) == (403, "amount") and nothing_written()
    less = {name: value for name, value in WON.items() if name != "amount"}
    assert cast.li.post("/followups", {"customer_id": pk, **good, **less}).status == 201
    assert cast.zhao.post("/followups", {"customer_id": pk, **good, **WON, "duplicate_ok": True}).status == 201
    made = unscoped(FollowUp, "test").get(amount=86_000_000)
    assert "860,000" not in cast.li.get(f"/followups/{made.pk}").text.decode()
    assert "86000000" not in cast.li.get(f"/followups/{made.pk}").text.decode()
    own = unscoped(FollowUp, "test").get(contacted_by_id=cast.li.id)
    wiped = cast.li.patch(f"/followups/{own.pk}", {"version": own.version, "amount": None})
    assert (wiped.status, wiped["field"]) == (403, "amount")
    assert "860,000" in cast.zhao.get(f"/followups/{made.pk}").text.decode()
