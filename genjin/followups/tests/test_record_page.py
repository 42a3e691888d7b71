"""One record as page and as PDF for a manager (R-009, R-011, R-016), under everybody's rights."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document

from conftest import Answer, Cast, Person
from genjin.access.guard import unscoped
from genjin.access.models import Role
from genjin.documents import onepage
from genjin.exchange import tasks
from genjin.exchange.models import ExportRun
from genjin.fields.tests.designing import document, put
from genjin.files.models import StoredFile
from genjin.followups.models import FollowUp
from genjin.followups.pages import page_of
from genjin.followups.queries import several
from genjin.history.models import Event
from genjin.lib import moment
from genjin.orgs.models import Organisation


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def record(cast: Cast, new_customer: Any, good: Any) -> int:
    """李销售's report with everything a manager looks for."""
    pk = new_customer(cast.li, "苏州恒锐精密机械有限公司", industry="manufacturing")
    file = unscoped(StoredFile, "test").create(
        org=cast.org, name="兼容清单.xlsx", path="x", size=9, content_type="x", digest="x", owner_id=cast.li.id,
        created_at=moment.now(), updated_at=moment.now(),
    )  # fmt: skip
    answer = cast.li.post(
        "/followups",
        {
            "customer_id": pk,
            **good,
            "template": "report",
            "contact_at": "2026-11-24T01:40:00Z",
            "topic": "二期方案和交期",
            "result": "方案认可，卡在交期",
            "risks": ["财务还没批"],
            "needs": [{"kind": "function", "text": "保留现有 PLC"}],
            "probability": 60,
            "participants_ours": [cast.wang.id],
            "file_ids": [{"id": file.pk, "kind": "needs"}],
        },
    )
    assert answer.status == 201, answer
    return int(answer["id"])


needs_font = pytest.mark.skipif(not onepage.chinese_of(onepage._families()), reason="this machine has no Chinese font")


def texts_of(shown: Any, language: str = "zh") -> dict[str, list[str]]:
    return {each["slug"]: each["text"][language] for part in shown["sections"] for each in part["fields"]}


def pdf(person: Person, *ids: int, **more: Any) -> Answer:
    return taken(person, "pdf", *ids, **more)


def taken(person: Person, form: str, *ids: int, **more: Any) -> Answer:
    asked = person.post("/exports", {"record_type": "followup", "format": form, "ids": ids, **more})
    assert asked.status == 201, asked
    while tasks.work_once(moment.now()):
        pass
    assert person.get(f"/exports/{asked['id']}")["state"] == "done"
    file: Answer = person.get(f"/exports/{asked['id']}/file")
    return file


def pages_in(file: Answer) -> int:
    found = re.findall(rb"/Count (\d+)", file.text)
    return max(int(each) for each in found)


def test_the_page_shows_the_record_by_its_template(cast: Cast, record: int) -> None:
    """R-001, R-009, R-011, R-016, R-020: sections in order, result and plan, who, when, delay, files by type."""
    shown = cast.zhao.get(f"/followups/{record}")
    assert [each["key"] for each in shown["sections"]] == [
        "customer", "when", "topic", "content", "result", "next", "files"]  # fmt: skip
    assert shown["template"] == {"key": "report", "version": 1, "zh": "跟进报告", "en": "Follow-up report"}
    texts = texts_of(shown)
    assert texts["customer.name"] == ["苏州恒锐精密机械有限公司"]
    assert (texts["contact.name"], texts["contact.phone"]) == (["王建国"], ["13800000001"])
    assert (texts["contact_at"], texts["channel"]) == (["11月24日 09:40"], ["电话"])
    assert (texts["topic"], texts["result"]) == (["二期方案和交期"], ["方案认可，卡在交期"])
    assert texts["needs"] == ["功能：保留现有 PLC"] and texts["risks"] == ["财务还没批"]
    assert texts["next_steps"] == ["发 PLC 兼容清单并电话确认王总收到 · 李销售 · 11月27日 10:00 · 确认方案进展"]
    assert texts["files"] == ["需求清单：兼容清单.xlsx"] and texts["participants_ours"] == ["王销售"]
    assert (texts["contacted_by"], texts["department"]) == (["李销售"], ["销售一部"])
    assert texts_of(shown, "en")["contact_at"] == ["24 Nov 09:40"]
    assert texts_of(shown, "en")["needs"] == ["Function: 保留现有 PLC"]
    assert (shown["entry_delay"], shown["late"], shown["score"]) == (32, False, 100)
    assert shown["can"] == {"update": False, "export": True, "comment": True}
    assert cast.li.get(f"/followups/{record}")["can"]["update"] is True


