"""Scores, low ones followed up, plans, trends and averages (R-147, R-148, R-154, R-048)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import F
from django.test import Client

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.access.models import Role
from genjin.agenda.models import AgendaItem
from genjin.complaints.models import Complaint
from genjin.customers.models import Contact, Customer
from genjin.history.models import Event
from genjin.lib import moment
from genjin.notify.followers import tell
from genjin.notify.models import Notice
from genjin.orgs.models import Organisation
from genjin.surveys.models import Invitation, Satisfaction
from genjin.surveys.tasks import plan_today
from genjin.surveys.tests.conftest import SURVEY, Sent, made, sent_to

pytestmark = pytest.mark.usefixtures("no_limits")


def cases() -> list[tuple[str, str, str, int | None, str]]:
    rows = unscoped(Complaint, "test").order_by("pk")
    return list(rows.values_list("level", "source", "text", "owner_id", "origin"))


@pytest.mark.parametrize(("score", "level"), [(1, "serious"), (2, "ordinary"), (3, None), (5, None)])
def test_a_low_answer_opens_a_complaint_by_itself(
    cast: Cast, sent: Sent, phone: Client, score: int, level: str | None
) -> None:
    """R-147, R-149: in the same transaction, with whoever holds the customer; he and the supervisor are told."""
    assert (
        phone.post(sent.path, {"score": str(score), "comment": "夜里没人接", "choice": "响应速度"}).status_code == 303
    )
    tell(list(Event.objects.order_by("pk").select_related("data")))
    told = set(Notice.objects.filter(kind="assigned").values_list("member__name", "zh"))
    if level is None:
        assert cases() == [] and ("李销售", f"金丝雀有限公司 评价 {score} 分") in told
        return
    text = f"满意度打了 {score} 分（响应速度）：夜里没人接"
    assert cases() == [(level, "survey", text, cast.li.id, "satisfaction")]
    words = {"serious": "严重", "ordinary": "一般"}[level]
    assert ("赵主管", f"金丝雀有限公司 投诉（{words}，其他）") in told
    assert any(name == "李销售" and "处理客户投诉" in zh for name, zh in told)
    (item,) = unscoped(AgendaItem, "test").filter(kind="complaint")
    assert (item.owner_id, item.created_by_id) == (cast.li.id, None)
    shown = cast.li.get(f"/customers/{sent.customer}/complaints")["items"]
    assert [(each["state"], each["contact"]["name"]) for each in shown] == [("open", "王建国")]


def test_a_low_score_in_a_record_is_followed_up_too(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-147: its words stay in the record; a good one opens nothing."""
    pk = new_customer(cast.li, "甲公司")
    for minute, score in (("10", 4), ("20", 2)):
        body = {"customer_id": pk, **good, "satisfaction": score, "contact_at": f"2026-11-24T01:{minute}:00Z"}
        assert cast.li.post("/followups", body).status == 201
    assert cases() == [("ordinary", "visit", "跟进时客户打了低分，原因见那条跟进", cast.li.id, "followup")]


def test_a_colleague_notes_a_score(cast: Cast, new_customer: Any) -> None:
    """R-148, R-048: from 1 to 5 with a comment; what is wrong is refused and nothing is written."""
    pk = new_customer(cast.li, "甲公司")
    path = f"/customers/{pk}/satisfaction"
    for body, field in (
        ({"score": 6}, "score"), ({"score": 0}, "score"), ({"score": True}, "score"), ({}, "score"),
        ({"score": 3, "comment": "长" * 1001}, "comment"), ({"score": 3, "contact_id": 10**9}, "contact_id"),
        ({"score": 3, "at": "2026-11-25T02:00:00Z"}, "at"),
    ):  # fmt: skip
        refused = cast.li.post(path, body)
        assert (refused.status, refused["field"]) == (422, field)
    assert unscoped(Satisfaction, "test").count() == 0
    assert cast.li.post(path, {"score": 4, "comment": "响应快", "at": "2026-11-20T02:00:00Z"}).status == 201
    assert cast.li.post(path, {"score": 2}).status == 201
    assert [each[:2] for each in cases()] == [("ordinary", "other")]
    shown = cast.li.get(path)
    assert [(each["score"], each["at"][:10], each["source"], each["by"]) for each in shown["points"]] == [
        (4, "2026-11-20", "noted", "李销售"), (2, "2026-11-24", "noted", "李销售"),
    ]  # fmt: skip


