"""Fields that lean on others: links, look-ups, formulas; their rights, refusals, and what becomes of old rows."""

from __future__ import annotations

from typing import Any

from conftest import Answer, Cast, Person
from genjin.access.models import Role
from genjin.fields.tasks import keep_formulas
from genjin.fields.tests.designing import add, change, document, put, without
from genjin.orgs.models import Organisation
from genjin.schema.models import OwnRecount

UNSEEN = "没有这条记录，或者你看不到"


def _new(person: Person, name: str, **values: Any) -> int:
    made = person.post("/customers", {"name": name, "source": "online", **values})
    assert made.status == 201, made
    return int(made["id"])


def _detail(person: Person, pk: int) -> Any:
    return person.get(f"/customers/{pk}")["customer"]


def _mark(cast: Cast, **fields: dict[str, str]) -> None:
    role = Role.objects.get(org=cast.org, key="rep")
    role.fields = fields
    role.save()
    org = Organisation.objects.get(pk=cast.org.pk)
    org.config_version += 1
    org.save()


def test_a_link_leads_only_to_what_one_sees(cast: Cast) -> None:
    """R-213: what another team's rep holds cannot be linked to, is not offered, and has no name where it is linked."""
    (parent,) = add(cast.admin, {"zh": "母公司", "type": "link", "settings": {"to": "customer"}})
    hidden, mine = _new(cast.qian, "乙集团"), _new(cast.li, "甲公司")
    before = _detail(cast.li, mine)
    refused = cast.li.patch(f"/customers/{mine}", {"version": 1, parent: hidden})
    assert (refused.status, refused["field"], refused["zh"]) == (422, parent, f"母公司{UNSEEN}")
    assert _detail(cast.li, mine) == before
    assert cast.admin.patch(f"/customers/{mine}", {"version": 1, parent: hidden}).status == 200
    assert _detail(cast.admin, mine)[parent] == {"id": hidden, "name": "乙集团"}
    assert _detail(cast.li, mine)[parent] == {"id": hidden, "name": ""}
    (told,) = [each for each in cast.li.get(f"/versions/customer/{mine}")["items"] if each["changes"]]
    assert told["changes"][0]["new"] == {"zh": "（看不到）", "en": "(not visible)"}
    assert [each["name"] for each in cast.li.get("/links/customer")["items"]] == ["甲公司"]
    assert [each["name"] for each in cast.admin.get("/links/customer", q="乙集")["items"]] == ["乙集团"]
    assert cast.li.get("/links/customer", ids=str(hidden))["items"] == []
    assert cast.li.get("/links/nothing").status == 404
    found = cast.li.get("/customers", filter=f'{{"field":"{parent}","op":"eq","value":{hidden}}}')
    assert [each["name"] for each in found["items"]] == ["甲公司"]
    link = {"id": mine, "name": "甲公司"}
    assert cast.li.patch(f"/customers/{mine}", {"version": 2, parent: link}).status == 200, "as it was read"


def test_a_looked_up_value_is_read_by_the_rights_of_its_reader(cast: Cast) -> None:
    """R-166: through a link and through the customer; blank where the row or the field is closed to the reader."""
    parent, industry = add(
        cast.admin,
        {"zh": "母公司", "type": "link", "settings": {"to": "customer"}},
        {"zh": "母公司地区", "type": "lookup", "settings": {"through": "cf_1", "field": "region"}},
    )
    (region,) = add(
        cast.admin, {"zh": "客户地区", "type": "lookup", "settings": {"through": "customer", "field": "region"}},
        of="contact",
    )  # fmt: skip
    top = _new(cast.qian, "乙集团", region="苏州")
    low = _new(cast.li, "甲公司", region="宁波", contact={"name": "王建国"})
    assert cast.admin.patch(f"/customers/{low}", {"version": 1, parent: top}).status == 200
    assert _detail(cast.admin, low)[industry] == "苏州"
    assert _detail(cast.li, low)[industry] is None
    assert cast.li.get(f"/customers/{low}")["contacts"][0][region] == "宁波"
    shown = {each["slug"]: each for each in cast.li.get("/schema")["record_types"]["contact"]["fields"]}
    assert shown[region]["shows"]["type"] == "text" and not shown[region]["filter"]
    _mark(cast, customer={"region": "hidden"})
    assert region not in cast.li.get(f"/customers/{low}")["contacts"][0]
    assert region not in {each["slug"] for each in cast.li.get("/schema")["record_types"]["contact"]["fields"]}
    assert cast.li.patch(f"/customers/{low}", {"version": 2, industry: "x"}).status == 403


