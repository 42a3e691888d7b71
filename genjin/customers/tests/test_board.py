"""The board: the list in columns, within the same scope and filters."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import orjson
import pytest

from conftest import NOW, Cast, Person
from genjin.access.guard import unscoped
from genjin.access.models import Role
from genjin.customers import board as boards
from genjin.customers.models import Customer
from genjin.lib import moment
from genjin.orgs.models import Organisation


@pytest.fixture
def five(cast: Cast, new_customer: Any) -> list[int]:
    """Of 李销售: two leads, two in proposal, one that has been lost; of 钱外部门 one lead."""
    new_customer(cast.qian, "丁公司", amount=7)
    made = [("甲", "lead", "potential", 100), ("乙", "lead", "interested", None), ("丙", "proposal", "interested", 300),
            ("戊", "proposal", "potential", 400), ("己", "needs", "lost", 500)]  # fmt: skip
    return [
        new_customer(cast.li, f"{name}公司", stage=stage, life_cycle=life_cycle, amount=amount)
        for name, stage, life_cycle, amount in made
    ]


def columns(person: Person, **query: Any) -> dict[str, dict[str, Any]]:
    answer = person.get("/customers/board", **query)
    assert answer.status == 200, answer
    return {each["key"]: each for each in answer["columns"]}


def ids(column: dict[str, Any]) -> list[int]:
    return [each["id"] for each in column["items"]]


def test_columns_stand_in_the_order_of_the_options_with_count_and_sum(cast: Cast, five: list[int]) -> None:
    """R-161: what the reader may see, and nothing beside it."""
    found = columns(cast.li, sort="name")
    assert list(found) == ["lead", "needs", "proposal", "demo", "negotiation", "service"]
    assert [(each["count"], each["capped"], each["amount"]) for each in found.values()] == [
        (2, False, 100), (1, False, 500), (2, False, 700), (0, False, 0), (0, False, 0), (0, False, 0),
    ]  # fmt: skip
    assert set(ids(found["lead"])) == set(five[:2]) and set(ids(found["proposal"])) == set(five[2:4])
    assert found["proposal"]["limit"]["zh"] == "2 个工作日" and found["service"]["limit"] is None
    card = next(each for each in found["lead"]["items"] if each["id"] == five[0])
    assert card == next(each for each in cast.li.get("/customers")["items"] if each["id"] == five[0])
    assert all(each["count"] == 0 for each in columns(cast.wang).values())
    assert columns(cast.zhao)["lead"]["count"] == 2 and columns(cast.admin)["lead"]["count"] == 3


def test_the_board_by_life_cycle_takes_view_filter_and_search(cast: Cast, five: list[int]) -> None:
    by_life = columns(cast.li, by="life_cycle")
    assert {key: each["count"] for key, each in by_life.items()} == {
        "potential": 2, "interested": 2, "signed": 0, "maintained": 0, "repurchase": 0, "lost": 1,
    }  # fmt: skip
    assert all(each["limit"] is None and each["late"] == 0 for each in by_life.values())
    dear = orjson.dumps({"field": "amount", "op": "gte", "value": 300}).decode()
    filtered = columns(cast.li, by="life_cycle", filter=dear)
    assert [each["count"] for each in filtered.values()] == [1, 1, 0, 0, 0, 1]
    assert columns(cast.li, by="life_cycle", view="silent")["lost"]["count"] == 0
    assert sum(each["count"] for each in columns(cast.li, q="丙公司").values()) == 1


@pytest.mark.parametrize("sort", ["-last_contact", "-amount", "next_due", "name", "-created"])
def test_the_rest_of_a_column_is_the_list_with_the_column_as_filter(
    cast: Cast, new_customer: Any, five: list[int], sort: str
) -> None:
    for number in range(5):
        new_customer(cast.li, f"庚{number}公司", stage="lead", amount=number or None)
    lead = orjson.dumps({"field": "stage", "op": "eq", "value": "lead"}).decode()
    whole = [each["id"] for each in cast.li.get("/customers", filter=lead, sort=sort)["items"]]
    column = columns(cast.li, sort=sort, limit=3)["lead"]
    rest = cast.li.get("/customers", filter=lead, sort=sort, cursor=column["next"])
    assert ids(column) + [each["id"] for each in rest["items"]] == whole and len(whole) == 7
    assert columns(cast.li, sort=sort, limit=10)["lead"]["next"] is None


def test_late_is_whoever_the_clock_says_is_over(cast: Cast, new_customer: Any, five: list[int]) -> None:
    """R-111: the number over a column is the number of cards whose clock has run out."""
    cast.li.patch(f"/customers/{five[0]}", {"version": 1, "paused": True})
    since = [NOW - timedelta(days=days, hours=hours) for days in range(12) for hours in (0, 7, 15)]
    for number, at in enumerate(since):
        pk = new_customer(cast.li, f"辛{number}公司", stage="proposal" if number % 2 else "needs")
        unscoped(Customer, "test").filter(pk=pk).update(stage_at=at)
    for hours in (0, 5, 30, 75):
        with moment.frozen(NOW + timedelta(hours=hours)):
            for column in columns(cast.li, limit=50).values():
                over = [each for each in column["items"] if each["clock"] and each["clock"]["state"] == "over"]
                assert column["late"] == len(over), (hours, column["key"])


def test_beyond_a_few_each_column_counts_by_itself(
    cast: Cast, five: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A count that stops short has no sum, and the cards are the same."""
    near = columns(cast.li)
    monkeypatch.setattr(boards, "FEW", 3)
    assert columns(cast.li) == near
    monkeypatch.setattr(boards, "MOST_COUNTED", 1)
    far = columns(cast.li)
    assert [(each["count"], each["capped"], each["amount"]) for each in far.values()][:3] == [
        (1, True, None), (1, False, 500), (1, True, None),
    ]  # fmt: skip
    assert [ids(each) for each in far.values()] == [ids(each) for each in near.values()]


