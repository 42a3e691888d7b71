"""Colours and one column of text put into the XML of an xlsx; every other byte of the workbook stays as it was.

Libraries that load and save a workbook lose charts, pictures and shapes. Layout: ECMA-376 part 1, §18.3 (worksheets),
§18.8 (styles). What a file does differently from the usual raises `Unusual`, and the caller takes the library.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from genjin.exchange.sheet_looks import LINE, lines_of

_ROW = re.compile(r"<row\b([^>]*?)(/>|>(.*?)</row>)", re.DOTALL)
_CELL = re.compile(r"<c\b([^>]*?)(/>|>.*?</c>)", re.DOTALL)
_XF = re.compile(r"<xf\b[^>]*?(?:/>|>.*?</xf>)", re.DOTALL)
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
WIDTH = 60
#: Points, the most that Excel lets a row have.
_TALLEST = 409


class Unusual(ValueError):
    """The workbook is written in a way this module does not know."""


@dataclass(slots=True)
class SheetMarks:
    """What to put into one sheet: `colours[row][column]` is a fill, `texts[row]` goes into `column`. All from 1."""

    column: int
    header_row: int
    heading: str
    colours: dict[int, dict[int, str]] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)


def patch_workbook(data: bytes, marks: Mapping[str, SheetMarks]) -> bytes:
    """The workbook with the marks of each sheet (by name). Fills are ARGB colours. Raises Unusual."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        places = _sheet_parts(archive)
        styles_part = "xl/styles.xml"
        if styles_part not in archive.namelist() or not set(marks) <= set(places):
            raise Unusual("styles or sheets are elsewhere")
        styles = _Styles(archive.read(styles_part).decode("utf-8"))
        changed = {
            places[name]: _patch_sheet(archive.read(places[name]).decode("utf-8"), each, styles).encode("utf-8")
            for name, each in marks.items()
        }
        changed[styles_part] = styles.xml().encode("utf-8")
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in archive.infolist():
                target.writestr(entry, changed.get(entry.filename) or archive.read(entry))
    return buffer.getvalue()


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Name of each worksheet → its part in the archive."""
    try:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except (KeyError, ElementTree.ParseError) as error:
        raise Unusual(str(error)) from None
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    parts = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        parts[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return {name: part for name, part in parts.items() if part in archive.namelist()}


class _Styles:
    """The style sheet, to which filled copies of cell formats are added on demand."""

    def __init__(self, xml: str) -> None:
        self._xml = xml
        self._formats = _XF.findall(_section(xml, "cellXfs"))
        self._fills: dict[str, int] = {}
        self._first_fill = len(re.findall(r"<fill\b(?!s)", _section(xml, "fills")))
        self._made: dict[tuple[int, str], int] = {}
        self._added: list[str] = []

    def filled(self, style: int, colour: str) -> int:
        """The number of the format `style` with a fill of this colour; "" gives one that wraps text instead."""
        key = (style, colour)
        if key not in self._made:
            if style >= len(self._formats):
                raise Unusual(f"style {style}")
            changed = self._with_fill(self._formats[style], colour) if colour else _wrapped(self._formats[style])
            self._made[key] = len(self._formats) + len(self._added)
            self._added.append(changed)
        return self._made[key]

    def _with_fill(self, xf: str, colour: str) -> str:
        number = self._fills.setdefault(colour, self._first_fill + len(self._fills))
        return _with_attributes(xf, {"fillId": str(number), "applyFill": "1"})

    def xml(self) -> str:
        fills = "".join(
            f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/><bgColor indexed="64"/>'
            "</patternFill></fill>"
            for colour in self._fills
        )
        xml = _appended(self._xml, "fills", fills, len(self._fills))
        return _appended(xml, "cellXfs", "".join(self._added), len(self._added))


def _section(xml: str, name: str) -> str:
    found = re.search(rf"<{name}\b[^>]*>(.*?)</{name}>", xml, re.DOTALL)
    if not found:
        raise Unusual(name)
    return found.group(1)


def _appended(xml: str, name: str, content: str, more: int) -> str:
    def with_more(found: re.Match[str]) -> str:
        head = re.sub(r'count="(\d+)"', lambda count: f'count="{int(count.group(1)) + more}"', found.group(1))
        return head + found.group(2) + content + f"</{name}>"

    return re.sub(rf"(<{name}\b[^>]*>)(.*?)</{name}>", with_more, xml, count=1, flags=re.DOTALL)


def _with_attributes(tag: str, values: Mapping[str, str]) -> str:
    """The element with these attributes set on its opening tag."""
    end = tag.index(">")
    opening, rest = tag[:end].rstrip("/"), tag[end:]
    closed = tag[:end].endswith("/")
    for name, value in values.items():
        opening = re.sub(rf'\s{name}="[^"]*"', "", opening)
        opening += f' {name}="{value}"'
    return opening + ("/" if closed else "") + rest


def _wrapped(xf: str) -> str:
    opening = _with_attributes(xf[: xf.index(">") + 1].replace("/>", ">"), {"applyAlignment": "1"})
    return f'{opening}<alignment vertical="top" wrapText="1"/></xf>'


def _patch_sheet(xml: str, marks: SheetMarks, styles: _Styles) -> str:
    if "<sheetData" not in xml or re.search(r"<row\b(?![^>]*\br=)", xml):
        raise Unusual("rows without numbers")
    wanted = {marks.header_row, *marks.texts, *marks.colours}

    def patched(found: re.Match[str]) -> str:
        number = int(_attribute(found.group(1), "r"))
        if number not in wanted:
            return found.group(0)
        wanted.discard(number)
        cells = _patch_cells(found.group(3) or "", number, marks, styles)
        attributes = re.sub(r'\sspans="[^"]*"', "", found.group(1))
        if number in marks.texts:
            attributes = _with_height(attributes, marks.texts[number])
        return f"<row{attributes}>{cells}</row>"

    start, end = xml.index("<sheetData"), xml.index("</sheetData>") if "</sheetData>" in xml else -1
    if end < 0:
        raise Unusual("no cells")
    body = _ROW.sub(patched, xml[start:end])
    if wanted:
        raise Unusual(f"rows {sorted(wanted)[:3]} are missing")
    return _with_width(_with_dimension(xml[:start], marks.column), marks.column) + body + xml[end:]


def _patch_cells(cells: str, row: int, marks: SheetMarks, styles: _Styles) -> str:
    """The cells of one row with their colours, and the text cell in its place."""
    if _CELL.sub("", cells).strip():
        raise Unusual(f"row {row} holds more than cells")
    found: dict[int, str] = {}
    for cell in _CELL.finditer(cells):
        found[_column_of(_attribute(cell.group(1), "r"))] = cell.group(0)
    for column, colour in marks.colours.get(row, {}).items():
        cell_xml = found.get(column, f'<c r="{letters(column)}{row}"/>')
        style = int(_attribute(cell_xml[: cell_xml.index(">")], "s", "0"))
        found[column] = _with_attributes(cell_xml, {"s": str(styles.filled(style, colour))})
    text = marks.heading if row == marks.header_row else marks.texts.get(row)
    if text is not None:
        before = found.get(marks.column - 1, "<c>") if row == marks.header_row else "<c>"
        style = int(_attribute(before[: before.index(">")], "s", "0"))
        number = style if row == marks.header_row else styles.filled(0, "")
        shown = escape(_NOT_XML.sub("", text))
        place = f"{letters(marks.column)}{row}"
        found[marks.column] = (
            f'<c r="{place}" s="{number}" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'
        )
    return "".join(found[column] for column in sorted(found))


def _attribute(tag: str, name: str, default: str | None = None) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    if found:
        return found.group(1)
    if default is None:
        raise Unusual(f"no {name}")
    return default


def _column_of(place: str) -> int:
    number = 0
    for char in place:
        if not char.isalpha():
            break
        number = number * 26 + ord(char) - 64
    return number


def letters(column: int) -> str:
    """1 → A, 27 → AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def height_of(text: str) -> int:
    """Points that the findings of a row take: not every program makes room for them by itself."""
    return min(LINE * lines_of(text, WIDTH), _TALLEST)


