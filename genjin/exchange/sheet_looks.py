"""How sheets that go out look: columns as wide as what stands in them, and a page that prints. Pure."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

#: Characters: what a column has at least and at most; longer texts break into lines.
_LEAST, _MOST = 8, 46
#: So many fit on a landscape A4 page at a size that is still read.
_PAGE = 135
#: Rows that are looked at for the widths.
LOOKED_AT = 200
_A4 = 9
#: One font for all signs, so that they stand on one line; points, and the height of a line.
FONT = {"font_name": "微软雅黑", "font_size": 10}
LINE = 16
#: What a row can hold at most, and how much of a text is measured.
_MOST_LINES, _LOOKED_INTO = 25, 1500


def width_of(text: str) -> int:
    """The longest line in characters; a Chinese one counts two."""
    return max((sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)
                for line in text[:_LOOKED_INTO].split("\n")), default=0)  # fmt: skip


def widths_of(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """The width of each column: nine of ten cells fit on a line, the rest break."""
    found = []
    for column, header in enumerate(headers):
        each = sorted(width_of(row[column]) for row in rows if column < len(row) and row[column])
        usual = each[int(len(each) * 0.9)] if each else 0
        found.append(min(max(usual, width_of(header), _LEAST - 2), _MOST - 2) + 2)
    return found


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes in a column. Short ones, which are nearly all, are not measured."""
    if len(text) * 2 < width and "\n" not in text:
        return 1
    return sum(max(1, math.ceil(width_of(line) / (width * 1.05))) for line in text[:_LOOKED_INTO].split("\n"))


@dataclass(frozen=True, slots=True)
class Looks:
    """The formats of a sheet's cells, and how wide its columns are."""

    widths: Sequence[int]
    text: Any
    number: Any

    def open_row(self, sheet: Any, number: int, texts: Iterable[str]) -> None:
        """Give a row the height of its longest cell, before it is written: not every program finds that out itself."""
        lines = max((lines_of(text, width) for text, width in zip(texts, self.widths, strict=True)), default=1)
        if lines > 1:
            sheet.set_row(number, LINE * min(lines, _MOST_LINES))


def lay_out(
    book: Any, sheet: Any, headers: Sequence[str], rows: Sequence[Sequence[str | float | None]], *, title: str
) -> Looks:
    """Write the head row and set columns and page; `rows`: the first ones.

    The head is repeated on each page, and the first column where a row needs more than one.
    """
    texts = [["" if value is None else str(value) for value in row] for row in rows]
    widths = widths_of(headers, texts)
    head = {**FONT, "bold": True, "bg_color": "#EEF3F0", "bottom": 1, "bottom_color": "#9FB0A7", "valign": "vcenter",
            "text_wrap": True}  # fmt: skip
    left, right = book.add_format(head), book.add_format({**head, "align": "right", "indent": 1})
    for column, (header, width) in enumerate(zip(headers, widths, strict=True)):
        held = [row[column] for row in rows if column < len(row) and row[column] not in (None, "")]
        numeric = bool(held) and not any(isinstance(value, str) for value in held)
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, header, right if numeric else left)
    sheet.set_default_row(LINE)
    sheet.freeze_panes(1, 1 if len(headers) > 6 else 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(0)
    across = max(1, math.ceil(sum(widths) / _PAGE))
    if across > 1:
        sheet.repeat_columns(0)
    sheet.fit_to_pages(across, 0)
    plain = title.replace("&", "&&")
    sheet.set_footer(f"&L&8{plain}&R&8&P / &N")
    cell = {**FONT, "text_wrap": True, "valign": "top"}
    return Looks(widths, book.add_format(cell), book.add_format({**cell, "align": "right", "indent": 1}))
