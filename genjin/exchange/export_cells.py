"""The cells of an export: values as texts and numbers that an import reads back, formula-safe (I2). Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from genjin.exchange.refused import LONGEST, PLAIN
from genjin.exchange.sheet_looks import FONT, LOOKED_AT, lay_out
from genjin.exchange.stored import quoted
from genjin.lib.blocks import Run


@dataclass(frozen=True, slots=True)
class RichCell:
    """A text with marks: whole where cells are plain, in its runs where they can show them (R-013)."""

    text: str
    runs: tuple[Run, ...]


Value = str | int | float | RichCell | None
#: Colours of marks on white paper; bold or underlined as well, so that they also show in black and white.
_INK = {"task": "#0E6A5E", "risk": "#B83A24", "feedback": "#875500"}
_QUOTE_INK = "#0E6A5E"


def money(minor: int | None) -> int | float | None:
    """Fen as yuan, a number."""
    if minor is None:
        return None
    return minor // 100 if minor % 100 == 0 else minor / 100


def money_range(low: int | None, high: int | None) -> str:
    """A range in yuan as the import reads it: 800000-1000000, 800000以上, 1000000以内."""
    if low is None and high is None:
        return ""
    if low is None:
        return f"{money(high)}以内"
    if high is None:
        return f"{money(low)}以上"
    return f"{money(low)}" if low == high else f"{money(low)}-{money(high)}"


def moment_text(at: datetime | None, zone: ZoneInfo, precision: str = "minute") -> str:
    """A time in the organisation's zone; a day without clock as a date."""
    if at is None:
        return ""
    local = at.astimezone(zone)
    return f"{local:%Y-%m-%d}" if precision == "day" else f"{local:%Y-%m-%d %H:%M}"


def plain_value(value: Any, zone: ZoneInfo) -> Value:
    """Any other column."""
    if isinstance(value, datetime):
        return moment_text(value, zone)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "是" if value else ""
    if isinstance(value, list):
        return "、".join(map(str, value))
    return value if isinstance(value, str | int | float | None) else str(value)


def csv_chunks(headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """CSV in UTF-8 with a mark, as Excel opens it; texts that look like formulas carry an apostrophe."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    yield b"\xef\xbb\xbf"
    writer.writerow([quoted(header) for header in headers])
    for row in rows:
        texts = [value.text if isinstance(value, RichCell) else value for value in row]
        writer.writerow([quoted(text) if isinstance(text, str) else text for text in texts])
        if buffer.tell() > 65536:
            yield _drained(buffer)
    yield _drained(buffer)


def _drained(buffer: io.StringIO) -> bytes:
    data = buffer.getvalue().encode("utf-8", "replace")
    buffer.seek(0)
    buffer.truncate()
    return data


def xlsx_bytes(title: str, headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """One sheet; every text is a text cell, never a formula. Its first rows tell how wide the columns are."""
    coming = iter(rows)
    first = list(islice(coming, LOOKED_AT))
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {**PLAIN, "in_memory": False, "constant_memory": True})
    sheet = book.add_worksheet(title[:31])
    shown = [[value.text if isinstance(value, RichCell) else value for value in row] for row in first]
    looks = lay_out(book, sheet, headers, shown, title=title)
    fonts = _Fonts(book, looks.text)
    for number, row in enumerate(chain(first, coming), 1):
        looks.open_row(sheet, number, (_shown(value) for value in row))
        for column, value in enumerate(row):
            if isinstance(value, str):
                if value:
                    sheet.write_string(number, column, value[:LONGEST], looks.text)
            elif isinstance(value, RichCell):
                fonts.write(sheet, number, column, value)
            elif value is not None:
                sheet.write_number(number, column, value, looks.number)
    book.close()
    return made.getvalue()


def _shown(value: Value) -> str:
    """As far as it can take more than a line."""
    return value.text if isinstance(value, RichCell) else value if isinstance(value, str) else ""


class _Fonts:
    """The fonts of a book's rich cells, each made once."""

    def __init__(self, book: Any, cell: Any) -> None:
        self._book, self._cell = book, cell
        self._made: dict[tuple[bool, str, bool], Any] = {}

    def _font(self, bold: bool, mark: str, quote: bool) -> Any:
        look = (bold, mark, quote)
        if look not in self._made:
            font: dict[str, Any] = {"bold": bold, "italic": quote, "underline": 1 if mark else 0}
            font |= {**FONT, "text_wrap": True, "valign": "top"}
            if mark or quote:
                font["font_color"] = _INK.get(mark, _QUOTE_INK)
            self._made[look] = self._book.add_format(font)
        return self._made[look]

    def write(self, sheet: Any, row: int, column: int, cell: RichCell) -> None:
        """A rich text cell; one of a single look is an ordinary one in that look."""
        if len(cell.text) > LONGEST:
            sheet.write_string(row, column, cell.text[:LONGEST], self._cell)
        elif len(cell.runs) == 1:
            text, bold, mark, quote = cell.runs[0]
            sheet.write_string(row, column, text, self._font(bold, mark, quote))
        else:
            parts: list[Any] = []
            for text, bold, mark, quote in cell.runs:
                parts += [self._font(bold, mark, quote), text]
            sheet.write_rich_string(row, column, *parts, self._cell)
