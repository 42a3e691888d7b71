"""Budgets and amounts in the cells of an entry, with the unit their header states."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from genjin.exchange.columns import ColumnMapping
from genjin.exchange.entries import Entry
from genjin.lib.amounts import Amount, AmountError, read_amount, unit_of_header

_unit_of = lru_cache(maxsize=256)(unit_of_header)
AMOUNT_FIELDS = ("customer.amount", "customer.budget", "customer.yearly_budget")


def amount_in(entry: Entry, slug: str, mappings: Sequence[ColumnMapping]) -> Amount:
    """The range in one cell, minor units. Raises AmountError when the text is no amount."""
    raw = entry.cells.get(slug)
    header = next((each.header for each in mappings if each.field == slug), "")
    return read_amount(raw if isinstance(raw, (str, int, float)) else None, unit=_unit_of(header))


def budget_of(entry: Entry, mappings: Sequence[ColumnMapping]) -> int | None:
    """The largest figure known of a customer, minor units, to order customers by weight; None when unknown."""
    for slug in AMOUNT_FIELDS:
        if slug not in entry.cells:
            continue
        try:
            low, high = amount_in(entry, slug, mappings)
        except AmountError:
            continue
        if high or low:
            return high or low
    return None
