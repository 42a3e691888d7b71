"""Routes of contracts, their money and hand-over lists."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from genjin.access.requests import actor_of
from genjin.contracts import actions, delivery_actions, money_actions, papers, queries, template_actions
from genjin.contracts.schemas import (
    AgreeIn,
    AppointIn,
    ConfirmIn,
    DraftIn,
    ListIn,
    PatchIn,
    PaymentIn,
    PlanIn,
    SignIn,
    SubmitIn,
    TemplateIn,
    WhyIn,
)

router = Router(tags=["contracts"])
Form = Literal["docx", "pdf"]
State = Literal["", "draft", "in_review", "approved", "signed", "ended", "cancelled"]


@router.get("/contracts", summary="Contracts")
def listing(
    request: HttpRequest,
    state: State = "",
    q: Annotated[str, Query(max_length=100)] = "",
    overdue: bool = False,
    cursor: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> Any:
    """Newest first, with what came in, is open and is overdue; `overdue`: only those, the longest first."""
    return queries.listing(actor_of(request), state=state, q=q, overdue=overdue, cursor=cursor, limit=limit)


@router.get("/contracts/template", summary="The team's template of contracts")
def template(request: HttpRequest) -> Any:
    """Its name, and the placeholders that one may say."""
    return papers.template(actor_of(request))


@router.put("/contracts/template", summary="Change the template of contracts")
def set_template(request: HttpRequest, body: TemplateIn) -> Any:
    """An uploaded Word file; a placeholder that there is not is named. Without a file the built-in layout."""
    return template_actions.set_template(actor_of(request), file_id=body.file_id)


@router.get("/contracts/{contract_id}/file", summary="A contract as Word or PDF")
def contract_file(request: HttpRequest, contract_id: int, format: Form = "pdf") -> Any:
    """Word from the team's template, where it has one."""
    name, data = papers.contract_file(actor_of(request), contract_id, form=format)
    return _file(name, data, format)


@router.get("/deliveries/{delivery_id}/file", summary="A hand-over list for print")
def delivery_file(request: HttpRequest, delivery_id: int, format: Form = "pdf") -> Any:
    name, data = papers.delivery_file(actor_of(request), delivery_id, form=format)
    return _file(name, data, format)


_TYPES = {"pdf": "application/pdf",
          "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}  # fmt: skip


def _file(name: str, data: bytes, form: str) -> HttpResponse:
    made = HttpResponse(data, content_type=_TYPES[form])
    made["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.{form}"
    return made


@router.get("/contracts/{contract_id}", summary="One contract")
def one(request: HttpRequest, contract_id: int) -> Any:
    """Also for whoever is to decide on it."""
    return queries.one(actor_of(request), contract_id)


@router.get("/customers/{customer_id}/contracts", summary="Contracts of a customer")
def of_customer(request: HttpRequest, customer_id: int) -> Any:
    return queries.of_customer(actor_of(request), customer_id)


@router.post("/customers/{customer_id}/agreement", summary="The customer agrees to buy")
def agree(request: HttpRequest, customer_id: int, body: AgreeIn) -> Any:
    """A draft is due within one working day."""
    return actions.agree_to_buy(actor_of(request), customer_id, words=body.words, agreed_at=body.agreed_at)


@router.post("/customers/{customer_id}/agreement/withdraw", summary="The customer changed his mind")
def disagree(request: HttpRequest, customer_id: int, body: WhyIn) -> Any:
    return actions.changed_his_mind(actor_of(request), customer_id, why=body.why)


@router.post("/customers/{customer_id}/contracts", summary="Draft a contract", response={201: Any})
def draft(request: HttpRequest, customer_id: int, body: DraftIn) -> Any:
    return Status(201, actions.draft(actor_of(request), customer_id, values=body.model_dump()))


@router.patch("/contracts/{contract_id}", summary="Change a contract")
def update(request: HttpRequest, contract_id: int, body: PatchIn) -> Any:
    """`notice` says what the change has led to: an approval that lapsed."""
    return actions.update(actor_of(request), contract_id, version=body.version, values=body.values())


@router.post("/contracts/{contract_id}/submit", summary="Send to review")
def submit(request: HttpRequest, contract_id: int, body: SubmitIn) -> Any:
    return actions.submit(actor_of(request), contract_id, text=body.text)


@router.post("/contracts/{contract_id}/sign", summary="It is signed")
def sign(request: HttpRequest, contract_id: int, body: SignIn) -> Any:
    """Only an approved one; everything that is missing is named."""
    return actions.sign(actor_of(request), contract_id, number=body.number, signed_on=body.signed_on)


@router.post("/contracts/{contract_id}/cancel", summary="It will not be signed")
def cancel(request: HttpRequest, contract_id: int, body: WhyIn) -> Any:
    return actions.cancel(actor_of(request), contract_id, why=body.why)


@router.post("/contracts/{contract_id}/end", summary="It has ended")
def end(request: HttpRequest, contract_id: int, body: WhyIn) -> Any:
    return actions.end(actor_of(request), contract_id, why=body.why)


@router.post("/contracts/{contract_id}/renew", summary="Draft its renewal", response={201: Any})
def renew(request: HttpRequest, contract_id: int) -> Any:
    return Status(201, actions.renew(actor_of(request), contract_id))


@router.put("/contracts/{contract_id}/plan", summary="The payment plan")
def plan(request: HttpRequest, contract_id: int, body: PlanIn) -> Any:
    """All instalments anew; they come to the amount of the contract."""
    parts = [each.model_dump() for each in body.parts]
    return money_actions.plan(actor_of(request), contract_id, version=body.version, parts=parts)


@router.post("/contracts/{contract_id}/payments", summary="Note a payment", response={201: Any})
def receive(request: HttpRequest, contract_id: int, body: PaymentIn) -> Any:
    return Status(201, money_actions.receive(actor_of(request), contract_id, **body.model_dump()))


@router.post("/payments/{payment_id}/take-back", summary="Take a payment back")
def unreceive(request: HttpRequest, payment_id: int, body: WhyIn) -> Any:
    return money_actions.unreceive(actor_of(request), payment_id, why=body.why)


@router.get("/deliveries/{delivery_id}", summary="A hand-over list")
def delivery(request: HttpRequest, delivery_id: int) -> Any:
    return queries.delivery(actor_of(request), delivery_id)


@router.patch("/deliveries/{delivery_id}", summary="Change a hand-over list")
def change_delivery(request: HttpRequest, delivery_id: int, body: ListIn) -> Any:
    return delivery_actions.update(actor_of(request), delivery_id, version=body.version, texts=body.texts())


@router.post("/deliveries/{delivery_id}/appoint", summary="Who takes over, and when they meet")
def appoint(request: HttpRequest, delivery_id: int, body: AppointIn) -> Any:
    return delivery_actions.appoint(
        actor_of(request), delivery_id, receiver_id=body.receiver_id, meeting_at=body.meeting_at
    )


@router.post("/deliveries/{delivery_id}/confirm", summary="Confirm a hand-over list")
def confirm(request: HttpRequest, delivery_id: int, body: ConfirmIn) -> Any:
    """For one's own side, the version that was read."""
    return delivery_actions.confirm(actor_of(request), delivery_id, number=body.number)
