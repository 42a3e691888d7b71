"""The process: shaped on its map, published after a look at what it does, printed; a customer moves through gates."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_designer import drag
from tests.browser.test_together import come_in

pytestmark = pytest.mark.browser


def open_process(page: Page, demo: str) -> None:
    page.goto(f"{demo}/manage/playbooks")
    page.locator("a[href='/manage/playbooks/standard']").click()
    expect(node(page, "定制方案")).to_be_visible()


def node(page: Page, name: str) -> Locator:
    return page.locator(".pb-map [data-node]").filter(has=page.get_by_text(name, exact=True))


def names(page: Page) -> list[str]:
    cards = page.locator(".pb-map [data-node]:not([data-side])")
    return [str(each) for each in cards.evaluate_all("each => each.map(one => one.getAttribute('aria-label'))")]


def tab(page: Page, name: str) -> None:
    page.locator(".pb-tabs").get_by_role("tab", name=re.compile(f"^{name}")).click()


def choose(page: Page, label: str, value: str) -> None:
    page.get_by_label(label, exact=True).last.click()
    page.locator(".ant-select-dropdown:visible").get_by_title(value, exact=True).click()


def test_a_process_is_shaped_looked_at_published_and_rolled_back(wide: Page, demo: str) -> None:
    """A node with limit, ladder and gate; what it would do is seen first (R-112, R-115, R-116)."""
    page = wide
    come_in(page, demo, "陈立")
    open_process(page, demo)
    before = names(page)
    node(page, "需求确认").click()
    page.get_by_role("button", name="加节点").click()
    page.locator("#pb-name").fill("现场勘察")
    page.get_by_label("标准动作").fill("到现场量点位，拍照")
    page.get_by_label("产出").fill("勘察单")
    assert names(page) == [*before[:2], "现场勘察", *before[2:]]

    # Twelve hours, which the strip shows on the calendar; two steps upwards, the second one carried to the front.
    tab(page, "时限与上报")
    page.get_by_role("switch", name="多久之内完成").click()
    page.get_by_label("数量").fill("12")
    page.locator(".pb-limit-row").get_by_text("小时", exact=True).click()
    expect(page.locator(".pb-strip [data-kind=due]")).to_be_visible()
    page.get_by_label("进入多久后开始提示快到期").fill("8")
    page.get_by_role("button", name="加一级").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="加一级").click()
    page.keyboard.press("Escape")
    rungs = page.locator(".pb-rung")
    expect(rungs).to_have_text(["到期前 4 小时 提醒负责人", "逾期 1 工作日 告知上级"])
    page.get_by_role("button", name="移动：逾期 1 工作日 告知上级").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    expect(rungs).to_have_text(["逾期 1 工作日 告知上级", "到期前 4 小时 提醒负责人"])

    # What must be there before one leaves it; nobody gets by without.
    tab(page, "放行条件")
    page.get_by_role("button", name="加条件").click()
    page.get_by_role("menuitem", name="字段已填").click()
    choose(page, "字段已填", "地区")
    page.get_by_text("拦住，补齐才能走").click()
    expect(page.locator(".pb-map .pb-edge", has_text="地区")).to_be_visible()

    page.wait_for_timeout(600)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.get_by_text("草稿存在本机")).to_be_visible()
    page.get_by_role("button", name="发布前看影响").click()
    drawer = page.locator(".ant-drawer-body")
    expect(drawer.get_by_text("新节点“现场勘察”")).to_be_visible()
    expect(drawer.get_by_text(re.compile("家客户在走这套流程，发布后保留节点和已用时间"))).to_be_visible()
    page.get_by_role("button", name=re.compile(r"发布第 \d+ 版")).click()
    expect(page.get_by_text(re.compile(r"第 \d+ 版已发布"))).to_be_visible()
    expect(page.get_by_text("没有修改")).to_be_visible()
    assert names(page)[2] == "现场勘察"

    page.get_by_role("button", name="版本").click()
    page.get_by_role("button", name="退回第 1 版").click()
    expect(page.get_by_text(re.compile("已退回第 1 版的内容"))).to_be_visible()
    assert names(page) == before


def test_problems_lead_to_where_they_are_mended_and_undo_takes_back(wide: Page, demo: str) -> None:
    """A node that nothing leads to is named before it is published; nothing is published (R-116)."""
    page = wide
    come_in(page, demo, "陈立")
    open_process(page, demo)
    before = names(page)
    node(page, "线索收集").click()
    choose(page, "下一步去", "定制方案")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="发布", exact=True).click()
    problem = page.locator(".pb-problems").get_by_role("button", name=re.compile("需求确认"))
    expect(problem).to_be_visible()
    expect(page.get_by_role("button", name=re.compile(r"发布第 \d+ 版"))).to_be_disabled()
    problem.click()
    expect(page.locator(".pb-panel").get_by_role("heading", name="2 需求确认")).to_be_visible()
    page.locator(".fd-bar").get_by_role("button", name="撤销").click()
    expect(page.get_by_text("没有修改")).to_be_visible()

    # By a drag onto another one, by the keyboard one place on; where the customers of a node that goes shall stand.
    drag(page, node(page, "产品演示"), node(page, "线索收集"), height=0.5)
    page.mouse.up()
    assert names(page)[0] == "产品演示"
    page.locator(".fd-bar").get_by_role("button", name="撤销").click()
    node(page, "线索收集").focus()
    page.keyboard.press("Alt+ArrowRight")
    assert names(page)[:2] == ["需求确认", "线索收集"]
    page.locator(".fd-bar").get_by_role("button", name="撤销").click()
    node(page, "产品演示").click()
    page.locator(".pb-panel").get_by_role("button", name="删除").click()
    page.get_by_role("button", name="删掉节点").click()
    expect(node(page, "产品演示")).to_have_count(0)
    page.locator(".fd-bar").get_by_role("button", name="撤销").click()
    expect(node(page, "产品演示")).to_be_visible()
    assert names(page) == before


def test_it_prints_the_flow_chart_and_the_lanes(page: Page, demo: str) -> None:
    """Each on a sheet of A4 across, and nothing else of the screen (R-113); the phone reads it only."""
    come_in(page, demo, "陈立")
    page.goto(f"{demo}/manage/playbooks/standard")
    narrow = page.viewport_size is not None and page.viewport_size["width"] < 992
    if narrow:
        expect(page.get_by_text("流程在宽屏上改，这里只能看。")).to_be_visible()
        expect(page.get_by_role("button", name="加节点")).to_have_count(0)
    else:
        page.locator(".pb-views").get_by_text("泳道").click()
        expect(page.locator(".pb-lanes [data-lane=owner]")).to_be_visible()
    page.emulate_media(media="print")
    sheets = page.locator(".pb-print > section")
    expect(sheets).to_have_count(2)
    expect(sheets.first.get_by_text("定制方案", exact=True)).to_be_visible()
    expect(sheets.last.locator("[data-lane=owner]")).to_be_visible()
    expect(page.locator("nav").first).not_to_be_visible()
    paper = page.pdf(prefer_css_page_size=True)
    assert paper.count(b"/Type /Page\n") == 2
    assert b"/MediaBox [0 0 841." in paper
