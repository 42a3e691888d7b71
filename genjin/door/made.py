"""Rows that a batch made: its undo takes away those with which nobody has done anything since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from genjin.access.guard import unscoped
from genjin.access.rows import Row
from genjin.door.change import Change
from genjin.history.queries import RowBefore
from genjin.schema.registry import Reason, RecordType, record_type, record_types

Rows = dict[int, Any]
_CHANGED: Reason = ("之后有人改过，留着", "changed since; it stays")
_USED: Reason = ("之后有人在它下面写了东西，留着", "somebody has worked with it since; it stays")
_PARENT: Reason = ("所属的客户留着，它也留着", "its customer stays, and so does it")


@dataclass
class Part:
    """What became of the rows of one record type."""

    kind: RecordType
    back: int = 0
    removed: int = 0
    stay: list[dict[str, Any]] = field(default_factory=list)

    def keep(self, row: models.Model | None, pk: int, reason: Reason) -> None:
        name = str(getattr(row, self.kind.restore.name, "") or "")[:60] if row is not None else ""
        self.stay.append({"type": self.kind.slug, "id": pk, "name": name, "zh": reason[0], "en": reason[1]})


def take_away(change: Change, parts: Mapping[str, Part], told: Mapping[str, Mapping[int, RowBefore]]) -> None:
    """The rows that the batch made, those below first."""
    going, stay = _sorted_out(told)
    for slug, part in reversed(list(parts.items())):
        for pk, (row, reason) in stay.get(slug, {}).items():
            part.keep(row, pk, reason)
        rows = going.get(slug, {})
        changed = change.save_many([(row, {"deleted_at": change.now}) for row in rows.values()])
        for pk, pairs in changed.items():
            before, after = ({name: pair[side] for name, pair in pairs.items()} for side in (0, 1))
            change.record(f"{slug}.reverted", rows[pk], root=told[slug][pk].root, before=before, after=after)
        part.removed = len(rows)
    # What hangs on rows that stay is set right once all are gone, so that nothing is done to those about to go.
    for slug, part in parts.items():
        if going.get(slug) and part.kind.restore.after is not None:
            part.kind.restore.after(change, list(going[slug].values()))


def _sorted_out(
    told: Mapping[str, Mapping[int, RowBefore]],
) -> tuple[dict[str, Rows], dict[str, dict[int, tuple[Any, Reason]]]]:
    """Of the rows that a batch made, by record type: which go, and which stay with the reason.

    A row goes when it is as it was made and nothing that stays points at it. A fixed number of statements for
    each record type, whatever the number of rows.
    """
    going: dict[str, Rows] = {}
    stay: dict[str, dict[int, tuple[Any, Reason]]] = defaultdict(dict)
    for slug, rows in told.items():
        made = [pk for pk, row in rows.items() if row.made]
        if not made:
            continue
        model: Any = record_type(slug).model
        living = unscoped(model, "step").filter(pk__among=made, deleted_at__isnull=True)
        going[slug] = {}
        for row in living.order_by("pk").select_for_update(of=("self",)):
            if row.version == 1:
                going[slug][row.pk] = row
            else:
                stay[slug][row.pk] = (row, _CHANGED)
    links = [(record_type(slug), *link) for slug in going for link in _links_to(record_type(slug), list(going[slug]))]
    while held := _held(links, going, stay):
        for slug, pk, reason in held:
            if pk in going[slug]:
                stay[slug][pk] = (going[slug].pop(pk), reason)
    return going, stay


#: Record type pointed at; type and id of the row that points, and at whom.
_Link = tuple[RecordType, RecordType, list[tuple[int, int]]]


def _links_to(kind: RecordType, ids: list[int]) -> list[tuple[RecordType, list[tuple[int, int]]]]:
    """Living rows of every record type that point at rows about to go."""
    found = []
    for other in (one for one in record_types().values() if issubclass(one.model, Row)):
        for each in other.model._meta.concrete_fields:
            if isinstance(each, models.ForeignKey) and each.related_model is kind.model:
                pointing = {f"{each.name}__among": ids, "deleted_at__isnull": True}
                rows = unscoped(other.model, "step").filter(**pointing)
                if other.restore.idle is not None:
                    rows = rows.exclude(other.restore.idle)
                found.append((other, list(rows.values_list("pk", each.attname))))
    return found


def _held(
    links: list[_Link], going: Mapping[str, Rows], stay: Mapping[str, Mapping[int, Any]]
) -> list[tuple[str, int, Reason]]:
    """Rows about to go that must stay after all."""
    held: list[tuple[str, int, Reason]] = []
    for kind, other, pairs in links:
        gone = going.get(other.slug, {})
        held += [(kind.slug, at, _USED) for pk, at in pairs if pk not in gone and at in going[kind.slug]]
        if other.restore.along:
            held += [(other.slug, pk, _PARENT) for pk, at in pairs if pk in gone and at in stay.get(kind.slug, {})]
    return held
