"""A real server with its worker on a fresh SQLite database, and a real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
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


@contextmanager
def _serving(folder: Path, *extra: str) -> Iterator[str]:
    port = free_port()
    environment = {
        **os.environ,
        "GENJIN_DATA": str(folder),
        "GENJIN_DATABASE_URL": f"sqlite:///{folder}/genjin.db",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
    }
    genjin = [sys.executable, "-m", "genjin.cli.main"]
    subprocess.run([*genjin, "migrate", "--quiet"], env=environment, cwd=ROOT, check=True)
    command = [*genjin, "serve", "--port", str(port), "--workers", "1", "--with-worker", *extra]
    server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The address of a server without any team yet."""
    with _serving(tmp_path) as address:
        yield address


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[str]:
    """The address of a server with the demo team, where several people work together."""
    with _serving(tmp_path, "--with-demo") as address:
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


@pytest.fixture(params=[(1440, 900), (390, 844)], ids=["desktop", "phone"])
def open_page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Callable[[], Page]]:
    """Opens pages at desktop or at phone width, each for a person of its own; errors in them fail the test."""
    width, height = request.param
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def opened() -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        contexts.append(context)
        found = context.new_page()
        found.set_default_timeout(30_000)
        found.on("pageerror", lambda error: errors.append(str(error)))
        return found

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def page(open_page: Callable[[], Page]) -> Page:
    return open_page()
