"""A team's day in the roles of rep, supervisor and administrator, with real clicks (R-164, R-170, R-171, R-176)."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_templates import is_phone
from tests.browser.test_together import come_in

pytestmark = pytest.mark.browser

#: Two of them become 王海涛's: one cannot be reached, the other is class A, whose records a supervisor looks at.
LEADS = [
    ["公司", "联系人", "手机", "地区", "来源", "意向等级"],
    ["无锡锐腾电机有限公司", "钱立群", "13900000001", "江苏无锡", "线上咨询", "A"],
    ["常州顺和模具有限公司", "孟凡", "13900000002", "江苏常州", "线上咨询", "A"],
    ["绍兴云锦纺织有限公司", "沈月", "13900000003", "浙江绍兴", "线上咨询", "A"],
    ["湖州安澜电缆有限公司", "施国强", "13900000004", "浙江湖州", "线上咨询", "A"],
]
FIRMS = [row[0] for row in LEADS[1:]]
FIRM, SILENT = FIRMS[0], FIRMS[2]
#: To whom each goes by turns, and who had the one before.
DEALT = list(zip(FIRMS, ["王海涛", "何佳"] * 2, ["何佳", "王海涛"] * 2, strict=True))
MENDED = "钱总说 1 号和 2 号绕线机每周停 3 次，要先看同行做法，预算 40 万，采购还没定。"


def leads_wait_for_an_owner(admin: Page, demo: str, path: Path) -> None:
    """The administrator leaves them to be assigned later, though the rules are on."""
    admin.goto(f"{demo}/import")
    admin.locator("input[type=file]").set_input_files(path)
    admin.get_by_role("button", name="核对 4 行").or_(admin.get_by_role("button", name="开始核对")).click()
    admin.get_by_role("radio", name="先不分配").check()
    admin.get_by_role("button", name="导入 4 行").click()
    expect(admin.get_by_role("heading", name="4 行已经进来了")).to_be_visible()


def they_are_dealt_by_turns(admin: Page, demo: str) -> None:
    """By the rule 华东, one to each: the dialog says so before, the log gives the reason of each after."""
    admin.goto(f"{demo}/assign?tab=waiting")
    for firm in FIRMS:
        admin.get_by_role("checkbox", name=firm).check()
    admin.get_by_role("button", name="分配 4 家").click()
    dialog = admin.get_by_role("dialog")
    dialog.get_by_text("按规则").click()
    expect(dialog.get_by_text("王海涛 2 家")).to_be_visible()
    expect(dialog.get_by_text("何佳 2 家")).to_be_visible()
    dialog.get_by_role("button", name="分配 4 家").click()
    expect(admin.get_by_text("分配了 4 家")).to_be_visible()
    admin.goto(f"{demo}/assign?tab=log")
    for firm, who, before in DEALT:
        row = admin.get_by_role("listitem").or_(admin.get_by_role("row")).filter(has_text=firm)
        expect(row).to_contain_text(f"{who}按轮次，上一位{before}按规则“华东”")


def reached(rep: Page, demo: str) -> list[int]:
    """What stands under this month's target for records, effective contacts and new customers."""
    rep.goto(f"{demo}/today")
    found = []
    for what in ("跟进记录", "有效联系", "新客户"):
        words = rep.get_by_role("img", name=re.compile(f"^{what}：做到")).get_attribute("aria-label") or ""
        found.append(int(re.findall("做到 ([0-9]+)", words)[0]))
    return found


def new_lead(rep: Page, firm: str) -> Locator:
    """The row of 今天 that asks to take the customer over."""
    name = re.compile(f"接手新客户。{firm}")
    if not is_phone(rep):
        return rep.get_by_role("option", name=name)
    rep.get_by_role("button", name=name).click()
    return rep.get_by_role("listitem").filter(has=rep.get_by_role("button", name=name))