def test_the_same_fields_in_the_same_order_for_two_authors(
    cast: Cast, record: int, new_customer: Any, good: Any
) -> None:
    """R-019: whoever wrote it, however much of it."""
    pk = new_customer(cast.wang, "无锡华胜电气有限公司")
    body = {"customer_id": pk, **good, "template": "report", "topic": "样机", "result": "收下样机"}
    other = cast.wang.post("/followups", body)["id"]
    shapes = [
        [
            (part["key"], [each["slug"] for each in part["fields"]])
            for part in cast.admin.get(f"/followups/{each}")["sections"]
        ]
        for each in (record, other)
    ]
    assert shapes[0] == shapes[1]


def test_sections_can_be_listed_together(cast: Cast, record: int) -> None:
    """R-010, R-012: each part is a field of its own, filtered by number, date or choice."""
    found = cast.li.get("/followups", filter='{"field":"probability","op":"gte","value":60}')["items"]
    assert [each["id"] for each in found] == [record]
    assert cast.li.get("/followups", filter='{"field":"probability","op":"gt","value":60}')["items"] == []
    kinds = {each["slug"]: each["type"] for each in cast.li.get("/schema")["record_types"]["followup"]["fields"]}
    assert (kinds["amount"], kinds["signed_on"], kinds["satisfaction"]) == ("money", "date", "rating")


@needs_font
def test_the_pdf_is_one_page_made_by_the_worker(cast: Cast, record: int) -> None:
    """R-016: asked for in the request, made by the worker, logged, one A4 page."""
    asked = cast.zhao.post("/exports", {"record_type": "followup", "format": "pdf", "ids": [record]})
    assert cast.zhao.get(f"/exports/{asked['id']}")["state"] == "waiting"
    file = pdf(cast.zhao, record)
    assert file.response["Content-Type"] == "application/pdf" and file.text.startswith(b"%PDF-")
    assert pages_in(file) == 1
    made = Event.objects.filter(name="export.made").latest("id")
    assert made.member_id == cast.zhao.id and made.data.data["after"]["format"] == "pdf"


def test_the_page_for_a_manager_holds_what_the_specimen_holds(cast: Cast, record: int) -> None:
    """R-016, R-009: customer, contact, time and channel, topic, content, result, next action, attachments."""
    (whole,) = several(cast.zhao.actor, [record], now=moment.now())
    page = page_of(whole, "zh", cast.zhao.actor)
    assert page.title == "苏州恒锐精密机械有限公司" and page.kind == "跟进报告 · 第 1 版"
    assert page.facts == [
        ("时间、方式", "2026年11月24日 09:40 · 电话"), ("跟进人", "李销售 · 销售一部"),
        ("记录于", "2026年11月24日 10:12"), ("记录质量", "100 分")]  # fmt: skip
    assert [each.number + each.title for each in page.sections][::3] == [
        "一、客户基本信息", "四、沟通内容摘要", "七、附件/补充说明"]  # fmt: skip
    rows = {row.label: list(row.texts) for section in page.sections for row in section.rows}
    assert {"客户名称", "联系人", "电话", "沟通主题", "跟进内容", "跟进结果与结论", "下一步计划", "附件"} <= set(rows)
    assert [(each.title, list(each.texts)) for each in page.closing] == [
        ("本次结果", ["方案认可，卡在交期"]), ("下一步计划", rows["下一步计划"])]  # fmt: skip
    assert page_of(whole, "en", cast.zhao.actor).sections[0].title == "Customer"


