"""Packs: an administrator looks at one, leaves a change out, applies it, fills a field of it in, and goes back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_together import come_in

pytestmark = pytest.mark.browser


def open_pack(page: Page, demo: str, name: str = "制造") -> None:
    page.goto(f"{demo}/manage/packs")
    page.get_by_role("link", name=re.compile(f"^{name}")).click()
    expect(page.get_by_role("heading", name=name, exact=True).first).to_be_visible()


def lines_of(page: Page) -> Locator:
    return page.locator(".pd-line:not([data-sign=' '])")


def open_form(page: Page, demo: str) -> Locator:
    page.goto(f"{demo}/customers?q=恒锐")
    page.get_by_text("苏州恒锐精密机械").first.click()
    page.wait_for_url("**/customers/*")
    page.get_by_role("button", name="编辑", exact=True).click()
    return page.locator(".ant-drawer-body")


def apply(page: Page, demo: str, why: str) -> None:
    page.get_by_role("button", name=re.compile("^应用 ")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("为什么").fill(why)
    dialog.get_by_role("button", name=re.compile("^应用 ")).click()
    page.wait_for_url(f"{demo}/manage/packs")


def test_a_shipped_pack_is_applied_but_for_one_change_and_taken_back(wide: Page, demo: str) -> None:
    """R-221, R-018: what is left out stays out; the rest is in the form at once; one click brings it all back."""
    page = wide
    come_in(page, demo, "陈立")
    open_pack(page, demo)
    heading = page.get_by_role("heading", name=re.compile("处变化，都要。"))
    n = int((heading.text_content() or "").split()[0])
    expect(lines_of(page).filter(has_text="计划停机窗口")).to_have_count(1)

    # A change leads to its lines; its tick takes it out of them.
    row = page.locator("[data-change='forms/customer/cf_9']")
    row.get_by_role("button").click()
    expect(page.locator(".pd-line[data-chosen]", has_text="计划停机窗口")).to_be_in_viewport()
    row.get_by_role("checkbox").uncheck()
    expect(page.get_by_role("heading", name=f"{n} 处变化，1 处不要。")).to_be_visible()
    expect(row).to_contain_text("不要")
    expect(lines_of(page).filter(has_text="计划停机窗口")).to_have_count(0)
    expect(lines_of(page).filter(has_text="zh: 年用量")).to_have_count(1)
    expect(page.get_by_role("button", name=f"应用 {n - 1} 处")).to_be_enabled()
    apply(page, demo, "客户要分产线")
    expect(page.get_by_text(f"已应用“制造”，{n - 1} 处变化")).to_be_visible()
    versions = page.get_by_role("listitem").filter(has_text="应用“制造”")
    expect(versions).to_have_count(1)
    expect(versions).to_contain_text("陈立")
    expect(versions).to_contain_text(f"{n - 1} 处变化")

    drawer = open_form(page, demo)
    drawer.get_by_label("年用量").fill("1200")
    expect(drawer.get_by_label("产线类型")).to_be_visible()
    expect(drawer.get_by_label("计划停机窗口")).to_have_count(0)
    page.locator(".ant-drawer-footer").get_by_role("button", name="保存").click()
    expect(page.get_by_text("1,200件", exact=True)).to_be_visible()

    page.goto(f"{demo}/manage/packs")
    page.get_by_role("button", name="退回到应用之前").click()
    page.get_by_role("button", name="确认退回到应用之前").click()
    expect(page.get_by_text(re.compile("^已退回到应用“制造”之前"))).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="退回到应用“制造”之前")).to_have_count(1)
    drawer = open_form(page, demo)
    expect(drawer.get_by_label("客户名称")).to_be_visible()
    expect(drawer.get_by_label("产线类型")).to_have_count(0)
    expect(drawer.get_by_label("年用量")).to_have_count(0)


def test_the_configuration_goes_out_as_a_file_and_comes_in_as_one(wide: Page, demo: str, tmp_path: Path) -> None:
    """R-221: the own file changes nothing; edited by hand it tells the one change; a broken one is refused."""
    page = wide
    come_in(page, demo, "陈立")
    page.goto(f"{demo}/manage/packs")
    with page.expect_download() as started:
        page.get_by_role("button", name="导出现在的配置").click()
    assert re.fullmatch(r"青禾工业物联（演示）-配置-\d{4}-\d\d-\d\d\.yaml", started.value.suggested_filename)
    text = Path(started.value.path()).read_text("utf-8")
    assert text.startswith("genjin: 1\nname: {zh: 青禾工业物联（演示）}\n")

    def take(content: str) -> None:
        file = tmp_path / "自己的.yaml"
        file.write_text(content, "utf-8")
        page.locator("input[type=file]").set_input_files(file)

    take("genjin: 1\nname: {zh: 试}\noptoins: {}\n")
    expect(page.get_by_role("alert")).to_have_text("“自己的.yaml”用不了：“optoins”：没有这一项，删掉或者改对名字")
    take(text)
    expect(page.get_by_role("heading", name="和现在的配置一样")).to_be_visible()
    page.get_by_role("link", name="回到标准包").last.click()
    take(text.replace("zh: 冷淡", "zh: 很冷淡"))
    expect(page.get_by_role("heading", name="1 处变化，都要。")).to_be_visible()
    expect(page.locator("[data-change='options/attitude/cold']")).to_contain_text("原来叫“冷淡”")
    page.reload()
    expect(page.get_by_role("heading", name="1 处变化，都要。")).to_be_visible()


def test_whoever_applies_an_old_preview_sees_the_new_one_first(wide: Page, demo: str) -> None:
    """Two administrators: the second is told that the configuration has changed, and what the pack changes now."""
    page = wide
    come_in(page, demo, "陈立")
    open_pack(page, demo)
    heading = page.get_by_role("heading", name=re.compile("处变化，都要。"))
    n = int((heading.text_content() or "").split()[0])
    other = page.context.new_page()
    open_pack(other, demo, "外贸")
    expect(other.get_by_role("button", name=re.compile("^应用 "))).to_be_enabled()
    apply(other, demo, "")
    expect(other.get_by_text(re.compile("^已应用“外贸”"))).to_be_visible()
    other.close()

    page.get_by_role("button", name=f"应用 {n} 处").click()
    page.get_by_role("dialog").get_by_role("button", name=f"应用 {n} 处").click()
    expect(page.get_by_role("alert")).to_have_text("有人刚改了配置。已经重新算过，再看一眼再应用。")
    expect(page.locator(".pd-line[data-sign=' ']", has_text="外贸").first).to_be_attached()
    apply(page, demo, "")
    expect(page.get_by_text(re.compile("^已应用“制造”"))).to_be_visible()
