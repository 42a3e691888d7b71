"""A record spoken into the phone and sent when the network is back, with real clicks (R-236)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.calls import new_customer
from tests.browser.test_journey import make_team
from tests.browser.test_templates import is_phone

pytestmark = pytest.mark.browser

#: A recogniser that hears one sentence while the button is held.
HEARS = """window.SpeechRecognition = class {
  start() { setTimeout(() => { this.onstart?.(); this.onresult?.({ results: [[{ transcript: 'SAID' }]] }); }); }
  stop() { setTimeout(() => this.onend?.()); }
  abort() {}
};"""
SAID = "王总看了二期方案，报价 86 万，他问 3 号线能不能保留现有 PLC"


def speak(page: Page) -> None:
    button = page.get_by_role("button", name="按住说")
    box = button.bounding_box()
    assert box is not None and box["height"] >= 40
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    expect(page.get_by_role("status").get_by_text("报价 86 万")).to_be_visible()
    page.wait_for_timeout(400)
    page.mouse.up()


def test_a_record_is_spoken_and_waits_for_the_network(page: Page, site: str) -> None:
    """R-236: what was said stands in the field; without network it is kept, and sent once when it is back."""
    page.add_init_script(HEARS.replace("SAID", SAID))
    make_team(page, site)
    pk = new_customer(page)
    if is_phone(page):
        page.goto(f"{site}/customers/{pk}/log")
        speak(page)
    else:
        page.goto(f"{site}/customers/{pk}?log={pk}")
        expect(page.locator("#log-summary")).to_be_visible()
        expect(page.get_by_role("button", name="按住说")).to_have_count(0)
        page.locator("#log-summary").fill(SAID)
    expect(page.locator("#log-summary")).to_have_value(SAID)
    page.get_by_placeholder("他的原话或数字").fill("交期 45 天太长，30 天内能到就定")
    page.get_by_label("做什么").fill("明天 10:00 把 PLC 兼容清单发给王总")
    page.get_by_label("做什么").blur()
    # The date is read by the server, so it is waited for before the network goes.
    expect(page.get_by_text("从句子里读出")).to_be_visible()
    page.context.set_offline(True)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="已存在本机")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("1 条跟进已发出")).to_be_visible()
    written = page.evaluate("async () => (await (await fetch('/api/v1/followups')).json()).items.length")
    assert written == 1
    page.goto(f"{site}/customers/{pk}/log")
    expect(page.locator("#log-summary")).to_have_value("")
