"""Records as a Word file, a page each, to be edited and passed on (R-016, R-220). Texts in, bytes out.

The same pages as the PDF (`onepage.py`); a text keeps its marks, lists, tables and quotations.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from genjin.documents.onepage import Closing, PageSection, RecordPage, Row

_CHINESE, _LATIN = "微软雅黑", "Arial"
_PINE, _SOFT = RGBColor(0x1F, 0x6B, 0x4F), RGBColor(0x5D, 0x6B, 0x65)
_MARKS = {"task": _PINE, "risk": RGBColor(0xA8, 0x32, 0x1F), "feedback": RGBColor(0x87, 0x55, 0x00)}
_PAGES = {"zh": ("第 ", " / ", " 页"), "en": ("Page ", " / ", "")}
#: Millimetres: the page between its margins, a label, half a page.
_WHOLE, _LABEL, _HALF = 170, 32, 85
_LEADING = 17
_LINE, _TINT = "C9D1CC", "F3F6F4"
_NONE = {"zh": "没有填", "en": "Not filled in"}
#: What XML cannot hold.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def pages_docx(pages: Sequence[RecordPage], *, language: str, title: str, author: str, foot: str) -> bytes:
    """The Word file; what is longer than a page goes on to the next one, nothing is cut."""
    made = Document()
    made.core_properties.title, made.core_properties.author = _clean(title)[:200], _clean(author)[:200]
    _style(made)
    part = made.sections[0]
    part.page_width, part.page_height = Mm(210), Mm(297)
    part.left_margin = part.right_margin = Mm(20)
    part.top_margin, part.bottom_margin, part.footer_distance = Mm(18), Mm(20), Mm(10)
    _foot(part.footer.paragraphs[0], foot, _PAGES[language])
    for at, page in enumerate(pages):
        if at:
            made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _page(made, page, _NONE[language])
    whole = io.BytesIO()
    made.save(whole)
    return whole.getvalue()


def _style(made: Word) -> None:
    style = made.styles["Normal"]
    style.font.name, style.font.size = _LATIN, Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _CHINESE)
    # Where the font is not installed, this decides between the shapes of 简体 and those of other regions.
    style.element.rPr.append(_made("w:lang", val="en-US", eastAsia="zh-CN"))
    style.paragraph_format.space_after = Pt(2)
    # Exact, so that a label in Chinese and a value in digits stand on one line.
    style.paragraph_format.line_spacing = Pt(_LEADING)


def _made(tag: str, **values: str) -> Any:
    element = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _foot(line: Paragraph, foot: str, words: tuple[str, str, str]) -> None:
    """Who took it out, and at the right which page of how many."""
    before, between, after = words
    line.style = "Normal"  # that of footers has stops of its own
    line.paragraph_format.tab_stops.add_tab_stop(Mm(_WHOLE), WD_TAB_ALIGNMENT.RIGHT)
    _say(line, f"{foot}\t{before}", size=8, color=_SOFT)
    for field, text in (("PAGE", between), ("NUMPAGES", after)):
        shown = _made("w:fldSimple", instr=field)
        run = _made("w:r")
        look = _made("w:rPr")
        look.extend([_made("w:color", val=str(_SOFT)), _made("w:sz", val="16")])
        digit = _made("w:t")
        digit.text = "1"
        run.extend([look, digit])
        shown.append(run)
        line._element.append(shown)
        _say(line, text, size=8, color=_SOFT)


def _lay(table: Table, *widths: int, lines: bool = True) -> None:
    """Fixed columns (mm), thin lines, room around the words. Widths stand in the grid and in each cell: programs differ
    in which they read."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    properties = table._tbl.tblPr
    if lines:
        borders = _made("w:tblBorders")
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        borders.extend([_made(f"w:{side}", val="single", sz="4", space="0", color=_LINE) for side in sides])
        properties.append(borders)
    room = _made("w:tblCellMar")
    sizes = (("top", "50"), ("left", "100" if lines else "0"), ("bottom", "30"), ("right", "100"))
    room.extend([_made(f"w:{side}", w=size, type="dxa") for side, size in sizes])
    properties.append(room)


def _tint(cell: _Cell) -> None:
    cell._tc.get_or_add_tcPr().append(_made("w:shd", val="clear", color="auto", fill=_TINT))