def test_the_trend_joins_records_colleagues_and_surveys(cast: Cast, sent: Sent, phone: Client, good: Any) -> None:
    """R-148, R-154: in the order of time; an average only from five scores on."""
    pk = sent.customer
    phone.post(sent.path, {"score": "5", "comment": "好用"})
    body = {
        "customer_id": pk,
        **good,
        "satisfaction": 3,
        "comments": "报表要手工导",
        "contact_at": "2026-11-23T01:00:00Z",
    }
    assert cast.li.post("/followups", body).status == 201
    path = f"/customers/{pk}/satisfaction"
    for day, score in (("10", 4), ("12", 4)):
        cast.li.post(path, {"score": score, "at": f"2026-11-{day}T02:00:00Z"})
    shown = cast.li.get(path)
    assert [(each["score"], each["source"]) for each in shown["points"]] == [
        (4, "noted"), (4, "noted"), (3, "record"), (5, "survey"),
    ]  # fmt: skip
    assert (shown["n"], shown["average"]) == (4, None)
    cast.li.post(path, {"score": 5})
    shown = cast.li.get(path)
    assert (shown["n"], shown["average"]) == (5, 4.2)
    assert [each["state"] for each in shown["links"]] == ["answered"]


def test_averages_by_person_team_product_and_month(cast: Cast, sent: Sent, phone: Client, new_customer: Any) -> None:
    """R-148, R-154: n beside each; fewer than five give no average; the share of answers; only what one may see."""
    phone.post(sent.path, {"score": "5"})
    other = new_customer(cast.wang, "乙公司")
    sent_again = sent_to(cast, sent.customer, sent.survey)
    for score in (5, 4, 4, 3):
        cast.li.post(f"/customers/{sent.customer}/satisfaction", {"score": score, "at": "2026-10-20T02:00:00Z"})
    cast.wang.post(f"/customers/{other}/satisfaction", {"score": 3})
    shown = cast.zhao.get("/satisfaction")
    assert (shown["n"], shown["average"]) == (6, 4.0)
    assert [(each["name"], each["n"], each["average"]) for each in shown["people"]] == [
        ("李销售", 5, 4.2), ("王销售", 1, None),
    ]  # fmt: skip
    assert [(each["name"], each["n"], each["average"]) for each in shown["teams"]] == [("销售一部", 6, 4.0)]
    assert [(each["name"], each["n"], each["average"]) for each in shown["about"]] == [("产线看板", 1, None)]
    assert [(each["month"], each["n"], each["average"]) for each in shown["months"]] == [
        ("2026-10", 4, None), ("2026-11", 2, None),
    ]  # fmt: skip
    assert shown["scores"] == {"1": 0, "2": 0, "3": 2, "4": 2, "5": 2}
    assert shown["asked"] == {"sent": 2, "answered": 1, "open": 1, "rate": 100}
    unscoped(Invitation, "test").filter(pk=sent_again.invitation).update(expires_at=NOW)
    assert cast.zhao.get("/satisfaction")["asked"] == {"sent": 2, "answered": 1, "open": 0, "rate": 50}
    assert (cast.wang.get("/satisfaction")["n"], cast.qian.get("/satisfaction")["n"]) == (1, 0)
    assert sent_again.path != sent.path


