"""Hints: said, but never counted (R-022, R-030, R-038, R-063, R-064, R-068, R-070)."""

from __future__ import annotations

import pytest

from genjin.quality.record import NextStep
from genjin.quality.tests.cases import STANDARD, hints, verdict


def test_hints_cost_nothing() -> None:
    assert {STANDARD.rules[rule].weight for rule, setting in STANDARD.rules.items() if setting.severity == "hint"} == {
        0
    }
    found = verdict(customer="恒锐")
    assert ("short-name" in {f.rule for f in found.findings}, found.score) == (True, 100)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("恒锐精机", True),
        ("甬渡", True),
        ("苏州恒锐精密机械有限公司", False),
        ("台州泊芷橡塑厂", False),
        ("市第一医院", False),
    ],
)
def test_a_name_without_suffix_looks_short(name: str, short: bool) -> None:
    """R-022."""
    assert ("short-name" in hints(customer=name)) is short


def test_a_person_needs_no_company_suffix() -> None:
    assert "short-name" not in hints(customer="王建国", is_company=False)


def test_team_abbreviations_are_offered_in_plain_words() -> None:
    """R-038, R-064: the fix is the whole text of the cell with the plain words in."""
    finding = next(f for f in verdict(summary="KP 要求先看 3 台样机").findings if f.rule == "glossary")
    assert (finding.span, finding.fix) == ((0, 2), "关键决策人 要求先看 3 台样机")
    assert "glossary" not in hints(summary="王总要求先看 SKP-3 样机")


@pytest.mark.parametrize(
    ("summary", "feedback", "message"),
    [
        ("瓶径65mm，每分钟80瓶，现用6个人手贴", "“可以”", "没写是在什么场合、和谁谈的"),
        ("王总问能不能导出旧工单，答复可以", "说再看看", "没有数字或原话"),
        ("王总要 3 台，6月底前到货", "“可以”", "没写我们做了什么、答应了什么"),
    ],
)
def test_scene_data_action_says_which_is_missing(summary: str, feedback: str, message: str) -> None:
    """R-063."""
    found = verdict(summary=summary, feedback=feedback).findings
    assert message in [f.message for f in found if f.rule == "scene-data-action"]


def test_a_summary_with_all_three_gets_no_such_hint() -> None:
    assert "scene-data-action" not in hints()


def test_a_plan_without_goal_is_told_so() -> None:
    """R-030: measure, person, target and deadline."""
    assert "no-goal" in hints(next_step="李晓雯 7月2日 10:00 上门演示")
    assert "no-goal" not in hints(next_step="李晓雯 7月2日 10:00 上门演示，目标：敲定型号")
    assert "no-goal" in hints(next_steps=(NextStep("上门演示 V2", "李晓雯", "2025-07-02"),))
    assert "no-goal" not in hints(next_steps=(NextStep("上门演示 V2", "李晓雯", "2025-07-02", "选定型号"),))


def test_a_bare_department_should_name_its_colleague() -> None:
    """R-070."""
    assert "unnamed-department" in hints(next_step="技术部7月2日出检测报告，确认交期", owner="")
    assert "unnamed-department" not in hints(next_step="技术部郑工7月2日出检测报告，确认交期", owner="")


def test_a_plan_should_take_up_the_last_feedback() -> None:
    """R-068."""
    assert "plan-off-feedback" in hints(feedback="要求提供照明行业案例", next_step="李晓雯 7月2日上门量尺寸，确认工位")
    assert "plan-off-feedback" not in hints(feedback="要求提供照明行业案例", next_step="李晓雯 7月2日发 3 个照明案例")
