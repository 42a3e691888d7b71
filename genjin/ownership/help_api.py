"""Routes of requests to colleagues and other departments (R-105, R-177, R-186)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Status

from genjin.access.requests import actor_of
from genjin.lib import moment
from genjin.ownership import help_actions, help_figures, help_queries
from genjin.ownership.help_schemas import AnswerIn, BackIn, GiveIn, HelpIn, MoveIn, ReplyIn, WhyIn

router = Router(tags=["requests"])


@router.get("/customers/{customer_id}/help/new", summary="What a request can be about, and what would go along")
def begin(request: HttpRequest, customer_id: int) -> Any:
    """Kinds with their department, limit and what they demand; background and expectation as proposals."""
    return help_queries.proposal(actor_of(request), customer_id, now=moment.now())


@router.post("/customers/{customer_id}/help", summary="Ask a colleague or a department for help", response={201: Any})
def ask(request: HttpRequest, customer_id: int, body: HelpIn) -> Any:
    return Status(201, help_actions.ask_for_help(actor_of(request), customer_id, **body.model_dump()))


@router.get("/requests", summary="Requests that I made, or that I and my department were asked")
def listed(
    request: HttpRequest,
    side: Literal["asked", "given"] = "given",
    state: Literal["open", "settled"] = "open",
    id: int | None = None,
    cursor: str = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    """Open ones by their limit, settled ones newest first; `id`: this one alone, on whichever side it stands."""
    return help_queries.listed(
        actor_of(request), side=side, state=state, cursor=cursor, limit=limit, now=moment.now(), request_id=id
    )


@router.get("/requests/figures", summary="How fast requests are answered, by department and kind")
def figures(request: HttpRequest, days: Annotated[int, Query(ge=1, le=730)] = 90) -> Any:
    """Of those you see: minutes of working time to the first word and to the delivery, and how many came in time."""
    return help_figures.figures(actor_of(request), days=days, now=moment.now())


@router.post("/help/{help_id}/take", summary="Accept a request")
def take(request: HttpRequest, help_id: int) -> Any:
    return help_actions.take_request(actor_of(request), help_id)


@router.post("/help/{help_id}/ask-back", summary="Ask back; the clock stands until it is answered")
def ask_back(request: HttpRequest, help_id: int, body: BackIn) -> Any:
    return help_actions.ask_back(actor_of(request), help_id, question=body.question)


@router.post("/help/{help_id}/reply", summary="Answer what was asked back")
def reply(request: HttpRequest, help_id: int, body: ReplyIn) -> Any:
    return help_actions.reply_to_request(actor_of(request), help_id, **body.model_dump())


@router.post("/help/{help_id}/answer", summary="Deliver the result of a request")
def answer(request: HttpRequest, help_id: int, body: AnswerIn) -> Any:
    return help_actions.answer_request(actor_of(request), help_id, **body.model_dump())


@router.post("/help/{help_id}/confirm", summary="Confirm a delivery")
def confirm(request: HttpRequest, help_id: int) -> Any:
    return help_actions.confirm_request(actor_of(request), help_id)


@router.post("/help/{help_id}/reopen", summary="Send a delivery back with the reason")
def reopen(request: HttpRequest, help_id: int, body: WhyIn) -> Any:
    return help_actions.reopen_request(actor_of(request), help_id, why=body.why)


@router.post("/help/{help_id}/decline", summary="Decline a request; it goes to the head of the department")
def decline(request: HttpRequest, help_id: int, body: WhyIn) -> Any:
    return help_actions.decline_request(actor_of(request), help_id, why=body.why)


@router.post("/help/{help_id}/give", summary="Say who of the department does it")
def give(request: HttpRequest, help_id: int, body: GiveIn) -> Any:
    return help_actions.give_request(actor_of(request), help_id, helper_id=body.helper_id)


@router.post("/help/{help_id}/due", summary="Move the limit of a request")
def move(request: HttpRequest, help_id: int, body: MoveIn) -> Any:
    return help_actions.move_request(actor_of(request), help_id, due_at=body.due_at, precision=body.precision)


@router.post("/help/{help_id}/withdraw", summary="Withdraw a request for help")
def withdraw(request: HttpRequest, help_id: int) -> Any:
    return help_actions.withdraw_request(actor_of(request), help_id)
