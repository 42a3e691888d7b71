"""Numbers too long to be any and cursors of another list: one sentence, never a 500 (R-165, I6)."""

from __future__ import annotations

import base64
from typing import Any

import orjson
import pytest

from conftest import Cast
from genjin.schema.paging import encode

LONG = "9" * 4301


@pytest.mark.parametrize("digits", ["9" * 30, LONG])
def test_a_view_by_a_number_that_is_none(cast: Cast, digits: str) -> None:
    wanted = 404 if len(digits) <= 40 else 422
    assert cast.li.get("/customers", view=digits).status == wanted
    assert cast.li.get("/customers/board", view=digits).status == wanted
    assert cast.li.post("/exports", {"record_type": "customer", "view": digits}).status == wanted
    assert cast.li.get("/customers", sort=LONG).status == cast.li.get("/customers/board", by=LONG).status == 422


def _made(*parts: Any) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


WRONG = [
    _made("v", "x", 1), _made("v", 2**64 - 1, 1), _made("v", None, 2**64 - 1), _made("v", True, True),
    _made("t", "2026-11-24", 1), _made("t", "0001-01-01T00:00:00+14:00", 1), _made("t", 5, 1), "%%",
]  # fmt: skip


@pytest.mark.parametrize("cursor", WRONG)
def test_a_cursor_that_is_none_of_ours(cast: Cast, new_customer: Any, cursor: str) -> None:
    pk = new_customer(cast.zhao, "甲公司")
    asked = [("/customers", sort) for sort in ("", "name", "-amount", "next_due", "-created")]
    asked += [(path, "") for path in ("/followups", "/agenda", "/bin", "/audit", "/inbox", f"/customers/{pk}/timeline")]
    for path, sort in asked:
        answer = cast.admin.get(path, cursor=cursor, **({"sort": sort} if sort else {}))
        name = (path, sort)
        assert answer.status == (200 if cursor == WRONG[0] and sort == "name" else 422), (name, answer)


def test_a_cursor_of_another_order(cast: Cast, new_customer: Any) -> None:
    """The order was changed between two pages: from the first page again."""
    for name in ("甲公司", "乙公司"):
        new_customer(cast.li, name)
    cursor = cast.li.get("/customers", sort="name", limit=1)["next"]
    assert cast.li.get("/customers", sort="name", limit=1, cursor=cursor).status == 200
    answer = cast.li.get("/customers", sort="next_due", cursor=cursor)
    assert (answer.status, answer["field"]) == (422, "cursor")
    assert cast.li.get("/customers", sort="-created", cursor=encode("甲", 1)).status == 422
