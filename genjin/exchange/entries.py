"""From a table to entries: one entry for each follow-up a row holds, whatever shape the sheet has (R-237).

Shapes: a record a row; several dated lines in one cell; 第一次跟进 / 第二次跟进 side by side; a sheet for each
salesperson or month; customers and contacts in one row; lists of customers or contacts alone. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from genjin.exchange.columns import ColumnBook, ColumnMapping, load_columns, map_columns
from genjin.exchange.dated_lines import LEAP_YEAR, leading_channel, split_dated_lines
from genjin.lib.dates import Reading, half_width, read_datetime
from genjin.lib.sheets import Cell, Note, Sheet, SheetError, Table, Workbook, find_tables
from genjin.lib.sheets.table import cell_str

CONTACT_AT, ENTERED_AT, SUMMARY = "followup.contact_at", "followup.entered_at", "followup.summary"
AUTHOR, CHANNEL = "followup.author", "followup.channel"
#: A table without one of these columns is a list of options or an explanation.
_SUBJECTS = frozenset(
    (
        "customer.name",
        "contact.name",
        "contact.info",
        "contact.phone",
        SUMMARY,
        "followup.next_step",
        "followup.feedback",
        "agenda.act",
    )
)
#: A row with one of these filled tells of a contact.
_CONTENT = (SUMMARY, "followup.feedback", "followup.next_step", CONTACT_AT)
# A wrong phone number is wrong even beside a right e-mail, so the other ways count only when these are blank.
_NUMBERS = ("contact.info", "contact.phone")
_YEAR = re.compile(r"(20\d{2})\s*年?")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])\s*月(?:份)?(?![\d\-—~至到])")
_YEAR_MONTH = re.compile(r"(20\d{2})\s*[-./年]?\s*(1[0-2]|0?[1-9])(?!\d)")
_TITLE_PERSON = re.compile(
    r"(?:跟进人|业务员|销售员?|姓名|填表人|记录人|负责人|销售代表|客户经理)\s*[:：]\s*([\u4e00-\u9fff·]{2,4})(?![\u4e00-\u9fff])"
)
_SURNAME = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭"
    "廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅"
    "莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶闻闫肖"
)
_NOT_PEOPLE = re.compile(
    r"表|跟进|客户|记录|汇总|名单|数据|说明|模板|明细|统计|公司|项目|合计|华[东南西北中]|[部组区队店省市县年季月周厂村街]$"
)
_DAY_ONLY = re.compile(r"(\d{1,2})\s*[日号]?")


@dataclass(frozen=True, slots=True)
class SheetContext:
    """What the sheet's name and title say about all its rows. `kind` is followup, customer or agenda."""

    author: str = ""
    year: int | None = None
    month: int | None = None
    kind: str = "followup"
    person_customers: bool = False


@dataclass(slots=True)
class SheetReading:
    """One table with its mapping. `ours` are the names in 跟进人 and 负责人."""

    table: Table
    mappings: list[ColumnMapping]
    context: SheetContext
    notes: list[Note] = field(default_factory=list)

    def columns_of(self, slug: str) -> bool:
        return any(each.field == slug for each in self.mappings)


@dataclass(slots=True)
class Entry:
    """One record as raw cells by field slug. `part` counts the records of one row from 1; 0 when it holds one."""

    sheet: str
    row: int
    part: int
    cells: dict[str, Cell]
    extras: dict[str, str]

    def text(self, slug: str) -> str:
        return cell_str(self.cells.get(slug))


def read_book(book: Workbook, columns: ColumnBook | None = None) -> list[SheetReading]:
    """Every table of the visible sheets with its proposed mapping. Raises SheetError when no table is found."""
    known = columns or load_columns()
    readings = [
        read_sheet(table, known, several=len(book.sheets) > 1)
        for sheet in book.sheets
        for table in find_tables(sheet, known.is_header)
    ]
    useful = [each for each in readings if any(mapping.field in _SUBJECTS for mapping in each.mappings)]
    if not useful:
        raise SheetError(
            "no-table",
            "没有找到表头：至少要有一列写明客户、联系人或跟进内容",
            "No header found: at least one column must name a customer, contact or follow-up",
        )
    _note_hidden(useful[0], book.sheets)
    for each in readings:
        if each not in useful:
            useful[0].notes.append(
                Note(
                    f"工作表“{each.table.sheet}”没有客户、联系人或内容的列，没有读",
                    f'Sheet "{each.table.sheet}" has no customer, contact or content column; skipped',
                )
            )
    return useful


