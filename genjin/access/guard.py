"""The guarded manager: a query that came neither from `visible` nor from `unscoped` raises.

`Model.objects` of every table of customers' data is guarded, so a forgotten filter is an error in
the first test that reaches it and never a leak.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


class UnguardedQuery(RuntimeError):
    """A query on customers' data was about to run without a scope."""


class GuardedQuerySet(models.QuerySet[M]):
    """A query set that refuses to run until somebody has said for whom it runs."""

    _scoped_by: str | None = None

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._scoped_by = self._scoped_by
        return clone

    def scoped(self, reason: str) -> Self:
        """Mark as scoped. Called by `visible` and `unscoped` only (architecture test)."""
        clone = self._clone()
        clone._scoped_by = reason
        return clone

    @classmethod
    def of(cls, model: type[Any], reason: str) -> Self:
        """All rows of a table, scoped as `scoped` says."""
        rows = cls(model)
        rows._scoped_by = reason
        return rows

    def _demand_scope(self) -> None:
        if self._scoped_by is None:
            raise UnguardedQuery(
                f"{self.model.__name__}: use visible(actor, {self.model.__name__}) "
                f"or unscoped({self.model.__name__}, reason)"
            )

    def _fetch_all(self) -> None:
        self._demand_scope()
        super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Iterator[M]:
        self._demand_scope()
        return super().iterator(chunk_size)

    def count(self) -> int:
        self._demand_scope()
        return super().count()

    def exists(self) -> bool:
        self._demand_scope()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._demand_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._demand_scope()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._demand_scope()
        return super().delete()

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        self._demand_scope()
        return super().resolve_expression(*args, **kwargs)


class GuardedManager(models.Manager.from_queryset(GuardedQuerySet)):  # type: ignore[misc]
    """`Model.objects` of customers' data."""


#: Why a query may run without an actor; a test holds this list against the code.
UNSCOPED_REASONS = {
    "scope": "the rows shared with an actor decide what he may see",
    "step": "a step writes rows of a change whose right the verb has checked",
    "duplicates": "duplicate look-up shows masked rows only",
    "pool": "whoever may claim from a pool sees what lies in it, its numbers masked",
    "peer": "a record drawn for a colleague or kept as an example is read without its names",
    "handover": "a hand-over lends its customers to whoever is to take them over, until it is done",
    "waits": "what holds a customer up is asked of the rows below it, where the customer lies in the reader's scope",
    "lent": "an approval lends its record to whoever has to decide it, while it is open",
    "merged": "the old id of a merged customer leads to the survivor, whose scope is asked",
    "row": "comments on a row of an own type are read below it, after it was found in the reader's scope",
    "measure": "a number counts a person's work whole; the rows behind it open by the reader's scope",
    "size": "how many rows a team has decides how they are read; nobody is told the number",
    "link": "a public link names the one row that it opens",
    "worker": "named jobs read what they were made for",
    "backup": "an archive holds everything",
    "migration": "data migrations",
    "restore": "rebuilding derived rows",
    "test": "tests look at the truth",
    "demo": "the demo writes its own organisation",
    "bench": "the benchmark measures the bare table",
}


def unscoped(model: type[M], reason: str) -> GuardedQuerySet[M]:
    """All rows of `model`, for code that no actor stands behind.

    Raises `KeyError` for a reason that is not on the list.
    """
    return GuardedQuerySet.of(model, f"{reason}: {UNSCOPED_REASONS[reason]}")
