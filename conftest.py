"""The fixed cast of the tests: two organisations, six people, one HTTP client each."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from django.conf import settings
from django.contrib.auth.hashers import ScryptPasswordHasher, make_password
from django.db.models import F
from django.test import Client
from hypothesis import settings as hypothesis

from genjin.access.actor import Actor
from genjin.access.models import Session
from genjin.access.queries import _GRANTS, actor_of_member, digest
from genjin.agenda import ladder_settings
from genjin.approvals import flow_queries
from genjin.approvals.steps import rules_of
from genjin.followups import layouts
from genjin.lib import moment
from genjin.orgs.models import Login, Membership, Organisation
from genjin.orgs.queries import _calendar
from genjin.packs.organisation import add_department, create_organisation, give_role
from genjin.people import needing
from genjin.playbook import books, choosing
from genjin.quality.queries import _IN_FORCE
from genjin.schema.models import Option
from genjin.schema.queries import _CACHE
from genjin.schema.shapes import _SHAPED
from genjin.search.queries import _COMMON
from genjin.surveys import steps as survey_steps
from tests import switches

pytest_plugins = ["tests.places"]

#: Tuesday 10:12 in Shanghai, the "now" of the drawings.
NOW = datetime(2026, 11, 24, 2, 12, tzinfo=UTC)
PASSWORD = "songlv-2026"
# How long an example takes says how busy the machine is; speed is measured in bench/.
hypothesis.register_profile("genjin", deadline=None)
hypothesis.load_profile("genjin")
# A slow hash protects people, not tests.
ScryptPasswordHasher.work_factor = 16


def pytest_configure() -> None:
    """A cheap hasher: what is tested is who gets in, not how slow scrypt is."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    switches.turn_off(os.environ.get("GENJIN_SWITCH_OFF", ""))
    switches.watch(os.environ.get("GENJIN_WATCH", ""))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """`make trace` asks which verbs and rules each test goes through."""
    switches.USED.clear()
    try:
        return (yield)
    finally:
        switches.note(item.nodeid)


@dataclass
class Person:
    """A member with a logged-in client: `li.post("/customers", {...})` speaks HTTP to /api/v1."""

    member: Membership
    client: Client

    @property
    def id(self) -> int:
        return self.member.pk

    @property
    def actor(self) -> Actor:
        return actor_of_member(self.member.pk)

    def get(self, path: str, **query: Any) -> Any:
        return self._send("get", path, query)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self._send("post", path, body, headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        return self._send("patch", path, body, headers)

    def put(self, path: str, body: Any, **headers: str) -> Any:
        return self._send("put", path, body, headers)

    def delete(self, path: str) -> Any:
        return self._send("delete", path, None)

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str] | None = None) -> Answer:
        call = getattr(self.client, method)
        url = f"/api/v1{path}"
        if method == "get":
            return Answer(call(url, body))
        data = b"" if body is None else orjson.dumps(body, default=str)
        named = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        return Answer(call(url, data=data, content_type="application/json", headers=named))


class Answer:
    """An HTTP answer: `status`, and `body` as decoded JSON (None when it is none)."""

    def __init__(self, response: Any) -> None:
        self.response = response
        self.status = response.status_code
        self.text = b"".join(response) if response.streaming else response.content
        try:
            self.body: Any = orjson.loads(self.text) if self.text else None
        except orjson.JSONDecodeError:
            self.body = None

    def __getitem__(self, key: str) -> Any:
        return self.body[key]

    def __repr__(self) -> str:
        return f"<Answer {self.status} {self.text[:600].decode(errors='replace')}>"


@dataclass
class Cast:
    """The organisation and its people (design §8)."""

    org: Organisation
    li: Person
    wang: Person
    zhao: Person
    qian: Person
    admin: Person
    outsider: Person


