"""followup.log: four inputs are enough, the standard is kept, next steps become to-dos."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Customer, Need
from genjin.followups.models import Draft, FollowUp
from genjin.history.models import Event


@pytest.fixture
def pk(cast: Cast, new_customer: Any) -> int:
    found: int = new_customer(cast.li, "苏州恒锐精密机械有限公司")
    return found


def untouched(pk: int) -> bool:
    customer = unscoped(Customer, "test").get(pk=pk)
    return not unscoped(FollowUp, "test").exists() and customer.last_contact_at is None


def test_four_inputs_are_enough(cast: Cast, pk: int, good: Any) -> None:
    """R-021, R-031, R-039, R-236: customer's contact, time, person and department are derived."""
    answer = cast.li.post("/followups", {"customer_id": pk, **good})
    assert answer.status == 201, answer
    record = unscoped(FollowUp, "test").get()
    assert record.contact is not None and record.contact.name == "王建国"
    assert record.contact_at == record.entered_at == NOW
    assert record.contacted_by_id == record.entered_by_id == cast.li.id
    assert record.department_id == cast.li.member.department_id
    assert record.status == "contacted" and not record.late
    assert record.score == 100 and record.stage_then == "lead"


def test_each_next_step_is_one_agenda_row_linked_both_ways(cast: Cast, pk: int, good: Any) -> None:
    """R-030, R-074, R-235: act, person, deadline, goal; the flow goes on by itself."""
    good["next_steps"].append({"act": "寄样机给陈工", "owner_id": cast.wang.id, "due_at": "2026-11-30T02:00:00Z"})
    answer = cast.li.post("/followups", {"customer_id": pk, **good})
    items = list(unscoped(AgendaItem, "test").filter(kind="next_step").order_by("due_at"))
    assert [(each.act, each.owner_id) for each in items] == [
        ("发 PLC 兼容清单并电话确认王总收到", cast.li.id),
        ("寄样机给陈工", cast.wang.id),
    ]
    assert {(each.source_type, each.source_id) for each in items} == {("followup", answer["id"])}
    shown = cast.li.get(f"/followups/{answer['id']}")
    assert [each["id"] for each in shown["next_steps"]] == [each.pk for each in items]
    customer = unscoped(Customer, "test").get(pk=pk)
    assert (customer.next_step_id, customer.next_act) == (items[0].pk, items[0].act)
    assert [each["id"] for each in cast.wang.get("/agenda")["items"]] == [items[1].pk]


def test_the_customers_columns_move_with_the_contact(cast: Cast, pk: int, good: Any) -> None:
    """R-082, R-185: last contact by anyone through any channel, with the last words."""
    good["quotes"] = ["交期 45 天太长，30 天内能到就定"]
    good["feedback"] = ""
    cast.li.post("/followups", {"customer_id": pk, **good})
    item = cast.li.get("/customers")["items"][0]
    assert item["last_words"] == "交期 45 天太长，30 天内能到就定"
    assert item["last_channel"] == "phone" and item["rhythm"] == [0] and item["silent_days"] == 0
    earlier = {**good, "contact_at": "2026-11-20T02:00:00Z", "quotes": ["旧话，要 30 台"]}
    earlier["summary"] = "上周五问了 3 号线的 42 个点位，陈工说网络走独立网段，要 30 台网关。"
    assert cast.li.post("/followups", {"customer_id": pk, **earlier}).status == 201
    item = cast.li.get("/customers")["items"][0]
    assert item["last_words"] == "交期 45 天太长，30 天内能到就定" and item["rhythm"] == [4, 0]


