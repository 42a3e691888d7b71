"""Cells between the steps of an import, and the apostrophe of CSV exports (I2)."""

from __future__ import annotations

from datetime import date, datetime

import orjson
from hypothesis import given
from hypothesis import strategies as st

from genjin.exchange.stored import RISKY, from_json, quoted, to_json, unquoted

RISKS = st.text(st.sampled_from(" '\"=+-@＝\t\r\nA1中"), max_size=8)
TIMES = st.datetimes(datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2100-01-01"))
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=50)


@given(st.one_of(RISKS, st.text(max_size=20)))
def test_what_was_quoted_comes_back(text: str) -> None:
    assert unquoted(quoted(text)) == text
    assert not RISKY.match(quoted(text)) or quoted(text).startswith("'")


@given(st.one_of(st.none(), st.booleans(), st.integers(-(2**50), 2**50), TEXTS, TIMES, st.dates(date(1990, 1, 1))))
def test_cells_survive_json(cell: object) -> None:
    again = from_json(orjson.loads(orjson.dumps(to_json(cell))))  # type: ignore[arg-type]
    assert again == cell
    assert type(again) is type(cell)
