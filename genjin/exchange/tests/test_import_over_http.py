"""The take-over of an old sheet over HTTP, from upload to undo (R-237, R-121, A6, A9)."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import Answer, Cast, Person
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Contact, Customer
from genjin.exchange import actions, tasks
from genjin.exchange.models import ImportRun
from genjin.followups.models import FollowUp
from genjin.lib import moment

HEADERS = [
    "单位", "对接人", "手机/微信", "跟进日期", "方式", "沟通情况", "客户说法", "后续安排", "截止日期", "跟进人",
    "备注2",
]  # fmt: skip
ROWS = [
    ["苏州恒锐精密机械有限公司", "王建国", "13813502471", "2026-11-20 14:30", "电话", "看了二期方案，问能否保留 PLC",
     "交期 45 天太长", "11月27日发兼容清单", "2026-11-27", "李销售", "√"],
    ["苏州恒锐精密机械有限公司", "王建国", "13813502471", "2026-11-10 09:00", "微信", "发了报价", "再考虑", "等通知",
     "", "李销售", ""],
    ["广州穗云供应链有限公司", "梁慧仪", "wx_lianghy", "2026-10-08", "拜访", "现场看了仓库", "可以", "10月20日回访",
     "2026-10-20", "李销售", ""],
    ["", "张工", "13900000000", "2026-11-05 15:00", "电话", "要 20 台网关的报价", "急", "", "", "李销售", ""],
    ["蒙源乳业集团", "苏日娜", "0474-8261133", "上周二", "电话", "今年预算用完", "明年再看", "", "", "李销售", ""],
    ["佛山华悦陶瓷有限公司", "黄炳坤", "13800138000", "2026-11-21 10:00", "飞鸽", "看 2 号窑", "要单独计气耗", "", "",
     "李销售", ""],
]  # fmt: skip


def plain(name: str, at: str, channel: str = "电话") -> list[str]:
    return [name, "", "", at, channel, "谈了报价", "", "", "", "李销售", ""]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path


def workbook(rows: list[list[Any]], headers: list[str] | None = None) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("跟进表")
    for number, row in enumerate([headers or HEADERS, *rows]):
        for column, value in enumerate(row):
            sheet.write_string(number, column, value)
    book.close()
    return made.getvalue()


def send(person: Person, data: bytes, name: str = "跟进表.xlsx") -> int:
    answer = Answer(person.client.post("/api/v1/imports", {"file": SimpleUploadedFile(name, data)}))
    assert answer.status == 201, answer
    return int(answer["id"])


def work() -> None:
    for _ in range(50):
        if not tasks.work_once(moment.now()):
            return
    raise AssertionError("the worker does not come to an end")


def checked(person: Person, data: bytes, name: str = "跟进表.xlsx") -> int:
    pk = send(person, data, name)
    work()
    assert person.get(f"/imports/{pk}")["state"] == "mapping", person.get(f"/imports/{pk}")
    assert person.post(f"/imports/{pk}/check").status == 200
    work()
    assert person.get(f"/imports/{pk}")["state"] == "checked", person.get(f"/imports/{pk}")
    return pk


def taken(person: Person, data: bytes, name: str = "跟进表.xlsx") -> int:
    pk = checked(person, data, name)
    assert person.post(f"/imports/{pk}/run").status == 200
    work()
    assert person.get(f"/imports/{pk}")["state"] == "done", person.get(f"/imports/{pk}")
    return pk


def count() -> tuple[int, int, int, int]:
    return tuple(  # type: ignore[return-value]
        unscoped(model, "test").filter(deleted_at__isnull=True).count()
        for model in (Customer, Contact, FollowUp, AgendaItem)
    )


def test_columns_are_proposed(cast: Cast) -> None:
    """R-237: headings of an old sheet are recognised, with samples and a reason."""
    pk = send(cast.li, workbook(ROWS))
    assert cast.li.get(f"/imports/{pk}")["state"] == "reading"
    work()
    run = cast.li.get(f"/imports/{pk}")
    assert run["state"] == "mapping"
    fields = {each["header"]: each["field"] for each in run["columns"]}
    assert fields["单位"] == "customer.name"
    assert fields["沟通情况"] == "followup.summary"
    assert fields["备注2"] is None
    assert run["columns"][0]["samples"][0] == "苏州恒锐精密机械有限公司"
    seen = {each["header"]: each["seen"] for each in run["columns"]}
    assert (seen["单位"]["doubt"], seen["备注2"]) == (False, None) and seen["单位"]["zh"].startswith("4 家")
    assert not any("“单位”" in each["zh"] for each in run["assumptions"])
    assert count() == (0, 0, 0, 0)


def test_two_verdicts_are_kept_apart(cast: Cast) -> None:
    """R-237: what cannot be taken over waits, with taps that mend it; findings keep no row out."""
    pk = checked(cast.li, workbook(ROWS))
    counts = cast.li.get(f"/imports/{pk}")["counts"]
    assert {name: counts[name] for name in ("total", "ready", "confirm", "duplicate", "refused")} == {
        "total": 6, "ready": 3, "confirm": 2, "duplicate": 0, "refused": 1,
    }  # fmt: skip
    assert (counts["customers_new"], counts["followups"], counts["agenda"]) == (2, 3, 1)
    refused = cast.li.get(f"/imports/{pk}/rows", verdict="refused")["items"]
    assert [(row["row"], row["problems"][0]["code"]) for row in refused] == [(5, "no-customer")]
    ready = cast.li.get(f"/imports/{pk}/rows", verdict="ready")["items"]
    assert any(finding["rule"] for row in ready for finding in row["findings"])
    assert count() == (0, 0, 0, 0)


def test_ready_rows_become_history(cast: Cast) -> None:
    """R-237, R-074: customers, contacts, records of the past; only the step that lies ahead is on the agenda."""
    pk = taken(cast.li, workbook(ROWS))
    assert count() == (2, 2, 3, 1)
    first = unscoped(Customer, "test").get(name="苏州恒锐精密机械有限公司")
    assert (first.owner_id, first.historical, first.import_id) == (cast.li.id, True, pk)
    assert (first.contact_name, first.contact_phone) == ("王建国", "13813502471")
    assert first.last_words == "交期 45 天太长"
    assert first.last_contact_at == datetime.fromisoformat("2026-11-20T06:30:00+00:00")
    assert first.next_due_at is not None
    record = unscoped(FollowUp, "test").get(summary="现场看了仓库")
    assert (record.precision, record.channel, record.historical) == ("day", "visit", True)
    assert record.contacted_by_id == cast.li.id
    assert record.findings
    item = unscoped(AgendaItem, "test").get()
    assert (item.owner_id, item.customer_id, item.source_type) == (cast.li.id, first.pk, "followup")
    page = cast.li.get(f"/customers/{first.pk}")
    assert page.status == 200
    assert page["counts"]["followups"] == 2


def test_the_same_file_twice_creates_nothing_twice(cast: Cast) -> None:
    """R-237: told at once, and every row is known again."""
    data = workbook(ROWS)
    first = taken(cast.li, data)
    before = count()
    again = checked(cast.li, data, "改了名字.xlsx")
    run = cast.li.get(f"/imports/{again}")
    assert run["already"]["import_id"] == first
    assert run["counts"]["ready"] == 0
    assert run["counts"]["duplicate"] == 3
    refused = cast.li.post(f"/imports/{again}/run")
    assert refused.status == 422
    assert count() == before


def test_waiting_rows_are_decided(cast: Cast) -> None:
    """R-237: a proposal accepted, a cell mended, an option chosen; then they go in with the next run."""
    pk = taken(cast.li, workbook(ROWS))
    waiting = cast.li.get(f"/imports/{pk}/rows", verdict="confirm")["items"]
    by_row = {row["row"]: row for row in waiting}
    change = [
        {"sheet": "跟进表", "row": 6, "set": {"followup.contact_at": "2026-11-17"}},
        {"sheet": "跟进表", "row": 7, "set": {"followup.channel": "电话"}},
        {"sheet": "跟进表", "row": 5, "set": {"customer": "无锡惠山鼎力压铸有限公司"}},
    ]
    assert by_row[7]["problems"][0]["code"] == "unknown-option"
    answer = cast.li.patch(f"/imports/{pk}/rows", {"rows": change})
    assert answer.status == 200, answer
    assert answer["counts"]["ready"] == 6
    assert cast.li.post(f"/imports/{pk}/run").status == 200
    work()
    assert count()[0] == 5
    assert unscoped(FollowUp, "test").get(summary="今年预算用完").precision == "day"
    late = cast.li.patch(f"/imports/{pk}/rows", {"rows": [{"sheet": "跟进表", "row": 2, "skip": True}]})
    assert late.status == 422


def test_one_answer_for_all_of_a_kind(cast: Cast) -> None:
    """R-237: the same unknown word everywhere is answered once."""
    rows = [plain(f"公司{n}号贸易有限公司", f"2026-11-0{n}", "飞鸽") for n in range(1, 6)]
    pk = checked(cast.li, workbook(rows))
    assert cast.li.get(f"/imports/{pk}")["counts"]["confirm"] == 5
    one = {"sheet": "跟进表", "row": 2, "set": {"followup.channel": "微信"}}
    answer = cast.li.patch(f"/imports/{pk}/rows", {"rows": [one], "same_kind": "unknown-option"})
    assert answer["changed"] == 5
    assert answer["counts"]["ready"] == 5


def test_a_foreign_customer_is_not_written_into(cast: Cast, new_customer: Any) -> None:
    """A9: the row of another's customer is refused as the form would; nothing changes."""
    new_customer(cast.qian, "苏州恒锐精密机械有限公司")
    before = count()
    pk = checked(cast.li, workbook(ROWS[:2]))
    counts = cast.li.get(f"/imports/{pk}")["counts"]
    assert (counts["ready"], counts["refused"]) == (0, 2)
    row = cast.li.get(f"/imports/{pk}/rows", verdict="refused")["items"][0]
    assert row["problems"][-1]["code"] == "not-yours"
    assert cast.li.post(f"/imports/{pk}/run").status == 422
    assert count() == before


