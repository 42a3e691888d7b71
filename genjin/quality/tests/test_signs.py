"""A cheap sign is looked for before a dear pattern: whatever the pattern finds must bear it (R-068, R-070)."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genjin.lib.dates import read_datetime
from genjin.quality import facts, names
from genjin.quality.tests.cases import NOW, rules

SIGNS = (
    (names._DEPARTMENT, names._DEPARTMENT_SIGN),
    (names._COMPOUND, names._COMPOUND_SIGN),
)


@pytest.mark.parametrize(("pattern", "sign"), SIGNS)
def test_what_a_pattern_finds_bears_its_sign(pattern: re.Pattern[str], sign: re.Pattern[str]) -> None:
    @settings(max_examples=300, database=None, deadline=None)
    @given(st.from_regex(pattern))
    def bears(text: str) -> None:
        assert sign.search(text)

    bears()


def test_every_figure_and_date_bears_a_number_or_a_day() -> None:
    @settings(max_examples=1000, database=None, deadline=None)
    @given(st.from_regex(facts._TOKEN))
    def bears(text: str) -> None:
        named = [found for found in facts._TOKEN.finditer(text) if found.lastgroup]
        assert not named or facts._NUMBER_OR_DATE.search(text)
        figures = [found for found in named if found.lastgroup in facts._FIGURES]
        assert not figures or facts._NUMBER.search(text)

    bears()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("1. 要30台", ["figure", "figure"]),
        ("聊了30分钟，第三次", []),
        ("2025年6月12日", ["full_date"]),
        ("6月底前到", ["date"]),
        ("12:30", ["date"]),
        ("上午9点", ["hour"]),
        ("晚上8点", ["early_hour"]),
        ("下周三", ["that_weekday"]),
        ("周日", ["weekday"]),
        ("星期五", ["long_weekday"]),
        ("12/6前", ["short_date"]),
        ("三十台", ["spelled"]),
        ("一百套", ["one"]),
        ("两家", ["counted"]),
    ],
)
def test_figures_and_dates_by_kind(text: str, kinds: list[str]) -> None:
    assert [found.lastgroup for found in facts._TOKEN.finditer(text) if found.lastgroup] == kinds


def test_a_time_with_its_zone_is_read_as_local_time() -> None:
    assert read_datetime("2025-06-12T14:30+08", now=NOW) == read_datetime("2025-06-12T14:30", now=NOW)._replace(
        text="2025-06-12T14:30+08"
    )
    assert rules(contact_at="2025-06-27T10:06+08") == set()
