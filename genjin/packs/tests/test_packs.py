"""Packs: what leaves a team comes to another without loss, and nothing else does (R-213–R-221, R-256)."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import Cast, Person
from genjin.packs.book import read_pack, write_pack
from genjin.schema.models import Option

FORM = {
    "groups": [{"key": "car", "zh": "车辆", "en": "Car"}],
    "fields": [
        {"key": "name"},
        {"key": "region", "zh": "省市", "required": True},
        {"zh": "车型", "en": "Model", "type": "option", "options": "car_model", "group": "car"},
        {"zh": "台数", "en": "Units", "type": "number", "settings": {"min": 1, "unit": "台"}, "help_zh": "写整数"},
        {"zh": "到店日期", "en": "Visit", "type": "date", "required_when": {"field": "cf_2", "op": "gte", "value": 50}},
    ],
    "rules": [{"must": {"field": "cf_2", "op": "lte", "value": 1000}, "field": "cf_2", "zh": "台数最多 1000"}],
    "page": [{"key": "group:car", "place": "main"}, {"key": "sharing", "place": "hidden"}],
}
STANDARD = {
    "rules": {"late-entry": {"severity": "error", "weight": 9}, "no-goal": {"severity": "off"}},
    "required": {"联系方式": {"severity": "warning"}},
    "thresholds": {"late_hours": 48},
    "words": {"documents": {"add": ["行驶证", "保养手册"]}, "acts": {"add": ["试驾"], "drop": ["封样"]}},
    "glossary": {"OTA": "在线升级", "4S": "汽车销售服务店"},
}
VIEW = {
    "record_type": "customer",
    "name": "大客户",
    "filter": {"and": [{"field": "cf_2", "op": "gte", "value": 10}, {"field": "owner", "op": "eq", "value": "me"}]},
    "sort": "-cf_2",
    "columns": [{"key": "name", "width": None}, {"key": "cf_1", "width": 120}],
}


def shape(person: Person) -> None:
    """A team of its own mind: a list, fields of three types, a role that may not read one, a shared view, a setting."""
    items = [{"zh": "轿车", "en": "Saloon", "color": "#0E6A5E"}, {"zh": "货车", "en": "Lorry", "synonyms": ["卡车"]}]
    assert person.put("/option-lists/car_model", {"version": "", "items": items}).status == 200
    assert person.put("/designs/customer", {"version": 0, **FORM}).status == 200
    made = person.post("/views", VIEW)
    assert made.status == 201, made
    shared = person.post(
        f"/views/{made['id']}/share", {"version": 1, "shared": "roles", "roles": ["rep", "supervisor"]}
    )
    assert shared.status == 200, shared
    by_key = {each["key"]: each["id"] for each in person.get("/roles")["items"]}
    role = person.get(f"/roles/{by_key['marketing']}")
    fields = {"customer": {"cf_2": "hidden", "amount": "hidden"}}
    assert person.patch(f"/roles/{role['id']}", {"version": role["version"], "fields": fields}).status == 200
    assert person.patch("/targets/settings", {"ranking": True}).status == 200
    assert person.put("/standard", {"version": 0, **STANDARD}).status == 200
    _shape_type(person)


STATES = [
    {"key": "asked", "zh": "待审", "en": "Asked", "color": "#0E6A5E", "next": ["sent"]},
    {"key": "sent", "zh": "已寄出", "en": "Sent", "closed": True},
]


def _shape_type(person: Person) -> None:
    """A record type with a list of its own, a rule, a shared view, and what two roles may do with it."""
    sent = {"field": "state", "op": "eq", "value": "sent"}
    fields = [{"zh": "样车型号", "type": "option", "options": "car_model"},
              {"zh": "运单号", "type": "text", "required_when": sent}]  # fmt: skip
    body = {"zh": "样品申请", "en": "Sample", "slug": "x_sample", "customer": "required", "states": STATES}
    made = person.post("/record-types", {**body, "fields": fields})
    assert made.status == 201, made
    view = {"record_type": "x_sample", "name": "等寄的", "filter": {"field": "state", "op": "eq", "value": "asked"},
            "layout": "board", "board_by": "state", "columns": [{"key": "cf_1"}]}  # fmt: skip
    saved = person.post("/views", view)
    assert saved.status == 201, saved
    assert person.post(f"/views/{saved['id']}/share", {"version": 1, "shared": "all"}).status == 200
    by_key = {each["key"]: each["id"] for each in person.get("/roles")["items"]}
    for key, scopes in (("rep", {"see": ["self"], "change": ["self"]}), ("legal", {"see": ["all"], "change": []})):
        role = person.get(f"/roles/{by_key[key]}")
        values = {
            "scopes": {**role["scopes"], "x_sample": scopes},
            "fields": {**role["fields"], "x_sample": {"cf_2": "hidden"}},
        }
        assert person.patch(f"/roles/{role['id']}", {"version": role["version"], **values}).status == 200


def applied(person: Person, text: str, **more: Any) -> Any:
    seen = person.post("/pack/preview", {"text": text, **more})
    assert seen.status == 200, seen
    return person.post("/pack/apply", {"text": text, "version": seen["version"], **more})


def named(text: str, name: str) -> str:
    """The same pack under the name of another team."""
    pack = read_pack(text)
    return write_pack({**pack, "name": {"zh": name}})


def test_a_pack_comes_to_an_empty_team_without_loss(cast: Cast) -> None:
    """R-221, R-256: export → empty organisation → import → export is byte-equal."""
    shape(cast.admin)
    text = cast.admin.get("/pack")["text"]
    assert all(
        each in text for each in ("车型", "大客户", "cf_2: hidden", "样品申请", "等寄的", "OTA: 在线升级", "group:car")
    )
    answer = applied(cast.outsider, text)
    assert answer.status == 200, answer
    assert named(cast.outsider.get("/pack")["text"], "青松科技") == text
    again = cast.outsider.post("/pack/preview", {"text": text})
    assert (again["changes"], again["lines"]) == ([], [])
    refused = cast.outsider.post("/pack/apply", {"text": text, "version": again["version"]})
    assert (refused.status, refused["code"]) == (409, "same")


def test_what_came_works(cast: Cast, new_customer: Any) -> None:
    """R-213: the field of a pack is filled in, sorted by and filtered by at once."""
    shape(cast.admin)
    applied(cast.outsider, cast.admin.get("/pack")["text"])
    new_customer(cast.outsider, "甲公司", region="江苏", cf_2=12)
    new_customer(cast.outsider, "乙公司", region="江苏", cf_2=3)
    firm = cast.outsider.get("/customers")["items"][0]["id"]
    made = cast.outsider.post("/records/x_sample", {"name": "样车", "customer": firm})
    assert made.status == 201, made
    asked = cast.outsider.post("/records/x_sample/move", {"ids": [made["id"]], "state": "sent"})
    assert (asked.status, asked["zh"]) == (422, "运单号没有填")
    views = cast.outsider.get("/views", record_type="customer")["items"]
    assert [each["name"] for each in views] == ["大客户"]
    rows = cast.outsider.get("/customers", sort="-cf_2")["items"]
    assert [(each["name"], each["cf_2"]) for each in rows] == [("甲公司", 12), ("乙公司", 3)]


def test_rolling_back_brings_the_configuration_back(cast: Cast) -> None:
    """R-018: one click, a new version; fields that hold values are put away instead of lost."""
    before = cast.outsider.get("/pack")["text"]
    shape(cast.admin)
    applied(cast.outsider, cast.admin.get("/pack")["text"])
    version = cast.outsider.get("/pack")["version"]
    answer = cast.outsider.post("/pack/roll-back", {"to": 1, "version": version})
    assert answer.status == 200, answer
    assert cast.outsider.get("/pack")["text"] == before
    items = cast.outsider.get("/pack/versions")["items"]
    assert [(each["number"], each["took"], each["by"]["name"]) for each in items] == [(2, 1, "外人"), (1, None, "外人")]


def test_what_is_in_use_stays(cast: Cast, new_customer: Any) -> None:
    """R-214: a whole pack retires options that records hold and hides fields with values."""
    before = cast.admin.get("/pack")["text"]
    shape(cast.admin)
    model = cast.admin.get("/option-lists/car_model")["items"][0]["key"]
    new_customer(cast.li, "甲公司", region="江苏", cf_1=model, cf_2=12)
    answer = applied(cast.admin, before)
    assert answer.status == 200, answer
    form = {each["key"]: each for each in cast.admin.get("/designs/customer")["fields"]}
    assert (form["cf_1"]["hidden"], form["cf_2"]["hidden"], "cf_3" in form) == (True, True, False)
    assert cast.admin.get("/option-lists/car_model").status == 200


def test_a_change_can_be_left_out(cast: Cast) -> None:
    """R-221: what is not wanted is taken out by its id; the rest is applied."""
    text = (
        "genjin: 1\nname: {zh: 试}\noptions:\n  industry:\n  - {key: software, zh: 软件业, en: Software}\n"
        "  - {key: robots, zh: 机器人, en: Robots}\n"
    )
    seen = cast.admin.post("/pack/preview", {"text": text})
    assert [(each["id"], each["what"]) for each in seen["changes"]] == [
        ("options/industry/software", "changed"),
        ("options/industry/robots", "added"),
    ]
    assert [line for line in seen["lines"] if line[0] in "+-"] == [
        "-  - key: software",
        "-    zh: 软件和信息技术",
        "-    en: Software and IT",
        "-    synonyms: [信息技术, 软件, IT, 互联网]",
        "+  - {key: software, zh: 软件业, en: Software}",
        "+  - {key: robots, zh: 机器人, en: Robots}",
    ]
    assert applied(cast.admin, text, leave=["options/industry/software"]).status == 200
    rows = Option.objects.filter(org=cast.org, list_name="industry")
    assert rows.get(key="software").zh == "软件和信息技术"
    assert rows.get(key="robots").zh == "机器人"


def test_an_order_and_a_removal_can_be_left_out(cast: Cast) -> None:
    """R-221: left out, a list keeps its order, and an option that was to go stands where it stood."""
    pack = read_pack(cast.admin.get("/pack")["text"])
    cold, watching, *rest = pack["options"]["attitude"]
    wanted = {**pack, "options": {**pack["options"], "attitude": [*rest, {**cold, "zh": "很冷"}]}}
    text, order, removal = write_pack(wanted), "options/attitude/", f"options/attitude/{watching['key']}"
    seen = cast.admin.post("/pack/preview", {"text": text})
    assert [(each["id"], each["what"]) for each in seen["changes"]] == [
        ("options/attitude/cold", "changed"),
        (removal, "removed"),
        (order, "order"),
    ]
    assert applied(cast.admin, text, leave=[order, removal]).status == 200
    rows = Option.objects.filter(org=cast.org, list_name="attitude").order_by("position")
    assert [row.zh for row in rows] == ["很冷", watching["zh"], *(each["zh"] for each in rest)]


def test_formulas_and_look_ups_follow_the_keys_that_they_name(cast: Cast) -> None:
    """A pack whose keys are taken reckons with its own fields, never with those that had the keys before."""
    one = "genjin: 1\nname: {zh: 甲}\nforms:\n  customer:\n    fields:\n    - {key: cf_1, type: number, zh: 楼层}\n"
    two = (
        "genjin: 1\nname: {zh: 乙}\nforms:\n  customer:\n    fields:\n    - {key: cf_1, type: number, zh: 床位}\n"
        "    - {key: cf_2, type: formula, zh: 两倍, settings: {formula: '{cf_1} * 2', result: number}}\n"
        "    - {key: cf_3, type: link, zh: 总院, settings: {to: customer}}\n"
        "    - {key: cf_4, type: lookup, zh: 总院床位, settings: {through: cf_3, field: cf_1}}\n"
        "  contact:\n    fields:\n"
        "    - {key: cf_1, type: lookup, zh: 医院床位, settings: {through: customer, field: cf_1}}\n"
    )
    assert applied(cast.admin, one).status == 200
    answer = applied(cast.admin, two)
    assert answer.status == 200, answer
    forms = read_pack(cast.admin.get("/pack")["text"])["forms"]
    told = {each["zh"]: (each["key"], each.get("settings")) for form in forms.values() for each in form["fields"]}
    beds, link = told["床位"][0], told["总院"][0]
    assert beds != "cf_1" == told["楼层"][0]
    assert told["两倍"][1] == {"formula": f"{{{beds}}} * 2", "result": "number"}
    assert told["总院床位"][1] == {"through": link, "field": beds}
    assert told["医院床位"][1] == {"through": "customer", "field": beds}


def test_a_field_of_another_pack_gets_a_key_of_its_own(cast: Cast) -> None:
    """Two packs both bring a cf_1: the second one's becomes cf_2, and the role that names it follows."""
    one = "genjin: 1\nname: {zh: 甲}\nforms:\n  customer:\n    fields:\n    - {key: cf_1, type: text, zh: 车牌}\n"
    two = (
        "genjin: 1\nname: {zh: 乙}\nforms:\n  customer:\n    fields:\n    - {key: cf_1, type: number, zh: 床位}\n"
        "    - key: cf_2\n      type: text\n      zh: 车牌\n      required_when: {field: cf_1, op: gte, value: 5}\n"
        "    rules:\n    - {must: {field: cf_1, op: lte, value: 900}, field: cf_1, zh: 床位太多}\n"
        "roles:\n- key: nurse\n  zh: 护士\n  en: Nurse\n  verbs: [customer.create]\n"
        "  fields: {customer: {cf_1: hidden, cf_2: readonly}}\n"
    )
    assert applied(cast.admin, one).status == 200
    answer = applied(cast.admin, two)
    assert answer.status == 200, answer
    own = {each["key"]: each["zh"] for each in cast.admin.get("/designs/customer")["fields"] if each["own"]}
    assert own == {"cf_1": "车牌", "cf_3": "床位"}
    pack = read_pack(cast.admin.get("/pack")["text"])
    (nurse,) = [each for each in pack["roles"] if each["key"] == "nurse"]
    assert nurse["fields"] == {"customer": {"cf_3": "hidden", "cf_1": "readonly"}}
    form = pack["forms"]["customer"]
    (plate,) = [each for each in form["fields"] if each["key"] == "cf_1"]
    assert plate["required_when"] == {"field": "cf_3", "op": "gte", "value": 5}
    assert form["rules"] == [
        {"must": {"field": "cf_3", "op": "lte", "value": 900}, "field": "cf_3", "zh": "床位太多"},
    ]


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        ("genjin: 2\nname: {zh: 新}\n", 422, "更新的格式"),
        ("name: {zh: 新}\n", 422, "genjin: 1"),
        ("genjin: 1\nname: {zh: 新}\ncode: run\n", 422, "“code”：没有这一项"),
        ("genjin: 1\nname: &a {zh: 新}\n", 422, "第 2 行：标准包里不能有锚点"),
        ("genjin: 1\nname: !!python/object/apply:os.system [ls]\n", 422, "第 2 行：标准包里不能有锚点"),
        ("genjin: 1\nname: {zh: 新}\nname: {zh: 旧}\n", 422, "第 3 行：“name”写了两次"),
        ("genjin: 1\nname: {zh: [\n", 422, "不是合法的 YAML"),
        ("- [", 422, "不是合法的 YAML"),
        ("genjin: 1\nname: {zh: 新}\noptions: {industry: [{key: a, zh: 甲}]}\n", 422, "“options.industry.0.en”没有写"),
        ("genjin: 1\nname: {zh: 新}\nforms: {deal: {fields: []}}\n", 409, "没有要改的"),
        (
            "genjin: 1\nname: {zh: 新}\nforms: {deal: {fields: [{type: text, zh: 甲, key: cf_1}]}}\n",
            422,
            "没有可以设计",
        ),
        (
            "genjin: 1\nname: {zh: 新}\nforms: {customer: {fields: [{key: cf_1, zh: 甲, type: rocket}]}}\n",
            422,
            "rocket",
        ),
        (
            "genjin: 1\nname: {zh: 新}\nroles: [{key: x, zh: 甲, en: X, verbs: [customer.explode]}]\n",
            422,
            "customer.explode",
        ),
        ("genjin: 1\nname: {zh: 新}\nsettings: {review: {share: 7}}\n", 422, "share"),
        (
            "genjin: 1\nname: {zh: 新}\nviews: [{type: customer, name: 甲, shared: all, filter: {field: owner, op: eq, "
            "value: 1}}]\n",
            422,
            "指了具体的人",
        ),
    ],
)
def test_a_bad_pack_is_refused_in_a_sentence(cast: Cast, text: str, status: int, said: str) -> None:
    """One sentence that names the place; nothing of the pack is applied."""
    before = cast.admin.get("/pack")
    answer = cast.admin.post("/pack/apply", {"text": text, "version": before["version"]})
    assert (answer.status, said in answer["message"]) == (status, True), answer
    assert cast.admin.get("/pack").body == before.body


