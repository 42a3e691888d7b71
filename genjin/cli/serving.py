"""The web server process: granian, WSGI, one process a core."""

from __future__ import annotations

import os
import socket
import threading
import time

from django.db import connection
from granian import Granian
from granian.constants import Interfaces

#: Names the process that serves, for the web processes that it starts.
SERVER = "GENJIN_SERVER_PID"


def serve_web(host: str, port: int, workers: int | None) -> None:
    """Serve until stopped. One blocking thread a process on SQLite, four on PostgreSQL."""
    threads = 1 if connection.vendor == "sqlite" else 4
    connection.close()
    os.environ[SERVER] = str(os.getpid())
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
        workers_kill_timeout=10,
    ).serve()


def end_with_server() -> None:
    """In a web process: leave when its server was killed, so that the port is free for the next one."""
    parent = os.getppid()
    if os.environ.get(SERVER) != str(parent):
        return

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1.0)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def is_free(host: str, port: int) -> bool:
    """May this process listen there? (The server would share the port with a stranger silently.)"""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError:
        return False
    return True
