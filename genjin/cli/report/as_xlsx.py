"""A copy of the workbook with one more column of findings and coloured cells; everything else stays.

Other formats than xlsx become a new workbook of their cells. No text of the sheet can become a formula (security I2).
"""

from __future__ import annotations

import io
from collections import defaultdict
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from genjin.cli.report.letter import scored
from genjin.cli.report.patch import WIDTH, SheetMarks, Unusual, height_of, patch_workbook
from genjin.exchange.checkup import LABELS, CheckedRow, Checkup
from genjin.exchange.entries import SheetReading
from genjin.lib.sheets import SheetError, Workbook
from genjin.quality.record import Finding

HEADING = "体检发现"
FILLS = {"error": "FFF6CFC4", "warning": "FFFAE7B8"}
_MARKS = {"error": "●", "warning": "▲"}
_MOST_TEXT = 32_000


def as_xlsx(checkup: Checkup, book: Workbook, data: bytes) -> bytes:
    """The annotated workbook. `data` is the original file, used when it is an xlsx. Raises SheetError."""
    marks = _marks(checkup, book)
    if book.format == "xlsx":
        try:
            return patch_workbook(data, marks)
        except (Unusual, UnicodeDecodeError):
            target = _copy(data)
    else:
        target = _rebuilt(book)
    renamed = dict(zip((sheet.name for sheet in book.sheets), target.sheetnames)) if book.format != "xlsx" else {}
    for name, each in marks.items():
        _annotate(target[renamed.get(name, name)], each)
    buffer = io.BytesIO()
    target.save(buffer)
    return buffer.getvalue()


def _marks(checkup: Checkup, book: Workbook) -> dict[str, SheetMarks]:
    """Colours and texts for each sheet with a table. A merged cell is coloured where it begins, if that is the row."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    marks: dict[str, SheetMarks] = {}
    places: dict[str, dict[str, list[int]]] = {}
    covered: dict[str, set[tuple[int, int]]] = {}
    for reading in checkup.readings:
        sheet = sheets[reading.table.sheet]
        column = max(len(row) for row in sheet.rows) + 1
        marks[sheet.name] = SheetMarks(column, reading.table.header_row, HEADING)
        places[sheet.name] = _places(reading)
        covered[sheet.name] = {
            (row + 1, c0 + 1) for r0, c0, r1, _ in sheet.merged for row in range(r0 + 1, min(r1, len(sheet.rows)) + 1)
        }
    for row in checkup.rows:
        if findings := scored(row):
            name, number = row.entry.sheet, row.entry.row
            each = marks[name]
            before = each.texts.get(number)
            text = _text(row, findings)
            each.texts[number] = f"{before}\n{text}"[:_MOST_TEXT] if before else text[:_MOST_TEXT]
            colours = each.colours.setdefault(number, {})
            for finding in sorted(findings, key=lambda finding: finding.severity == "error"):
                for column in places[name].get(finding.field, []):
                    if (number, column) not in covered[name]:
                        colours[column] = FILLS[finding.severity]
    return marks


def _copy(data: bytes) -> openpyxl.Workbook:
    try:
        return openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
    except Exception:
        # The reader is more forgiving than this library, whose errors have no common class.
        raise SheetError(
            "no-copy", "这个文件能读，但改不了，试试另存一份", "Readable, but cannot be copied; save it again"
        ) from None


def _rebuilt(book: Workbook) -> openpyxl.Workbook:
    target = openpyxl.Workbook()
    del target["Sheet"]
    for number, sheet in enumerate(book.sheets, 1):
        made = target.create_sheet(_sheet_name(sheet.name, number))
        made.sheet_state = "hidden" if sheet.hidden else "visible"
        for row_number, row in enumerate(sheet.rows, 1):
            for column, value in enumerate(row, 1):
                if value is not None and value != "":
                    put(made.cell(row_number, column), value)
    return target


def _sheet_name(name: str, number: int) -> str:
    kept = "".join(char for char in name if char not in "[]:*?/\\'" and char.isprintable())[:28]
    return kept or f"Sheet{number}"


def put(cell: Any, value: Any) -> None:
    """Set a cell to a value; a text stays a text whatever it begins with."""
    if isinstance(value, (int, float, bool, datetime, date)):
        cell.value = value
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:_MOST_TEXT]
    cell.data_type = "s"


def _annotate(sheet: Worksheet, marks: SheetMarks) -> None:
    put(sheet.cell(marks.header_row, marks.column), marks.heading)
    sheet.cell(marks.header_row, marks.column).font = Font(bold=True)
    sheet.column_dimensions[get_column_letter(marks.column)].width = WIDTH
    for number, text in marks.texts.items():
        cell = sheet.cell(number, marks.column)
        put(cell, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        row = sheet.row_dimensions[number]
        row.height = max(height_of(text), row.height or 0)
    for number, colours in marks.colours.items():
        for column, colour in colours.items():
            cell = sheet.cell(number, column)
            if not isinstance(cell, MergedCell):
                cell.fill = PatternFill("solid", fgColor=colour)


def _places(reading: SheetReading) -> dict[str, list[int]]:
    """Name in the standard → sheet columns (1-based)."""
    places: dict[str, list[int]] = defaultdict(list)
    for column, each in zip(reading.table.columns, reading.mappings):
        if label := LABELS.get(each.field or ""):
            places[label].append(column.index + 1)
    return places


def _text(row: CheckedRow, findings: list[Finding]) -> str:
    part = f"（第 {row.entry.part} 次）" if row.entry.part else ""
    lines = [f"{row.verdict.score} 分{part}"]
    for each in findings:
        better = f"改成：{each.fix}" if each.fix else each.suggestion
        lines.append(f"{_MARKS[each.severity]} {each.field}：{each.message}。{better}")
    return "\n".join(lines)
