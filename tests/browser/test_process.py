"""A customer on its way: the page shows what is missing, a move asks for it, the history tells it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.calls import call, new_customer
from tests.browser.test_designer import drag
from tests.browser.test_together import come_in

pytestmark = pytest.mark.browser


def test_a_card_moves_and_the_gate_asks_in_place(page: Page, demo: str) -> None:
    """By drag and keyboard, on the phone by its menu; what is missing is filled in at the card (R-081, R-115)."""
    come_in(page, demo, "李晓雯")
    page.goto(f"{demo}/customers?layout=board&by=stage")
    phone = page.viewport_size is not None and page.viewport_size["width"] < 768
    firm = "无锡盛晟模具制造"
    if phone:
        page.get_by_role("tab", name=re.compile("需求确认")).click()
        page.locator(".bcard", has_text=firm).locator(".bcard-move").click()
        page.locator(".sort-menu").get_by_role("button", name="定制方案").click()
    else:
        card = page.locator("[data-column='1'] .bcard", has_text=firm)
        card.focus()
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Space")
    dialog = page.get_by_role("dialog", name=re.compile(f"{firm} → 定制方案"))
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="先不动").click()
    expect(dialog).to_be_hidden()
    home = page.locator("[data-column='1'] .bcard" if not phone else ".bphone .bcard", has_text=firm)
    expect(home).to_be_visible()

    if phone:
        home.locator(".bcard-move").click()
        page.locator(".sort-menu").get_by_role("button", name="定制方案").click()
    else:
        drag(page, home, page.locator("[data-drop=proposal]"), height=0.3)
        page.mouse.up()
    go = dialog.get_by_role("button", name="移到定制方案")
    expect(go).to_be_disabled()
    dialog.locator("[data-field=decision_process]").locator("input, textarea").first.fill("使用部门提，厂长批")
    dialog.get_by_label("缺着也要推进，写下原因").fill("客户催着先看方案")
    go.click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text(f"{firm} 已移到 定制方案").first).to_be_attached()
    page.goto(f"{demo}/customers?q={firm}")
    page.get_by_text(firm).first.click()
    expect(page.locator(".path li[aria-current=step]")).to_contain_text("定制方案")


def test_the_page_shows_what_is_missing_and_where_it_has_been(page: Page, demo: str) -> None:
    """The current node opens: action, output, gate, words to say; back with a reason, told in its history (R-117)."""
    come_in(page, demo, "李晓雯")
    page.goto(f"{demo}/customers?q=恒锐")
    page.get_by_text("苏州恒锐精密机械").first.click()
    here = page.locator(".path-here, .path-now:enabled").first
    expect(here).to_be_visible()
    expect(page.locator(".path-wrap")).to_contain_text("去下一步还差")
    here.click()
    now = page.locator(".node-now")
    expect(now.get_by_text("方案书 + 报价单")).to_be_visible()
    now.get_by_role("button", name="去别处").click()
    page.get_by_role("menuitem", name="退回需求确认").click()
    dialog = page.get_by_role("dialog", name=re.compile("需求确认"))
    dialog.get_by_label("为什么").fill("预算要重新批")
    dialog.get_by_role("button", name="移到需求确认").click()
    expect(page.get_by_text("到了需求确认")).to_be_visible()
    here.click()
    page.locator(".node-now").get_by_role("button", name="阶段记录").click()
    log = page.locator(".pm-log li").first
    expect(log).to_contain_text("定制方案 → 需求确认")
    expect(log).to_contain_text("预算要重新批")
    expect(log).to_contain_text("李晓雯")


def test_what_runs_beside_is_settled_where_it_stands(page: Page, demo: str) -> None:
    """R-090, R-094: the feedback beside the negotiation is done by a press, or left out with a reason."""
    come_in(page, demo, "李晓雯")
    for firm, number, leave in (("甲并行有限公司", "13800000021", False), ("乙并行有限公司", "13800000022", True)):
        pk = new_customer(page, firm, number)
        call(page, "POST", f"/customers/{pk}/move", {"version": 1, "to": "negotiation", "why": "展会上谈定的"})
        page.goto(f"{demo}/customers/{pk}")
        page.locator(".path-here, .path-now:enabled").first.click()
        side = page.locator(".nn-side", has_text="反馈回访")
        if leave:
            side.get_by_role("button", name="跳过").click()
            side.get_by_label("为什么跳过").fill("展会上已经当面问过")
            side.get_by_label("为什么跳过").press("Enter")
        else:
            side.get_by_role("button", name="做完了，勾掉").click()
        expect(side).to_contain_text("跳过了" if leave else "做完了")
        expect(side.get_by_role("button")).to_have_count(0)
