"""Routes of requests and of the flows they go along."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Path, Router, Status

from genjin.access.requests import actor_of
from genjin.approvals import chain_actions, chain_queries, flow_actions, flow_catalogue
from genjin.approvals.flow_schemas import (
    AgainIn,
    ApproveIn,
    DelegateIn,
    FlowIn,
    FlowPatch,
    OrderIn,
    RecallIn,
    RefuseIn,
    RequestIn,
    SampleIn,
    SendBackIn,
    SignerIn,
    StandInIn,
)
from genjin.lib import moment

router = Router(tags=["approvals"])
Slug = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


@router.get("/approval-requests", summary="Requests that wait for you, that you made, or that you decided")
def list_requests(request: HttpRequest, which: Literal["mine", "asked", "done"] = "mine") -> Any:
    return chain_queries.inbox(actor_of(request), which, now=moment.now())


@router.post("/approval-requests", summary="Ask for an approval", response={201: Any})
def ask(request: HttpRequest, body: RequestIn) -> Any:
    """409 `pending` while the same is being decided; 422 names what the flow asks for and is missing."""
    actor = actor_of(request)
    done = chain_actions.ask(
        actor,
        subject_type=body.subject_type,
        subject_id=body.subject_id,
        purpose=body.purpose,
        request=body.asked(),
    )
    return Status(201, done)


@router.post("/approval-requests/sample", summary="Who would be asked; nothing is written")
def sample(request: HttpRequest, body: SampleIn) -> Any:
    return chain_queries.sample(actor_of(request), body, moment.now())


@router.get("/approval-requests/colleagues", summary="Who may sign or stand in")
def list_colleagues(request: HttpRequest) -> Any:
    actor = actor_of(request)
    return {"items": chain_queries.colleagues(actor), "stand_in": chain_queries.stand_in_of(actor)}


@router.put("/approval-requests/stand-in", summary="Who decides for you while you are away")
def stand_in(request: HttpRequest, body: StandInIn) -> Any:
    return chain_actions.stand_in(actor_of(request), **body.model_dump())


@router.get(
    "/approval-requests/of/{record_type}/{record_id}", summary="What was asked about a record, and what you may ask"
)
def of_record(request: HttpRequest, record_type: Slug, record_id: int) -> Any:
    return chain_queries.of_subject(actor_of(request), record_type, record_id, now=moment.now())


@router.get("/approval-requests/{request_id}", summary="One request with its steps and all that was said")
def read(request: HttpRequest, request_id: int) -> Any:
    """Whoever is to decide it is told the record's facts while it is with him, whatever else he may see."""
    return chain_queries.one(actor_of(request), request_id, now=moment.now())


@router.post("/approval-requests/{request_id}/approve", summary="Say yes for your step")
def approve(request: HttpRequest, request_id: int, body: ApproveIn) -> Any:
    """409 `decided` when somebody was faster, `changed` when the record is newer than `seen`."""
    return chain_actions.approve(actor_of(request), request_id, **body.model_dump())


@router.post("/approval-requests/{request_id}/refuse", summary="Say no")
def refuse(request: HttpRequest, request_id: int, body: RefuseIn) -> Any:
    return chain_actions.refuse(actor_of(request), request_id, why=body.why)


@router.post("/approval-requests/{request_id}/send-back", summary="Back to an earlier step or to whoever asked")
def send_back(request: HttpRequest, request_id: int, body: SendBackIn) -> Any:
    return chain_actions.send_back(actor_of(request), request_id, why=body.why, position=body.position)


@router.post("/approval-requests/{request_id}/signers", summary="Add a signer before or after your step")
def add_signer(request: HttpRequest, request_id: int, body: SignerIn) -> Any:
    return chain_actions.add_signer(actor_of(request), request_id, **body.model_dump())


@router.post("/approval-requests/{request_id}/delegate", summary="A colleague decides your step instead")
def delegate(request: HttpRequest, request_id: int, body: DelegateIn) -> Any:
    return chain_actions.delegate(actor_of(request), request_id, **body.model_dump())


@router.post("/approval-requests/{request_id}/recall", summary="Withdraw what you asked for")
def recall(request: HttpRequest, request_id: int, body: RecallIn) -> Any:
    return chain_actions.recall(actor_of(request), request_id, why=body.why)


@router.post("/approval-requests/{request_id}/again", summary="Ask again after it came back")
def ask_again(request: HttpRequest, request_id: int, body: AgainIn) -> Any:
    said = {name: value for name, value in body.model_dump().items() if value not in (None, "")}
    return chain_actions.ask_again(actor_of(request), request_id, request=said)


@router.post("/approval-requests/{request_id}/remind", summary="Remind whoever is to decide")
def remind(request: HttpRequest, request_id: int) -> Any:
    return chain_actions.remind(actor_of(request), request_id)


@router.get("/approval-flows", summary="Flows, and what they can be made of")
def list_flows(request: HttpRequest) -> Any:
    return flow_catalogue.listed(actor_of(request))


@router.post("/approval-flows", summary="A new flow, in force at once", response={201: Any})
def create_flow(request: HttpRequest, body: FlowIn) -> Any:
    """`warnings` says where nobody would be found at present, so that the request goes one up."""
    return Status(201, flow_actions.save_flow(actor_of(request), body=body.body.said()))


@router.put("/approval-flows/order", summary="Which flow is tried first")
def order_flows(request: HttpRequest, body: OrderIn) -> Any:
    return flow_actions.order_flows(actor_of(request), ids=body.ids)


@router.put("/approval-flows/{flow_id}", summary="Change a flow; 409 when somebody was faster")
def update_flow(request: HttpRequest, flow_id: int, body: FlowPatch) -> Any:
    return flow_actions.save_flow(actor_of(request), body=body.body.said(), flow_id=flow_id, version=body.version)


@router.delete("/approval-flows/{flow_id}", summary="Remove a flow; what runs goes on")
def remove_flow(request: HttpRequest, flow_id: int, version: int) -> Any:
    return flow_actions.remove_flow(actor_of(request), flow_id, version=version)
