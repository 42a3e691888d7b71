"""Lists of customers' data as tuples: the scope of `visible`, the SQL compiled once for each shape.

`read(actor, Model, columns)` gives the rows of `visible(actor, Model)`; `read_under` those of `under(Model, row)`.
The condition is built anew for every actor and request; only the text of the SQL is remembered (property test).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.guard import GuardedQuerySet, unscoped
from genjin.access.visible import Act, holds, scope_of, scope_under
from genjin.schema import compiled
from genjin.schema.compiled import Rows, Sort, Tally
from genjin.schema.paging import Order, behind_each, implied

M = TypeVar("M", bound=models.Model)


def read(
    actor: Actor,
    model: type[models.Model],
    columns: tuple[str, ...],
    where: Q | None = None,
    *,
    order: Sort = (),
    limit: int | None = None,
    steady: bool = False,
    act: Act = "see",
    of: str = "",
) -> Rows:
    """`columns` of the rows that the actor may see (or change) and that meet `where`; `of`: of this own type alone."""
    scope = scope_of(actor, model, act=act, of=of)
    rows = _rows(model, f"visible to {actor.kind} {actor.member_id}")
    return compiled.fetch(rows, _both(scope, where), columns, order=order, limit=limit, steady=steady)


def read_page(
    actor: Actor,
    model: type[models.Model],
    columns: tuple[str, ...],
    where: Q,
    *,
    order: Order,
    cursor: str,
    limit: int,
    steady: bool = False,
    of: str = "",
) -> Rows:
    """`limit` rows behind the cursor (from the first one without) in `order`; a second statement only where a page
    reaches from the last values into the blanks."""
    found: Rows = []
    for part in behind_each(order, cursor) if cursor else (Q(),):
        chosen = where & implied(order, where) & part
        found += read(actor, model, columns, chosen, order=order, limit=limit, steady=steady, of=of)
        if len(found) >= limit:
            break
    return found[:limit]


def count(actor: Actor, model: type[models.Model], where: Q | None = None, *, most: int, of: str = "") -> int:
    """How many rows the actor may see, counted no further than `most`."""
    rows = _rows(model, f"visible to {actor.kind} {actor.member_id}")
    return compiled.count(rows, _both(scope_of(actor, model, of=of), where), most=most)


def count_unscoped(model: type[models.Model], reason: str, where: Q, *, most: int) -> int:
    """How many rows meet `where`, counted no further than `most`, for code that no actor stands behind."""
    return compiled.count(unscoped(model, reason), where, most=most)


def counts(actor: Actor, model: type[models.Model], wheres: Sequence[Q], *, most: int, of: str = "") -> list[int]:
    """`count` for several conditions in one statement."""
    scope = scope_of(actor, model, of=of)
    rows = _rows(model, f"visible to {actor.kind} {actor.member_id}")
    return compiled.counts(rows, [_both(scope, each) for each in wheres], most=most)


def tops(
    actor: Actor,
    model: type[models.Model],
    columns: tuple[str, ...],
    where: Q,
    *,
    among: str,
    keys: tuple[str, ...],
    order: Order,
    limit: int,
    steady: bool = False,
    of: str = "",
) -> Rows:
    """The first rows for each of `keys` in the column `among` that the actor may see: the columns of a board."""
    rows, scope = (
        _rows(model, f"visible to {actor.kind} {actor.member_id}"),
        _both(scope_of(actor, model, of=of), where),
    )
    return compiled.tops(rows, scope, columns, among=among, keys=keys, order=order, limit=limit, steady=steady)


def tallies(
    actor: Actor,
    model: type[models.Model],
    where: Q,
    *,
    among: str,
    keys: tuple[str, ...],
    amount: str,
    late: Q | None,
    few: int,
    most: int,
    steady: bool = False,
    of: str = "",
) -> dict[str, Tally]:
    """Count, sum and how many are late for each of `keys`, among what the actor may see (`compiled.tallies`)."""
    rows, scope = (
        _rows(model, f"visible to {actor.kind} {actor.member_id}"),
        _both(scope_of(actor, model, of=of), where),
    )
    return compiled.tallies(
        rows, scope, among=among, keys=keys, amount=amount, late=late, few=few, most=most, steady=steady
    )


def read_under(
    parent: models.Model,
    model: type[models.Model],
    columns: tuple[str, ...],
    where: Q | None = None,
    *,
    order: Sort = (),
    limit: int | None = None,
) -> Rows:
    """`columns` of the living rows below a row that the caller has just found visible."""
    rows = _rows(model, "under a visible row")
    scope = _both(scope_under(model, parent), where)
    return compiled.fetch(rows, scope, columns, order=order, limit=limit, steady=True)


def count_under(parent: models.Model, model: type[models.Model], where: Q | None = None) -> int:
    """How many living rows that meet `where` lie below a row that the caller has just found visible."""
    rows = _rows(model, "under a visible row")
    return compiled.count(rows, _both(scope_under(model, parent), where), steady=True)


def read_unscoped(
    model: type[models.Model],
    reason: str,
    columns: tuple[str, ...],
    where: Q,
    *,
    order: Sort = (),
    limit: int | None = None,
    steady: bool = False,
) -> Rows:
    """`columns` of all rows that meet `where`, for code that no actor stands behind (see `unscoped`)."""
    return compiled.fetch(unscoped(model, reason), where, columns, order=order, limit=limit, steady=steady)


def read_one(
    actor: Actor, model: type[M], pk: int, *, act: Act = "see", also: tuple[str, ...] = (), lock: bool = False
) -> tuple[M, tuple[Any, ...]] | None:
    """One row by id as an object if it lies in the actor's scope, and the columns `also` beside it.

    With `lock` nobody else changes it until the transaction ends.
    """
    own = _own_columns(model)
    rows = _rows(model, f"one row for {actor.kind}")
    where = Q(org_id=actor.org_id, pk=pk)
    found = compiled.fetch(rows, where, own + also, limit=None if lock else 1, steady=True, lock=lock)
    if not found:
        return None
    row = model.from_db("default", own, found[0][: len(own)])
    return (row, found[0][len(own) :]) if holds(actor, row, act) else None


def objects_under(
    parent: models.Model,
    model: type[M],
    where: Q | None = None,
    *,
    order: tuple[str, ...] = ("id",),
    limit: int | None = None,
) -> list[M]:
    """Living rows below a row that the caller has just found visible, as objects."""
    own = _own_columns(model)
    return [
        model.from_db("default", own, cells)
        for cells in read_under(parent, model, own, where, order=order, limit=limit)
    ]


def _own_columns(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


def _rows(model: type[models.Model], reason: str) -> GuardedQuerySet[Any]:
    return GuardedQuerySet.of(model, reason)


def _both(scope: Q, where: Q | None) -> Q:
    return scope & where if where is not None else scope
