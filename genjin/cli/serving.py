"""The web server process: granian, WSGI, one process a core."""

from __future__ import annotations

import os

from django.db import connection
from granian import Granian
from granian.constants import Interfaces


def serve_web(host: str, port: int, workers: int | None) -> None:
    """Serve until stopped. One blocking thread a process on SQLite, four on PostgreSQL."""
    threads = 1 if connection.vendor == "sqlite" else 4
    connection.close()
    Granian(
        "genjin.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers or os.cpu_count() or 2,
        blocking_threads=threads,
        backlog=512,
        log_enabled=False,
        websockets=False,
        respawn_failed_workers=True,
    ).serve()
