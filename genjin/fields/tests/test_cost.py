"""What a form costs and brings, field by field, and what to do about it (R-219, R-253)."""

from __future__ import annotations

from typing import Any

from conftest import Cast
from genjin.fields.tests.designing import add

NOT_BLANK = {"op": "not_empty"}


def _cost(cast: Cast) -> dict[str, Any]:
    found = cast.admin.get("/designs/customer/cost")
    assert found.status == 200, found
    return {each["key"]: each for each in found["fields"]}


def _sell(cast: Cast, many: int, seconds: float = 20, corrections: int = 0, **fields: Any) -> None:
    told = {key: {"seconds": seconds, "corrections": corrections} for key in fields or {"region": 1}}
    for _ in range(many):
        assert cast.li.post("/entry-times/customer", {"fields": told}).status == 200


def test_seconds_are_measured_or_reckoned_by_the_type(cast: Cast, new_customer: Any) -> None:
    (plate,) = add(cast.admin, {"zh": "车牌", "type": "text"})
    assert _cost(cast)[plate] | {"advice": None} == {
        "key": plate, "seconds": 8, "estimated": True, "entries": 0, "corrections": 0, "filled": 0, "share": 0.0,
        "views": 0, "advice": None}  # fmt: skip
    _sell(cast, 3, 2.5, 1)
    found = _cost(cast)
    assert [found["region"][name] for name in ("seconds", "estimated", "entries", "corrections")] == [3, False, 3, 3]
    assert (found[plate]["seconds"], found[plate]["estimated"]) == (3, True), "the median of the fields of its type"
    types = cast.admin.get("/designs/customer/cost")["types"]
    assert (types["text"], types["option"]) == (3, 3), "measured, and usual where nobody was timed"


def test_how_often_a_field_is_filled_in_and_asked_for(cast: Cast, new_customer: Any) -> None:
    for at in range(4):
        new_customer(cast.li, f"甲公司{at}", **({"region": "上海"} if at else {}))
    made = cast.li.post(
        "/views", {"record_type": "customer", "name": "有地区", "filter": {"field": "region", **NOT_BLANK}}
    )
    assert made.status == 201, made
    found = _cost(cast)
    assert [found["region"][name] for name in ("filled", "share", "views")] == [3, 0.75, 1]
    assert (found["industry"]["share"], found["industry"]["views"]) == (0.0, 0)


def test_advice_is_given_only_where_enough_is_known(cast: Cast, new_customer: Any) -> None:
    """Drop what nobody fills in or asks for, make the usual value the default."""
    (car, sure) = add(cast.admin, {"zh": "车牌", "type": "text"}, {"zh": "国家", "type": "text"})
    for at in range(19):
        new_customer(cast.li, f"甲公司{at}", **{sure: "中国"})
    assert {each["advice"] for each in _cost(cast).values()} == {None}
    for at in range(19, 22):
        new_customer(cast.li, f"甲公司{at}", **{sure: "中国"})
    found = _cost(cast)
    assert found[car]["advice"]["zh"] == "只有 0% 有填，也没有视图按它筛选：可以隐藏，值都留着"
    assert (found[sure]["advice"]["kind"], found[sure]["advice"]["zh"]) == (
        "derive", "100% 填的是同一个值：设成默认值，不一样时再改")  # fmt: skip
    assert found["name"]["advice"] is None, "a built-in field that everybody fills in"


def test_a_slow_demand_that_nobody_uses_can_be_loosened(cast: Cast, new_customer: Any) -> None:
    (why,) = add(cast.admin, {"zh": "背景", "type": "text", "required": True})
    for at in range(20):
        new_customer(cast.li, f"甲公司{at}", **{why: f"背景{at}"})
    _sell(cast, 20, 30, 1, **{why: 1})
    assert _cost(cast)[why]["advice"]["zh"] == "必填，中位 34 秒，还常常要改，没有视图用到它：可以改成选填"


def test_only_administrators_read_it(cast: Cast) -> None:
    assert cast.li.get("/designs/customer/cost").status == 403
    assert cast.admin.get("/designs/nothing/cost").status == 404
