"""What fields take, over the last weeks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from genjin.entry.models import EntryTime
from genjin.entry.rules import median_of, together
from genjin.schema.registry import RecordType


@dataclass(frozen=True)
class Times:
    """What filling in one field took: median in seconds, how often, and how often it was changed again."""

    median: int
    entries: int
    corrections: int


def times_of(org_id: int, record_type: str, since: date) -> dict[str, Times]:
    """By field, of those that somebody has filled in since; one statement."""
    rows = EntryTime.objects.filter(org_id=org_id, record_type=record_type, day__gte=since)
    found: dict[str, list[tuple[int, int, list[int]]]] = defaultdict(list)
    for key, entries, corrections, counts in rows.values_list("key", "entries", "corrections", "counts"):
        found[key].append((entries, corrections, counts))
    told = {}
    for key, days in found.items():
        median = median_of(together([counts for _, _, counts in days]))
        if median is not None:
            told[key] = Times(median, sum(each[0] for each in days), sum(each[1] for each in days))
    return told


def by_type(kind: RecordType, times: dict[str, Times]) -> dict[str, int]:
    """The median of the fields of each type, for fields that are new."""
    found: dict[str, list[int]] = defaultdict(list)
    for each in kind.fields:
        if each.slug in times:
            found[each.type].append(times[each.slug].median)
    return {name: sorted(medians)[len(medians) // 2] for name, medians in found.items()}
