"""The form designer: fields come by click and by drag, move, are published, filled in, and rolled back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_together import come_in

pytestmark = pytest.mark.browser


def open_designer(page: Page, demo: str) -> None:
    page.goto(f"{demo}/manage/forms")
    page.locator("a[href='/manage/forms/customer']").click()
    page.wait_for_url("**/manage/forms/customer")
    expect(cell(page, "客户名称")).to_be_visible()


def cell(page: Page, label: str) -> Locator:
    return page.locator(".fd-cell", has=page.get_by_role("button", name=re.compile(f"^{label}( 必填)?$"))).first


def drag(page: Page, what: Locator, onto: Locator, share: float = 0.5, height: float = 0.9) -> None:
    """With the mouse, in steps, as a hand does it."""
    onto.scroll_into_view_if_needed()
    start, end = what.bounding_box(), onto.bounding_box()
    assert start and end
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(start["x"] + start["width"] / 2 + 12, start["y"] + start["height"] / 2 + 4, steps=3)
    page.mouse.move(end["x"] + end["width"] * share, end["y"] + end["height"] * height, steps=12)


def choose(page: Page, label: str, value: str) -> None:
    page.get_by_label(label).click()
    option = page.locator(".ant-select-dropdown:visible").get_by_title(value)
    # A long list is drawn anew while it scrolls: what is clicked in that moment is not there any more.
    option.scroll_into_view_if_needed()
    option.click()
    expect(option).not_to_be_visible()


def add_condition(page: Page, part: Locator, field: str, *values: str) -> None:
    """By the pills of a sentence: choose the field, then what it shall be."""
    part.get_by_role("button", name="条件", exact=True).click()
    editor = page.locator(".filter-editor:visible")
    editor.get_by_label("选一个条件").fill(field)
    page.keyboard.press("Enter")
    for value in values:
        editor.get_by_label(value, exact=True).check()
    editor.get_by_role("button", name="应用").click()


def order(page: Page) -> list[str]:
    names = page.locator(".fd-cell .fd-hit").evaluate_all("each => each.map(one => one.getAttribute('aria-label'))")
    return [name.removesuffix(" 必填") for name in names]


def test_a_form_is_shaped_by_hand_published_filled_in_and_rolled_back(wide: Page, demo: str) -> None:
    """A choice with three options and a required number, moved by drag (R-213, R-214, R-018)."""
    page = wide
    come_in(page, demo, "陈立")
    open_designer(page, demo)
    before = order(page)

    # A choice by a click, behind the chosen field, with three options of its own.
    cell(page, "所属行业").locator(".fd-hit").click()
    page.get_by_role("button", name="单选").click()
    page.get_by_label("名称", exact=True).fill("车型")
    for number, name in enumerate(("轿车", "SUV", "货车"), 1):
        page.get_by_role("textbox", name=f"选项 {number}", exact=True).fill(name)
    assert order(page)[3] == "车型"

    # A number by a drag, dropped to the right of 地区.
    drag(page, page.get_by_role("button", name="数字"), cell(page, "地区"), share=0.9, height=0.5)
    expect(page.locator(".fd-say")).to_contain_text("放在“地区”之后")
    page.mouse.up()
    page.get_by_label("名称", exact=True).fill("车辆数")
    choose(page, "什么时候必填", "始终必填")
    page.get_by_label("单位").fill("台")
    assert order(page)[order(page).index("地区") + 1] == "车辆数"

    # The choice moves by a drag to the front; Esc lets the next one be.
    drag(page, cell(page, "车型"), cell(page, "客户名称"), share=0.1, height=0.5)
    expect(page.locator(".fd-say")).to_contain_text("放在“基本”最前面")
    page.mouse.up()
    assert order(page)[0] == "车型"
    moved = order(page)
    drag(page, cell(page, "车型"), cell(page, "地区"))
    page.keyboard.press("Escape")
    page.mouse.up()
    assert order(page) == moved
    expect(page.get_by_text("2 处修改未发布")).to_be_visible()

    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_role("button", name="发布第 1 版").click()
    expect(page.get_by_text("第 1 版已发布")).to_be_visible()
    expect(page.get_by_text("没有修改")).to_be_visible()

    fill_in(page, demo)
    roll_back(page, demo, before)


def fill_in(page: Page, demo: str) -> None:
    """The customer's form shows both fields; what is filled in there stands on his page."""
    open_customer(page, demo)
    drawer = page.locator(".ant-drawer-body")
    drawer.get_by_label("车型").click()
    page.get_by_title("SUV").click()
    drawer.get_by_label("车辆数").fill("12")
    page.locator(".ant-drawer-footer").get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存")).to_be_visible()
    expect(page.get_by_text("12台", exact=True)).to_be_visible()


