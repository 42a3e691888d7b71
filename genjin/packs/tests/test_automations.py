"""Issue 4 point 6: automations travel in packs without people, addresses and secrets, and are published by hand."""

from __future__ import annotations

from typing import Any

from conftest import Cast
from genjin.automations.models import Automation
from genjin.packs.book import read_pack, write_pack
from genjin.packs.tests.test_packs import applied, named
from genjin.records.tests.making import make_type

TODO = {"do": "todo", "act": "给{客户}打电话", "to": {"who": "owner"}}


def make(cast: Cast, *, publish: bool = True, **more: Any) -> int:
    body = {
        "name": "交给仓库",
        "event": "stage_changed",
        "moved": {"field": "stage", "to": "service"},
        "condition": {"field": "industry", "op": "in", "value": ["software"]},
        "actions": [
            {**TODO, "to": {"who": "department", "id": cast.qian.member.department_id}},
            {"do": "notify", "text": "{客户}进入售后", "to": {"who": "member", "id": cast.zhao.id}},
            {"do": "webhook", "url": "https://hooks.example.com/secret-path"},
            {"do": "assign", "by": "member", "member_id": cast.wang.id},
        ],
        **more,
    }
    pk = int(cast.admin.post("/automations", {"body": body})["id"])
    if publish:
        assert cast.admin.post(f"/automations/{pk}/publish", {"version": 1}).status == 200
    return pk


def test_they_come_to_an_empty_team_byte_by_byte_as_drafts_without_anybody(cast: Cast) -> None:
    """R-221: export → empty organisation → import → export; nothing of people, addresses and secrets leaves."""
    make(cast)
    text = cast.admin.get("/pack")["text"]
    secret = Automation.objects.get().secret
    assert "交给仓库" in text and secret and secret not in text and "secret-path" not in text
    assert "member_id" not in text and " id: " not in text.partition("automations:")[2]
    assert applied(cast.outsider, text).status == 200
    assert named(cast.outsider.get("/pack")["text"], "青松科技") == text
    row = Automation.objects.get(org=cast.outsider.member.org)
    assert (row.state, row.live, row.secret, row.publisher) == ("draft", None, "", None)
    half = cast.outsider.post(f"/automations/{row.pk}/publish", {"version": 1})
    assert (half.status, half["field"]) == (422, "actions.0")


def test_one_that_asks_for_a_certain_person_stays_here(cast: Cast) -> None:
    make(cast, condition={"field": "owner", "op": "eq", "value": cast.li.id})
    assert read_pack(cast.admin.get("/pack")["text"])["automations"] == []


def test_a_pack_changes_one_in_force_and_keeps_its_people_and_addresses(cast: Cast) -> None:
    pk = make(cast)
    pack = read_pack(cast.admin.get("/pack")["text"])
    pack["automations"][0]["actions"][0]["act"] = "安排发货"
    text = write_pack({**pack, "name": {"zh": "试"}})
    seen = cast.admin.post("/pack/preview", {"text": text})
    assert [(each["section"], each["what"], each["zh"]) for each in seen["changes"]] == [
        ("automations", "changed", "交给仓库")
    ]
    assert applied(cast.admin, text).status == 200
    shown = cast.admin.get(f"/automations/{pk}").body
    assert (shown["state"], shown["number"], shown["changed"]) == ("on", 2, False)
    first, told, hook, give = shown["body"]["actions"]
    assert (first["act"], first["to"]["id"]) == ("安排发货", cast.qian.member.department_id)
    assert (told["to"]["id"], give["member_id"]) == (cast.zhao.id, cast.wang.id)
    assert hook["url"] == "https://hooks.example.com/secret-path"
    assert cast.admin.post("/pack/preview", {"text": text})["changes"] == []


def test_taking_a_pack_back_takes_its_draft_away(cast: Cast) -> None:
    before = cast.admin.get("/pack")["text"]
    text = (
        "genjin: 1\nname: {zh: 试}\nautomations:\n- {key: call, name: 先打电话, event: customer_created,"
        " actions: [{do: todo, act: 打电话}]}\n"
    )
    assert applied(cast.admin, text).status == 200
    assert Automation.objects.get().state == "draft"
    assert cast.admin.post("/pack/preview", {"text": text})["changes"] == []
    version = cast.admin.get("/pack")["version"]
    assert cast.admin.post("/pack/roll-back", {"to": 1, "version": version}).status == 200
    assert cast.admin.get("/pack")["text"] == before


def test_a_pack_with_an_address_or_a_person_is_refused(cast: Cast) -> None:
    """A pack can cause no request, and names nobody; what cannot be so is named by its place."""
    for action in (
        "{do: webhook, url: 'https://evil.example'}",
        "{do: notify, text: 好, to: {who: member, id: 1}}",
        "{do: assign, by: member, member_id: 1}",
        "{do: explode}",
    ):
        text = (
            "genjin: 1\nname: {zh: 试}\nautomations:\n- {key: call, name: 打, event: customer_created,"
            f" actions: [{action}]}}\n"
        )
        refused = cast.admin.post("/pack/preview", {"text": text})
        assert refused.status == 422 and refused["field"].startswith("automations.0"), refused
    wrong = "genjin: 1\nname: {zh: 试}\nautomations:\n- {key: call, name: 打, event: nothing, actions: []}\n"
    answer = applied(cast.admin, wrong)
    assert (answer.status, answer["field"]) == (422, "automations.call.event")
    assert Automation.objects.count() == 0


def test_one_about_an_own_type_travels_with_the_type(cast: Cast) -> None:
    """样品申请 and its automation come to an empty team together, byte by byte."""
    make_type(cast)
    body = {"name": "寄样品", "event": "created:x_sample", "cap": 9,
            "condition": {"field": "state", "op": "eq", "value": "asked"},
            "actions": [{"do": "set", "field": "state", "value": "sent"}, TODO]}  # fmt: skip
    made = cast.admin.post("/automations", {"body": body})
    assert cast.admin.post(f"/automations/{made['id']}/publish", {"version": 1}).status == 200
    text = cast.admin.get("/pack")["text"]
    assert "event: created:x_sample" in text or "event: 'created:x_sample'" in text
    answer = applied(cast.outsider, text)
    assert answer.status == 200, answer
    assert named(cast.outsider.get("/pack")["text"], "青松科技") == text
