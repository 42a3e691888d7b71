"""One login in several teams: the session moves, and with it every right (security A1, A10)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from conftest import NOW, PASSWORD, Cast, Person
from genjin.access.models import Session
from genjin.history.models import Event
from genjin.lib import moment
from genjin.orgs.models import Membership, Organisation
from genjin.packs.organisation import give_role


@pytest.fixture
def elsewhere(cast: Cast) -> Membership:
    """李销售, a rep here, is an administrator at the outsider's firm too."""
    member = Membership.objects.create(
        org=cast.outsider.member.org,
        login=cast.li.member.login,
        department=cast.outsider.member.department,
        name="李总",
    )
    give_role(member, "admin")
    return member


def switch(person: Person, member_id: int) -> Any:
    return person.post("/session/team", {"member_id": member_id})


def test_the_session_names_all_teams(cast: Cast, elsewhere: Membership) -> None:
    assert [(team["org"]["name"], team["current"]) for team in cast.li.get("/session")["teams"]] == [
        ("青松科技", True), ("别家公司", False),
    ]  # fmt: skip
    assert [team["org"]["name"] for team in cast.wang.get("/session")["teams"]] == ["青松科技"]


def test_after_the_switch_only_the_other_team_is_there(cast: Cast, elsewhere: Membership, new_customer: Any) -> None:
    """Rights, lists, find, look-up, agenda and inbox are those of the other team at once; and back."""
    here = new_customer(cast.li, "甲公司")
    there = new_customer(cast.outsider, "外人客户")
    assert cast.li.get(f"/customers/{there}").status == 404
    answer = switch(cast.li, elsewhere.pk)
    assert (answer.status, answer["org"]["name"], answer["member"]["name"]) == (200, "别家公司", "李总")
    assert answer["member"]["roles"] == ["admin"]

    assert [row["id"] for row in cast.li.get("/customers", view="all")["items"]] == [there]
    assert cast.li.get(f"/customers/{here}").status == 404
    assert cast.li.patch(f"/customers/{here}", {"version": 1, "region": "苏州"}).status == 404
    assert cast.li.get("/find", q="甲公司").body == {
        "customers": [],
        "contacts": [],
        "followups": [],
        "files": [],
        "records": [],
    }
    assert cast.li.post("/customers/lookup", {"name": "甲公司"})["items"] == []
    assert {row["name"] for row in cast.li.get("/members")["items"]} == {"外人", "李总"}
    assert cast.li.patch("/organisation", {"name": "别家公司二"}).status == 200

    assert switch(cast.li, cast.li.id)["member"]["roles"] == ["rep"]
    assert cast.li.patch("/organisation", {"name": "青松二"}).status == 403
    assert Organisation.objects.get(pk=cast.org.pk).name == "青松科技"
    assert cast.li.get(f"/customers/{there}").status == 404


def test_nobody_goes_where_he_does_not_belong(cast: Cast, elsewhere: Membership) -> None:
    """Another person's membership, one switched off, one that does not exist: all the same 404, nothing moved."""
    Membership.objects.filter(pk=elsewhere.pk).update(active=False)
    events = Event.objects.count()
    bodies = {switch(cast.li, pk).text for pk in (cast.wang.id, cast.outsider.id, elsewhere.pk, 10**9)}
    assert len(bodies) == 1
    assert cast.li.get("/session")["member"]["name"] == "李销售"
    assert len(cast.li.get("/session")["teams"]) == 1
    assert Event.objects.count() == events


def test_a_token_stays_in_its_team(cast: Cast, elsewhere: Membership) -> None:
    secret = cast.li.post("/tokens", {"name": "脚本", "verbs": ["customer.create"]})["token"]
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    body = {"member_id": elsewhere.pk}
    assert client.post("/api/v1/session/team", body, content_type="application/json").status_code == 403
    assert client.get("/api/v1/session").json()["teams"] == []
    switch(cast.li, elsewhere.pk)
    assert client.get("/api/v1/session").json()["org"]["name"] == "青松科技"


def test_login_opens_the_team_worked_in_last(cast: Cast, elsewhere: Membership) -> None:
    assert cast.li.member.login is not None
    body = {"account": cast.li.member.login.account, "password": PASSWORD}

    def enter() -> str:
        return str(Client().post("/api/v1/session", body, content_type="application/json").json()["org"]["name"])

    assert enter() == "青松科技"
    with moment.frozen(NOW.replace(hour=9)):
        switch(cast.li, elsewhere.pk)
    with moment.frozen(NOW.replace(hour=10)):
        assert enter() == "别家公司"


def test_switched_off_in_one_team_the_other_goes_on(cast: Cast, elsewhere: Membership) -> None:
    switch(cast.li, elsewhere.pk)
    assert cast.admin.patch(f"/members/{cast.li.id}", {"active": False}).status == 200
    assert cast.li.get("/session")["org"]["name"] == "别家公司"
    assert switch(cast.li, cast.li.id).status == 404
    assert Session.objects.filter(member=elsewhere).count() == 1
