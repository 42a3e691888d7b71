"""A supervisor looks at what is stuck, urges, postpones two together and narrows it to a cell (R-090, R-114)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_together import come_in

pytestmark = pytest.mark.browser


def number(place: Locator) -> int:
    """The number that stands in a text."""
    found = re.search(r"\d+", place.inner_text())
    assert found is not None, place.inner_text()
    return int(found.group())


def test_the_board_is_found_narrowed_and_acted_upon(open_page: Callable[[], Page], demo: str) -> None:
    zhao = come_in(open_page(), demo, "赵敏")
    zhao.get_by_role("navigation").get_by_role("link", name="异常").click()
    expect(zhao.locator(".exc-head")).to_contain_text("件事卡住了")
    rows = zhao.locator(".exc-table tbody tr, .exc-card")

    zhao.get_by_role("tab", name="节点超时").click()
    expect(zhao).to_have_url(re.compile(r"kind=node"))
    many = number(zhao.get_by_role("tab", name="节点超时"))
    expect(rows).to_have_count(many)
    expect(rows.locator(".exc-about", has_text="节点超时")).to_have_count(many)

    first = rows.first
    first.hover()
    first.get_by_role("button", name="催办", exact=True).click()
    expect(zhao.get_by_text("已催办 1 件")).to_be_visible()
    expect(zhao.get_by_role("button", name="今天催过")).to_be_disabled()

    for place in (0, 1):
        box = rows.nth(place).get_by_role("checkbox")
        box.press("Space")
        expect(box).to_be_checked()
    bar = zhao.locator(".exc-foot")
    expect(bar).to_contain_text("选了 2 件")
    bar.get_by_role("button", name="延期").click()
    dialog = zhao.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="延期")).to_be_disabled()
    dialog.get_by_label("为什么延（会记下来）").fill("客户停产检修，下周再谈")
    dialog.get_by_role("button", name="延期").click()
    expect(rows).to_have_count(many - 2)
    expect(zhao.get_by_role("tab", name=f"节点超时 {many - 2}")).to_be_visible()

    cell = zhao.locator(".exc-cell[data-shade]:not([data-shade='0'])").first
    inside = number(cell)
    cell.click()
    expect(cell).to_have_attribute("aria-pressed", "true")
    expect(rows).to_have_count(inside)
    zhao.reload()
    expect(rows).to_have_count(inside)
    zhao.get_by_role("button", name=re.compile("^不再只看")).first.click()
    expect(zhao).not_to_have_url(re.compile("node="))


def test_what_waits_for_the_reader_is_one_click_away(open_page: Callable[[], Page], demo: str) -> None:
    zhao = come_in(open_page(), demo, "赵敏")
    zhao.goto(f"{demo}/exceptions?reason=you")
    rows = zhao.locator(".exc-table tbody tr, .exc-card")
    waiting = zhao.get_by_role("button", name=re.compile("^等你批、审"))
    expect(waiting).to_have_attribute("aria-pressed", "true")
    expect(rows).to_have_count(number(waiting.locator(".exc-n")))
    expect(zhao.locator(".ant-btn-primary")).to_have_count(1)
    rows.first.get_by_role("link", name="去审核").click()
    expect(zhao).to_have_url(re.compile("/reviews"))
