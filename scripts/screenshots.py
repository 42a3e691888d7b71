"""Makes the pictures of the README from a running demo: `python scripts/screenshots.py http://127.0.0.1:8000`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screens"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


def enter(page: Page, site: str) -> None:
    page.goto(f"{site}/login")
    page.get_by_role("button", name="李晓雯").first.click()
    page.wait_for_url("**/today")
    page.wait_for_timeout(2500)


def take(page: Page, site: str, suffix: str) -> None:
    """Today, list, customer and log form at this width."""
    enter(page, site)
    page.screenshot(path=FOLDER / f"today{suffix}.png")
    page.goto(f"{site}/customers")
    page.wait_for_timeout(2500)
    page.screenshot(path=FOLDER / f"customers{suffix}.png")
    first = page.request.get(f"{site}/api/v1/customers?limit=1").json()["items"][0]["id"]
    page.goto(f"{site}/customers/{first}")
    page.wait_for_timeout(2500)
    page.screenshot(path=FOLDER / f"customer{suffix}.png")
    page.goto(f"{site}/customers/{first}/log" if suffix else f"{site}/customers/{first}?log={first}")
    page.wait_for_timeout(2500)
    page.screenshot(path=FOLDER / f"log{suffix}.png")


def main(site: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for suffix, width, height in (("", 1440, 900), ("-phone", 390, 844)):
            context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN",
                                          timezone_id="Asia/Shanghai")  # fmt: skip
            take(context.new_page(), site, suffix)
            context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