def test_rights_are_judged_when_rows_are_written(cast: Cast, new_customer: Any) -> None:
    """A9: a customer that became another's between check and run refuses its rows."""
    pk = checked(cast.li, workbook(ROWS[:3]))
    new_customer(cast.qian, "苏州恒锐精密机械有限公司")
    assert cast.li.post(f"/imports/{pk}/run").status == 200
    work()
    assert unscoped(FollowUp, "test").count() == 1
    assert cast.li.get(f"/imports/{pk}")["counts"]["refused"] == 2


def test_a_rep_cannot_give_customers_away(cast: Cast) -> None:
    """A6: the column 负责人 obeys the right to hand over; the word itself is kept as a note."""
    headers = ["客户名称", "联系人", "电话", "负责人", "备注"]
    rows = [["武汉光谷智芯电子有限公司", "周敏", "13800000009", "王销售", "老客户"]]
    taken(cast.li, workbook(rows, headers))
    one = unscoped(Customer, "test").get()
    assert one.owner_id == cast.li.id
    assert "负责人：王销售" in one.notes
    taken(cast.zhao, workbook([["青岛海晟冷链物流有限公司", "孙志远", "13800000010", "王销售", ""]], headers))
    assert unscoped(Customer, "test").get(name__startswith="青岛").owner_id == cast.wang.id


