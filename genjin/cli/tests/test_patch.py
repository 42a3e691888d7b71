"""patch_workbook(): only the marked cells of an xlsx change (R-238)."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from openpyxl.styles import Font

from genjin.cli.report.patch import SheetMarks, Unusual, letters, patch_workbook
from genjin.lib.tests import sheet_files as made

RED = "FFF6CFC4"


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["标题"], ["客户", "内容", None], ["甲", 12.5, None], ["乙", "=A3", None]):
        sheet.append(row)
    sheet["B3"].number_format = "0.00"
    sheet["A2"].font = Font(bold=True)
    sheet["B2"].font = Font(bold=True)
    sheet.column_dimensions["A"].width = 30
    book.create_sheet("别的")["A1"] = "x"
    return made.replaced(made.saved(book), "xl/media/图.png", b"\x89PNG picture")


def marks() -> SheetMarks:
    return SheetMarks(4, 2, "发现", {3: {2: RED, 3: RED}}, {3: "=1 & <b>\x01甲"})


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_marked_cells_change_and_keep_their_format() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(patch_workbook(workbook(), {"Sheet": marks()}))).worksheets[0]
    assert (sheet["B3"].value, sheet["B3"].number_format, sheet["B3"].fill.fgColor.rgb) == (12.5, "0.00", RED)
    assert sheet["C3"].fill.fgColor.rgb == RED
    assert sheet["A3"].fill.fill_type is None
    assert (sheet["D2"].value, sheet["D2"].font.b) == ("发现", sheet["C2"].font.b)
    assert (sheet["D3"].value, sheet["D3"].data_type, sheet["D3"].alignment.wrap_text) == ("=1 & <b>甲", "s", True)
    assert (sheet["B4"].value, sheet["D4"].value) == ("=A3", None)
    assert (sheet.column_dimensions["A"].width, sheet.column_dimensions["D"].width) == (30, 60)
    assert sheet.dimensions == "A1:D4"


def test_every_other_part_is_the_same_byte_for_byte() -> None:
    # One workbook: two made in different seconds differ in when they were made.
    whole = workbook()
    before = parts_of(whole)
    after = parts_of(patch_workbook(whole, {"Sheet": marks()}))
    assert {name for name in before if before[name] != after[name]} == {"xl/styles.xml", "xl/worksheets/sheet1.xml"}
    assert list(after) == list(before)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/worksheets/sheet1.xml", b"<x:worksheet><x:sheetData/></x:worksheet>"),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"),
        ("xl/worksheets/sheet1.xml", b'<worksheet><sheetData><row r="9"/></sheetData></worksheet>'),
        ("xl/styles.xml", b"<styleSheet/>"),
        ("xl/workbook.xml", b"<broken"),
    ],
)
def test_what_is_unusual_is_left_to_the_library(part: str, content: bytes) -> None:
    with pytest.raises(Unusual):
        patch_workbook(made.replaced(workbook(), part, content), {"Sheet": marks()})


def test_letters() -> None:
    assert [letters(number) for number in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
