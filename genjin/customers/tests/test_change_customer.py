"""Changing, classing, sharing, handing over, deleting: each with its refusals."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.access.models import Role
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Customer
from genjin.history.models import Event
from genjin.orgs.models import Organisation


def row(pk: int) -> Customer:
    found: Customer = unscoped(Customer, "test").get(pk=pk)
    return found


def test_two_people_saving_one_customer(cast: Cast, new_customer: Any) -> None:
    """R-165: the second gets 409 with the other's values and may then decide."""
    pk = new_customer(cast.li, "甲公司")
    assert cast.li.patch(f"/customers/{pk}", {"version": 1, "region": "苏州"}).status == 200
    answer = cast.zhao.patch(f"/customers/{pk}", {"version": 1, "region": "昆山"})
    assert answer.status == 409
    assert answer["theirs"] == {"region": "苏州"} and answer["version"] == 2
    assert answer["zh"] == "李销售刚改过这条：地区。留谁的？"
    assert answer["en"] == "李销售 has just changed region. Whose do you keep?"
    assert (answer["by"], answer["changed"]) == ({"id": cast.li.id, "name": "李销售"}, ["region"])
    assert row(pk).region == "苏州"
    assert cast.zhao.patch(f"/customers/{pk}", {"version": 2, "region": "昆山"}).status == 200


def test_a_colleague_cannot_change_what_he_cannot_see(cast: Cast, new_customer: Any) -> None:
    """R-161, R-163: 404 for the invisible, whoever asks; nothing changes."""
    pk = new_customer(cast.li, "甲公司")
    for person in (cast.wang, cast.qian, cast.outsider):
        for answer in (
            person.get(f"/customers/{pk}"),
            person.patch(f"/customers/{pk}", {"version": 1, "region": "北京"}),
            person.post(f"/customers/{pk}/contacts", {"name": "新人"}),
            person.post("/customers/tags", {"ids": [pk], "add": ["抢"]}),
            person.post(f"/customers/{pk}/collaborators", {"member_id": person.id}),
        ):
            assert answer.status == 404, answer
            assert answer["zh"] == "没有找到，或者你看不到"
    assert row(pk).version == 1
    assert row(pk).tags == []


def test_the_supervisor_sets_the_class_of_a_batch(cast: Cast, new_customer: Any) -> None:
    """R-122: the rep may not, the supervisor may, for his department only."""
    mine, other = new_customer(cast.li, "甲公司"), new_customer(cast.qian, "乙公司")
    refused = cast.li.post("/customers/class", {"ids": [mine], "intent_class": "A"})
    assert refused.status == 403 and "定意向等级" in refused["zh"]
    assert cast.zhao.post("/customers/class", {"ids": [mine, other], "intent_class": "A"}).status == 404
    assert row(mine).intent_class == ""
    assert cast.zhao.post("/customers/class", {"ids": [mine], "intent_class": "A"})["changed"] == 1
    assert (row(mine).intent_class, row(mine).intent_by_id) == ("A", cast.zhao.id)
    assert cast.zhao.post("/customers/class", {"ids": [mine], "intent_class": "Z"}).status == 422


