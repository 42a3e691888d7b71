"""Exports over HTTP: the list and nothing else, formula-safe, and back without loss (A3, I2, R-237)."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock

from conftest import Answer, Cast, Person
from genjin.access.guard import unscoped
from genjin.access.models import Grant
from genjin.customers.models import Contact, Customer
from genjin.exchange import tasks
from genjin.exchange.stored import quoted, unquoted
from genjin.exchange.tests.test_import_over_http import checked, taken
from genjin.files.models import StoredFile
from genjin.followups.models import FollowUp
from genjin.history.models import Event
from genjin.lib import moment
from genjin.orgs.models import Organisation

DANGEROUS = [
    "=1+1",
    "+86 21",
    "-2+3",
    "@SUM(A1)",
    "＝cmd",
    " =1",
    "'=1",
    '"=HYPERLINK("http://x")',
    "=cmd|' /C calc'!A0",
]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path


def exported(person: Person, **request: Any) -> Answer:
    answer = person.post("/exports", {"record_type": "customer", **request})
    assert answer.status == 201, answer
    while tasks.work_once(moment.now()):
        pass
    run = person.get(f"/exports/{answer['id']}")
    assert run["state"] == "done", run
    file: Answer = person.get(f"/exports/{answer['id']}/file")
    return file


def table(answer: Answer) -> list[list[str]]:
    assert answer.status == 200
    text = answer.text.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def names(answer: Answer) -> set[str]:
    head, *rows = table(answer)
    return {row[head.index("客户名称")] for row in rows}


def test_an_export_holds_the_list_and_nothing_else(cast: Cast, new_customer: Any) -> None:
    """A3: each actor gets exactly what his list shows, also with a filter, a view or foreign ids."""
    mine, other = new_customer(cast.li, "李的客户甲公司", region="上海"), new_customer(cast.li, "李的客户乙公司")
    theirs = new_customer(cast.wang, "王的客户丙公司")
    assert names(exported(cast.li, format="csv")) == {"李的客户甲公司", "李的客户乙公司"}
    assert names(exported(cast.zhao, format="csv")) == {"李的客户甲公司", "李的客户乙公司", "王的客户丙公司"}
    assert names(exported(cast.li, format="csv", ids=[mine, theirs])) == {"李的客户甲公司"}
    shanghai = {"field": "region", "op": "eq", "value": "上海"}
    assert names(exported(cast.li, format="csv", filter=shanghai)) == {"李的客户甲公司"}
    assert names(exported(cast.li, format="csv", q="乙公司")) == {"李的客户乙公司"}
    assert names(exported(cast.qian, format="csv", view="all")) == set()
    assert other


def test_wrong_requests_are_refused(cast: Cast) -> None:
    """Unknown fields, columns, views and types change nothing."""
    for wrong in (
        {"record_type": "login"},
        {"record_type": "customer", "columns": ["password"]},
        {"record_type": "customer", "filter": {"field": "secret", "op": "eq", "value": 1}},
        {"record_type": "customer", "view": "nothing"},
        {"record_type": "customer", "format": "html"},
    ):
        assert cast.li.post("/exports", wrong).status in (400, 422), wrong
    assert not Event.objects.filter(name="export.asked").exists()


def test_the_link_is_for_one_person_a_day_and_the_same_rights(cast: Cast, new_customer: Any) -> None:
    """A3: another's link, an old link, a link after a role was taken away."""
    new_customer(cast.li, "李的客户甲公司")
    pk = cast.zhao.post("/exports", {"record_type": "customer", "format": "csv"})["id"]
    tasks.work_once(moment.now())
    assert cast.zhao.get(f"/exports/{pk}/file").status == 200
    for person in (cast.li, cast.admin, cast.outsider):
        assert person.get(f"/exports/{pk}").status == 404
        assert person.get(f"/exports/{pk}/file").status == 404
    file = unscoped(StoredFile, "test").get()
    assert cast.zhao.get(f"/files/{file.pk}").status == 404
    with moment.frozen(moment.now() + timedelta(hours=25)):
        assert cast.zhao.get(f"/exports/{pk}/file").status == 404
        tasks.expire_exports()
        assert unscoped(StoredFile, "test").get().deleted_at is not None
    again = cast.zhao.post("/exports", {"record_type": "customer", "format": "csv"})["id"]
    tasks.work_once(moment.now())
    Grant.objects.filter(member=cast.zhao.member).delete()
    Organisation.objects.filter(pk=cast.org.pk).update(config_version=99)
    assert cast.zhao.get(f"/exports/{again}/file").status in (403, 404)


