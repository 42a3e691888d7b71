"""What everybody gets on a complaint of 李销售's customer: li · wang · zhao · qian · admin · outsider · nobody."""

from __future__ import annotations

from typing import Any

_ITEM = "200 404 200 404 200 404 401"
_TEXT = "夜里停机没人接电话"

ROWS: dict[str, tuple[str, Any]] = {
    "GET /complaints": ("200 200 200 200 200 200 401", None),
    "GET /customers/{customer_id}/complaints": (_ITEM, None),
    "POST /customers/{customer_id}/complaints": ("201 404 201 404 201 404 401", {"text": _TEXT}),
    "PATCH /complaints/{complaint_id}": (_ITEM, {"version": 1, "level": "serious"}),
    "POST /complaints/{complaint_id}/steps": (_ITEM, {"text": "派人到现场"}),
    "POST /complaints/{complaint_id}/resolve": (_ITEM, {"result": "换了备件"}),
    "POST /complaints/{complaint_id}/confirm": ("409 404 409 404 409 404 401", {"satisfied": True, "words": "好"}),
    "POST /complaints/{complaint_id}/pass": (_ITEM, {"owner_id": "$zhao"}),
}
