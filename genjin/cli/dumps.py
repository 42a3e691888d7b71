"""A consistent copy of the database by the engine's own means, and the way back."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
from pathlib import Path

from django.db import connection


class ArchiveError(Exception):
    """An archive that cannot be written or must not be used; the text says why, in both languages."""


def dump(target: Path) -> None:
    """Write a snapshot of the database while others write to it."""
    if connection.vendor == "sqlite":
        with _sqlite(_path()) as source, _sqlite(target) as copy:
            source.backup(copy)
            # One file without a log beside it, so that the sum is that of the whole.
            copy.execute("PRAGMA journal_mode=DELETE")
        return
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def load(made: Path) -> None:
    """Replace the database by a snapshot, whole or not at all."""
    connection.close()
    if connection.vendor == "sqlite":
        with _sqlite(made) as source, _sqlite(_path()) as live:
            if source.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise ArchiveError("备份里的数据库坏了，没有动现有数据 / the database in the archive is damaged")
            source.backup(live)
        return
    _run(
        "pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction",
        f"--dbname={connection.settings_dict['NAME']}", str(made),
    )  # fmt: skip


def _path() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _sqlite(path: Path) -> contextlib.closing[sqlite3.Connection]:
    return contextlib.closing(sqlite3.connect(path, timeout=30))


def _run(name: str, *arguments: str) -> None:
    """Run a PostgreSQL tool; the password goes by the environment, not by the list of processes."""
    place = connection.settings_dict
    known = {
        "PGHOST": place["HOST"],
        "PGPORT": str(place["PORT"]),
        "PGUSER": place["USER"],
        "PGPASSWORD": place["PASSWORD"],
        "PGDATABASE": str(place["NAME"]),
    }
    environment = {**os.environ, **{key: value for key, value in known.items() if value}}
    try:
        subprocess.run([name, *arguments], check=True, capture_output=True, timeout=7200, env=environment)
    except FileNotFoundError as error:
        raise ArchiveError(f"缺少 {name}，装上 postgresql-client / {name} is missing") from error
    except subprocess.CalledProcessError as error:
        text = error.stderr.decode(errors="replace").strip().splitlines()
        raise ArchiveError(f"{name} 失败 / failed：{text[-1] if text else error.returncode}") from error