def test_rights_count_when_the_file_is_made(cast: Cast, new_customer: Any) -> None:
    """A3, A9: a role taken away between asking and making gives no file."""
    new_customer(cast.li, "李的客户甲公司")
    assert cast.zhao.post("/exports", {"record_type": "customer"}).status == 201
    Grant.objects.filter(member=cast.zhao.member).delete()
    Organisation.objects.filter(pk=cast.org.pk).update(config_version=99)
    tasks.work_once(moment.now())
    assert not unscoped(StoredFile, "test").exists()


def test_the_log_says_who_took_what_out(cast: Cast, new_customer: Any) -> None:
    new_customer(cast.li, "李的客户甲公司")
    exported(cast.li)
    event = Event.objects.get(name="export.made")
    assert event.source == "job"
    assert event.member_id == cast.li.id
    assert event.data.data["after"]["rows"] == 1


def test_no_cell_becomes_a_formula(cast: Cast, new_customer: Any) -> None:
    """I2: text cells in xlsx, an apostrophe in CSV."""
    for number, text in enumerate(DANGEROUS):
        new_customer(cast.li, f"公司{number}号贸易", notes=text)
    book = load_workbook(io.BytesIO(exported(cast.li).text))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert {str(cell.value).strip() for cell in cells} >= {text.strip() for text in DANGEROUS}
    head, *rows = table(exported(cast.li, format="csv"))
    for row in rows:
        assert row[head.index("备注")].startswith("'")


@pytest.mark.parametrize("text", [*DANGEROUS, "'", "'abc", "普通", "-", "''=1"])
def test_quoting_is_undone(text: str) -> None:
    assert unquoted(quoted(text)) == text


@pytest.mark.parametrize("format_", ["xlsx", "csv"])
def test_customers_come_back_without_loss(cast: Cast, new_customer: Any, format_: str) -> None:
    """R-237, I2: exported, emptied, taken over again: the same values."""
    values = {
        "region": "上海", "address": "=1+1 路", "notes": "@他\n第二行", "industry": "software", "source": "exhibition",
        "tags": ["老客户", "=标签"], "amount": 86000000, "budget": {"low": 100, "high": 2000000},
        "size": "50 人", "paused": True,
        "founded_on": "2001-02-03", "business": "-压铸",
    }  # fmt: skip
    options = cast.li.get("/schema")["options"]
    values["industry"] = options["industry"][0]["key"]
    new_customer(cast.li, "上海甲精密有限公司", **values)
    data = exported(cast.li, format=format_).text
    unscoped(Contact, "test").all().delete()
    unscoped(Customer, "test").all().delete()
    taken(cast.li, data, f"客户.{format_}")
    one = unscoped(Customer, "test").get()
    assert (one.name, one.region, one.address, one.notes) == ("上海甲精密有限公司", "上海", "=1+1 路", "@他\n第二行")
    assert (one.industry, one.source, one.tags) == (values["industry"], "exhibition", ["老客户", "=标签"])
    assert (one.amount, one.budget_low, one.budget_high) == (86000000, 100, 2000000)
    assert (one.size, str(one.founded_on), one.business) == ("50 人", "2001-02-03", "-压铸")
    assert one.paused is True
    assert (one.contact_name, one.contact_title, one.contact_phone) == ("王建国", "采购总监", "13800000001")


@pytest.mark.parametrize("format_", ["xlsx", "csv"])
def test_followups_come_back_without_loss(cast: Cast, new_customer: Any, good: dict[str, Any], format_: str) -> None:
    """R-237: records, their people, times and next steps."""
    customer = new_customer(cast.li, "上海甲精密有限公司")
    good |= {"competitor": "=2", "attitude_to": "interested", "probability": 60, "background": "老客户介绍"}
    body = {**good, "summary": "=1+1 " + good["summary"], "customer_id": customer, "contact_at": "2026-11-24T01:30:00Z"}
    logged = cast.li.post("/followups", body)
    assert logged.status == 201, logged
    old = unscoped(FollowUp, "test").get()
    data = exported(cast.li, record_type="followup", format=format_).text
    cast.zhao.post("/customers/delete", {"ids": [customer]})
    pk = taken(cast.li, data, f"跟进.{format_}")
    new = unscoped(FollowUp, "test").get(import_id=pk)
    for name in ("contact_at", "channel", "summary", "feedback", "next_plan", "status", "contacted_by_id", "competitor",
                 "attitude_to", "probability", "background"):  # fmt: skip
        assert getattr(new, name) == getattr(old, name), name
    assert new.contact is not None
    assert (new.contact.name, new.contact.phone) == ("王建国", "13800000001")
    assert cast.li.get("/agenda")["items"][-1]["due_at"].startswith("2026-11-27T02:00:00")


