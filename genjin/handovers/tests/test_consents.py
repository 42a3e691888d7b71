"""Who agrees, who is asked by when, and what each side may see and do (R-158, R-166)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.agenda.climbing import climb_all
from genjin.agenda.models import AgendaItem
from genjin.handovers.models import HandoverCustomer
from genjin.handovers.tests.conftest import FIRMS, asked_of, open_one, owners, row
from genjin.history.models import Event
from genjin.lib import moment
from genjin.notify.models import Notice
from genjin.orgs.models import Membership
from genjin.ownership.tests.conftest import tell_everybody

READ, AGREE, RELEASE = "看完并确认交接", "确认要交接的客户", "核对并放行交接"


def test_all_three_agree_and_each_is_asked_in_turn(cast: Cast, firms: list[int], sent: int) -> None:
    """R-158: who sends his own customers has agreed; the supervisor is asked when both have."""
    assert [asked_of(each) for each in (cast.li, cast.wang, cast.zhao)] == [[], [READ], []]
    shown = cast.wang.get(f"/handovers/{sent}")
    assert [each["name"] for each in shown["missing"]] == ["王销售"]
    assert (shown["can"]["confirm"], shown["can"]["release"]) == (True, False)
    unread = cast.wang.post(f"/handovers/{sent}/confirm")
    assert (unread.status, unread["code"], unread["message"]) == (409, "unread", "还有 2 家的说明没看完")
    early = cast.zhao.post(f"/handovers/{sent}/release", {})
    assert (early.status, early["message"]) == (409, "还差王销售确认")
    assert cast.wang.post(f"/handovers/{sent}/read", {"customer_ids": firms[:2]})["read"] == 2
    assert cast.wang.post(f"/handovers/{sent}/confirm").status == 200
    assert [asked_of(each) for each in (cast.li, cast.wang, cast.zhao)] == [[], [], [RELEASE]]
    again = cast.wang.post(f"/handovers/{sent}/confirm")
    assert (again.status, again["code"]) == (409, "done")
    assert owners(firms) == [cast.li.id] * 3
    assert cast.zhao.post(f"/handovers/{sent}/release", {})["state"] == "confirmed"
    assert asked_of(cast.zhao) == []


def test_the_supervisor_opens_and_the_giver_is_asked_too(cast: Cast, firms: list[int]) -> None:
    pk = open_one(cast.zhao, firms[:1], cast.wang.id, giver_id=cast.li.id)["id"]
    assert cast.wang.get(f"/handovers/{pk}").status == 404  # a draft is nobody's but its writers'
    cast.zhao.post(f"/handovers/{pk}/send")
    assert [asked_of(each) for each in (cast.li, cast.wang, cast.zhao)] == [[AGREE], [READ], []]
    assert cast.li.post(f"/handovers/{pk}/confirm").status == 200
    assert asked_of(cast.li) == []


def test_customers_say_whose_they_are(cast: Cast, firms: list[int]) -> None:
    """Chosen in a list they need no giver named; a rep's own hand-over stays his own."""
    pk = open_one(cast.zhao, firms[:2], cast.wang.id)["id"]
    assert cast.zhao.get(f"/handovers/{pk}")["giver"]["name"] == "李销售"
    assert open_one(cast.wang, firms[2:], cast.qian.id).status == 422


def test_nobody_confirms_for_another_and_a_rep_releases_nothing(cast: Cast, firms: list[int], sent: int) -> None:
    """N8: a refusal changes nothing."""
    before = (row(sent).version, asked_of(cast.wang))
    for person in (cast.zhao, cast.admin):
        answer = person.post(f"/handovers/{sent}/confirm")
        assert (answer.status, answer["message"]) == (403, "交出方和接收方自己确认，别人不能代办")
    assert cast.zhao.post(f"/handovers/{sent}/read", {"customer_ids": firms[:2]}).status == 404
    assert cast.wang.post(f"/handovers/{sent}/release", {}).status == 403
    assert cast.qian.post(f"/handovers/{sent}/confirm").status == 404
    assert (row(sent).version, asked_of(cast.wang)) == before
    assert unscoped(HandoverCustomer, "test").filter(read_at__isnull=False).count() == 0


