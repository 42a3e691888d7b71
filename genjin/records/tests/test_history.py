"""What happened to rows of own types is told, within scope and field rights, and can be taken back (R-164, A12)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import F

from conftest import Cast, Person
from genjin.access.actor import Grants
from genjin.access.guard import unscoped
from genjin.access.models import Grant, Role
from genjin.access.reading import count, read, read_one
from genjin.access.visible import holds, visible
from genjin.history.followers import FOLLOWERS
from genjin.history.models import Event
from genjin.orgs.models import Organisation
from genjin.records.models import Record
from genjin.records.tests.making import give, make_row, make_type, row

NAMES = ("self", "department", "subtree", "all")


@pytest.fixture
def sample(cast: Cast) -> str:
    return make_type(cast, fields=[{"zh": "型号", "type": "text"}, {"zh": "经手人", "type": "member"}])


def _said(person: Person, customer: int) -> list[str]:
    items = person.get(f"/customers/{customer}/timeline", kind="change")["items"]
    return [each["sentence"]["zh"] for each in items if "record" in each]


def test_the_customer_page_tells_of_its_rows(cast: Cast, sample: str, new_customer: Any) -> None:
    customer = new_customer(cast.li, "甲公司")
    pk = make_row(cast.li, "主轴", customer=customer)
    cast.li.patch(f"/records/x_sample/{pk}", {"version": 1, "cf_1": "MX-3", "cf_2": cast.li.id})
    cast.li.post("/records/x_sample/move", {"ids": [pk], "state": "sent"})
    cast.zhao.post("/records/x_sample/assign", {"ids": [pk], "owner_id": cast.wang.id})
    make_row(cast.zhao, "别的")
    assert _said(cast.zhao, customer) == [
        "样品申请 #1 转给王销售", "样品申请 #1：待审 → 已寄出", "样品申请 #1：型号 — → MX-3；经手人 — → 李销售",
        "新建样品申请 #1 主轴"]  # fmt: skip
    assert cast.zhao.get(f"/customers/{customer}")["counts"]["changes"] == len(
        cast.zhao.get(f"/customers/{customer}/timeline", kind="change")["items"])  # fmt: skip
    # It is 王销售's row now; 李销售 sees his customer and nothing of the row.
    assert _said(cast.li, customer) == []
    assert "主轴" not in cast.li.get(f"/customers/{customer}").text.decode()
    give(cast, "x_sample", "supervisor", {"see": ["subtree"], "change": ["subtree"]}, {"state": "hidden"})
    assert _said(cast.zhao, customer)[1] == "样品申请 #1 有变化"
    give(cast, "x_sample", "supervisor", {"see": ["subtree"], "change": ["subtree"]}, {"customer": "hidden"})
    assert _said(cast.zhao, customer) == []
    assert cast.zhao.get(f"/customers/{customer}/records")["types"] == []


def test_versions_are_compared_and_taken_back_field_by_field(cast: Cast, sample: str, new_customer: Any) -> None:
    one, two = new_customer(cast.li, "甲公司"), new_customer(cast.li, "乙公司")
    pk = make_row(cast.li, "主轴", customer=one, cf_1="MX-3")
    cast.li.patch(f"/records/x_sample/{pk}", {"version": 1, "cf_1": "MX-4", "customer": two})
    cast.li.post("/records/x_sample/move", {"ids": [pk], "state": "sent"})
    found = cast.li.get(f"/versions/x_sample/{pk}")
    assert found.status == 200, found
    told = [sorted((one["label"]["zh"], one["old"]["zh"], one["new"]["zh"]) for one in each["changes"])
            for each in found["items"]]  # fmt: skip
    assert told == [[("状态", "待审", "已寄出")], [("型号", "MX-3", "MX-4"), ("客户", "甲公司", "乙公司")], []]
    first = {each["field"]: each["restorable"] for each in cast.li.get(f"/versions/x_sample/{pk}/1")["fields"]}
    assert first == {"state": False, "customer": True, "cf_1": True}
    for path in (f"/versions/customer/{pk}", f"/versions/x_none/{pk}"):
        assert cast.qian.get(path).status == 404
    assert cast.wang.get(f"/versions/x_sample/{pk}").status == 404
    assert cast.li.get(f"/versions/record/{pk}").status == 422
    back = cast.li.post(f"/versions/x_sample/{pk}/1", {"version": 3, "fields": ["cf_1"]})
    assert back.status == 200, back
    now = row(cast.li, pk)
    assert (now["cf_1"], now["customer"]["name"], now["state"]) == ("MX-3", "乙公司", "sent")


def test_a_merge_takes_rows_along_and_its_undo_gives_them_back(cast: Cast, sample: str, new_customer: Any) -> None:
    one, two = new_customer(cast.li, "甲公司"), new_customer(cast.li, "乙公司", contact={"name": "李芸"})
    contact = cast.li.get(f"/customers/{two}")["contacts"][0]["id"]
    pk = make_row(cast.li, "主轴", customer=two, contact=contact)
    merged = cast.li.post("/customers/merge", {"ids": [one, two], "into": one})
    assert merged.status == 200, merged
    assert row(cast.li, pk)["customer"]["name"] == "甲公司"
    assert cast.li.post("/batches/undo", {"batch": merged["batch"]}).status == 200
    assert row(cast.li, pk)["customer"]["name"] == "乙公司"


def test_the_audit_list_names_row_type_and_fields(cast: Cast, sample: str) -> None:
    """For whoever reads the log and may see the row."""
    pk = make_row(cast.li, "主轴", cf_1="MX-3")
    cast.li.post("/records/x_sample/move", {"ids": [pk], "state": "sent"})
    told = [(each["zh"], each["label"]["zh"], each["name"], [one["label"]["zh"] for one in each["changes"]])
            for each in cast.admin.get("/audit")["items"] if each["record_type"] == "x_sample"]  # fmt: skip
    assert told == [
        ("改状态", "样品申请", "#1 主轴", ["状态"]),
        ("新建自定义记录", "样品申请", "#1 主轴", ["标题", "状态", "负责人"]),
    ]
    make_type(cast, "售后工单", "x_ticket")
    make_row(cast.admin, "别的", "x_ticket")
    asked = cast.admin.get("/audit", record_type="x_sample")["items"]
    assert [each["event"] for each in asked] == ["record.moved", "record.created"]
    assert cast.admin.get("/audit", record_type="x_sample", record_id=pk)["items"] == asked
    made = next(each for each in cast.admin.get("/audit")["items"] if each["event"] == "type.created")
    assert (made["zh"], made["record_type"]) == ("新建记录类型", "design")
    Grant.objects.filter(member=cast.qian.member).update(role=Role.objects.get(org=cast.org, key="auditor"))
    Organisation.objects.filter(pk=cast.org.pk).update(config_version=F("config_version") + 1)
    items = cast.qian.get("/audit")["items"]
    assert items and "主轴" not in str(items)


def test_an_undo_leaves_a_row_whose_state_is_gone_and_one_changed_since(cast: Cast, sample: str) -> None:
    first, second = make_row(cast.li, "甲"), make_row(cast.li, "乙")
    moved = cast.li.post("/records/x_sample/move", {"ids": [first, second], "state": "sent"})
    cast.li.patch(f"/records/x_sample/{second}", {"version": 2, "name": "乙二"})
    cast.li.post("/records/x_sample/move", {"ids": [second], "state": "refused"})
    undone = cast.li.post("/batches/undo", {"batch": moved["batch"]})
    assert (undone["back"], undone["stays"]) == (1, 1)
    assert undone["stay"][0]["zh"] == "之后有人改过：状态，保持现在的样子"
    assert (row(cast.li, first)["state"], row(cast.li, second)["state"]) == ("asked", "refused")


def test_both_ways_to_scope_a_row_agree_for_each_type(cast: Cast, sample: str) -> None:
    """R-161, R-162: the union over types of what the roles say of each; nothing of a type put away, nothing of one
    without a scope."""
    make_type(cast, "售后工单", "x_ticket", rights={"rep": {"see": ["all"], "change": ["all"]}})
    make_type(cast, "项目", "x_project", rights={"rep": {"see": ["all"], "change": ["all"]}})
    for person in (cast.li, cast.wang, cast.qian):
        for slug in ("x_sample", "x_ticket", "x_project"):
            make_row(person, f"{person.member.name}{slug}", slug)
    gone = make_row(cast.li, "删了的")
    cast.li.post("/records/x_sample/delete", {"ids": [gone]})
    assert cast.admin.post("/record-types/x_project/retire", {"version": 1}).status == 200
    rows = list(unscoped(Record, "test"))
    assert len(rows) == 10
    for person in (cast.li, cast.zhao, cast.outsider):
        actor = person.actor
        for one in ((), *((each,) for each in NAMES), ("self", "department")):
            for two in ((), *((each,) for each in NAMES)):
                see = {"x_sample": one, "x_ticket": two, "x_project": ("all",), "record": ("all",)}
                scopes = {slug: {"see": frozenset(names)} for slug, names in see.items()}
                grants = Grants(scopes=scopes, departments=actor.grants.departments, subtree=actor.grants.subtree)
                tried = actor.with_(grants=grants, _cache={})
                seen = set(visible(tried, Record).values_list("pk", flat=True))
                assert {pk for (pk,) in read(tried, Record, ("id",))} == seen, (person.member.name, one, two)
                assert {each.pk for each in rows if holds(tried, each)} == seen
                assert {each.pk for each in rows if read_one(tried, Record, each.pk)} == seen
                assert count(tried, Record, most=100) == len(seen)
                for slug in ("x_sample", "x_ticket", "x_project", "x_none"):
                    of = {pk for (pk,) in read(tried, Record, ("id",), of=slug)}
                    assert of == {each.pk for each in rows if each.pk in seen and each.kind == slug}


def test_rows_are_found_by_title_number_and_pinyin_and_lie_in_the_bin(cast: Cast, sample: str) -> None:
    """R-131, R-164: within the scope of the type; who deleted it stands beside it."""
    pk = make_row(cast.li, "主轴样品")
    make_row(cast.wang, "主轴别的")
    hit = {"id": pk, "type": "x_sample", "label": {"zh": "样品申请", "en": "Sample"}, "number": 1, "name": "主轴样品",
           "state": "asked"}  # fmt: skip
    for text in ("主轴", "zhuzhou", "zzyp"):
        assert cast.li.get("/find", q=text)["records"] == [hit], text
    assert cast.outsider.get("/find", q="主轴")["records"] == []
    assert len(cast.zhao.get("/find", q="主轴")["records"]) == 2
    cast.li.patch(f"/records/x_sample/{pk}", {"version": 1, "name": "导轨"})
    assert (cast.li.get("/find", q="主轴")["records"], len(cast.li.get("/find", q="导轨")["records"])) == ([], 1)
    cast.li.post("/records/x_sample/delete", {"ids": [pk]})
    assert cast.li.get("/find", q="导轨")["records"] == []
    found = cast.li.get("/bin", kind="x_sample")
    assert [(each["id"], each["name"], each["by"]) for each in found["items"]] == [(pk, "#1 导轨", "李销售")]
    assert found["can_restore"] is True
    assert cast.wang.get("/bin", kind="x_sample")["items"] == []
    assert cast.outsider.get("/bin", kind="x_sample").status == 404


def follow() -> None:
    """Let the inbox follower read all there is."""
    wanted = FOLLOWERS["inbox"].events
    FOLLOWERS["inbox"].run(list(Event.objects.filter(name__in=wanted).order_by("id").select_related("data")))


def test_whoever_is_given_a_row_hears_of_it(cast: Cast, sample: str) -> None:
    """R-075: one line a verb; nothing where he may not see it."""
    one, two = make_row(cast.li, "主轴"), make_row(cast.li, "导轨")
    cast.li.post("/records/x_sample/assign", {"ids": [one], "owner_id": cast.wang.id})
    cast.li.post("/records/x_sample/assign", {"ids": [two], "owner_id": cast.qian.id})
    give(cast, "x_sample", "rep", {"see": [], "change": []})
    follow()
    assert cast.wang.get("/inbox")["items"] == []
    give(cast, "x_sample", "rep", {"see": ["self"], "change": ["self"]})
    both = [make_row(cast.li, "丝杠"), make_row(cast.li, "轴承")]
    cast.li.post("/records/x_sample/assign", {"ids": both[:1], "owner_id": cast.wang.id})
    cast.zhao.post("/records/x_sample/assign", {"ids": [both[1], one], "owner_id": cast.qian.id})
    follow()
    cast.zhao.post("/records/x_sample", {"name": "端盖", "owner_id": cast.wang.id})
    follow()
    made, told = cast.wang.get("/inbox")["items"]
    assert made["zh"] == "赵主管 把样品申请 #5 端盖 转给你"
    assert (told["zh"], told["link"]) == ("李销售 把样品申请 #3 丝杠 转给你", f"/records/x_sample/{both[0]}")
    # The whole log is read again, with the rights of now.
    assert {each["zh"] for each in cast.qian.get("/inbox")["items"]} == {
        "李销售 把样品申请 #2 导轨 转给你", "赵主管 转给你 2 条样品申请，第一条：#1 主轴"}  # fmt: skip


def test_who_leaves_hands_his_rows_over(cast: Cast, sample: str) -> None:
    """R-158: to the first successor, taken back with the rest."""
    pk = make_row(cast.li, "主轴")
    path = f"/members/{cast.li.id}/handover"
    counts = {each["key"]: each["number"] for each in cast.admin.get(path)["counts"]}
    assert counts["records"] == 1
    done = cast.admin.post(path, {"member_ids": [cast.wang.id], "leave": False})
    assert (done.status, done["moved"]["records"]) == (200, 1), done
    assert row(cast.wang, pk)["owner"]["name"] == "王销售"
    assert cast.admin.post("/batches/undo", {"batch": done["batch"]}).status == 200
    assert row(cast.li, pk)["owner"]["name"] == "李销售"


def test_no_byte_of_a_foreign_row_reaches_anybody(cast: Cast, sample: str, new_customer: Any) -> None:
    """A canary in each text of 李销售's row is found by himself, and by nobody who may not see it."""
    canary = "金丝雀样品"
    pk = make_row(cast.li, canary, customer=new_customer(cast.li, "甲公司"), cf_1=canary)
    cast.li.patch(f"/records/x_sample/{pk}", {"version": 1, "cf_1": f"{canary}二"})
    paths = ["/records/x_sample", "/records/x_sample/board", f"/records/x_sample?q={canary}", "/records/x_sample/views",
             f"/records/x_sample/{pk}", f"/versions/x_sample/{pk}", f"/versions/x_sample/{pk}/1", "/batches",
             f"/find?q={canary}", "/schema", "/record-types"]  # fmt: skip
    assert canary in "".join(cast.li.get(path).text.decode() for path in paths)
    for person in (cast.wang, cast.qian, cast.outsider):
        for path in paths:
            assert canary not in person.get(path).text.decode(), (person.member.name, path)
    counts = [each["count"] for each in cast.wang.get("/records/x_sample/views")["items"]]
    assert counts == [0, 0, 0]
    assert [each["count"] for each in cast.wang.get("/records/x_sample/board")["columns"]] == [0, 0, 0]


