"""The filter expression: what it admits, what it refuses (security A5), and how it judges a row."""

from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.lib.filters import (
    EVERYTHING,
    OPERATORS,
    And,
    Comparison,
    FilterError,
    Kind,
    Me,
    Not,
    Or,
    comparisons,
    judge,
    parse,
)

FIELDS = {
    "name": Kind.TEXT,
    "score": Kind.NUMBER,
    "amount": Kind.MONEY,
    "birthday": Kind.DATE,
    "last_contact_at": Kind.DATETIME,
    "active": Kind.BOOLEAN,
    "stage": Kind.OPTION,
    "tags": Kind.OPTIONS,
    "owner": Kind.REFERENCE,
}
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 11, 10, 20, tzinfo=SHANGHAI)
ROW: dict[str, Any] = {
    "name": "广州云帆科技 ABC",
    "score": Decimal("62.5"),
    "amount": 120_000,
    "birthday": date(1990, 3, 9),
    "last_contact_at": datetime(2026, 3, 4, 23, 59, tzinfo=SHANGHAI),
    "active": False,
    "stage": "need",
    "tags": ["vip", "expo"],
    "owner": 7,
}


def one(slug: str, op: str, value: Any = None) -> dict[str, Any]:
    return {"field": slug, "op": op} | ({} if value is None else {"value": value})


def passes(raw: Any, row: dict[str, Any] = ROW) -> bool:
    return judge(parse(raw, FIELDS), row, NOW, me=7)


@pytest.mark.parametrize(
    ("slug", "op", "value", "expected"),
    [
        ("name", "eq", "广州云帆科技 ABC", True),
        ("name", "eq", "广州云帆科技 abc", False),
        ("name", "contains", "云帆科技 abc", True),
        ("name", "starts", "云帆", False),
        ("name", "in", ["a", "广州云帆科技 ABC"], True),
        ("score", "gt", 62, True),
        ("score", "eq", "62.50", True),
        ("score", "between", [62.5, 70], True),
        ("amount", "lte", 119_999, False),
        ("amount", "not_in", [1, 2], True),
        ("birthday", "eq", "1990-03-09", True),
        ("birthday", "lt", {"relative": "today"}, True),
        ("birthday", "between", ["1990-01-01", "1990-03-09"], True),
        ("last_contact_at", "eq", "2026-03-04", True),
        ("last_contact_at", "eq", {"relative": "-7d"}, True),
        ("last_contact_at", "gte", {"relative": "-6d"}, False),
        ("last_contact_at", "lt", {"relative": "week"}, True),
        ("last_contact_at", "eq", {"relative": "last_week"}, True),
        ("last_contact_at", "gt", "2026-03-04 23:59", False),
        ("last_contact_at", "gte", "2026-03-04 23:59", True),
        ("last_contact_at", "lte", "2026-03-04 23:59", True),
        ("last_contact_at", "lt", "2026-03-04T23:59+08:00", False),
        ("last_contact_at", "between", ["2026-03-04", {"relative": "today"}], True),
        ("active", "eq", False, True),
        ("active", "not_empty", None, True),
        ("stage", "ne", "won", True),
        ("stage", "in", ["need", "won"], True),
        ("tags", "has", "vip", True),
        ("tags", "has", "vi", False),
        ("owner", "eq", "me", True),
        ("owner", "in", [8, "me"], True),
        ("owner", "ne", "7", False),
    ],
)
def test_comparisons(slug: str, op: str, value: Any, expected: bool) -> None:
    assert passes(one(slug, op, value)) is expected
    assert passes({"not": one(slug, op, value)}) is not expected


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_missing_value_fails_comparisons_and_passes_their_negations(nothing: Any) -> None:
    row = ROW | {"name": nothing, "score": None, "last_contact_at": None, "tags": [], "owner": None}
    assert passes(one("name", "empty"), row)
    assert passes(one("tags", "empty"), row)
    assert not passes(one("name", "not_empty"), row)
    assert not passes(one("score", "lt", 5), row)
    assert not passes(one("last_contact_at", "lt", {"relative": "today"}), row)
    assert passes(one("name", "ne", "x"), row)
    assert passes(one("owner", "not_in", ["me"]), row)
    assert judge(parse(one("owner", "eq", "me"), FIELDS), row, NOW) is False


def test_groups() -> None:
    yes, no = one("active", "eq", False), one("active", "eq", True)
    assert passes({"and": [yes, {"or": [no, yes]}, {"not": no}]})
    assert not passes({"and": [yes, no]})
    assert passes(None)
    assert parse({}, FIELDS) == parse({"and": []}, FIELDS) == EVERYTHING