@needs_font
def test_a_long_record_still_is_one_page_and_several_are_a_page_each(
    cast: Cast, record: int, new_customer: Any, good: Any
) -> None:
    """R-016: cut with a word on where the rest is, never a second page."""
    pk = new_customer(cast.li, "无锡华胜电气有限公司")
    long = {**good, "summary": good["summary"] * 200, "background": "背景 #[x] $y$ \\ <b>" * 300,
            "qa": [{"q": "问题" * 80, "a": "答" * 200}] * 40}  # fmt: skip
    other = cast.li.post("/followups", {"customer_id": pk, **long})
    assert other.status == 201, other
    assert pages_in(pdf(cast.li, other["id"])) == 1
    assert pages_in(pdf(cast.li, record, other["id"], language="en")) == 2


def test_foreign_records_have_no_page_and_no_pdf(cast: Cast, record: int) -> None:
    """R-162, R-168: 404 like a missing one; nothing is queued."""
    for person in (cast.wang, cast.qian, cast.outsider):
        assert person.get(f"/followups/{record}").status == 404
        asked = person.post("/exports", {"record_type": "followup", "format": "pdf", "ids": [record]})
        assert (asked.status, asked.text) == (404, person.get("/followups/999999999").text)
    assert not unscoped(ExportRun, "test").exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [({"ids": []}, "ids"), ({}, "ids"), ({"ids": list(range(1, 60))}, "ids"), ({"record_type": "customer"}, "format"),
     ({"language": "fr", "ids": [1]}, "language")],
)  # fmt: skip
def test_a_wrong_request_for_a_pdf_names_its_field(cast: Cast, body: dict[str, Any], field: str) -> None:
    answer = cast.li.post("/exports", {"record_type": "followup", "format": "pdf", **body})
    assert (answer.status, answer["field"]) == (422, field), answer
    assert not unscoped(ExportRun, "test").exists()


def test_a_right_lost_before_the_worker_comes_gives_no_file(cast: Cast, record: int) -> None:
    """A3: the record was handed over meanwhile."""
    asked = cast.li.post("/exports", {"record_type": "followup", "format": "pdf", "ids": [record]})
    customer = unscoped(FollowUp, "test").get(pk=record).customer_id
    cast.zhao.post("/customers/transfer", {"ids": [customer], "to_member_id": cast.wang.id})
    tasks.work_once(moment.now())
    run = cast.li.get(f"/exports/{asked['id']}")
    assert (run["state"], run["error"]["zh"]) == ("failed", "没有找到，或者你看不到")


def test_masked_and_hidden_fields_stay_so_on_the_page(cast: Cast, record: int) -> None:
    """R-166: phone masked, probability hidden, in the page and in what the PDF is made of."""
    marks = {"contact": {"phone": "masked"}, "followup": {"probability": "hidden", "topic": "masked"}}
    Role.objects.filter(org=cast.org, key="supervisor").update(fields=marks)
    Organisation.objects.filter(pk=cast.org.pk).update(config_version=9)
    shown = cast.zhao.get(f"/followups/{record}")
    texts = texts_of(shown)
    assert texts["contact.phone"] == ["138****0001"] and "probability" not in texts and shown["probability"] is None
    assert texts["topic"] == ["••••"] and shown["topic"] == ""
    (whole,) = several(cast.zhao.actor, [record], now=moment.now())
    assert "13800000001" not in str(page_of(whole, "zh", cast.zhao.actor))
    assert texts_of(cast.li.get(f"/followups/{record}"))["contact.phone"] == ["13800000001"]


def test_hidden_fields_stay_so_in_lists_and_on_the_customers_page(cast: Cast, record: int) -> None:
    """R-166: list, timeline, brief, and the marked text beside the plain one."""
    tree = [{"type": "paragraph", "text": [{"text": "机密", "bold": True}, {"text": "的一段话，预算 80 万"}]}]
    unscoped(FollowUp, "test").filter(pk=record).update(summary="机密的一段话，预算 80 万", summary_blocks=tree)
    pk = unscoped(FollowUp, "test").get(pk=record).customer_id
    paths = ("/followups", f"/customers/{pk}", f"/customers/{pk}/timeline", f"/customers/{pk}/brief",
             f"/followups/{record}")  # fmt: skip
    assert all("机密" in cast.zhao.get(path).text.decode() for path in paths)
    Role.objects.filter(org=cast.org, key="supervisor").update(
        fields={"followup": {"summary": "hidden", "topic": "masked", "risks": "hidden"}}
    )
    Organisation.objects.filter(pk=cast.org.pk).update(config_version=9)
    for path in paths:
        answer = cast.zhao.get(path)
        assert answer.status == 200
        for secret in ("机密", "二期方案和交期", "财务还没批"):
            assert secret not in answer.text.decode(), path
    assert cast.zhao.get("/followups")["items"][0]["risks"] == []


