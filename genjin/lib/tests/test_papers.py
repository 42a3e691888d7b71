"""Templates in Word and Excel become the fields of a form (R-220), in the shapes in which teams draw them."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from genjin.exchange.columns import load_columns
from genjin.lib.papers import Asked, read_paper
from genjin.lib.papers.labels import pairs_of, read_label, split_options, ticked_options
from genjin.lib.sheets.book import SheetError
from genjin.lib.tests.paper_files import eight_fields, five_parts, four_columns, seven_sections, table, with_xml, word
from genjin.lib.tests.sheet_files import saved, xlsx


def read(data: bytes, name: str = "表.docx") -> list[Asked]:
    return read_paper(data, name, load_columns().is_header).fields


def by_label(fields: list[Asked]) -> dict[str, Asked]:
    return {each.label: each for each in fields}


def test_the_report_of_seven_sections() -> None:
    """R-001 to R-008: groups by heading; a heading with nothing below is asked itself, with its hint as help."""
    paper = read_paper(word(seven_sections), "", load_columns().is_header)
    assert paper.title == "客户跟进报告"
    found = by_label(paper.fields)
    assert [(each.label, each.type) for each in paper.fields] == [
        ("公司名称", "text"), ("联系人", "text"), ("联系方式", "text"), ("所属行业", "option"),
        ("跟进时间", "datetime"), ("跟进方式", "option"),
        ("客户需求", "longtext"), ("客户问题", "longtext"), ("阶段目标", "text"),
        ("沟通内容摘要", "longtext"),
        ("当前进展", "text"), ("客户满意度", "rating"), ("成交概率", "percent"), ("潜在风险", "longtext"),
        ("行动事项", "longtext"), ("负责人", "member"), ("截止日期", "date"),
        ("附件/补充说明", "attachment"),
    ]  # fmt: skip
    assert [each.label for each in paper.fields if each.required] == ["公司名称", "联系人", "联系方式"]
    assert found["公司名称"].group == found["所属行业"].group == "客户基本信息"
    assert found["阶段目标"].group == "沟通主题与背景"
    assert found["跟进方式"].options == ("电话", "面谈", "线上会议", "其他")
    assert found["跟进方式"].sample == "线上会议"
    assert found["沟通内容摘要"].help == "写清谈了什么、客户怎么说"
    assert found["客户满意度"].settings == {"max": 5}


def test_the_form_of_eight_fields_as_a_list_of_what_to_fill_in() -> None:
    """R-021: required marks, hints, options and examples stand in columns."""
    found = by_label(read(word(eight_fields)))
    assert len(found) == 8
    assert [name for name, each in found.items() if not each.required] == ["跟进状态"]
    assert found["客户姓名/公司名称"].help == "填全称"
    assert found["跟进时间"].type == "datetime"
    assert found["跟进方式"].options == ("电话", "面访", "邮件", "微信")
    assert found["跟进状态"].options == ("已联系", "待回复", "已成交", "暂停")
    assert (found["联系方式"].type, found["联系方式"].options) == ("phone", ())
    assert found["跟进内容摘要"].type == "longtext"
    assert found["跟进人"].type == "member"


def test_the_summary_of_five_parts_is_five_long_texts() -> None:
    """R-055."""
    fields = read(word(five_parts))
    assert [each.label for each in fields] == ["沟通背景", "客户需求", "客户反馈", "下一步计划", "需协作事项"]
    assert {each.type for each in fields} == {"longtext"}


def test_two_and_four_columns_with_a_group_at_the_side() -> None:
    paper = read_paper(word(four_columns))
    assert paper.title == "客户跟进登记表"
    assert [(each.label, each.type, each.group) for each in paper.fields] == [
        ("客户名称", "text", ""), ("联系电话", "phone", ""), ("拜访日期", "date", ""), ("是否首次拜访", "bool", ""),
        ("预算范围", "money_range", ""), ("意向产品", "options", ""),
        ("年产能", "number", "基本情况"), ("设备数量", "number", "基本情况"), ("沟通内容", "longtext", ""),
    ]  # fmt: skip
    found = by_label(paper.fields)
    assert found["客户名称"].required
    assert found["年产能"].help == "按去年实际"
    assert found["年产能"].settings == {"unit": "吨"}


def test_the_sales_table_is_a_head_row_over_blank_rows() -> None:
    """R-041: a sheet with a title, drop-downs and nothing filled in."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "销售跟进与反馈表"
    sheet.merge_cells("A1:H1")
    heads = ["序号", "客户名称", "跟进日期", "沟通方式", "沟通内容摘要", "客户反馈", "样品编号", "预算（万元）"]
    for column, text in enumerate(heads, 1):
        sheet.cell(2, column, text)
    rule = DataValidation(type="list", formula1='"电话,面谈,微信"', prompt="选一种")
    sheet.add_data_validation(rule)
    rule.add("D3:D50")
    paper = read_paper(saved(book), "a.xlsx", load_columns().is_header)
    assert paper.title == "销售跟进与反馈表"
    assert [(each.label, each.type) for each in paper.fields] == [
        ("客户名称", "text"), ("跟进日期", "date"), ("沟通方式", "option"), ("沟通内容摘要", "longtext"),
        ("客户反馈", "longtext"), ("样品编号", "text"), ("预算", "money_range"),
    ]  # fmt: skip
    assert by_label(paper.fields)["沟通方式"].options == ("电话", "面谈", "微信")
    assert by_label(paper.fields)["沟通方式"].help == "选一种"


