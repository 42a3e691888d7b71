"""What a spreadsheet file becomes: a workbook of sheets of cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | datetime | date | time | timedelta | None
Merge = tuple[int, int, int, int]

#: Limits of one file. A sheet of 200,000 rows is more than people keep; above it a file is an attack or an export
#: that belongs in parts.
MOST_BYTES = 60 * 1024 * 1024
MOST_UNPACKED = 160 * 1024 * 1024
#: Sheets shrink to a tenth, with much repetition to a fiftieth; beyond that a large part is a bomb.
MOST_RATIO, RATIO_FROM = 100, 20 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 2_000
MOST_CELLS = 2_500_000


class SheetError(ValueError):
    """The file cannot be read. `zh` and `en` are one sentence each; `code` is stable for programs."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(zh)
        self.code, self.zh, self.en = code, zh, en


@dataclass(slots=True)
class Sheet:
    """One sheet: `rows[0]` is row 1 as a person sees it. `merged` holds (row0, col0, row1, col1), from 0, inclusive."""

    name: str
    rows: list[list[Cell]]
    hidden: bool = False
    merged: list[Merge] = field(default_factory=list)


@dataclass(slots=True)
class Workbook:
    """`format` is xlsx, xls, xlsb, ods or csv, told from the content; `encoding` only for csv."""

    format: str
    sheets: list[Sheet]
    encoding: str = ""
    delimiter: str = ""
