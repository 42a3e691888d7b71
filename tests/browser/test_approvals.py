"""A special price is asked on the customer's page and decided in two presses, at both widths (R-105, R-169)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.calls import call
from tests.browser.test_templates import choose
from tests.browser.test_together import come_in, open_customer

pytestmark = pytest.mark.browser


def test_a_price_is_asked_for_and_decided_in_two_presses(open_page: Callable[[], Page], demo: str) -> None:
    """Who will be asked is shown before; the superior opens it and says yes; the customer's page tells the outcome."""
    chen = come_in(open_page(), demo, "陈立")
    stages = [{"name": "业务", "by": [{"who": "superior"}]}]
    flow = {"name": "特价", "purpose": "discount", "fields": ["percent"], "stages": stages}
    call(chen, "POST", "/approval-flows", {"body": flow})

    li = come_in(open_page(), demo, "李晓雯")
    open_customer(li, demo)
    address = f"{li.url.partition('#')[0]}#approvals"
    li.goto("about:blank")
    li.goto(address)
    panel = li.locator("#approvals")
    panel.get_by_role("button", name="申请审批").click()
    choose(li, "申请什么", "特价折扣")
    panel.get_by_label("折扣").fill("8")
    expect(panel.get_by_text("赵敏")).to_be_visible()
    panel.get_by_label("为什么申请，客户怎么说").fill("客户要年框价，签 3 年")
    panel.locator("form").get_by_role("button", name="申请审批").click()
    expect(panel.get_by_text("等 赵敏 批")).to_be_visible()

    zhao = come_in(open_page(), demo, "赵敏")
    zhao.goto(f"{demo}/reviews?which=requests")
    zhao.get_by_role("button", name="特价折扣").first.click()
    expect(zhao.get_by_text("客户要年框价，签 3 年")).to_be_visible()
    zhao.get_by_role("button", name="同意", exact=True).click()
    expect(zhao.get_by_text("没有等你批的")).to_be_visible()

    li.reload()
    expect(li.locator("#approvals").get_by_text("已通过")).to_be_visible()
