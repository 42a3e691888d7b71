"""Switches of `make trace`: turn one verb, rule or function off, and watch which of them a test goes through.

`verb:customer.create` refuses the verb to everybody, `rule:chat_log` takes the rule out of the judge,
`fn:genjin.lib.dates.read_time` lets the function fail whoever calls it, and `field:mood` forgets what was sent for that
field of a record.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from genjin.access.actor import Actor
from genjin.quality import judge as judging
from genjin.quality.case import Case

#: Switches that the running test has gone through.
USED: set[str] = set()
_OUT: list[Path] = []


def turn_off(what: str) -> None:
    """Turn one switch off for this whole run."""
    kind, _, name = what.partition(":")
    if kind == "rule":
        judging.CHECKS = tuple(check for check in judging.CHECKS if _stem(check) != name)
    elif kind == "verb":
        real = Actor.may
        Actor.may = lambda self, verb: verb != name and real(self, verb)  # type: ignore[method-assign]
    elif kind == "fn":
        _fail(name)
    elif kind == "field":
        _forget(name)


def _fail(path: str) -> None:
    def off(real: Any) -> Any:
        def fail(*args: Any, **kwargs: Any) -> Any:
            raise AssertionError(f"{path} is switched off")

        return fail

    _replace(path, off)


def _forget(slug: str) -> None:
    def off(real: Any) -> Any:
        def without(*args: Any, **kwargs: Any) -> dict[str, Any]:
            return {column: value for column, value in real(*args, **kwargs).items() if column != slug}

        return without

    _replace("genjin.followups.rules.columns_of", off)


def _replace(path: str, off: Any) -> None:
    """Put what `off` makes of a function in its place wherever it has been imported to."""
    module, _, name = path.rpartition(".")
    real = getattr(importlib.import_module(module), name)
    instead = off(real)
    for each in [each for key, each in sys.modules.items() if key.startswith("genjin")]:
        for known, value in list(vars(each).items()):
            if value is real:
                setattr(each, known, instead)


def watch(folder: str) -> None:
    """Note for each test the verbs that were allowed and the rules that found something, one file a process."""
    if not folder:
        return
    _OUT.append(Path(folder) / f"{os.getpid()}.jsonl")
    real = Actor.may

    def may(self: Actor, verb: str) -> bool:
        allowed = real(self, verb)
        if allowed:
            USED.add(f"verb:{verb}")
        return allowed

    Actor.may = may  # type: ignore[method-assign]
    judging.CHECKS = tuple(_watched(check) for check in judging.CHECKS)


def _watched(check: Any) -> Any:
    def run(case: Case) -> None:
        before = len(case.findings)
        check(case)
        if len(case.findings) > before:
            USED.add(f"rule:{_stem(check)}")

    run.__module__ = check.__module__
    return run


def _stem(check: Any) -> str:
    return str(check.__module__).rsplit(".", 1)[1]


def note(test: str) -> None:
    """Write down what the test that has just run went through."""
    if _OUT and USED:
        with _OUT[0].open("a", encoding="utf-8") as stream:
            stream.write(json.dumps([test.split("[")[0], sorted(USED)]) + "\n")
