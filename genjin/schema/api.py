"""The route of the field list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from genjin.schema.queries import schema_json

router = Router(tags=["schema"])


@router.get("/schema", summary="Record types, fields and options of your organisation")
def schema(request: HttpRequest) -> Any:
    """`closed`: fields by record type that you may not read as they stand; lists leave their columns out (R-166)."""
    actor = request.auth  # type: ignore[attr-defined]
    marks = {kind: fields.items() for kind, fields in actor.grants.fields.items()}
    closed = {kind: sorted(slug for slug, mark in each if mark != "readonly") for kind, each in marks.items()}
    return {**schema_json(actor.org_id, actor.config_version), "closed": closed}
