"""Whose needs are asked about again (R-118)."""

from __future__ import annotations

from genjin.customers.models import Customer
from genjin.customers.rules import ENDED

#: The kind of the agenda's row; done by confirming the needs or by another order of them.
KIND = "needs_check"
#: So many working days there are for it.
WORKDAYS = 3


def is_quiet(row: Customer) -> bool:
    """Nobody is to be sent there: paused, ended, deleted or nobody's."""
    return row.paused or row.life_cycle in ENDED or row.deleted_at is not None or row.owner_id is None
