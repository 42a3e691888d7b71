"""A report with after-sales parts, written, read and taken away as a PDF, with real clicks (R-001, R-016, R-017)."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.calls import new_customer
from tests.browser.test_journey import make_team

pytestmark = pytest.mark.browser


def is_phone(page: Page) -> bool:
    return (page.viewport_size or {"width": 0})["width"] < 768


def choose(page: Page, label: str, words: str) -> None:
    """On the phone the system's own wheel, else the searchable list."""
    if is_phone(page):
        page.get_by_label(label, exact=True).select_option(label=words)
        return
    page.get_by_label(label, exact=True).click()
    page.get_by_title(words).locator("visible=true").last.click()


def test_a_report_is_written_read_and_printed(page: Page, site: str, tmp_path: Path) -> None:
    """R-020: what the template still wants stands in the panel; R-009: result beside plan."""
    make_team(page, site)
    pk = new_customer(page)
    page.goto(f"{site}/customers/{pk}/log" if is_phone(page) else f"{site}/customers/{pk}?log={pk}")
    page.locator("#log-summary").fill(
        "王总说 3 号线扫码枪掉线 2 次，当场换了接收器，观察 40 分钟没再掉。他问备件价格。"
    )
    page.get_by_placeholder("他的原话或数字").fill("一周掉 2 次就要换供应商")
    page.get_by_label("做什么").fill("明天 10:00 把备件价格表发给王总")
    page.get_by_label("做什么").blur()
    choose(page, "写成", "跟进报告")
    choose(page, "跟进类型", "售后跟进")
    expect(page.get_by_text("售后跟进要写清遇到的问题、处理情况和客户满意度").first).to_be_visible()
    headings = page.locator(".tpl-section h3").all_inner_texts()
    assert [each[:2] for each in headings] == ["一、", "二、", "三、", "四、", "五、", "六、", "七、"]
    page.get_by_role("button", name="提交").click()
    expect(page.locator(".part-wrong").first).to_have_text("还没写“沟通主题”")
    for field, words in (("topic", "扫码枪掉线"), ("problem", "一周掉线 2 次"), ("handling", "换了接收器"),
                         ("result", "当场恢复，客户认可")):  # fmt: skip
        page.locator(f"#part-{field}").fill(words)
    page.get_by_role("radio", name="4").click()
    page.wait_for_timeout(1200)
    page.get_by_role("button", name="提交").click()
    page.get_by_role("button", name="看整条记录").click()
    page.wait_for_url("**/followups/*")
    expect(page.get_by_role("heading", name="五、跟进结果与结论")).to_be_visible()
    expect(page.locator(".rec-closing")).to_contain_text("当场恢复，客户认可")
    expect(page.locator(".rec-closing")).to_contain_text("备件价格表")
    if is_phone(page):
        page.get_by_role("button", name="更多").click()
    with page.expect_download() as waiting:
        page.get_by_role("menuitem" if is_phone(page) else "button", name="PDF").click()
    waiting.value.save_as(tmp_path / "record.pdf")
    assert (tmp_path / "record.pdf").read_bytes().startswith(b"%PDF-")
