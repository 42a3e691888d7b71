"""To-dos that were exported come back by an import, column by column; what stands there is not doubled (R-237, A3)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.access.models import Role
from genjin.agenda.models import AgendaItem
from genjin.agenda.rules import SETTLED_ELSEWHERE
from genjin.customers.models import Contact, Customer
from genjin.exchange.tests.test_export_over_http import exported, table
from genjin.exchange.tests.test_import_over_http import checked, send, taken, work, workbook
from genjin.exchange.tests.test_import_undo import undone
from genjin.exchange.todo_drafts import KINDS
from genjin.followups.models import FollowUp
from genjin.lib import moment
from genjin.notify.models import Outgoing
from genjin.orgs.models import Department, Organisation

FIRM = "上海甲精密有限公司"
HEAD = ["客户名称", "做什么", "目标", "谁", "什么时候", "状态"]


pytestmark = pytest.mark.usefixtures("no_limits")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path


def todos(**where: Any) -> list[AgendaItem]:
    rows = unscoped(AgendaItem, "test").filter(deleted_at__isnull=True, **where)
    return list(rows.select_related("customer", "owner", "department", "contact", "done_by").order_by("act"))


def told(item: AgendaItem) -> dict[str, Any]:
    names = {name: str(row.name) if (row := getattr(item, name)) else None for name in
             ("customer", "contact", "owner", "department", "done_by")}  # fmt: skip
    columns = ("kind", "act", "goal", "due_at", "precision", "state", "note")
    done_at = item.done_at.replace(second=0, microsecond=0) if item.done_at else None
    return {**names, **{name: getattr(item, name) for name in columns}, "done_at": done_at}


def _plant(cast: Cast, new_customer: Any) -> None:
    """Open and done, by minute and by day, mine and a colleague's, with a customer, a contact and without."""
    pk = new_customer(cast.zhao, FIRM)
    contact = unscoped(Contact, "test").get(customer_id=pk)
    firm = {"customer_id": pk}
    for body in (
        {"act": "=1+1 寄样品", "goal": "@定型号", "due_at": "2026-11-27T02:30:00Z", "precision": "minute", **firm},
        {"act": "问交期\n再报价", "due_at": "2026-11-28T02:00:00Z", "precision": "day", "owner_id": cast.li.id, **firm},
        {"act": "写周报", "due_at": "2026-12-31T16:30:00Z", "precision": "minute"},
        {"act": "办好的事", "due_at": "2026-11-25T02:00:00Z", "precision": "day", "owner_id": cast.li.id, **firm},
        {"act": "部门的事", "due_at": "2026-11-26T02:00:00Z", "precision": "day", **firm},
    ):
        assert cast.zhao.post("/agenda", body).status == 201, body
    (done,) = todos(act="办好的事")
    unscoped(AgendaItem, "test").filter(customer_id=pk).update(contact=contact)
    answer = cast.li.post(f"/agenda/{done.pk}/done", {"version": done.version, "note": "王总\n同意了"})
    assert answer.status == 200, answer
    ours = Department.objects.get(name="销售一部")
    unscoped(AgendaItem, "test").filter(act="部门的事").update(owner=None, department=ours)


@pytest.mark.parametrize("format_", ["xlsx", "csv"])
def test_to_dos_come_back_without_loss(cast: Cast, new_customer: Any, format_: str) -> None:
    """R-237, I2: exported, emptied, taken over again: the same rows, and the same file once more."""
    _plant(cast, new_customer)
    before = [told(each) for each in todos()]
    answer = exported(cast.admin, record_type="agenda", format=format_)
    sheet = table(exported(cast.admin, record_type="agenda", format="csv"))
    for model in (AgendaItem, Contact, Customer):
        unscoped(model, "test").update(deleted_at=moment.now())
    run = taken(cast.admin, answer.text, f"待办.{format_}")
    counts = cast.admin.get(f"/imports/{run}")["counts"]
    assert (counts["ready"], counts["agenda"], counts["customers_new"], counts["followups"]) == (5, 5, 1, 0)
    assert [told(each) for each in todos()] == before
    again = table(exported(cast.admin, record_type="agenda", format="csv"))
    assert again == sheet and len(sheet) == 6
    assert (unscoped(FollowUp, "test").count(), len(todos(import_id=run))) == (0, 5)
    customer = unscoped(Customer, "test").get(deleted_at__isnull=True)
    # The soonest that is open stands on the customer's row; nobody is reminded of what is done.
    assert customer.next_act == "部门的事"
    assert [each.tell_at for each in todos(state="done")] == [None]


