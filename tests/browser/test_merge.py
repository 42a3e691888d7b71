"""Two files of one firm become one, with the preview first, and are taken apart again (R-121)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.calls import FIRM, new_customer
from tests.browser.test_journey import make_team

pytestmark = pytest.mark.browser


def test_merge_and_take_back(page: Page, site: str) -> None:
    make_team(page, site)
    page.goto(f"{site}/customers")
    first = new_customer(page, FIRM)
    second = new_customer(page, "恒锐精机")
    page.goto(f"{site}/customers/{second}")
    if page.viewport_size and page.viewport_size["width"] < 768:
        page.get_by_role("tab", name="资料").click()
    page.get_by_role("button", name="合并", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("24 小时内可以撤销")).to_be_visible()
    dialog.get_by_text("苏州恒锐精密机械有限公司").first.click()
    expect(dialog.get_by_text("1 位联系人是同一个人，合成一位")).to_be_visible()
    dialog.get_by_role("button", name="合并 2 家").click()
    page.wait_for_url(f"**/customers/{first}")
    expect(page.get_by_role("heading", name="苏州恒锐精密机械有限公司")).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("已撤销，2 家改回原样")).to_be_visible()
    page.goto(f"{site}/customers/{second}")
    expect(page.get_by_role("heading", name="恒锐精机")).to_be_visible()
