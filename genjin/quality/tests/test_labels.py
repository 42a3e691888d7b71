"""The labelled files as a floor: quality must not fall below what was reached (R-057–R-066).

The rules were mended by their errors, so this is a regression test and no measure of quality; see the data's README.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from genjin.quality.judge import judge
from genjin.quality.record import Record
from genjin.quality.tests.cases import STANDARD

DATA = Path(__file__).parent / "data"
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


@pytest.mark.parametrize("name", ["own_labels.json", "blind_labels.json"])
def test_precision_and_recall_of_every_rule_stay_up(name: str) -> None:
    data = json.loads((DATA / name).read_text(encoding="utf-8"))
    now = datetime.fromisoformat(data["now"])
    right: Counter[str] = Counter()
    false: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for row in data["records"]:
        cells: dict[str, Any] = {CELLS[header]: value for header, value in row["fields"].items() if header in CELLS}
        record = Record(
            **cells, has_owner_column="负责人" in row["fields"], has_author_column="跟进人" in row["fields"]
        )
        open_to_doubt = set(row["borderline"])
        given = {f.rule for f in judge(record, STANDARD, now=now, with_hints=False).findings} - open_to_doubt
        wanted = set(row["labels"]) - open_to_doubt
        right.update(given & wanted)
        false.update(given - wanted)
        missed.update(wanted - given)
    assert len(right) == 14
    for rule in right:
        assert right[rule] / (right[rule] + false[rule]) >= 0.95, rule
        assert right[rule] / (right[rule] + missed[rule]) >= 0.9, rule
