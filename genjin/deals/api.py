"""Routes of deals, products and quotations."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from genjin.access.requests import actor_of
from genjin.deals import actions, needs_actions, needs_queries, product_actions, queries, quote_actions, quote_queries
from genjin.deals.quote_pages import quotation_file
from genjin.deals.schemas import (
    AssignIn,
    CloseIn,
    ConfirmIn,
    DealIn,
    DealPatch,
    IntervalIn,
    ProductIn,
    ProductPatch,
    QuotationIn,
    ReopenIn,
    StageIn,
    TotalsIn,
    sent,
)
from genjin.lib import moment
from genjin.lib.filters import decoded

router = Router(tags=["deals"])


@router.get("/deals", summary="Deals")
def list_deals(
    request: HttpRequest,
    view: Annotated[str, Query(max_length=40)] = "",
    filter: str | None = None,
    sort: Annotated[str, Query(max_length=40)] = "",
    q: Annotated[str, Query(max_length=100)] = "",
    cursor: str = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    count: bool = False,
) -> Any:
    """A page of deals; `filter` is one JSON expression, see docs/api.md."""
    return queries.list_deals(
        actor_of(request),
        now=moment.now(),
        view=view,
        expression=decoded(filter),
        sort=sort,
        text=q,
        cursor=cursor,
        limit=limit,
        count=count,
    )


@router.get("/deals/views", summary="Tabs over the deals with counts")
def views(request: HttpRequest) -> Any:
    return queries.views(actor_of(request), now=moment.now())


@router.get("/deals/board", summary="Open deals by stage with sums")
def board(
    request: HttpRequest,
    view: Annotated[str, Query(max_length=40)] = "open",
    filter: str | None = None,
    q: Annotated[str, Query(max_length=100)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Any:
    return queries.board(
        actor_of(request), now=moment.now(), view=view, expression=decoded(filter), text=q, limit=limit
    )


@router.get("/deals/options", summary="Stages and reasons of deals")
def options(request: HttpRequest) -> Any:
    return queries.options_for(actor_of(request))


@router.get("/customers/{customer_id}/deals", summary="Deals of a customer")
def of_customer(request: HttpRequest, customer_id: int) -> Any:
    return queries.of_customer(actor_of(request), customer_id, now=moment.now())


@router.post("/customers/{customer_id}/deals", summary="Open a deal", response={201: Any})
def open_one(request: HttpRequest, customer_id: int, body: DealIn) -> Any:
    values = sent(body, "owner_id")
    return Status(201, actions.open_deal(actor_of(request), customer_id, values=values, owner_id=body.owner_id))


@router.get("/deals/{deal_id}", summary="One deal")
def one(request: HttpRequest, deal_id: int) -> Any:
    return queries.detail(actor_of(request), deal_id, now=moment.now())


@router.patch("/deals/{deal_id}", summary="Change a deal")
def update(request: HttpRequest, deal_id: int, body: DealPatch) -> Any:
    slip = body.slip.model_dump() if body.slip else None
    values = sent(body, "version", "slip")
    return actions.update_deal(actor_of(request), deal_id, version=body.version, values=values, slip=slip)


@router.post("/deals/{deal_id}/move", summary="Move a deal to another stage")
def move(request: HttpRequest, deal_id: int, body: StageIn) -> Any:
    return actions.move_deal(actor_of(request), deal_id, stage=body.stage, version=body.version)


@router.post("/deals/{deal_id}/win", summary="Win a deal")
def win(request: HttpRequest, deal_id: int, body: CloseIn) -> Any:
    return actions.win_deal(actor_of(request), deal_id, **body.model_dump())


@router.post("/deals/{deal_id}/lose", summary="Lose a deal")
def lose(request: HttpRequest, deal_id: int, body: CloseIn) -> Any:
    return actions.lose_deal(actor_of(request), deal_id, **body.model_dump())


@router.post("/deals/{deal_id}/reopen", summary="Open a deal again")
def reopen(request: HttpRequest, deal_id: int, body: ReopenIn) -> Any:
    return actions.reopen_deal(actor_of(request), deal_id, **body.model_dump())


@router.post("/deals/{deal_id}/assign", summary="Give a deal to a colleague")
def assign(request: HttpRequest, deal_id: int, body: AssignIn) -> Any:
    return actions.assign_deal(actor_of(request), deal_id, owner_id=body.owner_id)


@router.get("/deals/{deal_id}/quotations", summary="Quotations of a deal with the talks they rest on")
def quotations(request: HttpRequest, deal_id: int) -> Any:
    return quote_queries.of_deal(actor_of(request), deal_id)


@router.post("/deals/{deal_id}/quotations", summary="Write a quotation", response={201: Any})
def make_quotation(request: HttpRequest, deal_id: int, body: QuotationIn) -> Any:
    return Status(201, quote_actions.make_quotation(actor_of(request), deal_id, **body.model_dump()))


@router.post("/quotations/totals", summary="What lines come to")
def totals(request: HttpRequest, body: TotalsIn) -> Any:
    """Nothing is kept: the exact sums of a quotation while it is typed."""
    return quote_queries.totals(
        actor_of(request), body.model_dump()["lines"], quote_actions.percent_in(body.discount), body.currency
    )


@router.get("/quotations/{quotation_id}", summary="One quotation")
def quotation(request: HttpRequest, quotation_id: int) -> Any:
    return quote_queries.detail(actor_of(request), quotation_id)


@router.get("/quotations/{quotation_id}/file.pdf", summary="A quotation as PDF")
def quotation_pdf(request: HttpRequest, quotation_id: int, language: Literal["zh", "en"] = "zh") -> Any:
    name, data = quotation_file(actor_of(request), quotation_id, language=language, now=moment.now())
    made = HttpResponse(data, content_type="application/pdf")
    made["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.pdf')}"
    return made


@router.get("/products", summary="The price list")
def products(request: HttpRequest, retired: bool = False) -> Any:
    return quote_queries.products(actor_of(request), retired=retired)


@router.post("/products", summary="Add a product", response={201: Any})
def add_product(request: HttpRequest, body: ProductIn) -> Any:
    return Status(201, product_actions.add_product(actor_of(request), **body.model_dump()))


@router.put("/products/{product_id}", summary="Change a product")
def update_product(request: HttpRequest, product_id: int, body: ProductPatch) -> Any:
    return product_actions.update_product(actor_of(request), product_id, **body.model_dump())


@router.post("/customers/{customer_id}/needs/confirm", summary="The needs still hold")
def confirm_needs(request: HttpRequest, customer_id: int, body: ConfirmIn) -> Any:
    return needs_actions.confirm(actor_of(request), customer_id, need_ids=body.need_ids)


@router.get("/needs-interval", summary="How often needs are confirmed, by class")
def interval(request: HttpRequest) -> Any:
    return needs_queries.intervals(actor_of(request))


@router.put("/needs-interval", summary="Say how often needs are confirmed")
def set_interval(request: HttpRequest, body: IntervalIn) -> Any:
    return needs_actions.set_interval(actor_of(request), days=body.days)