def test_a_row_that_waits_for_a_consent_is_ticked_by_nobody(cast: Cast, sent: int) -> None:
    item = unscoped(AgendaItem, "test").get(kind="handover", owner_id=cast.wang.id)
    answer = cast.wang.post(f"/agenda/{item.pk}/done", {"version": item.version})
    assert (answer.status, answer["code"]) == (409, "settled_elsewhere")


def test_who_does_not_confirm_in_time_is_told_of_to_his_superior(cast: Cast, sent: int) -> None:
    """R-075: by the ladder of its own kind, two working days from the asking."""
    item = unscoped(AgendaItem, "test").get(kind="handover", owner_id=cast.wang.id)
    assert item.due_at.isoformat() == "2026-11-26T10:00:00+00:00" and item.climb_at is not None
    with moment.frozen(NOW + timedelta(days=4)):
        climb_all()
    tell_everybody()
    told = set(Notice.objects.values_list("member__name", flat=True))
    assert {"王销售", "赵主管"} <= told


def test_it_is_released_without_a_giver_who_cannot_be_reached_and_says_so(cast: Cast, firms: list[int]) -> None:
    pk = open_one(cast.zhao, firms[:1], cast.wang.id, giver_id=cast.li.id)["id"]
    cast.zhao.post(f"/handovers/{pk}/send")
    cast.wang.post(f"/handovers/{pk}/read", {"customer_ids": firms[:1]})
    cast.wang.post(f"/handovers/{pk}/confirm")
    assert cast.zhao.post(f"/handovers/{pk}/release", {}).status == 409
    unsaid = cast.zhao.post(f"/handovers/{pk}/release", {"urgent": True})
    assert (unsaid.status, unsaid["field"]) == (422, "why")
    assert owners(firms) == [cast.li.id] * 3
    assert cast.zhao.post(f"/handovers/{pk}/release", {"urgent": True, "why": "联系不上"}).status == 200
    shown = cast.zhao.get(f"/handovers/{pk}")
    assert shown["sentences"][0]["zh"] == "没有等李销售确认就放行了：联系不上"
    assert asked_of(cast.li) == []


def test_it_is_not_released_before_its_day(cast: Cast, firms: list[int]) -> None:
    pk = open_one(cast.li, firms[:1], cast.wang.id, effective_on="2026-12-01")["id"]
    cast.li.post(f"/handovers/{pk}/send")
    cast.wang.post(f"/handovers/{pk}/read", {"customer_ids": firms[:1]})
    cast.wang.post(f"/handovers/{pk}/confirm")
    answer = cast.zhao.post(f"/handovers/{pk}/release", {})
    assert (answer.status, answer["message"]) == (409, "12月1日才生效，那天起可以放行；要提前就改生效日")
    with moment.frozen(NOW + timedelta(days=7)):
        assert cast.zhao.post(f"/handovers/{pk}/release", {}).status == 200


def test_a_receiver_who_left_is_said_and_replaced_and_nothing_is_lost(
    cast: Cast, firms: list[int], agreed: int
) -> None:
    """N8: what was written about the customers stays, the new receiver reads and confirms himself."""
    cast.wang.post(f"/handovers/{agreed}/customers/{firms[0]}/say", {"text": "分期谈到几成了"})
    cast.admin.patch(f"/members/{cast.wang.id}", {"active": False})
    shown = cast.zhao.get(f"/handovers/{agreed}")
    assert shown["sentences"][0]["zh"] == "王销售已经停用，换一位接收方"
    stopped = cast.zhao.post(f"/handovers/{agreed}/release", {})
    assert (stopped.status, stopped["code"]) == (409, "receiver")
    assert owners(firms) == [cast.li.id] * 3
    to = [{"customer_id": pk, "member_id": cast.zhao.id} for pk in firms[:2]]
    changed = cast.admin.patch(f"/handovers/{agreed}", {"version": shown["version"], "to": to})
    assert changed.status == 200, changed
    again = cast.zhao.get(f"/handovers/{agreed}")
    assert ([each["name"] for each in again["receivers"]], again["missing"][0]["name"]) == (["赵主管"], "赵主管")
    said = cast.zhao.get(f"/handovers/{agreed}/customers/{firms[0]}")["said"]
    assert [each["text"] for each in said] == ["分期谈到几成了"]
    assert READ in asked_of(cast.zhao) and asked_of(cast.wang) == []