def test_nodes_are_plain_data() -> None:
    tree = parse({"or": [{"not": one("owner", "eq", "me")}, one("score", "in", [1, 2.5])]}, FIELDS)
    assert tree == Or(
        (
            Not(Comparison("owner", Kind.REFERENCE, "eq", Me())),
            Comparison("score", Kind.NUMBER, "in", (Decimal(1), Decimal("2.5"))),
        )
    )
    assert [each.field for each in comparisons(tree)] == ["owner", "score"]


@pytest.mark.parametrize(
    "raw",
    [
        one("password", "eq", "x"),
        one("owner__password", "startswith", "p"),
        one("name", "regex", "a+"),
        one("name", "__startswith", "a"),
        one("name", "lt", "a"),
        one("tags", "in", ["vip"]),
        {"field": "name", "op": "eq", "value": "a", "_connector": "OR"},
        {"field": ["name"], "op": "eq", "value": "a"},
        {"field": "name", "op": ["eq"], "value": "a"},
        {"field": "name", "op": "eq"},
        {"field": "name", "op": "empty", "value": "a"},
        {"_connector": "OR"},
        {"and": [], "or": []},
        {"or": []},
        {"and": {}},
        {"and": [{"and": []}]},
        {"not": []},
        [],
        "name = 1",
        7,
        one("name", "eq", ""),
        one("name", "eq", "a\0b"),
        one("name", "eq", "\ud800"),
        one("name", "eq", "长" * 201),
        one("name", "eq", 5),
        one("name", "in", []),
        one("name", "in", "abc"),
        one("name", "in", ["a"] * 201),
        one("score", "eq", True),
        one("score", "eq", float("nan")),
        one("score", "eq", float("inf")),
        one("score", "eq", 1e309),
        one("score", "eq", "1e5"),
        one("score", "eq", "１２"),
        one("score", "eq", 10**5000),
        one("score", "between", [1]),
        one("score", "between", [1, 2, 3]),
        one("amount", "eq", 1.5),
        one("amount", "eq", "12"),
        one("birthday", "eq", "2024-02-30"),
        one("birthday", "eq", "2024-02-03 10:00"),
        one("birthday", "eq", {"relative": "-2h"}),
        one("last_contact_at", "eq", {"relative": "some day"}),
        one("last_contact_at", "eq", {"relative": "today", "zone": "UTC"}),
        one("last_contact_at", "in", ["2024-01-01"]),
        one("active", "eq", 1),
        one("owner", "eq", -1),
        one("owner", "eq", 2**63),
        one("owner", "eq", "9" * 19),
        one("owner", "eq", True),
    ],
)
def test_anything_off_the_allow_list_is_refused(raw: Any) -> None:
    with pytest.raises(FilterError) as refusal:
        parse(raw, FIELDS)
    assert refusal.value.status == 400
    assert refusal.value.zh
    assert refusal.value.en


def test_the_refusal_names_the_field_but_does_not_repeat_long_input() -> None:
    with pytest.raises(FilterError) as refusal:
        parse(one("stage", "contains", "x"), FIELDS)
    assert refusal.value.field == "stage"
    with pytest.raises(FilterError) as refusal:
        parse(one("x" * 5000, "eq", "x"), FIELDS)
    assert len(refusal.value.zh) < 100


def test_depth_and_size_are_bounded() -> None:
    leaf = one("active", "eq", False)
    deep: Any = leaf
    for _ in range(4):
        deep = {"not": deep}
    assert parse(deep, FIELDS) != EVERYTHING
    with pytest.raises(FilterError, match="5层"):
        parse({"not": deep}, FIELDS)
    assert isinstance(parse({"and": [leaf] * 50}, FIELDS), And)
    with pytest.raises(FilterError, match="50条"):
        parse({"and": [leaf] * 51}, FIELDS)
    bottomless: Any = leaf
    for _ in range(100_000):
        bottomless = {"and": [bottomless]}
    with pytest.raises(FilterError):
        parse(bottomless, FIELDS)
    while isinstance(bottomless, dict) and "and" in bottomless:  # take it apart: freeing it at once recurses
        bottomless = bottomless["and"][0]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["me", "2024-01-01"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["and", "or", "not", "field", "op", "value", "relative"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(JSON)
def test_any_json_is_parsed_or_refused(raw: Any) -> None:
    with suppress(FilterError):
        assert list(comparisons(parse(raw, FIELDS))) or raw in (None, {}, {"and": []})


@given(st.sampled_from(sorted(FIELDS)), st.data(), JSON)
def test_whatever_is_parsed_can_be_judged_on_full_and_empty_rows(slug: str, data: st.DataObject, value: Any) -> None:
    op = data.draw(st.sampled_from(sorted(OPERATORS[FIELDS[slug]])))
    try:
        tree = parse(one(slug, op, value), FIELDS)
    except FilterError:
        return
    for row in (ROW, {}, dict.fromkeys(FIELDS)):
        assert judge(Not(tree), row, NOW) is not judge(tree, row, NOW)
