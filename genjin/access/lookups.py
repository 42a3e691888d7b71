"""Values looked up from a linked record: read when they are shown, by the rights of whoever reads (R-213).

They are not kept, so that they are never stale and never tell one reader what another may see; lists can therefore
neither filter nor sort by them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from genjin.access.actor import Actor
from genjin.access.fields import told
from genjin.access.links import linked_rows
from genjin.schema.own_types import STORED
from genjin.schema.registry import Field
from genjin.schema.shapes import shaped
from genjin.schema.sources import CUSTOMER, source_of


@dataclass(frozen=True, slots=True)
class Looked:
    """A value from another record, and how it is read: as an own field of its type would be."""

    field: Field
    value: Any


def looked_up(
    actor: Actor,
    slug: str,
    lookups: Sequence[Field],
    extras: Sequence[Mapping[str, Any]],
    customers: Sequence[int | None] = (),
) -> list[dict[str, Looked | None]]:
    """Key → value for each row, None where nothing is linked or the actor may not see it; one statement for each type
    that is looked into."""
    kind = shaped(actor, slug)
    sources = {each.slug: source_of(actor, kind, each) for each in lookups}
    owners = customers or [None] * len(extras)

    def linked(field: Field, extra: Mapping[str, Any], owner: int | None) -> int | None:
        through = field.settings["through"]
        found = owner if through == CUSTOMER else extra.get(through)
        return found if isinstance(found, int) else None

    ids: dict[str, set[int]] = {}
    columns: dict[str, set[str]] = {}
    for each in lookups:
        source = sources[each.slug]
        if source is not None:
            target, of = source
            found = {linked(each, extra, owner) for extra, owner in zip(extras, owners, strict=True)}
            ids.setdefault(target.slug, set()).update(pk for pk in found if pk is not None)
            columns.setdefault(target.slug, set()).update(("extra",) if of.stored else of.columns)
    rows = {each: _rows(actor, each, wanted, sorted(columns[each])) for each, wanted in ids.items()}

    def value(field: Field, extra: Mapping[str, Any], owner: int | None) -> Looked | None:
        source, pk = sources[field.slug], linked(field, extra, owner)
        if source is None or pk is None or (row := rows[source[0].slug].get(pk)) is None:
            return None
        target, of = source
        kept = told(actor, f"{target.slug}.{of.slug}", _held(of, row))
        return None if kept in (None, "", []) else Looked(as_own(of), kept)

    return [
        {each.slug: value(each, extra, owner) for each in lookups}
        for extra, owner in zip(extras, owners, strict=True)
    ]  # fmt: skip


def as_own(field: Field) -> Field:
    """A field of the code as an own one of its type: values of both are read alike."""
    type_ = "longtext" if field.type == "richtext" else field.type
    return field if field.stored else replace(field, type=type_, stored=STORED[type_])


def _rows(actor: Actor, slug: str, ids: set[int], columns: Sequence[str]) -> dict[int, dict[str, Any]]:
    if not ids:
        return {}
    kind = shaped(actor, slug)
    found = linked_rows(actor, kind, ("id", *columns), ids)
    return {pk: dict(zip(columns, row[1:], strict=True)) for pk, row in found.items()}


def _held(field: Field, row: Mapping[str, Any]) -> Any:
    """The value in the form in which own fields keep theirs."""
    if field.stored:
        return (row["extra"] or {}).get(field.slug)
    cells = [row[column] for column in field.columns]
    if len(cells) > 1:
        return {"low": cells[0], "high": cells[1]} if any(each is not None for each in cells) else None
    if isinstance(cells[0], datetime):
        return cells[0].isoformat().replace("+00:00", "Z")
    return cells[0].isoformat() if isinstance(cells[0], date) else cells[0]
