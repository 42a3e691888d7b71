"""Routes of comments on rows of own record types."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Router, Status

from genjin.access.requests import actor_of
from genjin.followups import row_comment_actions
from genjin.followups.comments import of_row
from genjin.followups.schemas import CommentPatch, RowCommentIn, TakeDownIn
from genjin.lib import moment
from genjin.records.queries import one, type_of_actor

router = Router(tags=["records"])
Slug = Annotated[str, Path(max_length=40)]
_PLACE = "/records/{type}/{record_id}/comments"


@router.get(_PLACE, summary="What is said about a row")
def list_comments(request: HttpRequest, type: Slug, record_id: int) -> Any:
    """The threads, oldest first, and whether you may write one."""
    actor = actor_of(request)
    record, _ = one(actor, type_of_actor(actor, type), record_id)
    return of_row(actor, record, now=moment.now())


@router.post(_PLACE, summary="Comment on a row", response={201: Any})
def add_comment(request: HttpRequest, type: Slug, record_id: int, body: RowCommentIn) -> Any:
    """409 `unseen` lists the named who cannot see the row; send it again with `anyway`, and they learn who named them
    and nothing else."""
    said = row_comment_actions.comment_on_row(actor_of(request), record_id, type=type, **body.model_dump())
    return Status(201, said)


@router.patch(f"{_PLACE}/{{row_comment_id}}", summary="Change one's comment on a row within 15 minutes")
def update_comment(request: HttpRequest, type: Slug, record_id: int, row_comment_id: int, body: CommentPatch) -> Any:
    words = body.model_dump()
    return row_comment_actions.update_row_comment(
        actor_of(request), record_id, type=type, comment_id=row_comment_id, **words
    )


@router.delete(f"{_PLACE}/{{row_comment_id}}", summary="Delete one's comment on a row")
def remove_comment(request: HttpRequest, type: Slug, record_id: int, row_comment_id: int) -> Any:
    return row_comment_actions.remove_row_comment(actor_of(request), record_id, type=type, comment_id=row_comment_id)


@router.post(
    f"{_PLACE}/{{row_comment_id}}/take-down", summary="Take a colleague's comment on a row down, with a reason"
)
def take_down_comment(request: HttpRequest, type: Slug, record_id: int, row_comment_id: int, body: TakeDownIn) -> Any:
    return row_comment_actions.take_down_row_comment(
        actor_of(request), record_id, type=type, comment_id=row_comment_id, why=body.why
    )
