"""From a survey that is sent to a complaint that the customer calls settled, with real clicks (R-147, R-148, R-149)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.calls import call, new_customer
from tests.browser.test_journey import make_team

pytestmark = pytest.mark.browser

SURVEY = {
    "title": "季度回访",
    "question": "这个季度对我们的服务满意吗？",
    "choice_question": "哪方面最该改？",
    "choices": ["响应速度", "产品质量"],
}


def sent_link(page: Page, home: str) -> str:
    """发调查 on the customer's page; the link out of the words to paste."""
    page.goto(f"{home}#satisfaction")
    panel = page.locator("#satisfaction")
    panel.get_by_role("button", name="发调查").click()
    panel.get_by_role("button", name="生成链接").click()
    expect(panel.get_by_alt_text("调查链接的二维码")).to_be_visible()
    words = panel.locator(".survey-link p").first.inner_text()
    assert "王建国，您好" in words
    found = re.search(r"http\S+", words)
    assert found is not None
    return found.group()


def answered_badly(theirs: Page, link: str) -> None:
    """The customer's own browser, never logged in: a score, a choice, a word; once."""
    theirs.goto(link)
    expect(theirs.get_by_role("heading", name="这个季度对我们的服务满意吗？")).to_be_visible()
    theirs.get_by_role("button", name="提交").click()
    expect(theirs.get_by_text("先选一个分数")).to_be_visible()
    theirs.get_by_text("很不满意", exact=True).click()
    theirs.get_by_text("响应速度").click()
    theirs.get_by_label("想说点什么？").fill("夜里停机没人接电话")
    assert theirs.evaluate("document.scripts.length") == 0
    assert theirs.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    theirs.get_by_role("button", name="提交").click()
    expect(theirs.get_by_text("收到了，谢谢你")).to_be_visible()
    theirs.goto(link)
    expect(theirs.get_by_text("这份调查已经答过了，谢谢")).to_be_visible()
    assert theirs.context.cookies() == []


def test_a_low_score_becomes_a_case_that_the_customer_closes(open_page: Callable[[], Page], site: str) -> None:
    page, theirs = open_page(), open_page()
    make_team(page, site)
    call(page, "POST", "/surveys", SURVEY)
    home = f"{site}/customers/{new_customer(page)}"
    answered_badly(theirs, sent_link(page, home))

    page.goto("about:blank")
    page.goto(f"{home}#complaints")
    expect(page.get_by_role("status").filter(has_text="1 件投诉没处理完")).to_be_visible()
    panel = page.locator("#complaints")
    expect(panel).to_contain_text("满意度打了 1 分（响应速度）：夜里停机没人接电话")

    panel.get_by_role("button", name="记处理").click()
    panel.get_by_label("做了什么").fill("给王总打电话道歉，派林工夜班值守")
    panel.locator("form").get_by_role("button", name="记下").click()
    expect(panel.get_by_text("派林工夜班值守")).to_be_visible()

    panel.get_by_role("button", name="写结果").click()
    panel.get_by_label("处理结果：做了什么").fill("夜班电话改接值班手机")
    panel.locator("form").get_by_role("button", name="处理完").click()
    expect(panel.get_by_text("已处理完，等客户确认")).to_be_visible()

    panel.get_by_role("button", name="客户认可", exact=True).click()
    panel.get_by_label("客户怎么说的").fill("现在打得通了")
    panel.locator("form").get_by_role("button", name="客户认可，办结").click()
    expect(panel.get_by_text("“现在打得通了”")).to_be_visible()
    expect(page.locator(".complaint-band")).to_have_count(0)

    page.goto(f"{site}/satisfaction")
    expect(page.get_by_text("发出 1 份，答了 1 份")).to_be_visible()
    expect(page.get_by_text("太少").first).to_be_visible()
    page.goto(f"{site}/complaints?which=done")
    expect(page.get_by_text("现在打得通了")).to_be_visible()
