"""Route × role of deals, quotations and products, on 李销售's data; joined in tests/permission_table.py."""

from __future__ import annotations

from typing import Any

_EVERYONE = "200 200 200 200 200 200 401"
_ITEM = "200 404 200 404 200 404 401"
_MADE = "201 404 201 404 201 404 401"
_ADMIN = "403 403 403 403 200 404 401"
#: For the administrator of any team.
_ADMIN_HERE = "403 403 403 403 200 200 401"
_LINE = {"name": "数据采集网关", "unit": "台", "quantity": 2, "price": 1_000_000}
_CLOSED = {"@deal_id": "$closed_deal"}

ROWS: dict[str, tuple[str, Any]] = {
    "GET /deals": (_EVERYONE, None),
    "GET /deals/views": (_EVERYONE, None),
    "GET /deals/board": (_EVERYONE, None),
    "GET /deals/options": (_EVERYONE, None),
    "GET /deals/{deal_id}": (_ITEM, {"@deal_id": "$deal"}),
    "GET /customers/{customer_id}/deals": (_ITEM, None),
    "POST /customers/{customer_id}/deals": (_MADE, {"title": "三期", "expected_close": "2027-03-31"}),
    "PATCH /deals/{deal_id}": (_ITEM, {"@deal_id": "$deal", "version": 1, "title": "二期改造"}),
    "POST /deals/{deal_id}/move": (_ITEM, {"@deal_id": "$deal", "stage": "proposal"}),
    "POST /deals/{deal_id}/win": (_ITEM, {"@deal_id": "$deal", "reason": "fit"}),
    "POST /deals/{deal_id}/lose": (_ITEM, {"@deal_id": "$deal", "reason": "price"}),
    "POST /deals/{deal_id}/reopen": (_ITEM, {**_CLOSED, "why": "预算又批了", "expected_close": "2027-03-31"}),
    "POST /deals/{deal_id}/assign": (_ITEM, {"@deal_id": "$deal", "owner_id": "$zhao"}),
    "GET /deals/{deal_id}/quotations": (_ITEM, {"@deal_id": "$deal"}),
    "POST /deals/{deal_id}/quotations": (
        _MADE,
        {"@deal_id": "$deal", "followup_id": "$followup", "lines": [_LINE], "valid_until": "2026-12-31"},
    ),
    "POST /quotations/totals": (_EVERYONE, {"lines": [_LINE]}),
    "GET /quotations/{quotation_id}": (_ITEM, {"@quotation_id": "$quotation"}),
    "GET /quotations/{quotation_id}/file.pdf": (_ITEM, {"@quotation_id": "$quotation"}),
    "GET /products": (_EVERYONE, None),
    "POST /products": (_ADMIN_HERE.replace("200", "201"), {"code": "P-2", "name": "网关", "unit": "台", "prices": {}}),
    "PUT /products/{product_id}": (
        _ADMIN,
        {"@product_id": "$product", "version": 1, "code": "P-1", "name": "网关", "unit": "套", "prices": {}},
    ),
    "POST /customers/{customer_id}/needs/confirm": (_ITEM, {}),
    "GET /needs-interval": (_EVERYONE, None),
    "PUT /needs-interval": (_ADMIN_HERE, {"days": {"A": 20}}),
}


def deal_world(cast: Any, customer: int, followup: int) -> dict[str, int]:
    """Of 李销售: an open deal with a quotation, and one that is lost; a product of the team."""
    made = {}
    made["product"] = cast.admin.post("/products", {"code": "P-1", "name": "网关", "unit": "台", "prices": {}})["id"]
    deal = {"title": "二期改造", "expected_close": "2026-12-31", "amount": 80_000_000}
    for name in ("deal", "closed_deal"):
        made[name] = cast.li.post(f"/customers/{customer}/deals", deal)["id"]
    assert cast.li.post(f"/deals/{made['closed_deal']}/lose", {"reason": "budget"}).status == 200
    offer = {"followup_id": followup, "lines": [_LINE], "valid_until": "2026-12-31"}
    made["quotation"] = cast.li.post(f"/deals/{made['deal']}/quotations", offer)["id"]
    return made
