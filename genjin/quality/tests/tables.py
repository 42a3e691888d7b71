"""Sentences as salespeople write them, sorted by hand into files; the tests say what each must be judged as."""

from __future__ import annotations

from pathlib import Path

_DATA = Path(__file__).parent / "data"


def _lines(name: str) -> list[str]:
    return (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()


EMPTY_SUMMARIES = _lines("empty_summaries")
CONCRETE_SUMMARIES = _lines("concrete_summaries")
EMPTY_PLANS = _lines("empty_plans")
EXECUTABLE_PLANS = _lines("executable_plans")
UNBACKED_JUDGEMENTS = _lines("unbacked_judgements")
BACKED_OR_REPORTED = _lines("backed_or_reported")
