"""Routes of hand-overs, and of leaving."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from genjin.access.requests import actor_of
from genjin.door.action import demand
from genjin.handovers import actions, consent_actions, leaving_actions, pages, queries
from genjin.handovers.schemas import ChangeIn, NoteIn, OpenIn, ReadIn, ReleaseIn, SayIn, WhyIn
from genjin.lib import moment
from genjin.ownership import leaving
from genjin.ownership.schemas import HandOverIn, LeavingIn

router = Router(tags=["handovers"])


@router.get("/handovers", summary="Hand-overs one takes part in or may see")
def list_handovers(
    request: HttpRequest,
    which: Literal["", "open", "done"] = "",
    cursor: str = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    return queries.list_handovers(actor_of(request), which=which, cursor=cursor, limit=limit)


@router.get("/handovers/choices", summary="Whose customers one may hand over, and to whom")
def choices(request: HttpRequest) -> Any:
    return queries.choices(actor_of(request))


@router.post("/handovers", summary="Open a hand-over: a draft with its rehearsal", response={201: Any})
def open_handover(request: HttpRequest, body: OpenIn) -> Any:
    sent = body.model_dump(exclude={"chosen"})
    chosen = {each.customer_id: each.member_id for each in body.chosen}
    return Status(201, actions.open_handover(actor_of(request), chosen=chosen, **sent))


@router.get("/handovers/{handover_id}", summary="One hand-over with consents and counts before and after")
def one(request: HttpRequest, handover_id: int) -> Any:
    return queries.one(actor_of(request), handover_id, now=moment.now())


@router.patch("/handovers/{handover_id}", summary="Another day, reason or receiver; take customers out")
def change(request: HttpRequest, handover_id: int, body: ChangeIn) -> Any:
    values = body.model_dump(include={"reason", "effective_on"}, exclude_none=True)
    to = {each.customer_id: each.member_id for each in body.to}
    return actions.change_handover(
        actor_of(request), handover_id, version=body.version, values=values, to=to, remove=body.remove
    )


@router.get("/handovers/{handover_id}/customers", summary="Its customers")
def customers(
    request: HttpRequest, handover_id: int, after: int = 0, limit: Annotated[int, Query(ge=1, le=500)] = queries.PAGE
) -> Any:
    return queries.customers(actor_of(request), handover_id, after=after, limit=limit)


@router.get("/handovers/{handover_id}/customers/{customer_id}", summary="The brief of one customer")
def brief(request: HttpRequest, handover_id: int, customer_id: int) -> Any:
    return queries.of_customer(actor_of(request), handover_id, customer_id, now=moment.now())


@router.get("/handovers/{handover_id}/customers/{customer_id}/file", summary="The brief as Word or PDF")
def brief_file(
    request: HttpRequest,
    handover_id: int,
    customer_id: int,
    format: Literal["docx", "pdf"] = "docx",
    language: Literal["zh", "en"] = "zh",
) -> Any:
    name, data = pages.brief_file(
        actor_of(request), handover_id, customer_id, form=format, language=language, now=moment.now()
    )
    return _file(data, f"{name or 'brief'}.{format}", format)


@router.post("/handovers/{handover_id}/customers/{customer_id}/note", summary="Say what stands in no record")
def note(request: HttpRequest, handover_id: int, customer_id: int, body: NoteIn) -> Any:
    return consent_actions.note(actor_of(request), handover_id, customer_id, text=body.text)


@router.post("/handovers/{handover_id}/customers/{customer_id}/say", summary="Ask or answer about a customer")
def say(request: HttpRequest, handover_id: int, customer_id: int, body: SayIn) -> Any:
    return consent_actions.say(actor_of(request), handover_id, customer_id, text=body.text)


@router.post("/handovers/{handover_id}/read", summary="The briefs of these customers are read")
def read(request: HttpRequest, handover_id: int, body: ReadIn) -> Any:
    return consent_actions.read(actor_of(request), handover_id, customer_ids=body.customer_ids)


@router.post("/handovers/{handover_id}/rehearse", summary="Count before and after once more; nothing moves")
def rehearse(request: HttpRequest, handover_id: int) -> Any:
    return actions.rehearse_again(actor_of(request), handover_id)


@router.post("/handovers/{handover_id}/send", summary="Ask both sides to confirm")
def send(request: HttpRequest, handover_id: int) -> Any:
    return actions.send(actor_of(request), handover_id)


@router.post("/handovers/{handover_id}/confirm", summary="Confirm for oneself, as giver or receiver")
def confirm(request: HttpRequest, handover_id: int) -> Any:
    return consent_actions.confirm(actor_of(request), handover_id)


@router.post("/handovers/{handover_id}/remind", summary="Remind whoever has not confirmed")
def remind(request: HttpRequest, handover_id: int) -> Any:
    return actions.remind(actor_of(request), handover_id)


@router.post("/handovers/{handover_id}/withdraw", summary="Give it up; nothing has moved")
def withdraw(request: HttpRequest, handover_id: int, body: WhyIn) -> Any:
    return actions.withdraw(actor_of(request), handover_id, why=body.why)


@router.post("/handovers/{handover_id}/release", summary="Everything moves at once, with proof")
def release(request: HttpRequest, handover_id: int, body: ReleaseIn) -> Any:
    return consent_actions.release(actor_of(request), handover_id, urgent=body.urgent, why=body.why)


@router.post("/handovers/{handover_id}/undo", summary="Take all of it back within 24 h")
def undo(request: HttpRequest, handover_id: int) -> Any:
    return consent_actions.undo(actor_of(request), handover_id)


@router.get("/handovers/{handover_id}/proof.pdf", summary="The proof as PDF")
def proof(request: HttpRequest, handover_id: int, language: Literal["zh", "en"] = "zh") -> Any:
    data = pages.proof_pdf(actor_of(request), handover_id, language=language, now=moment.now())
    return _file(data, f"handover-{handover_id}.pdf", "pdf")


_TYPES = {"pdf": "application/pdf",
          "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}  # fmt: skip


def _file(data: bytes, name: str, form: str) -> HttpResponse:
    made = HttpResponse(data, content_type=_TYPES[form])
    made["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return made


@router.get("/members/{member_id}/handover", summary="What a member holds")
def holdings(request: HttpRequest, member_id: int) -> Any:
    """Counts of all that goes along or stays, and his customers."""
    actor = actor_of(request)
    demand(actor, "member.hand_over")
    return leaving.preview(actor, member_id, None)


@router.post("/members/{member_id}/handover/preview", summary="Who would get what")
def preview_handover(request: HttpRequest, member_id: int, body: LeavingIn) -> Any:
    actor = actor_of(request)
    demand(actor, "member.hand_over")
    return leaving.preview(actor, member_id, body.wish())


@router.post("/members/{member_id}/handover", summary="离职交接: hand everything of a member over")
def hand_over(request: HttpRequest, member_id: int, body: HandOverIn) -> Any:
    """One transaction; one batch that can be undone for 24 h."""
    return leaving_actions.hand_over(actor_of(request), member_id, wish=body.wish(), leave_now=body.leave, why=body.why)
