"""Route × role of this folder: what everybody gets on 李销售's contracts (`tests/permission_table.py`)."""

from __future__ import annotations

from typing import Any

from conftest import Cast
from genjin.contracts.tests.making import drafted, signed

ITEM = "200 404 200 404 200 404 401"
MADE = "201 404 201 404 201 404 401"
EVERYONE = "200 200 200 200 200 200 401"
#: Signed ones: their state refuses, whoever may change them.
LATE = "409 404 409 404 409 404 401"
DRAFT = {"@contract_id": "$contract"}
SIGNED = {"@contract_id": "$signed_contract"}
LIST = {"@delivery_id": "$delivery"}

ROWS: dict[str, tuple[str, Any]] = {
    "GET /contracts": (EVERYONE, None),
    "GET /contracts/template": (EVERYONE, None),
    "PUT /contracts/template": ("403 403 403 403 200 200 401", {"file_id": None}),
    "GET /contracts/{contract_id}": (ITEM, DRAFT),
    "GET /contracts/{contract_id}/file": (ITEM, {**DRAFT, "?format": "docx"}),
    "GET /deliveries/{delivery_id}/file": (ITEM, {**LIST, "?format": "docx"}),
    "GET /customers/{customer_id}/contracts": (ITEM, None),
    "POST /customers/{customer_id}/agreement": (ITEM, {"@customer_id": "$second", "words": "二期"}),
    "POST /customers/{customer_id}/agreement/withdraw": (LATE, {"@customer_id": "$second", "why": "改主意了"}),
    "POST /customers/{customer_id}/contracts": (MADE, {"title": "年框"}),
    "PATCH /contracts/{contract_id}": (ITEM, {**DRAFT, "version": 1, "title": "年框合同"}),
    "POST /contracts/{contract_id}/submit": (ITEM, DRAFT),
    "POST /contracts/{contract_id}/sign": (LATE, DRAFT),
    "POST /contracts/{contract_id}/cancel": (ITEM, {**DRAFT, "why": "不买了"}),
    "POST /contracts/{contract_id}/end": (ITEM, {**SIGNED, "why": "到期"}),
    "POST /contracts/{contract_id}/renew": (MADE, SIGNED),
    "PUT /contracts/{contract_id}/plan": (
        ITEM,
        {**DRAFT, "version": 1, "parts": [{"due_on": "2026-12-01", "amount": 128_000_050}]},
    ),
    "POST /contracts/{contract_id}/payments": (MADE, {**SIGNED, "amount": 100, "received_on": "2026-11-24"}),
    "POST /payments/{payment_id}/take-back": (ITEM, {"@payment_id": "$payment", "why": "记错了"}),
    "GET /deliveries/{delivery_id}": (ITEM, LIST),
    "PATCH /deliveries/{delivery_id}": (ITEM, {**LIST, "version": 1, "special": "无"}),
    "POST /deliveries/{delivery_id}/appoint": (ITEM, {**LIST, "receiver_id": "$qian"}),
    "POST /deliveries/{delivery_id}/confirm": (LATE, {**LIST, "number": 1}),
}


def made(cast: Cast, new_customer: Any) -> dict[str, int]:
    """A draft and a signed contract of 李销售 with a payment and its hand-over list."""
    draft = drafted(cast.li, new_customer(cast.li, "庚公司"))
    whole = signed(cast, cast.li, new_customer(cast.li, "辛公司"))
    paid = cast.li.post(f"/contracts/{whole}/payments", {"amount": 100, "received_on": "2026-11-24"})
    assert paid.status == 201, paid
    shown = cast.li.get(f"/contracts/{whole}")
    return {
        "contract": draft,
        "signed_contract": whole,
        "payment": shown["money"]["payments"][0]["id"],
        "delivery": shown["delivery_id"],
    }
