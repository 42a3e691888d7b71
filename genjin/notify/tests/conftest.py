"""Real servers on loopback: one plays the group robot, one takes mail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import StreamRequestHandler, ThreadingTCPServer
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


class Post:
    """A mail server: what arrived as (address, message), and what it answers to RCPT and to the end of DATA."""

    def __init__(self) -> None:
        self.arrived: list[tuple[str, EmailMessage]] = []
        self.answers = {"RCPT": b"250 ok", "END": b"250 taken"}
        post = self

        class Handler(StreamRequestHandler):
            def handle(self) -> None:
                self.wfile.write(b"220 here\r\n")
                address = ""
                while line := self.rfile.readline():
                    verb = line[:4].upper().decode()
                    if verb == "QUIT":
                        self.wfile.write(b"221 bye\r\n")
                        return
                    if verb == "RCPT":
                        address = line.decode().partition("<")[2].partition(">")[0]
                        self.wfile.write(post.answers["RCPT"] + b"\r\n")
                    elif verb == "DATA":
                        self.wfile.write(b"354 go on\r\n")
                        self._take(address)
                        if not post.answers["END"]:
                            return
                        self.wfile.write(post.answers["END"] + b"\r\n")
                    else:
                        self.wfile.write(b"250 ok\r\n")

            def _take(self, address: str) -> None:
                lines = []
                while (line := self.rfile.readline()).rstrip() != b".":
                    lines.append(line)
                mail = message_from_bytes(b"".join(lines), policy=policy.default)
                assert isinstance(mail, EmailMessage)
                post.arrived.append((address, mail))

        self.server = ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    server = Post()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server.server_address[1]
    settings.PUBLIC_URL = "https://genjin.example.com"
    yield server
    server.close()
