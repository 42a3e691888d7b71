"""Routes of the audit list."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from genjin.access.requests import actor_of
from genjin.desk import audit
from genjin.door.action import demand

router = Router(tags=["audit"])


class AuditQuery(Schema):
    """`event`: a name, or a record type for all that happened to its rows; days are whole days of the team."""

    member_id: int | None = None
    event: Annotated[str, Field(max_length=60)] = ""
    record_type: Annotated[str, Field(max_length=40)] = ""
    record_id: int | None = None
    day_from: date | None = None
    day_to: date | None = None

    def asked(self) -> audit.Asked:
        return audit.Asked(**self.model_dump())


@router.get("/audit", summary="操作记录: what happened, newest first")
def list_events(
    request: HttpRequest,
    query: Query[AuditQuery],
    cursor: str = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    return audit.audit(actor_of(request), query.asked(), cursor=cursor, limit=limit)


@router.get("/audit/events", summary="The events one can ask for")
def list_kinds(request: HttpRequest) -> Any:
    demand(actor_of(request), audit.READS)
    return {"items": audit.kinds()}


@router.get("/audit/export.csv", summary="The audit list as a file, at most 5,000 rows")
def export_events(request: HttpRequest, query: Query[AuditQuery]) -> Any:
    """Who took it out stands in the log himself."""
    actor = actor_of(request)
    demand(actor, "audit.export")
    data = b"".join(audit.export(actor, query.asked()))
    audit.note_export(actor, filter=query.model_dump(mode="json", exclude_defaults=True))
    answer = HttpResponse(data, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = "attachment; filename=audit.csv"
    answer["Cache-Control"] = "no-store"
    return answer
