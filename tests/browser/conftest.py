"""A real server with its worker on a fresh SQLite database, and a real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.warm import Warm

# Two browsers and two servers share the machine.
expect.set_options(timeout=15_000)
PAGES = pytest.StashKey[list[Page]]()
COMPLAINTS = pytest.StashKey[list[str]]()
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(folder: Path, port: int) -> dict[str, str]:
    return {
        **os.environ,
        "GENJIN_DATA": str(folder),
        "GENJIN_DATABASE_URL": f"sqlite:///{folder}/genjin.db",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
    }


def _code(*words: str) -> str:
    return f"from genjin.cli.main import main\nresult = main({list(words)!r})"


@pytest.fixture(scope="session")
def empty_data(warm: Warm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with every table and no team: made once, each server gets a copy."""
    folder = tmp_path_factory.mktemp("empty")
    assert warm.inside(_environment(folder, 0), _code("migrate", "--quiet")) == 0
    return folder


@pytest.fixture(scope="session")
def demo_data(warm: Warm, empty_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo team."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(empty_data, folder, dirs_exist_ok=True)
    assert warm.inside(_environment(folder, 0), _code("demo", "--quiet")) == 0
    return folder


@contextmanager
def _serving(warm: Warm, data: Path, folder: Path) -> Iterator[str]:
    shutil.copytree(data, folder, dirs_exist_ok=True)
    port = free_port()
    command = _code("serve", "--port", str(port), "--workers", "1", "--with-worker")
    server = warm.begin(_environment(folder, port), command)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address)
        yield address
    finally:
        warm.end(server)


@pytest.fixture
def site(warm: Warm, empty_data: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a server without any team yet."""
    with _serving(warm, empty_data, tmp_path / "data") as address:
        yield address


@pytest.fixture
def demo(warm: Warm, demo_data: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a server with the demo team, where several people work together."""
    with _serving(warm, demo_data, tmp_path / "data") as address:
        yield address


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/api/v1/setup", timeout=2).read()
            return
        except (OSError, urllib.error.URLError):
            time.sleep(0.2)
    raise RuntimeError("the server did not start")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test says where each of its pages stood and what it complained of: a timeout alone tells nothing."""
    report = yield
    if report.when == "call" and report.failed:
        for page in item.stash.get(PAGES, []):
            report.sections.append((f"page {page.url}", page.locator("body").aria_snapshot(timeout=2_000)[:6_000]))
        complained: list[str] = item.stash.get(COMPLAINTS, [])
        report.sections.append(("console", "\n".join(complained)[:6_000]))
    return report


@pytest.fixture(params=[(1440, 900), (390, 844)], ids=["desktop", "phone"])
def open_page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Callable[[], Page]]:
    """Opens pages at desktop or at phone width, each for a person of its own; errors in them fail the test."""
    width, height = request.param
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def opened() -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        contexts.append(context)
        found = context.new_page()
        request.node.stash.setdefault(PAGES, []).append(found)
        found.set_default_timeout(30_000)
        found.on("pageerror", lambda error: errors.append(str(error)))
        # What a screen's error boundary caught is told on the console only.
        complaints = request.node.stash.setdefault(COMPLAINTS, [])
        found.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        return found

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def page(open_page: Callable[[], Page]) -> Page:
    return open_page()


@pytest.fixture
def wide(page: Page) -> Page:
    """A page where configuration is edited; the phone only reads it."""
    if page.viewport_size and page.viewport_size["width"] < 992:
        pytest.skip("edited on a wide screen only")
    return page
