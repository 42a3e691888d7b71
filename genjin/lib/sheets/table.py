"""find_tables(): the header, the columns and the data rows of a sheet, as a person sees them (R-237)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import NamedTuple

from genjin.lib.sheets.book import Cell, Merge, Sheet

#: The header stands in the first rows; below them only data is looked for.
SEARCHED_ROWS = 30
_TOTALS = re.compile(
    r"^\s*(?:本[页月周期季年])?\s*(?:合\s*计|总\s*计|小\s*计|累\s*计|汇\s*总|总\s*数|total|sum|subtotal)\s*[:：]?", re.I
)
_COUNTER = re.compile(r"^(?:序号|编号|序|no\.?|#|行号|id|№)$", re.I)
_ODD = {bool, time, timedelta}
_NUMBER = re.compile(r"^[\d.,:/\-年月日\s]+$")


class Note(NamedTuple):
    """Something assumed while reading, said to the reader. `column`: it only tells where one column goes."""

    zh: str
    en: str
    column: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """`index` is 0-based in the sheet; `header` is the lower heading; `group` the upper one of two-level headers."""

    index: int
    header: str
    group: str = ""

    @property
    def title(self) -> str:
        return f"{self.group}/{self.header}" if self.group else self.header


class Row(NamedTuple):
    """`number` is the row number a person sees; `cells` lie in the order of the table's columns."""

    number: int
    cells: list[Cell]


@dataclass(slots=True)
class Table:
    """One table of a sheet. `title` is the text above the header. `header_row` is 1-based, the lower one of two."""

    sheet: str
    header_row: int
    columns: list[Column]
    rows: list[Row]
    title: str = ""
    notes: list[Note] = field(default_factory=list)


IsHeader = Callable[[str], bool]


def find_tables(sheet: Sheet, is_header: IsHeader = lambda text: False) -> list[Table]:
    """The tables of one sheet, at most one for now; [] for a hidden or empty sheet.

    `is_header` says whether a text is a known heading; without it the first row of several short texts counts.
    Merged cells are filled within their merge only; blank rows, totals and repeated headers are left out.
    """
    if sheet.hidden or not any(_filled(row) for row in sheet.rows):
        return []
    merges = _MergeIndex(sheet)
    found = _find_header(sheet, merges, is_header)
    if found is None:
        return []
    top, last = found
    columns = _columns(sheet, merges, top, last)
    table = Table(sheet.name, last + 1, columns, [], _title(sheet, top))
    rows = f"{top + 1}–{last + 1}" if last > top else str(last + 1)
    table.notes.append(Note(f"第{rows}行为表头", f"Row {rows} is the header"))
    _read_rows(sheet, table, merges, last + 1)
    return [table]


