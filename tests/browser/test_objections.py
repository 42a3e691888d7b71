"""An objection is noted, answered and closed on the customer's page, with real clicks (R-084, R-085)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.calls import new_customer
from tests.browser.test_journey import make_team
from tests.browser.test_templates import choose

pytestmark = pytest.mark.browser


def test_an_objection_gets_an_answer_and_an_outcome(page: Page, site: str) -> None:
    make_team(page, site)
    page.goto(f"{site}/customers/{new_customer(page)}#objections")
    panel = page.locator("#objections")
    panel.get_by_role("button", name="记异议").click()
    choose(page, "哪一类", "交付周期")
    panel.get_by_label("客户的原话").fill("交期 45 天太长")
    panel.get_by_role("button", name="记下").click()
    expect(panel.get_by_text("老板 答复")).to_be_visible()

    panel.get_by_role("button", name="答复", exact=True).click()
    choose(page, "调整了什么（可不选）", "协调交付")
    panel.get_by_label("怎么答复客户的").fill("先发 8 台，30 天内到")
    panel.locator("form").get_by_role("button", name="答复").click()
    expect(panel.get_by_text("先发 8 台，30 天内到")).to_be_visible()
    expect(panel.get_by_role("button", name="转交")).to_have_count(0)

    panel.get_by_role("button", name="结案").click()
    choose(page, "结论", "客户接受")
    panel.get_by_label("客户现在怎么看").fill("同意分两批到")
    panel.locator("form").get_by_role("button", name="结案").click()
    expect(panel.get_by_text("客户接受 同意分两批到")).to_be_visible()
    expect(panel.get_by_role("button", name="结案")).to_have_count(0)
