"""Lists: scope, views, filter, sort, keyset paging, search."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from conftest import Cast
from genjin.customers.models import Customer

NAMES = ["广州云帆科技有限公司", "上海星图网络有限公司", "武汉光谷智芯电子有限公司"]


@pytest.fixture
def three(cast: Cast, new_customer: Any) -> list[int]:
    return [
        new_customer(cast.li, name, industry=industry, amount=amount)
        for name, industry, amount in zip(NAMES, ["logistics", "software", "software"], [300, None, 900])
    ]


def ids(answer: Any) -> list[int]:
    return [each["id"] for each in answer["items"]]


def test_everybody_sees_his_own_scope(cast: Cast, three: list[int]) -> None:
    """R-161, R-162."""
    assert sorted(ids(cast.li.get("/customers"))) == sorted(three)
    assert sorted(ids(cast.zhao.get("/customers"))) == sorted(three)
    for person in (cast.wang, cast.qian, cast.outsider):
        assert ids(person.get("/customers")) == []


def test_filter_sort_and_count(cast: Cast, three: list[int]) -> None:
    software = orjson.dumps({"field": "industry", "op": "eq", "value": "software"}).decode()
    answer = cast.li.get("/customers", filter=software, sort="-amount", count=True)
    assert ids(answer) == [three[2], three[1]]
    assert answer["total"] == 2 and answer["total_capped"] is False
    assert ids(cast.li.get("/customers", sort="-amount")) == [three[2], three[0], three[1]]


@pytest.mark.parametrize("sort", ["-last_contact", "-amount", "next_due", "name", "-created"])
def test_pages_hold_every_row_once_in_order(cast: Cast, three: list[int], sort: str) -> None:
    whole = ids(cast.li.get("/customers", sort=sort))
    found, cursor = [], ""
    for _ in range(4):
        page = cast.li.get("/customers", sort=sort, limit=1, cursor=cursor)
        found += ids(page)
        cursor = page["next"]
        if cursor is None:
            break
    assert found == whole and sorted(whole) == sorted(three)


@pytest.mark.parametrize(
    "text",
    ["云帆", "广州云帆", "yunfan", "gzyf", "13800000001"],
)
def test_search_by_characters_pinyin_and_phone(cast: Cast, three: list[int], text: str) -> None:
    assert three[0] in ids(cast.li.get("/customers", q=text))
    assert ids(cast.wang.get("/customers", q=text)) == []


def test_a_search_that_is_too_long_is_refused_by_name(cast: Cast, three: list[int]) -> None:
    for path in ("/customers", "/customers/board"):
        answer = cast.li.get(path, q="云" * 10_000)
        assert (answer.status, answer["field"]) == (422, "q") and answer["zh"] and answer["en"]


def test_one_character_and_marks_of_direction_find_what_is_meant(cast: Cast, three: list[int]) -> None:
    assert ids(cast.li.get("/customers", q="\u200f云帆\u200e")) == [three[0]]
    assert three[0] in ids(cast.li.get("/customers", q="云"))


@pytest.mark.parametrize("text", ["%", '"', "_", "'; drop table x", "*", "云\u202e帆", "〇" * 100])
def test_strange_searches_are_answered(cast: Cast, three: list[int], text: str) -> None:
    assert cast.li.get("/customers", q=text).status == 200


@pytest.mark.parametrize(
    "raw",
    [
        '{"field": "owner__password", "op": "eq", "value": "x"}',
        '{"field": "name", "op": "regex", "value": "x"}',
        '{"field": "extra", "op": "eq", "value": "x"}',
        '{"field": "name", "op": "eq"}',
        '{"field": "amount", "op": "gt", "value": "1e309"}',
        "[",
        '{"_connector": "OR"}',
    ],
)
def test_filters_off_the_list_are_refused(cast: Cast, raw: str) -> None:
    answer = cast.li.get("/customers", filter=raw)
    assert answer.status in (400, 422) and answer["zh"]


def test_bad_sort_view_cursor_and_limit_are_named(cast: Cast) -> None:
    for query, field in (
        ({"sort": "owner__login"}, "sort"),
        ({"view": "secret"}, "view"),
        ({"cursor": "xx"}, "cursor"),
        ({"limit": 0}, "limit"),
        ({"limit": 100000}, "limit"),
    ):
        answer = cast.li.get("/customers", **query)
        assert answer.status == 422 and answer["field"] == field, answer


def test_silent_customers_are_a_view(cast: Cast, three: list[int], good: Any) -> None:
    """R-076, R-082: without a dated next step a customer is 断档 until one exists."""
    assert sorted(ids(cast.li.get("/customers", view="silent"))) == sorted(three)
    cast.li.post("/followups", {"customer_id": three[0], **good})
    assert three[0] not in ids(cast.li.get("/customers", view="silent"))
    views = {each["key"]: each["count"] for each in cast.li.get("/customers/views")["items"]}
    assert views == {"mine": 3, "week": 3, "silent": 2, "class_a": 0, "team": 3}


@pytest.mark.parametrize("path", ["/customers?view=mine", "/customers?sort=-amount&count=1"])
def test_statements_do_not_grow_with_the_page(
    cast: Cast, new_customer: Any, path: str, django_assert_num_queries: Any
) -> None:
    cast.li.get(path)
    counts = []
    for upto in (2, 12):
        for number in range(upto):
            name = f"丙{upto}{number}公司"
            if not Customer.objects.scoped("test").filter(name=name).exists():
                new_customer(cast.li, name, contact={"name": "人", "phone": f"138000{upto:02d}{number:03d}"})
        with django_assert_num_queries(4 if "count" in path else 3) as captured:
            cast.li.get(path)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_row_says_whether_its_reader_may_change_it(cast: Cast, three: list[int]) -> None:
    """R-162, R-167: a collaborator reads the row and finds no field to change."""
    cast.li.post(f"/customers/{three[0]}/collaborators", {"member_id": cast.wang.id})
    assert [each["editable"] for each in cast.wang.get("/customers")["items"]] == [False]
    for person in (cast.li, cast.zhao, cast.admin):
        assert {each["editable"] for each in person.get("/customers")["items"]} == {True}
    assert cast.wang.patch(f"/customers/{three[0]}", {"version": 1, "region": "x"}).status == 403
