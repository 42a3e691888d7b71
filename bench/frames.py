"""Frames of the customer list in Chromium on the loaded database: scrolling all of it, typing in the filter builder.

`python -m bench.frames` after `make bench` has loaded the workload and `npm run build` has built the client. Every
frame that takes 50 ms or longer is one the browser reports itself (long animation frames); beside them the gaps
between frames, which a busy machine widens too. Writes bench/results/frames-<engine>.json.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from django.db import connection
from playwright.sync_api import Page, sync_playwright

from bench.page import CHROMIUM
from bench.run import PORT, RESULTS, Rig, _sessions, machine
from genjin.lib import moment

WATCH = """
() => {
  window.frames_ = { gaps: [], long: [], last: performance.now() };
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) window.frames_.long.push({
      at: Math.round(one.startTime), ms: Math.round(one.duration), blocking: Math.round(one.blockingDuration),
      scripts: one.scripts.map((script) => ({ by: script.invoker, ms: Math.round(script.duration) })).slice(0, 4),
    });
  }).observe({ type: 'long-animation-frame' });
  const tick = (now) => {
    window.frames_.gaps.push(now - window.frames_.last);
    window.frames_.last = now;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}
"""
READ = """
() => {
  const { gaps, long } = window.frames_;
  window.frames_.gaps = [];
  window.frames_.long = [];
  return { gaps, long };
}
"""
DEEP = """
() => Math.round(
  document.querySelector('.list-scroll').scrollTop / document.querySelector('.list-row').offsetHeight
)
"""
ROWS = 100_000
STEP = 1200
TYPED = '苏州恒锐精密机械有限公司 Suzhou Hengrui 100% \u200f"quoted"'


def told(read: dict[str, Any]) -> dict[str, Any]:
    """Frames as figures: how many, the widest gaps, and every frame of 50 ms or more."""
    gaps = sorted(read["gaps"])

    def at(share: float) -> float | None:
        return round(gaps[int(share * (len(gaps) - 1))], 1) if gaps else None

    over = [round(gap) for gap in gaps if gap >= 50]
    return {
        "frames": len(gaps),
        "gap_ms": {"p50": at(0.5), "p95": at(0.95), "p99": at(0.99), "max": at(1.0)},
        "gaps_of_50_ms_or_more": over[-20:],
        "long_frames": read["long"],
    }


def scroll(page: Page, rows: int) -> dict[str, Any]:
    """Wheel down until so many rows have gone by, then back to the top by key."""
    page.mouse.move(700, 500)
    page.evaluate(READ)
    deep = last = stuck = 0
    while deep < rows and stuck < 200:
        page.mouse.wheel(0, STEP)
        page.wait_for_timeout(16)
        deep = page.evaluate(DEEP)
        stuck, last = (stuck + 1 if deep == last else 0), deep
    figures = told(page.evaluate(READ))
    page.keyboard.press("Home")
    page.wait_for_timeout(800)
    return {"rows": deep, **figures, "back_to_the_top": told(page.evaluate(READ))}


def build(page: Page) -> dict[str, Any]:
    """Three lines in the builder, one typed letter by letter, the count asked for between them."""
    page.get_by_role("button", name="条件", exact=True).click()
    page.get_by_role("button", name="组合条件").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="条件", exact=True).click()
    dialog.get_by_role("combobox", name="选一个条件").click()
    page.get_by_title("客户名称").last.click()
    page.wait_for_timeout(800)
    page.evaluate(READ)
    dialog.get_by_role("textbox").last.click()
    page.keyboard.type(TYPED, delay=45)
    page.wait_for_timeout(1500)
    typing = told(page.evaluate(READ))
    dialog.get_by_role("button", name="一组条件").first.click()
    page.wait_for_timeout(800)
    return {"typed": len(TYPED), **typing, "adding_a_group": told(page.evaluate(READ))}


def search(page: Page) -> dict[str, Any]:
    page.keyboard.press("Escape")
    page.wait_for_timeout(600)
    page.evaluate(READ)
    page.keyboard.press("/")
    page.keyboard.type("suzhou keji", delay=70)
    page.wait_for_timeout(2000)
    return told(page.evaluate(READ))


def run(rows: int) -> dict[str, Any]:
    sessions = _sessions()
    connection.close()
    rig = Rig(sessions)
    found: dict[str, Any] = {"machine": machine(), "day": moment.now().date().isoformat()}
    address = f"http://127.0.0.1:{PORT}"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            found["browser"] = browser.version
            context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
            context.add_cookies([{"name": "genjin_session", "value": sessions["admin"], "url": address}])
            page = context.new_page()
            page.goto(f"{address}/customers?view=team&sort=-last_contact", wait_until="networkidle")
            page.wait_for_selector(".list-row", timeout=120_000)
            page.wait_for_timeout(1000)
            page.evaluate(WATCH)
            for name, act in (("builder", build), ("search", search)):
                found[name] = act(page)
                print(name, json.dumps(found[name], ensure_ascii=False)[:600], flush=True)
            page.goto(f"{address}/customers?view=team&sort=-last_contact", wait_until="networkidle")
            page.wait_for_timeout(1000)
            page.evaluate(WATCH)
            found["scroll"] = scroll(page, rows)
            print("scroll", json.dumps(found["scroll"], ensure_ascii=False)[:900], flush=True)
            browser.close()
    finally:
        rig.stop()
    return found


if __name__ == "__main__":
    results = run(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS - 200)
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / f"frames-{connection.vendor}.json"
    target.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n")
