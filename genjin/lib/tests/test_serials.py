"""Patterns of serial numbers."""

from __future__ import annotations

from datetime import date

import pytest

from genjin.lib.serials import USUAL, frame_of, is_pattern, numbered


@pytest.mark.parametrize(
    ("pattern", "first"),
    [
        (USUAL, "2026-0001"),
        ("SQ-{YYYY}-{0000}", "SQ-2026-0001"),
        ("{YY}{MM}{DD}{000}", "260309001"),
        ("编号{0}", "编号1"),
    ],
)
def test_a_pattern_makes_numbers(pattern: str, first: str) -> None:
    assert is_pattern(pattern)
    frame = frame_of(pattern, date(2026, 3, 9))
    assert numbered(frame, [1])[0] == first
    assert numbered(frame, [12345])[0].endswith("12345")


@pytest.mark.parametrize("text", ["", "SQ", "{YYYY}", "{0}{0}", "{0}{HH}", "{0}{", "{00000000000}", "{0}" + "x" * 40])
def test_what_is_no_pattern(text: str) -> None:
    assert not is_pattern(text)
