"""A copy of the workbook with one more column of findings and coloured cells; everything else stays.

Other formats than xlsx become a new workbook of their cells. No text of the sheet can become a formula (security I2).
"""

from __future__ import annotations

import io
from collections import defaultdict
from copy import copy
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.cell import Cell as XlsxCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from genjin.cli.report.letter import scored
from genjin.exchange.checkup import LABELS, CheckedRow, Checkup
from genjin.exchange.entries import SheetReading
from genjin.lib.sheets import SheetError, Workbook
from genjin.quality.record import Finding

HEADING = "体检发现"
FILLS = {
    "error": PatternFill("solid", fgColor="FFF6CFC4"),
    "warning": PatternFill("solid", fgColor="FFFAE7B8"),
}
_MARKS = {"error": "●", "warning": "▲"}
_MOST_TEXT = 32_000


def as_xlsx(checkup: Checkup, book: Workbook, data: bytes) -> bytes:
    """The annotated workbook. `data` is the original file, used when it is an xlsx. Raises SheetError."""
    target = _copy(data) if book.format == "xlsx" else _rebuilt(book)
    by_sheet: dict[str, list[CheckedRow]] = defaultdict(list)
    for row in checkup.rows:
        by_sheet[row.entry.sheet].append(row)
    names = {} if book.format == "xlsx" else dict(zip((sheet.name for sheet in book.sheets), target.sheetnames))
    for reading in checkup.readings:
        name = reading.table.sheet
        _annotate(target[names.get(name, name)], reading, by_sheet[name])
    buffer = io.BytesIO()
    target.save(buffer)
    return buffer.getvalue()


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


def _annotate(sheet: Worksheet, reading: SheetReading, rows: list[CheckedRow]) -> None:
    column = max(sheet.max_column, max((each.index + 1 for each in reading.table.columns), default=1)) + 1
    header = sheet.cell(reading.table.header_row, column)
    put(header, HEADING)
    beside = sheet.cell(reading.table.header_row, column - 1)
    if isinstance(beside, XlsxCell) and beside.has_style:
        for part in ("font", "fill", "border", "alignment"):
            setattr(header, part, copy(getattr(beside, part)))
    else:
        header.font = Font(bold=True)
    sheet.column_dimensions[get_column_letter(column)].width = 60
    places = _places(reading)
    told: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        findings = scored(row)
        if findings:
            told[row.entry.row].append(_text(row, findings))
            _colour(sheet, row, findings, places)
    for number, texts in told.items():
        cell = sheet.cell(number, column)
        put(cell, "\n".join(texts))
        cell.alignment = Alignment(wrap_text=True, vertical="top")


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


def _colour(sheet: Worksheet, row: CheckedRow, findings: list[Finding], places: dict[str, list[int]]) -> None:
    """Colour the cells; an error's colour wins over a warning's."""
    for each in sorted(findings, key=lambda finding: finding.severity == "error"):
        for column in places.get(each.field, []):
            cell = sheet.cell(row.entry.row, column)
            if not isinstance(cell, MergedCell):
                cell.fill = FILLS[each.severity]
