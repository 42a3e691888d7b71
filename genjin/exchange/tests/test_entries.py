"""Every shape of old sheet becomes one entry a follow-up (R-237, take-over of old sheets)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from genjin.exchange.dated_lines import split_dated_lines
from genjin.exchange.entries import (
    CONTACT_AT,
    SUMMARY,
    Entry,
    SheetReading,
    entries,
    read_book,
    read_time,
)
from genjin.lib.sheets import Sheet, SheetError, Workbook

NOW = datetime.fromisoformat("2025-06-30 18:00")


def readings(*sheets: Sheet) -> list[SheetReading]:
    return read_book(Workbook("xlsx", list(sheets)))


def read(rows: list[list[Any]], name: str = "Sheet1") -> tuple[SheetReading, list[Entry]]:
    (reading,) = readings(Sheet(name, rows))
    return reading, list(entries(reading))


def when(reading: SheetReading, entry: Entry) -> str:
    found = read_time(entry, CONTACT_AT, reading.context, NOW)
    assert found.value is not None
    return found.value.isoformat(" ", "minutes")


def test_a_cell_of_dated_lines_is_split() -> None:
    text = "6.10 电话，王总要报价\n6.15 拜访，看样机\n补充：下周定"
    reading, found = read([["客户名称", "跟进记录", "下一步"], ["甲公司", text, "6月20日发合同"]])
    assert [(each.row, each.part, each.text(SUMMARY)) for each in found] == [
        (2, 1, "电话，王总要报价"), (2, 2, "拜访，看样机\n补充：下周定"),
    ]  # fmt: skip
    assert [when(reading, each) for each in found] == ["2025-06-10 00:00", "2025-06-15 00:00"]
    assert [each.text("followup.next_step") for each in found] == ["", "6月20日发合同"]
    assert [each.text("followup.channel") for each in found] == ["电话", "拜访"]


@pytest.mark.parametrize(
    "text",
    [
        "1.1 报价\n1.2 合同",
        "王总 15:41\n有货吗",
        "问了价格\n6.10 再联系",
        "13.45 万元报价\n9.9 万成交",
        "",
        "2025 年没有预算",
    ],
)
def test_what_is_no_list_of_dates_stays_whole(text: str) -> None:
    assert split_dated_lines(text) == []


def test_a_row_with_its_own_time_is_never_split() -> None:
    _, found = read([["客户名称", "跟进时间", "跟进内容"], ["甲公司", "2025-06-20 10:00", "6.10 电话\n6.15 拜访"]])
    assert len(found) == 1
    assert found[0].part == 0


def test_the_time_of_the_last_line_does_not_keep_a_log_together() -> None:
    reading, found = read([["客户名称", "最近跟进时间", "跟进记录"], ["甲公司", "2025-06-15", "6.10 电话\n6.15 拜访"]])
    assert [when(reading, each) for each in found] == ["2025-06-10 00:00", "2025-06-15 00:00"]


def test_sheets_of_options_and_explanations_are_left_out() -> None:
    (found,) = readings(
        Sheet("说明", [["跟进方式", "跟进状态", "说明"], ["电话", "已联系", "x"]]),
        Sheet("跟进", [["客户名称", "跟进内容"], ["甲公司", "x"]]),
    )
    assert found.table.sheet == "跟进"
    assert any("说明" in note.zh for note in found.notes)


def test_columns_side_by_side_become_records() -> None:
    header: list[Any] = ["客户名称", "电话", "第一次跟进时间", "第一次跟进内容", "第二次跟进时间", "第二次跟进内容"]
    reading, found = read(
        [header, ["甲公司", "1", "2025/6/1", "问价", "2025/6/9", "送样"], ["乙公司", "2", "2025/6/2", "问价", "", ""]]
    )
    assert [(each.row, each.part, when(reading, each), each.text(SUMMARY)) for each in found] == [
        (2, 1, "2025-06-01 00:00", "问价"), (2, 2, "2025-06-09 00:00", "送样"), (3, 1, "2025-06-02 00:00", "问价"),
    ]  # fmt: skip
    assert all(each.text("contact.info") for each in found)


def test_dated_texts_in_numbered_columns() -> None:
    reading, found = read([["客户", "第一次跟进", "第二次跟进"], ["甲公司", "6.1 电话问价", "6月9日：送样"]])
    assert [(when(reading, each), each.text(SUMMARY)) for each in found] == [
        ("2025-06-01 00:00", "电话问价"), ("2025-06-09 00:00", "送样"),
    ]  # fmt: skip


def test_a_customer_without_any_contact_is_kept() -> None:
    _, found = read([["客户", "第一次跟进", "第二次跟进"], ["甲公司", "", ""]])
    assert [(each.text("customer.name"), each.part) for each in found] == [("甲公司", 0)]


def test_a_sheet_for_each_salesperson() -> None:
    header: list[Any] = ["客户名称", "跟进时间", "跟进内容"]
    found = readings(
        Sheet("李建波", [header, ["甲公司", "2025-06-01", "x"]]), Sheet("周婷", [header, ["乙公司", "2025-06-02", "y"]])
    )
    assert [each.context.author for each in found] == ["李建波", "周婷"]
    assert any("周婷" in note.zh for note in found[1].notes)


def test_a_sheet_name_that_is_no_person_gives_no_author() -> None:
    header: list[Any] = ["客户名称", "跟进时间", "跟进内容"]
    found = readings(
        *(Sheet(name, [header, ["甲公司", "2025-06-01", "x"]]) for name in ("华东", "客户跟进", "李经理表", "汇总"))
    )
    assert [each.context.author for each in found] == [""] * 4


def test_the_author_in_the_title() -> None:
    reading, _ = read([["跟进人：李建波　2024年"], ["客户名称", "时间", "内容"], ["甲公司", "3月5日", "x"]])
    assert reading.context.author == "李建波"
    assert when(reading, next(entries(reading))) == "2024-03-05 00:00"


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("6月", "12日", "2025-06-12"),
        ("2024年12月", 5, "2024-12-05"),
        ("202503", "3.8", "2025-03-08"),
        ("11月", "11.3", "2025-11-03"),
    ],
)
def test_a_sheet_for_each_month(name: str, cell: object, value: str) -> None:
    reading, found = read([["客户名称", "日期", "内容"], ["甲公司", cell, "x"]], name)
    assert when(reading, found[0]) == f"{value} 00:00"
    assert any("月读" in note.zh for note in reading.notes)


def test_customers_and_contacts_in_one_row_and_lists_alone() -> None:
    reading, found = read(
        [["公司", "姓名", "手机", "微信号", "邮箱"], ["甲公司", "王工", "13800138000", "wanggong88", "w@a.cn"]]
    )
    assert reading.context.kind == "customer"
    assert found[0].text("contact.wechat") == "wanggong88"
    assert found[0].text("contact.info") == "13800138000"
    people, rows = read([["客户姓名", "手机"], ["王小明", "13800138000"]])
    assert people.context.person_customers
    assert rows[0].text("customer.name") == "王小明"


def test_columns_nobody_knows_are_kept_as_extras() -> None:
    _, found = read([["客户名称", "跟进内容", "样机编号"], ["甲公司", "x", "TL-9"]])
    assert found[0].extras == {"样机编号": "TL-9"}


def test_a_file_without_a_known_column_is_refused() -> None:
    with pytest.raises(SheetError) as refused:
        readings(Sheet("x", [["甲", "乙"], [1, 2]]))
    assert refused.value.code == "no-table"
