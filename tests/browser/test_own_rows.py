"""A row of an own type with a file, a picture and what leans on other fields, and what colleagues say about it."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.calls import call
from tests.browser.test_own_types import give
from tests.browser.test_together import come_in

pytestmark = pytest.mark.browser
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
FIELDS: list[dict[str, Any]] = [
    {"zh": "单价", "type": "money"},
    {"zh": "件数", "type": "number", "settings": {"unit": "件"}},
    {"zh": "总价", "type": "formula", "settings": {"formula": "{cf_1} * {cf_2}", "result": "money"}},
    {"zh": "单号", "type": "serial", "settings": {"pattern": "YP-{000}"}},
    {"zh": "图纸", "type": "attachment"},
    {"zh": "照片", "type": "picture"},
    {"zh": "终端客户", "type": "link", "settings": {"to": "customer"}},
    {"zh": "终端地区", "type": "lookup", "settings": {"through": "cf_7", "field": "region"}},
    {"zh": "寄送地址", "type": "address"},
    {"zh": "预算", "type": "money_range"},
    {"zh": "说明", "type": "rich"},
    {"zh": "生日", "type": "lunar_date"},
]


def shaped(page: Page) -> None:
    states = [{"key": "asked", "zh": "待审"}, {"key": "sent", "zh": "已寄出", "closed": True}]
    body = {"zh": "样品申请", "slug": "x_sample", "states": states, "fields": FIELDS}
    call(page, "POST", "/record-types", body)


def test_a_row_holds_files_and_pictures_and_what_leans_on_others(wide: Page, demo: str, tmp_path: Path) -> None:
    """R-213: uploaded in the form, shown on the page, kept when something else changes, taken out again."""
    page = wide
    drawing, photo = tmp_path / "图纸.txt", tmp_path / "主轴.png"
    drawing.write_text("A-17", "utf-8")
    photo.write_bytes(PNG)
    come_in(page, demo, "陈立")
    shaped(page)
    page.goto(f"{demo}/records/x_sample")
    page.get_by_role("button", name="新建").first.click()
    form = page.locator(".ant-drawer-body")
    form.get_by_label("标题").fill("主轴样品")
    form.get_by_label("单价").fill("12.5")
    form.get_by_label("件数").fill("4")
    for label, file in (("图纸", drawing), ("照片", photo)):
        with page.expect_file_chooser() as asked:
            form.get_by_role("button", name=f"{label}：选文件").click()
        asked.value.set_files(file)
        expect(form.get_by_text(file.name, exact=True)).to_be_visible()
    form.get_by_label("终端客户").click()
    page.keyboard.type("恒锐")
    page.get_by_title("苏州恒锐精密机械有限公司").click()
    page.locator(".ant-drawer-footer").get_by_role("button", name="保存").click()
    page.wait_for_url(re.compile(r"/records/x_sample/\d+$"))
    facts = page.locator(".own-sheet").first
    expect(facts.get_by_text("YP-001", exact=True)).to_be_visible()
    expect(facts.get_by_text("50", exact=True)).to_be_visible()
    expect(facts.get_by_role("link", name="苏州恒锐精密机械有限公司")).to_be_visible()
    expect(facts.get_by_text("图纸.txt").first).to_be_visible()
    picture = facts.get_by_role("link", name="主轴.png").locator("img")
    expect(picture).to_be_visible()
    assert picture.evaluate("one => one.naturalWidth") > 0

    page.get_by_role("button", name="编辑").click()
    form.get_by_role("button", name="删除 图纸.txt").click()
    page.locator(".ant-drawer-footer").get_by_role("button", name="保存").click()
    expect(facts.get_by_text("图纸.txt")).to_have_count(0)
    expect(picture).to_be_visible()


def test_what_is_said_about_a_row_reaches_a_colleague_and_leads_back(
    wide: Page, open_page: Callable[[], Page], demo: str
) -> None:
    """R-178: @ by pinyin, the inbox leads to the very comment, an answer, and who cannot see is said before."""
    page = wide
    come_in(page, demo, "陈立")
    shaped(page)
    give(page, demo, "主管", "全部")
    pk = call(page, "POST", "/records/x_sample", {"name": "主轴样品"})["id"]
    page.goto(f"{demo}/records/x_sample/{pk}")
    words = page.get_by_label("写评论")
    words.click()
    words.press_sequentially("@lixiao")
    expect(page.get_by_role("option", name="李晓雯")).to_be_visible()
    words.press("Enter")
    words.press_sequentially("看一下")
    words.press("Control+Enter")
    expect(page.get_by_text("李晓雯看不到这条记录，让管理员给他的角色开范围")).to_be_visible()
    words.fill("")
    words.press_sequentially("周五前要寄出，@zhaom")
    expect(page.get_by_role("option", name="赵敏")).to_be_visible()
    words.press("Enter")
    words.press_sequentially("能批吗")
    words.press("Control+Enter")
    expect(page.locator(".cm-text").get_by_text("能批吗")).to_be_visible()

    zhao = come_in(open_page(), demo, "赵敏")
    expect(zhao.get_by_role("button", name=re.compile("通知 [0-9]+"))).to_be_visible()
    zhao.get_by_role("button", name=re.compile("通知")).click()
    zhao.get_by_text("在 主轴样品 提到你").first.click()
    zhao.wait_for_url(re.compile(rf"/records/x_sample/{pk}#comment-\d+"))
    aimed = zhao.locator(".cm-entry[data-aimed]")
    expect(aimed).to_be_in_viewport()
    aimed.get_by_role("button", name="回复").click()
    zhao.keyboard.type("批了")
    zhao.keyboard.press("Control+Enter")
    expect(zhao.locator(".cm-replies").get_by_text("批了")).to_be_visible()
    page.reload()
    expect(page.locator(".cm-replies").get_by_text("批了")).to_be_visible()
