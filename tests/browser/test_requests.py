"""A rep asks the technical department, a colleague there asks back and delivers, the rep confirms (R-177, R-186)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.calls import call
from tests.browser.test_together import come_in, open_customer

pytestmark = pytest.mark.browser

QUESTION = "3 号线能不能保留现有 PLC"


def technical_department(page: Page, demo: str) -> None:
    """王海涛 becomes the engineer of a department by that name."""
    chen = come_in(page, demo, "陈立")
    place = call(chen, "POST", "/departments", {"name": "技术部"})["id"]
    members = chen.evaluate("async () => (await (await fetch('/api/v1/members')).json()).items")
    wang = next(each["id"] for each in members if each["name"] == "王海涛")
    call(chen, "PATCH", f"/members/{wang}", {"department_id": place})


def panel(page: Page, demo: str) -> None:
    """The part of the customer's page where requests stand."""
    open_customer(page, demo)
    page.goto(page.url.split("?")[0].split("#")[0] + "#help")
    expect(page.locator("#help")).to_be_visible()


def test_a_request_goes_to_and_fro_until_it_is_confirmed(open_page: Callable[[], Page], demo: str) -> None:
    technical_department(open_page(), demo)
    li = come_in(open_page(), demo, "李晓雯")
    panel(li, demo)
    asking = li.locator("#help")
    asking.get_by_role("button", name="提求助").click()
    asking.get_by_role("radio", name="技术支持").click()
    expect(asking.get_by_text("背景和期望这两段文字会发给对方")).to_be_visible()
    expect(asking.get_by_label("需求背景")).not_to_be_empty()
    asking.get_by_label("要什么").fill(QUESTION)
    asking.get_by_label("客户的期望").fill("30 天内交货，不换 PLC")
    asking.get_by_role("button", name="发出").click()
    expect(asking.locator(".req").first).to_contain_text("在 技术部 那里")

    wang = come_in(open_page(), demo, "王海涛")
    wang.goto(f"{demo}/requests")
    given = wang.locator(".req", has_text=QUESTION)
    expect(given).to_contain_text("30 天内交货，不换 PLC")
    given.get_by_role("button", name="我来做").click()
    expect(given).to_contain_text("在做")
    given.get_by_role("button", name="反问").click()
    given.get_by_label("还缺什么，期限停到他补充为止").fill("PLC 是什么型号")
    given.locator("form").get_by_role("button", name="反问").click()
    expect(given).to_contain_text("等补充时不走")

    li.goto(f"{demo}/requests?side=asked")
    mine = li.locator(".req", has_text=QUESTION)
    expect(mine).to_contain_text("PLC 是什么型号")
    mine.get_by_role("button", name="补充", exact=True).click()
    mine.get_by_label("补充对方要的").fill("西门子 S7-1200")
    mine.locator("form").get_by_role("button", name="补充").click()
    expect(mine).to_contain_text("在 王海涛 那里")

    wang.reload()
    expect(given).to_contain_text("西门子 S7-1200")
    given.get_by_role("button", name="交付", exact=True).click()
    given.get_by_label("写下结果，提出的人会收到").fill("可以，加一块网关")
    given.locator("form").get_by_role("button", name="交付").click()
    expect(given).to_contain_text("等确认")
    expect(given.get_by_role("button", name="确认")).to_have_count(0)

    li.reload()
    expect(mine).to_contain_text("可以，加一块网关")
    mine.get_by_role("button", name="确认", exact=True).click()
    expect(li.get_by_text("已确认")).to_be_visible()
    li.get_by_role("radio", name="已办结").click()
    expect(mine).to_contain_text("已办结")
    expect(mine.get_by_role("button")).to_have_count(0)