def test_the_record_as_a_word_file(cast: Cast, record: int) -> None:
    """R-016, R-220: the template's sections with what was written, marks and tables among it; control characters,
    which no Word file can hold, are left out; under the reader's rights."""
    tree = [
        {"type": "paragraph", "text": [{"text": "先看\x0b "}, {"text": "停机风险", "bold": True, "mark": "risk"}]},
        {"type": "table", "rows": [[[{"text": "型号"}], [{"text": "台数"}]], [[{"text": "S7"}], [{"text": "3"}]]]},
        {"type": "numbers", "items": [{"text": [{"text": "兼容清单"}]}]},
    ]
    unscoped(FollowUp, "test").filter(pk=record).update(summary_blocks=tree)
    answer = taken(cast.zhao, "docx", record)
    assert answer.response["Content-Type"].endswith("wordprocessingml.document")
    made = Document(io.BytesIO(answer.text))
    heads = [each.text for each in made.paragraphs]
    assert heads[0].startswith("苏州恒锐精密机械有限公司　跟进报告 · 第 1 版") and "一、客户基本信息" in heads
    cells = [cell for table in made.tables for row in table.rows for cell in row.cells]
    texts = {cell.text for cell in cells}
    assert {"功能：保留现有 PLC", "财务还没批", "二期方案和交期"} <= texts
    (told,) = [cell for cell in cells if cell.tables]
    assert [each.text for each in told.paragraphs if each.text] == ["先看 停机风险", "1. 兼容清单"]
    assert [run.bold for run in told.paragraphs[0].runs] == [None, True]
    assert [[cell.text for cell in row.cells] for row in told.tables[0].rows] == [["型号", "台数"], ["S7", "3"]]
    refused = cast.qian.post("/exports", {"record_type": "followup", "format": "docx", "ids": [record]})
    assert refused.status == 404


