"""What a form would have stopped: a draft laid before the records of the last 90 days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from genjin.access.actor import Actor
from genjin.access.forms import reader_of
from genjin.access.visible import visible
from genjin.door.action import demand
from genjin.fields.queries import EMPTY, designed, ground_of, live_shape
from genjin.fields.rules import checked
from genjin.lib.errors import Problem
from genjin.orgs.models import Membership
from genjin.schema.judged import Reader, values_of, wanting
from genjin.schema.registry import RecordType
from genjin.schema.shapes import merged

LOOKED_BACK = timedelta(days=90)
MOST_ROWS = 20_000
MOST_EXAMPLES = 20
_AT_ONCE = 1000


@dataclass
class _Tally:
    looked_at: int = 0
    stopped: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    people: Counter[int] = field(default_factory=Counter)
    examples: list[dict[str, Any]] = field(default_factory=list)


def impact(actor: Actor, *, record_type: str, body: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Which records of the last 90 days the draft would have stopped that the form in force let through.

    The same refusals as publishing; nothing is written. Of what was taken over from old tables nobody asked anything.
    At most the newest 20,000 (`capped`). {"since", "looked_at", "capped", "stopped", "by_member", "by_field",
    "examples", "said"}.
    """
    demand(actor, "field.publish")
    kind, live = designed(record_type), live_shape(actor.org_id, record_type)
    draft = merged(kind, checked(body, ground_of(actor, kind, live)), actor.org_id, 0)
    present = merged(kind, live.body if live else EMPTY, actor.org_id, live.number if live else 0)
    since, reader = now - LOOKED_BACK, reader_of(actor, now)
    tally = _Tally()
    for row in _rows(actor, kind, since):
        tally.looked_at += 1
        if problems := _stopped(draft, present, row, reader):
            _count(tally, kind, row, problems)
    return _told(actor, draft, tally, since)


def _rows(actor: Actor, kind: RecordType, since: datetime) -> Iterator[Any]:
    """The newest rows that people wrote, in chunks."""
    rows = visible(actor, kind.model).filter(created_at__gte=since, import_id__isnull=True)
    if kind.slug == "followup":
        rows = rows.filter(attempt="")
    if kind.slug == "agenda":
        rows = rows.filter(kind="task")
    return islice(rows.order_by("-created_at", "-id").iterator(chunk_size=_AT_ONCE), MOST_ROWS)


def _stopped(draft: RecordType, present: RecordType, row: Any, reader: Reader) -> list[Problem]:
    old = wanting(present, values_of(present, row), reader, {})
    return [each for each in wanting(draft, values_of(draft, row), reader, {}) if not _known(each, old)]


def _known(problem: Problem, old: list[Problem]) -> bool:
    """Missing is missing, by whatever name the field goes."""
    if problem.code == "missing":
        return any(each.code == "missing" and each.field == problem.field for each in old)
    return problem in old


def _count(tally: _Tally, kind: RecordType, row: Any, problems: list[Problem]) -> None:
    tally.stopped += 1
    tally.fields.update({each.field for each in problems})
    tally.people[row.created_by_id or 0] += 1
    if len(tally.examples) < MOST_EXAMPLES:
        tally.examples.append(
            {
                "id": row.pk,
                "name": str(getattr(row, kind.restore.name))[:80],
                "customer_id": row.pk if kind.slug == "customer" else row.customer_id,
                "at": row.created_at,
                "by": row.created_by_id,
                "problems": [{"field": each.field, "zh": each.zh, "en": each.en} for each in problems],
            }
        )


def _told(actor: Actor, draft: RecordType, tally: _Tally, since: datetime) -> dict[str, Any]:
    rows = Membership.objects.filter(org_id=actor.org_id, pk__in=[pk for pk in tally.people if pk])
    names = dict(rows.values_list("id", "name"))
    known = draft.known
    labels = {slug: {"zh": known[slug].zh, "en": known[slug].en} for slug in tally.fields if slug in known}
    rule = {"zh": "规则", "en": "Rule"}
    capped = tally.looked_at >= MOST_ROWS
    many = f"近 90 天的 {tally.looked_at} 条里" if not capped else f"最新的 {tally.looked_at} 条里"
    return {
        "since": since,
        "looked_at": tally.looked_at,
        "capped": capped,
        "stopped": tally.stopped,
        "by_member": [
            {"id": pk or None, "name": names.get(pk, ""), "count": count} for pk, count in tally.people.most_common()
        ],
        "by_field": [
            {"key": slug, "label": labels.get(slug, rule), "count": count} for slug, count in tally.fields.most_common()
        ],
        "examples": [{**each, "by": {"id": each["by"], "name": names.get(each["by"] or 0, "")}}
                     for each in tally.examples],
        "said": {
            "zh": f"{many}，有 {tally.stopped} 条会被拦下" if tally.stopped else f"{many}，没有一条会被拦下",
            "en": f"Of {tally.looked_at} records, {tally.stopped} would have been stopped",
        },
    }  # fmt: skip
