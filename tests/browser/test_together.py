"""Two people work on one record: a word with @ that reaches the other, and a review there and back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

FIRM = "苏州恒锐精密机械"
UNDO_MS = 9_000


def come_in(page: Page, demo: str, person: str) -> Page:
    page.goto(f"{demo}/login")
    page.get_by_role("button", name=f"用 {person} 的身份进去").click()
    page.wait_for_url("**/today")
    return page


def open_customer(page: Page, demo: str) -> None:
    page.goto(f"{demo}/customers?q=恒锐")
    page.get_by_text(FIRM).first.click()
    page.wait_for_url("**/customers/*")
    # The address changes before the page does: what the list showed may still be clicked until then.
    expect(page.locator("a.tl-open").first).to_be_visible()


def test_a_comment_reaches_the_colleague_and_leads_back_to_it(open_page: Callable[[], Page], demo: str) -> None:
    """@ finds a colleague by pinyin, his inbox leads to the very comment, he answers there (R-178)."""
    li = come_in(open_page(), demo, "李晓雯")
    open_customer(li, demo)
    li.locator("a.tl-open").first.click()
    li.wait_for_url("**/followups/*")
    words = li.get_by_label("写评论").last
    words.click()
    words.press_sequentially("这家要尽快报价，@zhaom")
    expect(li.get_by_role("option", name="赵敏")).to_be_visible()
    words.press("Enter")
    words.press_sequentially("看一下折扣")
    words.press("Control+Enter")
    expect(li.locator(".cm-text").get_by_text("看一下折扣")).to_be_visible()

    zhao = come_in(open_page(), demo, "赵敏")
    expect(zhao.get_by_role("button", name=re.compile("通知 [0-9]+"))).to_be_visible(timeout=15_000)
    zhao.get_by_role("button", name=re.compile("通知")).click()
    zhao.get_by_text("提到你").first.click()
    zhao.wait_for_url(re.compile(r"/followups/\d+#comment-\d+"))
    aimed = zhao.locator(".cm-entry[data-aimed]")
    expect(aimed).to_be_in_viewport()
    aimed.get_by_role("button", name="回复").click()
    zhao.keyboard.type("最多让 3%")
    zhao.keyboard.press("Control+Enter")
    expect(zhao.locator(".cm-replies").get_by_text("最多让 3%")).to_be_visible()

    li.reload()
    expect(li.locator(".cm-replies").get_by_text("最多让 3%")).to_be_visible()


def test_a_record_is_returned_mended_and_passed(open_page: Callable[[], Page], demo: str) -> None:
    """A rep logs, his supervisor returns a field with a reason, he mends it, it passes (R-170, R-176, R-077)."""
    li = come_in(open_page(), demo, "李晓雯")
    open_customer(li, demo)
    li.get_by_role("button", name="写跟进").last.click()
    li.get_by_label("内容", exact=True).fill(
        "王总看了二期方案，问 3 号线能不能保留现有 PLC，预算 80 万，财务李经理还没批。"
    )
    li.get_by_placeholder("他的原话或数字").fill("交期 45 天太长，30 天内能到就定")
    li.get_by_label("做什么").fill("明天 10:00 把 PLC 兼容清单发给王总")
    li.get_by_label("做什么").blur()
    li.wait_for_timeout(1200)
    li.get_by_role("button", name="提交").click()
    expect(li.get_by_text("记下了")).to_be_visible()
    open_customer(li, demo)
    li.locator("a.tl-open").first.click()
    li.wait_for_url("**/followups/*")
    record = li.url
    chain = li.get_by_role("region", name="闭环")
    expect(chain.get_by_text("等审核")).to_be_visible()

    zhao = come_in(open_page(), demo, "赵敏")
    zhao.goto(record)
    zhao.get_by_role("link", name="去审").click()
    expect(zhao.get_by_role("article", name=re.compile(FIRM))).to_be_visible()
    if zhao.viewport_size and zhao.viewport_size["width"] < 768:
        zhao.locator('[data-slug="summary"]').get_by_role("button", name=re.compile("批注")).click()
    else:
        zhao.keyboard.press("c")
    zhao.get_by_label("批注", exact=True).fill("写清 3 号线有几台 PLC")
    zhao.get_by_role("button", name=re.compile("退回")).click()
    expect(zhao.get_by_text("已退回")).to_be_visible()
    zhao.wait_for_timeout(UNDO_MS)

    li.reload()
    expect(chain.get_by_text("写清 3 号线有几台 PLC")).to_be_visible()
    chain.get_by_role("link", name="去改").click()
    li.get_by_role("textbox", name="跟进内容").fill(
        "王总看了二期方案，问 3 号线的 4 台 PLC 能不能保留，预算 80 万，财务李经理还没批。"
    )
    li.get_by_role("button", name="重新提交").click()
    li.wait_for_url("**/today")

    zhao.goto(record)
    zhao.get_by_role("link", name="去审").click()
    expect(zhao.get_by_text("4 台 PLC").first).to_be_visible()
    zhao.get_by_role("button", name=re.compile("^通过")).click()
    zhao.wait_for_timeout(UNDO_MS)

    li.goto(record)
    expect(chain.get_by_text("改完重新提交")).to_be_visible()
    expect(chain.get_by_text("赵敏 通过")).to_be_visible()
