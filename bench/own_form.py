"""A form of 60 own fields in Chromium: from the moment its data is there until it is painted and can be typed into.

The list of an own type is open and the team's forms have come; then 新建 is pressed. The clock starts with the press
(nothing of the form is asked for after it but choices of customers). `first_screen`: the first field takes the cursor
and the frame is painted; `painted`: so does the last of the sixty. Nine tries on a fresh page each, nine on the same
one again.
"""

from __future__ import annotations

import statistics
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.million import Team, send
from bench.page import CHROMIUM
from bench.pairs import told
from bench.run import PORT, Rig

TRIES = 9
FORM = "x_sixty"
KINDS = ("text", "number", "money", "date", "option", "longtext", "bool", "phone", "options", "datetime", "rating",
         "email", "percent", "tags", "url", "member", "money_range", "address", "department", "lunar_date")  # fmt: skip
OPEN = """
() => new Promise((done, fail) => {
  const long = [];
  const watch = new PerformanceObserver((list) => {
    for (const one of list.getEntries()) long.push(Math.round(one.duration));
  });
  watch.observe({ type: 'longtask' });
  const last = () => {
    const rows = document.querySelectorAll('.ant-drawer [data-field]');
    return rows.length >= 60 ? rows[rows.length - 1].querySelector('input, textarea, button, [contenteditable]') : null;
  };
  const button = document.querySelector('.ant-btn-primary');
  const from = performance.now();
  let first = 0;
  const look = () => {
    const seen = document.querySelectorAll('.ant-drawer [data-field]');
    const top = seen.length >= 20 ? seen[0].querySelector('input, textarea') : null;
    if (!first && top) {
      top.focus();
      if (document.activeElement === top) requestAnimationFrame(() => setTimeout(() => {
        first ||= performance.now() - from;
      }, 0));
    }
    const input = last();
    if (!input) return performance.now() - from > 20000 ? fail(new Error('no form')) : requestAnimationFrame(look);
    const there = performance.now() - from;
    input.focus();
    const editable = document.activeElement === input && !input.disabled;
    requestAnimationFrame(() => setTimeout(() => {
      watch.disconnect();
      done({ first: first || performance.now() - from, there, painted: performance.now() - from, editable, long });
    }, 0));
  };
  button.click();
  requestAnimationFrame(look);
})
"""


def run(rig: Rig, teamed: Team) -> dict[str, Any]:
    """ms until painted and editable, with the long tasks of each try."""
    _form(teamed.sessions["admin"])
    address = f"http://127.0.0.1:{PORT}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        found: dict[str, Any] = {"browser": browser.version}
        for name, wide in (("desktop", 1440), ("phone", 390)):
            found[name] = _tries(browser, address, teamed.sessions["admin"], wide)
        browser.close()
    return found


def _tries(browser: Browser, address: str, session: str, wide: int) -> dict[str, Any]:
    context = browser.new_context(viewport={"width": wide, "height": 900}, locale="zh-CN", has_touch=wide < 500)
    context.add_cookies([{"name": "genjin_session", "value": session, "url": address}])
    first, again = [], []
    for _ in range(TRIES):
        page = context.new_page()
        page.goto(f"{address}/records/{FORM}", wait_until="networkidle")
        page.wait_for_selector(".ant-btn-primary")
        # The code of the drawer is fetched by whoever opens it first: the data is there once it has come.
        page.wait_for_timeout(300)
        link = context.new_cdp_session(page)
        link.send("Performance.enable", {"timeDomain": "threadTicks"})
        first.append(_opened(page, link))
        page.keyboard.press("Escape")
        page.wait_for_selector(".ant-drawer [data-field]", state="detached")
        page.wait_for_timeout(300)
        again.append(_opened(page, link))
        page.close()
    context.close()
    return {"first": _told(first), "again": _told(again)}


def _opened(page: Page, link: CDPSession) -> dict[str, Any]:
    """One try, and the CPU time of the page's main thread in it, which others on the machine do not lengthen."""
    before = _busy(link)
    found: dict[str, Any] = page.evaluate(OPEN)
    return {**found, "cpu": _busy(link) - before}


def _busy(link: CDPSession) -> float:
    metrics = link.send("Performance.getMetrics")["metrics"]
    return next(float(each["value"]) for each in metrics if each["name"] == "TaskDuration") * 1000


def _told(tries: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "cpu_ms": told([each["cpu"] for each in tries]),
        "first_screen_ms": told([each["first"] for each in tries]),
        "painted_ms": told([each["painted"] for each in tries]),
        "there_ms": told([each["there"] for each in tries]),
        "editable": all(each["editable"] for each in tries),
        "long_tasks": statistics.median(len(each["long"]) for each in tries),
        "longest_task_ms": round(statistics.median(max(each["long"], default=0) for each in tries)),
    }


def _form(admin: str) -> None:
    """The own type with 60 fields, unless it is there."""
    if any(each["slug"] == FORM for each in send(admin, "GET", "/record-types")["items"]):
        return
    own = [_field(KINDS[at % len(KINDS)], at) for at in range(60)]
    send(admin, "POST", "/record-types", {"zh": "六十项", "slug": FORM, "fields": own, "customer": "none"})


def _field(kind: str, at: int) -> dict[str, Any]:
    lists = {"options": "industry"} if kind in ("option", "options") else {}
    return {"zh": f"第 {at + 1} 项", "type": kind, "help_zh": "照合同填" if at % 3 == 0 else "", **lists}
