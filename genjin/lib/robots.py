"""Messages for the group robots of 企业微信, 钉钉 and 飞书: one robot address pasted by a department.

Only the payload and its signature are made here; `genjin.lib.outbound` sends it. Texts come from customers'
data, so marks that a chat would read as a link, a mention or a tag are written in their full-width form.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import httpx
import orjson

from genjin.lib.errors import Invalid

OPEN_LABEL = "打开工作台"
_INERT = str.maketrans("<>[]@`*", "＜＞［］＠｀＊")
_LONGEST_LINE = 200


class Robot(StrEnum):
    """The three services."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"


# host, path, the query parameter that holds the key ("" = the key is the rest of the path), room in bytes
_SERVICES = {
    Robot.WECOM: ("qyapi.weixin.qq.com", "/cgi-bin/webhook/send", "key", 4096),
    Robot.DINGTALK: ("oapi.dingtalk.com", "/robot/send", "access_token", 18_000),
    Robot.FEISHU: ("open.feishu.cn", "/open-apis/bot/v2/hook/", "", 18_000),
}


@dataclass(eq=False)
class NotARobot(Invalid):
    """The address is no group-robot address of the three services."""

    zh: str = "这不是企业微信、钉钉或飞书的群机器人地址，在群设置里复制机器人的 Webhook 地址"
    en: str = "This is no group-robot address of WeCom, DingTalk or Feishu; copy it from the group's settings"
    code: str = "not_a_robot"


@dataclass(frozen=True, slots=True)
class Message:
    """What to POST where. The address holds the robot's key, so it stays out of logs."""

    url: str = field(repr=False)
    body: dict[str, Any]


def robot_of(url: str) -> Robot | None:
    """The service whose group robot lives at `url`, or None; https and the exact host are demanded."""
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, TypeError, ValueError):
        return None
    if parsed.scheme != "https" or parsed.userinfo or parsed.port is not None or "\\" in url:
        return None
    for robot, (host, path, key, _) in _SERVICES.items():
        if parsed.host == host:
            rest = parsed.path.removeprefix(path)
            found = parsed.params.get(key) if key else rest.strip("/")
            fits = parsed.path == path if key else parsed.path.startswith(path) and "/" not in rest.strip("/")
            return robot if fits and found else None
    return None


def is_robot_address(url: str) -> bool:
    """Whether `url` is a group-robot address of one of the three services."""
    return robot_of(url) is not None


def build(
    kind: Robot,
    url: str,
    *,
    secret: str,
    title: str,
    lines: Sequence[str],
    now: datetime,
    link: str | None = None,
    any_host: bool = False,
) -> Message:
    """The message of one title and its lines for the robot at `url`.

    secret: the robot's signing secret, "" for none (企业微信 has none). now: aware, goes into the signature,
    which the services accept for an hour. link: where "打开工作台" leads. any_host: only for tests and an
    installation's own relay, from its settings. Lines beyond the service's room are counted, not sent.
    Raises NotARobot when the address belongs to another service.
    """
    if not any_host and robot_of(url) is not kind:
        raise NotARobot
    heading = _inert(title)
    shown = _fitting(kind, heading + (link or ""), lines)
    if kind is Robot.WECOM:
        text = _markdown(heading, shown, link)
        return Message(url, {"msgtype": "markdown", "markdown": {"content": text}})
    if kind is Robot.DINGTALK:
        markdown = {"title": heading, "text": _markdown(heading, shown, link)}
        return Message(_signed_url(url, secret, now), {"msgtype": "markdown", "markdown": markdown})
    rows = [[{"tag": "text", "text": line}] for line in shown]
    if link:
        rows.append([{"tag": "a", "text": OPEN_LABEL, "href": link}])
    post = {"zh_cn": {"title": heading, "content": rows}}
    return Message(url, _feishu_signature(secret, now) | {"msg_type": "post", "content": {"post": post}})


def was_accepted(status: int, body: bytes) -> bool:
    """Whether the robot took the message: the services answer 200 even when they refuse, with a code ≠ 0."""
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        return False
    if status != 200 or not isinstance(answer, dict):
        return False
    return any(answer.get(name) == 0 for name in ("errcode", "code", "StatusCode"))


def _inert(text: str) -> str:
    printable = "".join(mark if mark.isprintable() else " " for mark in text)
    line = " ".join(printable.split()).translate(_INERT)
    return line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 1] + "…"


def _fitting(kind: Robot, around: str, lines: Sequence[str]) -> list[str]:
    """The lines that fit, and a last one that counts the rest; 300 bytes are kept for it and the frame."""
    left = _SERVICES[kind][3] - 300 - len(around.encode())
    frame = 30 if kind is Robot.FEISHU else 2  # around each line: its tag, or "- "
    shown: list[str] = []
    for line in map(_inert, lines):
        left -= len(orjson.dumps(line)) + frame
        if left < 0:
            return [*shown, f"还有 {len(lines) - len(shown)} 条没有列出"]
        shown.append(line)
    return shown


def _markdown(heading: str, lines: Sequence[str], link: str | None) -> str:
    parts = [f"### {heading}", *(f"- {line}" for line in lines)]
    return "\n".join([*parts, f"\n[{OPEN_LABEL}]({link})"] if link else parts)


def _signed_url(url: str, secret: str, now: datetime) -> str:
    """钉钉: HMAC-SHA256 over "milliseconds⏎secret" with the secret as key, in the query."""
    if not secret:
        return url
    stamp = str(int(now.timestamp() * 1000))
    digest = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    return str(httpx.URL(url).copy_merge_params({"timestamp": stamp, "sign": base64.b64encode(digest).decode()}))


def _feishu_signature(secret: str, now: datetime) -> dict[str, Any]:
    """飞书: HMAC-SHA256 over nothing with "seconds⏎secret" as key, in the body."""
    if not secret:
        return {}
    stamp = str(int(now.timestamp()))
    digest = hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256).digest()
    return {"timestamp": stamp, "sign": base64.b64encode(digest).decode()}
