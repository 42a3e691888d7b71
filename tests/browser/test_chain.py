"""A record type without code, as a new administrator makes it on the first day, by clicks and drags alone."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_designer import add_condition, cell, choose, drag
from tests.browser.test_journey import make_team

pytestmark = pytest.mark.browser

ROWS = 200
HEAD = ["标题", "件数", "样品类型", "需要日期", "寄送地址", "样品费用（元）", "收样电话", "要说明书", "快递单号"]


def tab(page: Page, name: str) -> None:
    """A place of 团队管理, from wherever one stands."""
    page.locator(".rail").get_by_text("团队管理").click()
    page.get_by_role("navigation", name="团队管理").get_by_role("link", name=name, exact=True).click()


def warehouse(page: Page) -> str:
    """A department, and the link by which a colleague of it comes in."""
    tab(page, "部门")
    page.get_by_role("button", name="在 青松科技 下面加部门").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("名称").fill("仓库")
    drawer.get_by_role("button", name="保存").click()
    expect(page.locator(".team-department", has_text="仓库")).to_be_visible()
    tab(page, "成员")
    page.get_by_role("button", name="邀请同事").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("姓名").fill("周库管")
    drawer.get_by_label("角色").click()
    page.get_by_title("售后/交付", exact=True).click()
    drawer.get_by_label("部门").click()
    page.get_by_title("仓库").click()
    drawer.get_by_role("button", name="生成邀请链接").click()
    link = drawer.get_by_label(re.compile("^把链接发给 周库管")).input_value()
    drawer.get_by_role("button", name="关闭").click()
    return link


def join(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("手机号或邮箱").fill("zhou@example.com")
    page.get_by_label("密码").fill("songlv-2026-y")
    page.get_by_role("button", name="加入").click()
    page.wait_for_url("**/today")


def make_type(page: Page) -> None:
    tab(page, "表单")
    page.get_by_role("button", name="新建类型").click()
    page.get_by_label("名称", exact=True).fill("样品申请")
    page.get_by_label("状态 1", exact=True).fill("待审")
    page.get_by_label("状态 2", exact=True).fill("已寄出")
    page.get_by_role("button", name="建好，去设计表单").click()
    page.wait_for_url("**/manage/forms/x_yangpinshenqing")
    expect(cell(page, "标题")).to_be_visible()


def named(page: Page, name: str) -> Locator:
    page.get_by_label("名称", exact=True).fill(name)
    return page.get_by_label("字段设置")


def dragged(page: Page, kind: str, onto: str, name: str) -> Locator:
    item = page.get_by_role("button", name=kind, exact=True)
    drag(page, item, cell(page, onto), share=0.9, height=0.5)
    page.mouse.up()
    return named(page, name)


def clicked(page: Page, kind: str, name: str) -> Locator:
    page.get_by_role("button", name=kind, exact=True).click()
    return named(page, name)


def eight_fields(page: Page) -> None:
    """Four by drags, four by clicks; one of them is asked for once the sample is sent."""
    dragged(page, "数字", "联系人", "件数")
    page.get_by_label("单位").fill("件")
    choose(page, "什么时候必填", "始终必填")
    dragged(page, "单选", "件数", "样品类型")
    for number, name in enumerate(("主轴", "密封圈", "导轨"), 1):
        page.get_by_role("textbox", name=f"选项 {number}", exact=True).fill(name)
    dragged(page, "日期", "样品类型", "需要日期")
    dragged(page, "金额", "需要日期", "样品费用")
    clicked(page, "地址", "寄送地址")
    clicked(page, "电话", "收样电话")
    clicked(page, "是/否", "要说明书")
    panel = clicked(page, "单行文字", "快递单号")
    add_condition(page, panel.locator(".fp-part", has_text="什么时候必填"), "状态", "已寄出")
    page.get_by_role("button", name="发布前看影响").click()
    page.get_by_role("button", name="发布第 2 版").click()
    expect(page.get_by_text("第 2 版已发布")).to_be_visible()


def give(page: Page, role: str, scope: str) -> None:
    tab(page, "角色")
    page.locator("a.team-role", has_text=role).click()
    chips = page.locator(".role-type", has_text="样品申请").get_by_role("button", name=scope, exact=True)
    chips.nth(0).click()
    chips.nth(1).click()
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".role-bar")).to_have_count(0)


def automate(page: Page) -> None:
    """When an application is made, the warehouse gets a to-do, which names it."""
    tab(page, "自动化")
    page.get_by_role("button", name="新建自动化").click()
    page.get_by_label("给它起个名字").fill("样品申请交给仓库")
    choose(page, "什么事发生时", "新建了样品申请")
    page.get_by_role("button", name="再加一个动作").click()
    choose(page, "给谁", "部门")
    page.get_by_label("部门", exact=True).click()
    page.locator(".ant-select-dropdown:visible").get_by_title("仓库").click()
    page.get_by_label("待办写什么").fill("备好“{记录}”的样品")
    page.get_by_role("button", name="发布并打开").click()
    expect(page.get_by_text("已发布，从现在起生效")).to_be_visible()


def apply(page: Page) -> None:
    """A row by the form, which names what is missing; then on the board by a drag, which asks for what is demanded."""
    page.locator(".rail").get_by_text("样品申请").click()
    page.get_by_role("button", name="新建").first.click()
    drawer = page.locator(".ant-drawer-body")
    drawer.get_by_label("标题").fill("主轴样品")
    page.locator(".ant-drawer-footer").get_by_role("button", name="保存").click()
    expect(drawer.get_by_text("件数没有填")).to_be_visible()
    drawer.get_by_label("件数").fill("3")
    drawer.get_by_label("样品类型").click()
    page.get_by_title("主轴", exact=True).click()
    page.locator(".ant-drawer-footer").get_by_role("button", name="保存").click()
    page.wait_for_url(re.compile(r"/records/x_yangpinshenqing/\d+$"))
    expect(page.get_by_role("heading", name="主轴样品")).to_be_visible()
    page.locator(".rail").get_by_text("样品申请").click()
    page.get_by_role("radio", name="看板").click()
    drag(page, page.locator(".bcard", has_text="主轴样品"), page.locator(".bcolumn", has_text="已寄出"), height=0.3)
    page.mouse.up()
    asked = page.get_by_role("dialog", name="改为已寄出之前")
    asked.get_by_label("快递单号").fill("SF1234567890")
    asked.get_by_role("button", name="改为已寄出").click()
    expect(page.get_by_text("主轴样品已改为已寄出").first).to_be_visible()


def handed_on(page: Page) -> None:
    """The colleague in the warehouse finds the to-do, which leads to the application."""
    page.reload()
    page.get_by_role("link", name=re.compile("^找本部门帮忙")).click()
    expect(page.get_by_text("备好“主轴样品”的样品").first).to_be_visible()
    page.locator(".todo").get_by_role("link", name="样品申请").click()
    expect(page.get_by_role("heading", name="主轴样品")).to_be_visible()


def ran(page: Page) -> None:
    """The log of the automation names the row it was about, and what became of it."""
    tab(page, "自动化")
    page.get_by_role("link", name=re.compile("样品申请交给仓库")).click()
    page.get_by_role("button", name="运行记录").click()
    log = page.get_by_role("dialog")
    expect(log.get_by_role("link", name="主轴样品")).to_be_visible()
    expect(log.get_by_text("给仓库加待办“备好“主轴样品”的样品”")).to_be_visible()
    expect(log.get_by_text("做完了", exact=True)).to_be_visible()
    log.get_by_role("button", name="关闭").click()


def sheet(folder: Path) -> Path:
    path = folder / "样品台账.csv"
    lines = [
        [f"旧样品 {n}", n % 7 + 1, ("主轴", "密封圈", "导轨")[n % 3], f"2026-{n % 9 + 1:02}-1{n % 9}",
         "浙江省杭州市西湖区文三路 90 号", f"{n}.50", f"138000{n:05}", "是" if n % 2 else "否", ""]
        for n in range(1, ROWS + 1)
    ]  # fmt: skip
    with path.open("w", encoding="gb18030", newline="") as stream:
        csv.writer(stream).writerows([HEAD, *lines])
    return path


def take_in(page: Page, path: Path) -> None:
    page.locator(".rail").get_by_text("样品申请").click()
    page.get_by_role("radio", name="列表").click()
    page.get_by_role("button", name="更多").click()
    page.get_by_role("tooltip").get_by_role("button", name="导入旧表").click()
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name=f"核对 {ROWS} 行").wait_for()
    page.get_by_role("button", name=f"核对 {ROWS} 行").click()
    page.get_by_role("button", name=f"导入 {ROWS} 行").wait_for()
    page.get_by_role("button", name=f"导入 {ROWS} 行").click()
    expect(page.get_by_role("heading", name=f"{ROWS} 行已经进来了")).to_be_visible()
    page.get_by_role("button", name="看样品申请").click()


def take_out(page: Page) -> list[dict[str, str]]:
    page.get_by_role("tab", name="全部").click()
    expect(page.get_by_text(f"{ROWS + 1} 条")).to_be_visible()
    page.get_by_role("button", name="导出").click()
    with page.expect_download() as started:
        page.get_by_role("button", name="CSV (.csv)").click()
    text = Path(started.value.path()).read_text("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def compare(page: Page) -> None:
    """All of it as lines of the pack's file, from the standard to what is in force."""
    tab(page, "标准包")
    page.get_by_role("link", name="你们改过什么").click()
    expect(page.get_by_role("heading", name=re.compile(r"和自带的标准比，有 \d+ 处不同"))).to_be_visible()
    words = page.get_by_label("用大白话说")
    for name in ("样品申请", "件数", "快递单号", "业务员", "售后/交付", "样品申请交给仓库"):
        expect(words.get_by_text(name, exact=True).first).to_be_visible()
    plus = page.locator(".pd-line[data-sign='+']")
    for line in ("key: x_yangpinshenqing", "zh: 快递单号", "event: created:x_yangpinshenqing"):
        expect(plus.filter(has_text=line).first).to_be_attached()


