"""What verbs share when they hold files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.door.change import Change
from genjin.files.models import OwnFile, StoredFile
from genjin.files.rules import preview_of
from genjin.files.storage import Staged
from genjin.lib.errors import Invalid
from genjin.schema.queries import options_of
from genjin.schema.registry import Field


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


@dataclass(frozen=True, slots=True)
class Held:
    """A file in an own field of a row."""

    record_type: str
    record_id: int
    field: Field
    file_id: int


def hold_own(change: Change, held: Sequence[Held], *, trusted: bool) -> None:
    """Note which rows of one table hold which files. Unless the change is `trusted`, new ones must be the actor's own
    uploads that no record holds yet (A7); pictures are pictures. Raises `Invalid` naming the field."""
    if not held:
        return
    ids = {each.record_id for each in held}
    known = OwnFile.objects.filter(org_id=change.actor.org_id, record_type=held[0].record_type, record_id__in=ids)
    pairs = set(known.values_list("file_id", "record_id"))
    fresh = [each for each in held if (each.file_id, each.record_id) not in pairs]
    if not fresh:
        return
    rows = unscoped(StoredFile, "step").filter(org_id=change.actor.org_id, pk__in={each.file_id for each in fresh})
    files = {each.pk: each for each in rows.filter(deleted_at__isnull=True)}
    for each in fresh:
        _demand_own(change, each.field, files.get(each.file_id), trusted)
    for file in files.values():
        change.save(file, {"held": True})
    OwnFile.objects.bulk_create(
        OwnFile(org_id=change.actor.org_id, file_id=pk, record_type=held[0].record_type, record_id=row)
        for pk, row in {(each.file_id, each.record_id): None for each in fresh}
    )


def _demand_own(change: Change, field: Field, file: StoredFile | None, trusted: bool) -> None:
    mine = file is not None and not file.held and file.owner_id == change.actor.member_id
    if file is None or not (mine or trusted):
        raise Invalid(
            f"{field.zh}里有一个附件找不到，重新上传一次",
            f"A file of {field.en} is missing; upload it again",
            field=field.slug,
        )
    if field.type == "picture" and preview_of(file.content_type) != "image":
        zh, en = f"{field.zh}只能放图片：“{file.name}”不是", f"{field.en} takes pictures; “{file.name}” is none"
        raise Invalid(zh, en, field=field.slug)


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
