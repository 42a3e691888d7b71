"""What the worker does by the clock: indexes on own fields as they are wanted."""

from __future__ import annotations

from genjin.history.schedule import every
from genjin.schema.own_indexes import reconcile


@every("fields.indexes", seconds=30)
def keep_indexes() -> int:
    """Build what is wanted and missing, drop what nobody wants; repeatable."""
    return reconcile()