def test_a_collaborator_sees_and_writes_but_does_not_change(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-167: one owner, many collaborators."""
    pk = new_customer(cast.li, "甲公司")
    assert cast.li.post(f"/customers/{pk}/collaborators", {"member_id": cast.wang.id}).status == 201
    assert cast.wang.get(f"/customers/{pk}").status == 200
    assert [each["id"] for each in cast.wang.get("/customers")["items"]] == [pk]
    assert cast.wang.post("/followups", {"customer_id": pk, **good}).status == 201
    refused = cast.wang.patch(f"/customers/{pk}", {"version": row(pk).version, "region": "北京"})
    assert refused.status == 403 and "不能修改客户" in refused["zh"]
    assert row(pk).region == ""
    again = cast.li.post(f"/customers/{pk}/collaborators", {"member_id": cast.wang.id})
    assert again.status == 409
    assert cast.li.delete(f"/customers/{pk}/collaborators/{cast.wang.id}").status == 200
    assert cast.wang.get(f"/customers/{pk}").status == 404


def test_handing_over_takes_open_items_along_and_keeps_the_stage(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-158: stage, records and to-dos stay with the customer."""
    pk = new_customer(cast.li, "甲公司", stage="proposal")
    cast.li.post("/followups", {"customer_id": pk, **good})
    foreign = cast.zhao.post("/customers/transfer", {"ids": [pk], "to_member_id": cast.outsider.id})
    assert foreign.status == 422 and foreign["field"] == "to_member_id"
    answer = cast.zhao.post("/customers/transfer", {"ids": [pk], "to_member_id": cast.wang.id, "why": "调区"})
    assert answer["customers"] == 1
    assert row(pk).owner_id == cast.wang.id and row(pk).stage == "proposal"
    rows = unscoped(AgendaItem, "test").filter(customer_id=pk).order_by("pk").values_list("kind", "owner_id")
    assert list(rows) == [("node_limit", cast.wang.id), ("next_step", cast.wang.id)]
    assert cast.li.get(f"/customers/{pk}").status == 404
    assert Event.objects.get(name="customer.transferred").why == "调区"


def test_deleting_goes_to_the_bin_and_back(cast: Cast, new_customer: Any) -> None:
    pk = new_customer(cast.li, "甲公司")
    assert cast.li.post("/customers/delete", {"ids": [pk]}).status == 403
    assert cast.zhao.post("/customers/delete", {"ids": [pk]})["deleted"] == 1
    assert cast.li.get(f"/customers/{pk}").status == 404
    assert cast.li.get("/customers")["items"] == []
    twin = new_customer(cast.li, "甲公司")
    answer = cast.zhao.post("/customers/restore", {"ids": [pk]})
    assert answer.status == 409
    cast.zhao.post("/customers/delete", {"ids": [twin]})
    assert cast.zhao.post("/customers/restore", {"ids": [pk]}).body == {"restored": 1}
    assert cast.li.get(f"/customers/{pk}").status == 200


def test_contacts_keep_one_primary_and_superiors_inside_the_customer(cast: Cast, new_customer: Any) -> None:
    """R-023, R-035, R-134: channels by format, decision chain within one customer."""
    pk, other = new_customer(cast.li, "甲公司"), new_customer(cast.li, "乙公司")
    boss = cast.li.get(f"/customers/{other}")["contacts"][0]["id"]
    wrong = cast.li.post(f"/customers/{pk}/contacts", {"name": "李芸", "reports_to": boss})
    assert wrong.status == 422 and wrong["field"] == "reports_to"
    for body, field in (({"email": "a@"}, "email"), ({"phone": "139"}, "phone")):
        answer = cast.li.post(f"/customers/{pk}/contacts", {"name": "李芸", **body})
        assert answer.status == 422 and answer["field"] == field
    made = cast.li.post(
        f"/customers/{pk}/contacts",
        {"name": "李芸", "title": "财务经理", "phone": "139-0000 0002", "decision_role": "decider", "primary": True},
    )
    assert made.status == 201
    contacts = {each["name"]: each for each in cast.li.get(f"/customers/{pk}")["contacts"]}
    assert contacts["李芸"]["phone"] == "13900000002"
    assert contacts["李芸"]["primary"] and not contacts["王建国"]["primary"]
    assert row(pk).contact_name == "李芸"


def test_a_conflict_names_the_other_on_every_kind_of_row(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-165: contacts, needs, records and to-dos; the one who changed what is asked for, not the last to touch it."""
    pk = new_customer(cast.li, "甲公司")
    cast.li.post(f"/customers/{pk}/collaborators", {"member_id": cast.wang.id})
    cast.li.post(f"/customers/{pk}/needs", {"text": "夜班培训", "kind": "service"})
    record = cast.li.post("/followups", {"customer_id": pk, **good}).body
    page = cast.li.get(f"/customers/{pk}").body
    contact, need, item = page["contacts"][0]["id"], page["needs"][0]["id"], record["agenda"][0]["id"]
    due = "2026-12-01T02:00:00Z"
    tried: tuple[Any, ...] = (
        (cast.wang, cast.li, f"/contacts/{contact}", {"title": "总监"}, {"title": "经理"}, "职务"),
        (cast.wang, cast.li, f"/needs/{need}", {"text": "白班培训"}, {"text": "培训"}, "需求内容"),
    )
    for other, me, path, theirs, mine, label in tried:
        assert other.patch(path, {"version": 1, **theirs}).status == 200
        answer = me.patch(path, {"version": 1, **mine})
        assert (answer.status, answer["by"]["name"], answer["theirs"]) == (409, "王销售", theirs), answer
        assert answer["zh"] == f"王销售刚改过这条：{label}。留谁的？"
    assert cast.wang.post(f"/agenda/{item}/reschedule", {"version": 1, "due_at": due}).status == 200
    late = cast.li.post(f"/agenda/{item}/reschedule", {"version": 1, "due_at": due})
    assert (late.status, late["by"]["name"], late["changed"]) == (409, "王销售", ["due_at"])
    row_of = f"/followups/{record['id']}"
    assert cast.li.patch(row_of, {"version": 1, "result": "认可", "topic": "兼容"}).status == 200
    again = cast.li.patch(row_of, {"version": 1, "result": "不认可"})
    assert (again.status, again["by"]["name"], again["changed"]) == (409, "李销售", ["result"])
    cast.li.patch(f"/customers/{pk}", {"version": 1, "budget": {"low": 100, "high": 200}})
    answer = cast.zhao.patch(f"/customers/{pk}", {"version": 1, "budget": {"low": 300}})
    assert (answer.status, answer["zh"]) == (409, "李销售刚改过这条：项目预算。留谁的？")
    answer = cast.zhao.patch(f"/customers/{pk}", {"version": 0, "region": "昆山"})
    assert (answer.status, answer["by"]["name"]) == (409, "李销售")


def test_the_contact_shown_in_lists_follows_who_is_there(cast: Cast, new_customer: Any) -> None:
    """R-043: a removed contact is not called any more; the next one stands in the list."""
    pk = new_customer(cast.li, "甲公司")
    second = cast.li.post(f"/customers/{pk}/contacts", {"name": "李芸", "phone": "13900000002"})["id"]
    first = next(each for each in cast.li.get(f"/customers/{pk}")["contacts"] if each["name"] == "王建国")
    assert cast.li.delete(f"/contacts/{first['id']}?version={first['version']}").status == 200
    assert (row(pk).contact_name, row(pk).contact_phone) == ("李芸", "13900000002")
    (left,) = cast.li.get(f"/customers/{pk}")["contacts"]
    assert left["primary"]
    assert cast.li.delete(f"/contacts/{second}?version={left['version']}").status == 200
    assert (row(pk).contact_name, row(pk).contact_phone) == ("", "")
    assert cast.li.get("/customers", q="13900000002")["items"] == []


@pytest.mark.parametrize("mark", ["hidden", "masked", "readonly"])
def test_a_barred_field_is_neither_written_nor_wiped_out(cast: Cast, mark: str) -> None:
    """R-166: field rights hold for writing by hand and by API, for customers and contacts."""
    made = cast.li.post(
        "/customers", {"name": "甲公司", "source": "online", "contact": {"name": "王总", "phone": "13800138000"}}
    )
    page = cast.li.get(f"/customers/{made['id']}")
    contact = page["contacts"][0]
    Role.objects.filter(org=cast.org, key="rep").update(
        fields={"customer": {"region": mark}, "contact": {"phone": mark}}
    )
    Organisation.objects.filter(pk=cast.org.pk).update(config_version=99)
    for value in ("江苏苏州", None):
        refused = cast.li.patch(f"/customers/{made['id']}", {"version": made["version"], "region": value})
        assert (refused.status, refused["field"]) == (403, "region")
    refused = cast.li.patch(f"/contacts/{contact['id']}", {"version": contact["version"], "phone": ""})
    assert (refused.status, refused["field"]) == (403, "phone")
    assert cast.li.post("/customers", {"name": "乙公司", "source": "online", "region": "江苏苏州"}).status == 403
    assert cast.li.post("/customers", {"name": "丙公司", "source": "online", "region": ""}).status == 201
    stored = unscoped(Customer, "test").get(pk=made["id"])
    assert (stored.region, stored.contact_phone, stored.version) == ("", "13800138000", page["customer"]["version"])


def test_how_it_was_learned_stands_with_the_change(cast: Cast, new_customer: Any) -> None:
    """R-124: each field's history says how it was learned; a way that there is not is refused and nothing changes."""
    pk = new_customer(cast.li, "云帆科技")
    changed = {"version": 1, "size": "200 人", "decision_process": "总经理批", "learned": "phone"}
    assert cast.li.patch(f"/customers/{pk}", changed).status == 200
    event = Event.objects.filter(name="customer.updated", subject_id=pk).latest("id")
    assert event.why == "电话访谈、社交数据"
    assert set(event.data.data["after"]) >= {"size", "decision_process"}
    refused = cast.li.patch(f"/customers/{pk}", {"version": 2, "size": "300 人", "learned": "dream"})
    assert (refused.status, refused["field"]) == (422, "learned")
    assert unscoped(Customer, "test").get(pk=pk).size == "200 人"
    assert cast.li.patch(f"/customers/{pk}", {"version": 2, "size": "300 人"}).status == 200
    assert Event.objects.filter(name="customer.updated", subject_id=pk).latest("id").why == ""
