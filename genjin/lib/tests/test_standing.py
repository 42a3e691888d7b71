"""Stored filters whose fields are gone."""

from __future__ import annotations

from typing import Any

import pytest

from genjin.lib.filters import Kind
from genjin.lib.standing import slugs_of, standing

FIELDS = {"stage": Kind.OPTION, "amount": Kind.MONEY}
STAGE = {"field": "stage", "op": "eq", "value": "needs"}
GONE = {"field": "gone", "op": "eq", "value": "x"}
RETYPED = {"field": "amount", "op": "contains", "value": "x"}


@pytest.mark.parametrize(
    ("raw", "kept", "lost"),
    [
        (None, None, []),
        ({}, None, []),
        (STAGE, STAGE, []),
        (GONE, None, ["gone"]),
        (RETYPED, None, ["amount"]),
        ({"and": [STAGE, GONE]}, {"and": [STAGE]}, ["gone"]),
        ({"or": [{"not": GONE}, {"and": [GONE, RETYPED]}]}, None, ["gone", "amount"]),
        ({"and": [{"or": [GONE]}, {"not": STAGE}]}, {"and": [{"not": STAGE}]}, ["gone"]),
        ("nonsense", None, []),
        ({"and": "nonsense"}, None, []),
    ],
)
def test_what_is_left_of_a_stored_filter(raw: Any, kept: Any, lost: list[str]) -> None:
    assert standing(raw, FIELDS) == (kept, lost)


def test_the_fields_a_filter_names() -> None:
    assert slugs_of({"and": [STAGE, {"not": GONE}, STAGE]}) == ["stage", "gone"]
    assert slugs_of(None) == []
