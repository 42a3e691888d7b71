"""Lists by own fields that have no index: answered among few rows, and among many refused with the reason.

Such a list reads every row that its other conditions leave. Up to `MOST_UNINDEXED` of them that takes well under two
seconds on PostgreSQL and is never refused. SQLite plans few of these indexes, so there nobody is told to build one.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from genjin.access import reading
from genjin.access.actor import Actor
from genjin.lib.errors import Invalid
from genjin.lib.standing import slugs_of
from genjin.people.listing import Listing, Opened, chosen
from genjin.schema.extra import is_own
from genjin.schema.own_indexes import ready_keys
from genjin.schema.paging import Order
from genjin.schema.registry import RecordType
from genjin.schema.shapes import shaped

MOST_UNINDEXED = 200_000
#: Seconds for which a process remembers that an index is there, and how many rows there were.
REMEMBERED = 60.0
_READY: dict[tuple[int, str], tuple[float, frozenset[str]]] = {}
#: Whose rows, or those of a whole team, were counted → are they few?
_FEW: OrderedDict[tuple[Any, ...], tuple[float, bool]] = OrderedDict()
_MOST_KEPT = 2_000


def forget() -> None:
    _READY.clear()
    _FEW.clear()


def demand_indexes(
    listing: Listing, actor: Actor, now: datetime, opened: Opened, expression: Any, text: str, order: Order
) -> None:
    """Refuse (`needs_index`) to filter or sort by an own field without an index where more than `MOST_UNINDEXED` rows
    would be read one by one; a team without so many rows is asked nothing."""
    kind = shaped(actor, listing.kind)
    if not kind.own or connection.vendor != "postgresql":
        return
    saved = None if isinstance(opened, str) else opened["filter"]
    used = [*slugs_of(expression), *slugs_of(saved), *order.fields]
    lacking = [key for key in dict.fromkeys(used) if is_own(key) and key not in _ready(actor.org_id, kind.slug, used)]
    if not lacking or _few(actor.org_id, kind):
        return
    rest = opened if isinstance(opened, str) else {**opened, "filter": _rest(saved, lacking)}
    where = chosen(listing, actor, now, rest, _rest(expression, lacking), text)
    # Counting reads about as much as the list does, so page after page it is done once.
    key = (actor.org_id, kind.slug, actor.member_id, actor.config_version, str(where))
    most = MOST_UNINDEXED + 1
    if not _known_few(key, lambda: reading.count(actor, listing.model, where, most=most, of=kind.of)):
        raise _refusal(actor, kind, lacking)


def _ready(org_id: int, slug: str, used: Collection[str]) -> frozenset[str]:
    """The fields whose index is there; asked anew where one that is used was not there a moment ago."""
    until, known = _READY.get((org_id, slug), (0.0, frozenset[str]()))
    if time.monotonic() < until and all(key in known for key in used if is_own(key)):
        return known
    known = frozenset(key for key, there in ready_keys(org_id, slug).items() if there)
    _READY[org_id, slug] = (time.monotonic() + REMEMBERED, known)
    return known


def _few(org_id: int, kind: RecordType) -> bool:
    """Has the whole team no more rows of this type than are read one by one?"""
    living = Q(org_id=org_id, deleted_at__isnull=True) & kind.rows
    most = MOST_UNINDEXED + 1
    return _known_few((org_id, kind.slug), lambda: reading.count_unscoped(kind.model, "size", living, most=most))


def _known_few(key: tuple[Any, ...], count: Callable[[], int]) -> bool:
    """Are they no more than are read one by one? Counted once in a while."""
    until, few = _FEW.get(key, (0.0, False))
    if time.monotonic() >= until:
        few = count() <= MOST_UNINDEXED
        _FEW[key] = (time.monotonic() + REMEMBERED, few)
        if len(_FEW) > _MOST_KEPT:
            _FEW.popitem(last=False)
    return few


def _rest(raw: Any, lacking: Collection[str]) -> Any:
    """The conditions that hold besides those on the fields without an index."""
    if not raw or not set(slugs_of(raw)) & set(lacking):
        return raw
    parts = raw["and"] if isinstance(raw, dict) and set(raw) == {"and"} else []
    kept = [each for each in parts if not set(slugs_of(each)) & set(lacking)]
    return {"and": kept} if kept else None


def _refusal(actor: Actor, kind: RecordType, lacking: list[str]) -> Invalid:
    """The reason, and the way out for whoever may take it."""
    fields = [kind.by_slug[key] for key in lacking if key in kind.by_slug]
    zh, en = "、".join(f"“{each.zh}”" for each in fields), ", ".join(each.en for each in fields)
    building = ready_keys(actor.org_id, kind.slug).keys() >= set(lacking)
    may = actor.may("field.index")
    if building:
        way, way_en = "正在建，几分钟后再试", "It is being built; try again in a few minutes"
    elif may:
        way, way_en = "给它建索引，或者先用别的条件缩小范围", "Build one, or narrow the list by other conditions first"
    else:
        way, way_en = (
            "请管理员建索引，或者先用别的条件缩小范围",
            "Ask an administrator for one, or narrow the list first",
        )
    return Invalid(
        f"{zh}还没有索引，要在超过 {MOST_UNINDEXED // 10_000} 万条记录里一条一条地找。{way}",
        f"{en} has no index yet: more than {MOST_UNINDEXED:,} records would be read one by one. {way_en}",
        field=lacking[0],
        code="needs_index",
        extra={"record_type": kind.slug, "keys": lacking, "building": building, "can": may and not building},
    )
