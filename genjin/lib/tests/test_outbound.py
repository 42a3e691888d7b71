"""Security I5: no address a person types in reaches our own network; a loopback canary counts the hits."""

import socket
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

from genjin.lib import outbound
from genjin.lib.addresses import is_public
from genjin.lib.outbound import OutboundFailed, OutboundRefused, check_url, fetch, post_json


class Canary:
    """A server on loopback that notes who came."""

    def __init__(self, address: str = "127.0.0.1") -> None:
        self.hits: list[tuple[str, str, bytes]] = []
        self.location: str | None = None
        self.answer = b'{"errcode":0}'
        self.released = Event()
        self.drip = False
        canary = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                canary.hits.append((f"{self.command} {self.path}", str(self.headers["Host"]), body))
                self.send_response(302 if canary.location else 200)
                if canary.location:
                    self.send_header("Location", canary.location)
                self.send_header("Content-Length", str(len(canary.answer)))
                self.end_headers()
                if canary.drip:
                    canary.released.wait(5)
                else:
                    self.wfile.write(canary.answer)

            do_GET = do_POST

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer((address, 0), Handler)
        self.port = int(self.server.server_address[1])
        self.thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.released.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def canary() -> Iterator[Canary]:
    server = Canary()
    yield server
    server.close()


@pytest.fixture
def inner() -> Iterator[Canary]:
    """A second server that must never be reached."""
    server = Canary("127.0.0.2")
    yield server
    server.close()


def answers(*addresses: str) -> Callable[[str, int], list[str]]:
    return lambda host, port: list(addresses)


@pytest.mark.parametrize(
    "trick",
    [
        "http://127.0.0.1:{port}/",
        "http://localhost:{port}/",
        "http://[::1]:{port}/",
        "http://[::]:{port}/",
        "http://0:{port}/",
        "http://0.0.0.0:{port}/",
        "http://2130706433:{port}/",
        "http://0x7f000001:{port}/",
        "http://0177.0.0.1:{port}/",
        "http://127.1:{port}/",
        "http://127.0.0.2:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://[::127.0.0.1]:{port}/",
        "http://[64:ff9b::7f00:1]:{port}/",
        "http://[2002:7f00:1::]:{port}/",
        "http://１２７.０.０.１:{port}/",
        "http://①②⑦.⓪.⓪.①:{port}/",
        "http://a@127.0.0.1:{port}/",
        "http://oapi.dingtalk.com@127.0.0.1:{port}/",
        "http://127.0.0.1:{port}\\@oapi.dingtalk.com/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.100.100.200/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:{port}/_GET",
        "ftp://127.0.0.1:{port}/",
        "unix:///var/run/docker.sock",
        "//127.0.0.1:{port}/",
        "127.0.0.1:{port}",
        "http://",
        "http:///path",
        "http://127.0.0.1:{port}\r\nX: y/",
        "http://127.0.0.1:99999/",
        "",
    ],
)
def test_no_trick_reaches_our_own_network(trick: str, canary: Canary) -> None:
    url = trick.format(port=canary.port)
    with pytest.raises(OutboundRefused) as refusal:
        post_json(url, {"a": 1})
    assert "公网" in refusal.value.zh
    with pytest.raises(OutboundRefused):
        fetch(url)
    assert canary.hits == []


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["203.0.114.7", "127.0.0.1"], ["10.0.0.1"], ["::1"], ["fe80::1%1"], ["64:ff9b::7f00:1"]],
)
def test_a_name_is_refused_when_any_of_its_addresses_is_private(addresses: list[str], canary: Canary) -> None:
    with pytest.raises(OutboundRefused):
        post_json(f"http://robot.example:{canary.port}/", {}, resolve=answers(*addresses))
    assert canary.hits == []


def test_a_name_that_changes_between_check_and_send_gains_nothing(canary: Canary) -> None:
    url = f"http://robot.example:{canary.port}/"
    check_url(url)  # what a form does when the address is saved
    with pytest.raises(OutboundRefused):
        post_json(url, {}, resolve=answers("127.0.0.1"))
    assert canary.hits == []