def test_what_stands_on_the_agenda_is_not_doubled(cast: Cast, new_customer: Any) -> None:
    """R-237, C3: the same file beside the living rows adds nothing, unless somebody wants both."""
    _plant(cast, new_customer)
    before = [told(each) for each in todos()]
    data = exported(cast.admin, record_type="agenda", format="csv").text
    run = checked(cast.admin, data, "待办.csv")
    assert cast.admin.get(f"/imports/{run}")["counts"]["duplicate"] == 5
    assert cast.admin.post(f"/imports/{run}/run").status == 422
    assert [told(each) for each in todos()] == before
    rows = cast.admin.get(f"/imports/{run}/rows")["items"]
    assert {each["problems"][0]["code"] for each in rows} == {"already"}
    one = next(each for each in rows if each["values"]["agenda.act"] == "写周报")
    answer = cast.admin.patch(
        f"/imports/{run}/rows", {"rows": [{"sheet": one["sheet"], "row": one["row"], "separate": True}]}
    )
    assert answer["counts"]["ready"] == 1
    assert cast.admin.post(f"/imports/{run}/run").status == 200
    work()
    assert [each.act for each in todos(import_id=run)] == ["写周报"]


def _plant_of_every_kind(cast: Cast, new_customer: Any) -> None:
    """One open and one done of each kind, as the matters themselves make them."""
    pk = new_customer(cast.zhao, FIRM)
    for at, kind in enumerate(KINDS):
        for day, state in ((27, "open"), (20, "done")):
            due = datetime(2026, 11, day, 2, at, tzinfo=UTC)
            item = AgendaItem(
                org=cast.org, customer_id=pk, owner_id=cast.zhao.id, kind=kind, act=f"{kind} {state}", due_at=due,
                state=state, created_at=due, updated_at=due, created_by_id=cast.zhao.id,
            )  # fmt: skip
            if state == "done":
                item.done_at, item.done_by_id = due, cast.zhao.id
            item.save()


def test_to_dos_come_back_as_what_they_were(cast: Cast, new_customer: Any) -> None:
    """R-237, R-077: the kind goes along; an open one that only its matter can close is refused, not made ordinary."""
    _plant_of_every_kind(cast, new_customer)
    before = [told(each) for each in todos()]
    assert SETTLED_ELSEWHERE < set(KINDS) == {each["kind"] for each in before}
    kept = [each for each in before if each["state"] == "done" or each["kind"] not in SETTLED_ELSEWHERE]
    data = exported(cast.admin, record_type="agenda", format="xlsx").text
    unscoped(AgendaItem, "test").update(deleted_at=moment.now())
    run = taken(cast.admin, data, "待办.xlsx")
    assert [told(each) for each in todos()] == kept
    refused = cast.admin.get(f"/imports/{run}/rows", verdict="refused")["items"]
    assert {each["values"]["agenda.act"] for each in refused} == {f"{kind} open" for kind in SETTLED_ELSEWHERE}
    assert {each["problems"][0]["code"] for each in refused} == {"made-elsewhere"}
    review = next(each for each in refused if each["values"]["agenda.act"] == "review open")
    (problem,) = review["problems"]
    assert problem["zh"] == "“审核”的待办由那件事自己产生，也由它办结，不从表里写入"
    ordinary = {"sheet": review["sheet"], "row": review["row"], "set": problem["fixes"][0]["set"]}
    assert cast.admin.patch(f"/imports/{run}/rows", {"rows": [ordinary]}).status == 200
    assert cast.admin.post(f"/imports/{run}/run").status == 200
    work()
    assert [(each.kind, each.state) for each in todos(act="review open")] == [("task", "open")]


def test_a_word_that_is_no_kind_is_kept(cast: Cast) -> None:
    """R-237: nothing of the sheet is lost."""
    sheet = [["", "寄样品", "", "", "2026-11-27", "", "重点"], ["", "回电", "", "", "2026-11-27", "", "再联系"]]
    taken(cast.li, workbook(sheet, [*HEAD, "待办类型"]))
    assert [(each.act, each.kind, each.note) for each in todos()] == [
        ("回电", "next_try", ""), ("寄样品", "task", "待办类型：重点"),
    ]  # fmt: skip


