"""Processes and pools travel in packs without people and departments, and running customers stay where they are
(issue 4 point 6, issue 5)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from conftest import NOW, Cast, Person
from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.lib import moment
from genjin.packs.book import read_pack, write_pack
from genjin.packs.tests.test_packs import applied, named
from genjin.playbook.models import Playbook, PlaybookVersion
from genjin.playbook.packing import said_of
from genjin.playbook.schemas import PlaybookIn
from genjin.schema.models import Option

RICH: dict[str, Any] = {
    "key": "export",
    "title": {"zh": "外贸流程", "en": "Export"},
    "condition": {"field": "source", "op": "in", "value": ["exhibition", "online"]},
    "nodes": [
        {"key": "ex_ask", "zh": "询盘", "action": "半天内回复", "limit": {"amount": 4.5, "clock": "hours"},
         "ladder": [{"from": "before", "amount": 1, "do": "remind", "to": "owner"},
                    {"from": "due", "amount": 2, "clock": "workdays", "do": "copy", "to": "role:supervisor"},
                    {"from": "due", "amount": 5, "clock": "workdays", "do": "pool", "to": ""}],
         "gate": {"strict": True, "items": [{"kind": "field", "field": "cf_1"}, {"kind": "record"},
                                            {"kind": "condition", "zh": "金额过十万", "en": "Over 100,000",
                                             "when": {"field": "cf_1", "op": "eq", "value": "FOB"}}]},
         "required": ["cf_1", "source"], "inputs": ["展会名片"],
         "assets": [{"kind": "script", "title": "怎么问", "text": "一行\n两行\n"},
                    {"kind": "link", "title": "价目表", "url": "https://example.com/p?a=1"}]},
        {"key": "ex_sample", "zh": "打样寄样", "en": "Samples", "owner": "department:{place}", "optional": True,
         "limit": {"amount": 5, "clock": "workdays", "warn_hours": 24, "pause_waiting": False}, "back": ["ex_ask"],
         "gate": {"items": [{"kind": "side", "node": "ex_check"}, {"kind": "objections"}]}},
        {"key": "ex_check", "zh": "验厂", "beside": "ex_sample", "optional": True, "owner": "role:supervisor",
         "limit": {"amount": 48, "clock": "hours"}},
        {"key": "ex_order", "zh": "订单确认", "output": "PI", "next": []},
    ],
}  # fmt: skip


def place_of(cast: Cast) -> str:
    department = cast.qian.member.department
    assert department is not None
    return department.name


def make_rich(cast: Cast) -> None:
    """A field that the process names, and the process with every part that one can have."""
    field = {"fields": [{"key": "name"}, {"zh": "贸易条款", "type": "text"}]}
    assert cast.admin.put("/designs/customer", {"version": 0, **field}).status == 200
    place = place_of(cast)
    nodes = [{**each, "owner": each.get("owner", "owner").replace("{place}", place)} for each in RICH["nodes"]]
    made = cast.admin.post("/playbooks", {"document": {**RICH, "nodes": nodes}})
    assert made.status == 201, made


def stage_of(pk: int) -> str:
    return unscoped(Customer, "test").get(pk=pk).stage


def put_into(person: Person, pk: int, stage: str) -> None:
    version = unscoped(Customer, "test").get(pk=pk).version
    moved = person.patch(f"/customers/{pk}", {"version": version, "stage": stage})
    assert moved.status == 200, moved


def books(cast_person: Person) -> list[str]:
    return [each["key"] for each in cast_person.get("/playbooks")["items"]]


def node_keys(person: Person, key: str) -> list[str]:
    return [each["key"] for each in person.get(f"/playbooks/{key}")["document"]["nodes"]]


def test_several_processes_come_to_an_empty_team_byte_by_byte(cast: Cast) -> None:
    """R-089, R-110, R-221: conditions, side nodes, gates, ladders, assets, limits; the department stays behind."""
    make_rich(cast)
    assert cast.admin.post("/playbooks", {"template": "sales_template"}).status == 201
    text = cast.admin.get("/pack")["text"]
    place = place_of(cast)
    said = text.partition("\nplaybooks:")[2].partition("\npools:")[0]
    assert "外贸流程" in said and "owner: department\n" in said and place not in said
    assert applied(cast.outsider, text).status == 200
    assert named(cast.outsider.get("/pack")["text"], "青松科技") == text
    assert books(cast.outsider) == ["export", "sales_template", "standard"]
    node = next(each for each in cast.outsider.get("/playbooks/export")["document"]["nodes"] if each["key"] == "ex_ask")
    assert (node["limit"]["amount"], [each["do"] for each in node["ladder"]]) == (4.5, ["remind", "copy", "pool"])
    again = cast.outsider.post("/pack/preview", {"text": text})
    assert (again["changes"], again["lines"], again["gone"]) == ([], [], [])


def test_here_the_department_of_a_node_stays_what_it_was(cast: Cast) -> None:
    make_rich(cast)
    pack = read_pack(cast.admin.get("/pack")["text"])
    pack["playbooks"][0]["nodes"][0]["action"] = "两小时内回复"
    assert applied(cast.admin, write_pack(pack)).status == 200
    nodes = {each["key"]: each for each in cast.admin.get("/playbooks/export")["document"]["nodes"]}
    assert nodes["ex_ask"]["action"] == "两小时内回复"
    assert nodes["ex_sample"]["owner"] == f"department:{place_of(cast)}"


def test_a_field_of_a_process_follows_its_new_key(cast: Cast) -> None:
    make_rich(cast)
    text = cast.admin.get("/pack")["text"]
    other = {"fields": [{"key": "name"}, {"zh": "楼层", "type": "number"}]}
    assert cast.outsider.put("/designs/customer", {"version": 0, **other}).status == 200
    answer = applied(cast.outsider, text)
    assert answer.status == 200, answer
    node = cast.outsider.get("/playbooks/export")["document"]["nodes"][0]
    assert node["required"] == ["cf_2", "source"]
    assert [each.get("field") or (each["when"] or {}).get("field") for each in node["gate"]["items"]] == [
        "cf_2", None, "cf_2"]  # fmt: skip


PART = """genjin: 1
name: {zh: 试}
playbooks:
- key: standard
  title: {zh: 短流程, en: Short}
  nodes:
  - {key: lead, zh: 线索, en: Lead, limit: {amount: 2, clock: workdays}}
  - {key: closing, zh: 签约, en: Closing}
