"""Bulk verbs: preview, one batch, a constant number of statements, undo (design §5)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Cast, Person, hire
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Customer
from genjin.customers.tests.snapshots import changes, everything, living
from genjin.history.models import Event
from genjin.orgs.models import Membership
from genjin.packs.organisation import add_department


def names(count: int, start: int = 0) -> list[str]:
    return [f"第{number:04d}号公司" for number in range(start, start + count)]


def bodies(cast: Cast) -> dict[str, dict[str, Any]]:
    return {
        "delete": {},
        "transfer": {"to_member_id": cast.wang.id},
        "class": {"intent_class": "A"},
        "tags": {"add": ["重点"]},
    }


def test_each_can_be_undone(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-122, R-158, R-121: delete, transfer, class and tag, then undo, is nothing at all."""
    ids = [new_customer(cast.li, name) for name in names(3)]
    cast.li.post("/customers/tags", {"ids": ids[:1], "add": ["老客户"]})
    cast.zhao.post("/customers/class", {"ids": ids[:1], "intent_class": "B"})
    cast.li.post("/followups", {"customer_id": ids[0], **good})
    before = everything()
    for verb, body in bodies(cast).items():
        answer = cast.zhao.post(f"/customers/{verb}", {"ids": ids, **body})
        assert answer.status == 200, answer
        assert changes(before, everything()), verb
        undone = cast.zhao.post("/batches/undo", {"batch": answer["batch"]})
        assert undone["stays"] == 0, (verb, undone)
        assert changes(before, everything()) == [], verb


def test_undo_of_a_hand_over_leaves_what_changed_since(cast: Cast, new_customer: Any, good: Any) -> None:
    ids = [new_customer(cast.li, name) for name in names(2)]
    cast.li.post("/followups", {"customer_id": ids[0], **good})
    batch = cast.zhao.post("/customers/transfer", {"ids": ids, "to_member_id": cast.wang.id})["batch"]
    cast.zhao.post("/customers/transfer", {"ids": ids[:1], "to_member_id": cast.zhao.id})
    answer = cast.zhao.post("/batches/undo", {"batch": batch})
    assert {(each["id"], each["zh"]) for each in answer["stay"] if each["type"] == "customer"} == {
        (ids[0], "之后有人改过：负责人，保持现在的样子")
    }
    owners = dict(unscoped(Customer, "test").values_list("pk", "owner_id"))
    assert owners == {ids[0]: cast.zhao.id, ids[1]: cast.li.id}
    rows = unscoped(AgendaItem, "test").order_by("pk").values_list("customer_id", "kind", "owner_id")
    assert list(rows) == [
        (ids[0], "node_limit", cast.zhao.id), (ids[1], "node_limit", cast.li.id), (ids[0], "next_step", cast.zhao.id),
    ]  # fmt: skip


def test_previews_say_what_will_be_done(cast: Cast, new_customer: Any, good: Any) -> None:
    """Numbers, the effect on the button, and the rows that cannot be done, by name."""
    ids = [new_customer(cast.li, name) for name in names(2)]
    foreign = new_customer(cast.qian, "钱的公司")
    cast.li.post("/followups", {"customer_id": ids[0], **good})
    cast.zhao.post("/agenda", {"customer_id": ids[1], "act": "看合同", "due_at": "2026-11-30T02:00:00Z"})
    before = everything()
    shown = cast.zhao.post("/customers/preview", {"verb": "delete", "ids": [*ids, foreign]}).body
    assert shown["ids"] == ids
    assert shown["sentences"][0]["zh"] == "2 家客户移入回收站，连同 2 位联系人、1 条跟进、4 件待办"
    assert shown["cannot"] == [
        {"id": foreign, "name": "", "zh": "已经删除，或者你看不到", "en": "deleted, or not visible to you"}
    ]
    assert shown["button"] == {"zh": "删除 2 家", "en": "Delete 2"}
    asked = {"verb": "transfer", "ids": ids, "to_member_id": cast.wang.id}
    said = cast.zhao.post("/customers/preview", asked)["sentences"]
    assert said[0]["zh"] == "2 家转给王销售，3 件没办完的待办跟着走，别人名下的 1 件不动"
    mine = {"verb": "transfer", "ids": [*ids], "to_member_id": cast.li.id}
    shown_mine = cast.zhao.post("/customers/preview", mine)
    assert shown_mine["button"]["zh"] == "转交 0 家"
    assert shown_mine["sentences"][2]["zh"] == "另外 2 家本来就是李销售的"
    asked = {"verb": "class", "ids": ids, "intent_class": "A"}
    assert cast.zhao.post("/customers/preview", asked)["sentences"][0]["zh"] == "2 家定为 A 高意向"
    assert cast.li.post("/customers/preview", {"verb": "delete", "ids": ids}).status == 403
    assert cast.wang.post("/customers/preview", {"verb": "tag", "ids": ids, "add": ["抢"]}).status == 404
    cast.li.post(f"/customers/{ids[0]}/collaborators", {"member_id": cast.wang.id})
    (refused,) = cast.wang.post("/customers/preview", {"verb": "tag", "ids": ids[:1], "add": ["抢"]})["cannot"]
    assert refused["zh"] == "你能看，不能改；找负责人李销售"
    assert "钱的公司" not in str(shown)
    assert changes(before, everything()) != [] and len(changes(before, everything())) == 1


