"""Verbs on products and the price list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from genjin.deals.lines import MOST_MONEY
from genjin.deals.models import Product
from genjin.deals.rules import CURRENCIES
from genjin.door.action import action
from genjin.door.change import Change
from genjin.lib.errors import Conflict, Invalid, NotFound

Reply = dict[str, Any]
MOST_PRODUCTS = 5000


@action("product.add", "加产品", "add a product")
def add_product(change: Change, *, code: str, name: str, unit: str, prices: Mapping[str, int], note: str = "") -> Reply:
    """One more on the price list."""
    if Product.objects.filter(org_id=change.actor.org_id).count() >= MOST_PRODUCTS:
        raise Conflict(f"最多 {MOST_PRODUCTS} 个产品", f"At most {MOST_PRODUCTS} products", code="full")
    row = Product(org_id=change.actor.org_id)
    _fill(change, row, code=code, name=name, unit=unit, prices=prices, note=note)
    row.save()
    after = {"name": row.name, "code": row.code, "unit": row.unit, "prices": row.prices}
    change.record("product.added", row, after=after)
    return {"id": row.pk, "version": row.version}


@action("product.update", "修改产品", "change a product")
def update_product(
    change: Change,
    product_id: int,
    *,
    version: int,
    code: str,
    name: str,
    unit: str,
    prices: Mapping[str, int],
    note: str = "",
    retired: bool = False,
) -> Reply:
    """Another name or price, sold no more or again; old deals and quotations keep what they said."""
    rows = Product.objects.filter(org_id=change.actor.org_id)
    row = rows.select_for_update().filter(pk=product_id).first()
    if row is None:
        raise NotFound()
    if row.version != version:
        raise Conflict(f"有人刚改过“{row.name}”，先看看再改", f"“{row.name}” has just been changed; look at it first",
                       extra={"version": row.version})  # fmt: skip
    before = _told(row)
    _fill(change, row, code=code, name=name, unit=unit, prices=prices, note=note)
    if retired != (row.retired_at is not None):
        row.retired_at = change.now if retired else None
    after = _told(row)
    if before != after:
        row.version += 1
        row.save()
        changed = [key for key in after if after[key] != before[key]]
        told = {"name": row.name, **{key: after[key] for key in changed}}
        change.record("product.updated", row, before={key: before[key] for key in changed}, after=told)
    return {"id": row.pk, "version": row.version}


def _told(row: Product) -> dict[str, Any]:
    return {"code": row.code, "name": row.name, "unit": row.unit, "prices": dict(row.prices), "note": row.note,
            "retired": row.retired_at is not None}  # fmt: skip


def _fill(
    change: Change, row: Product, *, code: str, name: str, unit: str, prices: Mapping[str, int], note: str
) -> None:
    for slug, value, zh, en in (("code", code, "产品编号", "The code"), ("name", name, "产品名称", "The name"),
                                ("unit", unit, "单位", "The unit")):  # fmt: skip
        if not value.strip():
            raise Invalid(f"{zh}没有填", f"{en} is missing", field=slug)
    taken = Product.objects.filter(org_id=change.actor.org_id, code=code.strip()).exclude(pk=row.pk)
    if taken.exists():
        raise Conflict(
            f"已经有编号为“{code}”的产品", f"There is a product “{code}” already", field="code", code="taken"
        )
    for currency, price in prices.items():
        if currency not in CURRENCIES:
            raise Invalid(f"没有“{currency[:10]}”这个币种", f"No such currency: “{currency[:10]}”", field="prices")
        if not 0 <= price <= MOST_MONEY:
            raise Invalid(f"{currency} 的目录价不是金额", f"The list price in {currency} is no amount", field="prices")
    row.code, row.name, row.unit, row.note = code.strip(), name.strip(), unit.strip(), note.strip()
    row.prices = {currency: prices[currency] for currency in CURRENCIES if currency in prices}
    row.updated_at, row.updated_by_id = change.now, change.actor.member_id