def _note_hidden(first: SheetReading, sheets: Sequence[Sheet]) -> None:
    hidden = [sheet.name for sheet in sheets if sheet.hidden]
    if hidden:
        names = "、".join(f"“{name}”" for name in hidden[:5])
        first.notes.append(
            Note(f"跳过隐藏的工作表 {len(hidden)} 张：{names}", f"Skipped {len(hidden)} hidden sheet(s)")
        )


def read_sheet(table: Table, book: ColumnBook, *, several: bool = False) -> SheetReading:
    """Map one table's columns and read what its name and title say. `several`: the file has more sheets."""
    values = [[row.cells[place] for row in table.rows[:60]] for place in range(len(table.columns))]
    mappings = map_columns(
        [column.header for column in table.columns],
        values,
        groups=[column.group for column in table.columns],
        book=book,
    )
    notes = list(table.notes)
    slugs = {each.field for each in mappings}
    kind = kind_of(slugs)
    people = people_in(slugs)
    if people:
        notes.append(
            Note("没有客户名称列，联系人就按客户（个人）读", "No company column: the person is taken for the customer")
        )
    context, said = _context(table, slugs, kind, people, several)
    if kind == "customer":
        zh = "没有跟进记录的列，只查客户名称、联系人和联系方式"
        said.append(Note(zh, "No follow-up columns: only names and contact details are checked"))
    reading = SheetReading(table, mappings, context, notes + said)
    reading.notes += _mapping_notes(reading, book)
    return reading


def kind_of(slugs: Collection[str | None]) -> str:
    """What a sheet with these columns is a list of."""
    if "agenda.act" in slugs:
        return "agenda"
    return "followup" if any(slug and slug.startswith("followup.") for slug in slugs) else "customer"


def people_in(slugs: Collection[str | None]) -> bool:
    """Are the customers of a sheet with these columns people?"""
    return "customer.name" not in slugs and "contact.name" in slugs and kind_of(slugs) != "agenda"


def _mapping_notes(reading: SheetReading, book: ColumnBook) -> list[Note]:
    notes = []
    for each in reading.mappings:
        if each.field is None:
            if each.header and each.confidence < 1.0:
                notes.append(Note(f"列“{each.header}”{each.zh}", f'Column "{each.header}": {each.en}', column=True))
        elif each.header != book.label(each.field):
            doubt = f"（{each.zh}）" if each.confidence < 0.9 else ""
            notes.append(
                Note(
                    f"列“{each.header}”按“{book.label(each.field)}”读取{doubt}",
                    f'Column "{each.header}" read as {each.field}',
                    column=True,
                )
            )
    return notes


def _context(
    table: Table, slugs: set[str | None], kind: str, people: bool, several: bool
) -> tuple[SheetContext, list[Note]]:
    notes: list[Note] = []
    author = ""
    if kind == "followup" and AUTHOR not in slugs:
        author, notes = _author(table, several)
    year, month = _period(table)
    if month and kind == "followup":
        notes.append(
            Note(
                f"工作表“{table.sheet}”里没有写月份的日期按 {month} 月读",
                f"Days without month are read in month {month}",
            )
        )
    return SheetContext(author, year, month, kind, people), notes


def _author(table: Table, several: bool) -> tuple[str, list[Note]]:
    titled = _TITLE_PERSON.search(table.title)
    if titled:
        name = titled.group(1)
        return name, [Note(f"没有“跟进人”列，按标题里的“{name}”", f'No author column: taken from the title ("{name}")')]
    name = re.sub(r"\s|[(（].*", "", table.sheet)
    if several and _is_person(name):
        return name, [
            Note(
                f"没有“跟进人”列，工作表“{name}”按跟进人读", f'No author column: sheet "{name}" is taken for the author'
            )
        ]
    return "", [Note("没有“跟进人”列，按填表的人自己算", "No author column: the writer of the sheet is assumed")]


