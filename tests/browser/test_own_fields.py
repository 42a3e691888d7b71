"""A team's own fields on the screens: asked, shown, listed, sorted, filtered and changed in place (R-018, R-213)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.calls import FIRM, call
from tests.browser.test_journey import make_team

pytestmark = pytest.mark.browser
FIELDS = [
    {"zh": "车型", "en": "Model", "type": "option", "options": "car_model", "required": True},
    {"zh": "感兴趣车型", "en": "Models", "type": "options", "options": "car_model"},
    {"zh": "台数", "en": "Units", "type": "number", "settings": {"unit": "台", "min": 1, "max": 500, "precision": 0}},
    {"zh": "续保日", "en": "Renewal", "type": "date"},
    {"zh": "已购车险", "en": "Insured", "type": "bool"},
    {"zh": "官网", "en": "Website", "type": "url", "help_zh": "写首页"},
]


def shape(page: Page) -> list[str]:
    """The form of a customer with a field of each kind; their keys."""
    items = [{"zh": "SUV", "color": "#0E6A5E"}, {"zh": "轿车", "color": "#B4472E"}]
    call(page, "PUT", "/option-lists/car_model", {"version": "", "items": items})
    made = call(page, "PUT", "/designs/customer", {"version": 0, "fields": FIELDS, "groups": []})
    keys: list[str] = made["keys"][-len(FIELDS) :]
    return keys


def wide(page: Page) -> bool:
    return bool(page.viewport_size and page.viewport_size["width"] >= 768)


def choose(page: Page, scope: Any, label: str, words: str) -> None:
    """From a list of the desktop, or the phone's own wheel."""
    if wide(page):
        scope.get_by_label(label, exact=True).click()
        page.locator(".ant-select-item-option", has_text=words).last.click()
        page.keyboard.press("Escape")
    else:
        scope.get_by_label(label, exact=True).select_option(label=words)


def create(page: Page, site: str) -> None:
    """A required field of the team is asked at once and named when it is blank; the rest stands under 更多."""
    page.goto(f"{site}/customers?new=1")
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("客户名称").fill(FIRM)
    drawer.get_by_label("联系人").fill("王建国")
    drawer.get_by_label("电话", exact=True).fill("13800000001")
    choose(page, drawer, "客户来源", "展会")
    expect(drawer.get_by_label("台数")).to_have_count(0)
    drawer.get_by_role("button", name="建客户").click()
    expect(drawer.get_by_text("车型没有填")).to_be_visible()
    choose(page, drawer, "车型", "SUV")
    drawer.get_by_role("button", name="更多项").click()
    drawer.get_by_label("台数").fill("900")
    expect(drawer.get_by_text("不能大于 500")).to_be_visible()
    drawer.get_by_label("台数").fill("12")
    drawer.get_by_label("续保日", exact=True).fill("2026-12-18")
    drawer.get_by_role("radiogroup", name="已购车险").get_by_role("radio", name="否").click()
    expect(drawer.get_by_text("写首页")).to_be_visible()
    drawer.get_by_label("官网").fill("example.com/cars")
    drawer.get_by_role("button", name="建客户").click()
    page.wait_for_url(re.compile(r"/customers/\d+"))


def test_a_new_field_is_asked_shown_and_mended(page: Page, site: str) -> None:
    make_team(page, site)
    shape(page)
    create(page, site)
    if not wide(page):
        page.get_by_role("tab", name="资料").click()
    profile = page.locator(".side-facts")
    for words in ("SUV", "12台", "否"):
        expect(profile.get_by_text(words, exact=True)).to_be_visible()
    expect(profile.get_by_text("12月18日")).to_be_visible()
    link = profile.get_by_role("link", name="example.com/cars")
    expect(link).to_have_attribute("href", "https://example.com/cars")
    expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")
    page.get_by_role("button", name="编辑", exact=True).click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("台数").fill("20")
    drawer.get_by_role("button", name="保存").click()
    expect(profile.get_by_text("20台", exact=True)).to_be_visible()
    if not wide(page):
        page.get_by_role("tab", name="动态").click()
    expect(page.get_by_text("台数 12台 → 20台")).to_be_visible()


def test_a_new_field_is_listed_sorted_filtered_and_changed_in_place(page: Page, site: str) -> None:
    if not wide(page):
        pytest.skip("the list of the desktop")
    make_team(page, site)
    _, models, units, *_ = shape(page)
    for name, count in (("甲公司", 5), ("乙公司", 9)):
        body = {"name": name, "source": "exhibition", "contact": {"name": "王", "phone": f"1380000000{count}"}}
        lists = page.evaluate("async () => (await fetch('/api/v1/option-lists/car_model')).json()")
        suv = lists["items"][0]["key"]
        call(page, "POST", "/customers", {**body, "cf_1": suv, models: [suv], units: count})
    page.goto(f"{site}/customers?view=mine")
    page.get_by_role("button", name="列设置").click()
    for label in ("台数", "感兴趣车型"):
        page.get_by_label(label, exact=True).check()
    page.keyboard.press("Escape")
    cells = page.locator(f'[data-key="{units}"]')
    page.get_by_role("button", name="台数", exact=True).click()
    expect(cells).to_have_text(["5台", "9台"])
    page.get_by_role("button", name="台数", exact=True).click()
    expect(cells).to_have_text(["9台", "5台"])

    cells.first.dblclick()
    cells.first.get_by_label("台数").fill("30")
    cells.first.get_by_label("台数").press("Enter")
    expect(cells).to_have_text(["30台", "5台"])

    chosen = page.locator(f'[data-key="{models}"]')
    chosen.last.dblclick()
    card = page.locator(".cell-card")
    card.get_by_label("感兴趣车型").click()
    page.locator(".ant-select-item-option", has_text="轿车").click()
    page.keyboard.press("Escape")
    card.get_by_role("button", name="保存").click()
    expect(chosen.last).to_have_text("SUV轿车")

    page.get_by_role("button", name="条件", exact=True).click()
    page.get_by_placeholder("选一个条件").fill("感兴趣")
    page.locator(".filter-field", has_text="感兴趣车型").click()
    page.get_by_label("感兴趣车型 有", exact=True).click()
    page.locator(".ant-select-item-option", has_text="轿车").last.click()
    page.get_by_role("button", name="应用").click()
    expect(page.get_by_text("共 1 家")).to_be_visible()
    expect(page.locator(".filter-chip")).to_contain_text("感兴趣车型 有 轿车")
    page.reload()
    expect(cells).to_have_text(["5台"])