def test_a_field_that_a_role_may_not_read_is_told_nowhere(cast: Cast, sample: str, new_customer: Any) -> None:
    """R-166: in no answer, by no filter or sort; and it is not written over."""
    canary = "金丝雀型号"
    customer = new_customer(cast.li, "甲公司")
    pk = make_row(cast.li, "主轴", customer=customer, cf_1="旧")
    cast.li.patch(f"/records/x_sample/{pk}", {"version": 1, "cf_1": canary})
    paths = ["/records/x_sample", "/records/x_sample/board", f"/records/x_sample/{pk}", f"/versions/x_sample/{pk}",
             f"/versions/x_sample/{pk}/1", f"/customers/{customer}/timeline?kind=change",
             f"/customers/{customer}/records"]  # fmt: skip
    for path in paths:
        assert canary in cast.li.get(path).text.decode(), path
    give(cast, "x_sample", "rep", {"see": ["self"], "change": ["self"]}, {"cf_1": "hidden"})
    for path in paths:
        assert canary not in cast.li.get(path).text.decode(), path
    assert cast.li.get("/records/x_sample", sort="cf_1").status == 422
    assert cast.li.get("/records/x_sample", filter='{"field": "cf_1", "op": "not_empty"}').status == 400
    refused = cast.li.patch(f"/records/x_sample/{pk}", {"version": 2, "cf_1": "别的"})
    assert (refused.status, refused["zh"]) == (403, "你不能填“型号”")
    assert cast.li.patch(f"/records/x_sample/{pk}", {"version": 2, "name": "主轴二"}).status == 200
    assert row(cast.admin, pk)["cf_1"] == canary
