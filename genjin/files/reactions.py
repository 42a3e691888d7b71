"""Files in own fields: taken into the row by the very change that names them, and read by whoever reads the row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.access.own import own_fields
from genjin.access.visible import visible
from genjin.door.change import Change, Happened
from genjin.door.reactions import on
from genjin.files.holders import holder
from genjin.files.models import OwnFile
from genjin.files.steps import Held, hold_own
from genjin.schema.own_types import FILED
from genjin.schema.registry import Field, record_type
from genjin.schema.shapes import shaped_row, shaped_types

#: A person named the files: they must be his own uploads, or have been the row's before.
_BY_HAND = ("customer.created", "customer.updated", "contact.added", "contact.updated", "followup.logged",
            "followup.updated", "agenda.added", "agenda.updated", "record.created", "record.updated")  # fmt: skip
#: Values moved from row to row, or came back.
_MOVED = ("customer.united", "customer.reverted", "contact.reverted", "followup.reverted", "agenda.reverted",
          "record.reverted")  # fmt: skip


@on(*_BY_HAND, *_MOVED)
def hold_named(change: Change, happened: list[Happened]) -> None:
    """A statement for each table whose rows have files, and two more where somebody named new ones; none for a team
    without such fields."""
    filed = {kind.log for kind in shaped_types(change.actor).values() if any(_filed(kind.own))}
    for slug in filed & {each.subject_type for each in happened}:
        ids = {each.subject_id for each in happened if each.subject_type == slug}
        rows: list[Any] = list(unscoped(record_type(slug).model, "step").filter(pk__in=ids))
        held = [
            Held(slug, row.pk, field, pk)
            for row in rows
            for field in _filed(shaped_row(change.actor, row).own)
            for pk in row.extra.get(field.slug) or ()
        ]
        hold_own(change, held, trusted=happened[0].name in _MOVED)


def _filed(fields: tuple[Field, ...]) -> Iterator[Field]:
    return (each for each in fields if each.type in FILED)


@holder
def reads_own(actor: Actor, file_id: int) -> bool:
    """May the actor read a row that holds the file now, and the field that it stands in?"""
    found = OwnFile.objects.filter(org_id=actor.org_id, file_id=file_id)
    for slug, pk in found.values_list("record_type", "record_id"):
        row: Any = visible(actor, record_type(slug).model).filter(pk=pk).first()
        if row is None:
            continue
        fields = own_fields(actor, shaped_row(actor, row).slug)
        if any(file_id in (row.extra.get(each.slug) or ()) for each in fields if each.type in FILED):
            return True
    return False