def open_customer(page: Page, demo: str) -> None:
    page.goto(f"{demo}/customers?q=恒锐")
    page.get_by_text("苏州恒锐精密机械").first.click()
    page.wait_for_url("**/customers/*")
    page.get_by_role("button", name="编辑", exact=True).click()


def roll_back(page: Page, demo: str, before: list[str]) -> None:
    """A second version takes a field away; version 1 comes back in one click, with the value that was kept."""
    open_designer(page, demo)
    cell(page, "车辆数").locator(".fd-hit").click()
    page.get_by_role("button", name="删除“车辆数”").click()
    expect(page.get_by_text("“车辆数”有 1 条记录填了，不能删；已隐藏，值都留着")).to_be_visible()
    assert "车辆数" not in order(page)
    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_role("button", name="发布第 2 版").click()
    expect(page.get_by_text("第 2 版已发布")).to_be_visible()

    page.get_by_role("button", name="版本").click()
    page.get_by_role("button", name="退回第 1 版").click()
    expect(page.get_by_text("已退回第 1 版的内容，现在是第 3 版")).to_be_visible()
    assert "车辆数" in order(page)
    assert [name for name in order(page) if name in before] == before


def test_the_keyboard_alone_moves_a_field_and_undo_brings_it_back(wide: Page, demo: str) -> None:
    """Space picks up, arrows move, Space drops, Esc cancels; the draft outlives a reload (R-213)."""
    page = wide
    come_in(page, demo, "陈立")
    open_designer(page, demo)
    before = order(page)
    handle = cell(page, "客户类型").locator(".fd-hit")
    handle.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    live = page.locator("[aria-live=assertive]")
    expect(live).to_have_text("拿着“客户类型”。 放在“所属行业”之后")
    page.keyboard.press("Escape")
    assert order(page) == before
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert order(page)[:3] == ["客户名称", "所属行业", "客户类型"]
    expect(cell(page, "客户类型").locator(".fd-hit")).to_be_focused()

    page.wait_for_timeout(600)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.get_by_text("1 处修改未发布")).to_be_visible()
    expect(page.get_by_text("草稿存在本机")).to_be_visible()
    assert order(page)[:3] == ["客户名称", "所属行业", "客户类型"]
    cell(page, "兴趣点").locator(".fd-hit").focus()
    page.keyboard.press("Delete")
    expect(page.get_by_text("1 个未放入")).to_be_visible()
    assert "兴趣点" not in order(page)
    drag(page, page.get_by_role("button", name=re.compile("^兴趣点 ")), cell(page, "客户名称"), share=0.9, height=0.4)
    expect(page.locator(".fd-say")).to_contain_text("放在“客户名称”之后")
    page.mouse.up()
    assert order(page)[:2] == ["客户名称", "兴趣点"]
    page.locator(".fd-hit").first.focus()
    for _ in range(2):
        page.keyboard.press("Control+z")
    expect(page.get_by_text("1 处修改未发布")).to_be_visible()
    assert order(page) == ["客户名称", "所属行业", "客户类型", *before[3:]]


