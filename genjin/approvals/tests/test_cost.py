"""What reviewing costs: a fixed number of statements, and none for a record that needs no review."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import Cast

Log = Callable[..., dict[str, Any]]


def test_statements_do_not_grow_with_the_queue(cast: Cast, under_review: Log) -> None:
    """Queue and batch: a fixed number of statements."""
    counts = []
    cast.zhao.get("/approvals")
    for names in (("甲公司",), ("乙公司", "丙公司", "丁公司", "戊公司")):
        ids = [under_review(name=name)["approval"] for name in names]
        with CaptureQueriesContext(connection) as queue:
            assert len(cast.zhao.get("/approvals").body["items"]) == len(ids)
        with CaptureQueriesContext(connection) as batch:
            assert cast.zhao.post("/approvals/pass", {"ids": ids}).status == 200
        counts.append((len(queue), len(batch)))
    assert counts[0] == counts[1]
    assert counts[0][0] <= 10 and counts[0][1] <= 14, counts


def test_an_ordinary_log_costs_no_statement_more(cast: Cast, new_customer: Any, good: Any) -> None:
    pk = new_customer(cast.li, "甲公司")
    with CaptureQueriesContext(connection) as queries:
        assert cast.li.post("/followups", {"customer_id": pk, **good}).status == 201
    assert not [each for each in queries if "approvals" in each["sql"]]
