"""R-187, R-190: a department's group robot: who may set it, what is shown of it, where it may lead."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from conftest import hire, logged_in
from genjin.history.models import Event
from genjin.notify.models import Outgoing, Robot

WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4"
BODY = {"kind": "wecom", "url": WECOM, "enabled": True}


def path(cast: Any, person: str = "zhao") -> str:
    return f"/departments/{getattr(cast, person).member.department_id}/robot"


def test_a_supervisor_sets_the_own_departments_robot_and_its_key_stays_hidden(cast: Any) -> None:
    """R-187; the key is a password."""
    answer = cast.zhao.put(path(cast), {**BODY, "secret": "SEC-geheim"})
    assert answer.status == 200, answer
    shown = cast.zhao.get(path(cast))
    assert (shown["kind"], shown["enabled"], shown["secret"]) == ("wecom", True, True)
    assert shown["url"] == "https://qyapi.weixin.qq.com/…4bc4"
    for text in (answer.text, shown.text, *(str(each.data.data).encode() for each in Event.objects.all())):
        assert b"693a91f6" not in text
        assert b"geheim" not in text
    stored = Robot.objects.get()
    assert (stored.url, stored.secret) == (WECOM, "SEC-geheim")
    assert Event.objects.filter(name="robot.set", member_id=cast.zhao.id).count() == 1


def test_it_is_off_until_switched_on(cast: Any) -> None:
    assert cast.zhao.get(path(cast)).body["kind"] is None
    cast.zhao.put(path(cast), {"kind": "wecom", "url": WECOM})
    assert Robot.objects.get().enabled is False


def test_switching_needs_neither_address_nor_secret_again(cast: Any) -> None:
    cast.zhao.put(path(cast), {**BODY, "secret": "geheim"})
    for again in ({}, {"url": "https://qyapi.weixin.qq.com/…4bc4"}, {"url": ""}):
        answer = cast.zhao.put(path(cast), {"kind": "wecom", "enabled": False, **again})
        assert answer.status == 200, answer
        stored = Robot.objects.get()
        assert (stored.url, stored.secret, stored.enabled) == (WECOM, "geheim", False)
    cast.zhao.put(path(cast), {"kind": "wecom", "secret": ""})
    assert Robot.objects.get().secret == ""


def test_who_may_and_who_may_not(cast: Any) -> None:
    """A rep is told so (403); a foreign department looks like a missing one (404)."""
    assert cast.admin.put(path(cast, "qian"), BODY).status == 200
    Robot.objects.all().delete()
    own, foreign = path(cast), path(cast, "qian")
    for person, where, expected in (
        (cast.li, own, 403),
        (cast.zhao, foreign, 404),
        (cast.outsider, own, 404),
        (cast.zhao, "/departments/999999/robot", 404),
    ):
        assert person.put(where, BODY).status == expected
        assert person.get(where).status == expected
        assert person.post(f"{where}/test").status == expected
    assert cast.zhao.get(foreign).body == cast.zhao.get("/departments/999999/robot").body
    assert (Robot.objects.count(), Outgoing.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("rep", 403), ("supervisor", 200), ("admin", 200), ("collaborator", 403), ("legal", 403), ("service", 403),
        ("marketing", 403), ("management", 403), ("auditor", 403),
    ],
)  # fmt: skip
def test_every_role_of_the_department(cast: Any, role: str, expected: int) -> None:
    """R-161: reading, setting and testing need the verb; without a session there is nothing."""
    person = logged_in(hire(cast.org, "某人", role, cast.zhao.member.department))
    where = path(cast)
    assert person.put(where, {"kind": "wecom", "url": WECOM}).status == expected
    assert person.get(where).status == expected
    assert Robot.objects.count() == (expected == 200)
    if expected == 403:
        assert person.post(f"{where}/test").status == 403
    stranger = Client()
    assert stranger.get(f"/api/v1{where}").status_code == 401
    assert stranger.get("/api/v1/inbox").status_code == 401


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"url": "http://127.0.0.1:8000/hook?key=1"}, "url"),
        ({"url": "https://169.254.169.254/latest/meta-data/"}, "url"),
        ({"url": "https://qyapi.weixin.qq.com.evil.example/cgi-bin/webhook/send?key=1"}, "url"),
        ({"url": "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1"}, "url"),
        ({"url": "https://oapi.dingtalk.com/robot/send?access_token=1"}, "url"),
        ({"url": "不是地址"}, "url"),
        ({"url": None}, "url"),
        ({"url": "https://x/" + "a" * 600}, "url"),
        ({"kind": "slack"}, "kind"),
        ({"enabled": "maybe"}, "enabled"),
        ({"more": 1}, "more"),
    ],
)
def test_a_wrong_setting_is_refused_naming_its_field_and_nothing_is_stored(
    cast: Any, change: dict[str, Any], field: str
) -> None:
    """Security I5: only the three services' own addresses are taken."""
    answer = cast.zhao.put(path(cast), {**BODY, **change})
    assert (answer.status, answer["field"]) == (422, field), answer
    assert Robot.objects.count() == 0


def test_without_a_robot_there_is_nothing_to_test(cast: Any) -> None:
    answer = cast.zhao.post(f"{path(cast)}/test")
    assert (answer.status, answer["zh"]) == (404, "这个部门还没有设置群机器人")


@pytest.mark.django_db(transaction=True)
def test_a_test_message_arrives_and_says_so(cast: Any, group: Any) -> None:
    cast.zhao.put(path(cast), {"kind": "wecom", "url": group.url, "enabled": False})
    answer = cast.zhao.post(f"{path(cast)}/test")
    assert answer.body == {"ok": True, "state": "sent", "fault": None}
    (text,) = group.texts()
    assert text.startswith("### 销售一部 · 测试\n- 赵主管 ")
    assert cast.zhao.get(path(cast))["last_sent_at"] is not None


@pytest.mark.django_db(transaction=True)
def test_a_refused_test_is_explained_without_the_other_sides_words(cast: Any, group: Any) -> None:
    """What a foreign server answers is never shown (security I5)."""
    group.answer = (200, b'{"errcode":93000,"errmsg":"<b>internal page</b>"}')
    cast.zhao.put(path(cast), {"kind": "wecom", "url": group.url, "enabled": True})
    answer = cast.zhao.post(f"{path(cast)}/test")
    assert (answer["ok"], answer["state"]) == (False, "failed")
    assert answer["fault"]["zh"] == "对方没有接收，检查密钥、关键词和 IP 白名单"
    assert "internal" not in (answer.text + cast.zhao.get(path(cast)).text).decode()
    assert cast.zhao.get(path(cast))["lost"][0]["title"] == "销售一部 · 测试"