def one_cannot_be_reached(rep: Page, demo: str) -> None:
    """An attempt is one tap, sent when its time for undoing is over."""
    rep.goto(f"{demo}/today")
    new_lead(rep, SILENT).get_by_role("button", name=re.compile("^写跟进")).click()
    with rep.expect_response(re.compile("/followups/attempts$")):
        rep.get_by_role("button", name="未接通").click()
        expect(rep.get_by_text(re.compile("^已记：未接通，.* 再试"))).to_be_visible()


def the_other_is_spoken_to(rep: Page, demo: str) -> None:
    rep.goto(f"{demo}/today")
    new_lead(rep, FIRM).get_by_role("button", name=re.compile("^写跟进")).click()
    rep.locator("#log-summary").fill("钱总说 2 条绕线机每周停 3 次，要先看同行做法，预算 40 万，采购还没定。")
    rep.get_by_placeholder("他的原话或数字").fill("停一次少绕 600 台")
    rep.get_by_label("做什么").fill("明天 10:00 把同行案例发给钱总，电话确认他看了")
    rep.get_by_label("做什么").blur()
    expect(rep.get_by_text("从句子里读出")).to_be_visible()
    rep.get_by_role("button", name="提交").click()
    expect(rep.get_by_text("记下了")).to_be_visible()
    rep.goto(f"{demo}/today")
    expect(rep.get_by_text("把同行案例发给钱总").first).to_be_visible()
    expect(rep.get_by_text("再联系 沈月").first).to_be_visible()
    for firm in (FIRM, SILENT):
        expect(rep.get_by_label(f"接手新客户。{firm}")).to_have_count(0)


def the_queue_is_reviewed(chief: Page, demo: str) -> None:
    """Four pass, by keys or by taps; the newest, 王海涛's, goes back for its summary."""
    chief.goto(f"{demo}/reviews")
    expect(chief.get_by_role("button", name="跟进记录 5")).to_be_visible()
    record = chief.get_by_role("article")
    firm = record.get_by_role("heading", level=2)
    for _ in range(4):
        before = firm.inner_text()
        if is_phone(chief):
            chief.get_by_role("button", name="通过").click()
        else:
            chief.keyboard.press("a")
        expect(firm).not_to_have_text(before)
    expect(chief.get_by_role("article", name=FIRM)).to_be_visible()
    if is_phone(chief):
        record.locator('[data-slug="summary"]').get_by_role("button", name=re.compile("批注")).click()
    else:
        chief.keyboard.press("c")
    chief.get_by_label("批注", exact=True).fill("写清是哪 2 条绕线机")
    with chief.expect_response(re.compile("/return$")):
        chief.get_by_role("button", name=re.compile("^退回")).click()
        expect(chief.get_by_text("没有要审的跟进")).to_be_visible()
        expect(chief.get_by_role("button", name="跟进记录 0")).to_be_visible()


def it_is_mended(rep: Page, demo: str) -> None:
    rep.goto(f"{demo}/reviews?which=returned")
    rep.get_by_role("link", name=re.compile("无锡锐腾.*1 处要改")).click()
    expect(rep.get_by_text("写清是哪 2 条绕线机")).to_be_visible()
    rep.get_by_role("textbox", name="跟进内容").fill(MENDED)
    rep.get_by_role("button", name="重新提交").click()
    expect(rep.get_by_text("已重新提交，等 赵敏 再看")).to_be_visible()


def it_is_found_by_pinyin(page: Page, demo: str) -> None:
    """By its initials: Ctrl K on the desktop, the magnifier on the phone."""
    page.goto(f"{demo}/today")
    search = page.get_by_role("button", name="搜索" if is_phone(page) else "拼音首字母")
    expect(search).to_be_visible()
    if is_phone(page):
        search.click()
    else:
        page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="去哪里").fill("wxrt")
    page.get_by_role("option", name=f"{FIRM} 负责人 王海涛").click()
    page.wait_for_url("**/customers/*")
    expect(page.get_by_role("heading", name=FIRM)).to_be_visible()


