"""What a form would have stopped: a draft laid before the records of the last 90 days (R-214)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from genjin.access.actor import Actor
from genjin.access.forms import reader_of
from genjin.access.visible import visible
from genjin.door.action import demand
from genjin.fields.ground import Ground
from genjin.fields.queries import EMPTY, designed, ground_of
from genjin.fields.rules import checked
from genjin.lib.blank import is_blank
from genjin.lib.errors import Problem
from genjin.orgs.models import Membership
from genjin.schema.judged import Reader, values_of, wanting
from genjin.schema.own_kinds import coded
from genjin.schema.queries import Choice
from genjin.schema.registry import RecordType, record_type
from genjin.schema.shapes import merged

LOOKED_BACK = timedelta(days=90)
MOST_ROWS = 20_000
MOST_EXAMPLES = 20
#: Nobody has a department, or nobody is known.
NOWHERE = 0
_AT_ONCE = 1000

Reason = tuple[str, str]
"""(slug of a field, sentence of a rule): one of what a draft demands."""


@dataclass
class _Share:
    looked_at: int = 0
    stopped: int = 0


@dataclass
class _Tally:
    looked_at: int = 0
    stopped: int = 0
    reminded: int = 0
    #: Records that miss more than one thing.
    several: int = 0
    stops: Counter[Reason] = field(default_factory=Counter)
    reminds: Counter[Reason] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)
    people: dict[int, _Share] = field(default_factory=dict)
    examples: list[tuple[Any, list[Problem]]] = field(default_factory=list)


def impact(
    actor: Actor, *, of: str, body: Mapping[str, Any], now: datetime, lists: Mapping[str, list[str]]
) -> dict[str, Any]:
    """Which records of the last 90 days the draft would have stopped that the form in force let through.

    The same refusals as publishing; nothing is written. Of what was taken over from old tables nobody asked anything.
    `lists`: keys of options that are not saved yet, by list. At most the newest 20,000 (`capped`).
    {"since", "looked_at", "capped", "stopped", "reminded", "several", "by_team", "by_member", "by_change", "examples",
    "said"}.
    """
    demand(actor, "field.publish")
    kind, live = designed(actor.org_id, of)
    ground = _with_lists(ground_of(actor, kind, live), lists)
    wanted = checked(body, ground)
    draft = merged(coded(of, wanted), wanted, actor.org_id, 0)
    present = merged(kind, live.body if live else EMPTY, actor.org_id, live.number if live else 0)
    return laid_before(actor, draft, present, now=now)


def laid_before(actor: Actor, draft: RecordType, present: RecordType, *, now: datetime) -> dict[str, Any]:
    """`impact` of a form that is checked already."""
    since = now - LOOKED_BACK
    tally = _replayed(actor, draft, present, written(actor, draft, since), reader_of(actor, now))
    return _told(actor, draft, tally, since)


def _with_lists(ground: Ground, lists: Mapping[str, list[str]]) -> Ground:
    fresh = {name: {key: Choice(key, key, key) for key in keys} for name, keys in lists.items()}
    return replace(ground, options={**ground.options, **fresh})


def written(actor: Actor, kind: RecordType, since: datetime) -> Iterator[Any]:
    """The newest rows that people wrote, in chunks; what came from old tables is left out."""
    rows = visible(actor, kind.model).filter(kind.rows, created_at__gte=since, import_id__isnull=True)
    if kind.slug == "followup":
        rows = rows.filter(attempt="")
    if kind.slug == "agenda":
        rows = rows.filter(kind="task")
    return islice(rows.order_by("-created_at", "-id").iterator(chunk_size=_AT_ONCE), MOST_ROWS)


def _replayed(actor: Actor, draft: RecordType, present: RecordType, rows: Iterator[Any], reader: Reader) -> _Tally:
    tally = _Tally()
    gone = [slug for slug in present.by_slug if slug not in draft.by_slug]
    for row in rows:
        values = values_of(draft, row)
        old = wanting(present, values_of(present, row), reader, {}, soon=True)
        every = [each for each in wanting(draft, values, reader, {}, soon=True) if not _known(each, old)]
        now = [each for each in wanting(draft, values, reader, {}) if each in every]
        tally.looked_at += 1
        share = tally.people.setdefault(row.created_by_id or NOWHERE, _Share())
        share.looked_at += 1
        tally.filled.update(slug for slug in gone if not is_blank(values.get(slug)))
        tally.reminds.update({_reason(each) for each in every if each not in now})
        tally.reminded += bool(every) and not now
        if not now:
            continue
        reasons = {_reason(each) for each in now}
        tally.stops.update(reasons)
        tally.stopped += 1
        tally.several += len(reasons) > 1
        share.stopped += 1
        if len(tally.examples) < MOST_EXAMPLES:
            tally.examples.append((row, now))
    return tally


def _known(problem: Problem, old: list[Problem]) -> bool:
    """Missing is missing, by whatever name the field goes."""
    if problem.code == "missing":
        return any(each.code == "missing" and each.field == problem.field for each in old)
    return problem in old


def _reason(problem: Problem) -> Reason:
    return problem.field, "" if problem.code == "missing" else problem.zh


def _told(actor: Actor, draft: RecordType, tally: _Tally, since: datetime) -> dict[str, Any]:
    people = {
        pk: {"id": pk, "name": name, "team": {"id": team, "name": team_name} if team else None}
        for pk, name, team, team_name in Membership.objects.filter(org_id=actor.org_id).values_list(
            "id", "name", "department_id", "department__name"
        )
    }
    capped = tally.looked_at >= MOST_ROWS
    many = f"近 90 天的 {tally.looked_at} 条里" if not capped else f"最新的 {tally.looked_at} 条里"
    return {
        "since": since,
        "looked_at": tally.looked_at,
        "capped": capped,
        "stopped": tally.stopped,
        "reminded": tally.reminded,
        "several": tally.several,
        "by_team": _teams(tally, people),
        "by_member": [
            {"id": pk or None, "name": people[pk]["name"] if pk in people else "", "looked_at": share.looked_at,
             "stopped": share.stopped}
            for pk, share in sorted(tally.people.items(), key=lambda one: -one[1].stopped) if share.stopped
        ],
        "by_change": [_change(draft, tally, reason) for reason in _reasons(tally)],
        "examples": _examples(actor, draft, tally, people),
        "said": {
            "zh": f"{many}，有 {tally.stopped} 条会被拦下" if tally.stopped else f"{many}，没有一条会被拦下",
            "en": f"Of {tally.looked_at} records, {tally.stopped} would have been stopped",
        },
    }  # fmt: skip


def _reasons(tally: _Tally) -> list[Reason]:
    both = tally.stops + tally.reminds
    return [reason for reason, _ in both.most_common()]


def _change(draft: RecordType, tally: _Tally, reason: Reason) -> dict[str, Any]:
    slug, sentence = reason
    known = draft.known.get(slug)
    rule = next((each for each in draft.rules if sentence and (each.slug, each.zh) == reason), None)
    label = {"zh": rule.zh, "en": rule.en} if rule else {"zh": known.zh, "en": known.en} if known else None
    place = draft.rules.index(rule) if rule else None
    found = {"stopped": tally.stops[reason], "reminded": tally.reminds[reason]}
    return {"key": slug, "rule": place, "label": label, **found}


def _teams(tally: _Tally, people: Mapping[int, Mapping[str, Any]]) -> list[dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for pk, share in tally.people.items():
        team = people[pk]["team"] if pk in people else None
        line = found.setdefault(
            team["id"] if team else NOWHERE, {**(team or {"id": None, "name": ""}), "looked_at": 0, "stopped": 0}
        )
        line["looked_at"] += share.looked_at
        line["stopped"] += share.stopped
    return sorted(found.values(), key=lambda each: (-each["stopped"], -each["looked_at"]))


def _examples(actor: Actor, kind: RecordType, tally: _Tally, people: Mapping[int, Any]) -> list[dict[str, Any]]:
    def firm(row: Any) -> int | None:
        of: int | None = row.pk if kind.slug == "customer" else row.customer_id
        return of

    firms = {of for row, _ in tally.examples if (of := firm(row))}
    names = dict(visible(actor, record_type("customer").model).filter(pk__in=firms).values_list("id", "name"))
    nobody = {"id": None, "name": "", "team": None}
    return [
        {
            "id": row.pk,
            "name": str(getattr(row, kind.restore.name))[:80],
            "customer": {"id": firm(row), "name": names[firm(row)]} if firm(row) in names else None,
            "at": row.created_at,
            "by": people.get(row.created_by_id or NOWHERE, nobody),
            "problems": [{"field": each.field, "zh": each.zh, "en": each.en} for each in problems],
        }
        for row, problems in tally.examples
    ]
