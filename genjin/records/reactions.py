"""Rows of own types follow the customer they hang on when files are merged."""

from __future__ import annotations

from genjin.customers.merging import carries, carry_rows, moves_of
from genjin.door.change import Change, Happened
from genjin.door.reactions import on
from genjin.records.models import Record


@on("customer.merged")
@carries((Record, "customer"), (Record, "contact"))
def follow_merge(change: Change, happened: list[Happened]) -> None:
    """All rows go to the survivor; their owner, number and state stay."""
    carry_rows(change, Record, moves_of(happened), contact=True)