def test_two_administrators_publish_one_after_the_other(wide: Page, demo: str) -> None:
    """Whoever comes second sees both sides and lays his changes over the other's (R-018)."""
    page = wide
    come_in(page, demo, "陈立")
    open_designer(page, demo)
    other = page.context.new_page()
    open_designer(other, demo)
    other.get_by_role("button", name="评分").click()
    other.get_by_label("名称", exact=True).fill("热度")
    other.get_by_role("button", name="发布", exact=True).click()
    other.get_by_role("button", name="发布第 1 版").click()
    expect(other.get_by_text("第 1 版已发布")).to_be_visible()
    other.close()

    cell(page, "地区").locator(".fd-hit").click()
    page.get_by_label("名称", exact=True).fill("省市")
    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_role("button", name="发布第 1 版").click()
    dialog = page.get_by_role("dialog", name=re.compile("刚发布了第 1 版"))
    expect(dialog.get_by_text("热度")).to_be_visible()
    expect(dialog.get_by_text("省市")).to_be_visible()
    dialog.get_by_role("button", name="把我的改动放上去").click()
    assert {"热度", "省市"} <= set(order(page))
    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_role("button", name="发布第 2 版").click()
    expect(page.get_by_text("第 2 版已发布")).to_be_visible()


def test_conditions_and_rules_are_sentences_and_their_effect_is_seen_first(wide: Page, demo: str) -> None:
    """Required while, a rule in the team's words, tried out, replayed, published as a reminder first (R-214)."""
    page = wide
    come_in(page, demo, "陈立")
    open_designer(page, demo)
    cell(page, "地区").locator(".fd-hit").click()
    panel = page.get_by_label("字段设置")
    add_condition(page, panel.locator(".fp-part", has_text="什么时候必填"), "阶段", "谈判签约", "产品演示")
    expect(panel.get_by_role("button", name="阶段 谈判签约、产品演示")).to_be_visible()
    expect(panel.get_by_text("时必填，其余时候")).to_be_visible()

    # Hiding the field that is asked about is said, and publishing waits until it is mended.
    page.get_by_role("tab", name="规则").click()
    page.get_by_role("button", name="加一条规则").click()
    add_condition(page, panel, "所属行业", "软件和信息技术")
    panel.get_by_label("这句话").fill("我们只做软件客户")
    page.get_by_role("tab", name="字段库").click()
    cell(page, "所属行业").locator(".fd-hit").click()
    page.get_by_role("button", name="隐藏“所属行业”").click()
    expect(page.get_by_text("“我们只做软件客户”的条件用到它")).to_be_visible()
    page.get_by_role("button", name="发布前看影响").click()
    expect(page.get_by_text("条件里的“所属行业”已经隐藏").first).to_be_visible()
    page.get_by_role("button", name="撤销").first.click()

    # Tried out: the field is asked for as soon as its condition holds, the rule speaks its own words.
    page.get_by_role("button", name="试填").click()
    sheet = page.locator(".fd-try")
    sheet.get_by_label("阶段").click()
    page.get_by_title("谈判签约").click()
    sheet.get_by_role("button", name="看看能不能提交").click()
    expect(sheet.get_by_text("地区没有填")).to_be_visible()
    expect(sheet.get_by_text("我们只做软件客户")).to_be_visible()
    page.get_by_role("button", name="试填").click()

    # Kept over a reload, with its steps.
    page.wait_for_timeout(600)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.get_by_text("2 处修改未发布")).to_be_visible()
    for _ in range(2):
        page.keyboard.press("Control+z")
    page.keyboard.press("Control+Shift+z")
    page.keyboard.press("Control+Shift+z")
    expect(page.get_by_text("2 处修改未发布")).to_be_visible()

    # What it would have done, then published.
    page.get_by_role("button", name="发布前看影响").click()
    drawer = page.locator(".ant-drawer")
    expect(drawer.get_by_text(re.compile(r"条记录里，有 \d+ 条（[\d.]+%）会被拦住"))).to_be_visible()
    expect(drawer.get_by_text("我们只做软件客户").first).to_be_visible()
    expect(drawer.get_by_role("row").filter(has_text="销售一部")).to_be_visible()
    drawer.get_by_role("button", name="发布第 1 版").click()
    expect(page.get_by_text("第 1 版已发布")).to_be_visible()
    cell(page, "地区").locator(".fd-hit").click()
    expect(panel.get_by_role("button", name="阶段 谈判签约、产品演示")).to_be_visible()
