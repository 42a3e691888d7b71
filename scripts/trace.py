"""Which test holds which requirement, and does it turn red when the verb or rule behind it is off?

`python scripts/trace.py --write` only writes docs/requirements.md from the R-numbers that tests name.
Without it, every verb and every rule is switched off in turn (see `pytest_configure` in conftest.py), the
tests that name requirements run, and each requirement must have turned red at least once.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NUMBER = re.compile(r"R-(\d{3})(?:\s*[–-]\s*(?:R-)?(\d{3}))?")
OF_THIS_RELEASE = [
    *range(1, 32), *range(33, 37), *range(38, 81), 82, 83, 121, 122, 127, 131, 132,
    134, *range(161, 164), 165, 167, 168, 185, *range(234, 239), 240, 243, 248, 249, 250, 252, 254,
]  # fmt: skip


def numbers(text: str) -> set[int]:
    """R-numbers named in a text; R-010–R-012 and R-010–012 are ranges."""
    found: set[int] = set()
    for first, last in NUMBER.findall(text):
        found.update(range(int(first), int(last or first) + 1))
    return found


def tests() -> dict[int, list[str]]:
    """R-number → node ids of the tests that name it (in docstring or body, or in the file's docstring)."""
    named: dict[int, list[str]] = defaultdict(list)
    for path in sorted([*ROOT.glob("genjin/**/test_*.py"), *ROOT.glob("tests/**/test_*.py")]):
        text = path.read_text("utf-8")
        tree = ast.parse(text)
        whole = numbers(ast.get_docstring(tree) or "")
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                own = numbers(ast.get_source_segment(text, node) or "") | whole
                for number in own:
                    named[number].append(f"{path.relative_to(ROOT)}::{node.name}")
    return named


def write(named: dict[int, list[str]]) -> list[int]:
    """docs/requirements.md; returns the requirements of this release that no test names."""
    missing = [number for number in OF_THIS_RELEASE if number not in named]
    lines = [
        "# Requirements and their tests",
        "",
        "Written by `python scripts/trace.py --write`; `make trace` switches verbs and rules off and demands red.",
        "",
        "| R | tests |",
        "|---|---|",
    ]
    for number in sorted(set(OF_THIS_RELEASE) | set(named)):
        found = "<br>".join(f"`{each}`" for each in sorted(set(named.get(number, [])))[:6])
        lines.append(f"| R-{number:03} | {found or '**no test names it yet**'} |")
    (ROOT / "docs" / "requirements.md").write_text("\n".join(lines) + "\n", "utf-8")
    return missing


def switches() -> list[str]:
    """Everything that can be switched off: `verb:…` and `rule:…`."""
    listed = subprocess.run(
        [sys.executable, "-m", "genjin.cli.main", "verbs"], capture_output=True, text=True, check=True
    )
    verbs = [line.split()[0] for line in listed.stdout.splitlines() if line.strip()]
    rules = [path.stem for path in (ROOT / "genjin" / "quality" / "rules").glob("[a-z]*.py")]
    return [f"verb:{name}" for name in verbs] + [f"rule:{name}" for name in sorted(rules)]


def red(switch: str, chosen: list[str]) -> set[str]:
    """Node ids (without parameters) that fail with `switch` off."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-m", "not browser", "-rfE", "--tb=no", *chosen]
    done = subprocess.run(
        command, env={**os.environ, "GENJIN_SWITCH_OFF": switch}, capture_output=True, text=True, cwd=ROOT
    )
    found = re.findall(r"^(?:FAILED|ERROR) (\S+?)(?:\[.*)?(?: - .*)?$", done.stdout, re.M)
    return {each.split("[")[0] for each in found}


def main() -> int:
    named = tests()
    missing = write(named)
    print(f"{len(OF_THIS_RELEASE) - len(missing)} of {len(OF_THIS_RELEASE)} requirements are named by a test")
    if missing:
        print("no test names: " + ", ".join(f"R-{number:03}" for number in missing))
    if "--write" in sys.argv:
        return 0
    chosen = sorted({test for number in OF_THIS_RELEASE for test in named.get(number, [])})
    turned: set[str] = set()
    for switch in switches():
        found = red(switch, chosen)
        turned |= found
        print(f"{switch:32} {len(found)} red", flush=True)
    green = [number for number in OF_THIS_RELEASE if number in named and not turned & set(named[number])]
    print("stay green whatever is off: " + (", ".join(f"R-{number:03}" for number in green) or "none"))
    return 1 if missing or green else 0


if __name__ == "__main__":
    raise SystemExit(main())
