"""Group robots: signatures, payloads, and which addresses count as a robot (expected digests by openssl)."""

from datetime import UTC, datetime

import httpx
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.lib.robots import Message, NotARobot, Robot, build, is_robot_address, robot_of, was_accepted

NOW = datetime(2026, 3, 11, 0, 50, tzinfo=UTC)
ADDRESSES = {
    Robot.WECOM: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k-1",
    Robot.DINGTALK: "https://oapi.dingtalk.com/robot/send?access_token=t1",
    Robot.FEISHU: "https://open.feishu.cn/open-apis/bot/v2/hook/h-1",
}
LINES = ["云帆科技：发报价，今天 18:00 前", "[点我](http://x) <@all> @所有人"]


def made(kind: Robot, secret: str = "", lines: list[str] = LINES, link: str | None = None) -> Message:
    return build(kind, ADDRESSES[kind], secret=secret, title="今天 2 件", lines=lines, now=NOW, link=link)


def test_wecom_is_markdown_without_signature() -> None:
    message = made(Robot.WECOM, secret="ignored", link="https://crm.example/today")
    assert message.url == ADDRESSES[Robot.WECOM]
    assert message.body == {
        "msgtype": "markdown",
        "markdown": {
            "content": "### 今天 2 件\n- 云帆科技：发报价，今天 18:00 前\n"
            "- ［点我］(http://x) ＜＠all＞ ＠所有人\n\n[打开工作台](https://crm.example/today)"
        },
    }


def test_dingtalk_signs_in_the_query() -> None:
    message = made(Robot.DINGTALK, secret="SECabc")
    assert dict(httpx.URL(message.url).params) == {
        "access_token": "t1",
        "timestamp": "1773190200000",
        "sign": "IGxLqW8XhSRdztIYBdzdA+8/ouH68I+/s2bFQZ3RQk4=",
    }
    assert "+" not in message.url
    assert message.body["markdown"]["title"] == "今天 2 件"
    assert made(Robot.DINGTALK).url == ADDRESSES[Robot.DINGTALK]


def test_feishu_signs_in_the_body() -> None:
    message = made(Robot.FEISHU, secret="SECabc", link="https://crm.example/today")
    assert message.url == ADDRESSES[Robot.FEISHU]
    assert message.body["timestamp"] == "1773190200"
    assert message.body["sign"] == "+3zkl92MPi7bQSn6yFuVZMhzYuPiJY0wxVBR82anVjA="
    rows = message.body["content"]["post"]["zh_cn"]["content"]
    assert rows[0] == [{"tag": "text", "text": LINES[0]}]
    assert rows[-1] == [{"tag": "a", "text": "打开工作台", "href": "https://crm.example/today"}]
    assert "sign" not in made(Robot.FEISHU).body


def test_the_key_stays_out_of_logs() -> None:
    assert "k-1" not in repr(made(Robot.WECOM))


@given(st.sampled_from(list(Robot)), st.lists(st.text(max_size=400), max_size=120))
def test_a_message_fits_the_service_and_says_what_it_left_out(kind: Robot, lines: list[str]) -> None:
    body = made(kind, lines=lines).body
    size = len(body["markdown"]["content"].encode()) if kind is Robot.WECOM else len(orjson.dumps(body))
    assert size <= (4096 if kind is Robot.WECOM else 18_000)
    text = str(body)
    assert "<" not in text
    assert "@" not in text


def test_many_short_lines_fit_too() -> None:
    for kind in Robot:
        assert len(orjson.dumps(made(kind, lines=['"'] * 5000).body)) <= 18_000


def test_lines_beyond_the_room_are_counted() -> None:
    text = made(Robot.WECOM, lines=[f"{n:03d}" + "长" * 97 for n in range(50)]).body["markdown"]["content"]
    shown = text.count("\n- ") - 1
    assert 5 < shown < 50
    assert text.endswith(f"- 还有 {50 - shown} 条没有列出")


@pytest.mark.parametrize("kind", list(Robot))
def test_robot_addresses_are_known(kind: Robot) -> None:
    assert robot_of(ADDRESSES[kind]) is kind


@pytest.mark.parametrize(
    "url",
    [
        "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=",
        "https://qyapi.weixin.qq.com/cgi-bin/gettoken?key=k",
        "https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send?key=k",
        "https://qyapi.weixin.qq.com.evil.example/cgi-bin/webhook/send?key=k",
        "https://qyapi.weixin.qq.com@evil.example/cgi-bin/webhook/send?key=k",
        "https://evil.example/?https://oapi.dingtalk.com/robot/send?access_token=t",
        "https://open.feishu.cn/open-apis/bot/v2/hook/",
        "https://open.feishu.cn/open-apis/bot/v2/hook/a/b",
        "https://open.feishu.cn/open-apis/bot/v2/hook/../../x",
        "https://oapi.dingtalk.com/robot/send?token=t",
        "oapi.dingtalk.com/robot/send?access_token=t",
        "",
    ],
)
def test_other_addresses_are_no_robots(url: str) -> None:
    assert not is_robot_address(url)
    for kind in Robot:
        with pytest.raises(NotARobot):
            build(kind, url, secret="", title="", lines=[], now=NOW)


def test_a_robot_of_another_service_is_refused() -> None:
    with pytest.raises(NotARobot):
        build(Robot.FEISHU, ADDRESSES[Robot.WECOM], secret="", title="", lines=[], now=NOW)
    relay = build(Robot.FEISHU, "http://127.0.0.1:9/x", secret="", title="", lines=[], now=NOW, any_host=True)
    assert relay.url == "http://127.0.0.1:9/x"


@pytest.mark.parametrize(
    ("status", "body", "accepted"),
    [
        (200, b'{"errcode":0,"errmsg":"ok"}', True),
        (200, b'{"StatusCode":0}', True),
        (200, b'{"code":0}', True),
        (200, b'{"errcode":310000}', False),
        (200, b'{"code":19021}', False),
        (500, b'{"errcode":0}', False),
        (200, b"<html>", False),
        (200, b"[]", False),
        (200, b"", False),
    ],
)
def test_was_accepted(status: int, body: bytes, accepted: bool) -> None:
    assert was_accepted(status, body) is accepted
