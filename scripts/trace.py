"""Which test holds which requirement, and does it turn red when the verb or rule behind it is off?

`python scripts/trace.py --write` only writes docs/requirements.md from the R-numbers that tests name.
Without it, the tests that name requirements run once while it is noted which verbs and rules each goes through;
then, for each requirement, the verb, rule or function behind it is switched off (`tests/switches.py`), and one of
its tests must turn red.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NUMBER = re.compile(r"R-(\d{3})(?:\s*[–-]\s*(?:R-)?(\d{3}))?")
OF_THIS_RELEASE = [
    *range(1, 32), *range(33, 37), *range(38, 81), 82, 83, 121, 122, 127, 131, 132,
    134, *range(161, 164), 165, 167, 168, 185, *range(234, 239), 240, 243, 248, 249, 250, 252, 254,
]  # fmt: skip

#: Requirements that stand on a read or a pure function rather than on a verb or rule.
BEHIND: dict[int, tuple[str, ...]] = {}
MOST_TRIES = 4


def numbers(text: str) -> set[int]:
    """R-numbers named in a text; R-010–R-012 and R-010–012 are ranges."""
    found: set[int] = set()
    for first, last in NUMBER.findall(text):
        found.update(range(int(first), int(last or first) + 1))
    return found


def tests() -> dict[int, list[str]]:
    """R-number → node ids of the tests that name it themselves; where none does, those whose file names it."""
    own: dict[int, list[str]] = defaultdict(list)
    by_file: dict[int, list[str]] = defaultdict(list)
    for path in sorted([*ROOT.glob("genjin/**/test_*.py"), *ROOT.glob("tests/**/test_*.py")]):
        text = path.read_text("utf-8")
        tree = ast.parse(text)
        whole = numbers(ast.get_docstring(tree) or "")
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                test = f"{path.relative_to(ROOT)}::{node.name}"
                for number in numbers(ast.get_source_segment(text, node) or ""):
                    own[number].append(test)
                for number in whole:
                    by_file[number].append(test)
    return by_file | own


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


def watched(chosen: list[str]) -> dict[str, set[str]]:
    """Node id (without parameters) → switches that it goes through, from one run of the chosen tests."""
    with tempfile.TemporaryDirectory() as folder:
        run_tests(chosen, GENJIN_WATCH=folder)
        lines = [line for path in Path(folder).glob("*.jsonl") for line in path.read_text("utf-8").splitlines()]
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        test, used = json.loads(line)
        found[test].update(used)
    return found


def run_tests(chosen: list[str], **environment: str) -> set[str]:
    """Run tests on SQLite; returns the node ids (without parameters) of those that failed."""
    few = ["-p", "no:xdist"] if len(chosen) < 40 else ["-n", "2"]
    command = [sys.executable, "-m", "pytest", "-q", *few, "-m", "not browser", "-rfE", "--tb=no", *chosen]
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, cwd=ROOT)
    found = re.findall(r"^(?:FAILED|ERROR) (\S+?)(?:\[.*)?(?: - .*)?$", done.stdout, re.M)
    return {each.split("[")[0] for each in found}


def candidates(number: int, tests_of: list[str], used: dict[str, set[str]]) -> list[str]:
    """Switches worth trying for a requirement: the functions declared for it, then what most of its tests share,
    rarest in the suite first, so that logging in or creating a customer proves nothing about the rest."""
    common = Counter(each for test in used for each in used[test])
    own = Counter(each for test in tests_of for each in used.get(test, ()))
    ordered = sorted(own, key=lambda each: (common[each] / own[each], each))
    return [*(f"fn:{name}" for name in BEHIND.get(number, ())), *ordered]


def prove(named: dict[int, list[str]]) -> dict[int, str]:
    """Requirement → the switch that turned one of its tests red."""
    wanted = {number: sorted(set(named[number])) for number in OF_THIS_RELEASE if number in named}
    used = watched(sorted({test for tests_of in wanted.values() for test in tests_of}))
    left = {number: candidates(number, tests_of, used) for number, tests_of in wanted.items()}
    proved: dict[int, str] = {}
    for _ in range(MOST_TRIES):
        groups: dict[str, list[int]] = defaultdict(list)
        for number, tries in left.items():
            if number not in proved and tries:
                groups[tries.pop(0)].append(number)
        for switch, numbers_of in sorted(groups.items()):
            chosen = [test for number in numbers_of for test in wanted[number]]
            chosen = [test for test in chosen if switch.startswith("fn:") or switch in used.get(test, ())]
            red = run_tests(sorted(set(chosen)), GENJIN_SWITCH_OFF=switch)
            done = [number for number in numbers_of if red & set(wanted[number])]
            proved.update(dict.fromkeys(done, switch))
            print(f"{switch:60} {len(red):3} red: {', '.join(f'R-{number:03}' for number in done)}", flush=True)
    return proved


def main() -> int:
    named = tests()
    missing = [number for number in OF_THIS_RELEASE if number not in named]
    print(f"{len(OF_THIS_RELEASE) - len(missing)} of {len(OF_THIS_RELEASE)} requirements are named by a test")
    if missing:
        print("no test names: " + ", ".join(f"R-{number:03}" for number in missing))
    if "--write" in sys.argv:
        write(named)
        return 0
    proved = prove(named)
    green = [number for number in OF_THIS_RELEASE if number in named and number not in proved]
    print("stay green whatever is off: " + (", ".join(f"R-{number:03}" for number in green) or "none"))
    return 1 if missing or green else 0


if __name__ == "__main__":
    raise SystemExit(main())
