"""An open change: what a verb and its steps hold while the transaction is open."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from django.db import models
from django.db.models import F

from genjin.access.actor import Actor
from genjin.access.rows import Row
from genjin.history.models import Event, EventData
from genjin.history.queries import BATCH, last_change
from genjin.lib.errors import Conflict
from genjin.schema.bulk import insert_values, update_rows
from genjin.schema.extra import as_columns, value_of, without_own
from genjin.schema.reckoned import with_reckoned
from genjin.schema.registry import type_of
from genjin.schema.saving import save_columns
from genjin.schema.shapes import form_of, shaped_row

Changed = dict[str, tuple[Any, Any]]


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
    cause: str = ""
    events: list[Happened] = field(default_factory=list)
    batch: str = ""
    #: Asked when all reactions are through; one that raises takes everything back.
    closing: list[Callable[[], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cause = self.cause or self.actor.cause or secrets.token_hex(8)

    def begin_batch(self, zh: str, en: str, rows: int, *, batch: str = "") -> None:
        """Make this verb one that its actor can undo for 24 h (`door/undo.py`), told in one sentence.

        Whatever its events tell with a value before and after can be set back, and rows that it made go. Long
        work names its `batch` and takes it up again in each of its verbs (`self.batch = …`).
        """
        self.batch = batch or self.cause
        told = {"verb": self.verb, "zh": zh, "en": en, "rows": rows}
        self.events.append(Happened("batch.done", BATCH, self.actor.member_id or 0, after=told))

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
        """Refuse with 409, the other's values and his name when `row` is newer than the caller knew (R-165)."""
        if version is None or version == row.version:
            return
        kind = shaped_row(self.actor, row)
        last = last_change(row.org_id, kind.log, row.pk, fields)
        labels = {column: each for each in kind.fields for column in each.columns}
        known = list(dict.fromkeys(labels[name] for name in (last.columns if last else ()) if name in labels))
        zh, en = "、".join(each.zh for each in known), ", ".join(each.en.lower() for each in known)
        by = last.name if last and last.name else ""
        raise Conflict(
            f"{by or '有人'}刚改过这条{'：' + zh if zh else ''}。留谁的？",
            f"{by or 'Somebody'} has just changed {en or 'this'}. Whose do you keep?",
            extra={
                "version": row.version,
                "theirs": {name: plain(getattr(row, name, None)) for name in fields},
                "at": plain(row.updated_at),
                "by": {"id": last.member_id, "name": last.name} if last and last.name else None,
                "changed": [each.slug for each in known],
            },
        )

    def save(self, row: Row, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
        """Write only what differs, own fields by their key; returns {field: (before, after)}, empty if nothing did."""
        differing = _differing(row, with_reckoned(form_of(self.actor, row), row, values))
        if not differing:
            return {}
        changed = {name: (plain(value_of(row, name)), plain(value)) for name, value in differing.items()}
        columns = as_columns(getattr(row, "extra", {}), differing)
        for name, value in columns.items():
            setattr(row, name, value)
        row.version += 1
        row.updated_at = self.now
        save_columns(row, [*columns, "version", "updated_at"])
        return changed

    def save_many(
        self, wanted: Sequence[tuple[models.Model, Mapping[str, Any]]], *, quiet: bool = False
    ) -> dict[int, Changed]:
        """`save` for many rows of one table in a few statements; returns {id: {field: (before, after)}}.

        `quiet` moves neither version nor time: for columns that are only reckoned.
        """
        changed: dict[int, Changed] = {}
        groups: dict[bytes, tuple[dict[str, Any], list[models.Model]]] = {}
        for row, values in wanted:
            differing = _differing(row, with_reckoned(form_of(self.actor, row), row, values))
            if not differing:
                continue
            pairs = {name: (plain(value_of(row, name)), plain(value)) for name, value in differing.items()}
            changed[row.pk] = pairs
            columns = as_columns(getattr(row, "extra", {}), differing)
            for name, value in columns.items():
                setattr(row, name, value)
            if isinstance(row, Row) and not quiet:
                row.version += 1
                row.updated_at = self.now
            key = orjson.dumps([(name, plain(value)) for name, value in sorted(columns.items())])
            groups.setdefault(key, (columns, []))[1].append(row)
        stamped = not quiet and any(isinstance(row, Row) for _, rows in groups.values() for row in rows[:1])
        stamp = {"version": F("version") + 1, "updated_at": self.now} if stamped else None
        update_rows(list(groups.values()), stamp)
        return changed


def _differing(row: models.Model, values: Mapping[str, Any]) -> dict[str, Any]:
    told = {**values, "extra": without_own(values["extra"])} if "extra" in values else values
    return {name: value for name, value in told.items() if value_of(row, name) != value}


def plain(value: Any) -> Any:
    """A value as it stands in event data: JSON types, times in ISO 8601 UTC."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, models.Model):
        return value.pk
    return orjson.loads(orjson.dumps(value, default=str))


_EVENT = (
    "org_id", "name", "subject_type", "subject_id", "root_type", "root_id", "at", "member_id", "actor_kind", "source",
    "cause", "batch", "why", "digest",
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
             actor.kind, actor.source, cause, change.batch, each.why[:500], sealed)
        )  # fmt: skip
        payloads.append((salt, data))
    ids = insert_values(Event, _EVENT, rows)
    insert_values(
        EventData, ("event_id", "salt", "data"), [(pk, *each) for pk, each in zip(ids, payloads, strict=True)]
    )
