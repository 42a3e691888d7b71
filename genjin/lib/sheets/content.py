"""What a file really is, told from its bytes, and whether it is safe to open (security I6)."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from genjin.lib.sheets.book import (
    MOST_BYTES,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_RATIO,
    MOST_ROWS,
    MOST_UNPACKED,
    RATIO_FROM,
    SheetError,
)

_OTHER_KINDS = (
    (b"%PDF", "PDF", "a PDF"),
    (b"\x89PNG", "图片", "a picture"),
    (b"\xff\xd8\xff", "图片", "a picture"),
    (b"GIF8", "图片", "a picture"),
    (b"MZ", "程序", "a program"),
    (b"\x7fELF", "程序", "a program"),
    (b"Rar!", "压缩包", "an archive"),
    (b"7z\xbc\xaf", "压缩包", "an archive"),
    (b"\x1f\x8b", "压缩包", "an archive"),
    (b"{\\rtf", "RTF 文档", "an RTF document"),
)
_WEB_PAGE = re.compile(rb"^\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|\?xml|meta|head)", re.IGNORECASE)
# Filled cells beyond column Z, and row numbers.
_CELL = re.compile(rb' r="([A-Z]{2,3})(\d{1,7})"[^<>]{0,200}>\s*<(?:\w+:)?(?:v|is|f)\b')
_ROW = re.compile(rb'<(?:\w+:)?row [^<>]{0,300}?r="(\d{1,9})"')
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ODS_CELL = re.compile(rb'<table:table-cell\b([^>]*number-columns-repeated="(\d{3,})"[^>]*)>')
_ODS_ROW = re.compile(rb'<table:table-row\b[^>]*number-rows-repeated="(\d{3,})"[^>]*>(.*?)</table:table-row>', re.S)
_BUFFER = 1 << 20
_OVERLAP = 600


def kind_of(data: bytes, *, documents: bool = False) -> str:
    """xlsx, xls, xlsb, ods or text; docx where `documents` are welcome too.

    Raises SheetError for empty, encrypted, foreign, damaged or oversized content.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise SheetError("empty", "文件是空的，没有内容可读", "The file is empty")
    if len(data) > MOST_BYTES:
        raise too_large()
    if data.startswith(b"PK"):
        return _zip_kind(data, documents)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _ole_kind(data, documents)
    for magic, zh, en in _OTHER_KINDS:
        if data.startswith(magic):
            wanted, wanted_en = (
                (" Word 或 Excel 文档", "a Word or Excel document") if documents else ("表格", "a sheet")
            )
            raise SheetError(
                "not-a-sheet",
                f"这个文件的内容是{zh}，不是{wanted}",
                f"The content of this file is {en}, not {wanted_en}",
            )
    if _WEB_PAGE.match(data[:200]):
        raise SheetError(
            "web-page",
            "这是网页格式的表格，用 Excel 或 WPS 打开后另存为 xlsx 再来",
            "This is a web page saved as a sheet; open it in Excel and save it as xlsx",
        )
    return "text"


def too_large() -> SheetError:
    zh = f"文件太大或展开后太大（最多 {MOST_ROWS // 10000} 万行），拆成几份再来"
    return SheetError("too-large", zh, f"The file is too large when unpacked (at most {MOST_ROWS} rows); split it")


def too_wide() -> SheetError:
    zh = f"列太多（最多 {MOST_COLUMNS} 列），表里多半有写错的格子"
    return SheetError("too-large", zh, f"Too many columns (at most {MOST_COLUMNS})")


def damaged() -> SheetError:
    return SheetError(
        "damaged", "文件损坏或没有传完整，重新保存一份再来", "The file is damaged or incomplete; save it again"
    )


def encrypted() -> SheetError:
    return SheetError("encrypted", "文件加了密码，去掉密码另存后再来", "The file has a password; save it without one")


