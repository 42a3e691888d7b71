"""The customer list opened cold in Chromium: bytes of script and style as they cross the wire, and calls of the API."""

from __future__ import annotations

import shutil
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Request, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


def weigh(address: str, session: str) -> dict[str, Any] | None:
    """kB of gzip JS and CSS, and how often the page asks the API; None without Chromium."""
    if CHROMIUM is None:
        return None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(service_workers="block")
        context.add_cookies([{"name": "genjin_session", "value": session, "url": address}])
        page = context.new_page()
        finished: list[Request] = []
        page.on("requestfinished", lambda request: finished.append(request))
        page.goto(f"{address}/customers", wait_until="networkidle")
        page.wait_for_timeout(1000)
        paths = [(urlsplit(each.url).path, each.sizes()["responseBodySize"]) for each in list(finished)]
        browser.close()
    calls = sorted(path for path, _ in paths if path.startswith("/api/"))
    size = sum(size for path, size in paths if path.endswith((".js", ".css")))
    return {"gzip_kB": round(size / 1000, 1), "api_calls": len(calls), "calls": calls}
