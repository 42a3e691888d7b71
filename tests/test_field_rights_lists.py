"""No order, filter, view or tab tells what a role may not read (R-166, A5)."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from conftest import Cast
from tests.test_field_rights import restrict

#: Field → what sorts or filters by it.
ASKED = [
    ("customer", "amount", "/customers", {"sort": "-amount"}),
    ("customer", "next_due_at", "/customers", {"sort": "next_due"}),
    ("customer", "name", "/customers", {"sort": "name"}),
    ("customer", "last_contact_at", "/customers", {"sort": "-last_contact"}),
    ("customer", "last_contact_at", "/customers/board", {"sort": "-last_contact"}),
    ("customer", "created_at", "/customers", {"sort": "-created"}),
    ("customer", "next_due_at", "/customers", {"view": "week"}),
    ("customer", "last_contact_at", "/customers", {"view": "silent"}),
    ("customer", "intent_class", "/customers", {"view": "class_a"}),
    ("customer", "amount", "/customers", {"filter": '{"field": "amount", "op": "gt", "value": 1}'}),
    ("customer", "region", "/customers", {"filter": '{"field": "region", "op": "starts", "value": "苏"}'}),
    ("followup", "probability", "/followups", {"filter": '{"field": "probability", "op": "gt", "value": 1}'}),
]  # fmt: skip


@pytest.mark.parametrize("mark", ["hidden", "masked"])
@pytest.mark.parametrize(("kind", "slug", "path", "query"), ASKED)
def test_sorting_and_filtering_by_a_barred_field_are_refused(
    cast: Cast, new_customer: Any, mark: str, kind: str, slug: str, path: str, query: dict[str, str]
) -> None:
    """A5: the order, the rows and the count would tell of it; one sentence, also for an export."""
    new_customer(cast.zhao, "甲公司", region="苏州", amount=100)
    assert cast.zhao.get(path, **query).status == 200
    restrict(cast, {kind: {slug: mark}})
    answer = cast.zhao.get(path, **query)
    assert (answer.status, answer["zh"].count("。")) == (400 if "filter" in query else 422, 0), answer
    if "filter" in query:
        body = {"record_type": kind, "filter": orjson.loads(query["filter"])}
        assert cast.zhao.post("/exports", body).status == 400
    if "view" in query:
        assert cast.zhao.post("/exports", {"record_type": kind, "view": query["view"]}).status == 422
        assert query["view"] not in [each["key"] for each in cast.zhao.get("/customers/views")["items"]]


def test_a_list_opens_by_another_order_where_its_own_is_barred(cast: Cast, new_customer: Any) -> None:
    """A5, R-166: list, board, tabs and desk go on with what the reader may see."""
    small, large = (new_customer(cast.zhao, name, amount=pay) for name, pay in (("小公司", 100), ("大公司", 900)))
    kept = {"record_type": "customer", "name": "久未联系", "sort": "-last_contact"}
    assert cast.zhao.post("/views", kept).status == 201
    restrict(cast, {"customer": dict.fromkeys(("last_contact_at", "next_due_at", "created_at"), "hidden")})
    rows = cast.zhao.get("/customers")["items"]
    assert [(row["id"], row["silent_days"], row["rhythm"]) for row in rows] == [(large, None, []), (small, None, [])]
    assert cast.zhao.get("/customers/board", by="life_cycle").status == 200
    views = cast.zhao.get("/customers/views")
    assert (views["sorts"], views["summary"]) == (["-amount", "name"], None)
    assert {"week", "silent"}.isdisjoint(each["key"] for each in views["items"])
    (saved,) = (each["saved"] for each in views["items"] if "saved" in each)
    assert (saved["sort"], "最近联系、创建时间" in saved["left_out"]["zh"]) == ("", True)
    groups = {each["key"]: each["items"] for each in cast.zhao.get("/desk/today")["groups"]}
    assert groups["silent"] == []
    assert cast.zhao.get(f"/customers/{small}")["warnings"][0]["key"] == "no_next_step"
