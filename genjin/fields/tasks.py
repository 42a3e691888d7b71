"""What the worker does by the clock: indexes on own fields as they are wanted, formulas as they have become."""

from __future__ import annotations

import time
from typing import Any

from django.db import transaction

from genjin.access.guard import unscoped
from genjin.history.schedule import every
from genjin.schema.bulk import update_rows
from genjin.schema.extra import as_columns
from genjin.schema.models import OwnRecount
from genjin.schema.own_indexes import reconcile
from genjin.schema.reckoned import reckoned
from genjin.schema.shapes import Team, shaped

_AT_ONCE = 500
_SECONDS = 20.0


@every("fields.indexes", seconds=30)
def keep_indexes() -> int:
    """Build what is wanted and missing, drop what nobody wants; repeatable."""
    return reconcile()


@every("fields.formulas", seconds=10)
def keep_formulas() -> int:
    """Work changed formulas out anew, the oldest rows first, so many as go in twenty seconds; returns how many rows.

    Each chunk is a transaction of its own that says how far it came: a killed worker goes on behind it, and nobody
    who writes waits for more than one chunk. Neither version nor log tell of it: nobody has changed the rows.
    """
    until, count = time.monotonic() + _SECONDS, 0
    while time.monotonic() < until and (one := OwnRecount.objects.order_by("id").first()) is not None:
        count += _recount(one.pk)
    return count


@transaction.atomic
def _recount(pk: int) -> int:
    one = OwnRecount.objects.select_for_update().filter(pk=pk).first()
    if one is None:
        return 0
    kind = shaped(Team(one.org_id, 0), one.record_type)
    rows: list[Any] = list(
        unscoped(kind.model, "worker")
        .filter(kind.rows, org_id=one.org_id, pk__gt=one.after_id)
        .order_by("pk")
        .select_for_update()[:_AT_ONCE]
    )
    if not rows:
        one.delete()
        return 0
    moved = []
    for row in rows:
        extra = as_columns(row.extra, reckoned(kind, row, {})).get("extra", row.extra)
        if extra != row.extra:
            row.extra = extra
            moved.append(({"extra": extra}, [row]))
    update_rows(moved)
    one.after_id = rows[-1].pk
    one.save(update_fields=["after_id"])
    return len(rows)
