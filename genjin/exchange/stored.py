"""Tables between two steps of an import: cells, mappings and contexts as JSON and back. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from genjin.exchange.columns import ColumnMapping
from genjin.exchange.describing import MOST_LOOKED_AT, described
from genjin.exchange.entries import Entry, SheetContext, SheetReading, kind_of, people_in
from genjin.lib.sheets import Cell, Column, Row, Table
from genjin.lib.sheets.table import cell_str

if TYPE_CHECKING:
    from genjin.exchange.models import ImportLine

MOST_SAMPLES = 3
LONGEST_SAMPLE = 60
LONGEST_CELL = 20_000
#: The column of the download of refused rows that says why; taken up again it is left out.
REASON = "没有导入的原因"
#: What a spreadsheet would take for a formula, also behind blanks and quotes (I2).
RISKY = re.compile(r"[\s'\"]*[=+\-@\t\r＝＋－＠]")
_QUOTED = re.compile(r"'[\s'\"]*[=+\-@\t\r＝＋－＠]")


def quoted(text: str) -> str:
    """A text for a CSV cell: what might be a formula gets an apostrophe in front."""
    return f"'{text}" if RISKY.match(text) else text


def unquoted(text: str) -> str:
    """The text behind the apostrophe that `quoted` wrote."""
    return text[1:] if _QUOTED.match(text) else text


def to_json(cell: Cell) -> Any:
    """A cell as JSON; times keep their type."""
    if isinstance(cell, datetime):
        return {"at": cell.isoformat()}
    if isinstance(cell, date):
        return {"on": cell.isoformat()}
    if isinstance(cell, str):
        return cell.replace("\0", "")[:LONGEST_CELL]
    return cell if isinstance(cell, int | float | bool | None) else cell_str(cell)


def from_json(value: Any) -> Cell:
    """The cell that `to_json` stored."""
    if isinstance(value, dict):
        return datetime.fromisoformat(value["at"]) if "at" in value else date.fromisoformat(value["on"])
    cell: Cell = value
    return cell


def unquote_table(reading: SheetReading) -> None:
    """Take the apostrophes off that an export to CSV put before risky texts."""
    for place, row in enumerate(reading.table.rows):
        # Hardly any row holds one, so the rows are only looked through.
        if any([cell[:1] == "'" for cell in row.cells if isinstance(cell, str)]):  # noqa: C419
            cells = [unquoted(cell) if isinstance(cell, str) else cell for cell in row.cells]
            reading.table.rows[place] = Row(row.number, cells)


def leave_out(reading: SheetReading, headers: Collection[str]) -> None:
    """Columns that the house itself writes into its files are neither read nor kept as notes."""
    reading.mappings = [
        each._replace(confidence=1.0, zh="系统自己算", en="reckoned by the system")
        if each.field is None and each.header in headers
        else each
        for each in reading.mappings
    ]


def keep_names(reading: SheetReading, headers: Collection[str]) -> None:
    """In an export of records a heading like 竞争对手 means the record's field, not the customer's."""
    reading.mappings = [
        each._replace(field=None, confidence=0.99, zh="跟进记录的字段", en="a field of the record")
        if each.header in headers and each.field and each.field.startswith("customer.")
        else each
        for each in reading.mappings
    ]


def columns_json(reading: SheetReading, now: datetime) -> list[dict[str, Any]]:
    """The columns of one table with their proposed fields and some values; `now` is naive local time."""
    found = []
    for place, each in enumerate(reading.mappings):
        cells = [row.cells[place] for row in reading.table.rows[:MOST_LOOKED_AT]]
        values = (cell_str(cell) for cell in cells[:200])
        samples = list(dict.fromkeys(text[:LONGEST_SAMPLE] for text in values if text))[:MOST_SAMPLES]
        found.append(
            {
                "sheet": reading.table.sheet,
                "header": each.header,
                "field": each.field,
                "confidence": each.confidence,
                "reason": {"zh": each.zh, "en": each.en},
                "seen": described(each.field, each.header, cells, now),
                "sure": each.confidence >= 0.9,
                "occurrence": each.occurrence,
                "samples": samples,
            }
        )
    return found


def sheet_json(reading: SheetReading) -> dict[str, Any]:
    """What must be known of one table to draft a row of it again."""
    table = reading.table
    columns = [[each.index, each.header, each.group] for each in table.columns]
    return {
        "name": table.sheet,
        "rows": len(table.rows),
        "header_row": table.header_row,
        "title": table.title,
        "columns": columns,
        "context": asdict(reading.context),
        "people": people_of(reading),
    }


def people_of(reading: SheetReading) -> list[str]:
    """The names in the column of authors, for the rules."""
    places = [place for place, each in enumerate(reading.mappings) if each.field == "followup.author"]
    names = (cell_str(row.cells[place]) for place in places for row in reading.table.rows)
    return list(dict.fromkeys(name for name in names if 1 < len(name) < 5))[:40]


def reading_of(sheet: Mapping[str, Any], columns: Sequence[Mapping[str, Any]]) -> SheetReading:
    """A table without its rows, as the drafts need it."""
    places = [Column(index, header, group) for index, header, group in sheet["columns"]]
    table = Table(sheet["name"], sheet["header_row"], places, [], sheet["title"])
    return SheetReading(table, mappings_of(columns), SheetContext(**sheet["context"]))


def mappings_of(columns: Sequence[Mapping[str, Any]]) -> list[ColumnMapping]:
    return [
        ColumnMapping(
            each["header"],
            each["field"],
            each["confidence"],
            each["reason"]["zh"],
            each["reason"]["en"],
            each["occurrence"],
        )
        for each in columns
    ]


def remap(reading: SheetReading, mappings: list[ColumnMapping]) -> SheetReading:
    """The table under another mapping: what kind of sheet it is follows from its columns."""
    slugs = {each.field for each in mappings}
    context = replace(
        reading.context,
        kind=kind_of(slugs),
        person_customers=people_in(slugs),
    )
    return SheetReading(reading.table, mappings, context, reading.notes)


def entry_json(entry: Entry) -> dict[str, Any]:
    """The cells of an entry, to draft it again after a decision."""
    cells = {slug: to_json(cell) for slug, cell in entry.cells.items() if cell is not None and cell != ""}
    return {"cells": cells, "extras": {name[:60]: text[:2000] for name, text in entry.extras.items()}}


def entry_of(place: tuple[str, int, int], stored: Mapping[str, Any], changes: Mapping[str, str]) -> Entry:
    """The entry of a stored line, with the cells that a person mended."""
    cells = {slug: from_json(value) for slug, value in stored["cells"].items()}
    return Entry(*place, {**cells, **changes}, dict(stored["extras"]))


def entry_of_line(line: ImportLine) -> Entry:
    """The same of a line as it lies in the table, with what was decided about it."""
    return entry_of((line.sheet, line.number, line.part), line.values, line.decision.get("set", {}))
