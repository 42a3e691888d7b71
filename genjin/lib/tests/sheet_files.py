"""Spreadsheet files made by hand for the tests of the reader: xlsx, ods and the old xls."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

import openpyxl


def xlsx(
    rows: Sequence[Sequence[Any]], *, merge: Sequence[str] = (), name: str = "Sheet1", hidden: Sequence[str] = ()
) -> bytes:
    """One visible sheet of rows; `hidden` names further sheets, which are hidden and hold one row."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    for area in merge:
        sheet.merge_cells(area)
    for title in hidden:
        other = book.create_sheet(title)
        other.append(["客户名称", "跟进内容"])
        other.append(["不该读的公司", "不该读"])
        other.sheet_state = "hidden"
    return saved(book)


def sheets_xlsx(sheets: dict[str, Sequence[Sequence[Any]]]) -> bytes:
    """Several visible sheets."""
    book = openpyxl.Workbook()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ods(rows: Sequence[Sequence[str]], *, extra: str = "") -> bytes:
    """An OpenDocument sheet of texts; `extra` is put after the rows as it is."""
    body = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="表1">{body}{extra}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
        }
    )


def zipped(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def replaced(data: bytes, part: str, content: bytes) -> bytes:
    """The same archive with one part replaced or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**parts, part: content})


def xls(rows: Sequence[Sequence[str | float]]) -> bytes:
    """A BIFF8 workbook of one sheet in a compound file, as Excel 97 writes it."""
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", number, column, 0)
            if isinstance(value, str):
                text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
                sheet += _record(0x204, place + text)
            else:
                sheet += _record(0x203, place + struct.pack("<d", value))
    sheet += _record(0x0A, b"")
    name = "Sheet1".encode("utf-16-le")
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)) + _record(0x42, struct.pack("<H", 1200))
    bound = struct.pack("<IHBB", 0, 0, 6, 1) + name
    start = len(head) + 4 + len(bound) + 4
    book = head + _record(0x85, struct.pack("<I", start) + bound[4:]) + _record(0x0A, b"") + sheet
    return compound({"Workbook": book})


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file (OLE) of a few streams, each padded to 4,096 bytes so that no mini stream is needed."""
    sectors: list[bytes] = []
    fat: list[int] = []
    entries = [_entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)]
    for name, content in streams.items():
        content = content.ljust(4096, b"\0")
        content += b"\0" * (-len(content) % 512)
        first = len(sectors)
        count = len(content) // 512
        sectors += [content[place * 512 : place * 512 + 512] for place in range(count)]
        fat += [first + place + 1 for place in range(count - 1)] + [0xFFFFFFFE]
        entries.append(_entry(name, 2, 0xFFFFFFFF, first, len(content)))
    directory = b"".join(entries).ljust(512, b"\0")
    directory_at = len(sectors)
    sectors.append(directory)
    fat.append(0xFFFFFFFE)
    fat_at = len(sectors)
    fat.append(0xFFFFFFFD)
    fat += [0xFFFFFFFF] * (128 - len(fat))
    sectors.append(struct.pack("<128I", *fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += b"\0" * 6 + struct.pack("<IIIIIIIII", 0, 1, directory_at, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", fat_at, *([0xFFFFFFFF] * 108))
    return header + b"".join(sectors)


def _entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        + b"\0" * 36
        + struct.pack("<IQ", first, size)
    )
