"""The route of the field list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from genjin.schema.queries import schema_json

router = Router(tags=["schema"])


@router.get("/schema", summary="Record types, fields and options of your organisation")
def schema(request: HttpRequest) -> Any:
    actor = request.auth  # type: ignore[attr-defined]
    return schema_json(actor.org_id, actor.config_version)
