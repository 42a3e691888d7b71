"""Documents as text: bounded reading of files that anybody may have made. Pure."""

from __future__ import annotations

import codecs
import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from genjin.lib.errors import Refusal
from genjin.lib.sheets import SheetError, read_workbook
from genjin.lib.sheets.table import cell_str

MOST_TEXT = 20_000
MOST_XML = 20 * 1024 * 1024
FIRST_ROWS, FIRST_COLUMNS = 50, 30
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _unreadable() -> Refusal:
    return Refusal("这个文件打不开，下载后看看", "The file cannot be shown; download it", status=422, code="unreadable")


def docx_text(data: bytes) -> str:
    """The paragraphs of a .docx, one a line, and the rows of its tables, at most 20,000 characters.

    Cells are a tab apart. Raises 422 for a damaged one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("word/document.xml") as part:
            xml = part.read(MOST_XML + 1)
        if len(xml) > MOST_XML or b"<!DOCTYPE" in xml[:2000] or b"<!ENTITY" in xml:
            raise _unreadable()
        tree = ElementTree.fromstring(xml)
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, OSError, ValueError, RuntimeError):
        raise _unreadable() from None
    return "\n".join(_lines(tree))[:MOST_TEXT]


def _lines(tree: ElementTree.Element) -> Iterator[str]:
    """In reading order, without recursion: anybody may have nested the file as deep as he likes."""
    told: set[int] = set()
    for node in tree.iter():
        if id(node) in told:
            continue
        if node.tag == f"{_WORD}tr":
            told.update(id(each) for each in node.iter())
            cells = ((_words(each) for each in cell.iter(f"{_WORD}p")) for cell in node.findall(f"{_WORD}tc"))
            yield "\t".join(" ".join(filter(None, cell)) for cell in cells)
        elif node.tag == f"{_WORD}p":
            yield _words(node)


def _words(paragraph: ElementTree.Element) -> str:
    return "".join(_run(each) for each in paragraph.iter())


def _run(node: ElementTree.Element) -> str:
    if node.tag == f"{_WORD}t":
        return node.text or ""
    return {f"{_WORD}tab": "\t", f"{_WORD}br": "\n"}.get(node.tag, "")


def first_rows(data: bytes, name: str) -> list[list[str]]:
    """The first 50 rows of the first visible sheet as texts. Raises 422 for a damaged one."""
    try:
        book = read_workbook(data, name)
    except SheetError as error:
        raise Refusal(error.zh, error.en, status=422, code=error.code) from None
    sheet = next((each for each in book.sheets if not each.hidden and each.rows), None)
    if sheet is None:
        return []
    top = (row[:FIRST_COLUMNS] for row in sheet.rows[:FIRST_ROWS])
    return [[cell_str(cell)[:200] for cell in row] for row in top]


def plain_text(data: bytes) -> str:
    """The beginning of a text file in UTF-8 or GB18030."""
    head = data[: MOST_TEXT * 4]
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(head, final=len(head) == len(data))
            return text[:MOST_TEXT]
        except UnicodeDecodeError:
            continue
    raise _unreadable()