def logged_in(member: Membership) -> Person:
    """A client that holds a session of this member."""
    secret = secrets.token_urlsafe(32)
    Session.objects.create(
        digest=digest(secret),
        member=member,
        created_at=moment.now(),
        expires_at=moment.now() + timedelta(days=14),
    )
    client = Client(raise_request_exception=False)
    client.cookies["genjin_session"] = secret
    return Person(member, client)


def hire(org: Organisation, name: str, role: str, department: Any) -> Membership:
    account = f"{secrets.token_hex(4)}@example.com"
    login = Login.objects.create(account=account, password=make_password(PASSWORD))
    member = Membership.objects.create(org=org, login=login, department=department, name=name)
    give_role(member, role)
    return member


@pytest.fixture(autouse=True)
def _fresh_caches() -> None:
    """Ids come again in the next test, whose organisation and people are others."""
    _GRANTS.clear()
    _CACHE.clear()
    _SHAPED.clear()
    _IN_FORCE.clear()
    _COMMON.clear()
    needing.forget()
    books.forget()
    choosing.forget()
    _calendar.cache_clear()
    layouts.forget()
    rules_of.cache_clear()
    ladder_settings.forget()
    flow_queries.forget()
    survey_steps.forget()


@pytest.fixture
def now() -> Iterator[datetime]:
    """The clock stands at `NOW`."""
    with moment.frozen(NOW):
        yield NOW


@pytest.fixture
def cast(db: None, now: datetime) -> Cast:
    """李销售 and 王销售 of 销售一部 under 赵主管, 钱外部门 of 销售二部, 管理员, and an outsider."""
    admin = create_organisation("青松科技", account="admin@example.com", password=PASSWORD, person="管理员", now=now)
    other = create_organisation("别家公司", account="boss@example.com", password=PASSWORD, person="外人", now=now)
    org = admin.org
    # Draws and checks of new files are for tests that ask for them: elsewhere nothing happens by chance.
    org.settings = {"review": {"share": 0, "check_new_files": False}}
    org.save()
    first, second = add_department(org, "销售一部"), add_department(org, "销售二部")
    return Cast(
        org=org,
        li=logged_in(hire(org, "李销售", "rep", first)),
        wang=logged_in(hire(org, "王销售", "rep", first)),
        zhao=logged_in(hire(org, "赵主管", "supervisor", first)),
        qian=logged_in(hire(org, "钱外部门", "rep", second)),
        admin=logged_in(admin),
        outsider=logged_in(other),
    )


@pytest.fixture
def new_customer(cast: Cast) -> Any:
    """`new_customer(person, name, …)` creates a customer with one contact over HTTP; returns its id."""

    def make(person: Person, name: str, **values: Any) -> int:
        contact = values.pop("contact", {"name": "王建国", "title": "采购总监", "phone": "13800000001"})
        body = {"name": name, "source": "exhibition", "contact": contact, "confirm_duplicate": True, **values}
        answer = person.post("/customers", body)
        assert answer.status == 201, answer
        return int(answer["id"])

    return make


@pytest.fixture
def no_limits(cast: Cast) -> None:
    """The team's process gives its stages no time limit, so that new customers put nothing on the agenda."""
    Option.objects.filter(org=cast.org, list_name="stage").update(facts={})
    Organisation.objects.filter(pk=cast.org.pk).update(config_version=F("config_version") + 1)


GOOD = {
    "channel": "phone",
    "summary": "王总看了二期方案，问 3 号线能不能保留现有 PLC，我答应补一份兼容清单。预算 80 万，财务李经理还没批。",
    "feedback": "他说“交期 45 天太长，30 天内能到就定”",
    "next_steps": [
        {"act": "发 PLC 兼容清单并电话确认王总收到", "due_at": "2026-11-27T02:00:00Z", "goal": "确认方案进展"}
    ],
}


@pytest.fixture
def good() -> dict[str, Any]:
    """The four inputs of a record that passes every error rule."""
    return orjson.loads(orjson.dumps(GOOD))  # type: ignore[no-any-return]
