"""Issue 4 point 4: an administrator sees what a holder of a role would see, read only, for a time, in the log."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import Cast, Person, hire, logged_in
from genjin.access.guard import unscoped
from genjin.access.models import ApiToken, Grant, Role, Session
from genjin.customers.models import Customer
from genjin.followups.models import Draft
from genjin.history.models import Event
from genjin.lib import moment
from genjin.notify.models import Notice
from genjin.people.actions import bump
from genjin.people.tasks import end_views


def role(cast: Cast, key: str) -> int:
    return Role.objects.get(org=cast.org, key=key).pk


def look(cast: Cast, key: str, person: Person | None = None, **place: Any) -> Any:
    return (person or cast.admin).post("/session/view-as", {"role_id": role(cast, key), **place})


def names(person: Person) -> list[str]:
    return sorted(each["name"] for each in person.get("/customers?view=all")["items"])


@pytest.fixture
def customers(cast: Cast, new_customer: Any) -> dict[str, int]:
    """One customer of each: 李 and 王 in the same department, 钱 elsewhere, the administrator."""
    found = {name: new_customer(getattr(cast, name), f"{name}公司") for name in ("li", "wang", "qian", "admin")}
    return found


def test_each_place_shows_what_a_holder_of_the_role_would_see_there(cast: Cast, customers: dict[str, int]) -> None:
    """Equal to the list of a colleague who really stands there; the verbs too."""
    first = cast.li.member.department_id
    assert look(cast, "rep", member_id=cast.li.id).status == 200
    assert names(cast.admin) == names(cast.li) == ["li公司"]
    shown = cast.admin.get("/session").body
    assert shown["viewing"]["role"]["zh"] == "业务员" and shown["viewing"]["place"] == "李销售"
    assert shown["verbs"] == cast.li.get("/session")["verbs"]
    for pk, status in ((customers["li"], 200), (customers["wang"], 404), (customers["admin"], 404)):
        assert cast.admin.get(f"/customers/{pk}").status == status
    assert cast.admin.delete("/session/view-as").status == 204
    assert look(cast, "supervisor", department_id=first).status == 200
    assert names(cast.admin) == ["admin公司", "li公司", "wang公司"]  # the own ones, and the department's
    cast.admin.delete("/session/view-as")
    assert look(cast, "rep").status == 200
    assert names(cast.admin) == ["admin公司"]
    cast.admin.delete("/session/view-as")
    assert names(cast.admin) == ["admin公司", "li公司", "qian公司", "wang公司"]
    assert cast.admin.get("/session")["viewing"] is None


def test_fields_are_those_of_the_role_and_never_more_than_ones_own(cast: Cast, customers: dict[str, int]) -> None:
    unscoped(Customer, "test").filter(pk=customers["li"]).update(region="金丝雀市")
    Role.objects.filter(org=cast.org, key="rep").update(fields={"customer": {"region": "hidden"}})
    bump(cast.org.pk)
    look(cast, "rep", member_id=cast.li.id)
    assert "金丝雀市" not in cast.admin.get(f"/customers/{customers['li']}").text.decode()
    cast.admin.delete("/session/view-as")
    Role.objects.filter(org=cast.org, key="rep").update(fields={})
    Role.objects.filter(org=cast.org, key="admin").update(fields={"customer": {"region": "hidden"}})
    bump(cast.org.pk)
    assert look(cast, "rep", member_id=cast.li.id).status == 403
    Role.objects.filter(org=cast.org, key="admin").update(fields={})
    bump(cast.org.pk)
    assert look(cast, "rep", member_id=cast.li.id).status == 200
    Role.objects.filter(org=cast.org, key="admin").update(fields={"customer": {"region": "hidden"}})
    bump(cast.org.pk)
    assert "金丝雀市" not in cast.admin.get(f"/customers/{customers['li']}").text.decode()


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("post", "/customers", {"name": "新公司", "source": "online"}),
        ("patch", "/customers/{li}", {"version": 1, "region": "苏州"}),
        ("post", "/customers/delete", {"ids": ["{li}"]}),
        ("post", "/followups/attempts", {"customer_id": "{li}", "channel": "phone", "kind": "no_answer"}),
        ("put", "/followups/drafts/k", {"customer_id": "{li}", "body": {}}),
        ("post", "/inbox/read", {"all": True}),
        ("patch", "/session/me", {"theme": "dark"}),
        ("post", "/session/password", {"old": "songlv-2026", "new": "anders-2026-x"}),
        ("post", "/session/team", {"member_id": 1}),
        ("post", "/tokens", {"name": "x", "verbs": ["customer.create"]}),
        ("post", "/exports", {"record_type": "customer"}),
        ("post", "/session/view-as", {"role_id": 1}),
        ("patch", "/roles/1", {"version": 1, "zh": "x"}),
    ],
)
def test_nothing_can_be_changed_meanwhile(
    cast: Cast, customers: dict[str, int], method: str, path: str, body: dict[str, Any]
) -> None:
    """Every way in, verbs and those beside them, is refused with one sentence; nothing has changed."""
    look(cast, "rep", member_id=cast.li.id)
    before = (
        Event.objects.count(),
        unscoped(Customer, "test").count(),
        Draft.objects.count(),
        ApiToken.objects.count(),
    )
    sent = {key: customers["li"] if value == "{li}" else value for key, value in body.items()}
    sent = {key: [customers["li"]] if value == ["{li}"] else value for key, value in sent.items()}
    answer = getattr(cast.admin, method)(path.format(**customers), sent)
    assert (answer.status, answer["code"]) == (403, "viewing"), answer
    assert answer["zh"] == "你在用别的角色看，这里只能看。点“退出”再改"
    after = (Event.objects.count(), unscoped(Customer, "test").count(), Draft.objects.count(), ApiToken.objects.count())
    assert after == before
    assert cast.admin.get("/audit/export.csv").status == 403


def test_private_things_of_a_member_stay_private(cast: Cast, customers: dict[str, int]) -> None:
    """A canary in each: notices, drafts, own views, tokens, devices, uploads."""
    Notice.objects.create(org=cast.org, member=cast.li.member, kind="mention", zh="金丝雀一", en="x", once="a",
                          at=moment.now())  # fmt: skip
    cast.li.put("/followups/drafts/k", {"customer_id": customers["li"], "body": {"summary": "金丝雀二"}})
    cast.li.post("/views", {"record_type": "customer", "name": "金丝雀三"})
    cast.li.post("/tokens", {"name": "金丝雀四", "verbs": ["customer.create"]})
    paths = ("/inbox", "/followups/drafts", f"/followups/drafts?customer_id={customers['li']}",
             "/views?record_type=customer",
             "/customers/views", "/tokens", "/session/devices", "/session", "/desk/today", "/batches",
             f"/customers/{customers['li']}", "/imports", "/find?q=金丝雀")  # fmt: skip
    assert "金丝雀" in "".join(cast.li.get(path).text.decode() for path in paths)
    look(cast, "rep", member_id=cast.li.id)
    for path in paths:
        answer = cast.admin.get(path)
        assert answer.status == 200 and "金丝雀" not in answer.text.decode(), path


def test_it_ends_by_hand_or_after_half_an_hour_and_stands_in_the_log(
    cast: Cast, customers: dict[str, int], now: Any
) -> None:
    look(cast, "rep", member_id=cast.li.id)
    assert cast.admin.delete("/session/view-as").status == 204
    assert cast.admin.delete("/session/view-as").status == 409
    look(cast, "auditor")
    with moment.frozen(now + timedelta(minutes=29)):
        assert end_views() == 0
        assert cast.admin.get("/session")["viewing"] is not None
    with moment.frozen(now + timedelta(minutes=30)):
        assert cast.admin.get("/session")["viewing"] is None
        assert len(names(cast.admin)) == 4
        assert (end_views(), end_views()) == (1, 0)
    rows = Event.objects.filter(name__startswith="role.view_").order_by("pk")
    assert [(each.name, each.member_id, each.data.data["after"]["said"]["zh"]) for each in rows] == [
        ("role.view_begun", cast.admin.id, "以“业务员”看（李销售）"),
        ("role.view_ended", cast.admin.id, "不再以“业务员”看"),
        ("role.view_begun", cast.admin.id, "以“审计”看"),
        ("role.view_ended", cast.admin.id, "不再以“审计”看"),
    ]
    items = cast.admin.get("/audit?event=role.")["items"]
    assert items[0]["zh"] == "结束以别的角色看"


def test_who_may_not(cast: Cast) -> None:
    """Reps have no right; a role that holds more than oneself, another team's role, a token, two places at once."""
    assert look(cast, "rep", cast.li).status == 403
    assert cast.outsider.post("/session/view-as", {"role_id": role(cast, "rep")}).status == 404
    both = look(cast, "rep", member_id=cast.li.id, department_id=cast.li.member.department_id)
    assert (both.status, both["field"]) == (422, "member_id")
    assert look(cast, "rep", member_id=cast.outsider.id).status == 404
    boss = hire(cast.org, "半个管理", "supervisor", cast.li.member.department)
    Role.objects.filter(org=cast.org, key="supervisor").update(verbs=["customer.*", "role.view_as"])
    bump(cast.org.pk)
    half = logged_in(boss)
    assert look(cast, "admin", half).status == 403
    assert look(cast, "rep", half).status == 403  # it writes records, which he may not
    Role.objects.filter(org=cast.org, key="legal").update(verbs=["customer.update"])
    bump(cast.org.pk)
    refused = look(cast, "legal", half, member_id=cast.qian.id)
    assert (refused.status, refused["zh"]) == (403, "你看不到全部客户，只能用自己的位置看")
    assert look(cast, "legal", half).status == 200
    assert Session.objects.filter(as_until__isnull=False).count() == 1