def cell_str(cell: Cell) -> str:
    """The text of a cell for recognition, trimmed; "" for a blank one."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _filled(row: list[Cell]) -> int:
    return sum(1 for cell in row if cell is not None and cell != "" and not (isinstance(cell, str) and cell.isspace()))


class _MergeIndex:
    """Merged ranges by their rows; ranges are cut to the used area."""

    def __init__(self, sheet: Sheet) -> None:
        height = len(sheet.rows)
        width = max((len(row) for row in sheet.rows), default=0)
        self.ranges: list[Merge] = [
            (r0, c0, min(r1, height - 1), min(c1, width - 1))
            for r0, c0, r1, c1 in sheet.merged
            if r0 < height and c0 < width
        ]

    def across(self, row: int) -> list[tuple[int, int]]:
        """Column spans of the merges that begin in this row and cover two or more columns."""
        return [(c0, c1) for r0, c0, r1, c1 in self.ranges if r0 <= row <= r1 and c1 > c0]

    def wide(self, row: int, width: int) -> bool:
        """One merge covers more than half of the table's width, and at least three columns: a title or a remark."""
        return any(c1 - c0 + 1 >= max(3, width // 2 + 1) for c0, c1 in self.across(row))

    def fills(self) -> list[tuple[int, int, int]]:
        """(row, column, last row) of each merge that reaches over several rows."""
        return [(r0, c0, r1) for r0, c0, r1, c1 in self.ranges if r1 > r0]


def _find_header(sheet: Sheet, merges: _MergeIndex, is_header: IsHeader) -> tuple[int, int] | None:
    best: tuple[float, int, int] | None = None
    for index, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
        texts = [cell_str(cell) for cell in row]
        if sum(1 for text in texts if text) < 2 or (
            merges.wide(index, len([t for t in texts if t])) and len(set(texts) - {""}) < 3
        ):
            continue
        score = _score(texts, is_header)
        if best is None or score > best[0]:
            best = (score, index, index)
        if _is_upper(sheet, merges, index):
            joined = [column.header for column in _columns(sheet, merges, index, index + 1)]
            double = _score(joined, is_header) - 0.1
            if double > best[0]:
                best = (double, index, index + 1)
    if best is None or best[0] <= 0:
        return _lonely_column(sheet, is_header)
    return best[1], best[2]


def _score(texts: list[str], is_header: IsHeader) -> float:
    """Known headings count three, short texts that are no numbers a little, long texts and numbers against it."""
    filled = [text for text in texts if text]
    known = len({text for text in filled if is_header(text)})
    short = sum(1 for text in filled if len(text) <= 16 and not _NUMBER.match(text))
    return known * 3 + short * 0.2 - (len(filled) - short) * 0.5


def _lonely_column(sheet: Sheet, is_header: IsHeader) -> tuple[int, int] | None:
    """A list of one column: its header must be known."""
    for index, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
        if any(is_header(cell_str(cell)) for cell in row if cell is not None):
            return index, index
    return None


def _is_upper(sheet: Sheet, merges: _MergeIndex, index: int) -> bool:
    """May this row be the upper one of two header rows? It has a heading over several sub-headings."""
    if index + 1 >= len(sheet.rows):
        return False
    upper, lower = sheet.rows[index], sheet.rows[index + 1]
    for c0, c1 in merges.across(index):
        if sum(1 for cell in lower[c0 : c1 + 1] if isinstance(cell, str) and 0 < len(cell.strip()) <= 16) >= 2:
            return True
    # Without merges (CSV): sub-headings stand under blanks to the right of a heading.
    under_blank = [
        column
        for column, cell in enumerate(lower)
        if isinstance(cell, str)
        and 0 < len(cell.strip()) <= 16
        and not cell_str(upper[column] if column < len(upper) else None)
    ]
    return len(under_blank) >= 1 and all(isinstance(cell, str) or cell is None for cell in lower)


def _columns(sheet: Sheet, merges: _MergeIndex, top: int, last: int) -> list[Column]:
    width = max(len(row) for row in sheet.rows[: last + 60])
    lower = [cell_str(sheet.rows[last][c]) if c < len(sheet.rows[last]) else "" for c in range(width)]
    if top == last:
        return [Column(c, _one_line(text)) for c, text in enumerate(lower) if text or _has_data(sheet, last, c)]
    upper = [cell_str(sheet.rows[top][c]) if c < len(sheet.rows[top]) else "" for c in range(width)]
    spans = {c: c0 for c0, c1 in merges.across(top) for c in range(c0, c1 + 1)}
    columns, heading = [], ""
    for c in range(width):
        heading = upper[spans.get(c, c)] or (heading if not merges.ranges and not upper[c] and lower[c] else "")
        if lower[c]:
            columns.append(Column(c, _one_line(lower[c]), _one_line(heading) if heading != lower[c] else ""))
        elif upper[c]:
            columns.append(Column(c, _one_line(upper[c])))
    return columns


def _has_data(sheet: Sheet, header: int, column: int) -> bool:
    return any(column < len(row) and cell_str(row[column]) for row in sheet.rows[header + 1 : header + 40])


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _title(sheet: Sheet, top: int) -> str:
    texts = (cell_str(cell) for row in sheet.rows[:top] for cell in row)
    return "\n".join(dict.fromkeys(text for text in texts if text))[:500]


def _read_rows(sheet: Sheet, table: Table, merges: _MergeIndex, first: int) -> None:
    positions = [column.index for column in table.columns]
    headings = [column.header for column in table.columns]
    counters = {place for place, column in enumerate(table.columns) if _COUNTER.match(column.header)}
    filled_from: dict[tuple[int, int], Cell] = {}
    for r0, c0, r1 in merges.fills():
        if r0 >= first and c0 < len(sheet.rows[r0]):
            filled_from.update({(row, c0): sheet.rows[r0][c0] for row in range(r0 + 1, r1 + 1)})
    merged_rows = {row for row, _ in filled_from}
    totals, blanks, odd = [], 0, False
    count = len(positions)
    plain = positions == list(range(count))
    for index in range(first, len(sheet.rows)):
        raw = sheet.rows[index]
        width = len(raw)
        cells = raw[:count] if plain and width >= count else [raw[p] if p < width else None for p in positions]
        if _is_blank(cells, counters):
            blanks += 1
            continue
        text = _first_text(cells)
        if _TOTALS.match(text) and _is_totals(cells, text):
            totals.append(index + 1)
            continue
        if text in headings and sum(cell_str(cell) == name for cell, name in zip(cells, headings)) > len(headings) / 2:
            continue
        if merges.ranges and _filled(cells) == 1 and merges.wide(index, len(positions)):
            table.notes.append(
                Note(f"跳过第{index + 1}行的说明“{text[:12]}”", f"Skipped the remark in row {index + 1}")
            )
            continue
        if index in merged_rows:
            cells = [
                filled_from.get((index, place), cell) if cell is None or cell == "" else cell
                for place, cell in zip(positions, cells)
            ]
        odd = odd or not _ODD.isdisjoint(map(type, cells))
        table.rows.append(Row(index + 1, cells))
    if odd:
        _spell_out(table)
    _note_skipped(table, totals, filled_from)


def _first_text(cells: list[Cell]) -> str:
    for cell in cells:
        if cell is not None and cell != "":
            return cell_str(cell)
    return ""


def _spell_out(table: Table) -> None:
    """Truth values, clock times and durations become text: no field is made of them."""
    for row in table.rows:
        for place, cell in enumerate(row.cells):
            if type(cell) in _ODD:
                row.cells[place] = str(cell)


def _is_blank(cells: list[Cell], counters: set[int]) -> bool:
    """Nothing but blanks, or only the running number of a prepared form."""
    for place, cell in enumerate(cells):
        if cell is None or cell == "" or place in counters:
            continue
        if not isinstance(cell, str) or not cell.isspace():
            return False
    return True


def _is_totals(cells: list[Cell], text: str) -> bool:
    """合计 alone, or with figures beside it: not a customer whose name begins with 合计."""
    return len(text) <= 12 and _filled(cells) <= max(3, len(cells) * 2 // 3)


def _note_skipped(table: Table, totals: list[int], filled: dict[tuple[int, int], Cell]) -> None:
    if filled:
        columns = {column.index: column.header for column in table.columns}
        names = "、".join(f"“{columns[c]}”" for c in sorted({c for _, c in filled}) if c in columns)
        if names:
            table.notes.append(Note(f"合并的{names}已在合并范围内补齐", "Merged cells are filled within their merge"))
    if totals:
        rows = "、".join(str(number) for number in totals[:5])
        table.notes.append(Note(f"跳过合计行 {len(totals)} 行（第{rows}行）", f"Skipped {len(totals)} totals row(s)"))
