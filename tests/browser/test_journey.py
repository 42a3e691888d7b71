"""From the spreadsheet you have to a working day tomorrow, with real clicks (R-234–R-237, R-252)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

NAME = "苏州恒锐精密机械有限公司"
ROWS = [
    ["公司", "对接人", "手机", "拜访时间", "沟通方式", "沟通情况", "对方反馈", "下步安排", "跟进人"],
    [NAME, "王建国", "13800000001", "2026-06-10 14:30", "电话", "王总看了一期运行数据，停机从每月 6 次降到 2 次",
     "交期 45 天太长", "补一份 PLC 兼容清单", "老板"],
    ["成都锦川新材料科技有限公司", "罗志勇", "13800000002", "2026-06-12 10:00", "面谈",
     "烧结炉温度要按批次追溯，要 30 台网关", "预算 80 万", "出方案初稿", "老板"],
]  # fmt: skip


def sheet(folder: Path) -> Path:
    path = folder / "跟进表.csv"
    with path.open("w", encoding="gb18030", newline="") as stream:
        csv.writer(stream).writerows(ROWS)
    return path


def make_team(page: Page, site: str) -> None:
    page.goto(f"{site}/setup")
    page.get_by_label("团队名称").fill("青松科技")
    page.get_by_label("你的姓名").fill("老板")
    page.get_by_label("手机号或邮箱").fill("boss@example.com")
    page.get_by_label("密码").fill("songlv-2026-x")
    page.get_by_role("button", name="建团队并进入").click()
    page.wait_for_url(lambda url: "/setup" not in url)


def take_over(page: Page, site: str, path: Path) -> None:
    page.goto(f"{site}/import")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="核对 2 行").or_(page.get_by_role("button", name="开始核对")).click()
    page.get_by_role("button", name="导入 2 行").click()
    expect(page.get_by_text("已导入").or_(page.get_by_text("完成").first).first).to_be_visible()


def test_sheet_to_tomorrow(page: Page, site: str, tmp_path: Path) -> None:
    """Import, log with four inputs, see it on tomorrow's list."""
    make_team(page, site)
    take_over(page, site, sheet(tmp_path))
    page.wait_for_timeout(1500)
    page.goto(f"{site}/customers")
    page.get_by_text("苏州恒锐精密机械").first.click()
    page.wait_for_url("**/customers/*")
    expect(page.get_by_text("停机从每月 6 次降到 2 次").first).to_be_visible()
    page.get_by_role("button", name="写跟进").last.click()
    page.get_by_label("内容", exact=True).fill(
        "王总看了二期方案，问 3 号线能不能保留现有 PLC，预算 80 万，财务李经理还没批。"
    )
    page.get_by_placeholder("他的原话或数字").fill("交期 45 天太长，30 天内能到就定")
    page.get_by_label("做什么").fill("明天 10:00 把 PLC 兼容清单发给王总")
    page.get_by_label("做什么").blur()
    page.wait_for_timeout(1200)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("记下了")).to_be_visible()
    page.goto(f"{site}/today")
    expect(page.get_by_text("PLC 兼容清单").first).to_be_visible()
