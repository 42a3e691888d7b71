"""公海 with real clicks: one gives a customer up, another reads its story, claims it and plans the first contact; who
comes too late reads who was faster (R-158, R-167)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.calls import call, new_customer
from tests.browser.test_together import come_in

pytestmark = pytest.mark.browser
FIRM = "扬州广陵汽配有限公司"


def test_claimed_by_one_and_told_to_the_other(open_page: Callable[[], Page], demo: str) -> None:
    giver, taker, late = (open_page() for _ in range(3))
    for page, name in ((giver, "陈立"), (taker, "李晓雯"), (late, "赵敏")):
        come_in(page, demo, name)
    pk = new_customer(giver, FIRM, "13900000001")
    call(giver, "POST", "/pools/put-back", {"ids": [pk], "why": "交期谈不拢，厂长说年后再看"})

    for page in (taker, late):
        page.goto(f"{demo}/pool")
        expect(page.get_by_text("扬州广陵汽配").first).to_be_visible()
    phone = taker.viewport_size is not None and taker.viewport_size["width"] < 768
    if phone:
        taker.get_by_role("button", name=re.compile("扬州广陵汽配.*主动退回")).click()
    expect(taker.get_by_text("退回的话：交期谈不拢，厂长说年后再看")).to_be_visible()
    expect(taker.get_by_text("139****0001")).to_be_visible()
    taker.get_by_role("button", name="领取，并约首次联系").click()
    expect(taker.get_by_text(re.compile("^领到了 扬州广陵汽配"))).to_be_visible()

    late.get_by_role("button", name="领取扬州广陵汽配").click()
    expect(late.get_by_text("李晓雯先一步领走了这家")).to_be_visible()
    expect(late.get_by_role("button", name="领取扬州广陵汽配")).to_have_count(0)

    taker.get_by_role("button", name="去看").click()
    taker.wait_for_url(f"{demo}/customers/{pk}")
    expect(taker.get_by_text("首次联系", exact=True).first).to_be_visible()


def test_an_administrator_sees_what_tonight_would_do(wide: Page, demo: str) -> None:
    come_in(wide, demo, "陈立")
    wide.goto(f"{demo}/manage/pools")
    # The second pool takes whoever the first does not.
    wide.get_by_label("没联系", exact=True).last.fill("7")
    expect(wide.get_by_role("heading", name="今晚会怎样")).to_be_visible()
    expect(wide.get_by_text(re.compile("今晚先提醒，几天后回来"))).to_be_visible()
    wide.get_by_role("button", name="保存").click()
    expect(wide.get_by_text("公海规则存好了，今晚起按新规则")).to_be_visible()
    wide.reload()
    expect(wide.get_by_label("没联系", exact=True).last).to_have_value("7")
