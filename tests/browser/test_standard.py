"""The standard of records: an administrator changes it, sees what it would do, publishes it, and goes back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_together import come_in

pytestmark = pytest.mark.browser


def test_a_rule_is_made_harder_seen_published_and_taken_back(wide: Page, demo: str) -> None:
    """R-213: tried on a text and on old records first; it holds at once, and goes back in one click."""
    page = wide
    come_in(page, demo, "陈立")
    page.goto(f"{demo}/manage/standard")
    page.get_by_label("“主观判断”的级别").click()
    page.locator(".ant-select-item-option", has_text="必须补").last.click()
    page.get_by_label("行话，如 MES").fill("OEE")
    page.get_by_label("大家都懂的说法，如 制造执行系统").fill("设备综合效率")
    page.get_by_role("button", name="加上").click()

    trial = page.get_by_role("region", name="试一试")
    trial.get_by_role("textbox").first.fill("感觉客户很有诚意")
    expect(trial).to_contain_text("建议补 → 必须补")
    trial.get_by_role("textbox").first.fill("3 号线 OEE 只有 62%")
    expect(trial).to_contain_text("新提出 “OEE”不是人人都懂")

    page.get_by_role("button", name="2 处修改，看影响并发布").click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text(re.compile(r"近 90 天的 [\d,]+ 条里，会多拦下 \d+ 条"))
    drawer.get_by_label("为什么改").fill("判断要有依据")
    drawer.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_text("跟进标准第 1 版已发布，马上生效")).to_be_visible()

    pack = page.get_by_role("button", name="退回这一版 自带的标准")
    pack.click()
    page.get_by_role("button", name="确认退回这一版").click()
    expect(page.get_by_text("跟进标准第 2 版已发布，马上生效")).to_be_visible()
    expect(page.get_by_label("“主观判断”的级别").locator("xpath=ancestor::li")).to_contain_text("建议补")