def _page(made: Word, page: RecordPage, none: str) -> None:
    head = made.add_paragraph()
    head.paragraph_format.line_spacing = Pt(28)
    _say(head, page.title, bold=True, size=17)
    _say(head, f"　{page.kind}", color=_SOFT, size=9)
    facts = made.add_table(rows=(len(page.facts) + 1) // 2, cols=4)
    for at, (name, text) in enumerate(page.facts):
        cells = facts.rows[at // 2].cells
        _say(cells[at % 2 * 2].paragraphs[0], name, color=_SOFT)
        _say(cells[at % 2 * 2 + 1].paragraphs[0], text)
    _lay(facts, 22, _HALF - 22, 22, _HALF - 22, lines=False)
    for section in page.sections:
        _section(made, section, none)
    _closing(made, page.closing, none)


def _section(made: Word, section: PageSection, none: str) -> None:
    head = made.add_paragraph()
    head.paragraph_format.space_before, head.paragraph_format.keep_with_next = Pt(10), True
    _say(head, f"{section.number}{section.title}", bold=True, color=_PINE)
    if not section.rows:
        _say(made.add_paragraph(), none, color=_SOFT)
        return
    table = made.add_table(rows=0, cols=2)
    for row in section.rows:
        cells = table.add_row().cells
        _say(cells[0].paragraphs[0], row.label, color=_SOFT)
        _tint(cells[0])
        _fill(cells[1], row)
    _lay(table, _LABEL, _WHOLE - _LABEL)


def _closing(made: Word, boxes: Sequence[Closing], none: str) -> None:
    if not boxes:
        return
    made.add_paragraph()
    table = made.add_table(rows=1, cols=len(boxes))
    for cell, box in zip(table.rows[0].cells, boxes, strict=True):
        _say(cell.paragraphs[0], box.title, bold=True, color=_PINE)
        for text in box.texts or [none]:
            _say(cell.add_paragraph(), text)
    _lay(table, *[_WHOLE // len(boxes)] * len(boxes))


def _fill(cell: _Cell, row: Row) -> None:
    first = cell.paragraphs[0]
    if row.tree:
        _blocks(cell, row.tree)
        if not first.text and len(cell.paragraphs) > 1:
            first._element.getparent().remove(first._element)
        return
    several = len(row.texts) > 1
    for at, text in enumerate(row.texts):
        _say(first if at == 0 else cell.add_paragraph(), f"{at + 1}. {text}" if several else text)


def _blocks(cell: _Cell, tree: Sequence[Mapping[str, Any]]) -> None:
    for block in tree:
        kind = block["type"]
        if kind == "table":
            _table(cell, block["rows"])
        elif kind in ("bullets", "numbers"):
            _items(cell, block, 0)
        else:
            line = cell.add_paragraph()
            if kind == "quote":
                line.paragraph_format.left_indent = Mm(4)
                _spans(line, [{"text": "“"}, *block["text"], {"text": "”"}], color=_PINE)
            else:
                _spans(line, block["text"])


def _items(cell: _Cell, block: Mapping[str, Any], depth: int) -> None:
    for at, item in enumerate(block["items"]):
        line = cell.add_paragraph()
        line.paragraph_format.left_indent = Mm(4 + 5 * depth)
        sign = f"{at + 1}. " if block["type"] == "numbers" else "• "
        _spans(line, [{"text": sign}, *item["text"]])
        if item.get("list"):
            _items(cell, item["list"], depth + 1)


def _table(cell: _Cell, rows: Sequence[Sequence[Sequence[Mapping[str, Any]]]]) -> None:
    """Followed by the blank line that a cell must end with."""
    many = max(map(len, rows))
    table = cell.add_table(rows=len(rows), cols=many)
    _lay(table, *[(_WHOLE - _LABEL - 6) // many] * many)
    for at, row in enumerate(rows):
        for place, spans in enumerate(row):
            _spans(table.rows[at].cells[place].paragraphs[0], spans, bold=at == 0 and len(rows) > 1)


def _spans(
    line: Paragraph, spans: Sequence[Mapping[str, Any]], *, bold: bool = False, color: RGBColor | None = None
) -> None:
    for span in spans:
        _say(line, span["text"], bold=bold or bool(span.get("bold")), color=_MARKS.get(span.get("mark", ""), color))


def _say(
    line: Paragraph, text: str, *, bold: bool = False, size: float | None = None, color: RGBColor | None = None
) -> None:
    run = line.add_run(_clean(text))
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    if color is not None:
        run.font.color.rgb = color
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), _CHINESE)
    if not text.isascii():
        fonts.set(qn("w:hint"), "eastAsia")  # so that “ ” and … are as wide as the characters around them


def _clean(text: str) -> str:
    return _ILLEGAL.sub("", text)