def _ole_kind(data: bytes, documents: bool) -> str:
    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise encrypted()
    if holds("Workbook") or holds("Book"):
        return "xls"
    if documents and holds("WordDocument"):
        raise SheetError(
            "old-word", "这是旧版 Word（.doc），另存为 docx 再来", "This is an old Word file (.doc); save it as docx"
        )
    if holds("WordDocument") or holds("PowerPoint Document"):
        raise SheetError("not-a-sheet", "这是 Word 或 PPT 文件，不是表格", "This is a document or slides, not a sheet")
    raise damaged()


def _zip_kind(data: bytes, documents: bool) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = _named_kind(names, documents)
            entries = archive.infolist()
            if any(entry.flag_bits & 1 for entry in entries):
                raise encrypted()
            if sum(entry.file_size for entry in entries) > MOST_UNPACKED or len(entries) > 10_000:
                raise too_large()
            if any(entry.file_size > max(RATIO_FROM, entry.compress_size * MOST_RATIO) for entry in entries):
                raise too_large()
            for entry in entries:
                _inspect(archive, entry)
            return kind
    except SheetError:
        raise
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, LookupError, OSError, RuntimeError, ValueError):
        # What a damaged archive raises depends on the byte that is wrong.
        raise damaged() from None


def _named_kind(names: set[str], documents: bool) -> str:
    if documents and "word/document.xml" in names:
        return "docx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names or any(re.fullmatch(r"xl/workbook\d*\.xml", name) for name in names):
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise SheetError("not-a-sheet", "这是 Word 或 PPT 文件，不是表格", "This is a document or slides, not a sheet")
    if "[Content_Types].xml" in names:
        raise damaged()
    raise SheetError(
        "not-a-sheet", "这是压缩包，解开后传里面的表格", "This is an archive; unpack it and use the sheet inside"
    )


def _inspect(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unpack one part in pieces: a wrong size or checksum shows here, before any parser sees the file."""
    is_xml = entry.filename.endswith((".xml", ".rels"))
    # A workbook may keep its sheets under any name, so every part is measured.
    area = _Area() if is_xml else None
    tail, parts = b"", []
    with archive.open(entry) as part:
        while piece := part.read(_BUFFER):
            if is_xml and _DECLARED.search(tail + piece):
                raise _unsafe()
            if area:
                area.add(tail + piece)
            if entry.filename == "content.xml":
                parts.append(piece)
            tail = piece[-_OVERLAP:]
    if area:
        area.check()
    if parts:
        _check_ods(b"".join(parts))
    if entry.filename == "META-INF/manifest.xml" and b"encryption-data" in archive.read(entry):
        raise encrypted()


def _unsafe() -> SheetError:
    return SheetError(
        "unsafe", "文件里有不该有的 XML 声明，没有打开", "The file holds an XML declaration that is not allowed"
    )


class _Area:
    """How far the filled cells of a sheet reach: readers allocate the whole rectangle."""

    def __init__(self) -> None:
        self.rows = 1
        self.columns = 0

    def add(self, xml: bytes) -> None:
        """Note a piece; pieces overlap, so that no cell is cut."""
        last = max(xml.rfind(b"<row "), xml.rfind(b":row "))
        found = _ROW.search(xml, max(0, last - 20)) if last >= 0 else None
        if found:
            self.rows = max(self.rows, int(found.group(1)))
        for column, row in _CELL.findall(xml):
            self.columns = max(self.columns, _column_number(column))
            self.rows = max(self.rows, int(row))

    def check(self) -> None:
        if self.rows * self.columns > MOST_CELLS:
            raise too_large()


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_ods(xml: bytes) -> None:
    """OpenDocument repeats cells by count; a repeated filled cell is a bomb of a few bytes."""
    for attributes, times in _ODS_CELL.findall(xml):
        if b"value-type" in attributes and int(times) > 1000:
            raise too_large()
    for times, body in _ODS_ROW.findall(xml):
        if b"value-type" in body and int(times) > 10_000:
            raise too_large()
