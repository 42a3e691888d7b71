"""What reviewing costs: a fixed number of statements, none for a record that needs no review, once for two clicks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import Cast
from genjin.history.models import Event

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
    assert counts[0][0] <= 11 and counts[0][1] <= 14, counts


def test_an_ordinary_log_costs_no_statement_more(cast: Cast, new_customer: Any, good: Any) -> None:
    pk = new_customer(cast.li, "甲公司")
    with CaptureQueriesContext(connection) as queries:
        assert cast.li.post("/followups", {"customer_id": pk, **good}).status == 201
    assert not [each for each in queries if "approvals" in (each["sql"] or "")]


def test_a_repeated_click_happens_once(cast: Cast, under_review: Log) -> None:
    """Every verdict with the key that the browser sends: the same answer twice, one event (C3)."""
    made, other = under_review(), under_review(name="乙公司")
    body = {"ids": [made["approval"]], "seen": [{"id": made["approval"], "version": 1}]}
    passed = [cast.zhao.post("/approvals/pass", body, Idempotency_Key="k1") for _ in range(2)]
    assert [(each.status, each["passed"]) for each in passed] == [(200, 1), (200, 1)]
    url = f"/approvals/{other['approval']}"
    reasons = {"reasons": {"summary": "补数字"}, "seen": 1}
    back = [cast.zhao.post(f"{url}/return", reasons, Idempotency_Key="k2") for _ in range(2)]
    assert [(each.status, each["fields"]) for each in back] == [(200, ["summary"])] * 2
    said = [cast.li.post(f"{url}/comments", {"text": "在改"}, Idempotency_Key="k3") for _ in range(2)]
    assert said[0].status == 201 and said[0].body == said[1].body
    waived = [cast.zhao.post(f"{url}/waive", {"fields": ["summary"]}, Idempotency_Key="k4") for _ in range(2)]
    assert [(each.status, each["state"]) for each in waived] == [(200, "open")] * 2
    counts = [Event.objects.filter(name=f"approval.{name}").count() for name in ("passed", "returned", "commented")]
    assert counts == [1, 1, 1]
