"""The route of the field list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from ninja import Router

from genjin.schema.own_kinds import states_list
from genjin.schema.queries import options_of
from genjin.schema.registry import Field, RecordType, record_type
from genjin.schema.shapes import Whose, own_kinds, shaped_types
from genjin.schema.sources import source_of

router = Router(tags=["schema"])


def _fields(whose: Whose, kind: RecordType, marks: Mapping[str, str]) -> list[dict[str, Any]]:
    """The form as one reader has it: without what his roles hide, with what they say of the rest."""
    coded = record_type(kind.log).by_slug

    def told(field: Field) -> dict[str, Any]:
        mark, before = marks.get(field.slug), coded.get(field.slug)
        renamed = before is not None and (before.zh, before.en) != (field.zh, field.en)
        source = None if field.kept else source_of(whose, kind, field)
        shown = source[1].as_json() if source is not None else {}
        shows = {"shows": {name: shown.get(name) for name in ("type", "options", "settings")}} if shown else {}
        return field.as_json() | ({"mark": mark} if mark else {}) | ({"renamed": True} if renamed else {}) | shows

    return [told(each) for each in kind.fields if marks.get(each.slug) != "hidden"]


def _knows(actor: Any, kind: RecordType) -> bool:
    """An own type is known to those who see rows of it."""
    return not kind.made_of or bool(actor.grants.scope(kind.slug, "see"))


@router.get("/schema", summary="Record types, fields and options of your organisation")
def schema(request: HttpRequest) -> Any:
    """Fields in the order of the form, the team's own (`cf_…`) among them; those a role hides from you are not there,
    `mark` says of others that you may not write them (`readonly`) or read them whole (`masked`), `renamed` that the
    team calls them otherwise than the code, `shows` as what a looked-up value is read.
    `closed`: fields by record type that you may not read as they stand, or that the team has put away; lists leave
    their columns out (R-166)."""
    actor = request.auth  # type: ignore[attr-defined]
    marks = actor.grants.fields
    kinds = {slug: kind for slug, kind in shaped_types(actor).items() if _knows(actor, kind)}
    lists = options_of(actor.org_id, actor.config_version)
    away = {states_list(slug) for slug in own_kinds(actor, retired=True) if slug not in kinds}
    closed: dict[str, list[str]] = {}
    for slug in (*kinds, *marks):
        kept = {name for name, mark in marks.get(slug, {}).items() if mark != "readonly"}
        kept |= {each.slug for each in kinds[slug].hidden} if slug in kinds else set()
        if kept:
            closed[slug] = sorted(kept)
    return {
        "record_types": {
            slug: {
                "label": {"zh": kind.zh, "en": kind.en},
                "fields": _fields(actor, kind, marks.get(slug, {})),
                "groups": kind.groups,
                "page": kind.page,
                "rules": [{"must": each.raw, "field": each.slug, "zh": each.zh, "en": each.en} for each in kind.rules],
                "design": kind.design,
            }
            for slug, kind in kinds.items()
        },
        "options": {
            name: [choice.as_json() for choice in choices.values()]
            for name, choices in lists.items()
            if name not in away
        },
        "closed": closed,
    }
