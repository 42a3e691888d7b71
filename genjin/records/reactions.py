"""Rows of own types follow the customer they hang on when files are merged, and are counted before."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.customers.hanging import Hanging, hangs
from genjin.customers.merging import carries, carry_rows, moves_of
from genjin.door.change import Change, Happened
from genjin.door.reactions import on
from genjin.records import approving as approving  # rows of own types can be asked about
from genjin.records.models import Record
from genjin.schema.shapes import own_kinds


@on("customer.merged")
@carries((Record, "customer"), (Record, "contact"))
def follow_merge(change: Change, happened: list[Happened]) -> None:
    """All rows go to the survivor; their owner, number and state stay."""
    carry_rows(change, Record, moves_of(happened), contact=True)


@hangs
def count_rows(actor: Actor, customers: Sequence[int]) -> list[Hanging]:
    """How many living rows of each type hang on customers; a type of which the actor sees no row is not named, and one
    that is put away is not counted."""
    rows = unscoped(Record, "step").filter(org_id=actor.org_id, customer_id__in=customers, deleted_at__isnull=True)
    many = dict(rows.order_by().values_list("kind").annotate(n=Count("pk")))
    known = own_kinds(actor)
    return [
        Hanging(slug, kind.zh, kind.en, many[slug])
        if actor.grants.scope(slug, "see")
        else Hanging(slug, "", "", many[slug])
        for slug, kind in known.items()
        if many.get(slug)
    ]
