"""read_workbook(): every usual format is read, every hostile or broken file is refused in one sentence (R-237, I6)."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from genjin.lib.sheets import SheetError, read_workbook
from genjin.lib.sheets.text import decode, find_delimiter
from genjin.lib.tests import sheet_files as made

ROWS = [["客户名称", "联系人", "跟进内容"], ["苏州甲公司", "王工", "问价格"], ["上海乙公司", "李总", "要样品"]]


def code_of(data: bytes, name: str = "表.xlsx") -> str:
    with pytest.raises(SheetError) as refused:
        read_workbook(data, name)
    assert refused.value.zh
    assert refused.value.en
    assert "\n" not in refused.value.zh
    return refused.value.code


@pytest.mark.parametrize(
    ("form", "data"), [("xlsx", made.xlsx(ROWS)), ("ods", made.ods(ROWS)), ("xls", made.xls(ROWS))]
)
def test_formats_are_told_from_the_content(form: str, data: bytes) -> None:
    book = read_workbook(data, "随便.csv")
    assert book.format == form
    assert [[str(cell) for cell in row] for row in book.sheets[0].rows] == ROWS


def test_numbers_and_dates_of_an_xlsx() -> None:
    book = read_workbook(made.xlsx([["a", "b"], [13800210035, datetime(2025, 6, 1, 9, 30)]]))
    assert book.sheets[0].rows[1] == [13800210035, datetime.fromisoformat("2025-06-01 09:30")]


TEXT = "客户名称,联系人,电话,跟进内容\r\n苏州甲公司,王工,13800138000,问产品价格和交期\r\n"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""), ("utf-16-be", b""), ("gb18030", b""),
    ],
)  # fmt: skip
def test_csv_encodings(encoding: str, mark: bytes) -> None:
    book = read_workbook(mark + TEXT.encode(encoding), "表.csv")
    assert book.format == "csv"
    assert book.sheets[0].rows[1] == ["苏州甲公司", "王工", "13800138000", "问产品价格和交期"]


def test_big5_is_not_taken_for_gb18030() -> None:
    text = "客戶名稱,聯繫人,電話,跟進內容\r\n臺北電子公司,陳經理,0912345678,詢問產品價格與交貨時間\r\n"
    assert decode(text.encode("big5")) == (text, "big5hkscs")


def test_gb18030_only_characters_are_kept() -> None:
    assert decode("客户,联系人\n台州公司,陈䶮\n".encode("gb18030"))[0].endswith("陈䶮\n")


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [("a,b,c\n1,2,3\n", ","), ("a\tb\n1,5\t2\n", "\t"), ("a;b;c\n1,5;2;3\n", ";"), ('"a;x","b"\n"1;y","2"\n', ",")],
)
def test_delimiters(text: str, delimiter: str) -> None:
    assert find_delimiter(text) == delimiter


def test_csv_line_breaks_inside_quotes_are_one_row() -> None:
    rows = read_workbook('客户,内容\n甲公司,"第一行\n第二行"\n乙公司,x\n'.encode()).sheets[0].rows
    assert rows[1] == ["甲公司", "第一行\n第二行"]
    assert len(rows) == 3


def test_hidden_sheets_are_marked_and_not_read() -> None:
    book = read_workbook(made.xlsx(ROWS, hidden=["旧表"]))
    assert [(sheet.name, sheet.hidden, len(sheet.rows)) for sheet in book.sheets] == [
        ("Sheet1", False, 3),
        ("旧表", True, 0),
    ]


@pytest.mark.parametrize("data", [b"", b"   \r\n", b"\xef\xbb\xbf", b"\0\0\0\0"])
def test_empty_files(data: bytes) -> None:
    assert code_of(data) == "empty"


def test_a_workbook_without_content_is_empty() -> None:
    assert code_of(made.xlsx([])) == "empty"


def test_truncated_files_are_damaged() -> None:
    for data in (made.xlsx(ROWS), made.ods(ROWS), made.xls(ROWS)):
        assert code_of(data[: len(data) // 2]) == "damaged"


def test_a_flipped_byte_is_seen() -> None:
    data = bytearray(made.xlsx(ROWS * 50))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
        data[entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2] ^= 0xFF
    assert code_of(bytes(data)) == "damaged"


def test_encrypted_files() -> None:
    assert code_of(made.compound({"EncryptedPackage": b"x" * 5000})) == "encrypted"
    locked = made.replaced(made.ods(ROWS), "META-INF/manifest.xml", b"<m><encryption-data/></m>")
    assert code_of(locked, "表.ods") == "encrypted"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 xx", b"\x89PNG\r\n\x1a\n", b"MZ\x90\0" * 20, b"\x7fELF\x02", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27",
        b"\xff\xd8\xff\xe0", b"{\\rtf1", made.zipped({"a.txt": "x"}), made.zipped({"word/document.xml": "<w/>"}),
        made.compound({"WordDocument": b"x" * 5000}),
    ],
)  # fmt: skip
def test_renamed_files_are_named_for_what_they_are(data: bytes) -> None:
    assert code_of(data) == "not-a-sheet"


def test_a_web_page_saved_as_xls() -> None:
    assert code_of(b"<html><table><tr><td>x</td></tr></table></html>", "表.xls") == "web-page"


@pytest.mark.parametrize(
    "data", [b"\x81\xff\xfe\x00\x12" * 40, "日本語のテキスト、ひらがな".encode("shift_jis"), b"a\xe9b\xe8c,\xfc\n" * 9]
)
def test_unknown_encodings(data: bytes) -> None:
    assert code_of(data, "表.csv") == "encoding"


def sheet_xml(cells: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def test_a_bomb_of_repeated_text_is_refused_before_it_is_unpacked() -> None:
    row = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"x" * 4000 + b"</t></is></c></row>"
    buffer = io.BytesIO(made.xlsx(ROWS))
    with (
        zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/big.xml", "w") as part,
    ):
        block = row * 250
        for _ in range(420):
            part.write(block)
    data = buffer.getvalue()
    assert len(data) < 5_000_000
    assert code_of(data) == "too-large"


@pytest.mark.parametrize("place", ["XFD1048576", "XFD400", "A1000000"])
def test_a_far_away_cell_is_refused(place: str) -> None:
    row = "".join(char for char in place if char.isdigit())
    cells = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{place}"><v>1</v></c></row>'
    data = made.replaced(made.xlsx(ROWS), "xl/worksheets/sheet1.xml", sheet_xml(cells))
    assert code_of(data) == "too-large"


def test_too_many_columns_are_refused() -> None:
    assert code_of(("客户" + "," * 3000 + "\n").encode(), "表.csv") == "too-large"


def test_any_flipped_bytes_are_refused_or_read() -> None:
    whole = made.xlsx(ROWS)
    for place in range(0, len(whole), 97):
        broken = bytearray(whole)
        broken[place] ^= 0x5A
        try:
            read_workbook(bytes(broken), "表.xlsx")
        except SheetError as refused:
            assert refused.code in {"damaged", "encrypted", "not-a-sheet", "encoding", "empty"}  # noqa: PT017


def test_formatted_blank_columns_do_no_harm() -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row>'
    book = read_workbook(made.replaced(made.xlsx(ROWS), "xl/worksheets/sheet1.xml", sheet_xml(cells)))
    assert book.sheets[0].rows == [[1.0]]


def test_external_entities_are_refused() -> None:
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><worksheet>&y;</worksheet>'
    assert code_of(made.replaced(made.xlsx(ROWS), "xl/worksheets/sheet1.xml", evil)) == "unsafe"


def test_repeated_filled_cells_of_an_ods_are_refused() -> None:
    bomb = '<table:table-row><table:table-cell office:value-type="string" table:number-columns-repeated="16000">'
    data = made.ods(ROWS, extra=bomb + "<text:p>x</text:p></table:table-cell></table:table-row>")
    assert code_of(data, "表.ods") == "too-large"
    rows = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string">'
    assert (
        code_of(made.ods(ROWS, extra=rows + "<text:p>x</text:p></table:table-cell></table:table-row>")) == "too-large"
    )


def test_missing_files_and_folders(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "没有.xlsx"):
        with pytest.raises(SheetError) as refused:
            read_workbook(path)
        assert refused.value.code == "not-found"
        assert str(tmp_path.parent) not in refused.value.zh
