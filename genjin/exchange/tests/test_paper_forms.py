"""A document is read as the draft of a form: what is there already is named, nothing is written (R-220)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from conftest import Answer, Cast, Person
from genjin.fields.tests.designing import add
from genjin.lib.tests.paper_files import eight_fields, seven_sections, table, word
from genjin.lib.tests.sheet_files import xlsx
from genjin.schema.models import Option, Shape

pytestmark = pytest.mark.django_db


def read(person: Person, data: bytes, of: str = "followup", name: str = "模板.docx") -> Answer:
    file = SimpleUploadedFile(name, data)
    return Answer(person.client.post(f"/api/v1/designs/{of}/read-document", {"file": file}))


def fields(answer: Answer) -> dict[str, dict[str, Any]]:
    assert answer.status == 200, answer
    return {each["label"]: each for each in answer["fields"]}


def where(field: dict[str, Any]) -> str | None:
    known = field["known"]
    return f"{known['record_type']}.{known['key']}" if known else None


def test_the_report_of_the_sources_finds_the_fields_that_are_there(cast: Cast) -> None:
    """R-001 to R-008: built-in fields by label or by what people call them; customer and contact stand elsewhere."""
    answer = read(cast.admin, word(seven_sections))
    found = fields(answer)
    assert answer["title"] == "客户跟进报告"
    assert {name: where(each) for name, each in found.items()} == {
        "公司名称": "customer.name", "联系人": "followup.contact_id", "联系方式": "contact.phone",
        "所属行业": "customer.industry", "跟进时间": "followup.contact_at", "跟进方式": "followup.channel",
        "客户需求": "followup.needs", "客户问题": None, "阶段目标": "followup.stage_goal",
        "沟通内容摘要": "followup.summary", "当前进展": None, "客户满意度": "followup.satisfaction",
        "成交概率": "followup.probability", "潜在风险": "followup.risks", "行动事项": "followup.next_steps",
        "负责人": "followup.next_steps", "截止日期": "followup.next_steps", "附件/补充说明": "followup.files",
    }  # fmt: skip
    assert found["跟进时间"]["known"] == {
        "record_type": "followup", "label": {"zh": "跟进记录", "en": "follow-up record"}, "key": "contact_at",
        "field": {"zh": "跟进时间", "en": "Contact time"}, "here": True, "hidden": False, "by": "label",
    }  # fmt: skip
    assert found["公司名称"]["known"]["here"] is False
    assert found["沟通内容摘要"]["known"]["by"] == "synonym"


def test_the_form_of_eight_fields_is_all_there(cast: Cast) -> None:
    """R-021: not one of them is doubled."""
    assert [where(each) for each in fields(read(cast.admin, word(eight_fields))).values()] == [
        "customer.name", "contact.phone", "followup.contact_at", "followup.channel", "followup.summary",
        "followup.next_steps", "followup.contacted_by", "followup.status",
    ]  # fmt: skip


def test_own_fields_hidden_ones_and_lists_are_found(cast: Cast) -> None:
    [key] = add(cast.admin, {"zh": "车牌号", "type": "text", "hidden": True}, of="followup")
    rows = [["车牌号", "", "看车方式", "□电话 □微信 □其他"], ["配色", "□红 □蓝", "车牌", ""]]
    found = fields(read(cast.admin, word(lambda made: table(made, rows))))
    assert found["车牌号"]["known"] | {"label": 0, "field": 0} == {
        "record_type": "followup", "label": 0, "key": key, "field": 0, "here": True, "hidden": True, "by": "label",
    }  # fmt: skip
    assert found["看车方式"]["list"] == "channel"
    assert (found["配色"]["list"], found["配色"]["options"]) == (None, ["红", "蓝"])
    assert found["车牌"]["known"] is None


def test_a_type_of_ones_own_reads_a_sheet(cast: Cast) -> None:
    """Its own form alone counts: what customers have may stand there too."""
    made = cast.admin.post("/record-types", {"zh": "样品申请", "customer": "required"})
    assert made.status == 201, made
    rows: list[list[Any]] = [["标题", "客户名称", "样品型号", "数量（件）", "所属行业", "寄送日期"], [None] * 6]
    answer = read(cast.admin, xlsx(rows, merge=()), made["record_type"], "样品申请单.xlsx")
    found = fields(answer)
    assert answer["title"] == "样品申请单"
    assert [where(each) for each in found.values()] == [
        f"{made['record_type']}.name", f"{made['record_type']}.customer", None, None, None, None]  # fmt: skip
    assert found["数量"]["type"] == "number"
    assert found["数量"]["settings"] == {"unit": "件"}


def test_what_is_read_publishes_as_it_stands(cast: Cast) -> None:
    """The proposal is a form: types, settings and groups are ones that publishing takes."""
    made = cast.admin.post("/record-types", {"zh": "看样", "customer": "none"})
    found = fields(read(cast.admin, word(seven_sections), made["record_type"]))
    fresh = [each for each in found.values() if each["known"] is None and not each["options"]]
    sent = [
        {"zh": each["label"], "type": each["type"], "settings": each["settings"], "required": each["required"]}
        for each in fresh
    ]
    assert len(add(cast.admin, *sent, of=made["record_type"])) == len(fresh) >= 12


def test_nothing_is_written(cast: Cast) -> None:
    before = Shape.objects.count(), Option.objects.count()
    fields(read(cast.admin, word(seven_sections)))
    assert (Shape.objects.count(), Option.objects.count()) == before


@pytest.mark.parametrize("who", ["li", "zhao"])
def test_who_may_not_shape_forms_reads_no_document(cast: Cast, who: str) -> None:
    assert read(getattr(cast, who), word(seven_sections)).status == 403


def test_a_file_that_is_no_template_is_refused_in_one_sentence(cast: Cast) -> None:
    for data, name, said in (
        (b"%PDF-1.7", "a.docx", "不是 Word 或 Excel 文档"),
        (word(seven_sections)[:3000], "a.docx", "损坏"),
        (word(lambda made: made.add_paragraph("你好。")), "a.docx", "没有读出字段"),
        (b"", "a.xlsx", "空"),
        (b"x" * (9 * 1024 * 1024), "a.xlsx", "太大"),
    ):
        answer = read(cast.admin, data, name=name)
        assert answer.status == 422, (name, answer)
        assert said in answer["zh"], answer
        assert answer["en"]
    assert read(cast.admin, word(seven_sections), "nothing").status == 404
    assert cast.admin.post("/designs/customer/read-document", {}).status == 422
