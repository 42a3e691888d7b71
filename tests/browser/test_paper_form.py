"""A team's Word template is dropped on the designer, put right, published and filled in (R-220)."""

from __future__ import annotations

import base64

import pytest
from playwright.sync_api import Page, expect

from genjin.lib.tests.paper_files import four_columns, word
from tests.browser.test_designer import cell, open_designer
from tests.browser.test_together import come_in

pytestmark = pytest.mark.browser

_DROP = """([box, name, data]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name));
  for (const type of ['dragover', 'drop'])
    document.querySelector(box).dispatchEvent(new DragEvent(type, { bubbles: true, dataTransfer: carried }));
}"""


def drop(page: Page, name: str, data: bytes) -> None:
    page.evaluate(_DROP, [".fl-paper", name, base64.b64encode(data).decode()])


def test_a_word_template_becomes_fields_of_the_form(wide: Page, demo: str) -> None:
    page = wide
    come_in(page, demo, "陈立")
    open_designer(page, demo)
    drop(page, "天气.docx", word(lambda made: made.add_paragraph("今天天气很好。")))
    expect(page.get_by_role("alert")).to_contain_text("“天气.docx”没有读：没有读出字段")

    drop(page, "登记表.docx", word(four_columns))
    review = page.get_by_role("dialog", name="客户跟进登记表")
    expect(review.get_by_text("读出 9 项，2 项已有")).to_be_visible()
    expect(review.get_by_text("已有“客户名称”，不重复加")).to_be_visible()
    expect(review.get_by_label("放进表单：沟通内容")).not_to_be_checked()
    # Put right before it is placed: a name, and an option.
    review.get_by_label("“年产能”的名称").fill("年产量")
    review.get_by_label("“意向产品”的选项，用 / 分开").fill("A型 / B型 / D型")
    review.get_by_label("“设备数量”必填").check()
    review.get_by_role("button", name="放进表单 4 项").click()
    expect(page.get_by_text("放进了 4 项，还没发布")).to_be_visible()
    for label in ("是否首次拜访", "意向产品", "年产量", "设备数量"):
        expect(cell(page, label)).to_be_visible()

    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_role("button", name="发布第 1 版").click()
    expect(page.get_by_text("第 1 版已发布")).to_be_visible()

    page.goto(f"{demo}/customers?q=恒锐")
    page.get_by_text("苏州恒锐精密机械").first.click()
    page.wait_for_url("**/customers/*")
    page.get_by_role("button", name="编辑", exact=True).click()
    drawer = page.locator(".ant-drawer-body")
    expect(drawer.get_by_role("heading", name="基本情况")).to_be_visible()
    drawer.get_by_label("设备数量").fill("12")
    drawer.get_by_label("意向产品").click()
    page.get_by_title("D型").click()
    page.locator(".ant-drawer-footer").get_by_role("button", name="保存").click()
    expect(page.get_by_text("12台", exact=True)).to_be_visible()
