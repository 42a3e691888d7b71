"""Routes of follow-up records."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import Field

from genjin.access.requests import actor_of
from genjin.customers.merged import on_survivor
from genjin.followups import actions, batch_actions, comment_actions, drafts, layouts, publishing, queries
from genjin.followups.chat import tidy
from genjin.followups.schemas import (
    AttemptIn,
    ChatIn,
    CheckIn,
    CommentIn,
    CommentPatch,
    DraftIn,
    FollowUpIn,
    FollowUpPatch,
    TakeDownIn,
    TemplateIn,
)
from genjin.lib import moment
from genjin.lib.filters import decoded
from genjin.lib.strict import Strict

router = Router(tags=["followups"])


class IdsIn(Strict):
    ids: Annotated[list[int], Field(min_length=1, max_length=1000)]


@router.get("/followups", summary="Records, newest contact first")
def list_followups(
    request: HttpRequest,
    customer_id: int | None = None,
    view: Annotated[str, Query(max_length=40)] = "",
    filter: str | None = None,
    sort: Annotated[str, Query(max_length=40)] = "",
    q: Annotated[str, Query(max_length=100)] = "",
    cursor: str = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
    count: bool = False,
) -> Any:
    """A page of records. `view` is a ready-made one or the id of a saved one, `filter` one JSON expression on top
    of it, `q` the customer's name, its pinyin or number; see docs/api.md."""
    return queries.list_followups(
        actor_of(request),
        now=moment.now(),
        customer_id=customer_id,
        view=view,
        expression=decoded(filter),
        sort=sort,
        text=q,
        cursor=cursor,
        limit=limit,
        count=count,
    )


@router.get("/followups/views", summary="Tabs over the records with counts")
def views(request: HttpRequest) -> Any:
    return queries.views(actor_of(request), now=moment.now())


@router.post("/followups", summary="Log a follow-up", response={201: Any})
def log_followup(request: HttpRequest, body: FollowUpIn) -> Any:
    """Four inputs are enough: channel, summary, feedback (or marked quotes), next step.
    422 `standard` lists what the written standard still misses; nothing is stored then."""
    actor = actor_of(request)
    write = partial(actions.log_followup, actor, parts=body)
    return Status(201, on_survivor(actor, body.customer_id, write))


@router.post("/followups/check", summary="Judge a draft without storing it")
def check(request: HttpRequest, body: CheckIn) -> Any:
    return queries.check(actor_of(request), body, now=moment.now())


@router.post("/followups/tidy-chat", summary="Turn a pasted chat into the parts of a record")
def tidy_chat(request: HttpRequest, body: ChatIn) -> Any:
    return tidy(actor_of(request), body.text, now=moment.now())


@router.post("/followups/attempts", summary="Note an attempt in one tap", response={201: Any})
def log_attempt(request: HttpRequest, body: AttemptIn) -> Any:
    actor = actor_of(request)
    write = partial(actions.log_attempt, actor, parts=body)
    return Status(201, on_survivor(actor, body.customer_id, write))


@router.get("/followups/drafts", summary="Your drafts")
def list_drafts(request: HttpRequest, customer_id: int | None = None) -> Any:
    return {"items": queries.drafts(actor_of(request), customer_id)}


@router.put("/followups/drafts/{client_key}", summary="Keep a draft")
def save_draft(request: HttpRequest, client_key: str, body: DraftIn) -> Any:
    saved = drafts.save_draft(
        actor_of(request), client_key, customer_id=body.customer_id, body=body.body, now=moment.now()
    )
    return {"saved_at": saved}


@router.delete("/followups/drafts/{client_key}", summary="Throw a draft away", response={204: None})
def drop_draft(request: HttpRequest, client_key: str) -> Any:
    drafts.drop_draft(actor_of(request), client_key)
    return Status(204, None)


@router.get("/templates", summary="Templates of records")
def list_templates(request: HttpRequest) -> Any:
    """Sections, parts and conditions of each template in force, and the template you used last."""
    return layouts.listed(actor_of(request))


@router.get("/templates/{key}/versions", summary="All versions of a template")
def list_versions(request: HttpRequest, key: str) -> Any:
    return {"items": layouts.versions(actor_of(request), key)}


@router.post("/templates/{key}/versions", summary="Publish a new version of a template", response={201: Any})
def publish(request: HttpRequest, key: str, body: TemplateIn) -> Any:
    """Old records keep the version they were written with. `version` is the one you started from;
    without the protected sections of the standard report it takes `override` and the reason (`why`)."""
    return Status(201, publishing.publish_template(actor_of(request), key, template=body))


@router.post("/followups/restore", summary="Bring one's records back from the recycle bin")
def restore(request: HttpRequest, body: IdsIn) -> Any:
    return batch_actions.restore_followups(actor_of(request), body.ids)


@router.get("/followups/{followup_id}", summary="One record")
def one(request: HttpRequest, followup_id: int) -> Any:
    return queries.one(actor_of(request), followup_id, now=moment.now())


@router.patch("/followups/{followup_id}", summary="Change one's record")
def update(request: HttpRequest, followup_id: int, body: FollowUpPatch) -> Any:
    return actions.update_followup(actor_of(request), followup_id, parts=body)


@router.delete("/followups/{followup_id}", summary="Move one's record to the recycle bin")
def delete(request: HttpRequest, followup_id: int) -> Any:
    return batch_actions.delete_followups(actor_of(request), [followup_id])


@router.post("/comments", summary="Comment on a customer or one of its records", response={201: Any})
def add_comment(request: HttpRequest, body: CommentIn) -> Any:
    """409 `unseen` lists the named who cannot see the customer (`unseen`) and whether you may add them as
    collaborators (`can_share`); send it again with `anyway` and they learn who named them and nothing else."""
    actor = actor_of(request)
    write = partial(comment_actions.add_comment, actor, **body.model_dump(exclude={"customer_id"}))
    return Status(201, on_survivor(actor, body.customer_id, write))


@router.patch("/comments/{comment_id}", summary="Change one's comment within 15 minutes")
def update_comment(request: HttpRequest, comment_id: int, body: CommentPatch) -> Any:
    return comment_actions.update_comment(actor_of(request), comment_id, **body.model_dump())


@router.delete("/comments/{comment_id}", summary="Delete one's comment")
def remove_comment(request: HttpRequest, comment_id: int) -> Any:
    return comment_actions.remove_comment(actor_of(request), comment_id)


@router.post("/comments/{comment_id}/take-down", summary="Take a colleague's comment down, with a reason")
def take_down_comment(request: HttpRequest, comment_id: int, body: TakeDownIn) -> Any:
    return comment_actions.take_down_comment(actor_of(request), comment_id, why=body.why)