@pytest.mark.parametrize(
    ("change", "rule", "field"),
    [
        ({"summary": "已联系"}, "vague-summary", "summary"),
        ({"summary": "沟通顺利"}, "vague-summary", "summary"),
        ({"summary": ""}, "missing-required", "summary"),
        ({"feedback": ""}, "missing-required", "feedback"),
        ({"next_steps": []}, "missing-required", "next_steps"),
        ({"next_steps": [{"act": "持续跟进", "due_at": "2026-11-27T02:00:00Z"}]}, "vague-next-step", "next_steps"),
        ({"next_steps": [{"act": "发 PLC 兼容清单给王总"}]}, "next-step-no-date", "next_steps"),
        ({"contact_at": "2026-11-25T02:00:00Z"}, "future-time", "contact_at"),
        ({"contact_at": "2026-11-24T00:00:00Z", "precision": "day"}, "inexact-time", "contact_at"),
    ],
)
def test_the_standard_refuses_and_changes_nothing(
    cast: Cast, pk: int, good: Any, change: dict[str, Any], rule: str, field: str
) -> None:
    """R-007, R-020, R-024, R-026, R-029, R-057–R-060: each refusal names its field in one sentence."""
    answer = cast.li.post("/followups", {"customer_id": pk, **good, **change})
    assert (answer.status, answer["code"]) == (422, "standard"), answer
    assert (field, rule) in {(each["field"], each["code"]) for each in answer["problems"]}
    assert answer["zh"].startswith("还差") and answer["findings"]
    assert untouched(pk)
    assert not Event.objects.filter(name="followup.logged").exists()


def test_an_end_with_a_reason_needs_no_next_step(cast: Cast, pk: int, good: Any) -> None:
    """R-007: a terminal status with a reason."""
    body = {"customer_id": pk, **good, "next_steps": [], "status": "paused"}
    body["summary"] = "客户今年预算 80 万已用完，李经理说明年 3 月重新立项，因此先暂停，原供应商合同到 2027 年 2 月。"
    assert cast.li.post("/followups", body).status == 201


def test_late_entries_are_marked(cast: Cast, pk: int, good: Any) -> None:
    """R-079: more than 24 h after the contact."""
    body = {"customer_id": pk, **good, "contact_at": "2026-11-23T02:11:00Z"}
    answer = cast.li.post("/followups", body)
    assert unscoped(FollowUp, "test").get().late
    assert "late-entry" in {each["rule"] for each in answer["findings"]}


def test_written_for_a_colleague(cast: Cast, pk: int, good: Any) -> None:
    """代录: 跟进人 beside 录入人."""
    cast.zhao.post("/followups", {"customer_id": pk, **good, "contacted_by": cast.li.id})
    record = unscoped(FollowUp, "test").get()
    assert (record.contacted_by_id, record.entered_by_id) == (cast.li.id, cast.zhao.id)


