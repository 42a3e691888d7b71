"""Precision, recall and F1 of the fourteen rules on a labelled file.

Usage: python bench/check_quality.py [FILE] [--errors]. The file is JSON: {"now", "records": [{"id", "fields", "labels",
"borderline"}]}. Borderline rules of a record are left out of the count. `--errors` lists every disagreement; whoever
tunes by that list must report on another file afterwards.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from genjin.quality.judge import judge
from genjin.quality.record import Record
from genjin.quality.standard import load_standard

OWN = Path(__file__).parents[1] / "genjin" / "quality" / "tests" / "data" / "own_labels.json"
CELLS = {
    "客户名称": "customer",
    "联系人": "contact",
    "联系方式": "contact_info",
    "跟进时间": "contact_at",
    "记录时间": "entered_at",
    "跟进方式": "channel",
    "跟进内容": "summary",
    "客户反馈": "feedback",
    "下一步计划": "next_step",
    "负责人": "owner",
    "截止日期": "due",
    "跟进人": "author",
    "跟进状态": "status",
}


def to_record(fields: dict[str, Any]) -> Record:
    """The labelled cells as a record; a column that is not there is said to be absent."""
    cells: dict[str, Any] = {CELLS[header]: value for header, value in fields.items() if header in CELLS}
    return Record(**cells, has_owner_column="负责人" in fields, has_author_column="跟进人" in fields)


def count(path: Path, show_errors: bool) -> dict[str, Counter[str]]:
    """True and false positives and misses by rule."""
    data = json.loads(path.read_text(encoding="utf-8"))
    standard = load_standard()
    now = datetime.fromisoformat(data["now"])
    tally: dict[str, Counter[str]] = {"hit": Counter(), "false": Counter(), "missed": Counter()}
    for row in data["records"]:
        found = judge(to_record(row["fields"]), standard, now=now, with_hints=False).findings
        given = {finding.rule for finding in found} - set(row["borderline"])
        wanted = set(row["labels"]) - set(row["borderline"])
        tally["hit"].update(given & wanted)
        tally["false"].update(given - wanted)
        tally["missed"].update(wanted - given)
        if show_errors and given != wanted:
            print(row["id"], "+", sorted(given - wanted), "-", sorted(wanted - given), row["fields"], sep="\t")
    return tally


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=OWN)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    tally = count(options.file, options.errors)
    scores = []
    for rule in sorted(tally["hit"] | tally["missed"] | tally["false"]):
        hit, false, missed = (tally[kind][rule] for kind in ("hit", "false", "missed"))
        precision = hit / (hit + false) if hit + false else 1.0
        recall = hit / (hit + missed) if hit + missed else 1.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        scores.append(f1)
        print(
            f"{rule:24} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  "
            f"({hit} right, {false} false, {missed} missed)"
        )
    print(f"macro F1 {sum(scores) / len(scores):.3f} over {len(scores)} rules")


if __name__ == "__main__":
    main()