def test_rows_that_say_too_little_wait_or_are_refused(cast: Cast) -> None:
    """R-237: no words, no day, an unknown state; a day of this week is asked; what is mended goes in."""
    rows = [
        [FIRM, "", "", "", "2026-11-27", ""],
        [FIRM, "没有日子", "", "", "", ""],
        [FIRM, "没有的日子", "", "", "2026-02-30", ""],
        [FIRM, "别的状态", "", "", "2026-11-27", "飞了"],
        [FIRM, "说得含糊", "", "", "后天", ""],
        ["", "自己的事", "", "张三", "2026-11-27", "待办"],
    ]
    run = checked(cast.li, workbook(rows, HEAD))
    found = {each["row"]: each for each in cast.li.get(f"/imports/{run}/rows")["items"]}
    told_of = {at: (each["verdict"], [one["code"] for one in each["problems"]]) for at, each in found.items()}
    assert told_of == {
        2: ("refused", ["no-act"]), 3: ("refused", ["unreadable-date"]), 4: ("refused", ["unreadable-date"]),
        5: ("confirm", ["unknown-option"]), 6: ("confirm", ["ambiguous-date"]), 7: ("ready", []),
    }  # fmt: skip
    mended = [
        {"sheet": "跟进表", "row": 5, "set": {"agenda.state": "已完成"}},
        {"sheet": "跟进表", "row": 6, "set": {"agenda.due_at": "2026-11-26"}},
    ]
    assert cast.li.patch(f"/imports/{run}/rows", {"rows": mended})["counts"]["ready"] == 3
    assert cast.li.post(f"/imports/{run}/run").status == 200
    work()
    assert [(each.act, each.state, each.owner_id, each.note) for each in todos(import_id=run)] == [
        ("别的状态", "done", cast.li.id, ""),
        ("自己的事", "open", cast.li.id, "谁：张三"),
        ("说得含糊", "open", cast.li.id, ""),
    ]
    (own,) = todos(act="自己的事")
    assert (own.customer_id, own.due_at, own.precision) == (None, datetime(2026, 11, 27, 10, tzinfo=UTC), "day")


def test_rights_hold_for_to_dos_of_a_sheet(cast: Cast, new_customer: Any) -> None:
    """A9, R-166: no to-do for another's customer, none without the right, none into a field one may not fill."""
    new_customer(cast.qian, FIRM)
    data = workbook([[FIRM, "寄样品", "定价", "", "2026-11-27", ""]], HEAD)
    run = checked(cast.li, data)
    assert cast.li.get(f"/imports/{run}/rows")["items"][0]["problems"][-1]["code"] == "not-yours"
    own = workbook([["", "写周报", "定价", "", "2026-11-27", ""]], HEAD)
    run = checked(cast.li, own, "乙.xlsx")
    rep = Role.objects.get(org=cast.org, key="rep")
    Role.objects.filter(pk=rep.pk).update(verbs=[each for each in rep.verbs if each not in ("agenda.*", "agenda.add")])
    Organisation.objects.filter(pk=cast.org.pk).update(config_version=50)
    assert cast.li.post(f"/imports/{run}/run").status == 200
    work()
    assert (cast.li.get(f"/imports/{run}")["counts"]["refused"], todos()) == (1, [])
    Role.objects.filter(pk=rep.pk).update(verbs=rep.verbs, fields={"agenda": {"goal": "hidden"}})
    Organisation.objects.filter(pk=cast.org.pk).update(config_version=51)
    run = send(cast.li, workbook([["", "写月报", "定价", "", "2026-11-27", ""]], HEAD), "丙.xlsx")
    work()
    refused = cast.li.post(f"/imports/{run}/check")
    assert (refused.status, "目标" in refused["zh"], todos()) == (403, True, [])


def test_the_undo_takes_to_dos_away_again(cast: Cast, new_customer: Any) -> None:
    """R-121: open and done ones; one that was worked with stays; the customer's row shows what is left."""
    pk = new_customer(cast.li, FIRM)
    rows = [[FIRM, act, "", "", day, state] for act, day, state in
            (("甲", "2026-11-20", "待办"), ("乙", "2026-11-26", "已完成"), ("丙", "2026-11-27", ""))]  # fmt: skip
    run = taken(cast.li, workbook(rows, HEAD))
    assert unscoped(Customer, "test").get(pk=pk).next_act == "甲"
    assert {each.act: (each.told, each.tell_at is None) for each in todos()} == {
        "甲": ("overdue", True), "乙": ("none", True), "丙": ("none", False),
    }  # fmt: skip
    (last,) = todos(act="丙")
    assert cast.li.post(f"/agenda/{last.pk}/done", {"version": last.version}).status == 200
    answer = undone(cast.li, run)
    assert (answer["removed"], [each["name"] for each in answer["stay"]]) == ({"agenda": 2}, ["丙"])
    assert [each.act for each in todos()] == ["丙"]
    assert unscoped(Customer, "test").get(pk=pk).next_act == ""
    assert not Outgoing.objects.exists()
