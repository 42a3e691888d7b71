"""How a row of a table is to be read: as a head of columns, a heading, a list of fields, or labels beside values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from genjin.lib.papers.labels import (
    IsLabel,
    heading_level,
    hint_of,
    is_label_like,
    pairs_of,
    read_label,
    ticked_options,
)
from genjin.lib.papers.parts import Cell, Grid

_LABELS = re.compile(r"^(?:字段|字段名称?|栏目|项目|内容项|填写项|要素|信息项|名称|模块|条目)$")
_HELPS = re.compile(
    r"^(?:填写说明|说明|填写要求|要求|格式|格式要求|填写内容|内容说明|具体内容|填写规范|规范|备注|含义)$"
)
_REQUIRED = re.compile(r"^(?:是否必填|必填|必填项|必填与否)$")
_OTHERS = re.compile(r"^(?:序号|序|编号|类型|字段类型|分类|模块|类别)$")
_SAMPLES = re.compile(r"^(?:示例|样例|举例|填写示例|范例|内容|填写|填写内容|填写处|例子)$")
_TOTAL = re.compile(r"^\s*(?:本[页月周期季年])?(?:合\s*计|总\s*计|小\s*计)\s*[:：]?\s*$")
_SAMPLE_ROWS = 20


@dataclass(frozen=True, slots=True)
class Roles:
    """Columns of a list of fields, and the row that heads it."""

    row: int
    label: int
    help: int | None
    required: int | None
    sample: int | None


@dataclass(slots=True)
class Column:
    label: str
    group: str = ""
    cells: list[Cell] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Head:
    """The columns under a head row, and the first row that is no longer theirs."""

    columns: list[Column]
    end: int


def dictionary_of(grid: Grid) -> Roles | None:
    """字段 | 是否必填 | 填写说明 | 示例 in one of the first rows: each row below is a field."""
    for at, row in enumerate(grid.rows[:3]):
        filled = [cell for cell in row if cell.filled]
        named = {cell.column: read_label(cell.text).text for cell in filled}
        label = next((column for column, text in named.items() if _LABELS.match(text)), None)
        rest = {column: text for column, text in named.items() if column != label}
        roles = (_HELPS, _REQUIRED, _SAMPLES, _OTHERS)
        if label is None or not all(any(each.match(text) for each in roles) for text in rest.values()):
            continue

        def place(pattern: re.Pattern[str], rest: dict[int, str] = rest) -> int | None:
            return next((column for column, text in rest.items() if pattern.match(text)), None)

        help_, required = place(_HELPS), place(_REQUIRED)
        sample = next((c for c, text in rest.items() if _SAMPLES.match(text) and c != help_), None)
        if help_ is not None or required is not None or sample is not None:
            return Roles(at, label, help_, required, sample)
    return None


def is_alone(row: Sequence[Cell], width: int) -> bool:
    """One cell over the whole table, or nothing but one text that is a heading."""
    filled = [cell for cell in row if cell.filled]
    if not filled:
        return True
    if len(filled) > 1 or filled[0] is not row[0]:
        return False
    whole = len(row) == 1 or filled[0].across >= width or (filled[0].across > 1 and filled[0].across >= width - 1)
    return whole or heading_level(filled[0].text) == 1


def is_total(row: Sequence[Cell]) -> bool:
    """合计 and what stands beside it."""
    first = next((cell.text for cell in row if cell.filled), "")
    return bool(_TOTAL.match(first))


def side_group(row: Sequence[Cell]) -> Cell | None:
    """A first cell that reaches down over rows of labels and values: 客户基本信息 | 公司名称 | ____."""
    if len(row) < 3 or not row[0].filled or row[0].down < 2:
        return None
    rest = [cell for cell in row[1:] if cell.filled]
    return row[0] if rest and all(cell.down < row[0].down for cell in row[1:]) else None


def head_of(grid: Grid, at: int, is_label: IsLabel) -> Head | None:
    """The head row that begins at `at`: each of its texts names the column below."""
    row = _trimmed(grid.rows[at])
    if len(row) < 2 or not all(cell.filled and _could_head(cell.text) for cell in row):
        return None
    below = grid.rows[at + 1] if at + 1 < len(grid.rows) else []
    if any(cell.across > 1 for cell in row) and (two := _two_level(grid, at, row)):
        return two
    if not _reads_down(row, below, is_label):
        return None
    return _under([Column(cell.text) for cell in row], [cell.column for cell in row], grid, at + 1)


def _trimmed(row: Sequence[Cell]) -> list[Cell]:
    """Without blank cells at its end, where the table is wider than its head."""
    last = max((at for at, cell in enumerate(row) if cell.filled), default=-1)
    return list(row[: last + 1])


def _could_head(text: str) -> bool:
    plain = not ticked_options(text)[0] and not hint_of(text) and text.rstrip()[-1:] not in (":", "：")
    return plain and is_label_like(text) and not any(True for _ in pairs_of(text))


def _reads_down(row: Sequence[Cell], below: Sequence[Cell], is_label: IsLabel) -> bool:
    """A head of columns rather than label, value, label, value?"""
    known = [is_label(read_label(cell.text).text) for cell in row]
    even, odd = any(known[::2]), any(known[1::2])
    strong = [cell.strong for cell in row]
    blank = not any(cell.filled for cell in below)
    if len(row) == 2:
        return even and odd and blank and bool(below)
    if all(strong):
        return blank or not all(cell.strong for cell in below if cell.filled)
    if any(strong):
        return False
    if even and not odd and len(row) % 2 == 0:
        return False
    if blank:
        return (even and odd) or not any(known)
    # Filled: what stands below is of values, not of labels.
    values = sum(is_label(read_label(cell.text).text) for cell in below if cell.filled)
    return even and odd and values * 3 <= sum(known)


def _two_level(grid: Grid, at: int, row: Sequence[Cell]) -> Head | None:
    """客户信息 over 名称 and 行业, 跟进 over 时间 and 方式."""
    lower = grid.rows[at + 1] if at + 1 < len(grid.rows) else []
    columns: list[Column] = []
    places: list[int] = []
    for cell in row:
        subs = [each for each in lower if cell.column <= each.column < cell.end and each.filled]
        if cell.down > 1 and not subs:
            columns.append(Column(cell.text))
            places.append(cell.column)
        elif len(subs) >= 1 and all(_could_head(each.text) for each in subs):
            columns += [Column(each.text, cell.text if len(subs) > 1 or cell.across > 1 else "") for each in subs]
            places += [each.column for each in subs]
        else:
            return None
    if len(columns) <= len(row) or len(columns) < 3:
        return None
    return _under(columns, places, grid, at + 2)


def _under(columns: list[Column], places: Sequence[int], grid: Grid, first: int) -> Head:
    """The rows below that lie in the columns; a heading or another layout ends them."""
    end = first
    for row in grid.rows[first:]:
        filled = [cell for cell in row if cell.filled]
        if filled and (not {cell.column for cell in filled} <= set(places) or is_alone(row, grid.width)):
            break
        if filled and len(filled) < len(row) and filled[0].strong and end > first:
            break
        by_column = {} if is_total(row) else {cell.column: cell for cell in row}
        for column, place in zip(columns, places, strict=True):
            if place in by_column and len(column.cells) < _SAMPLE_ROWS:
                column.cells.append(by_column[place])
        end += 1
    return Head(columns, end)
