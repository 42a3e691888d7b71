"""Verbs on files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Sum

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.door.action import action
from genjin.door.change import Change
from genjin.files import storage
from genjin.files.models import StoredFile
from genjin.files.rules import MOST_STORED, MOST_UNUSED, MOST_UNUSED_FILES, clean_name, preview_of
from genjin.files.steps import add_file, demand_kinds
from genjin.lib.errors import Refusal

Reply = dict[str, Any]


def upload(actor: Actor, *, name: str, chunks: Iterable[bytes], kind: str = "other") -> Reply:
    """Bytes to disk, then the row; bytes whose row was refused or kept before are removed again (A7)."""
    staged = storage.stage(clean_name(name), chunks)
    try:
        reply = upload_file(actor, staged=staged, kind=kind)
    except BaseException:
        storage.discard(staged.path)
        raise
    if not is_named(staged.path):
        storage.discard(staged.path)
    return reply


def is_named(path: str) -> bool:
    """Does a row name these bytes? A repeated call with the same key keeps the first upload."""
    return unscoped(StoredFile, "step").filter(path=path).exists()


@action("file.upload", "上传附件", "upload a file")
def upload_file(change: Change, *, staged: storage.Staged, kind: str) -> Reply:
    """Name the bytes: readable by the uploader alone until a record holds them (R-010, A7)."""
    demand_kinds(change.actor, [kind])
    _demand_room(change, staged.size)
    file = add_file(change, staged)
    return {
        "id": file.pk,
        "name": file.name,
        "size": file.size,
        "content_type": file.content_type,
        "kind": kind,
        "preview": preview_of(file.content_type),
    }


def _demand_room(change: Change, size: int) -> None:
    rows = unscoped(StoredFile, "step").filter(org_id=change.actor.org_id, deleted_at__isnull=True)
    unused = rows.filter(owner_id=change.actor.member_id, held=False).aggregate(sum=Sum("size"), n=Count("id"))
    stored = rows.aggregate(sum=Sum("size"))["sum"] or 0
    if stored + size > MOST_STORED:
        raise Refusal("团队的附件空间用完了，找管理员清理", "The team's space is used up", status=413, code="quota")
    if (unused["sum"] or 0) + size > MOST_UNUSED or unused["n"] >= MOST_UNUSED_FILES:
        raise Refusal(
            "你上传了很多还没用上的文件，先用掉或过一会儿再传",
            "You have uploaded many files that no record uses; use them first",
            status=413,
            code="quota",
        )
