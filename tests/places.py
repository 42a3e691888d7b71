"""Installations of their own, beside the suite's, for tests of processes that are killed, backed up or restored."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.warm import Warm

PASSWORD = "beifen-2026-ok"
_PG = "postgresql" in settings.DATABASES["default"]["ENGINE"]

MAKE = """
from django.core.management import call_command
from genjin.lib import moment
from genjin.packs.organisation import create_organisation
call_command("migrate", verbosity=0)
create_organisation("青松科技", account="boss@example.com", password="beifen-2026-ok", person="陈立", now=moment.now())
result = 1
"""


@dataclass
class Place:
    """One installation: its folder and database, and a process there that runs what it is given."""

    folder: Path
    url: str
    warm: Warm

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GENJIN")}
        own = {"GENJIN_DATA": str(self.folder), "GENJIN_DATABASE_URL": self.url, "GENJIN_PASSWORD": PASSWORD}
        return {**kept, **own, "DJANGO_SETTINGS_MODULE": "genjin.config.settings"}

    def inside(self, code: str) -> Any:
        """Run `code` in a process of this installation; what it leaves in `result` comes back as JSON."""
        return self.warm.inside(self.environment, code)

    def popen(self, *arguments: str, **how: Any) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, *arguments], env=self.environment, **how)

    def genjin(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command as an administrator gives it."""
        return subprocess.run(
            [sys.executable, "-m", "genjin.cli.main", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
        )


class Places:
    """`places.empty(name)` has no tables yet, `places.made(name)` the team of `MAKE`, which is made once."""

    def __init__(self, above: Path, warm: Warm) -> None:
        self._above, self._warm = above, warm
        self._found: list[Place] = []
        self._model: Place | None = None

    def empty(self, name: str, model: Place | None = None) -> Place:
        folder = self._above / f"{name}-{len(self._found)}"
        folder.mkdir()
        url = f"sqlite:///{folder / 'genjin.db'}"
        if _PG:
            database = f"place_{name}_{uuid.uuid4().hex[:8]}"
            template = f' TEMPLATE "{_database(model)}"' if model else ""
            _server(f'CREATE DATABASE "{database}"{template}')
            url = settings.DATABASE_URL.rsplit("/", 1)[0] + f"/{database}"
        self._found.append(Place(folder, url, self._warm))
        return self._found[-1]

    def made(self, name: str) -> Place:
        if self._model is None:
            self._model = self.empty("model")
            self._model.inside(MAKE)
        place = self.empty(name, self._model)
        shutil.copytree(self._model.folder, place.folder, dirs_exist_ok=True)
        return place

    def close(self) -> None:
        for place in self._found:
            if _PG:
                _server(f'DROP DATABASE "{_database(place)}" WITH (FORCE)')


def _database(place: Place) -> str:
    return place.url.rsplit("/", 1)[1]


def _server(statement: str) -> None:
    import psycopg  # noqa: PLC0415  (the suite on SQLite needs no PostgreSQL driver)

    with psycopg.connect(settings.DATABASE_URL.rsplit("/", 1)[0] + "/postgres", autocommit=True) as server:
        server.execute(statement.encode())


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    found = Warm(tmp_path_factory.mktemp("warm"))
    yield found
    found.close()


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory, warm: Warm) -> Iterator[Places]:
    found = Places(tmp_path_factory.mktemp("places"), warm)
    yield found
    found.close()
