"""A .docx as lines and tables, in reading order, without recursion: anybody may have nested it as deep as he likes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from genjin.lib.papers.parts import MOST_COLUMNS, MOST_ROWS, Block, Cell, Grid, Line
from genjin.lib.sheets.content import damaged, too_large

MOST_XML = 20 * 1024 * 1024
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Never read as text: what was deleted, the second copy of a drawing, what only formats, a table in a cell.
_SKIPPED = {
    f"{_W}{name}" for name in ("del", "sdtPr", "pPr", "rPr", "tcPr", "tbl", "instrText", "moveFrom")
} | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}  # fmt: skip
_BOXES = {0xA8: "□", 0x6F: "□", 0xA3: "□", 0x71: "□", 0xFE: "☑", 0x52: "☑", 0xFD: "☑", 0x53: "☑", 0x54: "☑"}
_HEADING = re.compile(r"^(?:heading|标题|berschrift)?\s*([1-6])$|^(?:a3|title|标题)$", re.I)
_OFF = {"0", "false", "off", "none"}


def read_word(data: bytes) -> list[Block]:
    """The blocks of a file that `content.kind_of` took for a docx. Raises SheetError for a damaged or too large one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("word/document.xml") as part:
            xml = part.read(MOST_XML + 1)
        tree = ElementTree.fromstring(xml) if len(xml) <= MOST_XML else None
    except (zipfile.BadZipFile, LookupError, ElementTree.ParseError, OSError, RuntimeError, ValueError):
        # Also an encoding that nobody knows.
        raise damaged() from None
    if tree is None:
        raise too_large()
    body = tree.find(f"{_W}body")
    return list(_blocks(body)) if body is not None else []


def _blocks(body: Element) -> Iterator[Block]:
    waiting = list(body)[::-1]
    while waiting:
        node = waiting.pop()
        if node.tag == f"{_W}p":
            yield Line(_text(node), _level(node), _is_bold(node))
        elif node.tag == f"{_W}tbl":
            grid, inner = _grid(node)
            yield grid
            waiting += inner[::-1]
        elif node.tag not in _SKIPPED:
            waiting += list(node)[::-1]


def _walk(node: Element) -> Iterator[Element]:
    """What stands in a node, but for what is never text."""
    waiting = list(node)[::-1]
    while waiting:
        each = waiting.pop()
        if each.tag not in _SKIPPED:
            yield each
            waiting += [] if _is_placeholder(each) else list(each)[::-1]


def _is_placeholder(node: Element) -> bool:
    """A control that still shows 单击此处输入文字."""
    return node.tag == f"{_W}sdt" and node.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None


def _text(paragraph: Element) -> str:
    return "".join(map(_piece, _walk(paragraph))).strip()


def _piece(node: Element) -> str:
    name = node.tag.removeprefix(_W)
    if name == "t":
        return node.text or ""
    if name == "sym":
        code = re.fullmatch(r"[0-9A-Fa-f]{1,8}", node.get(f"{_W}char", ""))
        return _BOXES.get(int(code[0], 16) & 0xFF, "") if code else ""
    if name == "checkBox":
        states = [each.get(f"{_W}val", "1") for each in node if each.tag in (f"{_W}checked", f"{_W}default")]
        return "☑" if states and states[-1] not in _OFF else "□"
    return {"tab": "\t", "br": "\n", "cr": "\n"}.get(name, "")


def _level(paragraph: Element) -> int:
    outline = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
    if outline is not None and outline.get(f"{_W}val", "9") in "012345":
        return int(outline.get(f"{_W}val", "0")) + 1
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    found = _HEADING.fullmatch(style.get(f"{_W}val", "")) if style is not None else None
    return int(found[1] or 1) if found else 0


def _is_bold(node: Element) -> bool:
    runs = [run for run in node.iter(f"{_W}r") if any((each.text or "").strip() for each in run.iter(f"{_W}t"))]
    marks = [run.find(f"{_W}rPr/{_W}b") for run in runs]
    return bool(runs) and all(mark is not None and mark.get(f"{_W}val", "1") not in _OFF for mark in marks)


def _grid(table: Element) -> tuple[Grid, list[Element]]:
    """The table, and the tables within its cells."""
    rows: list[list[Cell]] = []
    inner: list[Element] = []
    open_at: dict[int, tuple[int, int]] = {}  # column → the place of the cell that reaches down
    for row in _children(table, "tr"):
        if len(rows) >= MOST_ROWS:
            break
        cells: list[Cell] = []
        column = _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
        for tc in _children(row, "tc"):
            across = _number(tc.find(f"{_W}tcPr/{_W}gridSpan"), 1)
            merge = tc.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None and merge.get(f"{_W}val") != "restart" and column in open_at:
                at, place = open_at[column]
                above = rows[at][place]
                rows[at][place] = _cell_like(above, above.down + 1)
            else:
                cells.append(_cell(tc, column, across))
                if merge is not None:
                    open_at[column] = (len(rows), len(cells) - 1)
                else:
                    open_at.pop(column, None)
                inner += [each for each in tc if each.tag == f"{_W}tbl"]
            column += across
            if column >= MOST_COLUMNS:
                break
        rows.append(cells)
    return Grid(rows, max((row[-1].end for row in rows if row), default=0)), inner


def _cell_like(cell: Cell, down: int) -> Cell:
    return Cell(cell.column, cell.text, cell.across, down, cell.options, cell.day, cell.strong, cell.help)


def _children(node: Element, name: str) -> Iterator[Element]:
    """Rows or cells, those inside a control too."""
    waiting = list(node)[::-1]
    while waiting:
        each = waiting.pop()
        if each.tag == f"{_W}{name}":
            yield each
        elif each.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            waiting += list(each)[::-1]


def _number(node: Element | None, usual: int) -> int:
    text = node.get(f"{_W}val", "") if node is not None else ""
    return min(int(text[:4]), MOST_COLUMNS) if text.isascii() and text.isdigit() else usual


def _cell(tc: Element, column: int, across: int) -> Cell:
    waiting = list(tc)[::-1]
    texts = []
    while waiting:
        node = waiting.pop()
        if node.tag == f"{_W}p":
            texts.append(_text(node))
        elif node.tag not in _SKIPPED and not _is_placeholder(node):
            waiting += list(node)[::-1]
    shade = tc.find(f"{_W}tcPr/{_W}shd")
    fill = shade.get(f"{_W}fill", "auto").lower() if shade is not None else "auto"
    strong = fill not in ("auto", "ffffff", "") or _is_bold(tc)
    text = "\n".join(filter(None, texts))
    return Cell(column, text, max(1, across), 1, _choices(tc), _asks_day(tc), strong)


def _choices(tc: Element) -> tuple[str, ...]:
    """What a drop-down in the cell offers."""
    found = []
    for item in tc.iter(f"{_W}listItem"):
        if item.get(f"{_W}value") != "":
            found.append(item.get(f"{_W}displayText") or item.get(f"{_W}value") or "")
    found += [entry.get(f"{_W}val", "") for entry in tc.iter(f"{_W}listEntry")]
    return tuple(each.strip()[:60] for each in found if each.strip() and not each.startswith(("选择", "请选择")))[:100]


def _asks_day(tc: Element) -> bool:
    return any(properties.find(f"{_W}date") is not None for properties in tc.iter(f"{_W}sdtPr"))
