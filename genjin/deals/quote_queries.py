"""Quotations with the talk each rests on, and the price list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.fields import concealed
from genjin.access.reading import read
from genjin.access.visible import visible
from genjin.deals.lines import percent_of, sums_of
from genjin.deals.models import Product, Quotation
from genjin.deals.queries import one as one_deal
from genjin.deals.queries import today_of
from genjin.deals.rules import number_of, tells_other
from genjin.deals.steps import checked_lines
from genjin.followups.models import FollowUp
from genjin.followups.queries import several
from genjin.lib import moment
from genjin.lib.errors import NotFound

MOST = 50
#: So many records after the talk are looked at.
MOST_LATER = 200
#: What of the talk stands beside the quotation.
_SHOWN = ("id", "contact_at", "precision", "channel", "contact", "contacted_by", "summary", "feedback", "needs",
          "amount", "currency")  # fmt: skip
_TALK = ("id", "needs", "amount", "currency", "contact_at")


def of_deal(actor: Actor, deal_id: int) -> dict[str, Any]:
    """The quotations of a deal, newest first, each with its talk and what was told after it (R-160)."""
    deal = one_deal(actor, deal_id)
    rows = visible(actor, Quotation).filter(deal_id=deal.pk).select_related("created_by").order_by("-pk")[:MOST]
    return {"items": told(actor, list(rows))}


def one(actor: Actor, quotation_id: int) -> Quotation:
    rows = visible(actor, Quotation).select_related("customer", "deal", "created_by")
    found = rows.filter(pk=quotation_id).first()
    if found is None:
        raise NotFound()
    return found


def detail(actor: Actor, quotation_id: int) -> dict[str, Any]:
    (found,) = told(actor, [one(actor, quotation_id)])
    return found


def told(actor: Actor, rows: Sequence[Quotation]) -> list[dict[str, Any]]:
    """Quotations of one customer as the actor may read them; a constant number of statements."""
    if not rows:
        return []
    ids = sorted({row.followup_id for row in rows})
    talks = {each["id"]: {name: each.get(name) for name in _SHOWN} for each in several(actor, ids, now=moment.now())}
    later = _later(actor, rows)
    return [_item(actor, row, talks.get(row.followup_id), later.get(row.pk, [])) for row in rows]


def _later(actor: Actor, rows: Sequence[Quotation]) -> dict[int, list[int]]:
    """Quotation → records after its talk that tell other needs or another amount."""
    bases = {row.followup_id for row in rows}
    based = {
        each[0]: dict(zip(_TALK, each, strict=True)) for each in read(actor, FollowUp, _TALK, Q(pk__among=list(bases)))
    }
    if not based:
        return {}
    first = min(each["contact_at"] for each in based.values())
    where = Q(customer_id=rows[0].customer_id, contact_at__gte=first, attempt="") & ~Q(state="draft")
    found = read(actor, FollowUp, _TALK, where, order=("contact_at", "id"), limit=MOST_LATER)
    after = [
        concealed(actor, "followup", dict(zip(_TALK[:-1], each[:-1], strict=True))) | {"contact_at": each[-1]}
        for each in found
    ]
    said: dict[int, list[int]] = {}
    for row in rows:
        base = based.get(row.followup_id)
        if base is not None:
            said[row.pk] = [
                each["id"]
                for each in after
                if (each["contact_at"], each["id"]) > (base["contact_at"], base["id"]) and tells_other(base, each)
            ]
    return said


def _item(actor: Actor, row: Quotation, talk: Mapping[str, Any] | None, later: Sequence[int]) -> dict[str, Any]:
    data = concealed(
        actor,
        "quotation",
        {"lines": row.lines, "total": row.total, "list_total": row.list_total, "terms": row.terms},
    )
    return {
        "id": row.pk,
        "number": number_of(row.number, row.edition),
        "edition": row.edition,
        "state": row.state,
        "ended": row.state == "valid" and row.valid_until < today_of(actor),
        "deal_id": row.deal_id,
        "customer_id": row.customer_id,
        **data,
        "discount": percent_of(row.discount),
        "percent": percent_of(row.percent) if data["total"] is not None else None,
        "currency": row.currency,
        "valid_until": row.valid_until,
        "approval_id": row.approval_id,
        "made_at": row.created_at,
        "made_by": row.created_by.name if row.created_by else "",
        "followup_id": row.followup_id,
        "talk": talk,
        "later": list(later),
        "warning": {
            "zh": "谈话之后又有新的记录，需求或金额变了，核对后再发",
            "en": "There are newer records with other needs or another amount; check before it is sent",
        }
        if later
        else None,
    }


def totals(actor: Actor, lines: Sequence[Mapping[str, Any]], discount: int, currency: str) -> dict[str, Any]:
    """What lines come to while they are typed, as a quotation would keep it."""
    found = checked_lines(actor.org_id, lines, currency, lines)
    sums = sums_of(found, discount)
    return {
        "lines": [each.amount for each in found],
        "subtotal": sums.subtotal,
        "list_total": sums.list_total,
        "total": sums.total,
        "percent": percent_of(sums.percent),
    }


def products(actor: Actor, *, retired: bool = False) -> dict[str, Any]:
    """The price list, in the order of the codes."""
    rows = Product.objects.filter(org_id=actor.org_id)
    if not retired:
        rows = rows.filter(retired_at__isnull=True)
    return {
        "items": [
            {"id": each.pk, "version": each.version, "code": each.code, "name": each.name, "unit": each.unit,
             "prices": each.prices, "note": each.note, "retired": each.retired_at is not None}
            for each in rows.order_by("code")
        ],
        "can": {"add": actor.may("product.add"), "update": actor.may("product.update")},
    }  # fmt: skip
