"""What single types of own fields promise beyond the table of `tests/test_own_fields.py`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from conftest import NOW, Cast
from genjin.fields.tasks import keep_indexes
from genjin.fields.tests.designing import add, change, make_list
from genjin.lib import moment
from genjin.schema.models import OwnSerial
from genjin.schema.own_indexes import _there


def _new(cast: Cast, name: str, **own: Any) -> dict[str, Any]:
    made = cast.li.post("/customers", {"name": name, "source": "online", **own})
    assert made.status == 201, made
    detail: dict[str, Any] = cast.li.get(f"/customers/{made['id']}")["customer"]
    return detail


def _order(cast: Cast, sort: str) -> str:
    answer = cast.li.get("/customers", sort=sort)
    assert answer.status == 200, answer
    return "".join(each["name"][0] for each in answer["items"])


def test_a_choice_is_sorted_as_its_list_stands(cast: Cast) -> None:
    """R-215: by the place in the list, never by key or label; another order of the list is another order at once."""
    sizes = make_list(cast.admin, "sizes", "小", "中", "大")
    (size,) = add(cast.admin, {"zh": "规模", "type": "option", "options": "sizes"})
    for name, label in (("甲公司", "大"), ("乙集团", "小"), ("丙工厂", "中")):
        _new(cast, name, **{size: sizes[label]})
    _new(cast, "丁商行")
    assert (_order(cast, size), _order(cast, f"-{size}")) == ("乙丙甲丁", "甲丙乙丁")
    known = cast.admin.get("/option-lists/sizes")
    items = [{"key": sizes[label], "zh": label} for label in ("中", "大", "小")]
    assert cast.admin.put("/option-lists/sizes", {"version": known["version"], "items": items}).status == 200
    assert (_order(cast, size), _order(cast, f"-{size}")) == ("丙甲乙丁", "乙甲丙丁")


@pytest.mark.django_db(transaction=True)
def test_an_index_follows_the_order_of_a_list(cast: Cast) -> None:
    keep_indexes()  # what other tests have left goes
    sizes = make_list(cast.admin, "sizes", "小", "大")
    size, price = add(
        cast.admin, {"zh": "规模", "type": "option", "options": "sizes"}, {"zh": "价位", "type": "money_range"}
    )
    for key in (size, price):
        cast.admin.put(f"/designs/customer/fields/{key}/index", {"wanted": True})
    assert keep_indexes() == 5
    before = set(_there())
    items = [{"key": sizes[label], "zh": label} for label in ("大", "小")]
    version = cast.admin.get("/option-lists/sizes")["version"]
    assert cast.admin.put("/option-lists/sizes", {"version": version, "items": items}).status == 200
    assert keep_indexes() == 4, "the two by the old order go, two by the new one come"
    assert len(before - set(_there())) == 2
    assert cast.admin.get("/designs/customer")["indexed"] == {size: True, price: True}
    for key in (size, price):
        cast.admin.put(f"/designs/customer/fields/{key}/index", {"wanted": False})
    keep_indexes()
    assert not _there()


def test_a_range_is_asked_by_its_ends(cast: Cast) -> None:
    """R-050: at least by its high end, at most by its low end; open to one side it counts as the other end."""
    (price,) = add(cast.admin, {"zh": "价位", "type": "money_range"})
    for name, low, high in (("甲公司", 100, 300), ("乙集团", 200, None), ("丙工厂", None, 50)):
        _new(cast, name, **{price: {"low": low, "high": high}})

    def found(op: str, value: Any) -> str:
        answer = cast.li.get("/customers", filter=f'{{"field":"{price}","op":"{op}","value":{value}}}')
        assert answer.status == 200, answer
        return "".join(sorted(each["name"][0] for each in answer["items"]))

    assert (found("gte", 250), found("lte", 100), found("between", "[150, 250]")) == ("甲", "丙甲", "乙甲")
    assert (found("gt", 300), found("lt", 50)) == ("", "")
    assert (_order(cast, price), _order(cast, f"-{price}")) == ("丙甲乙", "甲乙丙")


def test_numbers_run_on_and_are_never_given_twice(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-213: one for each row in turn, also of a refused one none is lost; a new month begins anew, and a number that
    an older pattern gave is passed over."""
    (number,) = add(cast.admin, {"zh": "编号", "type": "serial", "settings": {"pattern": "{YYYY}{MM}-{00}"}})
    assert [_new(cast, name)[number] for name in ("甲公司", "乙集团")] == ["202611-01", "202611-02"]
    assert cast.li.post("/customers", {"name": "丙工厂", "source": "none"}).status == 422
    assert _new(cast, "丁商行")[number] == "202611-03"
    later = NOW + timedelta(days=8)
    monkeypatch.setattr(moment, "now", lambda: later)
    assert _new(cast, "戊酒店")[number] == "202612-01"
    assert change(cast.admin, number, settings={"pattern": "202611-{00}"}).status == 200
    assert _new(cast, "己书店")[number] == "202611-04"
    frames = OwnSerial.objects.order_by("frame").values_list("pattern", "frame", "last")
    assert list(frames) == [("{YYYY}{MM}-{00}", "202611-{00}", 4), ("{YYYY}{MM}-{00}", "202612-{00}", 1)]


