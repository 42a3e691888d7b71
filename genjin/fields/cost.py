"""What a form costs those who fill it in, and what it brings: time, corrections, fill rate, filters (R-219, R-253)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from genjin.access.actor import Actor
from genjin.door.action import demand
from genjin.entry.queries import Times, by_type, times_of
from genjin.entry.rules import USUAL, usual
from genjin.fields.impact import LOOKED_BACK, written
from genjin.fields.queries import EMPTY, designed
from genjin.lib.blank import is_blank
from genjin.lib.standing import slugs_of
from genjin.people.models import SavedView
from genjin.schema.judged import values_of
from genjin.schema.registry import Field, RecordType
from genjin.schema.shapes import merged

#: So many of the newest records tell how often a field is filled in.
MOST_ROWS = 2_000
#: Fewer records or entries say nothing yet.
FEWEST = 20
RARE = 0.1
NEARLY_ALL = 0.9
OFTEN_CORRECTED = 0.3
LONG = 10


@dataclass(frozen=True)
class _Use:
    """How often a field was filled in among so many records, the value most often met there, and how many saved views
    filter or sort by it."""

    records: int
    filled: int
    most: tuple[Any, int]
    views: int

    @property
    def share(self) -> float:
        return self.filled / self.records if self.records else 0.0


def cost(actor: Actor, *, of: str, now: datetime) -> dict[str, Any]:
    """Each field of the form: median seconds (`estimated` by its type where nobody was timed), entries, corrections,
    share of the newest 2,000 records of 90 days that hold it, saved views that ask for it, and advice in words or null.
    `types`: seconds for new fields, measured or usual. Administrators."""
    demand(actor, "field.publish")
    kind, live = designed(actor.org_id, of)
    shape = merged(kind, live.body if live else EMPTY, actor.org_id, live.number if live else 0)
    times = times_of(actor.org_id, of, (now - LOOKED_BACK).date())
    types = by_type(shape, times)
    uses = _uses(actor, shape, now)
    return {
        "record_type": of,
        "since": now - LOOKED_BACK,
        "records": next(iter(uses.values())).records,
        "fields": [_told(each, times.get(each.slug), usual(each.type, types), uses[each.slug])
                   for each in shape.known.values()],
        "types": {**USUAL, **types},
    }  # fmt: skip


def _uses(actor: Actor, shape: RecordType, now: datetime) -> dict[str, _Use]:
    held: dict[str, Counter[str]] = {slug: Counter() for slug in shape.known}
    records = 0
    for row in islice(written(actor, shape, now - LOOKED_BACK), MOST_ROWS):
        records += 1
        for slug, value in values_of(shape, row).items():
            if not is_blank(value):
                held[slug][str(value)] += 1
    views: Counter[str] = Counter()
    asked = SavedView.objects.filter(org_id=actor.org_id, record_type=shape.slug)
    for raw, sort in asked.values_list("filter", "sort"):
        views.update({*(slugs_of(raw) if raw else ()), sort.removeprefix("-")})
    return {
        slug: _Use(records, counts.total(), (counts.most_common(1) or [("", 0)])[0], views[slug])
        for slug, counts in held.items()
    }


def _told(each: Field, times: Times | None, guess: int, use: _Use) -> dict[str, Any]:
    return {
        "key": each.slug,
        "seconds": times.median if times else guess,
        "estimated": times is None,
        "entries": times.entries if times else 0,
        "corrections": times.corrections if times else 0,
        "filled": use.filled,
        "share": round(use.share, 3),
        "views": use.views,
        "advice": _advice(each, times, use),
    }


def _advice(each: Field, times: Times | None, use: _Use) -> dict[str, str] | None:
    """What to do with a field that costs more than it brings; None where nothing is to be said, or too little known."""
    if each.read_only or each.part or use.records < FEWEST:
        return None
    share = round(use.share * 100)
    if use.share < RARE and not use.views and not each.required:
        zh = f"只有 {share}% 有填，也没有视图按它筛选：可以隐藏，值都留着"
        en = f"Only {share}% filled, and no view asks for it: hide it, the values are kept"
        return {"kind": "drop", "zh": zh, "en": en}
    value, count = use.most
    if value and each.stored and each.type != "bool" and use.filled >= FEWEST and count / use.filled >= NEARLY_ALL:
        alike = round(count / use.filled * 100)
        zh = f"{alike}% 填的是同一个值：设成默认值，不一样时再改"
        en = f"{alike}% hold the same value: make it the default, to be changed where it differs"
        return {"kind": "derive", "zh": zh, "en": en}
    slow = times is not None and times.entries >= FEWEST and times.median >= LONG
    if times and slow and each.required and not use.views:
        corrected = times.corrections / times.entries >= OFTEN_CORRECTED
        zh = f"必填，中位 {times.median} 秒{'，还常常要改' if corrected else ''}，没有视图用到它：可以改成选填"
        often = ", often corrected" if corrected else ""
        en = f"Required, {times.median} s median{often}, no view asks for it: make it optional"
        return {"kind": "loosen", "zh": zh, "en": en}
    return None
