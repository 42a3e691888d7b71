"""Routes of objections."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from genjin.access.requests import actor_of
from genjin.objections import actions, queries
from genjin.objections.schemas import AnswerIn, ObjectionIn, OutcomeIn, PassIn

router = Router(tags=["objections"])


@router.get("/customers/{customer_id}/objections", summary="Objections of a customer")
def of_customer(request: HttpRequest, customer_id: int) -> Any:
    """Open ones first; with the lists of kinds, adjustments and outcomes."""
    return queries.of_customer(actor_of(request), customer_id)


@router.post("/customers/{customer_id}/objections", summary="Note an objection", response={201: Any})
def raise_one(request: HttpRequest, customer_id: int, body: ObjectionIn) -> Any:
    return Status(201, actions.raise_objection(actor_of(request), customer_id, **body.model_dump()))


@router.post("/objections/{objection_id}/answer", summary="Answer an objection")
def answer(request: HttpRequest, objection_id: int, body: AnswerIn) -> Any:
    return actions.answer_objection(actor_of(request), objection_id, **body.model_dump())


@router.post("/objections/{objection_id}/close", summary="Close an objection with its outcome")
def close(request: HttpRequest, objection_id: int, body: OutcomeIn) -> Any:
    return actions.close_objection(actor_of(request), objection_id, **body.model_dump())


@router.post("/objections/{objection_id}/pass", summary="Pass an objection to a colleague")
def pass_on(request: HttpRequest, objection_id: int, body: PassIn) -> Any:
    return actions.pass_objection(actor_of(request), objection_id, **body.model_dump())
