"""read_workbook(): bytes of a spreadsheet file → Workbook, or one sentence why not."""

from __future__ import annotations

import io
import json
import pickle
import subprocess
import sys
from pathlib import Path, PurePath
from typing import Any, cast

import python_calamine

from genjin.lib.sheets.book import MOST_BYTES, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Cell, Sheet, SheetError, Workbook
from genjin.lib.sheets.content import damaged, encrypted, kind_of, too_large, too_wide
from genjin.lib.sheets.text import read_text

#: Formats whose parser may allocate what a damaged file tells it to: read in a process of their own.
_ISOLATED = frozenset({"xls", "xlsb", "ods"})
_ISOLATED_SECONDS = 30


def read_workbook(source: str | Path | bytes, filename: str = "") -> Workbook:
    """Read .xlsx .xls .xlsb .ods .csv; the content decides, not the name. Cells are not interpreted.

    Raises SheetError (empty, encrypted, damaged, renamed, too large, unknown encoding) before memory is spent.
    """
    if isinstance(source, bytes):
        data = source
    else:
        data, filename = load_file(Path(source)), filename or PurePath(source).name
    kind = kind_of(data)
    if kind == "text":
        return read_text(data, PurePath(filename).stem or "Sheet1")
    sheets = _apart(data) if kind in _ISOLATED else read_sheets(data)
    if not any(sheet.rows for sheet in sheets):
        raise SheetError("empty", "表里没有内容", "The workbook has no content")
    return Workbook(kind, sheets)


def load_file(path: Path) -> bytes:
    """The bytes of a file. Raises SheetError when it is missing, a folder, unreadable or too large."""
    try:
        if path.is_dir():
            raise SheetError("not-found", f"“{path.name}”是文件夹，不是文件", f'"{path.name}" is a folder')
        if path.stat().st_size > MOST_BYTES:
            raise too_large()
        return path.read_bytes()
    except FileNotFoundError:
        raise SheetError("not-found", f"找不到文件“{path.name}”", f'File "{path.name}" not found') from None
    except OSError:
        raise SheetError("not-found", f"打不开文件“{path.name}”", f'File "{path.name}" cannot be opened') from None


def read_sheets(data: bytes) -> list[Sheet]:
    """All worksheets of a binary workbook. Raises SheetError."""
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [_sheet(book, meta) for meta in book.sheets_metadata if _is_worksheet(meta)]
    except SheetError:
        raise
    except MemoryError:
        raise too_large() from None
    except python_calamine.PasswordError:
        raise encrypted() from None
    except Exception:
        raise damaged() from None
    except BaseException as error:
        # A panic of the parser is no Exception; anything else (Ctrl C) goes on.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged() from None


def _is_worksheet(meta: Any) -> bool:
    return bool(meta.typ == python_calamine.SheetTypeEnum.WorkSheet)


def _sheet(book: python_calamine.CalamineWorkbook, meta: Any) -> Sheet:
    hidden = meta.visible != python_calamine.SheetVisibleEnum.Visible
    if hidden:
        # Never taken over, so never unpacked.
        return Sheet(meta.name, [], True)
    sheet = book.get_sheet_by_name(meta.name)
    if sheet.end is None:
        return Sheet(meta.name, [])
    height, width = sheet.end[0] + 1, sheet.end[1] + 1
    if height > MOST_ROWS or height * width > MOST_CELLS:
        raise too_large()
    if width > MOST_COLUMNS:
        raise too_wide()
    merges = [(r0, c0, r1, c1) for (r0, c0), (r1, c1) in sheet.merged_cell_ranges or ()]
    rows = cast(list[list[Cell]], sheet.to_python(skip_empty_area=False))
    return Sheet(meta.name, rows, False, merges)


def _apart(data: bytes) -> list[Sheet]:
    """read_sheets in a process with a memory limit, so that a hostile file cannot take this one down."""
    command = [sys.executable, "-m", "genjin.lib.sheets.apart"]
    root = str(Path(__file__).resolve().parents[3])
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=_ISOLATED_SECONDS, cwd=root, check=False
        )
    except subprocess.TimeoutExpired:
        raise too_large() from None
    if done.returncode == 0:
        sheets: list[Sheet] = pickle.loads(done.stdout)
        return sheets
    try:
        told = json.loads(done.stderr.splitlines()[-1])
        raise SheetError(told["code"], told["zh"], told["en"])
    except (IndexError, KeyError, TypeError, json.JSONDecodeError):
        raise damaged() from None