def test_everything_else_a_record_holds(cast: Cast, pk: int, good: Any) -> None:
    """R-001–R-012, R-034, R-036, R-039, R-040, R-045, R-051–R-056, R-104: each part in its own field."""
    contact = cast.li.get(f"/customers/{pk}")["contacts"][0]["id"]
    more = {
        "topic": "二期方案", "background": "一期已上线", "stage_goal": "定交付期", "goal": "确认方案进展",
        "result": "方案认可，等预算", "risks": ["财务不批"], "probability": 70, "customer_score": 80,
        "satisfaction": 4, "attitude_from": "watching", "attitude_to": "interested", "mood": "positive",
        "trust": "high", "key_figures": "42 个点位", "expectation": "让财务说预算", "help_needed": "技术部出清单",
        "reflection": "应早问财务", "interest": "停机损失", "special": "夜班培训", "competitor": "K 家网关",
        "needs": [{"kind": "function", "priority": "core", "text": "3 号线 42 点位采集"}],
        "objections": [{"kind": "delivery", "text": "要 30 天内到货"}],
        "qa": [{"q": "能保留 PLC 吗", "a": "能，今天给清单"}],
        "participants_ours": [cast.wang.id], "participants_theirs": [contact],
    }  # fmt: skip
    answer = cast.li.post("/followups", {"customer_id": pk, **good, **more})
    assert answer.status == 201, answer
    shown = cast.li.get(f"/followups/{answer['id']}").body
    for slug, value in more.items():
        assert shown[slug] == value or slug == "objections", slug
    assert shown["objections"] == [{"kind": "delivery", "text": "要 30 天内到货", "answer": ""}]
    assert unscoped(Need, "test").get().text == "3 号线 42 点位采集"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"channel": "鸽子"}, "channel"),
        ({"attitude_to": "狂喜"}, "attitude_to"),
        ({"satisfaction": 6}, "satisfaction"),
        ({"probability": 101}, "probability"),
        ({"summary": "字" * 20_001}, "summary"),
        ({"contact_at": "2024-02-30T00:00:00Z"}, "contact_at"),
        ({"contact_id": 10**9}, "contact_id"),
        ({"next_steps": [{"act": "发清单给王总", "owner_id": 10**9, "due_at": "2026-11-27T02:00:00Z"}]}, "next_steps"),
        ({"file_ids": [{"id": 10**9}]}, "file_ids"),
        ({"score": 100}, "score"),
        ({"created_at": "2020-01-01T00:00:00Z"}, "created_at"),
    ],
)
def test_wrong_values_are_named(cast: Cast, pk: int, good: Any, change: dict[str, Any], field: str) -> None:
    """R-027, R-028, R-033: one format everywhere."""
    answer = cast.li.post("/followups", {"customer_id": pk, **good, **change})
    assert answer.status == 422 and answer["field"].split(".")[-1] == field, answer
    assert untouched(pk)


def test_a_date_only_in_the_words_is_no_deadline(cast: Cast, pk: int, good: Any) -> None:
    """R-030: refused in one sentence, never a fault."""
    good["next_steps"] = [{"act": "11月27日 10:00 电话问王总预算结果"}]
    answer = cast.li.post("/followups", {"customer_id": pk, **good})
    assert (answer.status, answer["code"], answer["field"]) == (422, "standard", "next_steps")
    assert untouched(pk)


def test_who_may_not_see_the_customer_cannot_write_on_it(cast: Cast, pk: int, good: Any) -> None:
    for person in (cast.wang, cast.qian, cast.outsider):
        assert person.post("/followups", {"customer_id": pk, **good}).status == 404
    assert untouched(pk)


def test_the_same_record_twice_without_a_key_is_warned_of(cast: Cast, pk: int, good: Any) -> None:
    body = {"customer_id": pk, **good, "contact_at": "2026-11-24T01:00:00Z"}
    assert cast.li.post("/followups", body).status == 201
    assert cast.li.post("/followups", body).status == 409
    assert unscoped(FollowUp, "test").count() == 1


def test_a_record_closes_what_it_settles_and_its_draft(cast: Cast, pk: int, good: Any) -> None:
    """A contact task is done by its record; a draft begun on one device is there on the other (R-234)."""
    added = cast.li.post("/agenda", {"customer_id": pk, "act": "给王总打电话", "due_at": "2026-11-24T03:00:00Z"})
    cast.li.put("/followups/drafts/d1", {"customer_id": pk, "body": {"summary": "写到一半"}})
    assert cast.wang.get("/followups/drafts")["items"] == []
    cast.li.post("/followups", {"customer_id": pk, **good, "closes_agenda_ids": [added["id"]], "draft_key": "d1"})
    assert unscoped(AgendaItem, "test").get(pk=added["id"]).state == "done"
    assert not Draft.objects.exists()


def test_attempts_are_one_tap_and_do_not_reset_the_rhythm(cast: Cast, pk: int) -> None:
    """未接通: counted apart, the third in a row suggests another channel."""
    body = {"customer_id": pk, "channel": "phone", "kind": "no_answer", "next_try_at": "2026-11-25T02:00:00Z"}
    for expected in (False, False, True):
        answer = cast.li.post("/followups/attempts", body)
        assert answer.status == 201 and bool(answer["suggestion"]) is expected
    customer = unscoped(Customer, "test").get(pk=pk)
    assert customer.last_contact_at is None and customer.next_act == "再联系 王建国"
    assert cast.li.get("/desk/today")["week"]["records"] == 0
    past = cast.li.post("/followups/attempts", {**body, "next_try_at": "2026-11-20T02:00:00Z"})
    assert past.status == 422 and past["field"] == "next_try_at"


