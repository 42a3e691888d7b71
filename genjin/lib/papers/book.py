"""A workbook as tables: values and merged cells; of an .xlsx also drop-downs, their hints, bold and shaded cells."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import openpyxl
from openpyxl.utils import range_boundaries

from genjin.lib.papers.parts import MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, Block, Cell, Grid
from genjin.lib.sheets.book import Cell as Value
from genjin.lib.sheets.book import Sheet, SheetError
from genjin.lib.sheets.reader import read_workbook
from genjin.lib.sheets.table import cell_str

#: So many cells a sheet's drop-downs are noted for, and no drop-down of what unpacks to more bytes (hidden sheets).
_MOST_CELLS, _MOST_UNPACKED = 50_000, 20 * 1024 * 1024
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Look:
    """What a cell offers beside its value."""

    options: tuple[str, ...] = ()
    day: bool = False
    strong: bool = False
    help: str = ""


_PLAIN = _Look()


def read_book(data: bytes, name: str) -> list[Block]:
    """The visible sheets as grids. Raises SheetError as `read_workbook` does, and for one that is full of data."""
    book = read_workbook(data, name)
    sheets = [each for each in book.sheets if not each.hidden and each.rows][:MOST_SHEETS]
    longest = max((len(each.rows) for each in sheets), default=0)
    if longest > MOST_ROWS:
        raise SheetError(
            "not-a-form",
            f"这个表有 {longest} 行，像是填满的旧表：到“导入旧表”里导入它，这里要的是模板",
            f"This sheet has {longest} rows, so it holds data: take it over under Import; here a template is wanted",
        )
    small = book.format == "xlsx" and _unpacked(data) <= _MOST_UNPACKED
    looks = _looks(data) if small else {}
    return [_grid(each, looks.get(each.name, {})) for each in sheets]


def _grid(sheet: Sheet, looks: Mapping[Place, _Look]) -> Grid:
    height = len(sheet.rows)
    width = min(max(map(len, sheet.rows)), MOST_COLUMNS)
    offered = [column + 1 for _, column in looks if looks[_, column].options or looks[_, column].help]
    reach = min(max([width, *offered]) + 1, MOST_COLUMNS + 1)  # one blank beyond: a value cell nobody has filled in
    spans: dict[Place, Place] = {}
    covered: set[Place] = set()
    for top, left, bottom, right in sheet.merged:
        if top >= height or left >= width:
            continue
        bottom, right = min(bottom, height - 1), min(right, reach - 1)
        spans[top, left] = (right - left + 1, bottom - top + 1)
        covered |= {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        covered.discard((top, left))
    rows = []
    for number, row in enumerate([*sheet.rows, []]):  # the row below may offer what a head alone does not
        cells = []
        for column in range(reach):
            if (number, column) in covered:
                continue
            across, down = spans.get((number, column), (1, 1))
            look = looks.get((number, column), _PLAIN)
            text = _words(row[column]) if column < len(row) else ""
            cells.append(Cell(column, text, across, down, look.options, look.day, look.strong, look.help))
        rows.append(cells)
    return Grid(rows, width, sheet.name)


def _words(value: Value) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    return cell_str(value)


def _unpacked(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(entry.file_size for entry in archive.infolist())


def _looks(data: bytes) -> dict[str, dict[Place, _Look]]:
    """Sheet → place → what is offered there. The values are read already: what is wrong here costs only hints."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        return {sheet.title: dict(_looks_of(book, sheet)) for sheet in book.worksheets[:MOST_SHEETS]}
    except Exception:
        # What the library raises over odd styles or drop-downs is anything.
        return {}


def _looks_of(book: Any, sheet: Any) -> Iterator[tuple[Place, _Look]]:
    offered: dict[Place, _Look] = {}
    for rule in sheet.data_validations.dataValidation:
        options = _listed(book, sheet, rule.formula1) if rule.type == "list" else ()
        look = _Look(options, rule.type == "date", False, str(rule.prompt or "")[:300])
        for area in rule.sqref.ranges:
            rows = range(area.min_row, min(area.max_row, MOST_ROWS) + 1)
            columns = range(area.min_col, min(area.max_col, MOST_COLUMNS) + 1)
            if len(offered) + len(rows) * len(columns) <= _MOST_CELLS:
                offered.update({(row - 1, column - 1): look for row in rows for column in columns})
    for cells in sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS):
        for cell in cells:
            place = (cell.row - 1, cell.column - 1)
            strong = bool(cell.value and ((cell.font and cell.font.b) or _is_shaded(cell)))
            look = offered.pop(place, _PLAIN)
            if strong or look is not _PLAIN:
                yield place, _Look(look.options, look.day, strong, look.help)
    yield from offered.items()


def _is_shaded(cell: Any) -> bool:
    fill = cell.fill
    return bool(fill and fill.fill_type == "solid" and str(fill.fgColor.rgb) not in ("FFFFFFFF", "00FFFFFF"))


def _listed(book: Any, sheet: Any, formula: str | None) -> tuple[str, ...]:
    """ "电话,面谈", or the cells of a range such as =选项!$A$1:$A$5."""
    text = (formula or "").strip()
    if text.startswith('"'):
        return tuple(part.strip()[:60] for part in text.strip('"').split(",") if part.strip())[:100]
    found = re.fullmatch(r"=?(?:'?([^'!]+)'?!)?(\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?)", text)
    if not found:
        return ()
    where = book[found[1]] if found[1] else sheet
    left, top, right, bottom = range_boundaries(found[2])
    if not (left and top and right and bottom):
        return ()
    area = where.iter_rows(top, min(bottom, top + 199), left, min(right, left + 4), values_only=True)
    values = [cell_str(value) for row in area for value in row if value is not None]
    return tuple(each[:60] for each in values if each)[:100]