def test_records_that_are_there_are_not_doubled(cast: Cast, new_customer: Any, good: dict[str, Any]) -> None:
    """R-237, C3: the exported file beside the living records adds nothing, unless somebody wants both."""
    customer = new_customer(cast.li, "上海甲精密有限公司")
    for clock in ("01:30:59", "02:10:00"):
        body = {**good, "customer_id": customer, "contact_at": f"2026-11-24T{clock}Z"}
        assert cast.li.post("/followups", body).status == 201
    data = exported(cast.li, record_type="followup", format="csv").text
    run = checked(cast.li, data, "跟进.csv")
    assert cast.li.get(f"/imports/{run}")["counts"]["duplicate"] == 2
    rows = cast.li.get(f"/imports/{run}/rows")["items"]
    assert {each["problems"][0]["zh"] for each in rows} == {"这条跟进已经有了"}
    assert cast.li.post(f"/imports/{run}/run").status == 422
    kept = [{"sheet": rows[0]["sheet"], "row": rows[0]["row"], "separate": True}]
    assert cast.li.patch(f"/imports/{run}/rows", {"rows": kept})["counts"]["ready"] == 1
    other = checked(cast.qian, data, "跟进.csv")
    told = [one["code"] for each in cast.qian.get(f"/imports/{other}/rows")["items"] for one in each["problems"]]
    assert "already" not in told and "not-yours" in told


def test_contacts_and_agenda_can_be_exported(cast: Cast, new_customer: Any) -> None:
    new_customer(cast.li, "上海甲精密有限公司")
    cast.li.post("/agenda", {"act": "寄样品", "due_at": "2026-11-27T02:00:00Z", "precision": "minute"})
    head, row = table(exported(cast.li, record_type="contact", format="csv"))
    assert dict(zip(head, row, strict=True)).items() >= {"客户名称": "上海甲精密有限公司", "联系人": "王建国"}.items()
    head, limit, row = table(exported(cast.li, record_type="agenda", format="csv"))
    assert "登记来源，判断是不是目标客户，1 天内做第一次联系" in limit
    assert "寄样品" in row
    assert "2026-11-27 10:00" in row


@pytest.mark.parametrize("format_", ["xlsx", "csv"])
def test_marks_stand_in_the_sheet_and_the_text_comes_back(
    cast: Cast, new_customer: Any, good: Any, format_: str
) -> None:
    """R-013, R-014, R-237: rich cells in xlsx, plain ones in CSV; taken over again the text is the same."""
    tree = [
        {"type": "paragraph", "text": [{"text": "=3 号线 42 个点位，"}, {"text": "30 日前给分项价", "mark": "task"}]},
        {"type": "quote", "text": [{"text": "交期 45 天太长，30 天内能到就定"}]},
        {"type": "numbers", "items": [{"text": [{"text": "预算未批", "bold": True}]}]},
    ]
    plain = "=3 号线 42 个点位，30 日前给分项价\n“交期 45 天太长，30 天内能到就定”\n① 预算未批"
    pk = new_customer(cast.li, "上海甲精密有限公司")
    body = {"customer_id": pk, **good, "summary": "", "summary_blocks": tree}
    assert cast.li.post("/followups", body).status == 201
    answer = exported(cast.li, format=format_, record_type="followup")
    if format_ == "xlsx":
        sheet = load_workbook(io.BytesIO(answer.text), rich_text=True).worksheets[0]
        (cell,) = [each for each in sheet[2] if isinstance(each.value, CellRichText)]
        assert isinstance(cell.value, CellRichText)
        blocks = [each for each in cell.value if isinstance(each, TextBlock) and each.text.strip()]
        assert [(each.text, bool(each.font.b), each.font.u, bool(each.font.i)) for each in blocks] == [
            ("=3 号线 42 个点位，", False, None, False),
            ("30 日前给分项价", False, "single", False),
            ("“交期 45 天太长，30 天内能到就定”", False, None, True),
            ("\n① ", False, None, False),
            ("预算未批", True, None, False),
        ]
        assert cell.data_type in ("s", "inlineStr")
    else:
        head, line = table(answer)
        assert line[head.index("跟进内容")] == f"'{plain}"
    unscoped(FollowUp, "test").all().delete()
    taken(cast.li, answer.text, f"跟进.{format_}")
    again = unscoped(FollowUp, "test").get()
    assert (again.summary, again.summary_blocks) == (plain, [])
