"""Routes of playbooks and of a customer's way through them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from genjin.access.requests import actor_of
from genjin.lib import moment
from genjin.playbook import actions, impact, paths, publish_actions, queries, worked
from genjin.playbook.schemas import (
    LimitExampleIn,
    NewPlaybookIn,
    OrderPlaybooksIn,
    PlaybookBackIn,
    PlaybookDraftIn,
    PublishPlaybookIn,
    RemovePlaybookIn,
    SideNodeIn,
    StageMoveIn,
)

router = Router(tags=["playbook"])


@router.get("/playbooks", summary="The playbooks of the team")
def list_playbooks(request: HttpRequest) -> Any:
    """In order, the default last; `customers`: how many of those you see follow it; `templates` may be added."""
    return queries.playbooks(actor_of(request))


@router.get("/playbooks/{key}", summary="One playbook, for its designer")
def read_playbook(request: HttpRequest, key: str) -> Any:
    """Its document; roles, departments, fields and kinds of conditions that there are."""
    return queries.playbook(actor_of(request), key)


@router.get("/playbooks/{key}/facts", summary="How a playbook has gone in the last 90 days")
def facts(request: HttpRequest, key: str) -> Any:
    """Of each node, among the customers you see: how many stand there, stays, late ones, share on time."""
    return impact.node_facts(actor_of(request), key, now=moment.now())


@router.post("/playbooks", summary="Make a further playbook", response={201: Any})
def create(request: HttpRequest, body: NewPlaybookIn) -> Any:
    """A document of your own, or a shipped one by the key of its `template`."""
    document = body.document.body() if body.document else None
    made = publish_actions.create(actor_of(request), document=document, template=body.template, why=body.why)
    return Status(201, made)


@router.put("/playbook-order", summary="Which playbook is asked first")
def put_in_order(request: HttpRequest, body: OrderPlaybooksIn) -> Any:
    """The first whose condition holds takes a new customer; the default one stays last."""
    return publish_actions.put_in_order(actor_of(request), keys=body.keys)


@router.put("/playbooks/{key}", summary="Publish a playbook")
def publish(request: HttpRequest, key: str, body: PublishPlaybookIn) -> Any:
    """The whole document. 409 with `theirs` and `mine` when somebody published since `version`; 422 with all
    `problems` (node, field, zh, en)."""
    actor, told = actor_of(request), body.document.body()
    return publish_actions.publish(
        actor, key=key, version=body.version, document=told, mapping=body.mapping, why=body.why
    )


@router.post("/playbooks/{key}/roll-back", summary="Put an older version of a playbook in force again")
def roll_back(request: HttpRequest, key: str, body: PlaybookBackIn) -> Any:
    return publish_actions.roll_back(actor_of(request), key=key, **body.model_dump())


@router.post("/playbooks/{key}/remove", summary="Remove a playbook")
def remove(request: HttpRequest, key: str, body: RemovePlaybookIn) -> Any:
    """Its customers go where `mapping` says; the default one stays."""
    return publish_actions.remove(actor_of(request), key=key, **body.model_dump())


@router.post("/playbooks/{key}/impact", summary="What a draft of a playbook would mean")
def draft_impact(request: HttpRequest, key: str, body: PlaybookDraftIn) -> Any:
    """Problems, customers that would move, clocks that change, and how the last 90 days would have gone."""
    return impact.impact(actor_of(request), key, body.document.body(), body.mapping, now=moment.now())


@router.post("/playbooks/{key}/worked-example", summary="A limit by example")
def worked_example(request: HttpRequest, key: str, body: LimitExampleIn) -> Any:
    """The days from `at` (now) until the limit runs out, by the team's calendar."""
    actor, limit = actor_of(request), {"amount": body.limit.amount, "clock": body.limit.clock}
    queries.book_named(actor, key)
    return worked.worked_example(actor, limit, body.at or moment.now())


@router.get("/playbooks/{key}/versions", summary="All versions of a playbook")
def versions(request: HttpRequest, key: str) -> Any:
    return queries.versions(actor_of(request), key)


@router.get("/customers/{customer_id}/path", summary="Where a customer stands on its way")
def path(request: HttpRequest, customer_id: int) -> Any:
    """Nodes done, now and ahead; what to do now, by when, and what the gate still asks for."""
    return paths.path(actor_of(request), customer_id)


@router.get("/customers/{customer_id}/passages", summary="The log of a customer's nodes")
def passages(request: HttpRequest, customer_id: int) -> Any:
    """Who moved it when, from where to where and why; working time, time passed, late or not."""
    return paths.passages(actor_of(request), customer_id)


@router.post("/customers/{customer_id}/side/{node}", summary="Settle a node beside the way")
def settle_side(request: HttpRequest, customer_id: int, node: str, body: SideNodeIn) -> Any:
    """Done, or left out with a reason where it is optional; 404 for one that is not beside the customer's node."""
    return actions.settle_side(actor_of(request), customer_id, node=node, **body.model_dump())


@router.post("/customers/{customer_id}/move", summary="Move a customer to another node")
def move(request: HttpRequest, customer_id: int, body: StageMoveIn) -> Any:
    """422 with code `gate` when something is missing: `missing` names it, `why` says whether a reason is enough."""
    return actions.move_customer(actor_of(request), customer_id, **body.model_dump())
