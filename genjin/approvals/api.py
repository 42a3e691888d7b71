"""Routes of approvals and examples."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from genjin.access.requests import actor_of
from genjin.approvals import actions, queries
from genjin.approvals.schemas import CommentIn, GradeIn, ModelIn, PassIn, ResubmitIn, ReturnIn, WaiveIn

router = Router(tags=["approvals"])


@router.get("/approvals/counts", summary="How much waits for you, and how much came back")
def counts(request: HttpRequest) -> Any:
    return queries.counts(actor_of(request))


@router.post("/approvals/pass", summary="Pass one or many, all or nothing")
def pass_approvals(request: HttpRequest, body: PassIn) -> Any:
    seen = {each.id: each.version for each in body.seen}
    comments = [(each.id, each.field, each.text) for each in body.comments]
    return actions.pass_approvals(
        actor_of(request), body.ids, note=body.note, intent_class=body.intent_class, seen=seen, comments=comments
    )


@router.post("/approvals/{approval_id}/return", summary="Return with a reason on each field to mend")
def return_approval(request: HttpRequest, approval_id: int, body: ReturnIn) -> Any:
    return actions.return_approval(actor_of(request), approval_id, reasons=body.reasons, note=body.note, seen=body.seen)


@router.post("/approvals/{approval_id}/resubmit", summary="Submit again after mending")
def resubmit(request: HttpRequest, approval_id: int, body: ResubmitIn) -> Any:
    """409 `not_mended` names the fields that are as they were."""
    return actions.resubmit(actor_of(request), approval_id, note=body.note)


@router.post("/approvals/{approval_id}/comments", summary="Comment on a field or the whole", response={201: Any})
def comment(request: HttpRequest, approval_id: int, body: CommentIn) -> Any:
    return Status(201, actions.comment(actor_of(request), approval_id, text=body.text, field=body.field))


@router.post("/approvals/{approval_id}/waive", summary="Take reasons of a return back")
def waive(request: HttpRequest, approval_id: int, body: WaiveIn) -> Any:
    return actions.waive(actor_of(request), approval_id, fields=body.fields, note=body.note)


@router.post("/approvals/{approval_id}/grade", summary="Grade a colleague's record that was drawn for you")
def grade(request: HttpRequest, approval_id: int, body: GradeIn) -> Any:
    answers = [actions.Answer(each.index, each.agree, each.note) for each in body.answers]
    return actions.grade(actor_of(request), approval_id, answers=answers, note=body.note)


@router.get("/models", summary="Good and bad examples of a type of record")
def list_models(
    request: HttpRequest,
    record_type: Annotated[str, Query(max_length=40)] = "followup",
    kind: Annotated[str, Query(max_length=40)] = "",
) -> Any:
    return {"items": queries.models(actor_of(request), record_type, kind)}


@router.post("/models", summary="Keep a record as an example", response={201: Any})
def mark_model(request: HttpRequest, body: ModelIn) -> Any:
    return Status(201, actions.mark_model(actor_of(request), **body.model_dump()))


@router.delete("/models/{model_id}", summary="No longer an example")
def drop_model(request: HttpRequest, model_id: int) -> Any:
    return actions.drop_model(actor_of(request), model_id)
