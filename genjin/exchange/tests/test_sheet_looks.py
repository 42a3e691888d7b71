"""Sheets that go out can be read and printed as they are: widths, heights, head rows, pages."""

from __future__ import annotations

import io
from typing import Any

import openpyxl

from genjin.exchange.export_cells import Value, xlsx_bytes
from genjin.exchange.sheet_looks import lines_of, width_of, widths_of

LONG = "工博会上留的电话，王总监说 3 条装配线停机靠人报，上个月因为漏报停了 11 小时。先要一份同行做法，感觉不太着急。"


def test_a_column_is_as_wide_as_nine_of_ten_of_its_cells() -> None:
    rows = [["苏州恒锐精密机械有限公司"] for _ in range(19)] + [["很" * 90]]
    assert widths_of(["客户名称"], rows) == [26]
    assert widths_of(["跟进内容"], [[LONG]]) == [46]
    assert widths_of(["数"], [["1"]]) == [8]
    assert width_of("a中\n中中中") == 6


def test_a_long_text_takes_the_lines_it_needs() -> None:
    assert lines_of("短", 10) == 1
    assert lines_of("一\n二\n三", 40) == 3
    assert lines_of(LONG, 46) == 3


def test_the_page_is_set_for_print() -> None:
    """Head row on each page, landscape A4, rows as high as their texts, amounts at the right under their heading."""
    headers = ["客户名称", "金额", "跟进内容"]
    rows: list[list[Value]] = [["苏州恒锐", 480000, LONG], ["广州科技", 12.5, "短"], ["无", None, ""]]
    sheet: Any = openpyxl.load_workbook(io.BytesIO(xlsx_bytes("跟进 & 记录", headers, iter(rows)))).active
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.freeze_panes == "A2"
    assert sheet.oddFooter.left.text == "跟进 && 记录"
    assert [sheet.row_dimensions[number].height for number in (2, 3)] == [48, 15.75]
    assert [cell.alignment.horizontal for cell in sheet["B"]][:2] == ["right", "right"]
    assert sheet["C2"].alignment.wrap_text
    assert [cell.value for cell in sheet[2]] == rows[0]