def test_from_the_default_pack_to_a_working_type(
    wide: Page, open_page: Callable[[], Page], site: str, tmp_path: Path
) -> None:
    """The Done means of R-213–R-221: eight fields, two states, a demand, a board, rights for two roles, an automation,
    200 rows in and out, and the pack's difference."""
    page = wide
    make_team(page, site)
    link = warehouse(page)
    make_type(page)
    eight_fields(page)
    give(page, "业务员", "自己负责的")
    give(page, "售后/交付", "全部")
    automate(page)
    zhou = open_page()
    join(zhou, link)
    apply(page)
    handed_on(zhou)
    ran(page)
    take_in(page, sheet(tmp_path))
    rows = {row["标题"]: row for row in take_out(page)}
    assert len(rows) == ROWS + 1
    old, new = rows["旧样品 8"], rows["主轴样品"]
    assert (old["件数"], old["样品类型"], old["需要日期"], old["样品费用（元）"], old["收样电话"], old["要说明书"]) == (
        "2", "导轨", "2026-09-18", "8.5", "13800000008", "否")  # fmt: skip
    assert old["寄送地址"].startswith("浙江 杭州 西湖区") and old["状态"] == "待审"
    assert (new["件数"], new["状态"], new["快递单号"], new["负责人"]) == ("3", "已寄出", "SF1234567890", "老板")
    compare(page)
