"""Routes of playbooks and of a customer's way through them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from genjin.access.requests import actor_of
from genjin.playbook import actions, paths, queries
from genjin.playbook.schemas import MoveIn

router = Router(tags=["playbook"])


@router.get("/playbooks", summary="The playbooks of the team")
def list_playbooks(request: HttpRequest) -> Any:
    """In order, the default last; `customers`: how many of those you see follow it; `templates` may be added."""
    return queries.playbooks(actor_of(request))


@router.get("/playbooks/{key}", summary="One playbook, for its designer")
def read_playbook(request: HttpRequest, key: str) -> Any:
    """Its document; roles, departments, fields and kinds of conditions that there are."""
    return queries.playbook(actor_of(request), key)


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


@router.post("/customers/{customer_id}/move", summary="Move a customer to another node")
def move(request: HttpRequest, customer_id: int, body: MoveIn) -> Any:
    """422 with code `gate` when something is missing: `missing` names it, `why` says whether a reason is enough."""
    return actions.move_customer(actor_of(request), customer_id, **body.model_dump())
