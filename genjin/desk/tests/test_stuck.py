"""异常: what is stuck, since when, why, who hears of it next, and for whom it is shown (R-090, R-114, R-115)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import NOW, Cast, Person
from genjin.access.guard import unscoped
from genjin.access.models import Role
from genjin.access.visible import visible, visible_by_key
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Customer
from genjin.objections.models import Objection

KINDS = ("node", "silent", "objection", "help", "review", "handover", "contract")


def late(cast: Cast, kind: str, customer: int | None, owner: Person | None, hours: float = 30, **more: Any) -> int:
    """An open agenda row that should have been done so many hours ago."""
    item = AgendaItem(
        org=cast.org,
        kind=kind,
        act=f"做 {kind}",
        customer_id=customer,
        owner_id=owner.id if owner else None,
        due_at=NOW - timedelta(hours=hours),
        created_at=NOW - timedelta(hours=hours + 48),
        updated_at=NOW,
        **more,
    )
    item.save()
    return int(item.pk)


def objection(cast: Cast, customer: int, owner: Person, hours: float = 30, state: str = "open") -> int:
    """An objection whose answer should have been given so many hours ago, with its agenda row."""
    due_at = NOW - timedelta(hours=hours)
    row = Objection(org=cast.org, customer_id=customer, kind="price", text="太贵", owner_id=owner.id, state=state,
                    raised_at=due_at, due_at=due_at, created_at=due_at, updated_at=due_at)  # fmt: skip
    row.save()
    return late(cast, "objection", customer, owner, hours, source_type="objection", source_id=row.pk)


def stage(customer: int, key: str, **more: Any) -> None:
    unscoped(Customer, "test").filter(pk=customer).update(stage=key, **more)


def rows(person: Person, **query: Any) -> dict[int, dict[str, Any]]:
    found = person.get("/exceptions", **query)
    assert found.status == 200, found
    return {each["id"]: each for each in found["items"]}


@pytest.fixture
def stuck(cast: Cast, new_customer: Any) -> dict[str, int]:
    """One row for each reason among the customers of 李销售, and one of 钱外部门."""
    names = ("无下一步", "等客户", "过期", "求助", "异议", "待批", "接手", "断档", "待审")
    pk = {name: new_customer(cast.li, f"{name}公司") for name in names}
    for each in pk.values():
        stage(each, "demo")
    stage(pk["断档"], "needs", intent_class="A", last_contact_at=NOW - timedelta(days=22))
    cast.li.post("/agenda", {"customer_id": pk["等客户"], "act": "电话回访", "due_at": "2026-11-26T02:00:00Z"})
    cast.li.post("/agenda", {"customer_id": pk["过期"], "act": "发报价", "due_at": "2026-11-20T02:00:00Z"})
    found = {
        name: late(cast, "node_limit", pk[name], cast.li) for name in ("无下一步", "等客户", "过期", "求助", "待批")
    }
    # Not late itself, and holds the other up.
    late(cast, "help", pk["求助"], cast.wang, hours=-5)
    late(cast, "approve", pk["待批"], cast.zhao, hours=-5, source_id=77)
    found["异议"] = objection(cast, pk["异议"], cast.li)
    objection(cast, pk["异议"], cast.li, state="answered")
    found["接手"] = late(cast, "takeup", pk["接手"], cast.li, hours=2)
    found["断档"] = late(cast, "cadence", pk["断档"], cast.li, hours=100)
    found["待审"] = late(cast, "review", pk["待审"], cast.zhao, hours=80, source_id=5)
    theirs = new_customer(cast.qian, "别部门公司")
    stage(theirs, "lead")
    found["别部门"] = late(cast, "node_limit", theirs, cast.qian, hours=200)
    return found


def test_each_reason_with_its_evidence(cast: Cast, stuck: dict[str, int]) -> None:
    """R-114: why something is stuck, with the fact behind it, soonest escalation first."""
    shown = rows(cast.zhao)
    said = {
        name: (shown[pk]["reason"]["key"], shown[pk]["evidence"]["zh"]) for name, pk in stuck.items() if pk in shown
    }
    assert said == {
        "无下一步": ("none", "还没有联系过"),
        "等客户": ("wait", "约了11月26日 10:00：电话回访"),
        "过期": ("late", "“发报价”，原定11月20日 10:00"),
        "求助": ("help", "11月22日提出，轮到销售一部 王销售"),
        "异议": ("answer", "11月21日记下，等李销售答复"),
        "待批": ("you", "11月22日提交，等你"),
        "接手": ("confirm", "11月22日交出，李销售还没接手"),
        "断档": ("none", "上次联系11月2日"),
        "待审": ("you", "11月19日提交，等你"),
    }
    assert shown[stuck["断档"]]["late"]["zh"] == "A 类 22 天没联系"
    assert shown[stuck["待批"]]["yours"]["to"] == "/reviews?which=requests&id=77"
    assert shown[stuck["待审"]]["yours"]["to"] == "/reviews?which=records&id=5"
    # For the administrator the same verdicts wait for somebody else.
    assert rows(cast.admin)[stuck["待审"]]["reason"]["key"] == "verdict"
    assert rows(cast.admin)[stuck["待批"]]["evidence"]["zh"] == "11月22日提交，等赵主管"


def test_a_handover_waits_for_whoever_has_to_confirm(cast: Cast) -> None:
    """R-158: for himself it waits for him, for whoever sees the whole firm for him by name."""
    pk = late(cast, "handover", None, cast.li, source_type="handover", source_id=9)
    mine, theirs = rows(cast.li)[pk], rows(cast.admin)[pk]
    assert (mine["kind"], mine["reason"]["key"], mine["yours"]["to"]) == ("handover", "you", "/handovers/9")
    assert (theirs["reason"]["key"], theirs["evidence"]["zh"]) == ("confirm", "11月21日交出，李销售还没确认")
    assert (theirs["customer"], theirs["yours"]) == (None, None)
    assert rows(cast.wang) == {}


def test_how_late_in_five_steps(cast: Cast, stuck: dict[str, int]) -> None:
    """The stated rule: 4 hours, a day, three days, a week."""
    shown = rows(cast.admin)
    steps = {name: shown[pk]["severity"] for name, pk in stuck.items()}
    assert steps == {
        **dict.fromkeys(("无下一步", "等客户", "过期", "求助", "待批", "异议"), 3),
        "接手": 1,
        "断档": 4,
        "待审": 4,
        "别部门": 5,
    }
    assert shown[stuck["接手"]]["late"]["zh"] == "超 2 小时"


def test_numbers_are_their_rows(cast: Cast, stuck: dict[str, int]) -> None:
    """Tabs, heat, reasons and total count the very rows that the page shows."""
    page = cast.admin.get("/exceptions").body
    assert (page["total"], page["head"]["total"], len(page["items"])) == (10, 10, 10)
    assert {each["key"]: each["n"] for each in page["kinds"]} == {
        "node": 6, "silent": 1, "objection": 1, "help": 0, "review": 1, "handover": 1, "contract": 0, "complaint": 0
    }  # fmt: skip
    for each in page["kinds"]:
        assert len(rows(cast.admin, kind=each["key"])) == each["n"] == cast.admin.get(
            "/exceptions", kind=each["key"])["total"]  # fmt: skip
    for each in page["reasons"]:
        assert len(rows(cast.admin, reason=each["key"])) == each["n"]
    heat = page["heat"]
    assert sum(each["n"] for each in heat["cells"]) + heat["elsewhere"] == 10
    for cell in heat["cells"]:
        found = rows(cast.admin, node=cell["node"], team=cell["team"])
        assert len(found) == cell["n"]
        hours = [(NOW - AgendaItem.objects.scoped("test").get(pk=pk).due_at) / timedelta(hours=1) for pk in found]
        assert cell["hours"] == round(sum(hours) / len(hours), 1)
    assert page["head"]["worst"]["node"]["key"] == "demo" and page["head"]["worst"]["n"] == 8


def test_a_choice_narrows_all_but_its_own_part(cast: Cast, stuck: dict[str, int]) -> None:
    page = cast.admin.get("/exceptions", kind="node", reason="wait").body
    assert (page["total"], page["head"]["total"]) == (1, 10)
    assert {each["key"]: each["n"] for each in page["kinds"] if each["n"]} == {"node": 1}
    assert sum(each["n"] for each in page["reasons"]) == 6
    assert [each["node"] for each in page["heat"]["cells"]] == ["demo"]
    mine = cast.admin.get("/exceptions", person=cast.qian.id).body
    assert (mine["total"], mine["chosen"]["person"]) == (1, {"id": cast.qian.id, "name": "钱外部门"})


def test_nobody_reads_of_what_he_may_not_see(cast: Cast, stuck: dict[str, int]) -> None:
    """R-165: the supervisor his department, a rep his own, another team nothing: rows and counts alike."""
    seen = {each: set(rows(getattr(cast, each))) for each in ("li", "wang", "zhao", "qian", "admin", "outsider")}
    everything, theirs = set(stuck.values()), {stuck["别部门"]}
    assert seen["li"] == seen["zhao"] == everything - theirs
    assert (seen["qian"], seen["admin"], seen["outsider"]) == (theirs, everything, set())
    # 王销售 has been asked for help, which is not late yet, and sees no customer.
    assert seen["wang"] == set() and cast.wang.get("/exceptions")["head"]["total"] == 0
    assert cast.zhao.get("/exceptions")["head"]["total"] == 9
    assert [each["name"] for each in cast.zhao.get("/exceptions")["heat"]["teams"]] == ["销售一部"]


def test_what_a_deleted_customer_left_behind_is_no_exception(cast: Cast, stuck: dict[str, int]) -> None:
    """For whoever sees all, too, who reads without a join to the customers."""
    customer = unscoped(AgendaItem, "test").get(pk=stuck["等客户"]).customer_id
    alone = late(cast, "help", None, cast.admin)
    assert cast.zhao.post("/customers/delete", {"ids": [customer]}).status == 200
    for person, many in ((cast.admin, 10), (cast.zhao, 8)):
        page = person.get("/exceptions").body
        assert page["total"] == page["head"]["total"] == len(page["items"]) == many
        assert stuck["等客户"] not in {each["id"] for each in page["items"]}
    assert alone in rows(cast.admin) and alone not in rows(cast.zhao)
    for actor in (cast.admin.actor, cast.zhao.actor, cast.li.actor, cast.outsider.actor):
        pks = [
            set(each.values_list("pk", flat=True))
            for each in (visible(actor, AgendaItem), visible_by_key(actor, AgendaItem))
        ]
        assert pks[0] == pks[1]


def test_a_row_of_ones_own_tells_nothing_of_a_customer_out_of_reach(cast: Cast, stuck: dict[str, int]) -> None:
    """Its holder sees the row; why the customer stands still is not his to know."""
    customer = unscoped(AgendaItem, "test").get(pk=stuck["待批"]).customer_id
    own = late(cast, "node_limit", customer, cast.wang)
    (row,) = rows(cast.wang).values()
    assert (row["id"], row["reason"]["key"], row["evidence"]["zh"]) == (own, "own", "“做 node_limit”没做完")
    assert (row["customer"]["stage"], row["customer"]["amount"]) == (None, None)
    page = cast.wang.get("/exceptions").body
    assert (page["heat"]["cells"], page["heat"]["elsewhere"]) == ([], 1)
    assert cast.wang.get("/exceptions", node="demo")["total"] == 0


def _hide(cast: Cast, key: str, **fields: dict[str, str]) -> None:
    role = Role.objects.get(org=cast.org, key=key)
    answer = cast.admin.patch(f"/roles/{role.pk}", {"version": role.version, "fields": fields})
    assert answer.status == 200, answer


def test_hidden_fields_are_told_by_nothing(cast: Cast, stuck: dict[str, int]) -> None:
    """R-166: neither reasons nor counts, filters or evidence tell of objections, stages, holders or contacts."""
    _hide(cast, "supervisor", followup={"objections": "hidden"}, customer={"stage": "hidden", "amount": "hidden"},
          agenda={"owner": "hidden"})  # fmt: skip
    page = cast.zhao.get("/exceptions").body
    assert "objection" not in {each["key"] for each in page["kinds"]}
    assert stuck["异议"] not in {each["id"] for each in page["items"]} and page["total"] == 8
    assert "answer" not in {each["key"] for each in page["reasons"]}
    assert page["heat"] is None and page["head"]["worst"] is None
    assert {each["owner"] for each in page["items"]} == {None}
    assert {each["customer"]["stage"] for each in page["items"]} == {None}
    assert "销售" not in "".join(each["evidence"]["zh"] for each in page["items"])
    for name, value in (("node", "demo"), ("person", cast.li.id), ("team", 1)):
        refused = cast.zhao.get("/exceptions", **{name: value})
        assert (refused.status, refused["code"]) == (422, "invalid"), name


def test_times_of_contact_that_are_hidden_hide_the_silence(cast: Cast, stuck: dict[str, int]) -> None:
    _hide(cast, "supervisor", customer={"last_contact_at": "hidden"})
    page = cast.zhao.get("/exceptions").body
    assert "silent" not in {each["key"] for each in page["kinds"]}
    assert stuck["断档"] not in {each["id"] for each in page["items"]}
    assert page["total"] == 8


def test_pages_follow_the_next_escalation(cast: Cast, new_customer: Any) -> None:
    """Soonest first, what goes up no more at the end; each row once over the pages (keyset)."""
    pk = new_customer(cast.li, "甲公司")
    hours = [5, None, 1, 30, None]
    made = [
        late(cast, "node_limit", pk, cast.li, climb_at=NOW + timedelta(hours=each) if each else None) for each in hours
    ]
    order = [made[2], made[0], made[3], made[1], made[4]]
    seen, cursor = [], ""
    while True:
        page = cast.zhao.get("/exceptions", limit=2, cursor=cursor).body
        seen += [each["id"] for each in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == order
    assert cast.zhao.get("/exceptions", cursor="zzz").status == 422
    today = cast.zhao.get("/exceptions", today="true")
    assert [each["id"] for each in today["items"]] == [made[2], made[0]]
    assert (today["total"], today["head"]["today"]) == (2, 2)


def test_what_came_and_went_within_a_day(cast: Cast, new_customer: Any) -> None:
    """Both are read from the rows themselves; asking for the outcome of an objection is no exception."""
    pk = new_customer(cast.li, "甲公司")
    late(cast, "node_limit", pk, cast.li, hours=3)
    late(cast, "node_limit", pk, cast.li, hours=30)
    ago = {"state": "done", "done_at": NOW - timedelta(hours=2)}
    late(cast, "help", pk, cast.li, hours=9, **ago)
    late(cast, "help", pk, cast.li, hours=-9, **ago)
    late(cast, "objection", pk, cast.li, hours=9, **ago)
    late(cast, "help", pk, cast.li, hours=90, state="done", done_at=NOW - timedelta(hours=25))
    head = cast.zhao.get("/exceptions")["head"]
    assert (head["fresh"], head["solved"]) == (1, 1)


def test_the_same_number_of_statements_for_any_number_of_rows(cast: Cast, new_customer: Any) -> None:
    """Ladders and their receivers are found for a page at once."""

    def count() -> int:
        cast.zhao.get("/exceptions")
        with CaptureQueriesContext(connection) as captured:
            assert cast.zhao.get("/exceptions").status == 200
        return len(captured)

    def fill(number: int) -> None:
        pk = new_customer(cast.li if number % 2 else cast.wang, f"第{number}公司")
        stage(pk, "demo")
        owner = cast.li if number % 2 else cast.wang
        late(cast, "node_limit", pk, owner, source_type="node", source_id=pk, climb_at=NOW + timedelta(hours=1), rung=2)
        late(cast, "help", pk, owner)
        objection(cast, pk, owner)

    for number in range(2):
        fill(number)
    few = count()
    for number in range(2, 8):
        fill(number)
    assert count() == few <= 24


def test_the_next_rung_says_whom_it_reaches(cast: Cast, new_customer: Any) -> None:
    """R-075, R-114: a node that is late goes up to the supervisor by the process's own ladder, until its top."""
    pk = new_customer(cast.li, "甲公司")
    stage(pk, "demo", stage_at=NOW - timedelta(days=5))
    soon = late(cast, "node_limit", pk, cast.li, source_type="node", source_id=pk, rung=2,
                climb_at=NOW + timedelta(hours=1))  # fmt: skip
    top = late(cast, "node_limit", pk, cast.li, source_type="node", source_id=pk, rung=3)
    shown = rows(cast.admin)
    assert shown[soon]["next"]["to"] == {"names": ["赵主管"], "you": False, "pool": False}
    assert shown[top]["next"] == {"at": None, "to": {"names": ["赵主管"], "you": False, "pool": False}}
    assert rows(cast.zhao)[soon]["next"]["to"]["you"] is True
    head = cast.admin.get("/exceptions")["head"]
    assert (head["today"], head["to"]["names"]) == (1, ["赵主管"])
