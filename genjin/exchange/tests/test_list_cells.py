"""Lists in one cell go out and come back as they were (R-237)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.exchange.list_cells import ANSWER, SECONDARY, read, written
from genjin.quality.standard import option_key

LABELS = {"price": "价格", "plc": "PLC 兼容", "delivery": "交付周期", "other": "其他"}
KEYS = {option_key(label): key for key, label in LABELS.items()}
#: Any words, also such as look like a label; only what parts an entry is left out.
words = (
    st.text(st.characters(exclude_categories=("C", "Z")) | st.sampled_from("：→价格其他 "), min_size=1, max_size=40)
    .map(str.strip)
    .filter(lambda text: text and ANSWER not in text and ANSWER.strip() != text and not text.endswith(SECONDARY))
)
answers = st.just("") | words
ENTRIES: dict[str, st.SearchStrategy[Any]] = {
    "risks": words,
    "needs": st.fixed_dictionaries(
        {"kind": st.sampled_from([*LABELS]), "priority": st.sampled_from(["core", "secondary"]), "text": words}
    ),
    "objections": st.fixed_dictionaries({"kind": st.sampled_from([*LABELS]), "text": words, "answer": answers}),
    "qa": st.fixed_dictionaries({"q": words, "a": answers}),
}


@pytest.mark.parametrize("kind", [*ENTRIES])
def test_what_is_written_is_read_back(kind: str) -> None:
    @given(st.lists(ENTRIES[kind], max_size=6))
    def holds(entries: list[Any]) -> None:
        assert read(kind, written(kind, entries, LABELS), KEYS) == entries

    holds()


def test_an_old_sheet_needs_no_labels() -> None:
    assert read("objections", "嫌贵\n交付周期：45 天太长 → 可分批", KEYS) == [
        {"kind": "other", "text": "嫌贵", "answer": ""},
        {"kind": "delivery", "text": "45 天太长", "answer": "可分批"},
    ]
    assert read("needs", "要夜班培训（次要）", KEYS) == [
        {"kind": "other", "priority": "secondary", "text": "要夜班培训"}
    ]
    assert read("risks", " 预算未批 \n\n换人了", KEYS) == ["预算未批", "换人了"]
