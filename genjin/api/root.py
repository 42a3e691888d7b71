"""The API: mounts each folder's router under /api/v1 and turns refusals into answers."""

from __future__ import annotations

from typing import Any

import orjson
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import BaseRenderer
from psycopg.errors import NumericValueOutOfRange

from genjin.agenda.api import router as agenda
from genjin.agenda.ladder_api import router as ladders
from genjin.api.auth import authenticate
from genjin.api.health import router as health
from genjin.api.middleware import failure_response, refusal_response
from genjin.api.wording import problems_of
from genjin.approvals.api import router as approvals
from genjin.approvals.flow_api import router as approval_requests
from genjin.automations.api import router as automations
from genjin.care.api import router as care
from genjin.complaints.api import router as complaints
from genjin.contracts.api import router as contracts
from genjin.customers.api import router as customers
from genjin.customers.cadence_api import router as cadence
from genjin.deals.api import router as deals
from genjin.desk.api import customer as customer_page
from genjin.desk.api import router as desk
from genjin.desk.audit_api import router as audit
from genjin.desk.stuck_api import router as exceptions
from genjin.door.api import router as batches
from genjin.entry.api import router as entry
from genjin.exchange.api import router as exchange
from genjin.fields.api import router as fields
from genjin.files.api import router as files
from genjin.followups.api import router as followups
from genjin.followups.row_api import router as row_comments
from genjin.followups.standard_api import router as replays
from genjin.handovers.api import router as handovers
from genjin.insights.api import router as insights
from genjin.lib.errors import Invalid, NotFound, Refusal
from genjin.notify.api import router as notify
from genjin.objections.api import router as objections
from genjin.ownership.api import router as ownership
from genjin.ownership.help_api import router as requests
from genjin.packs.api import router as setup
from genjin.packs.pack_api import router as packs
from genjin.people.api import router as people
from genjin.people.calendar_api import router as calendar
from genjin.people.role_api import router as roles
from genjin.people.team_api import router as team
from genjin.people.view_api import router as saved_views
from genjin.playbook.api import router as playbook
from genjin.pools.api import router as pools
from genjin.quality.api import router as standard
from genjin.records.api import router as records
from genjin.schema.api import router as schema
from genjin.surveys.api import router as surveys


class Orjson(BaseRenderer):
    media_type = "application/json"
    charset = "utf-8"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data, default=str)


api = NinjaAPI(
    title="Genjin 跟进",
    version="1",
    description="Everything the screens do. See docs/api.md for filters, paging and errors.",
    auth=authenticate,
    renderer=Orjson(),
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return refusal_response(request, refusal)


@api.exception_handler(ValidationError)
def _malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    problems = problems_of(error.errors, request.path)
    first = problems[0]
    return refusal_response(request, Invalid(first.zh, first.en, field=first.field, problems=problems))


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    return refusal_response(
        request,
        Refusal(
            "请求的内容不是合法的 JSON",
            "The body is not valid JSON",
            status=error.status_code,
            code="malformed",
        ),
    )


@api.exception_handler(MultiPartParserError)
def _unparted(request: HttpRequest, error: MultiPartParserError) -> HttpResponse:
    return refusal_response(
        request,
        Refusal("上传的内容不完整，重新传一次", "The upload is broken; send it again", status=400, code="malformed"),
    )


@api.exception_handler(OverflowError)
@api.exception_handler(DataError)
def _too_large(request: HttpRequest, error: Exception) -> HttpResponse:
    """An id in the path or query beyond what a column holds names no row (bodies are checked by `Strict`)."""
    if isinstance(error, OverflowError) or isinstance(error.__cause__, NumericValueOutOfRange):
        return refusal_response(request, NotFound())
    return failure_response(request, error)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return refusal_response(request, NotFound())


@api.exception_handler(Exception)
def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    return failure_response(request, error)


# The page of a customer joins folders, its path is the customer's own.
customers.add_api_operation("/customers/{customer_id}", ["GET"], customer_page, summary="One customer, whole")
_ROUTERS = (
    health, entry, setup, people, team, roles, calendar, cadence, saved_views, customers, followups, agenda, ladders,
    approvals, records, approval_requests, playbook, ownership, requests, pools, objections, complaints, surveys,
    deals, contracts, handovers, desk, exceptions, audit, insights, notify, schema, fields, files, exchange, batches,
    packs, automations, standard, replays, row_comments, care,
)  # fmt: skip
for _router in _ROUTERS:
    api.add_router("/v1", _router)