def test_whoever_may_not_read_scores_of_records_reads_none(cast: Cast, sent: Sent, phone: Client) -> None:
    """R-166: neither the trend, nor the words, nor the page, nor the line of time."""
    phone.post(sent.path, {"score": "4", "comment": "金丝雀留言"})
    hidden = {"followup": {"satisfaction": "hidden", "comments": "hidden"}}
    Role.objects.filter(org=cast.org, key="rep").update(fields=hidden)
    Organisation.objects.filter(pk=cast.org.pk).update(config_version=F("config_version") + 1)
    shown = cast.li.get(f"/customers/{sent.customer}/satisfaction")
    assert (shown["points"], shown["hidden"], shown["average"]) == ([], True, None)
    page = cast.li.get("/satisfaction")
    assert (page["hidden"], page["n"], page["about"], page["low"], page["people"]) == (True, 0, [], [], [])
    line = cast.li.get(f"/customers/{sent.customer}/timeline").text.decode()
    assert "金丝雀留言" not in line and "评价 4 分" not in line
    assert "金丝雀留言" in cast.admin.get(f"/customers/{sent.customer}/timeline").text.decode()


def test_who_may_send_and_what(cast: Cast, sent: Sent, settings: Any) -> None:
    """R-147: an unknown, a foreign or a retired survey, a contact without an address: refused, and nothing goes out."""
    pk = sent.customer
    path = f"/customers/{pk}/surveys"
    contact = unscoped(Contact, "test").get(customer_id=pk)
    foreign = cast.outsider.post("/surveys", SURVEY)["id"]
    retired = made(cast, active=False)
    for body, field in (
        ({"survey_id": 10**9}, "survey_id"), ({"survey_id": foreign}, "survey_id"),
        ({"survey_id": retired}, "survey_id"),
        ({"survey_id": sent.survey, "contact_id": 10**9}, "contact_id"),
        ({"survey_id": sent.survey, "contact_id": contact.pk, "by": "mail"}, "contact_id"),
    ):  # fmt: skip
        refused = cast.li.post(path, body)
        assert (refused.status, refused["field"]) == (422, field)
    unscoped(Contact, "test").filter(pk=contact.pk).update(email="wang@example.com")
    settings.EMAIL_HOST = ""
    unset = cast.li.post(path, {"survey_id": sent.survey, "contact_id": contact.pk, "by": "mail"})
    assert (unset.status, unset["zh"]) == (422, "还没有设置发邮件，复制链接发给他")
    assert unscoped(Invitation, "test").count() == 1
    shown = cast.li.get(f"/survey-links/{sent.invitation}")
    assert shown["link"] == sent.link and sent.link in shown["text"]["zh"] and "12月8日前有效" in shown["text"]["zh"]
    qr = cast.li.get(f"/survey-links/{sent.invitation}/qr.svg")
    assert (qr.status, qr.response["Content-Type"]) == (200, "image/svg+xml") and qr.text.startswith(
        b'<svg xmlns="http://www.w3.org/2000/svg"'
    )


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"title": " "}, "title"), ({"question": ""}, "question"), ({"choices": ["一", "一"]}, "choices"),
        ({"choices": []}, "choice_question"), ({"choice_question": ""}, "choice_question"),
        ({"every_months": 0}, "every_months"), ({"every_months": 37}, "every_months"),
    ],
)  # fmt: skip
def test_a_survey_that_cannot_be(cast: Cast, body: dict[str, Any], field: str) -> None:
    refused = cast.zhao.post("/surveys", {**SURVEY, **body})
    assert (refused.status, refused["field"]) == (422, field)
    assert cast.zhao.get("/surveys")["items"] == []


def test_two_who_change_a_survey(cast: Cast) -> None:
    pk = made(cast)
    assert cast.zhao.put(f"/surveys/{pk}", {**SURVEY, "version": 1, "title": "半年回访"}).status == 200
    late = cast.admin.put(f"/surveys/{pk}", {**SURVEY, "version": 1, "title": "年度回访"})
    assert (late.status, cast.admin.get("/surveys")["items"][0]["title"]) == (409, "半年回访")


