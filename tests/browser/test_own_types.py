"""A record type without code: made, shaped, given to two roles, filled in, moved on its board."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_designer import add_condition, cell, drag
from tests.browser.test_together import come_in

pytestmark = pytest.mark.browser


def make_type(page: Page, demo: str) -> None:
    page.goto(f"{demo}/manage/forms")
    page.get_by_role("button", name="新建类型").click()
    page.get_by_label("名称", exact=True).fill("样品申请")
    page.get_by_label("状态 1", exact=True).fill("待审")
    page.get_by_label("状态 2", exact=True).fill("已寄出")
    page.get_by_role("button", name="建好，去设计表单").click()
    page.wait_for_url("**/manage/forms/x_yangpinshenqing")


def shape(page: Page) -> None:
    """A number by a drag, a text by a click that is asked for once the sample is sent."""
    expect(cell(page, "标题")).to_be_visible()
    drag(page, page.get_by_role("button", name="数字"), cell(page, "联系人"), share=0.9, height=0.5)
    page.mouse.up()
    page.get_by_label("名称", exact=True).fill("件数")
    page.get_by_role("button", name="单行文字").click()
    page.get_by_label("名称", exact=True).fill("快递单号")
    panel = page.get_by_label("字段设置")
    add_condition(page, panel.locator(".fp-part", has_text="什么时候必填"), "状态", "已寄出")
    page.get_by_role("button", name="发布前看影响").click()
    expect(page.get_by_text("近 90 天还没有记录")).to_be_visible()
    page.get_by_role("button", name="发布第 2 版").click()
    expect(page.get_by_text("第 2 版已发布")).to_be_visible()


def give(page: Page, demo: str, role: str, scope: str) -> None:
    page.goto(f"{demo}/manage/roles")
    page.get_by_role("link", name=re.compile(f"^{role}")).click()
    chips = page.locator(".role-type", has_text="样品申请").get_by_role("button", name=scope, exact=True)
    chips.nth(0).click()
    chips.nth(1).click()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存，他们下一次操作就按新的权限")).to_be_visible()


def test_a_type_is_made_and_worked_with_in_the_browser_alone(wide: Page, demo: str) -> None:
    """R-213–R-215: 样品申请 with fields, states, a demand on the way, a board and its place on the customer's page."""
    page = wide
    come_in(page, demo, "陈立")
    make_type(page, demo)
    shape(page)

    # A row for a customer, from its own entry in the rail.
    page.locator(".rail").get_by_text("样品申请").click()
    page.get_by_role("button", name="新建").first.click()
    drawer = page.locator(".ant-drawer-body")
    drawer.get_by_label("标题").fill("主轴样品")
    drawer.get_by_label("件数").fill("3")
    drawer.get_by_label("客户", exact=True).click()
    page.keyboard.type("恒锐")
    page.get_by_title("苏州恒锐精密机械有限公司").click()
    page.locator(".ant-drawer-footer").get_by_role("button", name="保存").click()
    page.wait_for_url(re.compile(r"/records/x_yangpinshenqing/\d+$"))
    expect(page.get_by_role("heading", name="主轴样品")).to_be_visible()

    # On the board it is dragged on; what the new state demands is asked for on the way.
    page.goto(f"{demo}/records/x_yangpinshenqing?view=all&layout=board")
    card = page.locator(".bcard", has_text="主轴样品")
    drag(page, card, page.locator(".bcolumn", has_text="已寄出"), height=0.3)
    page.mouse.up()
    asked = page.get_by_role("dialog", name="改为已寄出之前")
    expect(asked.get_by_text("快递单号没有填").first).to_be_visible()
    asked.get_by_label("快递单号").fill("SF1234567890")
    asked.get_by_role("button", name="改为已寄出").click()
    expect(page.get_by_text("主轴样品已改为已寄出").first).to_be_visible()
    expect(page.locator(".bcolumn", has_text="已寄出").locator(".bcard")).to_have_count(1)

    # By its dates it lies in a calendar.
    page.get_by_role("radio", name="日历").click()
    page.get_by_label("按哪个日期").click()
    page.get_by_title("创建时间").click()
    expect(page.get_by_role("gridcell").get_by_role("link", name="主轴样品")).to_be_visible()

    # In the list it is found by its state; its customer's page names it.
    page.goto(f"{demo}/records/x_yangpinshenqing?view=all")
    row = page.get_by_role("row", name=re.compile("主轴样品"))
    expect(row.get_by_text("已寄出")).to_be_visible()
    expect(row.get_by_text("SF1234567890")).to_be_visible()
    row.get_by_text("主轴样品").click()
    page.get_by_role("link", name="苏州恒锐精密机械有限公司").click()
    linked = page.locator(".side-part", has=page.get_by_role("heading", name="样品申请"))
    expect(linked.get_by_role("link", name="主轴样品")).to_be_visible()

    # Two roles are given it; who sells sees his own rows alone.
    give(page, demo, "业务员", "自己负责的")
    give(page, demo, "主管", "本部门及下级")
    page.context.clear_cookies()
    come_in(page, demo, "李晓雯")
    page.locator(".rail").get_by_text("样品申请").click()
    expect(page.get_by_text("还没有记录")).to_be_visible()
    page.get_by_role("button", name="新建").first.click()
    page.locator(".ant-drawer-body").get_by_label("标题").fill("密封圈样品")
    page.locator(".ant-drawer-footer").get_by_role("button", name="保存").click()
    page.wait_for_url(re.compile(r"/records/x_yangpinshenqing/\d+$"))
    expect(page.get_by_text("样品申请 #2 · 李晓雯")).to_be_visible()


def test_a_state_comes_later_and_a_type_is_put_away_and_brought_back(wide: Page, demo: str) -> None:
    """States are part of the document; putting away loses nothing (R-213, R-018)."""
    page = wide
    come_in(page, demo, "陈立")
    make_type(page, demo)
    page.get_by_role("button", name="名称和状态").click()
    page.get_by_role("button", name="加一个状态").click()
    page.get_by_label("状态 3", exact=True).fill("不寄")
    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_role("button", name="发布第 2 版").click()
    expect(page.get_by_text("第 2 版已发布：加了状态“不寄”")).to_be_visible()

    page.goto(f"{demo}/manage/forms")
    expect(page.get_by_text("待审 → 已寄出 → 不寄")).to_be_visible()
    page.get_by_role("button", name="停用 样品申请").click()
    page.get_by_role("button", name="确认停用").click()
    expect(page.get_by_text("“样品申请”已停用，记录都留着")).to_be_visible()
    expect(page.locator(".rail").get_by_text("样品申请")).to_have_count(0)
    page.get_by_role("button", name="重新启用").click()
    expect(page.locator(".rail").get_by_text("样品申请")).to_be_visible()