def test_a_customer_that_has_gone_elsewhere_stops_the_release_and_is_named(
    cast: Cast, firms: list[int], agreed: int
) -> None:
    cast.zhao.post("/customers/transfer", {"ids": [firms[1]], "to_member_id": cast.zhao.id})
    answer = cast.zhao.post(f"/handovers/{agreed}/release", {})
    assert (answer.status, answer["message"]) == (409, f"{FIRMS[1]}已经不是李销售负责的，先从交接里移出")
    assert owners(firms) == [cast.li.id, cast.zhao.id, cast.li.id]
    version = cast.zhao.get(f"/handovers/{agreed}")["version"]
    assert cast.zhao.patch(f"/handovers/{agreed}", {"version": version, "remove": [firms[1]]}).status == 200
    assert cast.zhao.post(f"/handovers/{agreed}/release", {}).status == 200
    assert owners(firms) == [cast.wang.id, cast.zhao.id, cast.li.id]


@pytest.mark.parametrize(
    ("more", "status", "field", "said"),
    [
        ({"to": "li"}, 422, "to_member_id", "不能交给李销售自己"),
        ({"to": "outsider"}, 422, "to_member_id", "接收方不在团队里"),
        ({"ids": "qian"}, 422, "customer_ids", "没有可以交接的客户，先选客户"),
        ({"effective_on": "2026-11-23"}, 422, "effective_on", "生效日不能早于今天"),
        ({"leave": True, "everything": True}, 422, "leave", "不能给自己办离职，找另一位管理员"),
    ],
)
def test_what_cannot_be_handed_over_is_said_in_a_sentence(
    cast: Cast, firms: list[int], new_customer: Any, more: dict[str, Any], status: int, field: str, said: str
) -> None:
    asked = dict(more)
    to = getattr(cast, asked.pop("to", "wang")).id
    ids = [new_customer(cast.qian, "钱的客户有限公司")] if asked.pop("ids", "") else firms[:1]
    answer = open_one(cast.li, ids, to, **asked)
    assert (answer.status, answer["field"], answer["message"]) == (status, field, said)
    assert cast.admin.get("/handovers")["items"] == []
    assert not Event.objects.filter(name="handover.opened").exists()


def test_a_customer_stands_in_one_hand_over_at_a_time(cast: Cast, firms: list[int], sent: int) -> None:
    answer = open_one(cast.li, firms, cast.wang.id)
    assert (answer.status, answer["handover_ids"]) == (409, [sent])
    assert cast.li.post(f"/handovers/{sent}/withdraw", {}).status == 200
    assert asked_of(cast.wang) == []
    assert open_one(cast.li, firms, cast.wang.id).status == 201


def test_each_receiver_sees_his_own_part_only(cast: Cast, firms: list[int]) -> None:
    """R-166: names of customers that go to somebody else are not told, nor their briefs lent."""
    chosen = [{"customer_id": firms[1], "member_id": cast.qian.id}]
    pk = open_one(cast.li, firms[:2], cast.wang.id, chosen=chosen)["id"]
    cast.li.post(f"/handovers/{pk}/send")
    assert [each["name"] for each in cast.wang.get(f"/handovers/{pk}/customers")["items"]] == [FIRMS[0]]
    assert [each["name"] for each in cast.qian.get(f"/handovers/{pk}/customers")["items"]] == [FIRMS[1]]
    assert cast.qian.get(f"/handovers/{pk}/customers/{firms[0]}").status == 404
    assert cast.wang.get(f"/handovers/{pk}/customers/{firms[0]}").status == 200
    assert cast.wang.get(f"/customers/{firms[0]}").status == 404
    assert len(cast.zhao.get(f"/handovers/{pk}/customers")["items"]) == 2
    cast.li.post(f"/handovers/{pk}/withdraw", {})
    assert cast.wang.get(f"/handovers/{pk}/customers")["items"] == []
    assert cast.wang.get(f"/handovers/{pk}/customers/{firms[0]}").status == 404


