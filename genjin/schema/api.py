"""The route of the field list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from genjin.schema.queries import options_of
from genjin.schema.shapes import shaped_types

router = Router(tags=["schema"])


@router.get("/schema", summary="Record types, fields and options of your organisation")
def schema(request: HttpRequest) -> Any:
    """Fields in the order of the form, the team's own (`cf_…`) among them; those a role hides from you are not there.
    `closed`: fields by record type that you may not read as they stand; lists leave their columns out (R-166)."""
    actor = request.auth  # type: ignore[attr-defined]
    marks = actor.grants.fields
    closed = {kind: sorted(slug for slug, mark in each.items() if mark != "readonly") for kind, each in marks.items()}
    return {
        "record_types": {
            slug: {
                "label": {"zh": kind.zh, "en": kind.en},
                "fields": [
                    each.as_json()
                    for each in kind.fields
                    if not (each.stored and marks.get(slug, {}).get(each.slug) == "hidden")
                ],
                "groups": kind.groups,
                "rules": [{"must": each.raw, "field": each.slug, "zh": each.zh, "en": each.en} for each in kind.rules],
                "design": kind.design,
            }
            for slug, kind in shaped_types(actor).items()
        },
        "options": {
            name: [choice.as_json() for choice in choices.values()]
            for name, choices in options_of(actor.org_id, actor.config_version).items()
        },
        "closed": closed,
    }
