"""Bytes on disk under generated names, sharded over folders, with their digest."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from genjin.files.rules import content_type_of
from genjin.lib.errors import Refusal


class Staged:
    """Bytes written to disk that no row names yet. Two with the same content and name are equal calls."""

    def __init__(self, name: str, path: str, data: bytes) -> None:
        self.name, self.path, self.size = name, path, len(data)
        self.digest = hashlib.sha256(data).hexdigest()
        self.content_type = content_type_of(data)

    def __str__(self) -> str:
        return f"{self.name} {self.digest}"


def stage(name: str, chunks: Iterable[bytes], *, most: int | None = None) -> Staged:
    """Write bytes under a new name; raises 413 above the size limit (or `most`), 422 for an empty file."""
    data = _gather(chunks, most or settings.MOST_UPLOAD)
    token = secrets.token_hex(16)
    path = f"{token[:2]}/{token[2:4]}/{token}"
    target = place(path)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with target.open("xb", buffering=0) as file:
            os.fchmod(file.fileno(), 0o600)
            view = memoryview(data)
            while view:
                view = view[file.write(view) :]
            os.fsync(file.fileno())
    except OSError:
        target.unlink(missing_ok=True)
        raise
    return Staged(name, path, data)


def _gather(chunks: Iterable[bytes], most: int) -> bytes:
    parts, size = [], 0
    for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise too_large()
        parts.append(chunk)
    if not size:
        raise Refusal("文件是空的", "The file is empty", field="file", status=422)
    return b"".join(parts)


def too_large() -> Refusal:
    most = settings.MOST_UPLOAD // 1024**2
    return Refusal(
        f"文件超过 {most} MB，压缩或拆开再传",
        f"The file is larger than {most} MB; compress or split it",
        field="file",
        status=413,
        code="too_large",
    )


def place(path: str) -> Path:
    """Where a stored path lies; the path is one that `stage` made."""
    return Path(settings.FILES) / path


def discard(path: str) -> None:
    """Remove bytes that no row names."""
    place(path).unlink(missing_ok=True)


def read(path: str, digest: str) -> bytes:
    """The bytes, checked against their digest: damaged bytes are never served as good (D6)."""
    try:
        data = place(path).read_bytes()
    except FileNotFoundError:
        data = b""
    if hashlib.sha256(data).hexdigest() != digest:
        raise Refusal(
            "这个文件在硬盘上损坏了，用备份恢复或重新上传",
            "This file is damaged on disk; restore it from a backup or upload it again",
            status=410,
            code="damaged",
        )
    return data
