"""Makes the pictures of the README from a running demo: `python scripts/screenshots.py http://127.0.0.1:8000`.

The pictures are WebP, which Chromium writes itself: a quarter of a PNG, and as sharp. An import is
checked on the way and left before anything of it is written.
"""

from __future__ import annotations

import base64
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screens"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
REP, SUPERVISOR, ADMIN = "李晓雯", "赵敏", "陈立"
THIN = "电话联系了孙经理，客户有兴趣，等他们内部商量，继续跟进"
SHEET = """客户名称,联系人,电话,跟进日期,沟通方式,跟进情况,下一步
苏州明基电子有限公司,周强,13800002211,2026/11/20 10:30,电话,"周工要按班次导出工时，预算 60 万",11月30日发接口清单
无锡华远机械厂,吴敏,13900003322,11.21,拜访,看了 3 号线，停机超过两小时要找生产部签字,周五前给停机方案
昆山立讯包装,,,2026-11-23,微信,已联系，继续跟进,
常州博远阀门有限公司,郑涛,1380000,昨天下午,电话,"嫌贵，另一家报 32 万",下周一回电话
苏州明基电子有限公司,周强,13800002211,2026/11/24,微信,发了同行案例，他转给厂长了,等厂长意见
"""


class Camera:
    """One person's browser at one width; the picture's name gets the suffix of the width."""

    def __init__(self, browser: Browser, site: str, person: str, *, phone: bool = False, dark: bool = False) -> None:
        self.site, self.suffix = site, ("-phone" if phone else "") + ("-dark" if dark else "")
        context = browser.new_context(
            viewport={"width": 390, "height": 844} if phone else {"width": 1440, "height": 900},
            locale="zh-CN", timezone_id="Asia/Shanghai", color_scheme="dark" if dark else "light",
        )  # fmt: skip
        self.page = context.new_page()
        self.devtools = context.new_cdp_session(self.page)
        self.page.goto(f"{site}/login")
        self.page.get_by_role("button", name=person).first.click()
        self.page.wait_for_url("**/today")

    def take(self, name: str, path: str = "", before: Callable[[Page], object] | None = None) -> None:
        """The screen at `path`, or the one that stands, after `before` has touched it."""
        if path:
            self.page.goto(f"{self.site}{path}")
            self.page.wait_for_timeout(2500)
        if before:
            before(self.page)
            self.page.wait_for_timeout(1500)
        shot = self.devtools.send("Page.captureScreenshot", {"format": "webp", "quality": 82})
        (FOLDER / f"{name}{self.suffix}.webp").write_bytes(base64.b64decode(shot["data"]))

    def first(self, path: str) -> int:
        return int(self.page.request.get(f"{self.site}/api/v1{path}").json()["items"][0]["id"])

    def close(self) -> None:
        self.page.context.close()


def daily(camera: Camera) -> None:
    """What a rep sees at any width: today, list, customer, log form."""
    customer = camera.first("/customers?limit=1")
    camera.take("today", "/today")
    camera.take("customers", "/customers")
    camera.take("customer", f"/customers/{customer}")
    log = f"/customers/{customer}/log" if camera.suffix else f"/customers/{customer}?log={customer}"
    camera.take("log", log, lambda page: page.locator(".content-box textarea").first.fill(THIN))
    camera.page.get_by_role("button", name="重写").first.click()


def more(camera: Camera) -> None:
    """The board, a record as a page, help, and an old sheet on its way in."""
    camera.take("board", "/customers", lambda page: page.get_by_text("看板", exact=True).first.click())
    camera.page.get_by_text("列表", exact=True).first.click()
    camera.take("record", f"/followups/{camera.first('/followups?limit=1')}")
    camera.take("help", "/help")
    importing(camera)


def importing(camera: Camera) -> None:
    camera.page.goto(f"{camera.site}/import")
    sheet = FilePayload(name="跟进表.csv", mimeType="text/csv", buffer=SHEET.encode())
    camera.page.locator("input[type=file]").first.set_input_files(sheet)
    camera.page.wait_for_url("**/import/*")
    camera.page.wait_for_timeout(2500)
    camera.take("import-mapping")
    camera.take("import-rows", before=lambda page: page.locator(".wz-foot .ant-btn-primary").click())


def choose_a_field(page: Page) -> None:
    """The form lies under its handles, which take the click."""
    page.get_by_text("所属行业").last.click(force=True)


def main(site: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        camera = Camera(browser, site, REP)
        daily(camera)
        more(camera)
        camera.close()
        camera = Camera(browser, site, REP, phone=True)
        daily(camera)
        camera.close()
        camera = Camera(browser, site, SUPERVISOR)
        camera.take("review", "/reviews")
        camera.take("exceptions", "/exceptions")
        camera.close()
        camera = Camera(browser, site, ADMIN)
        camera.take("targets", "/team")
        camera.take("forms", "/manage/forms/customer", choose_a_field)
        camera.take("process", "/manage/playbooks/standard")
        camera.take("meeting", "/meeting")
        camera.take("standard", "/manage/standard")
        camera.take("roles", "/manage/roles", lambda page: page.get_by_text("业务员").first.click())
        camera.close()
        camera = Camera(browser, site, REP, dark=True)
        camera.take("today", "/today")
        camera.take("customer", f"/customers/{camera.first('/customers?limit=1')}")
        camera.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