def test_only_the_author_changes_a_record_and_the_old_version_stays(cast: Cast, pk: int, good: Any) -> None:
    """R-163, R-164, R-165."""
    made = cast.li.post("/followups", {"customer_id": pk, **good})
    url = f"/followups/{made['id']}"
    refused = cast.zhao.patch(url, {"version": 1, "result": "改了"})
    assert refused.status == 403
    assert cast.wang.patch(url, {"version": 1, "result": "改了"}).status == 404
    assert cast.li.patch(url, {"version": 1, "summary": "已联系"}).status == 422
    assert cast.li.patch(url, {"version": 1, "result": "方案认可"}).status == 200
    assert cast.li.patch(url, {"version": 1, "result": "又改"}).status == 409
    event = Event.objects.get(name="followup.updated")
    assert event.data.data == {"before": {"result": ""}, "after": {"result": "方案认可"}}


def test_the_panel_judges_without_writing(cast: Cast, pk: int) -> None:
    """R-063, R-067: findings with span, reason, example; score and four axes; the sentence is read."""
    body = {"customer_id": pk, "summary": "已联系", "channel": "phone", "next_sentence": "周五10点王销售给王总发报价单"}
    answer = cast.li.post("/followups/check", body)
    rules = {each["rule"]: each for each in answer["findings"]}
    assert rules["vague-summary"]["span"] == [0, 3] and rules["vague-summary"]["example"]
    assert set(answer["axes"]) == {"structure", "action", "evidence", "clarity"}
    step = answer["next_step"]
    assert step["owner"] == {"id": cast.wang.id, "name": "王销售"}
    assert step["due_at"].startswith("2026-11-27T10:00") and "报价单" in step["act"]
    assert untouched(pk)


def test_a_pasted_chat_becomes_the_parts_of_a_record(cast: Cast, pk: int) -> None:
    """R-240."""
    chat = "李销售 2026-11-23 15:02\n王总，方案看了吗\n王建国 2026-11-23 15:05\n看了，3号线能不能保留PLC？45天太长了\n"
    answer = cast.li.post("/followups/tidy-chat", {"text": chat, "customer_id": pk})
    assert answer["speakers"] == ["李销售", "王建国"]
    assert any("45天太长" in each for each in answer["quotes"])
    assert answer["qa"][0]["q"].startswith("看了，3号线能不能")
    assert answer["contact_at"].startswith("2026-11-23T15:02")


def test_statements_to_log_are_few_and_do_not_grow(
    cast: Cast, pk: int, good: Any, django_assert_max_num_queries: Any
) -> None:
    cast.li.post("/followups", {"customer_id": pk, **good})
    step = good["next_steps"][0]
    good["next_steps"] = [{**step, "act": f"发第 {number} 份 PLC 兼容清单给王总"} for number in range(8)]
    good["contact_at"] = (NOW - timedelta(hours=1)).isoformat()
    with django_assert_max_num_queries(16):
        assert cast.li.post("/followups", {"customer_id": pk, **good}).status == 201


def test_a_contact_before_eight_counts_for_its_own_day(cast: Cast, pk: int, good: Any) -> None:
    """R-101: the rhythm is kept in the days of the team, not of UTC: seven in the morning is still yesterday there."""
    answer = cast.li.post("/followups", {"customer_id": pk, **good, "contact_at": "2026-11-23T23:05:00Z"})
    assert answer.status == 201, answer
    assert unscoped(Customer, "test").get(pk=pk).recent_days == ["2026-11-24"]
