"""Routes of customers, contacts and needs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import Field

from genjin.access.requests import actor_of
from genjin.customers import actions, batch_actions, board, duplicates, previews, queries, reveal_actions
from genjin.lib import moment
from genjin.lib.filters import decoded
from genjin.lib.strict import OwnFields, Strict

router = Router(tags=["customers"])
Ids = Annotated[list[int], Field(min_length=1, max_length=1000)]
Limit = Annotated[int, Query(ge=1, le=200)]


class ContactValues(OwnFields):
    name: str | None = None
    title: str | None = None
    phone: str | None = None
    wechat: str | None = None
    email: str | None = None
    decision_role: str | None = None
    reports_to: int | None = None
    primary: bool | None = None
    birthday: str | None = None
    notes: str | None = None


class ContactPatch(ContactValues):
    version: int


class Amounts(Strict):
    low: int | None = None
    high: int | None = None


class CustomerValues(OwnFields):
    name: str | None = None
    kind: str | None = None
    industry: str | None = None
    source: str | None = None
    region: str | None = None
    life_cycle: str | None = None
    stage: str | None = None
    tags: list[str] | None = None
    amount: int | None = None
    budget: Amounts | None = None
    time_node: str | None = None
    decision_process: str | None = None
    competitors: str | None = None
    decision_focus: str | None = None
    interest: str | None = None
    special: str | None = None
    size: str | None = None
    founded_on: str | None = None
    business: str | None = None
    yearly_budget: Amounts | None = None
    address: str | None = None
    notes: str | None = None
    paused: bool | None = None


class CustomerIn(CustomerValues):
    contact: ContactValues | None = None
    confirm_duplicate: bool = False
    assign: Literal["me", "rules"] = "me"


class CustomerPatch(CustomerValues):
    """`learned`: how it was learned, an option of the list `learned_how`; the history of these fields tells it."""

    version: int
    learned: Annotated[str, Field(max_length=40)] = ""


class Lookup(Strict):
    name: Annotated[str, Field(max_length=200)] = ""
    phone: Annotated[str, Field(max_length=60)] = ""


class ClassIn(Strict):
    ids: Ids
    intent_class: str


class TagsIn(Strict):
    ids: Ids
    add: Annotated[list[str], Field(max_length=50)] = []
    remove: Annotated[list[str], Field(max_length=50)] = []


class IdsIn(Strict):
    ids: Ids


class TransferIn(Strict):
    ids: Ids
    to_member_id: int
    why: Annotated[str, Field(max_length=300)] = ""


class MergeIn(Strict):
    ids: Annotated[list[int], Field(min_length=2, max_length=5)]
    into: int
    choices: dict[str, int] = {}


class PreviewIn(Strict):
    verb: Literal["delete", "transfer", "class", "tag", "merge"]
    ids: Ids
    to_member_id: int | None = None
    intent_class: str = ""
    add: Annotated[list[str], Field(max_length=50)] = []
    remove: Annotated[list[str], Field(max_length=50)] = []
    into: int | None = None
    choices: dict[str, int] = {}


class AskIn(Strict):
    name: Annotated[str, Field(min_length=1, max_length=200)]
    why: Annotated[str, Field(max_length=300)] = ""


class CollaboratorIn(Strict):
    member_id: int
    why: Annotated[str, Field(max_length=300)] = ""


class NeedValues(Strict):
    kind: str | None = None
    priority: str | None = None
    text: str | None = None
    confirmed_on: str | None = None


class NeedPatch(NeedValues):
    version: int


def _sent(body: Strict, *but: str) -> dict[str, Any]:
    return body.model_dump(exclude_unset=True, exclude=set(but))


@router.get("/customers", summary="List customers")
def list_customers(
    request: HttpRequest,
    view: Annotated[str, Query(max_length=40)] = "",
    filter: str | None = None,
    sort: Annotated[str, Query(max_length=40)] = "",
    q: Annotated[str, Query(max_length=100)] = "",
    cursor: str = "",
    limit: Limit = 50,
    count: bool = False,
) -> Any:
    """A page of the customers you may see, by `-last_contact` unless `sort` says otherwise (`next_due`, `-amount`,
    `-created`, `name`). `filter` is one JSON expression, see docs/api.md."""
    return queries.list_customers(
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


@router.get("/customers/board", summary="The list in columns")
def show_board(
    request: HttpRequest,
    by: Annotated[str, Query(max_length=40)] = "stage",
    view: Annotated[str, Query(max_length=40)] = "",
    filter: str | None = None,
    sort: Annotated[str, Query(max_length=40)] = "",
    q: Annotated[str, Query(max_length=100)] = "",
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> Any:
    """Count, sum and the first cards of each column of `by` (stage, life_cycle), with the scope and filters of the
    list. Further cards of a column: `GET /customers` with the column in its filter and `next` as cursor."""
    return board.board(
        actor_of(request),
        now=moment.now(),
        by=by,
        view=view,
        expression=decoded(filter),
        sort=sort,
        text=q,
        limit=limit,
    )


@router.get("/customers/views", summary="Ready-made views with counts")
def views(request: HttpRequest) -> Any:
    return queries.views(actor_of(request), now=moment.now())


@router.post("/customers", summary="Create a customer", response={201: Any})
def create_customer(request: HttpRequest, body: CustomerIn) -> Any:
    contact = body.contact.model_dump(exclude_unset=True) if body.contact else None
    reply = actions.create_customer(
        actor_of(request),
        values=_sent(body, "contact", "confirm_duplicate", "assign"),
        contact=contact,
        confirm_duplicate=body.confirm_duplicate,
        assign=body.assign,
    )
    return Status(201, reply)


@router.post("/customers/lookup", summary="Is this customer known already?")
def lookup(request: HttpRequest, body: Lookup) -> Any:
    """Name, owner and last contact of similar customers, whoever they belong to; nothing more."""
    return {"items": duplicates.similar_to(actor_of(request), name=body.name, phone=body.phone)}


@router.post("/customers/class", summary="Set the intent class of a batch")
def set_class(request: HttpRequest, body: ClassIn) -> Any:
    return batch_actions.set_class(actor_of(request), body.ids, intent_class=body.intent_class)


@router.post("/customers/tags", summary="Add and remove tags on a batch")
def tag_customers(request: HttpRequest, body: TagsIn) -> Any:
    return batch_actions.tag_customers(actor_of(request), body.ids, add=body.add, remove=body.remove)


@router.post("/customers/delete", summary="Move a batch to the recycle bin")
def delete_customers(request: HttpRequest, body: IdsIn) -> Any:
    return batch_actions.delete_customers(actor_of(request), body.ids)


@router.post("/customers/restore", summary="Bring a batch back from the recycle bin")
def restore_customers(request: HttpRequest, body: IdsIn) -> Any:
    return batch_actions.restore_customers(actor_of(request), body.ids)


@router.post("/customers/transfer", summary="Hand a batch over to a colleague")
def transfer_customers(request: HttpRequest, body: TransferIn) -> Any:
    return batch_actions.transfer_customers(actor_of(request), body.ids, to_member_id=body.to_member_id, why=body.why)


@router.post("/customers/merge", summary="Make one customer of several")
def merge_customers(request: HttpRequest, body: MergeIn) -> Any:
    """The survivor keeps its id; the other ids lead to it from then on."""
    return batch_actions.merge_customers(actor_of(request), body.ids, into=body.into, choices=body.choices)


@router.post("/customers/preview", summary="What a bulk change would do")
def preview(request: HttpRequest, body: PreviewIn) -> Any:
    """Sentences, numbers, the ids that can be done and the rows that cannot. Nothing is written."""
    return previews.preview(actor_of(request), previews.Asked(**body.model_dump()))


@router.post("/customers/{customer_id}/merge-request", summary="Ask for a merge with a customer you cannot see")
def ask_merge(request: HttpRequest, customer_id: int, body: AskIn) -> Any:
    return actions.ask_merge(actor_of(request), customer_id, name=body.name, why=body.why)


@router.patch("/customers/{customer_id}", summary="Change fields of a customer")
def update_customer(request: HttpRequest, customer_id: int, body: CustomerPatch) -> Any:
    values = _sent(body, "version", "learned")
    return actions.update_customer(
        actor_of(request), customer_id, version=body.version, values=values, learned=body.learned
    )


@router.post("/customers/{customer_id}/contacts", summary="Add a contact", response={201: Any})
def create_contact(request: HttpRequest, customer_id: int, body: ContactValues) -> Any:
    return Status(201, actions.create_contact(actor_of(request), customer_id, values=_sent(body)))


@router.patch("/contacts/{contact_id}", summary="Change a contact")
def update_contact(request: HttpRequest, contact_id: int, body: ContactPatch) -> Any:
    return actions.update_contact(actor_of(request), contact_id, version=body.version, values=_sent(body, "version"))


@router.delete("/contacts/{contact_id}", summary="Remove a contact")
def remove_contact(request: HttpRequest, contact_id: int, version: int) -> Any:
    return actions.remove_contact(actor_of(request), contact_id, version=version)


@router.post("/contacts/{contact_id}/reveal", summary="Show a masked number whole; the log tells who looked")
def reveal_contact(request: HttpRequest, contact_id: int) -> Any:
    actor = actor_of(request)
    reveal_actions.reveal_contact(actor, contact_id)
    return reveal_actions.number_of(actor, contact_id)


@router.post("/customers/{customer_id}/reveal", summary="Show the number on a customer's row whole")
def reveal_customer(request: HttpRequest, customer_id: int) -> Any:
    return reveal_contact(request, reveal_actions.primary_of(actor_of(request), customer_id))


@router.post("/customers/{customer_id}/collaborators", summary="Add a collaborator", response={201: Any})
def add_collaborator(request: HttpRequest, customer_id: int, body: CollaboratorIn) -> Any:
    return Status(201, actions.add_collaborator(actor_of(request), customer_id, **body.model_dump()))


@router.delete("/customers/{customer_id}/collaborators/{member_id}", summary="Remove a collaborator")
def remove_collaborator(
    request: HttpRequest, customer_id: int, member_id: int, why: Annotated[str, Query(max_length=300)] = ""
) -> Any:
    return actions.remove_collaborator(actor_of(request), customer_id, member_id=member_id, why=why)


@router.post("/customers/{customer_id}/needs", summary="Add a need", response={201: Any})
def create_need(request: HttpRequest, customer_id: int, body: NeedValues) -> Any:
    return Status(201, actions.create_need(actor_of(request), customer_id, values=_sent(body)))


@router.patch("/needs/{need_id}", summary="Change a need")
def update_need(request: HttpRequest, need_id: int, body: NeedPatch) -> Any:
    return actions.update_need(actor_of(request), need_id, version=body.version, values=_sent(body, "version"))


@router.delete("/needs/{need_id}", summary="Remove a need")
def remove_need(request: HttpRequest, need_id: int, version: int) -> Any:
    return actions.remove_need(actor_of(request), need_id, version=version)