def test_a_transfer_offers_only_whom_it_accepts(cast: Cast, new_customer: Any) -> None:
    """R-158: active people of one's own departments and those below; everybody for who assigns anywhere."""
    pk = new_customer(cast.li, "佛山华悦陶瓷有限公司")
    below = hire(cast.org, "孙组员", "rep", add_department(cast.org, "一组", parent=cast.zhao.member.department))
    gone = hire(cast.org, "周离职", "rep", cast.zhao.member.department)
    gone.active = False
    gone.save()
    asked = {"verb": "transfer", "ids": [pk]}

    def offered(who: Person) -> tuple[list[int], bool]:
        shown = who.post("/customers/preview", asked)
        return [row["id"] for row in shown["receivers"]], shown["anywhere"]

    own = [cast.li.id, cast.wang.id, cast.zhao.id, below.pk]
    assert offered(cast.zhao) == (own, False)
    assert offered(cast.admin) == (sorted([*own, cast.qian.id, cast.admin.id]), True)
    before = everything()
    for member in Membership.objects.all():
        answer = cast.zhao.post("/customers/preview", {**asked, "to_member_id": member.pk})
        assert (answer.status == 200) == (member.pk in own), (member.name, answer)
    assert changes(before, everything()) == []


@pytest.mark.parametrize("verb", ["delete", "transfer", "class", "tags"])
def test_statements_do_not_grow_with_the_rows(cast: Cast, new_customer: Any, verb: str) -> None:
    few = [new_customer(cast.li, name) for name in names(2)]
    many = [new_customer(cast.li, name) for name in names(20, 2)]
    body = bodies(cast)[verb]
    cast.zhao.post("/customers/tags", {"ids": few, "add": ["先读一遍配置"]})
    counts = []
    for ids in (few, many):
        with CaptureQueriesContext(connection) as found:
            answer = cast.zhao.post(f"/customers/{verb}", {"ids": ids, **body})
        assert answer.status == 200
        counts.append(len(found))
        with CaptureQueriesContext(connection) as found:
            assert cast.zhao.post("/batches/undo", {"batch": answer["batch"]})["stays"] == 0
        counts.append(len(found))
    assert counts[:2] == counts[2:], counts