def _is_person(name: str) -> bool:
    return bool(re.fullmatch(r"[\u4e00-\u9fff]{2,3}", name)) and name[0] in _SURNAME and not _NOT_PEOPLE.search(name)


def _period(table: Table) -> tuple[int | None, int | None]:
    """Year and month of the rows, from the sheet's name first, then the year from the title."""
    name = half_width(table.sheet)
    if both := _YEAR_MONTH.search(name):
        return int(both.group(1)), int(both.group(2))
    year = _YEAR.search(name) or _YEAR.search(half_width(table.title))
    month = _MONTH.search(name)
    return (int(year.group(1)) if year else None), (int(month.group(1)) if month else None)


def entries(reading: SheetReading) -> Iterator[Entry]:
    """The entries of one table, in order of rows; a row of several records gives several with `part` 1, 2, …"""
    shared, grouped, channels = _places(reading.mappings)
    unmapped = [
        (place, each.header)
        for place, each in enumerate(reading.mappings)
        if each.field is None and each.header and each.confidence < 1.0
    ]
    has_time = reading.columns_of(CONTACT_AT)
    for row in reading.table.rows:
        cells = row.cells
        base: dict[str, Cell] = {slug: cells[place] for slug, place in shared}
        if channels:
            numbers = [cells[place] for place in channels if reading.mappings[place].field in _NUMBERS]
            base["contact.info"] = _joined(numbers) or _joined(cells[place] for place in channels)
            for slug, place in ((reading.mappings[place].field, place) for place in channels):
                if slug and slug != "contact.info":
                    base[slug] = cells[place]
        if reading.context.person_customers:
            base["customer.name"] = base.get("contact.name")
        extras = {header: text for place, header in unmapped if (text := cell_str(cells[place]))}
        if grouped:
            yield from _group_entries(reading, row.number, cells, base, grouped, extras)
        elif not has_time or not cell_str(base.get(CONTACT_AT)) or _is_log(base):
            yield from _line_entries(reading, row.number, base, extras)
        else:
            yield Entry(reading.table.sheet, row.number, 0, base, extras)


def _places(
    mappings: list[ColumnMapping],
) -> tuple[list[tuple[str, int]], dict[int, list[tuple[str, int]]], list[int]]:
    """Where the fields lie: shared ones, those of repeated groups by occurrence, the ways to reach a contact."""
    shared: list[tuple[str, int]] = []
    grouped: dict[int, list[tuple[str, int]]] = {}
    channels = []
    for place, each in enumerate(mappings):
        if each.field is None:
            continue
        if each.occurrence:
            grouped.setdefault(each.occurrence, []).append((each.field, place))
        elif each.field in ("contact.info", "contact.phone", "contact.wechat", "contact.email"):
            channels.append(place)
        else:
            shared.append((each.field, place))
    return shared, dict(sorted(grouped.items())), channels


def _joined(cells: Iterable[Cell]) -> Cell:
    found = [cell for cell in cells if cell_str(cell)]
    if len(found) == 1:
        return found[0]
    return " / ".join(cell_str(cell) for cell in found) or None


def _group_entries(
    reading: SheetReading,
    row: int,
    cells: list[Cell],
    base: dict[str, Cell],
    grouped: dict[int, list[tuple[str, int]]],
    extras: dict[str, str],
) -> Iterator[Entry]:
    """第一次跟进, 第二次跟进 …: one entry for each group with content."""
    found = 0
    own = any(cell_str(base.get(slug)) for slug in (SUMMARY, CONTACT_AT))
    if own:
        found += 1
        yield Entry(reading.table.sheet, row, found, dict(base), extras)
    for places in grouped.values():
        values = {slug: cells[place] for slug, place in places}
        if not any(cell_str(values.get(slug)) for slug in _CONTENT):
            continue
        for entry in _line_entries(reading, row, {**base, **values}, extras, single=True):
            found += 1
            entry.part = found
            yield entry
    if not found:
        yield Entry(reading.table.sheet, row, 0, base, extras)


