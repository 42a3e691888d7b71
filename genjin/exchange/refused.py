"""The download of rows that were not taken over: the old cells, and why, ready to be mended and taken up again."""

from __future__ import annotations

import io

import xlsxwriter

from genjin.exchange.models import ImportRun
from genjin.exchange.own_columns import book_of
from genjin.exchange.sheet_looks import LOOKED_AT, lay_out
from genjin.exchange.stored import REASON, from_json
from genjin.exchange.verdicts import CONFIRM, DUPLICATE, REFUSED
from genjin.lib.sheets.table import cell_str
from genjin.schema.shapes import Team

#: No text becomes a formula, a number or a link: what stands in a cell is what was written (I2).
PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": True,
}
LONGEST = 32_000


def refused_workbook(run: ImportRun) -> bytes:
    """One sheet under the standard headings, with the reason in the first column."""
    known = book_of(Team(run.org_id, run.org.config_version), str(run.options.get("target") or "")).fields
    rows: list[dict[str, str]] = []
    waiting = run.lines.filter(verdict__in=(REFUSED, CONFIRM, DUPLICATE), made={}).order_by("id")
    for line in waiting.iterator(chunk_size=2000):
        reasons = "；".join(problem["zh"] for problem in line.problems)
        row = {REASON: f"第 {line.number} 行：{reasons}"}
        cells = {**line.values["cells"], **line.decision.get("set", {})}
        for slug, value in cells.items():
            text = cell_str(from_json(value))
            if slug in known and text:
                row[known[slug].label] = text
        rows.append({**row, **line.values["extras"]})
    headers = list(dict.fromkeys(header for row in rows for header in row)) or [REASON]
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, PLAIN)
    sheet = book.add_worksheet("待处理")
    shown = [[row.get(header, "") for header in headers] for row in rows[:LOOKED_AT]]
    cut = [header[:LONGEST] for header in headers]
    looks = lay_out(book, sheet, cut, shown, title=run.file.name)
    for number, row in enumerate(rows, 1):
        looks.open_row(sheet, number, (row.get(header, "") for header in headers))
        for column, header in enumerate(headers):
            if header in row:
                sheet.write_string(number, column, row[header][:LONGEST], looks.text)
    book.close()
    return made.getvalue()
