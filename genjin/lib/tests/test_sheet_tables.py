"""find_tables(): header under titles, two-level headers, merges, totals and blanks, as a person sees them (R-237)."""

from __future__ import annotations

from datetime import time
from typing import Any

from genjin.lib.sheets import Sheet, Table, find_tables, read_workbook
from genjin.lib.tests import sheet_files as made

KNOWN = frozenset({"客户名称", "联系人", "电话", "时间", "内容", "跟进内容", "姓名", "职务", "序号", "备注"})


def table_of(rows: list[Any], merge: tuple[str, ...] = ()) -> Table:
    sheet = read_workbook(made.xlsx(rows, merge=merge)).sheets[0]
    (table,) = find_tables(sheet, KNOWN.__contains__)
    return table


def seen(table: Table) -> list[tuple[int, list[Any]]]:
    return [(row.number, [cell or "" for cell in row.cells]) for row in table.rows]


def test_header_under_title_rows() -> None:
    rows = [["华东区 2025 年跟进表"], ["填表：全体"], ["客户名称", "联系人", "内容"], ["甲公司", "王工", "问价"]]
    table = table_of(rows, ("A1:C1", "A2:C2"))
    assert table.header_row == 3
    assert table.title == "华东区 2025 年跟进表\n填表：全体"
    assert seen(table) == [(4, ["甲公司", "王工", "问价"])]


def test_two_level_header_by_merges() -> None:
    rows = [
        ["客户名称", "联系人信息", None, "第一次跟进", None],
        [None, "姓名", "电话", "时间", "内容"],
        ["甲公司", "王工", "13800138000", "6.1", "问价"],
    ]
    table = table_of(rows, ("A1:A2", "B1:C1", "D1:E1"))
    assert [column.title for column in table.columns] == [
        "客户名称", "联系人信息/姓名", "联系人信息/电话", "第一次跟进/时间", "第一次跟进/内容",
    ]  # fmt: skip
    assert table.header_row == 2
    assert seen(table) == [(3, ["甲公司", "王工", "13800138000", "6.1", "问价"])]


def test_two_level_header_without_merges() -> None:
    rows: list[list[Any]] = [["客户名称", "联系人信息", ""], ["", "姓名", "电话"], ["甲公司", "王工", "13800138000"]]
    (table,) = find_tables(Sheet("x", rows), KNOWN.__contains__)
    assert [column.title for column in table.columns] == ["客户名称", "联系人信息/姓名", "联系人信息/电话"]


def test_merged_cells_fill_within_the_merge_only() -> None:
    rows = [["客户名称", "联系人", "内容"], ["甲公司", "王工", "一"], [None, None, "二"], [None, "李工", "三"]]
    table = table_of(rows, ("A2:A3", "B2:B3"))
    assert seen(table) == [(2, ["甲公司", "王工", "一"]), (3, ["甲公司", "王工", "二"]), (4, ["", "李工", "三"])]


def test_blank_rows_inside_a_merge_stay_blank() -> None:
    rows = [["客户名称", "联系人", "内容"], ["甲公司", "王工", "一"], [None, None, None], [None, "李工", "三"]]
    assert [number for number, _ in seen(table_of(rows, ("A2:A4",)))] == [2, 4]


def test_blanks_totals_repeated_headers_and_prepared_numbers_are_left_out() -> None:
    header = ["序号", "客户名称", "内容"]
    rows = [
        header,
        [1, "甲公司", "一"],
        [None, " ", None],
        ["小计", None, "1条"],
        header,
        [2, "乙公司", "二"],
        [3, None, None],
    ]
    rows.append(["合 计：", 2, None])
    table = table_of(rows)
    assert [row.number for row in table.rows] == [2, 6]
    assert any("合计行 2 行" in note.zh for note in table.notes)


def test_a_customer_whose_name_begins_like_a_total_stays() -> None:
    rows = [["客户名称", "联系人", "内容"], ["合计信息技术（苏州）有限公司", "王工", "问价"]]
    assert len(table_of(rows).rows) == 1


def test_a_remark_over_the_whole_width_is_skipped_and_said() -> None:
    rows = [["客户名称", "联系人", "内容"], ["甲公司", "王工", "一"], ["说明：每周五补齐"]]
    table = table_of(rows, ("A3:C3",))
    assert [row.number for row in table.rows] == [2]
    assert any("说明" in note.zh for note in table.notes)


def test_unknown_headers_still_give_a_header_row() -> None:
    sheet = read_workbook(made.xlsx([["甲", "乙", "丙"], [1, 2, 3], [4, 5, 6]])).sheets[0]
    (table,) = find_tables(sheet)
    assert [column.header for column in table.columns] == ["甲", "乙", "丙"]


def test_odd_cells_become_text() -> None:
    rows: list[list[Any]] = [["客户名称", "内容"], ["甲公司", True], ["乙公司", time(9, 30)]]
    (table,) = find_tables(Sheet("x", rows), KNOWN.__contains__)
    assert seen(table) == [(2, ["甲公司", "True"]), (3, ["乙公司", "09:30:00"])]


def test_a_hidden_or_empty_sheet_has_no_table() -> None:
    assert find_tables(Sheet("x", [["客户名称", "内容"]], hidden=True), KNOWN.__contains__) == []
    assert find_tables(Sheet("x", [[None, ""]]), KNOWN.__contains__) == []