def test_a_formula_is_worked_out_with_every_change(cast: Cast) -> None:
    """R-213: when a row is made or changed, by itself or through another formula; a history of its own it has too."""
    price, count, total, vat = add(
        cast.admin,
        {"zh": "单价", "type": "money"},
        {"zh": "数量", "type": "number"},
        {"zh": "总价", "type": "formula", "settings": {"formula": "ROUND({cf_1} * {cf_2}, 2)"}},
        {"zh": "税", "type": "formula", "settings": {"formula": "{cf_3} * 0.13"}},
    )
    pk = _new(cast.li, "甲公司", **{price: 12_50, count: 3})
    assert (_detail(cast.li, pk)[total], _detail(cast.li, pk)[vat]) == (37_50, 488)
    assert cast.li.patch(f"/customers/{pk}", {"version": 1, count: 4}).status == 200
    assert (_detail(cast.li, pk)[total], _detail(cast.li, pk)[vat]) == (50_00, 650)
    assert cast.li.patch(f"/customers/{pk}", {"version": 2, count: None}).status == 200
    assert (_detail(cast.li, pk)[total], _detail(cast.li, pk)[vat]) == (None, None)
    back = cast.li.post(f"/versions/customer/{pk}/1", {"version": 3})
    assert back.status == 200 and total not in back["restored"]
    assert _detail(cast.li, pk)[total] == 37_50
    schema = {each["slug"]: each for each in cast.li.get("/schema")["record_types"]["customer"]["fields"]}
    assert (schema[total]["settings"]["result"], schema[total]["sort"], schema[total]["read_only"]) == (
        "money", True, True)  # fmt: skip


def test_old_rows_follow_a_changed_formula(cast: Cast) -> None:
    """The worker works them out anew, in chunks, without a version or an event of theirs."""
    (count,) = add(cast.admin, {"zh": "数量", "type": "number"})
    pks = [_new(cast.li, f"公司{at}", **{count: at}) for at in range(3)]
    (twice,) = add(cast.admin, {"zh": "两倍", "type": "formula", "settings": {"formula": f"{{{count}}} * 2"}})
    assert [_detail(cast.li, pk)[twice] for pk in pks] == [None, None, None]
    assert keep_formulas() == 3
    assert [_detail(cast.li, pk)[twice] for pk in pks] == [0, 2, 4]
    assert keep_formulas() == 0 and not OwnRecount.objects.exists()
    assert [_detail(cast.li, pk)["version"] for pk in pks] == [1, 1, 1]
    assert change(cast.admin, twice, settings={"formula": f'{{{count}}} & "台"'}).status == 200
    keep_formulas()
    assert [_detail(cast.li, pk)[twice] for pk in pks] == ["0台", "1台", "2台"]
    assert without(cast.admin, twice).status == 200, "nothing is lost with it"


def test_a_formula_reads_choices_by_their_labels(cast: Cast) -> None:
    """R-213: built-in and own lists; a renamed option is worked out anew, a label that no option has is refused."""
    colours = [{"zh": "红", "en": "Red"}, {"zh": "蓝", "en": "Blue"}]
    saved = cast.admin.put("/option-lists/colour", {"items": colours})
    assert saved.status == 200, saved
    red, blue = saved["keys"]
    colour, said, dear = add(
        cast.admin,
        {"zh": "颜色", "type": "option", "options": "colour"},
        {"zh": "叫法", "type": "formula", "settings": {"formula": '{cf_1} & "·" & {source}'}},
        {"zh": "加价", "type": "formula", "settings": {"formula": 'IF({cf_1} = "红", 20, 10)'}},
    )
    pk = _new(cast.li, "甲公司", **{colour: red})
    assert (_detail(cast.li, pk)[said], _detail(cast.li, pk)[dear]) == ("红·线上咨询", 20)
    assert cast.li.patch(f"/customers/{pk}", {"version": 1, colour: blue}).status == 200
    assert (_detail(cast.li, pk)[said], _detail(cast.li, pk)[dear]) == ("蓝·线上咨询", 10)
    renamed = [{"key": red, "zh": "红", "en": "Red"}, {"key": blue, "zh": "天蓝", "en": "Sky"}]
    assert cast.admin.put("/option-lists/colour", {"version": saved["version"], "items": renamed}).status == 200
    keep_formulas()
    assert (_detail(cast.li, pk)[said], _detail(cast.li, pk)["version"]) == ("天蓝·线上咨询", 2)
    wrong = change(cast.admin, dear, settings={"formula": 'IF("绿" = {cf_1}, 20, 10)'})
    _refused(wrong, "“加价”的公式不行：“颜色”没有“绿”这个选项")


