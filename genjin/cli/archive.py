"""`genjin backup` and `genjin restore`: one checksummed archive of database, files and secret."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Max

from genjin.history.models import Cursor, Event
from genjin.lib import moment
from genjin.notify.models import Outgoing
from genjin.orgs.models import Organisation

FORMAT = 1
MANIFEST = "manifest.json"
_CHUNK = 1 << 20


class ArchiveError(Exception):
    """An archive that cannot be written or must not be used; the text says why, in both languages."""


def write(out: Path) -> dict[str, Any]:
    """Write `out` while the system runs: a consistent snapshot of the database, then every file it
    names (files are never changed once stored, so a later copy is the same). Returns the manifest."""
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "database"
        _dump(dump)
        members = {"database": dump, **_files()}
        secret = Path(settings.DATA) / "secret_key"
        if secret.exists():
            members["secret_key"] = secret
        manifest = {
            "format": FORMAT,
            "engine": connection.vendor,
            "at": moment.now().isoformat(),
            "rows": sum(table_counts().values()),
            "files": len(members) - 1,
            "sums": {name: _sum(path) for name, path in members.items()},
        }
        part = out.with_suffix(out.suffix + ".part")
        with tarfile.open(part, "w") as tar:
            _add_text(tar, MANIFEST, json.dumps(manifest, ensure_ascii=False))
            for name, path in members.items():
                tar.add(path, arcname=name)
        verify(part)
        part.replace(out)
    return manifest


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    data = text.encode()
    info = tarfile.TarInfo(name)
    info.size = len(data)
    tar.addfile(info, io.BytesIO(data))


def _dump(target: Path) -> None:
    if connection.vendor == "sqlite":
        source = sqlite3.connect(str(connection.settings_dict["NAME"]))
        copy = sqlite3.connect(target)
        with copy:
            source.backup(copy)
        copy.close()
        source.close()
        return
    _run(["pg_dump", "--format=custom", "--no-owner", f"--file={target}", _address()], "pg_dump")


def _address() -> str:
    return str(settings.DATABASE_URL)


def _run(command: list[str], name: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=7200)
    except FileNotFoundError as error:
        raise ArchiveError(f"缺少 {name}，装上 postgresql-client / {name} is missing") from error
    except subprocess.CalledProcessError as error:
        text = error.stderr.decode(errors="replace").strip().splitlines()
        raise ArchiveError(f"{name} 失败：{text[-1] if text else error.returncode}") from error


def _files() -> dict[str, Path]:
    root = Path(settings.FILES)
    if not root.is_dir():
        return {}
    return {f"files/{path.relative_to(root)}": path for path in sorted(root.rglob("*")) if path.is_file()}


def _sum(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def verify(archive: Path) -> dict[str, Any]:
    """Read every byte of the archive and compare the sums; raises `ArchiveError` before anything is touched."""
    try:
        with tarfile.open(archive, "r:") as tar:
            first = tar.next()
            if first is None or first.name != MANIFEST:
                raise ArchiveError("这不是 Genjin 的备份 / not a Genjin archive")
            manifest: dict[str, Any] = json.loads(_bytes(tar, first))
            if manifest.get("format") != FORMAT:
                raise ArchiveError("备份的版本不认识 / unknown archive version")
            found = dict(_sums(tar))
    except (tarfile.TarError, OSError, ValueError, EOFError) as error:
        raise ArchiveError(
            "备份文件损坏或不完整，没有动现有数据 / the archive is damaged; nothing was touched"
        ) from error
    if found != manifest["sums"]:
        raise ArchiveError("备份的校验和不对，没有动现有数据 / checksums differ; nothing was touched")
    return manifest


def _bytes(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = tar.extractfile(member)
    if stream is None:
        raise ArchiveError("备份文件损坏 / the archive is damaged")
    return stream.read()


def _sums(tar: tarfile.TarFile) -> Iterator[tuple[str, str]]:
    for member in tar:
        if member.name == MANIFEST:
            continue
        stream = tar.extractfile(member)
        if stream is None or ".." in Path(member.name).parts or member.name.startswith("/"):
            raise ArchiveError("备份里有不该有的内容 / the archive holds something strange")
        digest = hashlib.sha256()
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
        yield member.name, digest.hexdigest()


def restore(archive: Path, *, replace: bool) -> dict[str, Any]:
    """Put the archive in place: verified first, refused over existing data unless `replace`."""
    manifest = verify(archive)
    if manifest["engine"] != connection.vendor:
        raise ArchiveError(f"备份来自 {manifest['engine']}，这里是 {connection.vendor} / another engine")
    if not replace and _has_data():
        raise ArchiveError("这里已经有数据；要覆盖就加 --yes / there is data here; add --yes to replace it")
    with tempfile.TemporaryDirectory(dir=_data_folder()) as folder:
        with tarfile.open(archive, "r:") as tar:
            tar.extractall(folder, filter="data")
        _load(Path(folder) / "database")
        _place_files(Path(folder))
    _settle()
    return manifest


def _data_folder() -> Path:
    Path(settings.DATA).mkdir(parents=True, exist_ok=True)
    return Path(settings.DATA)


def _has_data() -> bool:
    if Organisation._meta.db_table not in connection.introspection.table_names():
        return False
    return Organisation.objects.exists()


def _load(dump: Path) -> None:
    connection.close()
    if connection.vendor == "sqlite":
        target = Path(str(connection.settings_dict["NAME"]))
        for suffix in ("-wal", "-shm"):
            Path(f"{target}{suffix}").unlink(missing_ok=True)
        shutil.move(str(dump), target)
        return
    _run(
        [
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--single-transaction",
            f"--dbname={_address()}",
            str(dump),
        ],
        "pg_restore",
    )


def _place_files(folder: Path) -> None:
    stored = folder / "files"
    if stored.is_dir():
        shutil.copytree(stored, settings.FILES, dirs_exist_ok=True)
    if (folder / "secret_key").exists():
        shutil.copy2(folder / "secret_key", Path(settings.DATA) / "secret_key")


def _settle() -> None:
    """Make the log readable on another cluster, and let nothing go out twice.

    A PostgreSQL cluster counts its own transactions, so the numbers of the old one are moved below
    zero with their order kept. Messages that were waiting when the backup was written have gone out
    since: they are dropped.
    """
    with transaction.atomic():
        highest = Event.objects.aggregate(most=Max("xid"))["most"] or 0
        if highest > 0:
            Event.objects.update(xid=F("xid") - highest - 1)
            Cursor.objects.update(xid=F("xid") - highest - 1)
        Outgoing.objects.filter(state="waiting").update(state="dropped")


def table_counts() -> dict[str, int]:
    """Rows of every table, for comparing two installations."""
    counts = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
            counts[model._meta.db_table] = int(cursor.fetchone()[0])
    return counts