def test_the_connection_goes_to_the_address_that_was_checked(canary: Canary, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def once(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else pytest.fail("the name was looked up twice")

    monkeypatch.setattr(outbound, "is_public", lambda address: address == "127.0.0.1")
    reply = post_json(f"http://robot.example:{canary.port}/hook?key=1", {"文": "好"}, resolve=once)
    assert (reply.status, reply.body, reply.ok) == (200, b'{"errcode":0}', True)
    assert asked == ["robot.example"]
    assert canary.hits == [("POST /hook?key=1", f"robot.example:{canary.port}", '{"文":"好"}'.encode())]


def test_a_redirect_to_a_private_address_is_not_followed(
    canary: Canary, inner: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbound, "is_public", lambda address: address == "127.0.0.1")
    for place in (
        f"http://127.0.0.2:{inner.port}/",
        "file:///etc/passwd",
        f"http://a@127.0.0.1:{canary.port}/",
    ):
        canary.location = place
        with pytest.raises(OutboundRefused):
            fetch(f"http://127.0.0.1:{canary.port}/")
    canary.location = f"http://127.0.0.2:{inner.port}/"
    assert post_json(f"http://127.0.0.1:{canary.port}/", {}).status == 302
    assert inner.hits == []
    assert len(canary.hits) == 4


def test_a_redirect_within_the_rules_is_followed_and_loops_end(canary: Canary, inner: Canary) -> None:
    canary.location = f"http://127.0.0.2:{inner.port}/there"
    assert fetch(f"http://127.0.0.1:{canary.port}/", allow_private=True).status == 200
    assert inner.hits[0][0] == "GET /there"
    canary.location = "/again"
    canary.hits.clear()
    with pytest.raises(OutboundFailed):
        fetch(f"http://127.0.0.1:{canary.port}/", allow_private=True)
    assert len(canary.hits) == 4


def test_a_proxy_of_the_environment_is_ignored(canary: Canary, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{canary.port}")
    with pytest.raises(OutboundRefused):
        post_json("http://10.0.0.1/", {})
    assert canary.hits == []


def test_a_large_answer_is_cut_and_not_shown(canary: Canary) -> None:
    canary.answer = b"s3cret" * 50_000
    reply = post_json(f"http://127.0.0.1:{canary.port}/", {}, allow_private=True)
    assert (len(reply.body), reply.truncated) == (outbound.LARGEST_ANSWER, True)
    assert "s3cret" not in repr(reply)


def test_silence_ends_at_the_deadline(canary: Canary) -> None:
    canary.drip = True
    with pytest.raises(OutboundFailed):
        post_json(f"http://127.0.0.1:{canary.port}/", {}, allow_private=True, timeout_s=0.2)


def test_a_slow_name_server_ends_at_the_deadline() -> None:
    released = Event()

    def slow(host: str, port: int) -> list[str]:
        released.wait(5)
        return ["127.0.0.1"]

    with pytest.raises(OutboundFailed):
        post_json("http://robot.example/", {}, timeout_s=0.05, resolve=slow)
    released.set()


def test_what_cannot_be_reached_may_be_tried_again() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(OutboundFailed) as failure:
            post_json(f"http://127.0.0.1:{port}/", {}, allow_private=True)
    assert failure.value.status == 502

    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror

    with pytest.raises(OutboundFailed):
        post_json("http://robot.example/", {}, resolve=unknown)


def test_ports_of_other_services_are_refused() -> None:
    for port in (22, 25, 6, 1023):
        with pytest.raises(OutboundRefused):
            check_url(f"http://robot.example:{port}/")
    assert check_url("https://robot.example:8443/x").port == 8443


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("1.1.1.1", True),
        ("223.5.5.5", True),
        ("2400:3200::1", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.31.0.1", False),
        ("192.168.0.1", False),
        ("100.64.0.1", False),
        ("169.254.0.1", False),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("192.88.99.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("fc00::1", False),
        ("fe80::1", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
        ("2001::1", False),
        ("2002:102:304::1", False),
        ("64:ff9b::1.1.1.1", False),
        ("64:ff9b:1::1", False),
        ("::ffff:1.1.1.1", False),
        ("2400:3200::5efe:7f00:1", False),
        ("3fff::1", False),
        ("not an address", False),
        ("0177.0.0.1", False),
    ],
)
def test_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public
