"""HTTP to addresses that people typed in (group robots, webhooks), without becoming a way into our network.

The guard sits where connections are made, so nothing goes round it: each connection resolves its host once,
refuses unless every answer is a public address, and connects to the very address it checked (a name that
answers differently later gains nothing). Redirects are new connections and pass the same gate. Environment
proxies are ignored. One deadline covers name look-up, connection, TLS and every byte of the answer.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from threading import Thread
from time import monotonic
from typing import Any

import httpcore
import httpx
import orjson

from genjin.lib.addresses import is_public
from genjin.lib.errors import Invalid, Refusal

Resolver = Callable[[str, int], list[str]]

TIMEOUT_S = 5.0
LARGEST_ANSWER = 64 * 1024
MOST_HOPS = 3
MOST_ADDRESSES_TRIED = 3
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NETWORK_FAULTS = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    OSError,
)


@dataclass(eq=False)
class OutboundRefused(Invalid):
    """The address may not be called at all; trying again is useless."""

    zh: str = "这个地址不能用：只能是公网上的 http 或 https 地址，不带用户名和密码"
    en: str = "This address cannot be used: only public http or https addresses without user name and password"
    code: str = "address_refused"


@dataclass(eq=False)
class OutboundFailed(Refusal):
    """The other side could not be reached or did not answer in time; it may be tried again later."""

    zh: str = "连不上这个地址，稍后再试"
    en: str = "The address cannot be reached; try again later"
    status: int = 502
    code: str = "address_unreachable"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. `body` is for programs (a robot's error code), never shown to people; may be cut short."""

    status: int
    body: bytes = field(repr=False)
    truncated: bool = False

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


def check_url(url: str, *, allow_private: bool = False) -> httpx.URL:
    """The parsed address when its form is admitted; nothing is looked up yet, `post_json` does that.

    Admits http and https, without user name, on the usual ports or above 1023. Raises OutboundRefused.
    """
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, TypeError, ValueError) as error:
        raise OutboundRefused from error
    usual_port = parsed.port is None or parsed.port in (80, 443) or parsed.port > 1023
    if parsed.scheme not in ("http", "https") or not parsed.host or parsed.userinfo or "\\" in url:
        raise OutboundRefused
    if not (usual_port or allow_private):
        raise OutboundRefused
    return parsed


def system_resolver(host: str, port: int) -> list[str]:
    """The addresses of `host` by the operating system, in its order."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def post_json(
    url: str,
    body: Mapping[str, Any],
    *,
    allow_private: bool = False,
    timeout_s: float = TIMEOUT_S,
    headers: Mapping[str, str] | None = None,
    resolve: Resolver = system_resolver,
) -> Reply:
    """POST `body` as JSON; a redirect is not followed but returned as it is.

    allow_private comes from the installation's settings (a robot inside the firm's own network), never from a
    user. timeout_s bounds the whole exchange. Raises OutboundRefused and OutboundFailed.
    """
    gate = _Gate(allow_private, monotonic() + timeout_s, resolve)
    sent = {"Content-Type": "application/json; charset=utf-8"} | dict(headers or {})
    return _exchange("POST", check_url(url, allow_private=allow_private), gate, sent, orjson.dumps(body))[0]


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    timeout_s: float = TIMEOUT_S,
    largest: int = LARGEST_ANSWER,
    resolve: Resolver = system_resolver,
) -> Reply:
    """GET an address, following at most three redirects, each checked like the first and never to plain http.

    The body is cut at `largest` bytes. Raises OutboundRefused and OutboundFailed.
    """
    gate = _Gate(allow_private, monotonic() + timeout_s, resolve)
    target = check_url(url, allow_private=allow_private)
    for _ in range(MOST_HOPS + 1):
        reply, location = _exchange("GET", target, gate, {}, None, largest)
        if reply.status not in _REDIRECTS or location is None:
            return reply
        following = check_url(_joined(target, location), allow_private=allow_private)
        if target.scheme == "https" and following.scheme == "http":
            raise OutboundRefused
        target = following
    raise OutboundFailed


def _joined(base: httpx.URL, location: str) -> str:
    try:
        return str(base.join(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise OutboundRefused from error


def _exchange(
    method: str,
    url: httpx.URL,
    gate: _Gate,
    headers: Mapping[str, str],
    content: bytes | None,
    largest: int = LARGEST_ANSWER,
) -> tuple[Reply, str | None]:
    """One request on a connection of its own; the answer and its Location."""
    sent = {"Host": url.netloc.decode("ascii"), "Accept-Encoding": "identity", "User-Agent": "Genjin"} | dict(headers)
    target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    try:
        with (
            httpcore.ConnectionPool(ssl_context=_trust(), network_backend=gate) as pool,
            pool.stream(method, target, headers=list(sent.items()), content=content) as answer,
        ):
            body, truncated = _read(answer.iter_stream(), largest)
            locations = [value.decode("latin-1") for name, value in answer.headers if name.lower() == b"location"]
            return Reply(answer.status, body, truncated), locations[0] if locations else None
    except _NETWORK_FAULTS as error:
        raise OutboundFailed from error


def _read(chunks: Iterable[bytes], largest: int) -> tuple[bytes, bool]:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > largest:
            return bytes(body[:largest]), True
    return bytes(body), False


@cache
def _trust() -> ssl.SSLContext:
    return httpx.create_ssl_context()


class _Gate(httpcore.NetworkBackend):
    """Makes connections: only to addresses it has checked itself, only until its deadline."""

    def __init__(self, allow_private: bool, deadline: float, resolve: Resolver) -> None:
        self.allow_private = allow_private
        self.deadline = deadline
        self.resolve = resolve
        self.network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self.look_up(host, port)
        if not self.allow_private and not all(map(is_public, addresses)):
            raise OutboundRefused
        fault: Exception = httpcore.ConnectError("the name has no address")
        for address in addresses[:MOST_ADDRESSES_TRIED]:
            try:
                stream = self.network.connect_tcp(address, port, timeout=_left(self.deadline))
                return _Timed(stream, self.deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                fault = error
        raise fault

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        raise OutboundRefused

    def look_up(self, host: str, port: int) -> list[str]:
        """The addresses of `host`; a thread, because the operating system's look-up knows no time limit."""
        found: list[str] = []
        faults: list[Exception] = []

        def ask() -> None:
            try:
                found.extend(self.resolve(host, port))
            except (OSError, UnicodeError) as error:
                faults.append(error)

        asking = Thread(target=ask, daemon=True)
        asking.start()
        asking.join(_left(self.deadline))
        if asking.is_alive() or faults:
            raise httpcore.ConnectError("the name cannot be resolved")
        return found


class _Timed(httpcore.NetworkStream):
    """A connection whose every step ends at one deadline, however slowly the other side drips."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self.stream = stream
        self.deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, _left(self.deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, _left(self.deadline))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self.stream.start_tls(ssl_context, server_hostname, _left(self.deadline)), self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time for the whole exchange is over")
    return left
