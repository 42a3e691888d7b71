"""An administrator arranges the page of a customer where it is looked at; everybody has it so (issue 4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_together import come_in, open_customer

pytestmark = pytest.mark.browser


def test_the_page_is_arranged_for_the_whole_team(wide: Page, open_page: Callable[[], Page], demo: str) -> None:
    come_in(wide, demo, "陈立")
    open_customer(wide, demo)
    wide.get_by_role("button", name="更多", exact=True).first.click()
    wide.get_by_role("menuitem", name="页面版面").click()
    drawer = wide.get_by_role("dialog", name="页面版面")
    row = drawer.locator(".lay-parts li")
    row.filter(has_text="审批").get_by_text("不显示").click()
    row.filter(has_text="异议").get_by_text("主栏").click()
    row.filter(has_text="协作人").get_by_role("button", name="往前").click()
    expect(drawer.locator(".lay-preview [data-place=main] span")).to_have_text(["异议", "时间线"])
    drawer.get_by_role("button", name="保存给全团队").click()
    expect(wide.get_by_text("版面已保存，全团队生效")).to_be_visible()
    expect(wide.locator(".cpage-main #objections")).to_be_visible()

    li = come_in(open_page(), demo, "李晓雯")
    open_customer(li, demo)
    expect(li.locator(".cpage-main #objections")).to_be_visible()
    expect(li.locator("#approvals")).to_have_count(0)
    expect(li.get_by_role("menuitem", name="页面版面")).to_have_count(0)
