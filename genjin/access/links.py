"""Links from own fields to other records: only to what the actor may see, read by name only where he may (R-213)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.fields import barred
from genjin.access.guard import unscoped
from genjin.access.reading import read
from genjin.lib.errors import Invalid, Problem
from genjin.schema.clean import clean
from genjin.schema.queries import options_of
from genjin.schema.registry import RecordType
from genjin.schema.shapes import shaped_types

LONGEST_NAME = 60
#: A merged into B, B into C …; more than anybody does.
_MOST_MERGES = 20


def linked_names(actor: Actor, slug: str, ids: Collection[int]) -> dict[int, str]:
    """Id → name of the records of a type that the actor may see; none of a type that is gone. One statement, three
    where some were merged into others."""
    kind = shaped_types(actor).get(slug)
    if kind is None or not ids or kind.restore.name in barred(actor, slug):
        return {}
    rows = linked_rows(actor, kind, ("id", kind.restore.name), ids)
    return {pk: " ".join(str(name).split())[:LONGEST_NAME] for pk, (_, name) in rows.items()}


def linked_rows(
    actor: Actor, kind: RecordType, columns: tuple[str, ...], ids: Collection[int]
) -> dict[int, tuple[Any, ...]]:
    """Id → columns, `id` the first of them, of the records that the actor may see; an id that was merged into another
    tells of the one that lives."""
    found = {row[0]: row for row in read(actor, kind.model, columns, Q(pk__among=sorted(ids)), of=kind.of)}
    moved = _survivors(actor, kind, set(ids) - found.keys())
    others = sorted(set(moved.values()) - found.keys())
    living = (
        {row[0]: row for row in read(actor, kind.model, columns, Q(pk__among=others), of=kind.of)} if others else {}
    )
    living |= found
    return found | {old: living[new] for old, new in moved.items() if new in living}


def _survivors(actor: Actor, kind: RecordType, ids: Collection[int]) -> dict[int, int]:
    """Old id → where it leads, for those of `ids` that were merged; a statement for each merge in a row."""
    ends: dict[int, int] = {}
    column: str = getattr(kind.model, "gone_into", "")
    asked = set(ids) if column else set()
    for _ in range(_MOST_MERGES):
        if not asked:
            break
        rows = unscoped(kind.model, "merged").filter(org_id=actor.org_id, pk__in=asked)
        step = dict(rows.exclude(**{column: None}).values_list("pk", column))
        ends = {old: step.get(new, new) for old, new in ends.items()} | {
            old: new for old, new in step.items() if old in ids and old not in ends
        }
        asked = set(step.values())
    return ends


def taken(actor: Actor, kind: RecordType, values: Mapping[str, Any]) -> dict[str, Any]:
    """`clean` for whoever writes: he links only to what he sees. A statement for each type that is linked to; raises
    `Invalid` naming each field."""
    columns = clean(kind, values, options_of(actor.org_id, actor.config_version))
    links = [each for each in kind.own if each.type == "link" and columns.get(each.slug) is not None]
    if not links:
        return columns
    wanted: dict[str, set[int]] = {}
    for each in links:
        wanted.setdefault(each.settings["to"], set()).add(columns[each.slug])
    seen = {slug: _visible(actor, slug, ids) for slug, ids in wanted.items()}
    problems = tuple(
        Problem(each.slug, "unseen", f"{each.zh}没有这条记录，或者你看不到", f"{each.en}: no record that you may see")
        for each in links
        if columns[each.slug] not in seen[each.settings["to"]]
    )
    if problems:
        raise Invalid(problems[0].zh, problems[0].en, field=problems[0].field, problems=problems)
    return columns


def _visible(actor: Actor, slug: str, ids: Collection[int]) -> set[int]:
    kind = shaped_types(actor).get(slug)
    return {pk for (pk,) in read(actor, kind.model, ("id",), Q(pk__among=sorted(ids)), of=kind.of)} if kind else set()


def ids_named(actor: Actor, slug: str, names: Collection[str]) -> dict[str, int]:
    """Name → the one record of that name that the actor may see; without those that there are none or several of, and
    nothing where he may not read their names. One statement for any number of names."""
    kind = shaped_types(actor).get(slug)
    if kind is None or not names or kind.restore.name in barred(actor, slug):
        return {}
    column = kind.restore.name
    rows = read(actor, kind.model, ("id", column), Q(**{f"{column}__among": sorted(names)}), of=kind.of)
    many = Counter(name for _, name in rows)
    return {name: pk for pk, name in rows if many[name] == 1}
