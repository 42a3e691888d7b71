"""C5: the worker beside the server is started again when it dies, and ends with the server however that ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

#: Each worker adds its number to a file and then does nothing until it is told to stop.
SERVER = """
import os, sys, time
import django
from django.conf import settings
settings.configure(DATABASES={})
from genjin.cli import beside
beside.PAUSE_SECONDS = 0.1

def work(stopping):
    with open(sys.argv[1], "a") as out:
        out.write(f"{os.getpid()}\\n")
    while not stopping():
        time.sleep(0.02)
    with open(sys.argv[1] + ".left", "a") as out:
        out.write(f"{os.getpid()}\\n")

with beside.WorkerBeside(work):
    print("serving", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    workers = tmp_path / "workers"
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(workers)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "serving\n"
    yield process, workers
    process.kill()
    process.communicate()


def started(workers: Path) -> list[int]:
    return [int(line) for line in workers.read_text().split()] if workers.exists() else []


def soon(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False


def is_there(pid: int) -> bool:
    """Alive, and not only the remains that nobody has looked after."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks /proc who is alive")
@pytest.mark.parametrize("way", ["asked", "killed"])
def test_it_ends_with_the_server(server: tuple[subprocess.Popen[str], Path], way: str) -> None:
    process, workers = server
    assert soon(lambda: len(started(workers)) == 1)
    (worker,) = started(workers)
    if way == "asked":
        process.communicate("\n", timeout=20)
        assert process.returncode == 0
    else:
        process.kill()
    assert soon(lambda: not is_there(worker))
    assert started(Path(f"{workers}.left")) == [worker], "it was asked, and finished what it had in hand"
    time.sleep(0.5)
    assert started(workers) == [worker], "nothing starts again after the server"


def test_one_that_dies_is_started_again(server: tuple[subprocess.Popen[str], Path]) -> None:
    _, workers = server
    assert soon(lambda: len(started(workers)) == 1)
    os.kill(started(workers)[0], signal.SIGKILL)
    assert soon(lambda: len(started(workers)) == 2)
    first, second = started(workers)
    assert first != second
