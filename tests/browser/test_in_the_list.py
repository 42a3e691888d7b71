"""Class and owner of a customer are changed where the list shows them, by their own verbs (R-122, R-158)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_together import FIRM, come_in

pytestmark = pytest.mark.browser


def row(page: Page, demo: str) -> Locator:
    page.goto(f"{demo}/customers?q=恒锐")
    found = page.get_by_role("row").filter(has_text=FIRM).first
    expect(found).to_be_visible()
    return found


def test_a_supervisor_changes_class_and_owner_in_the_list(wide: Page, demo: str) -> None:
    """The mark is a list of classes with an undo; the owner opens the dialog that asks for the reason."""
    come_in(wide, demo, "赵敏")
    firm = row(wide, demo)
    firm.locator(".class-badge").dblclick()
    firm.get_by_label("意向等级").select_option("B")
    firm.get_by_label("意向等级").press("Enter")
    expect(firm.locator(".class-badge")).to_have_text("B")
    wide.get_by_role("button", name="撤销").click()
    expect(firm.locator(".class-badge")).to_have_text("A")

    firm.locator('[data-key="owner"]').dblclick()
    dialog = wide.get_by_role("dialog")
    expect(firm.locator('[data-key="owner"]')).to_contain_text("李晓雯")
    dialog.get_by_label("交给").fill("王海涛")
    wide.keyboard.press("Enter")
    dialog.get_by_label("为什么转交").fill("片区调整")
    dialog.get_by_role("button", name="转交 1 家").click()
    expect(dialog).to_be_hidden()
    expect(firm.locator('[data-key="owner"]')).to_contain_text("王海涛")


def test_who_may_not_change_them_opens_the_customer(wide: Page, demo: str) -> None:
    """A rep without the verbs meets no editor that could only be refused."""
    come_in(wide, demo, "李晓雯")
    firm = row(wide, demo)
    expect(firm.locator('[data-key="owner"]')).not_to_have_attribute("data-able", "true")
    firm.locator(".class-badge").dblclick()
    wide.wait_for_url("**/customers/*")
