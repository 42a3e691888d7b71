"""Rows of an own type: written, listed, moved, given away, deleted, each with its refusals (R-213, R-164, R-165)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import NOW, Cast, Person
from genjin.access.guard import unscoped
from genjin.fields.tests.designing import document, put
from genjin.history.models import Event
from genjin.lib import moment
from genjin.records.models import Record
from genjin.records.tests.making import give, make_row, make_type, names, row

DUE = "2026-11-30T02:00:00Z"


@pytest.fixture
def sample(cast: Cast) -> str:
    return make_type(cast, fields=[{"zh": "型号", "type": "text"}])


def _filtered(person: Person, test: dict[str, Any], **more: Any) -> Any:
    return person.get("/records/x_sample", filter=orjson.dumps(test).decode(), **more)


def _stored() -> list[dict[str, Any]]:
    return [dict(each) for each in unscoped(Record, "test").order_by("id").values()]


def test_a_row_is_created_and_read_back(cast: Cast, sample: str, new_customer: Any) -> None:
    customer = new_customer(cast.li, "甲公司")
    contact = cast.li.get(f"/customers/{customer}")["contacts"][0]["id"]
    made = cast.li.post("/records/x_sample", {"name": " 主轴样品 ", "customer": customer, "contact": contact,
                                              "cf_1": "MX-3"})  # fmt: skip
    assert (made.status, made["number"], made["version"]) == (201, 1, 1), made
    assert row(cast.li, made["id"]) == {
        "id": made["id"],
        "version": 1,
        "type": "x_sample",
        "number": 1,
        "name": "主轴样品",
        "state": "asked",
        "state_at": "2026-11-24T02:12:00+00:00",
        "customer": {"id": customer, "name": "甲公司"},
        "contact": {"id": contact, "name": "王建国"},
        "owner": {"id": cast.li.id, "name": "李销售"},
        "department": {"id": cast.li.member.department_id, "name": "销售一部"},
        "created_at": "2026-11-24T02:12:00+00:00",
        "updated_at": "2026-11-24T02:12:00+00:00",
        "editable": True,
        "cf_1": "MX-3",
        "next": ["sent", "refused"],
        "todos": [],
        "can": {"update": True, "move": True, "assign": True, "delete": True, "plan": True},
    }
    event = Event.objects.get(name="record.created")
    assert (event.subject_type, event.subject_id, event.root_type, event.root_id) == (
        "record", made["id"], "customer", customer)  # fmt: skip
    assert cast.li.post("/records/x_sample", {"name": "第二"})["number"] == 2
    other = make_type(cast, "售后工单", "x_ticket")
    assert cast.li.post(f"/records/{other}", {"name": "第一"})["number"] == 1


BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"name": ""}, "name", "标题没有填"),
    ({"customer": 10**9}, "customer", "没有这家客户，或者你看不到"),
    ({"contact": 10**9}, "contact", "联系人要是这家客户的"),
    ({"state": "none"}, "state", "样品申请没有“none”这个状态"),
    ({"owner_id": 10**9}, "owner_id", "这个人不在团队里"),
    ({"cf_9": "x"}, "cf_9", "“cf_9”不是可以填写的字段"),
    ({"number": 5}, "number", ""),
]


@pytest.mark.parametrize(("wrong", "field", "said"), BAD)
def test_a_bad_value_is_refused(cast: Cast, sample: str, wrong: dict[str, Any], field: str, said: str) -> None:
    answer = cast.li.post("/records/x_sample", {"name": "主轴", **wrong})
    assert (answer.status, answer["field"]) == (422, field), answer
    assert answer["zh"] == said or not said
    assert _stored() == []


def test_a_new_row_skips_no_state(cast: Cast) -> None:
    """Whoever makes a row cannot begin where a move would not have brought it."""
    states = [{"key": "asked", "zh": "待审", "next": ["making"]}, {"key": "making", "zh": "打样中"},
              {"key": "sent", "zh": "已寄出"}]  # fmt: skip
    make_type(cast, states=states)
    refused = cast.li.post("/records/x_sample", {"name": "主轴", "state": "sent"})
    assert (refused.status, refused["zh"]) == (422, "新建的样品申请不能直接到“已寄出”，从“待审”开始")
    assert _stored() == []
    assert row(cast.li, make_row(cast.li, "主轴", state="making"))["state"] == "making"


def test_a_customer_out_of_sight_can_neither_be_named_nor_probed(cast: Cast, sample: str, new_customer: Any) -> None:
    """A row whose customer the reader may not see stays his; of the customer he learns that there is one."""
    theirs = new_customer(cast.qian, "金丝雀公司")
    refused = cast.li.post("/records/x_sample", {"name": "主轴", "customer": theirs})
    assert (refused.status, refused["field"]) == (422, "customer")
    pk = int(cast.admin.post("/records/x_sample", {"name": "主轴", "customer": theirs, "owner_id": cast.li.id})["id"])
    told = row(cast.li, pk)
    assert (told["customer"], told["contact"]) == ({"id": None, "name": "", "masked": True}, None)
    for path in ("/records/x_sample", "/records/x_sample/board", f"/records/x_sample/{pk}"):
        assert "金丝雀" not in cast.li.get(path).text.decode()
    assert row(cast.admin, pk)["customer"]["name"] == "金丝雀公司"
    assert cast.li.get(f"/customers/{theirs}/records").status == 404
    kept = cast.li.patch(f"/records/x_sample/{pk}", {"version": 1, "name": "主轴二"})
    assert kept.status == 200 and row(cast.admin, pk)["customer"]["id"] == theirs


def test_fields_change_and_the_second_editor_is_told(cast: Cast, sample: str, new_customer: Any) -> None:
    one, two = new_customer(cast.li, "甲公司"), new_customer(cast.li, "乙公司")
    contact = cast.li.get(f"/customers/{one}")["contacts"][0]["id"]
    pk = make_row(cast.li, "主轴", customer=one, contact=contact)
    first = cast.li.patch(f"/records/x_sample/{pk}", {"version": 1, "cf_1": "MX-3"})
    assert (first.status, first["version"]) == (200, 2)
    late = cast.zhao.patch(f"/records/x_sample/{pk}", {"version": 1, "cf_1": "MX-4"})
    assert (late.status, late["zh"], late["theirs"]) == (409, "李销售刚改过这条：型号。留谁的？", {"cf_1": "MX-3"})
    moved = cast.li.patch(f"/records/x_sample/{pk}", {"version": 2, "customer": two})
    assert moved.status == 200
    told = row(cast.li, pk)
    assert (told["customer"]["name"], told["contact"], told["cf_1"]) == ("乙公司", None, "MX-3")
    before = _stored()
    for body, field in (({"contact": contact}, "contact"), ({"name": ""}, "name")):
        wrong = cast.li.patch(f"/records/x_sample/{pk}", {"version": 3, **body})
        assert (wrong.status, wrong["field"]) == (422, field)
    assert cast.wang.patch(f"/records/x_sample/{pk}", {"version": 3, "name": "x"}).status == 404
    assert cast.li.patch(f"/records/x_none/{pk}", {"version": 3, "name": "x"}).status == 404
    assert _stored() == before


def test_a_row_goes_only_where_its_state_leads(cast: Cast, sample: str) -> None:
    """R-213: allowed ways only, all or none; state_at moves; undone for 24 h."""
    one, two = make_row(cast.li, "甲"), make_row(cast.li, "乙", state="refused")
    before = _stored()
    refused = cast.li.post("/records/x_sample/move", {"ids": [one, two], "state": "sent"})
    assert (refused.status, refused["field"]) == (422, "state")
    assert refused["zh"] == "#2 不能从“不寄”到“已寄出”，它已经到头了"
    unknown = cast.li.post("/records/x_sample/move", {"ids": [one], "state": "none"})
    assert (unknown.status, unknown["zh"]) == (422, "样品申请没有“none”这个状态")
    stale = cast.li.post("/records/x_sample/move", {"ids": [one], "state": "sent", "version": 7})
    assert stale.status == 409
    assert _stored() == before
    with moment.frozen(NOW + timedelta(hours=1)):
        moved = cast.li.post("/records/x_sample/move", {"ids": [one], "state": "sent", "why": "客户急", "version": 1,
                                                        "values": {"cf_1": "MX-3"}})  # fmt: skip
    assert (moved.status, moved["changed"]) == (200, 1), moved
    told = row(cast.li, one)
    assert (told["state"], told["state_at"], told["cf_1"], told["next"]) == (
        "sent", "2026-11-24T03:12:00+00:00", "MX-3", ["asked", "refused"])  # fmt: skip
    event = Event.objects.get(name="record.moved")
    assert (event.why, event.data.data["before"]["state"], event.data.data["after"]["state"]) == (
        "客户急", "asked", "sent")  # fmt: skip
    (batch,) = cast.li.get("/batches")["items"]
    assert batch["zh"] == "样品申请 #1 → 已寄出"
    assert cast.li.post("/batches/undo", {"batch": moved["batch"]})["back"] == 1
    told = row(cast.li, one)
    assert (told["state"], told["cf_1"], told["state_at"]) == ("asked", None, "2026-11-24T02:12:00+00:00")


def test_a_move_asks_for_what_the_new_state_demands(cast: Cast, sample: str) -> None:
    """R-214: required when the state is 已寄出; filled in on the way."""
    body = document(cast.admin, "x_sample")
    number = {"zh": "快递单号", "type": "text", "required_when": {"field": "state", "op": "eq", "value": "sent"}}
    (key,) = put(cast.admin, {**body, "fields": [*body["fields"], number]}, "x_sample")["keys"][-1:]
    pk = make_row(cast.li, "甲")
    asked = cast.li.post("/records/x_sample/move", {"ids": [pk], "state": "sent"})
    assert (asked.status, asked["field"], asked["zh"]) == (422, key, "快递单号没有填")
    assert row(cast.li, pk)["state"] == "asked"
    done = cast.li.post("/records/x_sample/move", {"ids": [pk], "state": "sent", "values": {key: "SF1"}})
    assert done.status == 200 and row(cast.li, pk)[key] == "SF1"


def test_rows_are_given_away_and_deleted_in_bulk_with_a_preview(cast: Cast, sample: str) -> None:
    mine, theirs = make_row(cast.li, "甲"), make_row(cast.wang, "乙")
    shown = cast.li.post(
        "/records/x_sample/preview", {"verb": "assign", "ids": [mine, theirs], "owner_id": cast.wang.id}
    )
    assert (shown.status, shown["ids"]) == (200, [mine])
    assert shown["cannot"] == [{"id": theirs, "name": "", "zh": "已经删除，或者你看不到",
                                "en": "deleted, or not visible to you"}]  # fmt: skip
    assert shown["sentences"][0]["zh"] == "1 条样品申请转给王销售"
    ways = cast.li.post("/records/x_sample/preview", {"verb": "move", "ids": [mine]})
    assert ways["states"] == ["asked", "sent", "refused"]
    assert cast.li.post("/records/x_sample/assign", {"ids": [mine, theirs], "owner_id": cast.wang.id}).status == 404
    gone = cast.li.post("/records/x_sample/assign", {"ids": [mine], "owner_id": 10**9})
    assert (gone.status, gone["field"]) == (422, "owner_id")
    given = cast.li.post("/records/x_sample/assign", {"ids": [mine], "owner_id": cast.qian.id, "why": "他的片区"})
    assert given.status == 200, given
    assert cast.li.get(f"/records/x_sample/{mine}").status == 404
    assert row(cast.qian, mine)["department"]["name"] == "销售二部"
    assert cast.zhao.get(f"/records/x_sample/{mine}").status == 404
    deleted = cast.wang.post("/records/x_sample/delete", {"ids": [theirs]})
    assert deleted["deleted"] == 1 and cast.wang.get(f"/records/x_sample/{theirs}").status == 404
    assert cast.li.post("/records/x_sample/restore", {"ids": [theirs]}).status == 404
    assert cast.wang.post("/records/x_sample/restore", {"ids": [theirs]}).status == 200
    assert row(cast.wang, theirs)["number"] == 2


def test_who_may_only_see_a_type_writes_none_of_it(cast: Cast, sample: str) -> None:
    give(cast, "x_sample", "rep", {"see": ["department"], "change": []})
    pk = make_row(cast.zhao, "甲")
    before = _stored()
    assert row(cast.li, pk)["can"] == dict.fromkeys(("update", "move", "assign", "delete", "plan"), False)
    refused = cast.li.post("/records/x_sample", {"name": "乙"})
    assert (refused.status, refused["zh"]) == (403, "你能看样品申请，但不能写；找管理员开通")
    assert cast.li.patch(f"/records/x_sample/{pk}", {"version": 1, "name": "乙"}).status == 403
    assert cast.li.post("/records/x_sample/move", {"ids": [pk], "state": "sent"}).status == 403
    assert cast.li.post(f"/records/x_sample/{pk}/todos", {"act": "x", "due_at": DUE}).status == 403
    assert _stored() == before


def test_lists_filter_sort_page_count_and_keep_views(cast: Cast, sample: str) -> None:
    for at, name in enumerate(("丙", "甲", "乙")):
        make_row(cast.li, name, cf_1=f"MX-{at}", **({"state": "sent"} if at == 1 else {}))
    done = make_row(cast.li, "丁", state="refused")
    assert names(cast.li.get("/records/x_sample")) == ["丁", "乙", "甲", "丙"]
    assert names(cast.li.get("/records/x_sample", sort="number")) == ["丙", "甲", "乙", "丁"]
    assert names(cast.li.get("/records/x_sample", sort="-cf_1", view="open")) == ["乙", "甲", "丙"]
    assert names(_filtered(cast.li, {"field": "state", "op": "eq", "value": "sent"})) == ["甲"]
    assert names(_filtered(cast.li, {"field": "number", "op": "gte", "value": 3}, sort="number")) == ["乙", "丁"]
    assert names(cast.li.get("/records/x_sample", q="丁")) == ["丁"]
    assert names(cast.li.get("/records/x_sample", q="#2")) == ["甲"]
    found, cursor = [], ""
    while True:
        page = cast.li.get("/records/x_sample", sort="name", limit=1, cursor=cursor, count=True)
        found += names(page)
        assert page["total"] == 4
        if not (cursor := page["next"] or ""):
            break
    assert found == sorted(found) and len(found) == 4
    assert _filtered(cast.li, {"field": "none", "op": "empty"})["field"] == "none"
    for bad in ({"sort": "none"}, {"view": "none"}, {"cursor": "none"}):
        assert cast.li.get("/records/x_sample", **bad).status == 422
    view = {"record_type": "x_sample", "name": "已寄的", "layout": "board", "board_by": "state",
            "filter": {"field": "state", "op": "eq", "value": "sent"}, "columns": [{"key": "cf_1"}]}  # fmt: skip
    saved = cast.li.post("/views", view)
    assert saved.status == 201, saved
    tabs = {each["key"]: each["count"] for each in cast.li.get("/records/x_sample/views")["items"]}
    assert tabs == {"mine": 4, "open": 3, "all": 4, str(saved["id"]): 1}
    assert names(cast.li.get("/records/x_sample", view=str(saved["id"]))) == ["甲"]
    board = cast.li.get("/records/x_sample/board", limit=1)
    told = [(each["zh"], each["count"], [one["name"] for one in each["items"]]) for each in board["columns"]]
    assert told == [("待审", 2, ["丙"]), ("已寄出", 1, ["甲"]), ("不寄", 1, ["丁"])]
    more = _filtered(cast.li, {"field": "state", "op": "eq", "value": "asked"}, sort="state_at",
                     cursor=board["columns"][0]["next"])  # fmt: skip
    assert names(more) == ["乙"]
    assert cast.li.get(f"/records/x_sample/{done}")["next"] == []


def test_a_todo_of_a_row_stands_on_it_and_on_its_customer(cast: Cast, sample: str, new_customer: Any) -> None:
    customer = new_customer(cast.li, "甲公司")
    pk = make_row(cast.li, "主轴", customer=customer)
    made = cast.li.post(f"/records/x_sample/{pk}/todos", {"act": "寄样品", "due_at": DUE, "owner_id": cast.li.id})
    assert made.status == 201, made
    (item,) = row(cast.li, pk)["todos"]
    assert (item["id"], item["act"], item["source"]) == (made["id"], "寄样品", {"type": "x_sample", "id": pk})
    assert cast.li.get(f"/customers/{customer}")["customer"]["next_due_at"] is not None
    cast.zhao.post(f"/records/x_sample/{pk}/todos", {"act": "补图纸", "due_at": DUE, "owner_id": cast.li.id})
    assert [each["act"] for each in cast.li.get("/agenda", owner="asked")["items"]] == ["补图纸"]
    blank = cast.li.post(f"/records/x_sample/{pk}/todos", {"act": " ", "due_at": DUE})
    assert (blank.status, blank["field"]) == (422, "act")
    linked = cast.li.get(f"/customers/{customer}/records")
    assert [(each["type"], [one["name"] for one in each["items"]], each["more"])
            for each in linked["types"]] == [("x_sample", ["主轴"], False)]  # fmt: skip


def test_a_type_without_customers_tells_of_none(cast: Cast, sample: str, new_customer: Any) -> None:
    """The link is kept, and there again when the type wants customers again."""
    customer = new_customer(cast.li, "甲公司")
    pk = make_row(cast.li, "主轴", customer=customer)
    body = document(cast.admin, "x_sample")
    assert put(cast.admin, {**body, "customer": "none"}, "x_sample").status == 200
    assert row(cast.li, pk)["customer"] is None
    assert cast.li.get(f"/customers/{customer}/records")["types"] == []
    refused = cast.li.post("/records/x_sample", {"name": "导轨", "customer": customer})
    assert (refused.status, refused["zh"]) == (422, "“customer”不是可以填写的字段")
    assert "主轴" not in cast.li.get(f"/customers/{customer}/timeline", kind="change").text.decode()
    body = document(cast.admin, "x_sample")
    assert put(cast.admin, {**body, "customer": "optional"}, "x_sample").status == 200
    assert row(cast.li, pk)["customer"]["name"] == "甲公司"


def test_lists_cost_the_same_however_many_rows(cast: Cast, sample: str, new_customer: Any) -> None:
    customer = new_customer(cast.li, "甲公司")
    paths = ("/records/x_sample?count=1", "/records/x_sample/board", "/records/x_sample/views",
             f"/customers/{customer}/records")  # fmt: skip
    counted: list[list[int]] = []
    for many in (1, 6):
        for at in range(many):
            make_row(cast.li, f"行{at}", customer=customer, state="sent" if at % 2 else "asked", cf_1="x")
        found = []
        for path in paths:
            assert cast.li.get(path).status == 200
            with CaptureQueriesContext(connection) as queries:
                cast.li.get(path)
            found.append(len(queries))
        counted.append(found)
    assert counted[0] == counted[1]
    assert max(counted[1]) <= 6, counted
