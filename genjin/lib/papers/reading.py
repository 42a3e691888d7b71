"""read_paper(): the shapes in which teams lay out a form, as fields in order (R-220).

Two or four columns of labels and values, a head row with empty rows below, a list of fields with what is to be filled
in, lines such as 客户名称：____, headings with room below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from genjin.lib.papers.book import read_book
from genjin.lib.papers.kinds import few_values, kind_of
from genjin.lib.papers.labels import (
    IsLabel,
    heading_level,
    hint_of,
    is_blank,
    is_day_blank,
    is_label_like,
    is_note,
    pairs_of,
    read_label,
    split_options,
    ticked_options,
)
from genjin.lib.papers.parts import LONGEST_HELP, MOST_BYTES, MOST_FIELDS, Asked, Block, Cell, Grid, Line, Paper
from genjin.lib.papers.shapes import Roles, dictionary_of, head_of, is_alone, is_total, side_group
from genjin.lib.papers.word import read_word
from genjin.lib.sheets.book import SheetError
from genjin.lib.sheets.content import kind_of as content_kind
from genjin.lib.sheets.content import too_large
from genjin.lib.sheets.table import Note

_SKIPPED = re.compile(r"^(?:序号|序|no\.?|#|行号|合计|总计|小计|页码|第.{0,3}页.*)$", re.I)
_MUST = re.compile(r"是|必填|必须|√|✓|Y|M|★", re.I)
_TITLE = re.compile(r"^[^:：。，]{2,30}(?:表|报告|总结|登记|记录|模板|单)$")
_AGAIN = re.compile(r"第[二三四五六七八九十2-9]\d?次")
_FIRST_TIME = re.compile(r"^第[一1]次")


def read_paper(data: bytes, name: str = "", is_label: IsLabel = lambda text: False) -> Paper:
    """What a Word or Excel template asks, in its order. `is_label`: is this text the name of a field that people know?

    Raises SheetError: empty, encrypted, damaged, renamed, too large, full of data, or nothing that reads as a form.
    """
    if len(data) > MOST_BYTES:
        raise too_large()
    word = content_kind(data, documents=True) == "docx"
    blocks = read_word(data) if word else read_book(data, name)
    paper = _Reader(is_label).read(blocks)
    paper.title = paper.title or (re.sub(r"\s+", " ", PurePath(name).stem)[:60] if name else "")
    if not paper.fields:
        raise SheetError(
            "no-form",
            "没有读出字段：模板里要有标签和留空的格子（两列、四列的表，或一行表头），或“客户名称：”这样的行",
            "No field was found: the template needs labels with room beside or below them",
        )
    if len(paper.fields) > MOST_FIELDS:
        paper.notes.append(Note(f"只取了前 {MOST_FIELDS} 个字段", f"Only the first {MOST_FIELDS} fields were taken"))
        del paper.fields[MOST_FIELDS:]
    return paper


class _Reader:
    """Goes through the blocks and remembers under which heading it stands."""

    def __init__(self, is_label: IsLabel) -> None:
        self.is_label = is_label
        self.paper = Paper()
        self.group = ""
        self.level = 0
        #: A heading below which nothing was asked yet is asked itself: its label, hint and what stands there.
        self.bare: tuple[str, list[str], list[str]] | None = None
        self.again = False

    def read(self, blocks: Sequence[Block]) -> Paper:
        for block in blocks:
            if isinstance(block, Line):
                self._line(block)
            else:
                self._grid(block)
        self._close()
        if self.again:
            zh = "第二次起的重复列没有取：每次跟进是一条记录"
            self.paper.notes.append(Note(zh, "Columns repeated for later contacts were left out: each is a record"))
        return self.paper

    # ── lines ──

    def _line(self, line: Line) -> None:
        for text in filter(None, map(str.strip, line.text.split("\n"))):
            self._one_line(text, line)

    def _one_line(self, text: str, line: Line) -> None:
        if self._asks_inline(text):
            return
        numbered = heading_level(text)
        if line.level or numbered or (line.strong and len(text) <= 24 and not re.search(r"[。；，]", text)):
            self._heading(text, numbered, by_style=bool(line.level))
        elif self._untitled() and len(text) <= 40:
            self.paper.title = _title(text)
        elif self.bare:
            hint = hint_of(text) or (text if is_note(text) else "")
            _, hints, said = self.bare
            (hints if hint else said).append(hint or text)

    def _asks_inline(self, text: str) -> bool:
        pairs = [] if is_note(text) else list(pairs_of(text))
        # 结论：… over a whole line is prose, unless people know the label.
        fits = [
            each for each in pairs if len(each[1]) <= 60 or self.is_label(read_label(each[0]).text) or len(pairs) == 1
        ]
        for label, value in fits:
            self._add(label, [Cell(0, value)])
        return bool(fits)

    def _heading(self, text: str, numbered: int, *, by_style: bool = False) -> None:
        label = read_label(text).text
        if not numbered and self._untitled():
            self.paper.title = _title(text)
            return
        if numbered == 2 and self.level == 1 and not by_style:
            # 1. … below 一、… asks something.
            self._add(text, [Cell(0, "", 9)])
            return
        self._close()
        self.level = numbered or 1
        self.group = label
        self.bare = (text, [read_label(text).help] if read_label(text).help else [], [])

    def _untitled(self) -> bool:
        """Nothing was read yet, so that the next short line is the name of the form."""
        return not self.paper.title and not self.paper.fields and self.bare is None

    def _close(self) -> None:
        if self.bare is None:
            return
        (text, hints, said), self.bare = self.bare, None
        held, self.group = self.group, ""
        if is_label_like(text):
            self._add(text, [Cell(0, "\n".join(said), 9)], help_="，".join(hints))
        self.group = held

    # ── tables ──

    def _grid(self, grid: Grid) -> None:
        if roles := dictionary_of(grid):
            for row in grid.rows[roles.row + 1 :]:
                self._told(row, roles)
            return
        at, until, outer = 0, 0, self.group
        while at < len(grid.rows):
            row = grid.rows[at]
            if until and at >= until:
                self.group, until = outer, 0
            if is_total(row) or self._is_title(row, at):
                at += 1
                continue
            head = head_of(grid, at, self.is_label)
            if head:
                for column in head.columns:
                    self._column(column.group, column.label, column.cells)
                at = head.end
                continue
            if is_alone(row, grid.width):
                self._alone(row, grid, at)
            else:
                side = side_group(row)
                if side:
                    self._close()
                    outer, until = self.group, at + side.down
                    self.group = read_label(side.text).text
                self._pairs([each for each in row if each is not side], grid.width)
            at += 1

    def _is_title(self, row: Sequence[Cell], at: int) -> bool:
        """The name of the form in its first rows, over no merged cells or for a second time."""
        filled = [cell for cell in row if cell.filled]
        if len(filled) != 1 or at > 1 or self.paper.fields or not _TITLE.search(filled[0].text.strip()):
            return False
        if heading_level(filled[0].text) or filled[0] is not row[0]:
            return False
        self.paper.title = self.paper.title or _title(filled[0].text)
        return True

    def _alone(self, row: Sequence[Cell], grid: Grid, at: int) -> None:
        cell = next((each for each in row if each.filled), None)
        if cell is None:
            return
        text = cell.text
        options, _ = ticked_options(text)
        below = grid.rows[at + 1] if at + 1 < len(grid.rows) else []
        heads = len(text) <= 24 and "\n" not in text and not options and not hint_of(text) and not is_note(text)
        if heads and not any(True for _ in pairs_of(text)):
            if below and not heading_level(text) and self._untitled():
                self.paper.title = _title(text)
            else:
                self._heading(text, heading_level(text) or 1, by_style=True)
            return
        self._line(Line(text))

    def _column(self, group: str, label: str, cells: Sequence[Cell]) -> None:
        if _AGAIN.match(group) or _AGAIN.match(label):
            self.again = True
            return
        held = self.group
        if group:
            self._close()
            self.group = "" if _FIRST_TIME.match(group) else read_label(group).text
        self._add(_FIRST_TIME.sub("", label) or label, cells, column=True)
        self.group = held

    def _pairs(self, row: Sequence[Cell], width: int) -> None:
        """Label, value, label, value …; a hint may stand behind a value."""
        at = 0
        while at < len(row):
            cell, value = row[at], row[at + 1] if at + 1 < len(row) else None
            at += 1
            if not cell.filled:
                continue
            inline = list(pairs_of(cell.text))
            if any(not is_blank(said) for _, said in inline) or (inline and value is None):
                self._asks_inline(cell.text)
            elif value is None:
                self._behind(cell.text)
            elif is_label_like(cell.text) and not ticked_options(cell.text)[0]:
                at += 1
                hint = row[at] if at < len(row) else None
                told = ""
                if hint is not None and at == len(row) - 1 and hint.filled and _only_told(hint.text, value.text):
                    told, at = hint_of(hint.text) or hint.text, at + 1
                self._add(cell.text, [value], help_=told, wide=value.across >= max(3, width - 1))

    def _behind(self, text: str) -> None:
        """A lonely last cell: what the field before it means, or a label without room."""
        if hint_of(text) and self.paper.fields:
            last = self.paper.fields[-1]
            last.help = last.help or hint_of(text)
        elif self.is_label(read_label(text).text):
            self._add(text, [])

    def _told(self, row: Sequence[Cell], roles: Roles) -> None:
        """One row of a list of fields."""
        by_column = {cell.column: cell for cell in row}
        name = by_column.get(roles.label)
        if name is None or not name.filled or not is_label_like(name.text):
            return
        blank = Cell(0, "")
        told, must, value = (
            by_column.get(-1 if at is None else at, blank) for at in (roles.help, roles.required, roles.sample)
        )
        ticks = ticked_options(told.text)[0]
        options = split_options(told.text) or ticks
        if value.filled and options and value.text.strip() not in options:
            options = ()  # 手机/微信/邮箱 with 13800000000 beside it tells ways, not choices
        self._add(
            name.text,
            [value],
            help_="" if ticks else told.text,
            options=options,
            must=bool(_MUST.match(must.text.strip())),
        )

    # ── one field ──

    def _add(
        self,
        raw: str,
        cells: Sequence[Cell],
        *,
        help_: str = "",
        options: Sequence[str] = (),
        must: bool = False,
        wide: bool = False,
        column: bool = False,
    ) -> None:
        label = read_label(raw)
        self.bare = None
        if not label.text or _SKIPPED.match(label.text):
            return
        said = _Said(cells)
        chosen = tuple(options) or said.options or label.options
        many = label.many or said.many or "多选" in help_
        told = "，".join(dict.fromkeys(filter(None, (help_, said.help, "" if chosen else label.help))))[:LONGEST_HELP]
        day = said.day or any(is_day_blank(cell.text) for cell in cells)
        roomy = wide or said.roomy or (not column and any(cell.down > 1 for cell in cells))
        blanks = [cell.text for cell in cells if is_day_blank(cell.text)]
        hints = "，".join(filter(None, (label.help, help_, said.help, *blanks[:1])))
        seen = replace(label, help=hints, options=(), many=many)
        type_, settings = kind_of(seen, samples=said.samples, options=chosen, many=many, day=day, roomy=roomy)
        if type_ == "text" and column and (few := few_values(said.samples)):
            type_, chosen = "option", few
        self.paper.fields.append(
            Asked(
                self._free_name(label.text),
                type_,
                self.group if self.group != label.text else "",
                label.required or must,
                told,
                chosen if type_ in ("option", "options") else (),
                settings,
                said.samples[0][:120] if said.samples else "、".join(said.ticked)[:120],
            )
        )

    def _free_name(self, name: str) -> str:
        """No label twice: the second one is told by its group."""
        taken = {each.label for each in self.paper.fields}
        wanted = name if name not in taken else f"{self.group}{name}"[:60] if self.group else name
        number = 2
        while wanted in taken:
            wanted, number = f"{name} {number}", number + 1
        return wanted


class _Said:
    """What the value cells of a field hold: options to tick, a hint, or values."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.samples: list[str] = []
        self.options: tuple[str, ...] = ()
        self.ticked: tuple[str, ...] = ()
        self.many = self.roomy = self.day = False
        hints: list[str] = []
        for cell in cells:
            self.options = self.options or cell.options
            self.day = self.day or cell.day
            hints.append(cell.help)
            self.roomy = self.roomy or cell.across >= 9
            self._read(cell.text, hints)
        self.help = "，".join(dict.fromkeys(filter(None, hints)))[:LONGEST_HELP]

    def _read(self, text: str, hints: list[str]) -> None:
        options, ticked = ticked_options(text)
        if options:
            self.options = self.options or options
            self.many = self.many or len(ticked) > 1 or "多选" in text
            self.ticked = self.ticked or ticked
        elif is_blank(text):
            return
        elif hint := hint_of(text):
            spread = split_options(re.sub(r"^(?:请选择|选择)[:：]?", "", hint))
            self.options = self.options or spread
            self.many = self.many or "多选" in hint
            hints.append("" if spread else hint)
        elif spread := split_options(text):
            self.options = self.options or spread
        else:
            self.samples.append(text)


def _only_told(text: str, value: str) -> bool:
    """Is the third cell of a row a hint to the two before it?"""
    return bool(hint_of(text)) or (is_blank(value) and len(text) > 12)


def _title(text: str) -> str:
    return re.sub(r"\s+", "", text)[:60] if not text.isascii() else text[:60]