@pytest.fixture
def won(cast: Cast, new_customer: Any) -> int:
    """A customer of 李销售's who bought four months ago."""
    pk: int = new_customer(cast.li, "老客户公司")
    unscoped(Customer, "test").filter(pk=pk).update(life_cycle="maintained", created_at=NOW - timedelta(days=120))
    return pk


def planned() -> list[tuple[int | None, str, str]]:
    rows = unscoped(AgendaItem, "test").filter(kind="survey", deleted_at__isnull=True).order_by("pk")
    return list(rows.values_list("owner_id", "act", "state"))


def test_won_customers_are_asked_again_after_some_months(cast: Cast, won: int, new_customer: Any) -> None:
    """R-147: on the agenda once, done by sending, and again only after the months."""
    fresh = new_customer(cast.li, "新客户公司")
    survey = made(cast, every_months=3)
    assert (plan_today(cast.org.pk), plan_today(cast.org.pk)) == ({"planned": 1}, {"planned": 0})
    assert planned() == [(cast.li.id, "发满意度调查（季度回访）", "open")]
    item = unscoped(AgendaItem, "test").get(kind="survey")
    assert (item.customer_id, item.precision) == (won, "day") and fresh != won
    ticked = cast.li.post(f"/agenda/{item.pk}/done", {"version": item.version})
    assert (ticked.status, ticked["zh"]) == (409, "在客户页的“满意度”里发出去，或者点“这次不发”")
    assert cast.li.get(f"/customers/{won}/satisfaction")["due"]["survey_id"] == survey
    sent_to(cast, won, survey)
    assert [state for _, _, state in planned()] == ["done"]
    assert plan_today(cast.org.pk) == {"planned": 0}
    with moment.frozen(NOW + timedelta(days=91)):
        assert plan_today(cast.org.pk) == {"planned": 1}


def test_a_planned_one_is_left_out_on_purpose(cast: Cast, won: int) -> None:
    """R-147: it is taken off, counts as asked, and is none of the surveys that went out."""
    survey = made(cast, every_months=3)
    plan_today(cast.org.pk)
    path = f"/customers/{won}/surveys/{survey}/skip"
    assert (cast.li.post(path).status, cast.li.post(path).status) == (200, 409)
    assert (planned(), plan_today(cast.org.pk)) == ([], {"planned": 0})
    assert cast.zhao.get("/satisfaction")["asked"]["sent"] == 0
    assert cast.li.get(f"/customers/{won}/satisfaction")["links"] == []


def test_a_few_a_day(cast: Cast, new_customer: Any) -> None:
    """R-147: a list of old customers does not fall on one morning."""
    for number in range(7):
        new_customer(cast.li, f"老客户{number}公司")
    old: datetime = NOW - timedelta(days=120)
    unscoped(Customer, "test").update(life_cycle="signed", created_at=old)
    made(cast, every_months=1)
    assert [plan_today(cast.org.pk) for _ in range(3)] == [{"planned": 5}, {"planned": 2}, {"planned": 0}]


def test_it_goes_with_the_customer(cast: Cast, won: int, sent: Sent, phone: Client, new_customer: Any) -> None:
    """R-158: what is to be sent goes to the new owner; in a merge link and scores go to the survivor."""
    made(cast, every_months=3)
    plan_today(cast.org.pk)
    cast.li.post(f"/customers/{sent.customer}/satisfaction", {"score": 4})
    assert (
        cast.zhao.post("/customers/transfer", {"ids": [won, sent.customer], "to_member_id": cast.wang.id}).status == 200
    )
    assert planned()[0][0] == cast.wang.id
    into = new_customer(cast.wang, "金丝雀（旧）")
    assert cast.wang.post("/customers/merge", {"ids": [sent.customer, into], "into": into}).status == 200
    assert phone.post(sent.path, {"score": "5"}).status_code == 303
    assert [each["score"] for each in cast.wang.get(f"/customers/{into}/satisfaction")["points"]] == [4, 5]
