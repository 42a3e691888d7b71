"""Routes of surveys; the page that customers open is `genjin/api/survey_page.py`."""

from __future__ import annotations

from typing import Annotated, Any

import segno
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from genjin.access.requests import actor_of
from genjin.lib import moment
from genjin.surveys import actions, overview, queries
from genjin.surveys.links import link_of
from genjin.surveys.schemas import ScoreIn, SendIn, SettingsIn, SurveyChangeIn, SurveyIn

router = Router(tags=["surveys"])


@router.get("/satisfaction", summary="Scores by team, person, product and month, and how many answered")
def satisfaction(request: HttpRequest, days: Annotated[int, Query(ge=7, le=731)] = 365) -> Any:
    """An average stands only where five scores or more stand behind it."""
    return overview.overview(actor_of(request), days=days, now=moment.now())


@router.get("/customers/{customer_id}/satisfaction", summary="A customer's scores over time")
def of_customer(request: HttpRequest, customer_id: int) -> Any:
    return queries.of_customer(actor_of(request), customer_id, now=moment.now())


@router.post("/customers/{customer_id}/satisfaction", summary="Note a score", response={201: Any})
def note(request: HttpRequest, customer_id: int, body: ScoreIn) -> Any:
    return Status(201, actions.note(actor_of(request), customer_id, **body.model_dump()))


@router.post("/customers/{customer_id}/surveys", summary="Send a survey to a contact", response={201: Any})
def send(request: HttpRequest, customer_id: int, body: SendIn) -> Any:
    """Answers with the link and words to pass it on with."""
    actor = actor_of(request)
    made = actions.send(actor, customer_id, **body.model_dump())
    return Status(201, queries.shared(actor, made["id"], now=moment.now()))


@router.post("/customers/{customer_id}/surveys/{survey_id}/skip", summary="Leave a planned survey out this time")
def skip(request: HttpRequest, customer_id: int, survey_id: int) -> Any:
    return actions.skip(actor_of(request), customer_id, survey_id=survey_id)


@router.get("/survey-links/{link_id}", summary="A link that was sent, to pass on again")
def shared(request: HttpRequest, link_id: int) -> Any:
    return queries.shared(actor_of(request), link_id, now=moment.now())


@router.get("/survey-links/{link_id}/qr.svg", summary="The link as a QR code")
def qr(request: HttpRequest, link_id: int) -> Any:
    row = queries.open_link(actor_of(request), link_id, now=moment.now())
    drawn = segno.make(link_of(row), error="m", micro=False).svg_inline(
        border=2, scale=6, svgclass=None, lineclass=None
    )
    svg = drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return HttpResponse(svg, content_type="image/svg+xml")


@router.get("/surveys", summary="The team's surveys")
def list_surveys(request: HttpRequest) -> Any:
    return queries.surveys(actor_of(request))


@router.post("/surveys", summary="Make a survey", response={201: Any})
def create(request: HttpRequest, body: SurveyIn) -> Any:
    return Status(201, actions.create(actor_of(request), values=body.model_dump()))


@router.put("/surveys/settings", summary="How long links stay open, and which score opens a complaint")
def configure(request: HttpRequest, body: SettingsIn) -> Any:
    return actions.configure(actor_of(request), **body.model_dump())


@router.put("/surveys/{survey_id}", summary="Change a survey")
def update(request: HttpRequest, survey_id: int, body: SurveyChangeIn) -> Any:
    values = body.model_dump(exclude={"version"})
    return actions.update(actor_of(request), survey_id, version=body.version, values=values)
