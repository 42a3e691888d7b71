"""Spreadsheet reading: any of the usual files becomes rows of cells, or one sentence says why not. Pure."""

from genjin.lib.sheets.book import Cell, Sheet, SheetError, Workbook
from genjin.lib.sheets.reader import load_file, read_workbook
from genjin.lib.sheets.table import Column, Note, Row, Table, find_tables

__all__ = [
    "Cell",
    "Column",
    "Note",
    "Row",
    "Sheet",
    "SheetError",
    "Table",
    "Workbook",
    "find_tables",
    "load_file",
    "read_workbook",
]
