"""An open change: what a verb and its steps hold while the transaction is open."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from django.db import models

from genjin.access.actor import Actor
from genjin.access.rows import Row
from genjin.history.models import Event, EventData
from genjin.lib.errors import Conflict
from genjin.schema.bulk import insert_values
from genjin.schema.registry import type_of
from genjin.schema.saving import save_columns


@dataclass(frozen=True, slots=True)
class Happened:
    """One event before it is written. `after` and `before` hold only what changed."""

    name: str
    subject_type: str
    subject_id: int
    root: tuple[str, int] | None = None
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""


@dataclass
class Change:
    """Actor, moment and the events of one verb. Steps take it as their first argument."""

    actor: Actor
    verb: str
    now: datetime
    cause: str = field(default_factory=lambda: secrets.token_hex(8))
    events: list[Happened] = field(default_factory=list)
    depth: int = 0

    def record(
        self,
        name: str,
        row: models.Model,
        *,
        root: tuple[str, int] | None = None,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        why: str = "",
    ) -> None:
        """Say what happened to `row`; written and passed to reactions before the commit."""
        kind = type_of(type(row)).slug
        self.events.append(Happened(name, kind, row.pk, root, before or {}, after or {}, why))

    def stamp(self, row: Row) -> None:
        """Fill organisation, author and times of a new row."""
        row.org_id = self.actor.org_id
        row.created_by_id = self.actor.member_id
        row.created_at = row.updated_at = self.now

    def expect(self, row: Row, version: int | None, fields: Sequence[str] = ()) -> None:
        """Refuse with 409 and the other's values when `row` is newer than the caller knew (R-165)."""
        if version is None or version == row.version:
            return
        raise Conflict(
            "刚有人改过这条，看看留谁的",
            "Somebody has just changed this; choose whose values to keep",
            extra={
                "version": row.version,
                "theirs": {name: plain(getattr(row, name, None)) for name in fields},
                "at": plain(row.updated_at),
            },
        )

    def save(self, row: Row, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
        """Write only what differs; returns {field: (before, after)}, empty when nothing did."""
        changed = {
            name: (plain(getattr(row, name)), plain(value))
            for name, value in values.items()
            if getattr(row, name) != value
        }
        if not changed:
            return {}
        for name in changed:
            setattr(row, name, values[name])
        row.version += 1
        row.updated_at = self.now
        save_columns(row, [*changed, "version", "updated_at"])
        return changed


def plain(value: Any) -> Any:
    """A value as it stands in event data: JSON types, times in ISO 8601 UTC."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, models.Model):
        return value.pk
    return orjson.loads(orjson.dumps(value, default=str))


_EVENT = (
    "org_id", "name", "subject_type", "subject_id", "root_type", "root_id", "at", "member_id", "actor_kind", "source",
    "cause", "why", "digest",
)  # fmt: skip
_SALT = 16


def write_events(change: Change, events: Sequence[Happened]) -> None:
    """Insert events and their payloads, a fixed number of statements for any number of events.

    The digest of an event is over its salt and the very bytes that are stored beside it.
    """
    actor, now, cause = change.actor, change.now, change.cause
    # One call for all: asking the system for each salt costs more than all the rest.
    random = secrets.token_bytes(_SALT * len(events))
    rows, payloads = [], []
    for place, each in enumerate(events):
        data = orjson.dumps({"before": each.before, "after": each.after}, default=str)
        salt = random[place * _SALT : (place + 1) * _SALT].hex()
        sealed = hashlib.sha256(salt.encode() + data).hexdigest()
        root_type, root_id = each.root or ("", None)
        rows.append(
            (actor.org_id, each.name, each.subject_type, each.subject_id, root_type, root_id, now, actor.member_id,
             actor.kind, actor.source, cause, each.why[:500], sealed)
        )  # fmt: skip
        payloads.append((salt, data))
    ids = insert_values(Event, _EVENT, rows)
    insert_values(
        EventData, ("event_id", "salt", "data"), [(pk, *each) for pk, each in zip(ids, payloads, strict=True)]
    )