def test_losing_ones_own_rights_ends_it_at_once(cast: Cast, customers: dict[str, int]) -> None:
    """A10: what one may not see oneself is never seen through others' eyes."""
    second = logged_in(hire(cast.org, "二管理", "admin", cast.li.member.department))
    look(cast, "supervisor", second, department_id=cast.li.member.department_id)
    assert len(names(second)) >= 2
    grant = Grant.objects.get(member=second.member)
    grant.role = Role.objects.get(org=cast.org, key="rep")
    grant.save()
    bump(cast.org.pk)
    assert names(second) == []
    assert second.get("/session")["viewing"] is None
    Session.objects.filter(member=cast.admin.member).update(as_role=None, as_until=moment.now() + timedelta(minutes=9))
    assert len(names(cast.admin)) == 4


def test_it_costs_a_constant_number_of_statements(cast: Cast, customers: dict[str, int]) -> None:
    """The session with its role and place, the tree of departments, and what is shared with the role."""
    cast.admin.get("/customers")
    with CaptureQueriesContext(connection) as own:
        cast.admin.get("/customers")
    look(cast, "supervisor", department_id=cast.li.member.department_id)
    cast.admin.get("/customers")
    with CaptureQueriesContext(connection) as others:
        cast.admin.get("/customers")
    assert len(others) - len(own) == 3
