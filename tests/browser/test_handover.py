"""A hand-over through its three sides: the giver opens it, the receiver reads and confirms, the supervisor releases."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.calls import call, new_customer

pytestmark = pytest.mark.browser


def enter(page: Page, demo: str, name: str) -> Page:
    page.goto(f"{demo}/login")
    page.get_by_role("button", name=name).first.click()
    page.wait_for_url("**/today")
    return page


def firms(page: Page) -> list[str]:
    """Two customers of the giver, on the first a need and what they object to."""
    names = ["宜兴澄湖陶瓷有限公司", "昆山启衡精密有限公司"]
    first = new_customer(page, names[0], "13800000071")
    new_customer(page, names[1], "13800000072")
    call(page, "POST", f"/customers/{first}/needs", {"text": "夜班也要能报工", "kind": "function"})
    call(page, "POST", f"/customers/{first}/objections", {"kind": "other", "text": "怕停线"})
    return names


def pick(page: Page, label: str, name: str) -> None:
    """A choice of many: the system's own list on the phone."""
    field = page.get_by_label(label, exact=True)
    if field.evaluate("each => each.tagName") == "SELECT":
        field.select_option(label=name)
        return
    field.click()
    page.locator(".ant-select-dropdown:visible").get_by_title(name).click()


def open_it(page: Page, demo: str, names: list[str]) -> str:
    page.goto(f"{demo}/handovers")
    page.get_by_role("button", name="发起交接").click()
    dialog = page.get_by_role("dialog")
    for name in names:
        dialog.get_by_label("找客户").fill(name[:4])
        dialog.get_by_role("checkbox", name=re.compile(name)).check()
    expect(dialog.get_by_text("已选 2 家")).to_be_visible()
    pick(page, "接收方", "王海涛")
    dialog.get_by_label("原因").fill("调到大客户部")
    dialog.get_by_role("button", name="先核对").click()
    page.wait_for_url(re.compile(r"/handovers/\d+$"))
    return page.url


def sent(page: Page) -> None:
    """Before it is sent the giver says what stands in no record."""
    page.get_by_label("没写进系统的事").fill("老板只在下午三点后有空")
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_text("记下了")).to_be_visible()
    page.get_by_role("button", name="发给双方确认").click()
    expect(page.get_by_text("发出去了，双方会在待办里看到")).to_be_visible()


def read_and_agreed(page: Page, demo: str, address: str) -> None:
    """From the to-do to the briefs, one after the other; then he takes them over."""
    page.goto(f"{demo}/agenda")
    expect(page.get_by_text("看完并确认交接").first).to_be_visible()
    page.goto(address)
    expect(page.get_by_text("夜班也要能报工")).to_be_visible()
    expect(page.get_by_text("“怕停线”")).to_be_visible()
    expect(page.get_by_text("老板只在下午三点后有空")).to_be_visible()
    page.get_by_role("textbox", name="问李晓雯").fill("谁拍板")
    page.get_by_role("button", name="发出").click()
    expect(page.locator(".handover-said", has_text="谁拍板")).to_be_visible()
    page.get_by_role("button", name="看懂了，下一家").click()
    page.get_by_role("button", name="看懂了", exact=True).click()
    page.get_by_role("button", name="确认接手").click()
    expect(page.get_by_text("确认了", exact=True)).to_be_visible()


def released(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_text("都确认了，可以放行。")).to_be_visible()
    page.get_by_role("button", name="放行交接").click()
    expect(page.get_by_text("2 家客户已经交接")).to_be_visible()
    expect(page.get_by_role("button", name="整体撤回")).to_be_visible()


def taken_back(page: Page) -> None:
    page.get_by_role("button", name="整体撤回").click()
    page.get_by_role("button", name=re.compile("^确认整体撤回")).click()
    expect(page.get_by_text("全部回到李晓雯名下")).to_be_visible()


def test_three_sides_hand_customers_over_and_take_them_back(open_page: Callable[[], Page], demo: str) -> None:
    """R-158, N8: on the desktop and on the phone."""
    gives, takes, releases = (enter(open_page(), demo, name) for name in ("李晓雯", "王海涛", "赵敏"))
    names = firms(gives)
    address = open_it(gives, demo, names)
    sent(gives)
    read_and_agreed(takes, demo, address)
    released(releases, address)
    takes.goto(f"{demo}/customers")
    expect(takes.get_by_text("宜兴澄湖陶瓷").first).to_be_visible()
    taken_back(releases)
    gives.goto(f"{demo}/customers")
    expect(gives.get_by_text("宜兴澄湖陶瓷").first).to_be_visible()
