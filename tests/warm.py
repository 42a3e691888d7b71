"""One process that has loaded the product and forks for each piece of work: a server, a worker, one that is killed.

Loading takes seconds of the processor; a test of a server of its own would pay them each time.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

#: A child reads the settings of its own environment. `begin(code)` in a piece of work starts a further process (`pid`,
#: `exitcode`, `join`, `kill`).
_PROGRAM = """
import importlib, json, multiprocessing, os, signal, sys, traceback
import django
from django.conf import empty, settings
from django.db import connections
django.setup()
import genjin.api.root, genjin.cli.commands, genjin.cli.worker, genjin.config.settings

def settle(environment):
    os.environ.clear()
    os.environ.update(environment)
    importlib.reload(genjin.config.settings)
    settings._wrapped = empty
    connections.__dict__.pop("settings", None)
    connections._settings = None
    for each in connections.all(initialized_only=True):
        del connections[each.alias]

def run(code, out=None):
    found = {"begin": begin}
    exec(code, found)
    if out:
        with open(out, "w") as told:
            json.dump(found["result"], told, default=str)

def begin(code):
    connections.close_all()
    process = multiprocessing.get_context("fork").Process(target=run, args=(code,))
    process.start()
    return process

def child(asked):
    status = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)
        settle(asked["environment"])
        run(asked["code"], asked["out"])
        status = 0
    except SystemExit as left:
        status = int(left.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)

alive = set()
for line in sys.stdin:
    asked = json.loads(line)
    pid = asked.get("end") or os.fork()
    if pid == 0:
        child(asked)
    alive.add(pid)
    if asked.get("end"):
        os.kill(pid, signal.SIGTERM)
    if asked.get("goes_on"):
        print(pid, flush=True)
        continue
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
    alive.discard(pid)
for pid in alive:
    os.kill(pid, signal.SIGKILL)
"""


class Warm:
    """`inside` runs code and waits for what it leaves in `result`; `begin` lets it run until `end`."""

    def __init__(self, folder: Path) -> None:
        """The process keeps what little it needs for itself in `folder`."""
        self._folder = folder
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GENJIN")}
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM],
            env={**kept, "GENJIN_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "genjin.config.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def inside(self, environment: Mapping[str, str], code: str) -> Any:
        out = self._folder / "result.json"
        status = self._ask({"environment": environment, "code": code, "out": str(out)})
        assert status == 0, "the traceback stands in what was written to stderr"
        return orjson.loads(out.read_bytes())

    def begin(self, environment: Mapping[str, str], code: str) -> int:
        """The process's id."""
        return self._ask({"environment": environment, "code": code, "out": None, "goes_on": True})

    def end(self, pid: int) -> int:
        """Ask a process to leave; its exit status."""
        return self._ask({"end": pid})

    def close(self) -> None:
        self._process.communicate()

    def _ask(self, asked: dict[str, Any]) -> int:
        process = self._process
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(orjson.dumps(asked) + b"\n")
        process.stdin.flush()
        return int(process.stdout.readline())
