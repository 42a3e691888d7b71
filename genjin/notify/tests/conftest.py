"""A real HTTP server on loopback that plays the group robot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import orjson
import pytest


class Group:
    """What arrived, and what is answered: (status, body), or a call that breaks the connection off."""

    def __init__(self) -> None:
        self.arrived: list[dict[str, Any]] = []
        self.answer: tuple[int, bytes] = (200, b'{"errcode":0,"errmsg":"ok"}')
        self.on_arrival: Callable[[], None] = lambda: None
        group = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                group.arrived.append(orjson.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                group.on_arrival()
                status, body = group.answer
                if status == 0:
                    return
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook?key=secret-key-1234"
        self.thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.thread.start()

    def texts(self) -> list[str]:
        return [str(each["markdown"]["content"]) for each in self.arrived]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def group(settings: Any) -> Iterator[Group]:
    settings.OUTBOUND_ALLOW_PRIVATE = True
    server = Group()
    yield server
    server.close()