def test_who_may_not_read_a_field_reads_no_formula_of_it(cast: Cast) -> None:
    """R-166: else the result would tell; through another formula too."""
    cost, margin, double = add(
        cast.admin,
        {"zh": "成本", "type": "number"},
        {"zh": "毛利", "type": "formula", "settings": {"formula": "100 - {cf_1}"}},
        {"zh": "两倍毛利", "type": "formula", "settings": {"formula": "{cf_2} * 2"}},
    )
    pk = _new(cast.admin, "甲公司", **{cost: 30})
    assert cast.admin.post("/customers/transfer", {"ids": [pk], "to_member_id": cast.li.id}).status == 200
    assert _detail(cast.li, pk)[double] == 140
    _mark(cast, customer={cost: "hidden"})
    assert not {cost, margin, double} & _detail(cast.li, pk).keys()
    for key in (margin, double):
        assert cast.li.get("/customers", sort=key).status == 422
        asked = cast.li.get("/customers", filter=f'{{"field":"{key}","op":"gt","value":1}}')
        assert asked.status in (400, 422), asked
    assert _detail(cast.admin, pk)[double] == 140


def _refused(answer: Answer, zh: str) -> None:
    assert (answer.status, answer["zh"]) == (422, zh), answer


def test_a_form_that_leads_nowhere_is_not_published(cast: Cast) -> None:
    """R-221: a loop with its chain, an unknown field, a type that is gone, a field that one may not read: one sentence
    each, and nothing is changed."""
    count, total = add(
        cast.admin,
        {"zh": "数量", "type": "number"},
        {"zh": "总价", "type": "formula", "settings": {"formula": "{cf_1} * 2"}},
    )
    before = document(cast.admin)

    def publish(*fields: dict[str, Any], **formula: str) -> Answer:
        body = document(cast.admin)
        for each in body["fields"]:
            if each["key"] == total and formula:
                each["settings"] = formula
        body["fields"] += fields
        return put(cast.admin, body)

    more = {"zh": "折后", "type": "formula", "settings": {"formula": "{cf_2} * 0.9"}}
    _refused(publish(more, formula="{cf_3} + 1"), "“折后”的公式不行：绕成了一圈：“总价”→“折后”→“总价”")
    _refused(publish(formula="{cf_2}"), "“总价”的公式不行：绕成了一圈：“总价”→“总价”")
    _refused(publish(formula="{cf_9} * 2"), "“总价”的公式不行：没有“cf_9”这个字段")
    _refused(publish(formula="{cf_1} +"), "“总价”的公式不行：公式没写完")
    _refused(publish(formula="{last_contact_at} + 1"), "“总价”的公式不行：“最近联系”这种字段不能用来算")
    _refused(publish({"zh": "关联", "type": "link"}), "“关联”要选关联到哪种记录")
    gone = {"zh": "关联", "type": "link", "settings": {"to": "x_gone"}}
    _refused(publish(gone), "“关联”关联的“x_gone”没有了，换一种记录")
    astray = {"zh": "引用", "type": "lookup", "settings": {"through": "cf_1", "field": "name"}}
    _refused(publish(astray), "“引用”经过的关联字段没有了，选一个关联字段")
    link = {"zh": "关联", "type": "link", "settings": {"to": "customer"}}
    none = {"zh": "引用", "type": "lookup", "settings": {"through": "cf_3", "field": "none"}}
    _refused(publish(link, none), "“引用”引用的字段“none”在客户里没有，换一个")
    body = document(cast.admin)
    body["fields"] = [each for each in body["fields"] if each["key"] != count]
    _refused(put(cast.admin, body), "“总价”的公式不行：用到了“数量”，先改公式再删它")
    _refused(
        change(cast.admin, total, type="number", settings={}), "“总价”是算出来的，不能换类型；删掉它，再加一个新字段"
    )
    assert document(cast.admin) == before


def test_a_field_that_another_form_shows_stays(cast: Cast) -> None:
    (level,) = add(cast.admin, {"zh": "等级", "type": "text"})
    lookup = {"zh": "客户等级", "type": "lookup", "settings": {"through": "customer", "field": level}}
    (shown,) = add(cast.admin, lookup, of="followup")
    _refused(without(cast.admin, level), "跟进记录的“客户等级”引用了“等级”，先改它再删")
    assert without(cast.admin, shown, of="followup").status == 200
    assert without(cast.admin, level).status == 200


def test_a_link_with_values_keeps_its_type(cast: Cast) -> None:
    (parent,) = add(cast.admin, {"zh": "母公司", "type": "link", "settings": {"to": "customer"}})
    top = _new(cast.li, "乙集团")
    _new(cast.li, "甲公司", **{parent: top})
    _refused(change(cast.admin, parent, settings={"to": "contact"}),
             "“母公司”有 1 条记录填了，换一种关联记录会丢掉这些值；隐藏它，再加一个新字段")  # fmt: skip