def test_known_customers_get_only_their_blanks_filled(cast: Cast, new_customer: Any) -> None:
    """R-121: one file per customer; what somebody wrote stays."""
    pk = new_customer(cast.li, "武汉光谷智芯电子有限公司", region="湖北")
    headers = ["客户名称", "联系人", "电话", "地区", "地址"]
    taken(cast.li, workbook([["武汉光谷智芯电子", "周敏", "13800000009", "武汉", "光谷大道 1 号"]], headers))
    one = unscoped(Customer, "test").get()
    assert (one.pk, one.region, one.address) == (pk, "湖北", "光谷大道 1 号")
    assert set(unscoped(Contact, "test").values_list("name", flat=True)) == {"王建国", "周敏"}


def test_a_like_customer_is_asked(cast: Cast, new_customer: Any) -> None:
    """R-121, R-131: the same phone under another name waits for a word: merge or two customers."""
    pk = new_customer(cast.li, "恒锐精机")
    rows = [["苏州别的名字商行", "王建国", "13800000001", *plain("", "2026-11-10 09:00")[3:]]]
    run = checked(cast.li, workbook(rows))
    (row,) = cast.li.get(f"/imports/{run}/rows", verdict="duplicate")["items"]
    assert row["problems"][0]["code"] == "similar"
    assert row["problems"][0]["fixes"][0]["merge_into"] == pk
    change = {"sheet": "跟进表", "row": 2, "merge_into": pk}
    assert cast.li.patch(f"/imports/{run}/rows", {"rows": [change]})["counts"]["ready"] == 1
    cast.li.post(f"/imports/{run}/run")
    work()
    assert unscoped(FollowUp, "test").get().customer_id == pk
    assert count()[0] == 1