def test_every_type_of_row_is_numbered(cast: Cast, new_customer: Any) -> None:
    """Contacts, records of contact and to-dos too, however they come to be: one statement or two, never one a row."""
    keys = {of: add(cast.admin, {"zh": f"{of}编号", "type": "serial"}, of=of)[0]
            for of in ("contact", "followup", "agenda")}  # fmt: skip
    pk = new_customer(cast.li, "甲公司", contact={"name": "王建国", "phone": "13800000001"})
    assert cast.li.get(f"/customers/{pk}")["contacts"][0][keys["contact"]] == "2026-0001"
    body = {"channel": "phone", "summary": "电话沟通报价，客户要再比较两家，周五前给答复", "feedback": "客户说价格偏高",
            "next_steps": [{"act": "发新报价", "due_at": "2026-12-04T02:00:00Z"}]}  # fmt: skip
    logged = cast.li.post("/followups", {"customer_id": pk, **body})
    assert logged.status == 201, logged
    assert cast.li.get(f"/followups/{logged['id']}")[keys["followup"]] == "2026-0001"
    todo = cast.li.post("/agenda", {"act": "寄样", "due_at": "2026-12-01T02:00:00Z"})
    assert todo.status == 201, todo
    counted = dict(OwnSerial.objects.values_list("record_type", "last"))
    # The limit of the node that the customer begins with is a to-do too.
    assert counted == {"contact": 1, "followup": 1, "agenda": 3}


BAD_PATTERNS = ("", "SQ", "{YYYY}", "{0}{0}", "{0}{HH}", "{0000", "{0}" + "x" * 40)


@pytest.mark.parametrize("pattern", BAD_PATTERNS)
def test_a_pattern_needs_one_running_number(cast: Cast, pattern: str) -> None:
    (number,) = add(cast.admin, {"zh": "编号", "type": "serial"})
    answer = change(cast.admin, number, settings={"pattern": pattern})
    said = "“编号”的编号格式不对，要正好有一个流水号，像 SQ-{YYYY}-{0000}"
    assert (answer.status, answer["zh"]) == (422, said)


def test_what_is_given_cannot_be_demanded(cast: Cast) -> None:
    (number,) = add(cast.admin, {"zh": "编号", "type": "serial"})
    for values, zh in (({"required": True}, "“编号”不是手填的，不能设成必填"),
                       ({"settings": {"default": "1"}}, "“编号”不是手填的，没有默认值")):  # fmt: skip
        answer = change(cast.admin, number, **values)
        assert (answer.status, answer["zh"]) == (422, zh)


def test_an_address_needs_its_province_first(cast: Cast) -> None:
    (where,) = add(cast.admin, {"zh": "厂址", "type": "address"})
    for value, zh in (
        ({"region": ["火星"]}, "厂址的地区不对，从省份开始选"),
        ({"region": ["浙江", "", "西湖区"]}, "厂址的地区不对，从省份开始选"),
        ({"region": ["浙江", "杭州", "西湖区", "北山"]}, "厂址的地区不对，从省份开始选"),
        ({"region": "浙江"}, "厂址要填地区和街道"),
        ({"region": ["浙江"], "zip": "310000"}, "厂址要填地区和街道"),
        ({"street": "一\n二"}, "厂址要填地区和街道"),
    ):
        answer = cast.li.post("/customers", {"name": "甲公司", "source": "online", where: value})
        assert (answer.status, answer["zh"]) == (422, zh), value
    assert _new(cast, "甲公司", **{where: {"street": "文三路"}})[where] == {"region": [], "street": "文三路"}
    assert _new(cast, "乙集团", **{where: {"region": ["上海市", "浦东新区"]}})[where] == {
        "region": ["上海", "浦东新区"], "street": ""}  # fmt: skip