def test_what_is_filled_in_tells_the_type() -> None:
    rows = [["客户信息登记"], ["手机号", "13812345678"], ["网站", "www.a.example"], ["签单", "2025-06-30"],
            ["报价", "￥12,000"], ["人数", "120"], ["含税", "是/否"]]  # fmt: skip
    fields = read(xlsx([[*row, None] for row in rows]), "a.xlsx")
    assert [each.type for each in fields] == ["phone", "url", "date", "money", "number", "bool"]


def test_a_filled_table_proposes_choices_for_words_that_come_again() -> None:
    heads = ["样品", "等级", "寄送日期", "寄送状态"]
    rows = [heads] + [[f"样品{n}", "甲" if n % 2 else "乙", f"2025-06-{n + 10}", "已寄"] for n in range(8)]
    book = openpyxl.load_workbook(io.BytesIO(xlsx(rows)))
    sheet = book.active
    assert sheet is not None
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    found = by_label(read(saved(book), "a.xlsx"))
    assert found["等级"].options == ("乙", "甲")
    assert found["寄送日期"].type == "date"
    assert found["样品"].type == "text"


def test_heads_in_two_levels_are_groups_and_repeated_contacts_are_one() -> None:
    upper: list[Any] = ["客户", "", "第一次跟进", "", "第二次跟进", ""]
    rows = [upper, ["名称", "行业", "时间", "内容", "时间", "内容"], [None] * 6]
    paper = read_paper(xlsx(rows, merge=["A1:B1", "C1:D1", "E1:F1"]), "a.xlsx", load_columns().is_header)
    assert [(each.group, each.label) for each in paper.fields] == [
        ("客户", "名称"), ("客户", "行业"), ("", "时间"), ("", "内容")]  # fmt: skip
    assert "重复列" in paper.notes[0].zh


def test_no_label_comes_twice() -> None:
    def build(made: Any) -> None:
        made.add_heading("一、客户", 1)
        table(made, [["姓名", ""], ["备注", ""]])
        made.add_heading("二、我方", 1)
        table(made, [["姓名", ""], ["备注", ""], ["备注", ""]])

    assert [each.label for each in read(word(build))] == ["姓名", "备注", "我方姓名", "我方备注", "备注 2"]