def _with_height(attributes: str, text: str) -> str:
    """A row is made as high as its findings, never lower than it was."""
    found = re.search(r'\sht="([\d.]+)"', attributes)
    needed = max(height_of(text), float(found[1]) if found else 0)
    rest = re.sub(r'\s(?:ht|customHeight)="[^"]*"', "", attributes)
    return f'{rest} ht="{needed:g}" customHeight="1"'


def _with_dimension(head: str, column: int) -> str:
    def wider(found: re.Match[str]) -> str:
        last = max(_column_of(found.group(2)), column)
        return f'<dimension ref="{found.group(1)}:{letters(last)}{found.group(3)}"'

    return re.sub(r'<dimension ref="([A-Z]+\d+):([A-Z]+)(\d+)"', wider, head, count=1)


def _with_width(head: str, column: int) -> str:
    """A width for the new column, unless the sheet already sets one there."""
    width = f'<col min="{column}" max="{column}" width="{WIDTH}" customWidth="1"/>'
    if "<cols>" not in head:
        return f"{head}<cols>{width}</cols>"
    columns = re.findall(r'<col\b[^>]*\bmax="(\d+)"', head)
    if columns and max(map(int, columns)) >= column:
        return head
    return head.replace("</cols>", f"{width}</cols>", 1)
