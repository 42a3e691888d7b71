"""Route × role of care, on 李销售's data."""

from __future__ import annotations

from typing import Any

from genjin.access.guard import unscoped
from genjin.care.models import CareItem

_EVERYONE = "200 200 200 200 200 200 401"
_ADMIN = "403 403 403 403 200 200 401"
_ITEM = "200 404 200 404 200 404 401"
_PLAN = {"name": "月度问候", "kind": "return_visit", "act": "问候", "when": "every", "amount": 1, "unit": "months"}

ROWS: dict[str, tuple[str, Any]] = {
    "GET /care": (_EVERYONE, None),
    "GET /care/items": (_EVERYONE, None),
    "GET /care/overview": (_EVERYONE, None),
    "GET /care/plans": (_EVERYONE, None),
    "PUT /care/plans": (_ADMIN, {"version": 1, "plans": [_PLAN]}),
    "POST /care/plans/preview": (_ADMIN, _PLAN),
    "POST /care/arrange": ("409 409 409 409 409 409 401", {"plan": "spring", "on": "2027-02-04", "text": "拜年"}),
    "POST /care/done": (_ITEM, {"ids": ["$care"], "did": "送到了"}),
    "POST /care/join": (_ITEM, {"ids": ["$care", "$care_second"]}),
    "POST /care/{care_id}/done": (_ITEM, {"did": "送到了"}),
    "POST /care/{care_id}/skip": (_ITEM, {"why": "出国了"}),
    "POST /care/{care_id}/move": (_ITEM, {"due_on": "2026-12-05"}),
    "POST /care/{care_id}/pass": (_ITEM, {"owner_id": "$zhao"}),
    "POST /care/{care_id}/accept": (_ITEM, {"@care_id": "$care_idea"}),
    "POST /care/{care_id}/dismiss": (_ITEM, {"@care_id": "$care_idea"}),
    "GET /customers/{customer_id}/care": (_ITEM, None),
    "POST /customers/{customer_id}/care": (
        "201 404 201 404 201 404 401",
        {"act": "送年历", "kind": "gift", "due_on": "2026-12-01"},
    ),
    "GET /communities": (_EVERYONE, None),
    "POST /communities": ("201 201 201 201 201 201 401", {"kind": "salon", "name": "沙龙"}),
    "POST /communities/{community_id}/participants": (_ITEM, {"customer_ids": ["$customer"]}),
    "DELETE /participants/{participant_id}": ("204 404 204 404 204 404 401", None),
}


def made(li: Any, customer: int) -> dict[str, int]:
    """The rows that the table names, an idea for care among them."""
    body = {"act": "送年历", "kind": "gift", "due_on": "2026-12-01"}
    care, second = (int(li.post(f"/customers/{customer}/care", body)["id"]) for _ in range(2))
    community = int(li.post("/communities", {"kind": "salon", "name": "沙龙"})["id"])
    assert li.post(f"/communities/{community}/participants", {"customer_ids": [customer]}).status == 200
    (there,) = li.get(f"/customers/{customer}/care")["communities"]
    row = unscoped(CareItem, "test").get(pk=second)
    row.pk, row.state, row._state.adding = None, "proposed", True
    row.save()
    return {"care": care, "care_second": second, "care_idea": row.pk, "community": community,
            "participant": there["id"]}  # fmt: skip