def test_nobody_applies_rights_beyond_his_own_or_an_old_preview(cast: Cast) -> None:
    """R-166: only the administrator, only what he saw."""
    text = "genjin: 1\nname: {zh: 试}\noptions:\n  industry:\n  - {key: software, zh: 软件业, en: Software}\n"
    version = cast.admin.get("/pack")["version"]
    assert cast.li.post("/pack/apply", {"text": text, "version": version}).status == 403
    assert cast.zhao.get("/pack").status == 403
    assert applied(cast.admin, text).status == 200
    late = cast.admin.post("/pack/apply", {"text": text, "version": version})
    assert (late.status, late["field"]) == (409, "version")


def test_the_text_of_a_pack_is_read_as_it_is_written(cast: Cast) -> None:
    text = cast.admin.get("/pack")["text"]
    assert write_pack(read_pack(text)) == text


def test_sections_of_the_standard_go_only_for_a_reason(cast: Cast) -> None:
    """R-001: what the template's own screen refuses, a pack does not do either."""
    text = cast.admin.get("/pack")["text"]
    pack = read_pack(text)
    report = next(each for each in pack["templates"] if each.get("protected"))
    name = report["protected"][0]
    report["sections"] = [each for each in report["sections"] if each["key"] != name]
    version = cast.admin.get("/pack")["version"]
    refused = cast.admin.post("/pack/apply", {"text": write_pack(pack), "version": version})
    assert (refused.status, refused["code"], refused["field"]) == (422, "protected", f"templates.{report['key']}")
    assert cast.admin.get("/pack")["text"] == text
    body = {"text": write_pack(pack), "version": version, "why": "我们不写这一节"}
    assert cast.admin.post("/pack/apply", body).status == 200