def test_the_bin_lists_and_gives_back(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-164: what was deleted, by whom; merged files are not in it."""
    pk = new_customer(cast.li, "甲公司")
    record = cast.li.post("/followups", {"customer_id": pk, **good})["id"]
    before = everything()
    assert cast.li.delete(f"/followups/{record}").status == 200
    assert unscoped(Customer, "test").get(pk=pk).last_contact_at is None
    (item,) = cast.li.get("/bin", kind="followup")["items"]
    assert (item["id"], item["by"], item["customer"]["id"]) == (record, "李销售", pk)
    assert cast.zhao.get("/bin", kind="followup")["items"] == []
    assert cast.li.post("/followups/restore", {"ids": [record]}).body == {"restored": 1}
    assert changes(before, everything()) == []
    cast.zhao.post("/customers/delete", {"ids": [pk]})
    (item,) = cast.zhao.get("/bin")["items"]
    assert (item["id"], item["name"], item["by"], item["owner"]) == (pk, "甲公司", "赵主管", "李销售")
    assert cast.qian.get("/bin")["items"] == [] and cast.li.get("/bin")["can_restore"] is False
    assert cast.li.get("/agenda")["items"] == []
    assert cast.zhao.post("/customers/restore", {"ids": [pk]}).body == {"restored": 1}
    assert changes(before, everything()) == []


def test_a_merged_file_is_not_restored_alone(cast: Cast, new_customer: Any) -> None:
    first, second = new_customer(cast.li, "甲公司"), new_customer(cast.li, "乙公司")
    cast.li.post("/customers/merge", {"ids": [first, second], "into": first})
    assert cast.admin.get("/bin")["items"] == []
    answer = cast.admin.post("/customers/restore", {"ids": [second]})
    assert (answer.status, answer["code"]) == (409, "state")


def test_deleting_a_record_can_be_undone(cast: Cast, new_customer: Any, good: Any) -> None:
    pk = new_customer(cast.li, "甲公司")
    record = cast.li.post("/followups", {"customer_id": pk, **good})["id"]
    before = everything()
    batch = cast.li.delete(f"/followups/{record}")["batch"]
    assert cast.li.post("/batches/undo", {"batch": batch}).status == 200
    assert changes(before, everything()) == []
    assert Event.objects.filter(name="followup.reverted").count() == 1


STEP = st.tuples(st.sampled_from(["merge", "transfer", "delete", "undo"]), st.integers(0, 3), st.integers(0, 3))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=1, max_size=7))
def test_no_sequence_loses_anything(steps: list[tuple[str, int, int]], world: tuple[Cast, list[int]]) -> None:
    """N11, security C6: any sequence of merge, transfer, delete, restore and undo keeps every contact, record, to-do
    and file; undoing what is left from the last to the first gives the first state back."""
    cast, ids = world
    before, counts = everything(), living()
    open_batches: list[str] = []
    for what, one, two in steps:
        answer: Any = None
        if what == "merge":
            answer = cast.admin.post("/customers/merge", {"ids": [ids[one], ids[two]], "into": ids[one]})
        elif what == "transfer":
            to = (cast.li, cast.wang, cast.zhao, cast.qian)[two].id
            answer = cast.admin.post("/customers/transfer", {"ids": [ids[one]], "to_member_id": to})
        elif what == "delete":
            answer = cast.admin.post("/customers/delete", {"ids": [ids[one]]})
        elif what == "undo" and open_batches:
            assert cast.admin.post("/batches/undo", {"batch": open_batches.pop()}).status == 200
        if answer is not None and answer.status == 200:
            open_batches.append(answer["batch"])
        now = living()
        assert now["files"] == counts["files"] and now["FollowUp"] == counts["FollowUp"]
        assert now["AgendaItem"] == counts["AgendaItem"]
    while open_batches:
        assert cast.admin.post("/batches/undo", {"batch": open_batches.pop()})["stays"] == 0
    assert living() == counts
    assert changes(before, everything()) == []


@pytest.fixture
def world(cast: Cast, new_customer: Any, good: Any) -> tuple[Cast, list[int]]:
    """Four customers of three owners with people, records, to-dos."""
    owners = (cast.li, cast.li, cast.wang, cast.qian)
    ids = [
        new_customer(owner, name) for owner, name in zip(owners, ("甲公司", "乙公司", "丙公司", "丁公司"), strict=True)
    ]
    for day, (owner, pk) in enumerate(zip(owners, ids, strict=True), start=20):
        body = {**good, "customer_id": pk, "contact_at": f"2026-11-{day}T01:00:00Z"}
        assert owner.post("/followups", body).status == 201
        assert owner.post(f"/customers/{pk}/needs", {"text": f"需求 {day}", "kind": "function"}).status == 201
    return cast, ids
