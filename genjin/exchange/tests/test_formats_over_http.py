"""Every kind of file a team may have, from upload to the rows it makes (R-237, I6, I7)."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.exchange.tests.test_import_over_http import count, send, taken, work
from genjin.followups.models import FollowUp
from genjin.lib.tests.xlsb_file import xlsb

SHEETS = Path(__file__).parents[3] / "tests" / "data" / "sheets"
ROWS = [
    ["客户名称", "联系人", "电话", "跟进时间", "跟进方式", "跟进内容", "客户反馈", "下一步计划", "预算（万）"],
    ["苏州恒锐精密机械有限公司", "王建国", "13813502471", "2025-06-10 14:30", "电话",
     "问 3 号线能否保留 PLC，要 12 台", "交期 45 天太长", "6月20日发兼容清单", "80"],
    ["广州穗云供应链有限公司", "梁慧仪", "020-38761234", "2025-06-11 09:00", "拜访",
     "看了 2 号仓，要 20 台扫码枪", "可以试用", "6月18日送样机", "12.5"],
    ["蒙源乳业集团", "苏日娜", "13900139000", "2025-06-12 16:00", "微信",
     "今年预算用完，明年 3 月再立项", "明年再看", "2026年3月2日电话问立项", ""],
]  # fmt: skip


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path


def text(delimiter: str = ",") -> str:
    return "\r\n".join(delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in ROWS)


def xlsx(sheets: dict[str, list[list[Any]]]) -> bytes:
    book = openpyxl.Workbook()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


FILES: list[tuple[str, bytes]] = [
    ("跟进表.xlsx", xlsx({"跟进表": ROWS})),
    ("跟进表.xls", (SHEETS / "跟进表.xls").read_bytes()),
    ("跟进表.ods", (SHEETS / "跟进表.ods").read_bytes()),
    ("跟进表.xlsb", xlsb(ROWS, name="跟进表")),
    ("utf8.csv", text().encode()),
    ("utf8-mark.csv", text("\t").encode("utf-8-sig")),
    ("utf16.txt", text("\t").encode("utf-16")),
    ("utf16le.csv", text().encode("utf-16-le")),
    ("gb18030.csv", text(";").encode("gb18030")),
    ("改了名.xls", text().encode("gb18030")),
]


@pytest.mark.parametrize(("name", "data"), FILES, ids=[name for name, _ in FILES])
def test_every_format_gives_the_same_rows(cast: Cast, name: str, data: bytes) -> None:
    """R-237: xlsx, xls, xlsb, ods and csv in its encodings; the content decides, not the name."""
    taken(cast.li, data, name)
    assert count() == (3, 3, 3, 0)
    customer = unscoped(Customer, "test").get(name="苏州恒锐精密机械有限公司")
    assert (customer.contact_name, customer.contact_phone) == ("王建国", "13813502471")
    assert (customer.budget_low, customer.budget_high) == (8_000_000_00 // 10, 8_000_000_00 // 10)
    record = unscoped(FollowUp, "test").get(customer=customer)
    assert record.contact_at.isoformat() == "2025-06-10T06:30:00+00:00"
    assert (record.precision, record.channel, record.summary) == ("minute", "phone", ROWS[1][5])
    other = unscoped(Customer, "test").get(name="广州穗云供应链有限公司")
    assert (other.contact_phone, other.budget_low) == ("020-38761234", 12_500_000)


def test_a_sheet_from_taiwan_or_hong_kong(cast: Cast) -> None:
    """R-237: Big5, traditional headings."""
    head = "客戶名稱,聯繫人,電話,跟進時間,跟進內容\r\n"
    rows = head + "臺北電子公司,陳經理,13800138000,2025-06-10 14:30,詢問產品價格與交貨時間\r\n"
    taken(cast.li, rows.encode("big5"), "客戶.csv")
    assert unscoped(Customer, "test").get().name == "臺北電子公司"
    assert unscoped(FollowUp, "test").get().summary == "詢問產品價格與交貨時間"


def test_damaged_locked_and_foreign_files_leave_nothing(cast: Cast) -> None:
    """I6, I7: one sentence each; the file is named for what it is, nothing is half-done."""
    whole = (SHEETS / "跟进表.xls").read_bytes(), (SHEETS / "跟进表.ods").read_bytes(), xlsx({"跟进表": ROWS})
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    files = [*[data[: len(data) * 2 // 3] for data in whole], locked, b"%PDF-1.7 " * 20, b"PK\x03\x04" + b"x" * 90]
    words = ["损坏", "损坏", "损坏", "密码", "PDF", "损坏"]
    for data, word in zip(files, words, strict=True):
        pk = send(cast.li, data, "跟进表.xlsx")
        work()
        run = cast.li.get(f"/imports/{pk}")
        assert (run["state"], run["columns"]) == ("failed", [])
        assert word in run["error"]["zh"], run["error"]
        assert run["error"]["en"]
    assert count() == (0, 0, 0, 0)
