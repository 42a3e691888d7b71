"""A receiver on loopback, automations by HTTP, and a worker that turns until nothing is left to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep
from typing import Any

import orjson
import pytest

from conftest import Cast, Person
from genjin.automations.models import Automation, Run
from genjin.automations.tasks import run_automations, send_webhooks
from genjin.history.followers import run_follower
from genjin.history.models import Cursor, Event

Publish = Callable[..., int]
TODO = {"do": "todo", "act": "打电话给{客户}", "to": {"who": "owner"}, "within": 2, "clock": "workdays"}


@pytest.fixture(autouse=True)
def _only_what_automations_add(request: pytest.FixtureRequest) -> None:
    """New customers put nothing on the agenda by themselves: what stands there an automation has done."""
    if "cast" in request.fixturenames:
        request.getfixturevalue("no_limits")


class Receiver:
    """What arrived: (headers, body); `answer`: status and headers of the answer."""

    def __init__(self) -> None:
        self.arrived: list[tuple[dict[str, str], bytes]] = []
        self.answer: tuple[int, dict[str, str]] = (200, {})
        here = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                here.arrived.append((dict(self.headers), body))
                status, headers = here.answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook"
        self.thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.thread.start()

    def bodies(self) -> list[Any]:
        return [orjson.loads(body) for _, body in self.arrived]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.OUTBOUND_ALLOW_PRIVATE = True
    server = Receiver()
    yield server
    server.close()


@pytest.fixture
def publish(cast: Cast) -> Publish:
    """`publish(event, *actions, by=…, **more)`: an automation in force; its id."""

    def make(event: str, *actions: dict[str, Any], by: Person | None = None, **more: Any) -> int:
        person = by or cast.admin
        body = {"name": "一条自动化", "event": event, "actions": list(actions), **more}
        made = person.post("/automations", {"body": body})
        assert made.status == 201, made
        done = person.post(f"/automations/{made['id']}/publish", {"version": 1})
        assert done.status == 200, done
        return int(made["id"])

    return make


def turn(rounds: int = 12) -> None:
    """What the worker does, until nothing is left."""
    for _ in range(rounds):
        _follow()
        if not run_automations():
            break
    send_webhooks()


def _follow() -> None:
    """Read to the end of the log; PostgreSQL settles it when the open transactions of the whole cluster have ended."""
    last = Event.objects.order_by("-xid", "-id").values_list("xid", "id").first()
    for _ in range(1500):
        run_follower("automations")
        if last is None or Cursor.objects.filter(follower="automations", xid=last[0], seq__gte=last[1]).exists():
            return
        sleep(0.02)


def runs(automation: int) -> list[Run]:
    return list(Run.objects.filter(automation_id=automation).order_by("pk"))


def state(automation: int) -> str:
    return Automation.objects.get(pk=automation).state
