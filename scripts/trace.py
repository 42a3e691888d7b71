"""Which test holds which requirement, and does it turn red when the verb or rule behind it is off?

`python scripts/trace.py R-038 R-064` proves these alone; `--write` only writes docs/requirements.md from the R-numbers
that tests name.
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
    *range(1, 86), *range(87, 106), *range(110, 118), *range(119, 123), 124, 127, 129, 131, 132, 134, 158,
    *range(161, 183), 185, 186, *range(213, 222), *range(234, 239), 240, 243, 248, 249, 250,
    252, 253, 254, 256,
]  # fmt: skip

_SHAPE = "fn:genjin.followups.layouts.layout_json"
_HINTS = "fn:genjin.quality.rules.hints."
#: What stands behind a requirement, where that is a field of the record, a read or a function, or one verb of many.
BEHIND: dict[int, str] = {
    2: _SHAPE,
    3: _SHAPE,
    4: "field:stage_goal",
    5: "field:key_figures",
    6: "field:risks",
    9: "fn:genjin.followups.pages.page_of",
    11: "fn:genjin.followups.layouts.shown_parts",
    12: "field:probability",
    19: _SHAPE,
    23: "verb:contact.add",
    24: "fn:genjin.lib.dates.read_datetime",
    34: "field:interest",
    35: "verb:contact.add",
    36: "field:goal",
    38: _HINTS + "_check_glossary",
    39: "verb:followup.log",
    40: "field:qa",
    41: _SHAPE,
    42: _SHAPE,
    45: "verb:followup.log",
    48: "field:repurchase",
    51: "field:attitude_to",
    52: "field:participants_ours",
    53: "field:mood",
    54: "field:help_needed",
    55: "field:background",
    56: "field:risks",
    64: _HINTS + "_check_glossary",
    67: "fn:genjin.quality.judge.points",
    68: _HINTS + "_check_plan",
    70: _HINTS + "_check_plan",
    74: "fn:genjin.agenda.steps.schedule",
    81: "fn:genjin.playbook.limit_steps.begin",
    84: "fn:genjin.objections.steps.open_objections",
    85: "verb:objection.close",
    88: "fn:genjin.desk.customer_page.page",
    89: "fn:genjin.playbook.queries.playbook",
    90: "fn:genjin.playbook.limit_steps.due_for",
    91: "fn:genjin.playbook.limit_steps.due_for",
    92: "fn:genjin.playbook.limit_steps.due_for",
    93: "fn:genjin.playbook.limit_steps.due_for",
    94: "fn:genjin.playbook.limit_steps.due_for",
    95: "fn:genjin.desk.meeting_delays.filed",
    96: "fn:genjin.playbook.arriving.bring",
    97: "fn:genjin.playbook.limit_steps.due_for",
    98: "fn:genjin.playbook.arriving.bring",
    99: "verb:agenda.plan",
    100: "verb:cadence.set",
    101: "verb:agenda.plan",
    102: "verb:agenda.plan",
    103: "fn:genjin.desk.density.outline_of",
    104: "field:attitude_to",
    105: "fn:genjin.objections.rules.goes_up",
    110: "fn:genjin.playbook.arriving.bring",
    111: "fn:genjin.lib.time_limits.due_at",
    112: "fn:genjin.playbook.queries.playbook",
    113: "fn:genjin.playbook.queries.playbook",
    114: "fn:genjin.desk.meeting_checks.checks",
    115: "fn:genjin.playbook.paths.path",
    117: "fn:genjin.playbook.steps.note_left",
    119: "fn:genjin.desk.meeting_delays.written",
    120: _SHAPE,
    127: "fn:genjin.desk.customer_page.page",
    179: "fn:genjin.desk.meeting.meeting",
    180: "fn:genjin.desk.meeting.meeting",
    182: "fn:genjin.playbook.paths.path",
    134: "verb:contact.add",
    185: "verb:followup.log",
    234: "verb:followup.draft",
    235: "fn:genjin.agenda.steps.schedule",
    236: "verb:followup.log",
    238: "fn:genjin.cli.report.patch.patch_workbook",
    240: "fn:genjin.quality.chat.tidy_chat",
    243: "fn:genjin.desk.customer_page.page",
}
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
    """Switches worth trying for a requirement: what is declared for it, then what most of its tests share, rarest in
    the suite first, so that logging in or creating a customer proves nothing about the rest."""
    common = Counter(each for test in used for each in used[test])
    own = Counter(each for test in tests_of for each in used.get(test, ()))
    ordered = sorted(own, key=lambda each: (common[each] / own[each], each))
    return [*([BEHIND[number]] if number in BEHIND else []), *ordered]


def prove(named: dict[int, list[str]], chosen_numbers: set[int]) -> dict[int, str]:
    """Requirement → the switch that turned one of its tests red."""
    wanted = {number: sorted(set(named[number])) for number in sorted(chosen_numbers)}
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
            chosen = [test for test in chosen if switch[:3] in ("fn:", "fie") or switch in used.get(test, ())]
            red = run_tests(sorted(set(chosen)), GENJIN_SWITCH_OFF=switch) if chosen else set()
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
    asked = numbers(" ".join(sys.argv[1:])) or set(OF_THIS_RELEASE)
    wanted = {number for number in OF_THIS_RELEASE if number in named and number in asked}
    proved = prove(named, wanted)
    green = sorted(wanted - set(proved))
    print("stay green whatever is off: " + (", ".join(f"R-{number:03}" for number in green) or "none"))
    return 1 if missing or green else 0


if __name__ == "__main__":
    raise SystemExit(main())
