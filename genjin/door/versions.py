"""Taking values of an older version back, as a new version: one verb `<type>.restore_version` for each record type.

What is restored passes the same step as a change by hand, so that field rights, options and rules hold (R-164).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import models

from genjin.access.actor import Actor
from genjin.access.visible import Act
from genjin.door.action import action_on
from genjin.door.change import Change, plain
from genjin.door.replies import Reply
from genjin.history.versions import Version, holding, state_at, versions_of
from genjin.lib.errors import Conflict, Invalid
from genjin.schema.barred import refuse_barred
from genjin.schema.queries import Options, options_of
from genjin.schema.registry import Field, RecordType, type_of
from genjin.schema.shapes import shaped_row

Step = Callable[[Change, Any, int, dict[str, Any]], Reply]


@dataclass(frozen=True, slots=True)
class Restorer:
    """How versions of a record type are restored: its verb, the scope it wants, the fields it can write."""

    verb: str
    act: Act
    fields: frozenset[str]
    restore: Callable[..., Reply]
    mine: Callable[[Actor, Any], bool]


RESTORERS: dict[str, Restorer] = {}


def restores(
    model: type[models.Model],
    zh: str,
    en: str,
    *,
    act: Act = "change",
    fields: Sequence[str] | None = None,
    mine: Callable[[Actor, Any], bool] = lambda actor, row: True,
) -> Callable[[Step], Step]:
    """Register `fn(change, row, version, values)`: the step that writes values under their slugs.

    `fields`: the slugs it can write (default: all that a person fills in). `mine(actor, row)`: may this
    person change this row at all? The verb made of it takes `version` (that of the row as it was read),
    `to` (the number of the older version) and `fields` (None = all that differ).
    """
    kind = type_of(model)
    able = frozenset(fields or [each.slug for each in kind.fields if not (each.read_only or each.part)])

    def decorate(fn: Step) -> Step:
        verb = f"{kind.slug}.restore_version"

        @action_on(model, verb, zh, en, act=act)
        def restore(change: Change, row: Any, *, version: int, to: int, fields: Sequence[str] | None = None) -> Reply:
            options = options_of(change.actor.org_id, change.actor.config_version)
            own = shaped_row(change.actor, row)
            own_able = {each.slug for each in own.own if not each.read_only}
            chosen = _chosen(change.actor, own, able | own_able, fields)
            change.expect(row, version, [column for slug in chosen for column in own.by_slug[slug].columns])
            versions = history_of(own, row)
            values = _values(own, row, versions, to, chosen, options)
            reply = fn(change, row, version, values)
            change.events = [_marked(each, to, (kind.slug, row.pk)) for each in change.events]
            restored = [slug for slug in chosen if slug in values]
            return {**reply, "restored": restored, "undo_to": versions[-1].number}

        RESTORERS[kind.slug] = Restorer(verb, act, able, restore, mine)
        return fn

    return decorate


def history_of(kind: RecordType, row: Any) -> list[Version]:
    """The versions of a row that the caller has just found visible; one statement."""
    return versions_of(row.org_id, kind, row.pk, created_at=row.created_at, by=row.created_by_id)


def values_now(kind: RecordType, row: Any) -> dict[str, Any]:
    """Column → value as events would tell it."""
    columns = [column for each in kind.known.values() for column in holding(each)]
    return {column: plain(getattr(row, column)) for column in columns if hasattr(row, column)}


def _chosen(actor: Actor, kind: RecordType, able: frozenset[str], fields: Sequence[str] | None) -> list[str]:
    """The slugs to restore; a field that this person may not write is refused by name, or left out of all."""
    marks = actor.grants.fields.get(kind.slug, {})
    if fields is None:
        return [each.slug for each in kind.fields if each.slug in able and each.slug not in marks]
    for slug in fields:
        field = kind.by_slug.get(slug)
        if field is None or slug not in able:
            name = field.zh if field and slug not in marks else slug
            raise Invalid(f"“{name}”不能这样恢复", f"“{slug}” cannot be restored like this", field=slug[:60])
    refuse_barred(kind, marks, dict.fromkeys(fields))
    return list(dict.fromkeys(fields))


def _values(
    kind: RecordType, row: Any, versions: Sequence[Version], to: int, chosen: Sequence[str], options: Options
) -> dict[str, Any]:
    """Slug → value of version `to` for each chosen field that differs from now."""
    if not 1 <= to <= versions[-1].number:
        raise Invalid("没有这个版本，刷新后再看", "There is no such version; reload", field="to")
    now = values_now(kind, row)
    then = state_at(versions, to, now)
    values: dict[str, Any] = {}
    for slug in chosen:
        field = kind.by_slug[slug]
        if any(then[column] != now[column] for column in holding(field)):
            _demand_option(field, then[field.columns[0]], options)
            values.update(_as_input(field, then))
    if not values:
        raise Conflict("和现在一样，没有要恢复的", "The same as now; there is nothing to restore", code="same")
    return values


def _demand_option(field: Field, value: Any, options: Options) -> None:
    known = options.get(field.options or "", {}) if field.type in ("option", "options") else {}
    keys = value if isinstance(value, list) else [value]
    choice = next((known[key] for key in keys if known and key in known and known[key].retired), None)
    if choice is not None:
        raise Invalid(
            f"{field.zh}的选项“{choice.zh}”已经停用，选一个现在的",
            f"“{choice.en}” of {field.en} is retired; choose one in use",
            field=field.slug,
        )


def _as_input(field: Field, then: Mapping[str, Any]) -> dict[str, Any]:
    """The value as a form would send it."""
    if field.type == "money_range" and not field.stored:
        return {field.slug: {"low": then[field.columns[0]], "high": then[field.columns[1]]}}
    if field.type == "richtext" and then[field.blocks]:
        return {field.slug: then[field.db], field.blocks: then[field.blocks]}
    return {field.slug: then[field.db]}


def _marked(event: Any, to: int, subject: tuple[str, int]) -> Any:
    """Events on the restored row say from which version its values are."""
    if (event.subject_type, event.subject_id) != subject:
        return event
    return replace(event, after={**event.after, "restored": to})