def test_the_fields_of_a_paper_stand_under_its_groups(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-220: what was read of a template is written out under its headings, in its order, below the template's."""
    body = document(cast.admin, "followup")
    body["groups"] += [{"key": "g_site", "zh": "现场情况"}, {"key": "g_sample", "zh": "寄样"}]
    body["fields"] += [
        {"zh": "寄样型号", "type": "text", "group": "g_sample"},
        {"zh": "设备台数", "type": "number", "group": "g_site", "settings": {"unit": "台"}},
        {"zh": "其他说明", "type": "longtext"},
        {"zh": "现场问题", "type": "longtext", "group": "g_site"},
    ]
    answer = put(cast.admin, body, "followup")
    assert answer.status == 200, answer
    values = dict(zip(answer["keys"][-4:], ("TL-200", 3, "无", "地面不平"), strict=True))
    pk = new_customer(cast.li, "苏州恒锐精密机械有限公司")
    made = cast.li.post(
        "/followups", {"customer_id": pk, **good, "template": "report", "topic": "看样", "result": "要试机", **values}
    )
    assert made.status == 201, made
    word = Document(io.BytesIO(taken(cast.li, "docx", made["id"]).text))
    heads = [each.text for each in word.paragraphs if "、" in each.text[:2]]
    assert [each.partition("、")[2] for each in heads[-3:]] == ["寄样", "现场情况", "其他内容"]
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    at = cells.index("设备台数")
    assert cells[at - 2 : at + 6] == ["寄样型号", "TL-200", "设备台数", "3台", "现场问题", "地面不平", "其他说明", "无"]


def test_without_a_chinese_font_the_reason_is_said(cast: Cast, record: int, monkeypatch: Any) -> None:
    """R-016: boxes instead of words are no page."""
    monkeypatch.setattr(onepage, "CHINESE", ("No Such Family",))
    asked = cast.li.post("/exports", {"record_type": "followup", "format": "pdf", "ids": [record]})
    tasks.work_once(moment.now())
    run = cast.li.get(f"/exports/{asked['id']}")
    assert run["state"] == "failed" and "fonts-noto-cjk" in run["error"]["zh"]


def test_old_records_are_shown_by_the_template_of_their_kind(cast: Cast, record: int) -> None:
    """R-018: taken-over rows and attempts have no version; what no section holds stands at the end."""
    unscoped(FollowUp, "test").filter(pk=record).update(template=None, historical=True)
    shown = cast.li.get(f"/followups/{record}")
    assert shown["template"]["key"] == "record" and shown["entry_delay"] is None
    assert texts_of(shown)["topic"] == ["二期方案和交期"]


def test_a_page_costs_the_same_for_one_record_and_many(cast: Cast, record: int, new_customer: Any, good: Any) -> None:
    counts = []
    several(cast.admin.actor, [record], now=moment.now())
    for number in range(2):
        ids = list(unscoped(FollowUp, "test").values_list("pk", flat=True))
        with CaptureQueriesContext(
            connection,
        ) as spent:
            several(cast.admin.actor, ids, now=moment.now())
        counts.append(len(spent))
        pk = new_customer(cast.li, f"第{number}家电气有限公司")
        at = moment.now() - timedelta(hours=number + 1)
        cast.li.post("/followups", {"customer_id": pk, **good, "contact_at": at, "participants_ours": [cast.wang.id]})
    assert counts[0] == counts[1]


TREE: list[dict[str, Any]] = [
    {"type": "paragraph", "text": [{"text": "看了 3 号线 42 个点位，"}, {"text": "周五前给分项价", "mark": "task"}]},
    {"type": "quote", "text": [{"text": "交期 45 天太长，30 天内能到就定"}]},
    {"type": "numbers", "items": [{"text": [{"text": "预算未批", "bold": True, "mark": "risk"}],
                                   "list": {"type": "bullets", "items": [{"text": [{"text": "#panic() $x$ *y*"}]}]}}]},
    {"type": "table", "rows": [[[{"text": "型号"}], [{"text": "数量"}]],
                               [[{"text": "TL-200", "mark": "feedback"}], []]]},
]  # fmt: skip


@needs_font
def test_marks_lists_tables_and_quotations_stand_on_the_page_and_on_paper(cast: Cast, record: int) -> None:
    """R-013, R-014, R-015, R-016: the page gets the tree; the PDF is set from it, its texts are never markup."""
    assert cast.li.patch(f"/followups/{record}", {"version": 1, "summary_blocks": TREE}).status == 200
    shown = cast.li.get(f"/followups/{record}")
    (field,) = [each for part in shown["sections"] for each in part["fields"] if each["slug"] == "summary"]
    assert field["blocks"] == TREE and field["text"]["zh"] == [shown["summary"]]
    file = pdf(cast.li, record)
    assert file.text[:4] == b"%PDF" and pages_in(file) == 1
    texts = [each for part in shown["sections"] for each in part["fields"] if "blocks" in each]
    assert [each["slug"] for each in texts] == ["summary"]


def test_a_masked_text_shows_no_marks(cast: Cast, record: int) -> None:
    """R-013: what somebody may not read he does not get by another way."""
    assert cast.li.patch(f"/followups/{record}", {"version": 1, "summary_blocks": TREE}).status == 200
    for version, mark in enumerate(("masked", "hidden"), 50):
        Role.objects.filter(org=cast.org, key="supervisor").update(fields={"followup": {"summary": mark}})
        Organisation.objects.filter(pk=cast.org.pk).update(config_version=version)
        shown = cast.zhao.get(f"/followups/{record}")
        assert not shown["summary"] and not shown["summary_blocks"]
        assert not any("blocks" in each for part in shown["sections"] for each in part["fields"])
        (whole,) = several(cast.zhao.actor, [record], now=moment.now())
        assert "分项价" not in str(page_of(whole, "zh", cast.zhao.actor))