def test_a_blank_and_a_retired_stage_have_a_column_while_somebody_stands_there(cast: Cast, five: list[int]) -> None:
    unscoped(Customer, "test").filter(pk=five[0]).update(stage="")
    cast.org.option_set.filter(list_name="stage", key__in=("needs", "demo")).update(retired=True)
    Organisation.objects.filter(pk=cast.org.pk).update(config_version=5)
    found = columns(cast.li)
    assert list(found) == ["lead", "needs", "proposal", "negotiation", "service", ""]
    assert found["needs"]["retired"] and ids(found[""]) == [five[0]]


def test_a_card_moves_by_the_verb_that_changes_the_customer(cast: Cast, five: list[int]) -> None:
    """A refusal leaves it where it was: another's version, a stage that is none, somebody who may not."""
    assert cast.li.patch(f"/customers/{five[0]}", {"version": 1, "stage": "needs"}).status == 200
    late = cast.li.patch(f"/customers/{five[0]}", {"version": 1, "stage": "proposal"})
    assert (late.status, late["theirs"]) == (409, {"stage": "needs"})
    assert cast.li.patch(f"/customers/{five[0]}", {"version": 2, "stage": "nowhere"}).status == 422
    assert cast.wang.patch(f"/customers/{five[0]}", {"version": 2, "stage": "proposal"}).status == 404
    assert five[0] in ids(columns(cast.li)["needs"])


def test_a_board_that_is_none_is_refused_in_a_sentence(cast: Cast) -> None:
    for query, field in (({"by": "owner"}, "by"), ({"by": "%"}, "by"), ({"sort": "x"}, "sort"), ({"view": "x"}, "view"),
                         ({"limit": 0}, "limit"), ({"filter": "["}, "filter")):  # fmt: skip
        answer = cast.li.get("/customers/board", **query)
        assert answer.status == 422 and answer["field"] == field and answer["zh"], answer


def test_hidden_fields_tell_nothing_in_a_board(cast: Cast, five: list[int]) -> None:
    """R-166: no sum of amounts that one may not read, no columns by a stage that one may not read."""
    hidden = {"customer": {"amount": "hidden", "stage": "hidden"}}
    Role.objects.filter(org=cast.org, key="rep").update(fields=hidden)
    Organisation.objects.filter(pk=cast.org.pk).update(config_version=7)
    answer = cast.li.get("/customers/board")
    assert (answer.status, answer["field"]) == (422, "by")
    assert {each["amount"] for each in columns(cast.li, by="life_cycle").values()} == {None}


def test_statements_do_not_grow_with_columns_or_rows(
    cast: Cast, new_customer: Any, five: list[int], django_assert_num_queries: Any
) -> None:
    cast.li.get("/customers/board")
    for _ in range(2):
        with django_assert_num_queries(5):
            cast.li.get("/customers/board")
        for number in range(12):
            new_customer(cast.li, f"壬{number}{_}公司", stage="demo")
