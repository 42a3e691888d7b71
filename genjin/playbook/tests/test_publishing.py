"""Publishing playbooks over HTTP: versions, conflicts, mapping of running customers, impact."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.lib import moment
from genjin.orgs.models import Organisation
from genjin.playbook.models import Passage, PlaybookVersion


def made(cast: Cast, name: str = "青松设备", **more: Any) -> int:
    return int(cast.li.post("/customers", {"name": name, "source": "online", **more})["id"])


def document(cast: Cast, key: str = "standard") -> dict[str, Any]:
    found: dict[str, Any] = cast.admin.get(f"/playbooks/{key}")["document"]
    return found


def node(told: dict[str, Any], key: str) -> dict[str, Any]:
    return next(each for each in told["nodes"] if each["key"] == key)


def put(cast: Cast, told: dict[str, Any], version: int = 1, **more: Any) -> Any:
    return cast.admin.put(f"/playbooks/{told['key']}", {"version": version, "document": told, **more})


def test_publishing_changes_names_order_and_limits_of_stages(cast: Cast) -> None:
    """R-116: a manager edits it without code; lists and clocks follow, running customers keep node and time."""
    pk = made(cast)
    told = document(cast)
    node(told, "lead")["zh"] = "线索"
    node(told, "lead")["limit"] = {"amount": 6, "clock": "hours", "warn_hours": None, "pause_waiting": True}
    answer = put(cast, told, why="名字短一点")
    assert answer.status == 200, answer
    assert answer.body == {"key": "standard", "version": 2}
    stages = {each["key"]: each for each in cast.li.get("/schema")["options"]["stage"]}
    assert stages["lead"]["zh"] == "线索" and stages["lead"]["facts"]["limit"] == 6
    row = unscoped(Customer, "test").get(pk=pk)
    assert (row.stage, row.stage_at, row.version) == ("lead", NOW, 1)
    with moment.frozen(NOW + timedelta(hours=7)):
        assert cast.li.get(f"/customers/{pk}/path")["now"]["clock"]["state"] == "over"
    versions = cast.admin.get("/playbooks/standard/versions")["items"]
    assert [(each["number"], each["why"], each["live"]) for each in versions] == [
        (2, "名字短一点", True),
        (1, "", False),
    ]


def test_a_list_of_options_changed_elsewhere_breaks_no_playbook(cast: Cast) -> None:
    """R-116: names are read from the list of stages."""
    items = cast.admin.get("/option-lists/stage").body
    sent = [{"key": each["key"], "zh": "先聊聊" if each["key"] == "lead" else each["zh"], "en": each["en"]}
            for each in items["items"]]  # fmt: skip
    answer = cast.admin.put("/option-lists/stage", {"version": items["version"], "items": sent})
    assert answer.status == 200, answer
    assert node(document(cast), "lead")["zh"] == "先聊聊"
    assert node(document(cast), "proposal")["limit"]["amount"] == 2


def test_customers_of_a_node_that_goes_move_by_the_mapping(cast: Cast) -> None:
    """R-116, R-117: asked for by name and number; in the same transaction, with a row in the log."""
    pk = made(cast)
    before = Organisation.objects.get(pk=cast.org.pk).config_version
    told = document(cast)
    told["nodes"] = [each for each in told["nodes"] if each["key"] != "lead"]
    refused = put(cast, told)
    assert refused.status == 422 and refused["code"] == "playbook"
    (problem,) = refused["problems"]
    assert (problem["node"], problem["field"]) == ("lead", "mapping")
    assert problem["zh"] == "“线索收集”里还有 1 家客户，写明它们去哪个节点"
    assert put(cast, told, mapping={"lead": "moon"}).status == 422
    assert Organisation.objects.get(pk=cast.org.pk).config_version == before
    assert PlaybookVersion.objects.filter(org=cast.org).count() == 1
    assert put(cast, told, mapping={"lead": "needs"}).status == 200
    row = unscoped(Customer, "test").get(pk=pk)
    assert (row.stage, row.stage_at) == ("needs", NOW)
    passage = unscoped(Passage, "test").get()
    assert (passage.node, passage.to, passage.why) == ("lead", "needs", "流程改了，原来的节点不再用")
    stages = {each["key"]: each for each in cast.li.get("/schema")["options"]["stage"]}
    assert stages["lead"]["retired"] is True
    fresh = made(cast, "白桦仪器")
    assert unscoped(Customer, "test").get(pk=fresh).stage == "needs"


def test_somebody_published_meanwhile(cast: Cast) -> None:
    """R-165: theirs and mine stand beside each other; nothing is changed."""
    told = document(cast)
    node(told, "lead")["action"] = "先看官网"
    assert put(cast, told).status == 200
    mine = {**told, "title": {"zh": "我的流程", "en": ""}}
    answer = put(cast, mine)
    assert answer.status == 409
    assert answer["theirs"]["version"] == 2 and answer["mine"]["title"]["zh"] == "我的流程"
    assert document(cast)["title"]["zh"] == "标准销售流程"
    assert put(cast, told, version=2)["code"] == "same"


def test_every_problem_at_once_and_nothing_half_applied(cast: Cast) -> None:
    """R-116: words a manager understands, each naming its node."""
    told = document(cast)
    node(told, "lead")["owner"] = ""
    node(told, "needs")["ladder"][0]["to"] = "role:nobody"
    node(told, "demo")["assets"][0]["url"] = "javascript:alert(1)"
    answer = put(cast, told)
    assert answer.status == 422
    assert [(each["node"], each["field"]) for each in answer["problems"]] == [
        ("lead", "owner"), ("needs", "ladder"), ("demo", "assets"),
    ]  # fmt: skip
    assert answer["problems"][0]["zh"] == "“线索收集”：有时限就要有负责人"
    assert PlaybookVersion.objects.filter(org=cast.org).count() == 1
    told["nodes"][0]["colour"] = "red"
    assert put(cast, told).status == 422


def test_an_older_version_comes_back_as_a_new_one(cast: Cast) -> None:
    """R-116: versions are kept; going back is a further one."""
    told = document(cast)
    node(told, "lead")["zh"] = "线索"
    put(cast, told)
    back = cast.admin.post("/playbooks/standard/roll-back", {"version": 2, "to": 1, "why": "还是原来的好"})
    assert back.status == 200 and back["version"] == 3
    assert node(document(cast), "lead")["zh"] == "线索收集"
    assert cast.admin.post("/playbooks/standard/roll-back", {"version": 3, "to": 9}).status == 404


def test_a_second_playbook_is_added_and_removed(cast: Cast) -> None:
    """R-110: the process of the sales template with its statuses; removed, its customers go where the mapping says."""
    (offered,) = cast.admin.get("/playbooks")["templates"]
    assert offered["key"] == "sales_template"
    assert cast.admin.post("/playbooks", {"template": "sales_template"}).status == 201
    assert cast.admin.post("/playbooks", {"template": "sales_template"})["code"] == "exists"
    labels = [each["zh"] for each in cast.li.get("/schema")["options"]["stage"]]
    assert {"需求分析中", "方案沟通中", "已成交", "维护中/潜在复购"} <= set(labels) and labels[0] == "线索收集"
    pk = made(cast, stage="st_needs")
    assert cast.li.get(f"/customers/{pk}/path")["playbook"]["key"] == "sales_template"
    gone = {"version": 1, "mapping": {}}
    assert cast.admin.post("/playbooks/sales_template/remove", gone).status == 422
    done = cast.admin.post("/playbooks/sales_template/remove", {"version": 1, "mapping": {"st_needs": "needs"}})
    assert done.status == 200 and done["moved"] == 1
    assert unscoped(Customer, "test").get(pk=pk).stage == "needs"
    assert cast.admin.get("/playbooks/sales_template").status == 404
    assert cast.admin.post("/playbooks/standard/remove", {"version": 1})["field"] == "key"
    assert cast.admin.post("/playbooks", {"template": "sales_template"}).status == 201


def test_the_impact_of_a_draft(cast: Cast) -> None:
    """R-116: who would move, whose clocks change, how the last 90 days would have gone; nothing is written."""
    pk = made(cast)
    made(cast, "白桦仪器")
    with moment.frozen(NOW + timedelta(hours=30)):
        version = unscoped(Customer, "test").get(pk=pk).version
        cast.li.post(f"/customers/{pk}/move", {"version": version, "to": "needs", "why": "电话聊过"})
        told = document(cast)
        node(told, "lead")["limit"] = {"amount": 26, "clock": "hours", "warn_hours": None, "pause_waiting": True}
        node(told, "lead")["ladder"] = [{"from": "due", "amount": 5, "clock": "hours", "do": "copy", "to": "superior"}]
        told["nodes"] = [each for each in told["nodes"] if each["key"] != "demo"]
        answer = cast.admin.post("/playbooks/standard/impact", {"document": told, "mapping": {}})
    assert answer.status == 200, answer
    assert answer["problems"] == [] and answer["customers"] == 2
    assert answer["clocks"] == {
        "begun": 0, "begun_over": 0, "redated": 1, "redated_over": 1, "ended": 0,
        "owners": [{"id": cast.li.id, "name": "李销售", "begun": 0, "over": 1}],
    }  # fmt: skip
    assert answer["moved"] == [{"from": "demo", "to": None, "count": 0}]
    assert answer["nodes"][0] == {"key": "lead", "entered_90": 2, "late_90": 2, "reported_90": 0}
    assert PlaybookVersion.objects.filter(org=cast.org).count() == 1


def test_a_limit_by_example(cast: Cast) -> None:
    """R-111: working days by the official calendar, with the holidays and the weekend worked instead named."""
    limit = {"amount": 2, "clock": "workdays"}
    answer = cast.admin.post("/playbooks/standard/worked-example", {"limit": limit, "at": "2026-09-24T08:30:00Z"})
    assert answer.status == 200, answer
    assert [(each["on"][5:], each["kind"], each["n"]) for each in answer["days"]] == [
        ("09-24", "enter", None), ("09-25", "holiday", None), ("09-26", "off", None), ("09-27", "off", None),
        ("09-28", "work", 1), ("09-29", "work", 2),
    ]  # fmt: skip
    assert answer["due_at"].startswith("2026-09-29T10:00") or answer["due_at"].startswith("2026-09-29 10:00")
    assert answer["unpublished_year"] is None
    bad = cast.admin.post("/playbooks/standard/worked-example", {"limit": {"amount": 1.5, "clock": "days"}})
    assert bad.status == 422 and bad["field"] == "limit"


@pytest.mark.parametrize("who", ["li", "zhao"])
def test_only_who_may_edit_playbooks_publishes(cast: Cast, who: str) -> None:
    """R-166: a right of its own; nothing changes."""
    told = document(cast)
    person = getattr(cast, who)
    assert person.put("/playbooks/standard", {"version": 1, "document": told}).status == 403
    assert person.post("/playbooks/standard/impact", {"document": told}).status == 403
    assert person.post("/playbooks", {"template": "sales_template"}).status == 403
    assert PlaybookVersion.objects.filter(org=cast.org).count() == 1


def test_a_script_is_shared_with_whoever_stands_in_its_node(cast: Cast) -> None:
    """R-182: what an administrator publishes is there for every rep at his customer, the next version of it too."""
    pk = made(cast)
    (mine,) = [each for each in cast.li.get(f"/customers/{pk}/path")["now"]["assets"] if each["kind"] == "script"]
    document = cast.admin.get("/playbooks/standard")["document"]
    for words, version in (("您好，先问三件事。", 1), ("您好，先问四件事。", 2)):
        asset = {"kind": "script", "title": "行业开场白", "text": words, "url": ""}
        document["nodes"][0]["assets"] = [{**mine}, asset]
        published = {"version": version, "document": document}
        assert cast.admin.put("/playbooks/standard", published).status == 200
        for person, name in ((cast.li, "青松设备"), (cast.wang, f"王的客户{version}")):
            at = pk if person is cast.li else int(person.post("/customers", {"name": name, "source": "online"})["id"])
            shown = person.get(f"/customers/{at}/path")["now"]["assets"]
            assert [each["text"] for each in shown if each["title"] == "行业开场白"] == [words]


def test_processes_are_put_in_order_and_the_default_stays_last(cast: Cast) -> None:
    """R-110: the first whose condition holds takes a new customer; what cannot be is refused and nothing changes."""
    assert cast.admin.post("/playbooks", {"template": "sales_template"}).status == 201
    online = {"field": "source", "op": "eq", "value": "online"}
    own = {"key": "mine", "title": {"zh": "大客户流程"}, "condition": online,
           "nodes": [{"key": "big", "zh": "头一步"}]}  # fmt: skip
    assert cast.admin.post("/playbooks", {"document": own}).status == 201

    def order() -> list[str]:
        return [each["key"] for each in cast.admin.get("/playbooks")["items"]]

    assert order() == ["sales_template", "mine", "standard"]
    first = made(cast, "甲公司")
    assert unscoped(Customer, "test").get(pk=first).stage in ("st_entry", "lead")
    answer = cast.admin.put("/playbook-order", {"keys": ["standard", "mine", "sales_template"]})
    assert (answer.status, answer["keys"]) == (200, ["mine", "sales_template", "standard"])
    assert order() == ["mine", "sales_template", "standard"]
    for keys in (["mine", "standard"], ["mine", "mine", "sales_template", "standard"], ["gone", "sales_template"]):
        assert cast.admin.put("/playbook-order", {"keys": keys}).status == 409
    again = cast.admin.put("/playbook-order", {"keys": ["mine", "sales_template", "standard"]})
    assert (again.status, again["code"]) == (409, "same")
    assert order() == ["mine", "sales_template", "standard"]
    assert cast.li.put("/playbook-order", {"keys": ["sales_template", "mine", "standard"]}).status == 403


def test_how_long_customers_stood_in_a_node_is_said_of_five_or_more(cast: Cast) -> None:
    """R-117: the mean of working minutes of the stays of 90 days, with how many they are; of four nothing."""
    for at in range(5):
        pk = made(cast, f"第{at}公司")
        with moment.frozen(NOW + timedelta(hours=at + 1)):
            moved = cast.li.post(f"/customers/{pk}/move", {"version": 1, "to": "needs", "why": "谈过了"})
            assert moved.status == 200, moved
        told = {each["key"]: each for each in cast.admin.get("/playbooks/standard/facts")["items"]}
        if at < 4:
            assert (told["lead"]["worked_mean"], told["lead"]["worked_n"]) == (None, at + 1)
    rows = unscoped(Passage, "test").filter(node="lead").values_list("worked_minutes", flat=True)
    minutes = [int(each or 0) for each in rows]
    assert len(minutes) == 5 and sum(minutes) > 0
    assert (told["lead"]["worked_mean"], told["lead"]["worked_n"]) == (round(sum(minutes) / 5), 5)
    assert (told["needs"]["worked_mean"], told["needs"]["worked_n"]) == (None, 0)