def test_controls_of_word_are_read() -> None:
    """Drop-downs offer options, a placeholder is no value, Wingdings are boxes, deleted words are gone."""

    def build(made: Any) -> None:
        table(made, [["客户等级", "GRADE"], ["到货", "DAY"], ["方式", "BOXES"], ["备注", "GONE"]])

    namespace = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    data = word(build)
    for old, new in (
        (b"<w:t>GRADE</w:t>", b"<w:t></w:t></w:r><w:sdt " + namespace + b"><w:sdtPr><w:showingPlcHdr/><w:dropDownList>"
         b'<w:listItem w:displayText="\xe9\x80\x89\xe6\x8b\xa9\xe4\xb8\x80\xe9\xa1\xb9" w:value=""/>'
         b'<w:listItem w:displayText="VIP" w:value="v"/><w:listItem w:displayText="C" w:value="c"/></w:dropDownList>'
         b"</w:sdtPr><w:sdtContent><w:r><w:t>click here</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t></w:t>"),
        (b"<w:t>DAY</w:t>", b"<w:t></w:t></w:r><w:sdt><w:sdtPr><w:date/></w:sdtPr><w:sdtContent/></w:sdt><w:r><w:t/>"),
        (b"<w:t>BOXES</w:t>", b'<w:sym w:font="Wingdings" w:char="F0A8"/><w:t>A1 </w:t>'
         b'<w:sym w:font="Wingdings" w:char="F0FE"/><w:t>B2</w:t>'),
        (b"<w:t>GONE</w:t>", b"<w:t></w:t></w:r><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:t/>"),
    ):  # fmt: skip
        data = with_xml(data, old, new)
    found = by_label(read(data))
    assert found["客户等级"].options == ("VIP", "C")
    assert found["客户等级"].sample == ""
    assert found["到货"].type == "date"
    assert found["方式"].options == ("A1", "B2")
    assert found["方式"].sample == "B2"
    assert (found["备注"].type, found["备注"].sample) == ("longtext", "")


def test_lines_with_blanks_to_write_on() -> None:
    def build(made: Any) -> None:
        made.add_paragraph("说明：本表由销售填写，交主管。")
        made.add_paragraph("客户名称：________________  联系人：__________ 电话：_______")
        made.add_paragraph("跟进方式：□电话 □面谈    结果（请写清楚）：")

    assert [(each.label, each.type, each.help) for each in read(word(build))] == [
        ("客户名称", "text", ""), ("联系人", "text", ""), ("电话", "phone", ""), ("跟进方式", "option", ""),
        ("结果", "longtext", "请写清楚")]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.docx", "空的"),
        (b"%PDF-1.7 ...", "a.docx", "不是 Word 或 Excel 文档"),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "a.doc", "另存为 docx"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "加了密码"),
        (word(seven_sections)[:4000], "a.docx", "损坏"),
        (with_xml(word(seven_sections), b"</w:body>", b""), "a.docx", "损坏"),
        (with_xml(word(seven_sections), b"<w:body>", b"<!DOCTYPE x><w:body>"), "a.docx", "不该有的 XML"),
        (with_xml(word(seven_sections), b"UTF-8", b"U-F-8"), "a.docx", "损坏"),
        (word(lambda made: made.add_paragraph("今天天气很好。")), "a.docx", "没有读出字段"),
        (xlsx([["客户名称", "电话"], *([f"客户{n}", n] for n in range(600))]), "a.xlsx", "601 行"),
        (b"PK\x03\x04 broken", "a.xlsx", "损坏"),
        (b"0" * (9 * 1024 * 1024), "a.xlsx", "太大"),
    ],
)
def test_a_file_that_is_no_template_is_refused_in_one_sentence(data: bytes, name: str, said: str) -> None:
    with pytest.raises(SheetError, match=said) as refused:
        read_paper(data, name)
    assert refused.value.en


def test_a_bomb_and_a_deep_nest_cost_nothing() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (200 * 1024 * 1024))
    with pytest.raises(SheetError, match="太大"):
        read_paper(made.getvalue(), "a.docx")
    deep = b"<w:sdt><w:sdtContent>" * 50_000 + b"</w:sdtContent></w:sdt>" * 50_000
    with pytest.raises(SheetError):
        read_paper(with_xml(word(lambda made: None), b"<w:sectPr", deep + b"<w:sectPr"), "a.docx")


def test_labels_and_marks() -> None:
    label = read_label("3. *跟进方式（必填，多选）：")
    assert (label.text, label.required, label.many) == ("跟进方式", True, True)
    assert read_label("联系\n方式").text == "联系方式"
    assert read_label("交货期（天）").unit == "天"
    assert ticked_options("是□ 否☑") == (("是", "否"), ("否",))
    assert ticked_options("没有方框") == ((), ())
    assert split_options("电话/面谈/其他") == ("电话", "面谈", "其他")
    assert split_options("2024/06/12") == split_options("YYYY/MM/DD") == split_options("要点、变化、反馈") == ()
    assert list(pairs_of("https://a.example 14:30")) == []
