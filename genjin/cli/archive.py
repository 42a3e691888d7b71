"""`genjin backup` and `genjin restore`: one checksummed archive of database, files and settings.

The archive is a tar: `manifest.json` with the SHA-256 of every other member (and of itself), the
database as the engine's own dump, the stored files, the secret key. docs/backup.md tells the drill.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from genjin.automations.restoring import hold_back_what_may_have_happened
from genjin.cli.dumps import ArchiveError, dump, load
from genjin.history.restoring import renumber_for_this_cluster
from genjin.lib import moment
from genjin.notify.restoring import hold_back_what_may_have_gone
from genjin.orgs.models import Organisation

FORMAT = 1
MANIFEST = "manifest.json"
_CHUNK = 1 << 20
_NAME = re.compile(r"database|secret_key|files/[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_DAMAGED = "备份文件损坏或不完整，没有动现有数据 / the archive is damaged; nothing was touched"


def write(out: Path) -> dict[str, Any]:
    """Write `out` while the system runs; returns the manifest.

    Files never change once stored. They are linked aside before the snapshot of the database and
    again after it, so that no row of the snapshot lacks its file, whatever is deleted meanwhile.
    """
    with tempfile.TemporaryDirectory(dir=_data_folder()) as name:
        folder = Path(name)
        _link_files(folder)
        dump(folder / "database")
        _link_files(folder)
        (folder / "secret_key").write_text(settings.SECRET_KEY)
        members = {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*")) if path.is_file()}
        manifest = _manifest(members)
        part = out.with_name(out.name + ".part")
        with tarfile.open(part, "w") as tar:
            _add_text(tar, MANIFEST, json.dumps(manifest, ensure_ascii=False))
            for member, path in members.items():
                tar.add(path, arcname=member)
        part.chmod(0o600)
    verify(part)
    part.replace(out)
    return manifest


def _manifest(members: dict[str, Path]) -> dict[str, Any]:
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "engine": connection.vendor,
        "at": moment.now().isoformat(),
        "rows": sum(table_counts().values()),
        "files": len(members) - 2,
        "migrations": sorted(map(list, MigrationLoader(connection).applied_migrations)),
        "sums": {name: _sum(path) for name, path in members.items()},
    }
    return {**manifest, "self": _self_sum(manifest)}


def _self_sum(manifest: dict[str, Any]) -> str:
    rest = {name: value for name, value in manifest.items() if name != "self"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


def _link_files(folder: Path) -> None:
    root = Path(settings.FILES)
    for path in root.rglob("*") if root.is_dir() else ():
        target = folder / "files" / path.relative_to(root)
        if target.exists() or not path.is_file():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, target)
        except FileNotFoundError:
            continue
        except OSError:
            shutil.copy2(path, target)


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    data = text.encode()
    info = tarfile.TarInfo(name)
    info.size = len(data)
    tar.addfile(info, io.BytesIO(data))


def _sum(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def verify(archive: Path) -> dict[str, Any]:
    """Read every byte and compare the sums; raises `ArchiveError` for anything but a whole archive."""
    return _read(archive, None)


def _read(archive: Path, folder: Path | None) -> dict[str, Any]:
    """The manifest of a whole archive; its members are written below `folder` on the way."""
    try:
        with tarfile.open(archive, "r:") as tar:
            manifest = _read_manifest(tar)
            found = dict(_read_members(tar, folder))
    except (tarfile.TarError, OSError, ValueError, EOFError, KeyError, TypeError) as error:
        raise ArchiveError(_DAMAGED) from error
    if found != manifest["sums"]:
        raise ArchiveError("备份的校验和不对，没有动现有数据 / checksums differ; nothing was touched")
    return manifest


def _read_manifest(tar: tarfile.TarFile) -> dict[str, Any]:
    first = tar.next()
    stream = tar.extractfile(first) if first is not None and first.name == MANIFEST else None
    if stream is None:
        raise ArchiveError("这不是 Genjin 的备份 / not a Genjin archive")
    manifest: dict[str, Any] = json.loads(stream.read())
    if manifest.get("format") != FORMAT:
        raise ArchiveError("备份的版本不认识 / unknown archive version")
    if manifest["self"] != _self_sum(manifest):
        raise ArchiveError(_DAMAGED)
    return manifest


def _read_members(tar: tarfile.TarFile, folder: Path | None) -> Iterator[tuple[str, str]]:
    for member in tar:
        if member.name == MANIFEST:
            continue
        stream = tar.extractfile(member)
        if stream is None or not _NAME.fullmatch(member.name):
            raise ArchiveError("备份里有不该有的内容 / the archive holds something strange")
        digest = hashlib.sha256()
        target = None
        if folder is not None:
            (folder / member.name).parent.mkdir(parents=True, exist_ok=True)
            target = (folder / member.name).open("wb")
        try:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                if target:
                    target.write(chunk)
        finally:
            if target:
                target.close()
        yield member.name, digest.hexdigest()


def restore(archive: Path, *, replace: bool) -> dict[str, Any]:
    """Put the archive in place: read whole and verified first, refused over existing data unless
    `replace`. Files come before the database, so that no row is ever without its file."""
    with tempfile.TemporaryDirectory(dir=_data_folder()) as name:
        folder = Path(name)
        manifest = _read(archive, folder)
        _demand_fit(manifest, replace=replace)
        if (folder / "files").is_dir():
            shutil.copytree(folder / "files", settings.FILES, dirs_exist_ok=True)
        _place_secret(folder / "secret_key")
        load(folder / "database")
    call_command("migrate", interactive=False, verbosity=0)
    with transaction.atomic():
        renumber_for_this_cluster()
        hold_back_what_may_have_gone(moment.now())
        hold_back_what_may_have_happened()
    return manifest


def _demand_fit(manifest: dict[str, Any], *, replace: bool) -> None:
    if manifest["engine"] != connection.vendor:
        raise ArchiveError(f"备份来自 {manifest['engine']}，这里是 {connection.vendor} / another engine")
    known = set(MigrationLoader(None).disk_migrations)
    if {tuple(each) for each in manifest["migrations"] if each[0] in {app for app, _ in known}} - known:
        raise ArchiveError("备份来自更新的版本，先升级程序 / the archive is of a newer version; upgrade first")
    if not replace and _has_data():
        raise ArchiveError("这里已经有数据；要覆盖就加 --yes / there is data here; add --yes to replace it")


def _place_secret(made: Path) -> None:
    target = _data_folder() / "secret_key"
    target.touch(mode=0o600)
    target.chmod(0o600)
    target.write_text(made.read_text())


def _data_folder() -> Path:
    Path(settings.DATA).mkdir(parents=True, exist_ok=True)
    return Path(settings.DATA)


def _has_data() -> bool:
    if Organisation._meta.db_table not in connection.introspection.table_names():
        return False
    return Organisation.objects.exists()


def table_counts() -> dict[str, int]:
    """Rows of every table, for comparing two installations."""
    counts = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
            counts[model._meta.db_table] = int(cursor.fetchone()[0])
    return counts
