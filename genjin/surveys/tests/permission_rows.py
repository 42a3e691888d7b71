"""What everybody gets on surveys of 李销售's customer: li · wang · zhao · qian · admin · outsider · nobody."""

from __future__ import annotations

from typing import Any

_ALL = "200 200 200 200 200 200 401"
_ITEM = "200 404 200 404 200 404 401"
_MADE = "201 404 201 404 201 404 401"
_SURVEY = {"title": "季度回访", "question": "对我们满意吗"}

ROWS: dict[str, tuple[str, Any]] = {
    "GET /satisfaction": (_ALL, None),
    "GET /customers/{customer_id}/satisfaction": (_ITEM, None),
    "POST /customers/{customer_id}/satisfaction": (_MADE, {"score": 4}),
    "POST /customers/{customer_id}/surveys": (_MADE, {"survey_id": "$survey"}),
    "POST /customers/{customer_id}/surveys/{survey_id}/skip": ("409 404 409 404 409 404 401", None),
    "GET /survey-links/{link_id}": (_ITEM, {"@link_id": "$survey_link"}),
    "GET /survey-links/{link_id}/qr.svg": (_ITEM, {"@link_id": "$survey_link"}),
    "GET /surveys": (_ALL, None),
    "POST /surveys": ("403 403 201 403 201 201 401", _SURVEY),
    "PUT /surveys/settings": ("403 403 403 403 200 200 401", {"days": 7, "low": 1}),
    "PUT /surveys/{survey_id}": ("403 403 200 403 200 404 401", {"version": 1, **_SURVEY}),
}
