"""Reading files."""

from __future__ import annotations

from typing import Any

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.files import previews, storage
from genjin.files.holders import may_read
from genjin.files.models import StoredFile
from genjin.files.rules import DOCX, XLSX, preview_of
from genjin.lib.errors import NotFound


def open_file(actor: Actor, file_id: int) -> StoredFile:
    """The file as the actor may see it: his own upload until a record holds it, then whoever may read
    that record; `NotFound` for all others (A7)."""
    rows = unscoped(StoredFile, "scope").filter(org_id=actor.org_id, deleted_at__isnull=True)
    file = rows.filter(pk=file_id).first()
    if file is None:
        raise NotFound()
    mine = file.owner_id is not None and file.owner_id == actor.own_id
    if not (may_read(actor, file_id) if file.held else mine):
        raise NotFound()
    return file


def content(file: StoredFile) -> bytes:
    """The bytes, checked against the digest (D6)."""
    return storage.read(file.path, file.digest)


def preview(file: StoredFile) -> dict[str, Any]:
    """Text and first rows of a document, as JSON; never its markup."""
    if preview_of(file.content_type) != "text":
        raise NotFound("这种文件不能预览，下载后打开", "This kind of file has no preview; download it")
    data = content(file)
    if file.content_type == DOCX:
        return {"text": previews.docx_text(data), "rows": None}
    if file.content_type == XLSX:
        return {"text": None, "rows": previews.first_rows(data, file.name)}
    return {"text": previews.plain_text(data), "rows": None}