def test_others_neither_see_nor_drive_an_import(cast: Cast) -> None:
    """A2: 404 in the team and out of it, for every route."""
    pk = checked(cast.li, workbook(ROWS))
    for person in (cast.wang, cast.outsider):
        assert person.get(f"/imports/{pk}").status == 404
        assert person.get(f"/imports/{pk}/rows").status == 404
        assert person.get(f"/imports/{pk}/refused.xlsx").status == 404
        for verb in ("check", "run", "cancel"):
            assert person.post(f"/imports/{pk}/{verb}").status == 404
    assert cast.li.get(f"/imports/{pk}")["state"] == "checked"


def test_cancel_between_chunks(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-237: chunks are all or nothing; what was written before the cancel can be undone."""
    monkeypatch.setattr(actions, "CHUNK", 2)
    rows = [plain(f"公司{n}号贸易有限公司", "2026-11-01") for n in range(5)]
    pk = checked(cast.li, workbook(rows))
    cast.li.post(f"/imports/{pk}/run")
    tasks.work_once(moment.now())
    assert cast.li.get(f"/imports/{pk}")["progress"] == {"done": 2, "total": 5}
    assert cast.li.post(f"/imports/{pk}/cancel").status == 200
    work()
    assert count()[0] == 2


def test_progress_moves_with_the_speed_of_the_worker(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-237: a piece takes about as long as somebody watches without a sign of life, and no more than a chunk."""
    pace, found = tasks.Pace(), []
    for rows, seconds in ((100, 0.1), (100, 1.4), (1000, 0.35), (100, 60)):
        pace.took(rows, seconds)
        found.append(pace.rows)
    assert found == [700, 50, 2000, 20]
    monkeypatch.setattr(tasks, "PACE", tasks.Pace(3))
    monkeypatch.setattr(tasks, "LEAST_PIECE", 2)
    monkeypatch.setattr(tasks, "PIECE_SECONDS", 0)
    pk = checked(cast.li, workbook([plain(f"公司{n}号贸易有限公司", "2026-11-01") for n in range(6)]))
    cast.li.post(f"/imports/{pk}/run")
    seen = []
    while tasks.work_once(moment.now()):
        seen.append(cast.li.get(f"/imports/{pk}")["progress"]["done"])
    assert (seen, count()[0]) == ([3, 5, 6], 6)


def test_a_killed_worker_loses_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-237: a run whose worker died is taken up again after its lease, and writes nothing twice."""
    monkeypatch.setattr(actions, "CHUNK", 2)
    rows = [plain(f"公司{n}号贸易有限公司", "2026-11-01") for n in range(4)]
    pk = checked(cast.li, workbook(rows))
    cast.li.post(f"/imports/{pk}/run")
    tasks.work_once(moment.now())
    unscoped(ImportRun, "test").filter(pk=pk).update(heartbeat_at=moment.now())
    assert tasks.work_once(moment.now()) is False
    with moment.frozen(moment.now() + tasks.LEASE * 2):
        work()
    assert cast.li.get(f"/imports/{pk}")["state"] == "done"
    assert count()[0] == 4


def test_unreadable_files_fail_with_one_sentence(cast: Cast) -> None:
    """I6, I7: the run says why; nothing else happens."""
    for data in (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"MZ\x90\0" * 50, "只有,逗号\n1,2\n".encode()):
        pk = send(cast.li, data, "表.xlsx")
        work()
        run = cast.li.get(f"/imports/{pk}")
        assert run["state"] == "failed"
        assert run["error"]["zh"]
        assert run["error"]["en"]
    assert count() == (0, 0, 0, 0)


def test_wrong_mappings_are_refused(cast: Cast) -> None:
    """Unknown fields and columns change nothing."""
    pk = send(cast.li, workbook(ROWS))
    work()
    for said in (
        {"sheet": "跟进表", "header": "单位", "field": "customer.secret"},
        {"sheet": "跟进表", "header": "没有的列", "field": "customer.name"},
    ):
        assert cast.li.put(f"/imports/{pk}/columns", {"columns": [said]}).status == 422
    said = {"sheet": "跟进表", "header": "备注2", "field": "followup.topic"}
    assert cast.li.put(f"/imports/{pk}/columns", {"columns": [said]}).status == 200
    fields = {each["header"]: each["field"] for each in cast.li.get(f"/imports/{pk}")["columns"]}
    assert fields["备注2"] == "followup.topic"
    assert fields["单位"] == "customer.name"


def test_refused_rows_come_back_mended(cast: Cast) -> None:
    """R-237: the download holds the rows and the reason; mended and taken up again, no trace of the reason."""
    pk = taken(cast.li, workbook(ROWS))
    answer = cast.li.get(f"/imports/{pk}/refused.xlsx")
    assert answer.status == 200
    again = checked(cast.li, answer.text, "待处理.xlsx")
    run = cast.li.get(f"/imports/{again}")
    assert run["counts"]["total"] == 3
    assert [each["field"] for each in run["columns"] if each["header"] == "没有导入的原因"] == [None]
    rows = cast.li.get(f"/imports/{again}/rows")["items"]
    assert {row["values"]["followup.summary"] for row in rows} == {"要 20 台网关的报价", "今年预算用完", "看 2 号窑"}


def test_a_batch_takes_the_same_statements_for_any_number_of_rows(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-237: neither the verb nor any reaction to it asks the database row by row."""
    monkeypatch.setattr(tasks, "PACE", tasks.Pace(1000))
    found = []
    for count_of in (60, 180):
        rows = [plain(f"语句{count_of}之{n}号贸易有限公司", "2026-11-01") for n in range(count_of)]
        for row in rows:
            row[1:3] = ["王工", f"139{count_of:04}{rows.index(row):04}"]
        pk = checked(cast.li, workbook(rows))
        cast.li.post(f"/imports/{pk}/run")
        with CaptureQueriesContext(connection) as asked:
            assert tasks.work_once(moment.now())
        found.append(len(asked))
    assert count()[:3] == (240, 240, 240)
    assert found[1] <= found[0] + 4, found
