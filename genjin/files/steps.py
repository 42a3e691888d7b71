"""What verbs share when they hold files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.door.change import Change
from genjin.files.models import StoredFile
from genjin.files.storage import Staged
from genjin.lib.errors import Invalid
from genjin.schema.queries import options_of


def demand_kinds(actor: Actor, kinds: Iterable[str]) -> None:
    """Refuse a kind of attachment that is not in the team's list (R-008)."""
    if not set(kinds) <= options_of(actor.org_id, actor.config_version).get("file_kind", {}).keys():
        raise Invalid("附件类型不在选项里", "Not a kind of attachment", field="kind")


def hold_files(change: Change, ids: Sequence[int]) -> list[StoredFile]:
    """Take uploaded files into a record: only the actor's own that no record holds yet (A7)."""
    wanted = sorted(set(ids))
    if not wanted:
        return []
    files = list(
        unscoped(StoredFile, "step").filter(
            pk__in=wanted,
            org_id=change.actor.org_id,
            owner_id=change.actor.member_id,
            held=False,
            deleted_at__isnull=True,
        )
    )
    if len(files) != len(wanted):
        raise Invalid("附件找不到，重新上传一次", "An attachment is missing; upload it again", field="file_ids")
    for file in files:
        change.save(file, {"held": True})
    return files


def add_file(change: Change, staged: Staged, *, held: bool = False) -> StoredFile:
    """Name staged bytes by a row that belongs to the actor."""
    file = StoredFile(
        name=staged.name,
        path=staged.path,
        size=staged.size,
        content_type=staged.content_type,
        digest=staged.digest,
        owner_id=change.actor.member_id,
        held=held,
    )
    change.stamp(file)
    file.save()
    change.record("file.uploaded", file, after={"name": file.name, "size": file.size, "digest": file.digest})
    return file