def test_the_brief_says_what_stands_in_the_data_with_its_source(cast: Cast, firms: list[int], sent: int) -> None:
    """R-158: interest, decision maker, promises and open items, each with the record it is from."""
    found = cast.wang.get(f"/handovers/{sent}/customers/{firms[0]}")
    sections = {each["key"]: each["items"] for each in found["sections"]}
    assert (sections["ours"][0]["text"], sections["ours"][0]["late"]) == ("给备件价表", True)
    assert sections["objections"][0]["text"] == "“不支持离线”"
    assert sections["known"][0]["text"] == "42 个点位"
    assert sections["next"][0]["source"]["type"] == "followup"
    assert found["late"]["text"] == "给备件价表" and found["late"]["first_by"] == "2026-11-25T04:00:00+00:00"
    assert (found["opens"], found["records"]) == (False, 1)
    assert cast.li.get(f"/handovers/{sent}/customers/{firms[0]}")["opens"] is True


def test_the_giver_notes_what_stands_in_no_record_and_both_sides_talk(cast: Cast, firms: list[int], sent: int) -> None:
    path = f"/handovers/{sent}/customers/{firms[0]}"
    assert cast.li.post(f"{path}/note", {"text": "老板怕吵"}).status == 200
    assert cast.wang.post(f"{path}/note", {"text": "x"}).status == 403
    cast.wang.post(f"{path}/say", {"text": "分期谈到几成了"})
    cast.li.post(f"{path}/say", {"text": "首付四成"})
    found = cast.wang.get(path)
    assert found["note"] == "老板怕吵"
    assert [(each["what"], each["name"], each["text"]) for each in found["said"]] == [
        ("ask", "王销售", "分期谈到几成了"), ("answer", "李销售", "首付四成"),
    ]  # fmt: skip
    tell_everybody()
    lines = {each.member.name: each.zh for each in Notice.objects.filter(link__contains=f"/handovers/{sent}?")}
    assert lines == {"李销售": "王销售 在交接里问你", "王销售": "李销售 在交接里答了你"}


def test_whoever_has_not_confirmed_is_reminded_once_an_hour(cast: Cast, sent: int) -> None:
    assert cast.li.post(f"/handovers/{sent}/remind")["told"] == 1
    assert cast.li.post(f"/handovers/{sent}/remind").status == 409
    assert cast.wang.post(f"/handovers/{sent}/remind").status == 403
    with moment.frozen(NOW + timedelta(hours=2)):
        assert cast.li.post(f"/handovers/{sent}/remind").status == 200


def test_the_list_says_what_waits_for_whom(cast: Cast, sent: int) -> None:
    mine = cast.wang.get("/handovers")
    assert (mine["waiting"], [(each["id"], each["mine"]) for each in mine["items"]]) == (1, [(sent, True)])
    assert cast.li.get("/handovers")["waiting"] == 0
    assert [each["id"] for each in cast.zhao.get("/handovers", which="open")["items"]] == [sent]
    assert cast.zhao.get("/handovers", which="done")["items"] == []
    assert cast.qian.get("/handovers")["items"] == []


def test_the_proof_and_the_brief_are_files(cast: Cast, firms: list[int], agreed: int) -> None:
    word = cast.wang.get(f"/handovers/{agreed}/customers/{firms[0]}/file")
    assert (word.status, word.text[:2]) == (200, b"PK")
    assert cast.zhao.get(f"/handovers/{agreed}/proof.pdf").status == 409
    cast.zhao.post(f"/handovers/{agreed}/release", {})
    proof = cast.wang.get(f"/handovers/{agreed}/proof.pdf")
    assert proof.status == 503 or proof.text.startswith(b"%PDF")


def test_who_has_left_before_is_not_waited_for(cast: Cast, firms: list[int]) -> None:
    pk = open_one(cast.zhao, firms[:1], cast.wang.id, giver_id=cast.li.id)["id"]
    Membership.objects.filter(pk=cast.li.id).update(active=False)
    cast.zhao.post(f"/handovers/{pk}/send")
    assert asked_of(cast.li) == []
    cast.wang.post(f"/handovers/{pk}/read", {"customer_ids": firms[:1]})
    cast.wang.post(f"/handovers/{pk}/confirm")
    assert cast.zhao.post(f"/handovers/{pk}/release", {}).status == 200
    assert cast.zhao.get(f"/handovers/{pk}")["sentences"][0]["zh"] == "没有等李销售确认就放行了：已经离开"
