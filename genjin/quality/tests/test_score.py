"""Score, axes and the standard as data (R-063, R-067, R-071 texts of findings)."""

# Times in sheets are naive local times.

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genjin.quality.judge import judge, points
from genjin.quality.record import AXES, Record
from genjin.quality.standard import StandardError, load_standard
from genjin.quality.tests.cases import GOOD, NOW, STANDARD, verdict

SCORED = {
    "missing-required",
    "inexact-time",
    "future-time",
    "late-entry",
    "unknown-option",
    "bad-contact-format",
    "vague-summary",
    "vague-next-step",
    "next-step-no-owner",
    "next-step-no-date",
    "wait-without-checkback",
    "subjective-claim",
    "chat-log",
    "no-substance",
}

BAD = {
    "customer": [""],
    "contact": ["/"],
    "contact_info": ["", "1380031", "见名片"],
    "contact_at": [
        "",
        "今天",
        "2025-06-27",
        "2025-07-05",
        "2025-07-05 10:00",
        "2025-06-20 10:00",
        "2025-06-20",
        "乱写",
    ],
    "channel": ["", "吃饭"],
    "status": ["还行"],
    "summary": [
        "",
        "客户有意向",
        "感觉能成",
        "我：在吗\n他：在\n我：好",
        "我：报价12万\n他：好\n我：明天发，感觉能成",
        "好" * 130,
    ],
    "feedback": ["", "客户很满意", "嫌贵", "很友好" * 60],
    "next_step": ["", "持续跟进", "等客户回复", "发报价", "7月2日持续跟进"],
    "owner": [""],
    "due": ["", "待定"],
    "author": [""],
}
HEADER = {
    "summary": "跟进内容",
    "feedback": "客户反馈",
    "next_step": "下一步计划",
    "contact_at": "跟进时间",
    "channel": "跟进方式",
}
record_cells = st.fixed_dictionaries({}, optional={cell: st.sampled_from(texts) for cell, texts in BAD.items()})


@given(cells=record_cells, cell=st.sampled_from(sorted(BAD)))
@settings(max_examples=400, deadline=None)
def test_mending_a_cell_never_lowers_the_score_or_an_axis(cells: dict[str, Any], cell: str) -> None:
    """R-067: whatever else is wrong, putting a good text into one cell never costs points."""
    spoilt = judge(replace(GOOD, **cells), STANDARD, now=NOW)
    mended = judge(replace(GOOD, **(cells | {cell: getattr(GOOD, cell)})), STANDARD, now=NOW)
    assert mended.score >= spoilt.score
    assert all(mended.axes[axis] >= spoilt.axes[axis] for axis in AXES)


@given(
    cells=record_cells,
    cell=st.sampled_from(["summary", "feedback", "next_step", "contact_at", "channel"]),
    data=st.data(),
)
@settings(max_examples=400, deadline=None)
def test_filling_a_blank_cell_never_lowers_the_score_even_with_bad_text(
    cells: dict[str, Any], cell: str, data: st.DataObject
) -> None:
    text = data.draw(st.sampled_from(BAD[cell]))
    blank = judge(replace(GOOD, **(cells | {cell: ""})), STANDARD, now=NOW)
    filled = judge(replace(GOOD, **(cells | {cell: text})), STANDARD, now=NOW)
    was_missing = any(f.rule == "missing-required" and f.field == HEADER[cell] for f in blank.findings)
    if was_missing and not filled.attempt:
        assert filled.score >= blank.score


@given(cells=record_cells)
@settings(max_examples=200, deadline=None)
def test_dropping_a_finding_never_lowers_points(cells: dict[str, Any]) -> None:
    findings = judge(replace(GOOD, **cells), STANDARD, now=NOW).findings
    score, axes = points(findings, STANDARD)
    for index in range(len(findings)):
        less, less_axes = points(findings[:index] + findings[index + 1 :], STANDARD)
        assert less >= score
        assert all(less_axes[axis] >= axes[axis] for axis in AXES)
    assert 0 <= score <= 100
    assert set(axes) == set(AXES)


def test_an_axis_falls_only_by_its_own_findings() -> None:
    assert verdict(next_step="持续跟进").axes == {"structure": 100, "action": 65, "evidence": 100, "clarity": 100}
    assert verdict(channel="吃饭").axes == {"structure": 85, "action": 100, "evidence": 100, "clarity": 100}
    assert verdict(next_step="持续跟进").score == 86


def test_every_rule_speaks_both_languages_in_the_house_tone() -> None:
    """design-daily §7: 你 not 您, no 请, 哦, 啦, no exclamation mark; reason and example with every finding."""
    seen = set()
    for cell, texts in BAD.items():
        for text in texts:
            for f in verdict(**{cell: text}).findings:
                seen.add(f.rule)
                told = f.message + f.suggestion + f.why
                assert all((f.message, f.suggestion, f.message_en, f.suggestion_en, f.example, f.why))
                assert not [mark for mark in "您请哦啦！!" if mark in told]
    for f in verdict(owner="", author="", next_step="上门量尺寸", due="").findings:
        seen.add(f.rule)
    assert seen >= SCORED


def test_severities_are_those_of_the_standard_and_can_be_changed(tmp_path: Path) -> None:
    warnings = {"late-entry", "wait-without-checkback", "subjective-claim", "chat-log", "no-substance"}
    assert {rule for rule in SCORED if STANDARD.rules[rule].severity == "warning"} == warnings
    assert all(STANDARD.rules[rule].severity == "error" for rule in SCORED - warnings)
    assert {STANDARD.rules[rule].severity for rule in STANDARD.rules.keys() - SCORED} == {"hint"}
    source = Path(__file__).parents[2] / "packs" / "standard" / "quality.yaml"
    text = source.read_text(encoding="utf-8").replace("late_hours: 24 ", "late_hours: 48 ")
    mine = tmp_path / "quality.yaml"
    mine.write_text(text, encoding="utf-8")
    late = replace(GOOD, contact_at="2025-06-25 20:00")
    assert "late-entry" in {f.rule for f in judge(late, STANDARD, now=NOW).findings}
    assert "late-entry" not in {f.rule for f in judge(late, load_standard(mine), now=NOW).findings}


@pytest.mark.parametrize(
    "text", ["", "[]", "rules: {", "rules: {}", "rules: {a: {severity: loud, weight: 1, axes: []}}"]
)
def test_a_bad_pack_is_refused_with_a_sentence(tmp_path: Path, text: str) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(text, encoding="utf-8")
    with pytest.raises(StandardError, match="规则包"):
        load_standard(bad)
    with pytest.raises(StandardError, match="规则包读不了"):
        load_standard(tmp_path / "none.yaml")


def test_filling_weights_cover_what_bad_content_could_cost() -> None:
    """The blank next step costs as much as the worst plan, so that writing anything never lowers the score."""
    rules, required = STANDARD.rules, STANDARD.required
    worst_plan = sum(
        rules[rule].weight
        for rule in ("vague-next-step", "wait-without-checkback", "next-step-no-owner", "next-step-no-date")
    )
    assert required["下一步计划"].weight >= worst_plan
    assert judge(Record(), STANDARD, now=datetime(2025, 6, 30)).score == 0
