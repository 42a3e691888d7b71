"""A record without a fault, to be spoilt one cell at a time, and the ids a verdict names."""

# Times in sheets are naive local times.

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from genjin.quality.judge import judge
from genjin.quality.record import Record, Verdict
from genjin.quality.standard import load_standard

NOW = datetime(2025, 6, 30, 18, 0)
STANDARD = load_standard()
GOOD = Record(
    customer="苏州恒锐精密机械有限公司",
    contact="王建国",
    contact_info="13800138000",
    contact_at="2025-06-27 10:06",
    entered_at="2025-06-27 11:00",
    channel="电话",
    summary="王总问 3 号线能不能保留现有 PLC，答复可以保留，今天补兼容清单；预算 80 万。",
    feedback="“交期 45 天太长，30 天内能到就定”",
    next_step="李晓雯 7月2日 10:00 电话确认交期能否压到 30 天",
    owner="李晓雯",
    due="2025-07-02 10:00",
    author="李晓雯",
    status="已联系",
)


def verdict(**cells: Any) -> Verdict:
    """The verdict on the faultless record with these cells changed."""
    return judge(replace(GOOD, **cells), STANDARD, now=NOW)


def rules(**cells: Any) -> set[str]:
    """Ids of the scored rules that fire."""
    return {finding.rule for finding in verdict(**cells).findings if finding.severity != "hint"}


def hints(**cells: Any) -> set[str]:
    return {finding.rule for finding in verdict(**cells).findings if finding.severity == "hint"}
