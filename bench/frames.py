"""Frames of the customer list in Chromium on the loaded database: scrolling all of it, typing in the filter builder.

`python -m bench.frames` after `make bench` has loaded the workload and `npm run build` has built the client. Three
figures for each act: the longest tasks of the page's main thread from Chromium's own trace, by the clock and by the
CPU time they took; the frames that the browser reports as long (50 ms and more); the gaps between frames. On a busy
machine the clock counts the time of others too, the CPU time does not. Writes bench/results/frames-<engine>.json.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from django.db import connection
from playwright.sync_api import Browser, Page, sync_playwright

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
STEP = 2400
TYPED = '苏州恒锐精密机械有限公司 Suzhou Hengrui 100% \u200f"quoted"'


class Trace:
    """What the main thread of the page did, task by task, while something was done."""

    def __init__(self, browser: Browser, page: Page) -> None:
        self._browser, self._page = browser, page

    def __enter__(self) -> Trace:
        self._page.evaluate(READ)
        self._browser.start_tracing(page=self._page, categories=["toplevel", "__metadata"])
        return self

    def __exit__(self, *_: object) -> None:
        frames = self._page.evaluate(READ)
        self.figures = {**tasks(self._browser.stop_tracing()), **told(frames)}


def tasks(trace: bytes) -> dict[str, Any]:
    """Of the tasks of the busiest page thread: how many, how long by the clock and by CPU time, in ms."""
    events = json.loads(trace)["traceEvents"]
    mains = {
        (each["pid"], each["tid"])
        for each in events
        if each.get("name") == "thread_name" and each["args"].get("name") == "CrRendererMain"
    }
    done = [each for each in events if each.get("ph") == "X" and (each["pid"], each["tid"]) in mains and "tdur" in each]
    cpu = sorted((each["tdur"] / 1000 for each in done), reverse=True)
    clock = sorted((each["dur"] / 1000 for each in done), reverse=True)
    return {
        "tasks": len(done),
        "longest_by_cpu_ms": [round(each, 1) for each in cpu[:5]],
        "longest_by_clock_ms": [round(each, 1) for each in clock[:5]],
        "tasks_of_50_ms_cpu_or_more": sum(each >= 50 for each in cpu),
    }


def told(read: dict[str, Any]) -> dict[str, Any]:
    """Frames as figures: how many, the widest gaps, and every frame of 50 ms or more."""
    gaps = sorted(read["gaps"])

    def at(share: float) -> float | None:
        return round(gaps[int(share * (len(gaps) - 1))], 1) if gaps else None

    over = [round(gap) for gap in gaps if gap >= 50]
    return {
        "frames": len(gaps),
        "gap_ms": {"p50": at(0.5), "p95": at(0.95), "p99": at(0.99), "max": at(1.0)},
        "gaps_of_50_ms_or_more": len(over),
        "long_frames": len(read["long"]),
        "longest_frames": sorted(read["long"], key=lambda each: -each["ms"])[:5],
    }


def scroll(browser: Browser, page: Page, rows: int, keep: Callable[[list[dict[str, Any]]], None]) -> dict[str, Any]:
    """Wheel down until so many rows have gone by; a trace each 10,000 rows, so that none grows large."""
    page.mouse.move(700, 500)
    found, deep, stuck = [], 0, 0
    while deep < rows and stuck < 200:
        until = min(rows, deep + 10_000)
        with Trace(browser, page) as trace:
            while deep < until and stuck < 200:
                page.mouse.wheel(0, STEP)
                page.wait_for_timeout(16)
                now = page.evaluate(DEEP)
                stuck, deep = (stuck + 1 if now == deep else 0), now
                if stuck and stuck % 20 == 0:
                    # A wheel that was not answered is left alone by the browser until the pointer moves.
                    page.mouse.move(690 + stuck % 40, 500)
                    page.wait_for_timeout(300)
        found.append({"rows": deep, **trace.figures})
        keep(found)
        print("scroll", json.dumps(found[-1], ensure_ascii=False)[:420], flush=True)
    return {"rows": deep, "parts": found}


def build(browser: Browser, page: Page) -> dict[str, Any]:
    """A line in the builder typed letter by letter, the count asked for meanwhile."""
    page.get_by_role("button", name="条件", exact=True).click()
    page.get_by_role("button", name="组合条件").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="条件", exact=True).click()
    dialog.get_by_role("combobox", name="选一个条件").click()
    page.get_by_title("客户名称").last.click()
    page.wait_for_timeout(800)
    dialog.get_by_role("textbox").last.click()
    page.wait_for_timeout(400)
    with Trace(browser, page) as trace:
        page.keyboard.type(TYPED, delay=45)
        page.wait_for_timeout(1500)
    return {"typed": len(TYPED), **trace.figures}


def search(browser: Browser, page: Page) -> dict[str, Any]:
    """Letters in the search of the list."""
    page.keyboard.press("Escape")
    page.wait_for_timeout(600)
    page.keyboard.press("/")
    with Trace(browser, page) as trace:
        page.keyboard.type("suzhou keji", delay=70)
        page.wait_for_timeout(2000)
    return trace.figures


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
                found[name] = act(browser, page)
                print(name, json.dumps(found[name], ensure_ascii=False)[:600], flush=True)
            page.goto(f"{address}/customers?view=team&sort=-last_contact", wait_until="networkidle")
            page.wait_for_timeout(1000)
            page.evaluate(WATCH)
            found["scroll"] = scroll(browser, page, rows, lambda parts: write({**found, "scroll": {"parts": parts}}))
            browser.close()
    finally:
        rig.stop()
    return found


def write(results: dict[str, Any]) -> None:
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / f"frames-{connection.vendor}.json"
    target.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    write(run(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS - 200))
