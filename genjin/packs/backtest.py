"""A pack laid before the last 90 days: what its forms and its standard would have stopped. Nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from genjin.access.actor import Actor
from genjin.door.action import demand
from genjin.fields.fields import DESIGNED
from genjin.fields.impact import laid_before
from genjin.followups.replay import replay
from genjin.orgs.models import Organisation
from genjin.packs.actions import outcome
from genjin.packs.book import Pack
from genjin.packs.laying import Items, pack_of
from genjin.packs.stages import books_in
from genjin.packs.taking import kind_of
from genjin.playbook.impact import facts
from genjin.playbook.schemas import PlaybookIn
from genjin.schema.own_kinds import is_own_kind

_NOTHING: Mapping[str, Any] = {"fields": []}


def backtest(
    actor: Actor, pack: Pack, leave: Collection[str], mapping: Mapping[str, str], *, now: datetime
) -> dict[str, Any]:
    """{"items": [{"key", "zh", "en", "looked_at", "stopped", "said", "examples"}]}: one for each form that the pack
    changes, one for the standard, one for each process (its stays, those late by the new limits) (R-256). The refusals
    of a preview."""
    demand(actor, "pack.apply")
    org = Organisation.objects.get(pk=actor.org_id)
    current, target = outcome(actor, org, pack, leave, mapping)
    parts = (_forms(actor, current, target, now), _standard(actor, current, target, now),
             _processes(actor, current, target, now))  # fmt: skip
    return {"items": [each for part in parts for each in part]}


def _forms(actor: Actor, current: Items, target: Items, now: datetime) -> Iterator[dict[str, Any]]:
    before, after = (_documents(pack_of(each, {"zh": ""})) for each in (current, target))
    # A type that the team does not have yet has no records to lay it before.
    for slug in (*DESIGNED, *sorted(slug for slug in before.keys() & after.keys() if is_own_kind(slug))):
        old, new = before.get(slug, _NOTHING), after.get(slug, _NOTHING)
        if old == new:
            continue
        draft, present = (kind_of(slug, {"next": 1, **each}, actor.org_id) for each in (new, old))
        found = laid_before(actor, draft, present, now=now)
        examples = [
            {"id": each["id"], "name": each["name"], "zh": each["problems"][0]["zh"], "en": each["problems"][0]["en"]}
            for each in found["examples"]
        ]
        yield _item(slug, draft.zh, draft.en, found, examples)


def _documents(pack: Pack) -> dict[str, Mapping[str, Any]]:
    """Record type → its document, an own type with its name and states."""
    types = {each["key"]: each for each in pack["types"]}
    return {slug: {"fields": [], **types.get(slug, {}), **pack["forms"].get(slug, {})}
            for slug in {**types, **pack["forms"]}}  # fmt: skip


def _standard(actor: Actor, current: Items, target: Items, now: datetime) -> Iterator[dict[str, Any]]:
    before, after = (pack_of(each, {"zh": ""})["standard"] for each in (current, target))
    if before != after:
        found = replay(actor, after, now=now)
        examples = [
            {"id": each["id"], "name": each["customer"]["name"], **each["findings"][0]["message"]}
            for each in found["examples"]
        ]
        yield _item("standard", "跟进标准", "Standard", found, examples)


def _processes(actor: Actor, current: Items, target: Items, now: datetime) -> Iterator[dict[str, Any]]:
    """How the stays of the last 90 days would have gone by the limits of each process that changes."""
    old = {each["key"]: each for each in books_in(current)}
    for book in books_in(target):
        if old.get(book["key"]) == book:
            continue
        before, after = (facts(actor, PlaybookIn.model_validate(each).body(), now=now) if each else []
                         for each in (old.get(book["key"]), book))  # fmt: skip
        looked, late = (sum(each[name] for each in after) for name in ("entered_90", "late_90"))
        was = sum(each["late_90"] for each in before)
        title = book["title"]
        said = {"zh": f"过去 90 天 {looked} 次停留，按新时限 {late} 次超时，现在是 {was} 次",
                "en": f"{looked} stays of 90 days: {late} late by the new limits, {was} by the old ones"}  # fmt: skip
        yield {"key": f"playbooks.{book['key']}", "zh": title["zh"], "en": title.get("en") or title["zh"],
               "looked_at": looked, "capped": False, "stopped": late, "said": said, "examples": []}  # fmt: skip


def _item(key: str, zh: str, en: str, found: Mapping[str, Any], examples: list[dict[str, Any]]) -> dict[str, Any]:
    told = {name: found[name] for name in ("looked_at", "capped", "stopped", "said")}
    return {"key": key, "zh": zh, "en": en, **told, "examples": examples}
