"""The rich editor with real keys, an input method and pastes (R-013, R-014, R-015)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.calls import new_customer
from tests.browser.test_journey import make_team

pytestmark = pytest.mark.browser

WORD = (
    "<html><head><style>p{color:red}</style></head><body>"
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.&nbsp;</span>"
    "先装 <b>8 台</b></p><table><tr><td>型号</td><td>数量</td></tr><tr><td>TL-200</td><td>8 台</td></tr></table>"
    "<p><img src=x onerror='window.spoilt=1'>看完</p></body></html>"
)
PASTE = """([selector, html]) => {
  const data = new DataTransfer();
  data.setData('text/html', html);
  data.setData('text/plain', '先装 8 台');
  const target = document.querySelector(selector);
  target.focus();
  target.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def open_form(page: Page, site: str) -> None:
    make_team(page, site)
    page.goto(f"{site}/customers/{new_customer(page)}/log")


def compose(page: Page, letters: list[str], word: str) -> None:
    """Type through an input method: letters first, then the chosen word."""
    ime = page.context.new_cdp_session(page)
    for typed in letters:
        ime.send("Input.imeSetComposition", {"text": typed, "selectionStart": len(typed), "selectionEnd": len(typed)})
    ime.send("Input.insertText", {"text": word})


def test_chinese_is_typed_marked_and_shown(page: Page, site: str) -> None:
    """R-013, R-015: composed text, a mark, a quotation by key; submitted, it stands in the timeline with its marks."""
    open_form(page, site)
    page.get_by_role("button", name="格式", exact=True).click()
    text = page.locator('[contenteditable="true"]')
    text.click()
    compose(page, ["w", "wangz", "wangzong"], "王总看了 3 号线 42 个点位的方案，")
    page.get_by_role("button", name="标为任务").click()
    page.keyboard.insert_text("周五前给分项价")
    page.keyboard.press("Enter")
    compose(page, ["j", "jiao"], "交期 45 天太长，30 天内能到就定")
    page.keyboard.press("Control+'")
    expect(text.locator("blockquote")).to_have_text("交期 45 天太长，30 天内能到就定")
    page.get_by_label("做什么").fill("明天 10:00 把 PLC 兼容清单发给王总")
    page.get_by_label("做什么").blur()
    page.wait_for_timeout(1200)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("记下了")).to_be_visible()
    page.get_by_role("button", name="看这家客户").click()
    expect(page.locator("mark.mark-task").first).to_have_text("周五前给分项价")
    expect(page.locator("blockquote.said").first).to_contain_text("交期 45 天太长")


def test_a_pasted_list_opens_the_editor_cleaned(page: Page, site: str) -> None:
    """R-014: the plain field becomes a rich one; only text, bold, lists and tables come in."""
    open_form(page, site)
    page.locator("#log-summary").fill("王总看了方案。")
    page.evaluate(PASTE, ["#log-summary", WORD])
    text = page.locator('[contenteditable="true"]')
    expect(text.locator("ol li")).to_have_text("先装 8 台")
    expect(text.locator("td")).to_have_text(["型号", "数量", "TL-200", "8 台"])
    assert text.locator("img, p, style").count() == 0
    assert page.evaluate("window.spoilt") is None
    text.press("Control+End")
    page.evaluate(PASTE, ['[contenteditable="true"]', WORD])
    expect(text.locator("table")).to_have_count(2)
    assert text.locator("img, p, style").count() == 0