def _line_entries(
    reading: SheetReading, row: int, base: dict[str, Cell], extras: dict[str, str], *, single: bool = False
) -> Iterator[Entry]:
    """A cell of dated lines becomes one entry a line; a `single` dated line is taken apart too."""
    summary = base.get(SUMMARY)
    if not isinstance(summary, str) or (cell_str(base.get(CONTACT_AT)) and not _is_log(base)):
        yield Entry(reading.table.sheet, row, 0, base, extras)
        return
    parts = split_dated_lines(summary)
    if len(parts) < (1 if single or not reading.columns_of(CONTACT_AT) else 2):
        yield Entry(reading.table.sheet, row, 0, base, extras)
        return
    for number, (when, text) in enumerate(parts, 1):
        cells = {**base, CONTACT_AT: when, SUMMARY: text}
        if not cell_str(base.get(CHANNEL)):
            cells[CHANNEL] = leading_channel(text) or None
        if number < len(parts):
            # The plan beside the cell belongs to the last contact.
            for slug in ("followup.next_step", "followup.due", "followup.step_owner", "followup.feedback"):
                cells.pop(slug, None)
        yield Entry(reading.table.sheet, row, number if len(parts) > 1 else 0, cells, extras)


def _is_log(base: dict[str, Cell]) -> bool:
    """The row has a time of its own, but it is that of one of several dated lines: the latest of a running log."""
    summary = base.get(SUMMARY)
    if not isinstance(summary, str) or "\n" not in summary:
        return False
    own = read_datetime(_raw(base.get(CONTACT_AT)), now=LEAP_YEAR).value
    parts = split_dated_lines(summary)
    days = {(day.month, day.day) for when, _ in parts if (day := read_datetime(when, now=LEAP_YEAR).value)}
    return own is not None and len(parts) > 1 and (own.month, own.day) in days


def reference_time(entry: Entry, context: SheetContext, now: datetime) -> datetime:
    """The moment from which 昨天 or a date without year is read: entry time, the sheet's month or year, now."""
    written = read_datetime(_raw(entry.cells.get(ENTERED_AT)), now=now)
    if written.value is not None and not written.ambiguous:
        return written.value
    if context.year is None and context.month is None:
        return now
    year = context.year or now.year
    if context.month:
        following = date(year + context.month // 12, context.month % 12 + 1, 1)
        return datetime.combine(following, time())
    return min(now, datetime.combine(date(year, 12, 31), time(23, 59)))


def read_time(entry: Entry, slug: str, context: SheetContext, now: datetime) -> Reading:
    """A time cell of an entry, with the help of its row and sheet. In a sheet named 6月, 12 or 12日 is June 12."""
    raw = _raw(entry.cells.get(slug))
    if context.month and raw is not None and (day := _DAY_ONLY.fullmatch(half_width(cell_str(raw)))):
        year = context.year or now.year
        try:
            value = datetime.combine(date(year, context.month, int(day.group(1))), time())
        except ValueError:
            return Reading(None, None, text=cell_str(raw))
        return Reading(value, "day", assumed_year=context.year is None, text=cell_str(raw))
    found = read_datetime(raw, now=reference_time(entry, context, now))
    if found.assumed_year and found.value is not None and not found.ambiguous and not entry.text(ENTERED_AT):
        return _in_year(found, found.value, slug, context, now)
    return found


def _in_year(found: Reading, value: datetime, slug: str, context: SheetContext, now: datetime) -> Reading:
    """A date without year: the year of the sheet's title; else a contact lies in the past."""
    year = value.year
    if context.year and not context.month:
        year = context.year
    elif slug == CONTACT_AT and not context.month and value.date() > now.date():
        year -= 1
    try:
        return found._replace(value=value.replace(year=year))
    except ValueError:
        return found._replace(value=None)


def _raw(cell: Cell) -> str | float | int | datetime | date | None:
    return cell if isinstance(cell, (str, int, float, datetime, date)) and not isinstance(cell, bool) else None
