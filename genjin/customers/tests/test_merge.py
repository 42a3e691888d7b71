"""Merging customers: what goes where, who may, and that the undo is exact (R-121, N11)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Collaborator, Contact, Customer
from genjin.customers.tests.snapshots import changes, everything
from genjin.followups.models import Draft, FollowUp
from genjin.history.models import Event
from genjin.lib import moment


def row(pk: int) -> Customer:
    found: Customer = unscoped(Customer, "test").get(pk=pk)
    return found


@pytest.fixture
def two(cast: Cast, new_customer: Any, good: Any) -> tuple[int, int]:
    """恒锐精机 and its second file, both of 李销售, each with people, records, to-dos, needs and a draft."""
    first = new_customer(
        cast.li,
        "苏州恒锐精密机械有限公司",
        region="苏州",
        notes="老板是校友",
        contact={"name": "王建国", "title": "采购总监", "phone": "13800000001"},
    )
    second = new_customer(
        cast.li,
        "恒锐精机",
        industry="manufacturing",
        amount=860000,
        notes="门口有狗",
        tags=["重点"],
        contact={"name": "王总", "phone": "13800000001", "wechat": "hengrui_wang"},
    )
    cast.li.post(f"/customers/{second}/contacts", {"name": "李芸", "title": "财务经理", "phone": "13900000002"})
    cast.li.post(f"/customers/{first}/needs", {"text": "42 个点位", "kind": "function"})
    cast.li.post(f"/customers/{second}/needs", {"text": "42 个点位", "kind": "function"})
    cast.li.post(f"/customers/{second}/needs", {"text": "夜班培训", "kind": "service"})
    cast.li.post(f"/customers/{first}/collaborators", {"member_id": cast.wang.id})
    cast.li.post(f"/customers/{second}/collaborators", {"member_id": cast.wang.id})
    cast.li.post(f"/customers/{second}/collaborators", {"member_id": cast.qian.id})
    person = unscoped(Contact, "test").get(customer_id=second, name="王总").pk
    one = {**good, "customer_id": first, "contact_at": "2026-11-23T01:00:00Z"}
    other = {**good, "customer_id": second, "contact_at": "2026-11-24T01:00:00Z", "contact_id": person}
    assert cast.li.post("/followups", one).status == 201
    assert cast.li.post("/followups", other).status == 201
    cast.li.put("/followups/drafts/k", {"customer_id": second, "body": {"summary": "半句话"}})
    return first, second


def merge(person: Any, into: int, *others: int, **body: Any) -> Any:
    return person.post("/customers/merge", {"ids": [into, *others], "into": into, **body})


def test_one_file_of_two(cast: Cast, two: tuple[int, int]) -> None:
    """R-121: the survivor keeps its values, blanks are filled, everything of the other is there."""
    first, second = two
    answer = merge(cast.li, first, second)
    assert (answer.status, answer["id"], answer["merged"]) == (200, first, 1)
    page = cast.li.get(f"/customers/{first}").body
    customer = page["customer"]
    assert (customer["name"], customer["region"]) == ("苏州恒锐精密机械有限公司", "苏州")
    assert (customer["industry"], customer["amount"], customer["tags"]) == ("manufacturing", 860000, ["重点"])
    assert customer["notes"] == "老板是校友"
    assert row(first).last_contact_at == row(second).last_contact_at
    people = {each["name"]: each for each in page["contacts"]}
    assert set(people) == {"王建国", "李芸"}
    assert people["王建国"]["wechat"] == "hengrui_wang" and people["王建国"]["primary"]
    assert sorted(each["text"] for each in page["needs"]) == ["42 个点位", "夜班培训"]
    assert {each["name"] for each in customer["collaborators"]} == {"王销售", "钱外部门"}
    assert page["counts"]["followups"] == 2
    assert {
        each["contact"]["name"] for each in page["timeline"]["items"] if each["kind"] == "followup" and each["contact"]
    } == {"王建国"}
    assert len(page["agenda"]) == 2
    assert Draft.objects.get().customer_id == first
    assert [each["id"] for each in cast.li.get("/customers")["items"]] == [first]
    assert unscoped(AgendaItem, "test").filter(customer_id=second).count() == 0
    assert row(first).next_step_id == page["agenda"][0]["id"]


def test_the_old_id_answers_with_the_survivor(cast: Cast, two: tuple[int, int]) -> None:
    """Links in messages and bookmarks keep working for those who may see it, and for nobody else."""
    first, second = two
    merge(cast.li, first, second)
    assert cast.li.get(f"/customers/{second}")["customer"]["id"] == first
    assert cast.li.get(f"/customers/{second}/brief")["customer"]["id"] == first
    cast.li.delete(f"/customers/{first}/collaborators/{cast.qian.id}")
    for person in (cast.qian, cast.outsider):
        answer = person.get(f"/customers/{second}")
        assert (answer.status, answer.text) == (404, person.get("/customers/999999").text)
    events = [each["sentence"]["zh"] for each in cast.li.get(f"/customers/{first}/timeline", kind="change")["items"]]
    assert "并入了 恒锐精机" in events and events.count("建档") == 2


def test_what_was_typed_before_the_merge_is_not_lost(cast: Cast, two: tuple[int, int], good: Any) -> None:
    """A form that was open, or a record that waited without a network, goes to the survivor."""
    first, second = two
    merge(cast.li, first, second)
    body = {**good, "customer_id": second, "contact_at": "2026-11-24T02:00:00Z"}
    answer = cast.li.post("/followups", body)
    assert (answer.status, answer["customer"]["id"]) == (201, first)
    tried = {"customer_id": second, "channel": "phone", "kind": "no_answer", "next_try_at": "2026-11-30T02:00:00Z"}
    assert cast.li.post("/followups/attempts", tried)["customer"]["id"] == first
    assert cast.outsider.post("/followups", body).status == 404
    assert cast.li.post("/followups", {**body, "customer_id": 10**9}).status == 404


def test_the_former_name_still_finds_it(cast: Cast, two: tuple[int, int]) -> None:
    """R-121, R-131: search and duplicate look-up know the name that was merged away."""
    first, second = two
    merge(cast.li, first, second)
    assert [each["id"] for each in cast.li.get("/customers", q="恒锐精机")["items"]] == [first]
    (found,) = cast.wang.post("/customers/lookup", {"name": "恒锐精机"})["items"]
    assert (found["name"], found["same"]) == ("苏州恒锐精密机械有限公司", False)
    refused = cast.wang.post("/customers", {"name": "恒锐精机", "source": "online"})
    assert (refused.status, refused["code"]) == (409, "duplicate")


def test_choices_decide_field_by_field(cast: Cast, two: tuple[int, int]) -> None:
    first, second = two
    asked = {"verb": "merge", "ids": [first, second], "into": first}
    shown = cast.li.post("/customers/preview", asked).body
    fields = {each["slug"]: each for each in shown["fields"]}
    assert fields["notes"]["kept"] == first and fields["industry"]["kept"] == second
    assert {each["value"] for each in fields["name"]["values"]} == {"苏州恒锐精密机械有限公司", "恒锐精机"}
    assert shown["joined"] == [{"kept": "王建国", "gone": "王总"}]
    assert shown["moving"] == {"contact": 2, "need": 2, "agenda": 1, "followup": 1}
    assert shown["button"]["zh"] == "合并 2 家"
    answer = merge(cast.li, first, second, choices={"notes": second, "name": second})
    assert answer.status == 200, answer
    assert (row(first).notes, row(first).name, row(first).name_key) == ("门口有狗", "恒锐精机", row(second).name_key)


def test_the_preview_of_a_merge_names_what_is_not_his(cast: Cast, new_customer: Any) -> None:
    """R-163: no value of a customer that he may only see, or not even that."""
    mine, shared = new_customer(cast.li, "甲公司"), new_customer(cast.wang, "甲公司上海", notes="底价 70 万")
    cast.wang.post(f"/customers/{shared}/collaborators", {"member_id": cast.li.id})
    hidden = new_customer(cast.qian, "甲公司北京")
    shown = cast.li.post("/customers/preview", {"verb": "merge", "ids": [mine, shared, hidden], "into": shared}).body
    assert shown["ids"] == [mine] and shown["fields"] == [] and "底价" not in str(shown)
    assert [(each["id"], each["name"]) for each in shown["cannot"]] == [(shared, "甲公司上海"), (hidden, "")]
    assert shown["sentences"][0]["zh"] == "要两家都能改才能合并，找负责人或主管"
    alone = cast.li.post("/customers/preview", {"verb": "merge", "ids": [mine]})
    assert (alone.status, alone["field"]) == (422, "ids")


def test_undo_restores_both_exactly(cast: Cast, two: tuple[int, int]) -> None:
    """N11: merge, then undo, is nothing at all; the id answers for itself again."""
    first, second = two
    before = everything()
    batch = merge(cast.li, first, second, choices={"name": second})["batch"]
    assert changes(before, everything())
    listed = cast.li.get("/batches")["items"]
    assert (listed[0]["id"], listed[0]["rows"], listed[0]["undone_at"]) == (batch, 2, None)
    answer = cast.li.post("/batches/undo", {"batch": batch})
    assert (answer.status, answer["stays"], answer["since"]) == (200, 0, {})
    assert changes(before, everything()) == []
    assert cast.li.get(f"/customers/{second}")["customer"]["name"] == "恒锐精机"
    assert [each["id"] for each in cast.li.get("/customers", q="恒锐精机")["items"]] == [second]
    assert cast.li.get("/batches")["items"][0]["undone_at"] is not None
    again = cast.li.post("/batches/undo", {"batch": batch})
    assert (again.status, again["zh"]) == (409, "这次操作已经撤销过了")


def test_what_was_written_since_stays_and_is_said(cast: Cast, two: tuple[int, int], good: Any) -> None:
    first, second = two
    batch = merge(cast.li, first, second)["batch"]
    later = cast.li.post("/followups", {**good, "customer_id": first, "summary": good["summary"] + "又问了质保。"})
    assert later.status == 201
    person = unscoped(Contact, "test").get(customer_id=first, name="李芸")
    cast.li.patch(f"/contacts/{person.pk}", {"version": person.version, "title": "财务总监"})
    assert cast.li.patch(f"/customers/{first}", {"version": row(first).version, "amount": 910000}).status == 200
    answer = cast.li.post("/batches/undo", {"batch": batch}).body
    assert [(each["type"], each["zh"]) for each in answer["stay"]] == [
        ("customer", "之后有人改过：预计金额，保持现在的样子")
    ]
    assert answer["since"] == {"followup": 1, "agenda": 1}
    assert row(first).amount == 910000 and row(first).industry == ""
    assert unscoped(FollowUp, "test").get(pk=later["id"]).customer_id == first
    assert row(first).last_contact_at == unscoped(FollowUp, "test").get(pk=later["id"]).contact_at
    assert row(second).deleted_at is None
    assert unscoped(Contact, "test").get(pk=person.pk).customer_id == second


def test_a_name_taken_meanwhile_keeps_the_file_merged(cast: Cast, two: tuple[int, int], new_customer: Any) -> None:
    """Nothing is moved back to a customer that does not come back."""
    first, second = two
    batch = merge(cast.li, first, second)["batch"]
    new_customer(cast.li, "恒锐精机")
    answer = cast.li.post("/batches/undo", {"batch": batch}).body
    assert row(second).deleted_at is not None and row(second).merged_into_id == first
    reasons = {(each["type"], each["zh"]) for each in answer["stay"]}
    assert ("customer", "同名的客户已经另建了一家，先改名或合并") in reasons
    assert ("followup", "原来的客户没有恢复，留在现在的客户下") in reasons
    assert unscoped(FollowUp, "test").filter(customer_id=first).count() == 2


def test_the_supervisor_merges_across_reps_and_nobody_loses_access(cast: Cast, new_customer: Any) -> None:
    """R-167: the owner of the file that ends becomes a collaborator of the one that stays."""
    mine, other = new_customer(cast.li, "甲公司"), new_customer(cast.wang, "甲公司上海")
    before = everything()
    answer = merge(cast.zhao, mine, other)
    assert answer.status == 200, answer
    assert (row(mine).owner_id, row(other).deleted_at is None) == (cast.li.id, False)
    assert unscoped(Collaborator, "test").get(customer_id=mine).member_id == cast.wang.id
    assert cast.wang.get(f"/customers/{other}")["customer"]["id"] == mine
    assert cast.zhao.post("/batches/undo", {"batch": answer["batch"]}).status == 200
    assert changes(before, everything()) == []
    assert cast.wang.get(f"/customers/{mine}").status == 404


def test_who_may_not_merge(cast: Cast, new_customer: Any, two: tuple[int, int]) -> None:
    """R-161–R-163: both rows must be his to change; nothing changes after a refusal."""
    first, second = two
    foreign = new_customer(cast.qian, "钱的公司")
    before = everything()
    assert merge(cast.li, first, foreign).status == 404
    refused = merge(cast.wang, first, second)
    assert refused.status == 403 and refused["ids"] == sorted([first, second])
    assert merge(cast.zhao, first, foreign).status == 404
    for body, field in (
        ({"ids": [first, second], "into": foreign}, "into"),
        ({"ids": [first, first], "into": first}, "ids"),
        ({"ids": [first, second], "into": first, "choices": {"created_at": second}}, "choices"),
        ({"ids": [first, second], "into": first, "choices": {"notes": foreign}}, "choices"),
    ):
        answer = cast.li.post("/customers/merge", body)
        assert (answer.status, answer["field"]) == (422, field), answer
    assert changes(before, everything()) == []


def test_a_hidden_duplicate_can_be_asked_for(cast: Cast, new_customer: Any) -> None:
    """R-131: the owner gets a to-do with the reason; the asker sees no more than before."""
    mine = new_customer(cast.li, "恒锐精机")
    hidden = new_customer(cast.qian, "苏州恒锐精机有限公司", notes="底价 70 万")
    answer = cast.li.post(f"/customers/{mine}/merge-request", {"name": "苏州恒锐精机有限公司", "why": "同一个王总"})
    assert answer.body == {"asked": "钱外部门"}
    (item,) = [each for each in cast.qian.get("/agenda")["items"] if each["kind"] == "merge"]
    assert item["customer"]["id"] == hidden
    assert item["act"] == "看要不要合并：李销售说“苏州恒锐精机有限公司”和他的“恒锐精机”是同一家，理由：同一个王总"
    assert cast.li.post(f"/customers/{mine}/merge-request", {"name": "苏州恒锐精机有限公司"}).status == 200
    assert unscoped(AgendaItem, "test").filter(kind="merge").count() == 1
    assert cast.li.post(f"/customers/{mine}/merge-request", {"name": "别的公司"}).status == 404
    assert cast.li.get(f"/customers/{hidden}").status == 404
    assert "底价" not in cast.li.get("/customers").text.decode()


def test_an_unowned_duplicate_goes_to_the_supervisor(cast: Cast, new_customer: Any) -> None:
    mine, other = new_customer(cast.li, "恒锐精机"), new_customer(cast.wang, "苏州恒锐精机有限公司")
    unscoped(Customer, "test").filter(pk=other).update(owner_id=None)
    answer = cast.li.post(f"/customers/{mine}/merge-request", {"name": "苏州恒锐精机有限公司"})
    assert answer.body == {"asked": "赵主管"}


def test_undo_is_for_24_hours_and_for_oneself(cast: Cast, two: tuple[int, int]) -> None:
    first, second = two
    batch = merge(cast.li, first, second)["batch"]
    for person in (cast.wang, cast.zhao, cast.outsider):
        assert person.post("/batches/undo", {"batch": batch}).status == 404
        assert person.get("/batches")["items"] == []
    with moment.frozen(NOW + timedelta(hours=24)):
        late = cast.li.post("/batches/undo", {"batch": batch})
        assert (late.status, late["zh"]) == (409, "超过 24 小时，不能再撤销")
    assert row(second).merged_into_id == first
    with moment.frozen(NOW + timedelta(hours=23, minutes=59)):
        assert cast.li.post("/batches/undo", {"batch": batch}).status == 200
    assert Event.objects.filter(name="batch.undone").count() == 1