"""


def test_customers_stay_in_their_node_and_those_of_gone_nodes_need_a_place(cast: Cast, new_customer: Any) -> None:
    """R-116: refused with the number while nobody says where they go; nothing has changed then."""
    stays, moves = new_customer(cast.li, "甲公司"), new_customer(cast.li, "乙公司")
    put_into(cast.li, moves, "proposal")
    before = cast.admin.get("/pack")["text"]
    seen = cast.admin.post("/pack/preview", {"text": PART})
    assert [(each["key"], each["customers"], each["to"]) for each in seen["gone"]] == [("proposal", 1, None)]
    assert [each["key"] for each in seen["nodes"]] == ["lead", "closing"]
    refused = applied(cast.admin, PART)
    assert (refused.status, refused["field"]) == (422, "mapping.proposal")
    assert refused["zh"] == "“定制方案”里还有 1 家客户，写明它们去哪个节点"
    wrong = applied(cast.admin, PART, mapping={"proposal": "nowhere"})
    assert (wrong.status, wrong["field"]) == (422, "mapping.proposal")
    assert cast.admin.get("/pack")["text"] == before and cast.admin.get("/playbooks/standard")["version"] == 1
    done = applied(cast.admin, PART, mapping={"proposal": "closing"})
    assert done.status == 200, done
    told = {pk: stage_of(pk) for pk in (stays, moves)}
    assert told == {stays: "lead", moves: "closing"}
    stages = {row.key: row for row in Option.objects.filter(org=cast.org, list_name="stage")}
    assert (stages["lead"].zh, stages["lead"].facts["limit"], stages["lead"].facts["limit_clock"]) == (
        "线索", 2, "workdays")  # fmt: skip
    assert stages["lead"].facts["goal"] == "needs"
    assert {key for key, row in stages.items() if not row.retired} == {"lead", "closing"}
    assert cast.admin.post("/pack/preview", {"text": PART})["changes"] == []


def test_going_back_asks_where_the_customers_of_new_nodes_go(cast: Cast, new_customer: Any) -> None:
    before = cast.admin.get("/pack")["text"]
    assert applied(cast.admin, PART).status == 200
    pk = new_customer(cast.li, "甲公司")
    put_into(cast.li, pk, "closing")
    version = cast.admin.get("/pack")["version"]
    refused = cast.admin.post("/pack/roll-back", {"to": 1, "version": version})
    assert (refused.status, refused["field"]) == (422, "mapping.closing")
    body = {"to": 1, "version": version, "mapping": {"closing": "negotiation"}}
    assert cast.admin.post("/pack/roll-back", body).status == 200
    assert stage_of(pk) == "negotiation"
    after = read_pack(cast.admin.get("/pack")["text"])
    assert after["playbooks"] == read_pack(before)["playbooks"]


def test_all_that_is_wrong_with_processes_is_told_at_once_by_place(cast: Cast) -> None:
    """R-116: the checks of the screen, and nothing of the pack is written."""
    text = PART.replace("lead, zh: 线索, en: Lead, ", "lead, zh: 线索, en: Lead, owner: 'role:pilot', ").replace(
        "en: Closing}", "en: Closing, gate: {items: [{kind: field, field: shoe_size}, {kind: moon}]}}"
    )
    text += "options:\n  industry:\n  - {key: robots, zh: 机器人, en: Robots}\n"
    before = cast.admin.get("/pack").body
    refused = applied(cast.admin, text)
    assert refused.status == 422
    assert [(each["field"], each["zh"]) for each in refused["problems"]] == [
        ("playbooks.standard.lead.owner", "“线索”：没有“pilot”这个角色"),
        ("playbooks.standard.closing.gate", "“签约”：第 1 条推进条件要填的字段“shoe_size”不存在"),
        ("playbooks.standard.closing.gate", "“签约”：第 2 条推进条件“moon”没有这一种"),
    ]
    assert cast.admin.get("/pack").body == before
    assert (
        not Option.objects.filter(key="robots").exists() and PlaybookVersion.objects.filter(org=cast.org).count() == 1
    )


def test_what_a_process_of_a_pack_cannot_be_is_refused_while_it_is_read(cast: Cast) -> None:
    bad = {
        "playbooks.0.nodes.0": ("lead, zh: 线索", "lead, hat: 1, zh: 线索"),
        "playbooks.0": ("key: lead, zh: 线索", "key: lead, owner: 'department:售后部', zh: 线索"),
        "genjin": ("genjin: 1", "genjin: 2"),
    }
    for field, (old, new) in bad.items():
        refused = cast.admin.post("/pack/preview", {"text": PART.replace(old, new)})
        assert refused.status == 422 and refused["field"].startswith(field), refused
    two = PART + "options:\n  stage:\n  - {key: lead, zh: 起点, en: Lead}\n"
    refused = cast.admin.post("/pack/preview", {"text": two})
    assert (refused.status, refused["code"] if "code" in refused.body else "", refused["field"]) == (
        422, "invalid", "playbooks.0.nodes.0")  # fmt: skip


def test_a_stage_renamed_by_a_pack_renames_its_node(cast: Cast) -> None:
    """The list and the process say the same, and no version is made for a name."""
    text = "genjin: 1\nname: {zh: 试}\noptions:\n  stage:\n  - {key: lead, zh: 起点, en: Start}\n"
    assert applied(cast.admin, text).status == 200
    read = cast.admin.get("/playbooks/standard")
    assert (read["document"]["nodes"][0]["zh"], read["version"]) == ("起点", 1)
    assert cast.admin.post("/pack/preview", {"text": text})["changes"] == []


def test_a_process_with_customers_stays_though_a_whole_pack_does_not_name_it(cast: Cast, new_customer: Any) -> None:
    before = cast.admin.get("/pack")["text"]
    assert cast.admin.post("/playbooks", {"template": "sales_template"}).status == 201
    pk = new_customer(cast.li, "甲公司", source="exhibition")
    put_into(cast.li, pk, "st_entry")
    answer = applied(cast.admin, before)
    assert (answer.status, answer["code"]) == (409, "same")
    done = applied(cast.admin, before, mapping={"st_entry": "lead"})
    assert done.status == 200, done
    assert books(cast.admin) == ["standard"] and stage_of(pk) == "lead"
    assert Playbook.objects.get(org=cast.org, key="sales_template").removed_at is not None


def test_two_processes_without_a_condition_are_refused(cast: Cast) -> None:
    text = PART.replace("key: standard", "key: mine").replace("key: lead, zh: 线索", "key: first, zh: 头一步")
    refused = applied(cast.admin, text)
    assert (refused.status, refused["field"]) == (422, "playbooks.mine.condition"), refused
    assert books(cast.admin) == ["standard"]


def test_a_process_whose_condition_names_somebody_stays_here(cast: Cast) -> None:
    document = {**RICH, "condition": {"field": "owner", "op": "eq", "value": cast.li.id},
                "nodes": [{"key": "only", "zh": "一步"}]}  # fmt: skip
    assert cast.admin.post("/playbooks", {"document": document}).status == 201
    pack = read_pack(cast.admin.get("/pack")["text"])
    assert [each["key"] for each in pack["playbooks"]] == ["standard"]
    assert applied(cast.admin, PART).status == 200
    assert books(cast.admin) == ["export", "standard"]
    mine = PART.replace("key: standard", "key: export").replace("nodes:", "condition: {field: source, op: eq, value: "
                                                                "online}\n  nodes:")  # fmt: skip
    mine = mine.replace("key: lead", "key: other").replace("closing", "done")
    refused = applied(cast.admin, mine)
    assert (refused.status, refused["field"]) == (422, "playbooks.export")


def test_whoever_may_not_publish_processes_applies_none(cast: Cast) -> None:
    roles = {each["key"]: each["id"] for each in cast.admin.get("/roles")["items"]}
    role = cast.admin.get(f"/roles/{roles['supervisor']}")
    verbs = [*role["verbs"], "pack.*", "option.*"]
    verbs = [each for each in verbs if not each.startswith("playbook")]
    assert cast.admin.patch(f"/roles/{role['id']}", {"version": role["version"], "verbs": verbs}).status == 200
    assert applied(cast.zhao, PART).status == 403
    assert node_keys(cast.admin, "standard")[0] == "lead" and len(node_keys(cast.admin, "standard")) == 8


def make_pools(cast: Cast) -> None:
    pools = [
        {"name": "南区", "department_ids": [cast.qian.member.department_id], "days_contact": 9},
        {"name": "老客户", "condition": {"field": "region", "op": "contains", "value": "江苏"}, "days_contact": 60,
         "first_workdays": None, "ask_classes": ["A"]},
        {"name": "其余", "days_progress": 30, "warn_days": 0},
    ]  # fmt: skip
    made = cast.admin.put("/pools/rules", {"version": 0, "most_held": 80, "pools": pools})
    assert made.status == 200, made


def test_pools_of_the_team_and_its_caps_travel_byte_by_byte(cast: Cast) -> None:
    """Issue 5 point 9: the pool of one department stays here, in its place."""
    make_pools(cast)
    text = cast.admin.get("/pack")["text"]
    pack = read_pack(text)
    assert [each["name"] for each in pack["pools"]] == ["老客户", "其余"]
    assert pack["settings"]["pools"] == {"claims_a_day": None, "most_held": 80, "most_untouched": None}
    assert applied(cast.outsider, text).status == 200
    assert named(cast.outsider.get("/pack")["text"], "青松科技") == text
    pack["pools"][1]["days_progress"] = 45
    assert applied(cast.admin, write_pack(pack)).status == 200
    told = [(each["name"], each["days_progress"]) for each in cast.admin.get("/pools/rules")["pools"]]
    assert told == [("南区", None), ("老客户", None), ("其余", 45)]


def test_a_pool_that_cannot_be_is_refused_and_nothing_changes(cast: Cast) -> None:
    make_pools(cast)
    before = cast.admin.get("/pack").body
    text = (
        "genjin: 1\nname: {zh: 试}\npools:\n- {name: 新, condition: {field: shoe, op: eq, value: x}}\n"
        "settings: {review: {share: 0.2}}\n"
    )
    refused = applied(cast.admin, text)
    assert (refused.status, refused["field"]) == (422, "pools"), refused
    assert cast.admin.get("/pack").body == before
    for more in ("department_ids: [1]", "id: 3"):
        bad = cast.admin.post("/pack/preview", {"text": text.replace("name: 新", f"name: 新, {more}")})
        assert (bad.status, bad["field"]) == (422, "pools.0")


_KEYS = st.integers(0, 5).map(lambda number: f"n{number}")
_LIMIT = st.fixed_dictionaries(
    {"amount": st.integers(1, 90) | st.sampled_from([1.5, 4.0, 36.0]), "clock": st.sampled_from(["hours", "days"])},
    optional={"warn_hours": st.integers(1, 5), "pause_waiting": st.booleans()},
)
_RUNG = st.fixed_dictionaries(
    {"from": st.sampled_from(["enter", "before", "due"]), "do": st.sampled_from(["remind", "copy", "pool"])},
    optional={"amount": st.integers(0, 9), "to": st.sampled_from(["", "owner", "head", "role:rep"])},
)
_NODE = st.fixed_dictionaries(
    {"key": _KEYS, "zh": st.text("询盘报价样", min_size=1, max_size=4)},
    optional={
        "en": st.sampled_from(["", "Quote"]),
        "owner": st.sampled_from(["", "owner", "department", "role:rep"]),
        "limit": _LIMIT,
        "ladder": st.lists(_RUNG, max_size=3),
        "beside": _KEYS,
        "optional": st.booleans(),
        "next": st.none() | st.lists(_KEYS, max_size=2),
        "back": st.lists(_KEYS, max_size=2),
        "gate": st.fixed_dictionaries({"strict": st.booleans(), "items": st.just([{"kind": "record"}])}),
    },
)


@given(st.lists(_NODE, max_size=6))
def test_any_process_is_written_and_read_without_loss(nodes: list[dict[str, Any]]) -> None:
    """Whatever a document says: to a pack, to a file, back, into the table and out again it stays the same."""
    book = {"key": "any", "title": {"zh": "任意"}, "nodes": nodes}
    said = said_of(book)
    pack = {"genjin": 1, "name": {"zh": "试"}, "playbooks": [said]}
    text = write_pack(pack)
    (back,) = read_pack(text)["playbooks"]
    assert said_of(back) == said
    assert said_of(PlaybookIn.model_validate(back).body()) == said
    assert write_pack(read_pack(text)) == text


def test_a_process_is_laid_before_the_stays_of_the_last_days(cast: Cast, new_customer: Any) -> None:
    """R-256: how many would have been late by the new limits; nothing is written."""
    pk = new_customer(cast.li, "甲公司")
    before = cast.admin.get("/pack")["text"]
    tight = PART.replace("amount: 2, clock: workdays", "amount: 1, clock: hours")
    with moment.frozen(NOW + timedelta(hours=3)):
        put_into(cast.li, pk, "proposal")
        (told,) = cast.admin.post("/pack/backtest", {"text": tight})["items"]
    assert (told["key"], told["looked_at"], told["stopped"]) == ("playbooks.standard", 1, 1)
    assert told["said"]["zh"] == "过去 90 天 1 次停留，按新时限 1 次超时，现在是 0 次"
    assert cast.admin.get("/pack")["text"] == before