def test_a_pack_is_no_way_around_a_right(cast: Cast) -> None:
    """R-166: whoever may apply packs still needs the verb of each section that changes."""
    roles = {each["key"]: each["id"] for each in cast.admin.get("/roles")["items"]}
    role = cast.admin.get(f"/roles/{roles['supervisor']}")
    verbs = [*role["verbs"], "pack.*", "option.*"]
    assert cast.admin.patch(f"/roles/{role['id']}", {"version": role["version"], "verbs": verbs}).status == 200
    field = "genjin: 1\nname: {zh: 甲}\nforms:\n  customer:\n    fields:\n    - {key: cf_1, type: text, zh: 车牌}\n"
    refused = applied(cast.zhao, field)
    assert (refused.status, refused["message"]) == (403, "你没有“发布表单”的权限，找管理员开通")
    assert "车牌" not in cast.admin.get("/pack")["text"]
    options = "genjin: 1\nname: {zh: 乙}\noptions:\n  industry:\n  - {key: software, zh: 软件业, en: Software}\n"
    assert applied(cast.zhao, options).status == 200


def test_a_pack_is_laid_before_what_people_wrote(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-256: forms and the standard, each with what it would have stopped; nothing is written."""
    pk = new_customer(cast.li, "甲公司")
    cast.li.post("/followups", {"customer_id": pk, **good})
    before = cast.admin.get("/pack")["text"]
    pack = read_pack(before)
    pack["forms"] = {"customer": {"fields": [{"key": "cf_1", "zh": "车牌", "type": "text", "required": True}]}}
    pack["standard"] = {"required": {"联系方式": {"weight": 30}}, "rules": {"vague-summary": {"severity": "off"}}}
    found = cast.admin.post("/pack/backtest", {"text": write_pack(pack)})
    assert [(each["key"], each["looked_at"], each["stopped"]) for each in found["items"]] == [
        ("customer", 1, 1), ("standard", 1, 0)]  # fmt: skip
    assert found["items"][0]["examples"] == [{"id": pk, "name": "甲公司", "zh": "车牌没有填", "en": "车牌 is missing"}]
    assert cast.admin.get("/pack")["text"] == before
    assert cast.li.post("/pack/backtest", {"text": before}).status == 403


def test_a_pack_is_laid_before_rows_of_own_types(cast: Cast) -> None:
    """R-256: a type that both have; one that the pack brings has no rows yet."""
    made = cast.admin.post("/record-types", {"zh": "样品申请", "slug": "x_sample", "customer": "none", "fields": []})
    assert made.status == 201, made
    row = cast.admin.post("/records/x_sample", {"name": "三号样"})
    assert row.status == 201, row
    pack = read_pack(cast.admin.get("/pack")["text"])
    pack["forms"]["x_sample"] = {"fields": [{"key": "cf_1", "zh": "规格", "type": "text", "required": True}]}
    pack["types"].append({"key": "x_repair", "zh": "返修", "customer": "none", "states": STATES})
    pack["forms"]["x_repair"] = {"fields": [{"key": "cf_1", "zh": "原因", "type": "text", "required": True}]}
    found = cast.admin.post("/pack/backtest", {"text": write_pack(pack)})
    assert found.status == 200, found
    assert [(each["key"], each["zh"], each["looked_at"], each["stopped"]) for each in found["items"]] == [
        ("x_sample", "样品申请", 1, 1)]  # fmt: skip
    assert [each["zh"] for each in found["items"][0]["examples"]] == ["规格没有填"]


def test_a_standard_that_cannot_be_is_refused_whole(cast: Cast) -> None:
    pack = read_pack(cast.admin.get("/pack")["text"])
    pack["standard"] = {"rules": {"glossary": {"severity": "error"}}}
    pack["options"]["car_model"] = [{"key": "a", "zh": "轿车", "en": "Saloon"}]
    answer = applied(cast.admin, write_pack(pack))
    assert (answer.status, answer["field"]) == (422, "standard.rules.glossary")
    assert not Option.objects.filter(list_name="car_model").exists()
