"""A team's own field of each type is found on every surface, without a line of code (R-213, R-215)."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import pytest

from conftest import Cast, Person
from genjin.exchange.tests.test_export_over_http import exported
from genjin.fields.tests.designing import add, make_list
from genjin.files.tests.test_files import PNG, send
from genjin.orgs.models import Department


@dataclass(frozen=True)
class Sample:
    """A type: what is sent, how it reads back, another value, a filter that only the first passes, its cell."""

    value: Any
    other: Any
    test: dict[str, Any] | None
    cell: str
    more: dict[str, Any] = field(default_factory=dict)
    shown: Any = None
    #: What a change puts there, where the second row's value can stand only once.
    third: Any = None
    sorts: bool = True
    #: The names of the three rows upwards and downwards.
    blank: str = "丙"
    up: str = "甲乙丙"
    down: str = "乙甲丙"

    @property
    def given(self) -> bool:
        """The form gives it itself."""
        return self.value is None


RICH = [{"type": "paragraph", "text": [{"text": "报价"}, {"text": "要旨", "bold": True}]},
        {"type": "bullets", "items": [{"text": [{"text": "交期"}]}]}]  # fmt: skip


def samples(cast: Cast) -> dict[str, Sample]:
    cars = make_list(cast.admin, "cars", "轿车", "货车")
    todos = {act: cast.li.post("/agenda", {"act": act, "due_at": "2026-12-04T02:00:00Z"})["id"]
             for act in ("寄样", "报价")}  # fmt: skip
    li = {"id": cast.li.id, "name": cast.li.member.name}
    first, second = (Department.objects.get(pk=each.member.department_id or 0) for each in (cast.li, cast.qian))
    return {
        "text": Sample("沪A12345", "沪B99999", {"op": "contains", "value": "a123"}, "沪A12345"),
        "longtext": Sample("一行\n二行", "别的", {"op": "contains", "value": "二行"}, "一行\n二行", sorts=False),
        "rich": Sample({"blocks": RICH}, "别的", {"op": "contains", "value": "要旨"}, "报价要旨\n• 交期", sorts=False,
                       shown={"text": "报价要旨\n• 交期", "blocks": RICH}),
        "attachment": _files(cast, "报价.pdf", "合同.pdf", "补充.pdf"),
        "picture": _files(cast, "门头.png", "车间.png", "样品.png"),
        "number": Sample(12.5, 30, {"op": "lt", "value": 12.6}, "12.5"),
        "percent": Sample(35, 70, {"op": "between", "value": [30, 40]}, "35"),
        "rating": Sample(2, 5, {"op": "lte", "value": 3}, "2"),
        "money": Sample(12_345_60, 99_999_00, {"op": "eq", "value": 12_345_60}, "12345.6"),
        "money_range": Sample({"low": 100_00, "high": 300_00}, {"low": None, "high": 5_00},
                              {"op": "between", "value": [200_00, 900_00]}, "100-300", up="乙甲丙", down="甲乙丙"),
        "date": Sample("2026-03-09", "2027-01-01", {"op": "eq", "value": "2026-03-09"}, "2026-03-09"),
        "datetime": Sample("2026-03-09T06:30:00Z", "2027-01-01T00:00:00Z", {"op": "lt", "value": "2026-03-10"},
                           "2026-03-09 14:30"),
        "lunar_date": Sample("农历五月初三", "农历腊月初八", {"op": "eq", "value": "农历5月3日"}, "农历5月3日",
                             shown="农历5月3日", up="乙甲丙", down="甲乙丙"),
        "option": Sample(cars["轿车"], cars["货车"], {"op": "in", "value": [cars["轿车"]]}, "轿车",
                         {"options": "cars"}),
        "options": Sample([cars["轿车"]], [cars["货车"]], {"op": "has", "value": cars["轿车"]}, "轿车",
                          {"options": "cars"}, sorts=False),
        "tags": Sample(["老客户", "VIP"], ["新"], {"op": "has", "value": "老客户"}, "老客户、VIP", sorts=False),
        "bool": Sample(True, False, {"op": "eq", "value": True}, "是", sorts=False),
        "member": Sample(cast.li.id, cast.wang.id, {"op": "eq", "value": cast.li.id}, "李销售", shown=li, sorts=False),
        "department": Sample(first.pk, second.pk, {"op": "eq", "value": first.pk}, first.name,
                             shown={"id": first.pk, "name": first.name}, sorts=False),
        "phone": Sample("13800000009", "13900000009", {"op": "starts", "value": "138"}, "13800000009"),
        "email": Sample("a@example.com", "b@example.com", {"op": "eq", "value": "a@example.com"}, "a@example.com"),
        "url": Sample("example.com/a", "https://example.com/b", {"op": "contains", "value": "/A"},
                      "https://example.com/a", shown="https://example.com/a"),
        "address": Sample({"region": ["浙江省", "杭州市", "西湖区"], "street": "文三路 1 号"},
                          {"region": ["江苏"], "street": ""}, {"op": "in", "value": ["浙江/杭州"]},
                          "浙江 杭州 西湖区 文三路 1 号", up="乙甲丙", down="甲乙丙",
                          shown={"region": ["浙江", "杭州", "西湖区"], "street": "文三路 1 号"}),
        "serial": Sample(None, None, {"op": "eq", "value": "SQ-2026-001"}, "SQ-2026-001", shown="SQ-2026-001",
                         more={"settings": {"pattern": "SQ-{YYYY}-{000}"}}, blank="", down="丙乙甲"),
        "link": Sample(todos["寄样"], todos["报价"], {"op": "in", "value": [todos["寄样"]]}, "寄样",
                       {"settings": {"to": "agenda"}}, shown={"id": todos["寄样"], "name": "寄样"}, sorts=False),
        "formula": Sample(None, None, {"op": "lte", "value": 25}, "25", {"settings": {"formula": "{number} × 2"}},
                          shown=25),
        "lookup": Sample(None, None, None, "寄样", {"settings": {"through": "link", "field": "act"}}, shown="寄样",
                         sorts=False),
    }  # fmt: skip


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def types(cast: Cast) -> dict[str, tuple[str, Sample]]:
    return fields_of_all_types(cast, "customer")


def fields_of_all_types(cast: Cast, of: str) -> dict[str, tuple[str, Sample]]:
    """Type → key of a field of that type on the form `of`, and its sample."""
    found = samples(cast)
    foreseen = {name: f"cf_{at}" for at, name in enumerate(found, 1)}
    fields = [{"zh": f"字段{name}", "en": f"Field {name}", "type": name, **_named(each.more, foreseen)}
              for name, each in found.items()]  # fmt: skip
    keys = add(cast.admin, *fields, of=of)
    return {name: (key, each) for key, (name, each) in zip(keys, found.items(), strict=True)}


def _files(cast: Cast, *names: str) -> Sample:
    """Three uploads of 李销售: each stands in one row."""
    ids = [send(cast.li, name, PNG)["id"] for name in names]
    first, second, third = ([each] for each in ids)
    return Sample(first, second, None, names[0], third=third, sorts=False,
                  shown=[{"id": ids[0], "name": names[0]}])  # fmt: skip


def _named(more: dict[str, Any], keys: dict[str, str]) -> dict[str, Any]:
    """Settings that lean on other fields of the table, by their keys."""
    settings = dict(more.get("settings", {}))
    for name, text in settings.items():
        settings[name] = {"formula": f"{{{keys['number']}}} × 2", "through": keys["link"]}.get(name, text)
    return {**more, "settings": settings} if settings else more


def _shown(sample: Sample) -> Any:
    return sample.value if sample.shown is None else sample.shown


def _made(cast: Cast, types: dict[str, tuple[str, Sample]]) -> tuple[int, int]:
    first = {key: each.value for key, each in types.values() if not each.given}
    answer = cast.li.post("/customers", {"name": "甲公司", "source": "online", **first})
    assert answer.status == 201, answer
    second = {key: each.other for key, each in types.values() if not each.given}
    other = cast.li.post("/customers", {"name": "乙集团", "source": "online", **second})
    assert other.status == 201, other
    cast.li.post("/customers", {"name": "丙工厂", "source": "online"})
    return int(answer["id"]), int(other["id"])


def _names(answer: Any) -> list[str]:
    assert answer.status == 200, answer
    return [each["name"] for each in answer["items"]]


def _filtered(person: Person, key: str, test: dict[str, Any]) -> Any:
    return person.get("/customers", filter=orjson.dumps({"field": key, **test}).decode())


def test_form_list_filter_sort_and_view_know_a_new_field(cast: Cast, types: dict[str, tuple[str, Sample]]) -> None:
    """R-213, R-215: create, read, list column, filter, empty, sort both ways, page, saved view."""
    pk, _ = _made(cast, types)
    schema = {each["slug"]: each for each in cast.li.get("/schema")["record_types"]["customer"]["fields"]}
    detail = cast.li.get(f"/customers/{pk}")["customer"]
    row = next(each for each in cast.li.get("/customers")["items"] if each["id"] == pk)
    card = next(each for column in cast.li.get("/customers/board")["columns"] for each in column["items"]
                if each["id"] == pk)  # fmt: skip
    for name, (key, each) in types.items():
        assert (schema[key]["type"], schema[key]["label"]["zh"], schema[key]["list"]) == (name, f"字段{name}", True)
        assert detail[key] == row[key] == card[key] == _shown(each), name
        if each.test is not None:
            assert _names(_filtered(cast.li, key, each.test)) == ["甲公司"], name
            blank = {one for one in ("甲公司", "乙集团", "丙工厂") if one[0] in each.blank}
            assert set(_names(_filtered(cast.li, key, {"op": "empty"}))) == blank, name
            filled = {"甲公司", "乙集团", "丙工厂"} - blank
            assert set(_names(_filtered(cast.li, key, {"op": "not_empty"}))) == filled, name
        if each.sorts:
            _pages(cast.li, key, each)
        else:
            assert cast.li.get("/customers", sort=key).status == 422
        view: dict[str, Any] = {"record_type": "customer", "name": f"视图{name}", "columns": [{"key": key}],
                **({"filter": {"field": key, **each.test}} if each.test else {}),
                **({"sort": f"-{key}"} if each.sorts else {})}  # fmt: skip
        saved = cast.li.post("/views", view)
        assert saved.status == 201, saved
        opened = cast.li.get("/customers", view=str(saved["id"]))
        assert "left_out" not in opened.body and (each.test is None or _names(opened) == ["甲公司"])


def _pages(person: Person, key: str, sample: Sample) -> None:
    """One row a page, upwards and downwards: blanks last."""
    for sort, wanted in ((key, sample.up), (f"-{key}", sample.down)):
        found, cursor = [], ""
        while True:
            page = person.get("/customers", sort=sort, limit=1, cursor=cursor)
            found += _names(page)
            if not (cursor := page["next"] or ""):
                break
        assert "".join(name[0] for name in found) == wanted, sort


def test_change_history_restore_and_merge_know_a_new_field(cast: Cast, types: dict[str, tuple[str, Sample]]) -> None:
    """R-164: a change by hand is told in words, compared, restored; a merge takes the values along."""
    pk, other = _made(cast, types)
    types = {name: (key, each) for name, (key, each) in types.items() if not each.given}
    for key, each in types.values():
        now = cast.li.get(f"/customers/{pk}")["customer"]["version"]
        assert cast.li.patch(f"/customers/{pk}", {"version": now, key: each.third or each.other}).status == 200
    told = cast.li.get(f"/customers/{pk}/timeline", kind="change")["items"]
    said = " ".join(each["sentence"]["zh"] for each in told)
    versions = cast.li.get(f"/versions/customer/{pk}")["items"]
    first = cast.li.get(f"/versions/customer/{pk}/1").body
    moved = {each["field"]: each for each in first["fields"]}
    for name, (key, _) in types.items():
        change = next(one for version in versions for one in version["changes"] if one["field"] == key)
        assert change["label"]["zh"] == f"字段{name}" and change["old"]["zh"] and change["new"]["zh"]
        assert "{" not in change["old"]["zh"] and f"字段{name} {change['old']['zh'].split(chr(10))[0]}" in said, name
        assert moved[key]["restorable"] is True
    now = cast.li.get(f"/customers/{pk}")["customer"]["version"]
    back = cast.li.post(f"/versions/customer/{pk}/1", {"version": now})
    assert back.status == 200, back
    detail = cast.li.get(f"/customers/{pk}")["customer"]
    assert {key: detail[key] for key, _ in types.values()} == {key: _shown(each) for key, each in types.values()}
    for key, _ in types.values():
        now = cast.li.get(f"/customers/{pk}")["customer"]["version"]
        assert cast.li.patch(f"/customers/{pk}", {"version": now, key: None}).status == 200
    merged = cast.li.post("/customers/merge", {"ids": [pk, other], "into": pk})
    assert merged.status == 200, merged
    survivor = cast.li.get(f"/customers/{pk}")["customer"]
    assert all(survivor[key] is not None for key, _ in types.values())
    assert cast.li.post("/batches/undo", {"batch": merged["batch"]}).status == 200
    apart = cast.li.get(f"/customers/{pk}")["customer"]
    assert all(apart[key] is None for key, _ in types.values())


def test_an_export_holds_a_new_field(cast: Cast, types: dict[str, tuple[str, Sample]]) -> None:
    _made(cast, types)
    text = exported(cast.li, format="csv").text.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    row = next(each for each in rows if "甲公司" in each)
    for name, (_, each) in types.items():
        column = f"字段{name}（元）" if name in ("money", "money_range") else f"字段{name}"
        assert row[head.index(column)] == each.cell, name


BAD: dict[str, tuple[Any, str]] = {
    "text": ("一\n二", "字段text只能写一行"),
    "longtext": (5, "字段longtext要填文字"),
    "rich": ({"blocks": [{"type": "script"}]}, "字段rich只能有段落、列表、表格和客户原话"),
    "attachment": ([10**9], "字段attachment里有一个附件找不到，重新上传一次"),
    "picture": ("x", "字段picture要填一组附件，最多 20 个"),
    "number": ("12", "字段number要填数字"),
    "percent": (1.234, "字段percent最多 2 位小数"),
    "rating": (6, "字段rating不能大于 5"),
    "money": (-1, "字段money不能是负数"),
    "money_range": ({"low": 3, "high": 1}, "字段money_range的下限比上限大"),
    "date": ("2026-13-01", "字段date填的 2026-13-01 没有这一天，要像 2024-06-12"),
    "datetime": ("2026-03-09T06:30:00", "字段datetime的时间写法不对，要像 2024-06-12T14:30:00Z"),
    "lunar_date": ("明天", "字段lunar_date要像 农历五月初三"),
    "option": ("none", "字段option不在选项里"),
    "options": (["none"], "字段options不在选项里"),
    "tags": ([1], "字段tags要填一组文字"),
    "bool": (1, "字段bool要填是或否"),
    "member": (10**9, "字段member这个人不在团队里"),
    "department": (10**9, "字段department没有这个部门"),
    "phone": ("12", "字段phone的写法不对，手机要 11 位，座机要带区号"),
    "email": ("a@b", "字段email的写法不对，要像 name@example.com"),
    "url": ("javascript:alert(1)", "字段url的写法不对，要像 https://example.com"),
    "address": ({"region": ["杭州"], "street": ""}, "字段address的地区不对，从省份开始选"),
    "serial": ("SQ-1", "“{}”不是可以填写的字段"),
    "link": (10**9, "字段link没有这条记录，或者你看不到"),
    "formula": (1, "“{}”不是可以填写的字段"),
    "lookup": ("寄样", "“{}”不是可以填写的字段"),
}


def test_a_bad_value_is_refused_in_one_sentence(cast: Cast, types: dict[str, tuple[str, Sample]]) -> None:
    pk, _ = _made(cast, types)
    before = cast.li.get(f"/customers/{pk}")["customer"]
    assert BAD.keys() == types.keys()
    for name, (value, zh) in BAD.items():
        key = types[name][0]
        answer = cast.li.patch(f"/customers/{pk}", {"version": before["version"], key: value})
        assert (answer.status, answer["field"], answer["zh"]) == (422, key, zh.format(key)), answer
    assert cast.li.get(f"/customers/{pk}")["customer"] == before


def test_required_and_default_hold_for_new_rows(cast: Cast) -> None:
    plate, colour = add(cast.admin, {"zh": "车牌", "type": "text", "required": True},
                        {"zh": "颜色", "type": "text", "settings": {"default": "白"}})  # fmt: skip
    body = {"name": "有车公司", "source": "online"}
    missing = cast.li.post("/customers", body)
    assert (missing.status, missing["field"], missing["zh"]) == (422, plate, "车牌没有填")
    made = cast.li.post("/customers", {**body, plate: "沪A"})
    detail = cast.li.get(f"/customers/{made['id']}")["customer"]
    assert (detail[plate], detail[colour]) == ("沪A", "白")
    emptied = cast.li.patch(f"/customers/{made['id']}", {"version": 1, plate: ""})
    assert (emptied.status, emptied["zh"]) == (422, "车牌没有填")


def test_a_contact_has_own_fields_too(cast: Cast, new_customer: Any) -> None:
    (key,) = add(cast.admin, {"zh": "爱好", "type": "tags"}, of="contact")
    contact = {"name": "王建国", "phone": "13800000001", key: ["钓鱼"]}
    wrong = {"name": "甲公司", "source": "exhibition", "contact": {**contact, key: "钓鱼"}}
    refused = cast.li.post("/customers", wrong)
    named = [each["field"] for each in refused["problems"]]
    assert (refused.status, refused["field"], named) == (422, f"contact.{key}", [f"contact.{key}"])
    pk = new_customer(cast.li, "甲公司", contact=contact)
    shown = cast.li.get(f"/customers/{pk}")["contacts"][0]
    assert shown[key] == ["钓鱼"]
    changed = cast.li.patch(f"/contacts/{shown['id']}", {"version": shown["version"], key: ["钓鱼", "围棋"]})
    assert changed.status == 200, changed
    more = cast.li.post(f"/customers/{pk}/contacts", {"name": "李芸", key: ["跑步"]})
    assert more.status == 201
    found = {each["name"]: each[key] for each in cast.li.get(f"/customers/{pk}")["contacts"]}
    assert found == {"王建国": ["钓鱼", "围棋"], "李芸": ["跑步"]}
    head, *rows = csv.reader(
        io.StringIO(exported(cast.li, format="csv", record_type="contact").text.decode("utf-8-sig"))
    )
    assert sorted(row[head.index("爱好")] for row in rows) == ["跑步", "钓鱼、围棋"]