def a_comment_reaches_the_supervisor(rep: Page, chief: Page, demo: str) -> None:
    it_is_found_by_pinyin(rep, demo)
    rep.locator("a.tl-open").first.click()
    rep.wait_for_url("**/followups/*")
    words = rep.get_by_label("写评论").last
    words.click()
    words.press_sequentially("绕线机改好了 @zhaom")
    expect(rep.get_by_role("option", name="赵敏")).to_be_visible()
    words.press("Enter")
    words.press_sequentially("请再看")
    words.press("Control+Enter")
    expect(rep.locator(".cm-text").get_by_text("请再看")).to_be_visible()
    chief.goto(f"{demo}/today")
    bell = chief.get_by_role("button", name=re.compile("通知 [0-9]+"))
    expect(bell).to_be_visible(timeout=15_000)
    bell.click()
    chief.get_by_text("提到你").first.click()
    chief.wait_for_url(re.compile(r"/followups/\d+#comment-\d+"))
    expect(chief.locator(".cm-entry[data-aimed]")).to_contain_text("绕线机改好了 @赵敏 请再看")
    expect(chief.get_by_text(MENDED).first).to_be_visible()


def a_field_is_changed_and_restored(rep: Page, chief: Page, demo: str) -> None:
    """The rep writes another region, the supervisor takes back that one field."""
    it_is_found_by_pinyin(rep, demo)
    rep.get_by_role("button", name="更多", exact=True).first.click()
    rep.get_by_role("menuitem", name="改资料").click()
    rep.get_by_label("地区").fill("江苏苏州")
    expect(rep.get_by_text("改了 1 项")).to_be_visible()
    rep.get_by_role("button", name="保存").click()
    expect(rep.get_by_text("已保存")).to_be_visible()
    it_is_found_by_pinyin(chief, demo)
    chief.get_by_role("button", name="更多", exact=True).first.click()
    chief.get_by_role("menuitem", name="版本").click()
    drawer = chief.get_by_role("dialog")
    drawer.get_by_role("button", name=re.compile("第 2 版")).click()
    expect(drawer.get_by_role("region", name="第 2 版")).to_contain_text("第 2 版江苏无锡现在江苏苏州")
    drawer.get_by_role("button", name="恢复这一项").click()
    drawer.get_by_role("button", name="恢复", exact=True).click()
    expect(chief.get_by_text("已恢复成第 2 版的内容")).to_be_visible()
    expect(drawer.get_by_text("和现在一样")).to_be_visible()


def test_team_day(open_page: Callable[[], Page], demo: str, tmp_path: Path) -> None:
    """Three people, one day: what they do reaches each other and ends in the month's numbers."""
    sheet = tmp_path / "线索.csv"
    with sheet.open("w", encoding="gb18030", newline="") as stream:
        csv.writer(stream).writerows(LEADS)
    rep, chief, admin = (come_in(open_page(), demo, name) for name in ("王海涛", "赵敏", "陈立"))
    records, contacts, customers = reached(rep, demo)
    leads_wait_for_an_owner(admin, demo, sheet)
    they_are_dealt_by_turns(admin, demo)
    # Neither leads from a sheet nor an attempt count.
    one_cannot_be_reached(rep, demo)
    the_other_is_spoken_to(rep, demo)
    assert reached(rep, demo) == [records + 1, contacts + 1, customers]
    the_queue_is_reviewed(chief, demo)
    # What was sent back does not count until it is mended.
    assert reached(rep, demo) == [records, contacts, customers]
    it_is_mended(rep, demo)
    a_comment_reaches_the_supervisor(rep, chief, demo)
    a_field_is_changed_and_restored(rep, chief, demo)
    assert reached(rep, demo) == [records + 1, contacts + 1, customers]
