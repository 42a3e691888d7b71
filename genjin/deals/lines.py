"""Lines of products and their sums, exact: integers of the minor unit and Decimal, never a float. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from genjin.lib.errors import Invalid

#: The largest amount kept, as for customers (`schema/clean.py`).
MOST_MONEY = 10**15
MOST_LINES = 200
_MOST_QUANTITY = Decimal(10**9)
_WHOLE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Line:
    """`list` is the list price of that day, None for what stands on no price list; `amount` after its discount."""

    product_id: int | None
    code: str
    name: str
    unit: str
    quantity: str
    list: int | None
    price: int
    discount: str
    amount: int


@dataclass(frozen=True, slots=True)
class Offered:
    """What a product costs on the list, as lines need it."""

    id: int
    code: str
    name: str
    unit: str
    prices: Mapping[str, int]
    retired: bool


@dataclass(frozen=True, slots=True)
class Sums:
    """By the price list, after all discounts, and how far below the list in hundredths of a percent."""

    list_total: int
    subtotal: int
    total: int
    percent: int


def kept(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """As they lie in a row."""
    return [asdict(each) for each in lines]


def lines_of(
    sent: Sequence[Mapping[str, Any]],
    products: Mapping[int, Offered],
    currency: str,
    known: frozenset[int] = frozenset(),
) -> list[Line]:
    """Checked lines with their amounts; `Invalid` names the row. `known`: retired products that stood there before."""
    if len(sent) > MOST_LINES:
        raise Invalid(f"最多 {MOST_LINES} 行产品", f"At most {MOST_LINES} lines of products", field="lines")
    found = [_line(at, each, products, currency, known) for at, each in enumerate(sent)]
    if sum(each.amount for each in found) > MOST_MONEY:
        raise Invalid("合计太大，核对数量和单价", "The sum is too large; check quantities and prices", field="lines")
    return found


def _line(
    at: int, sent: Mapping[str, Any], products: Mapping[int, Offered], currency: str, known: frozenset[int]
) -> Line:
    pk = sent.get("product_id")
    product = products.get(pk) if pk is not None else None
    if pk is not None and product is None:
        raise _wrong(at, "product_id", "没有这个产品", "there is no such product")
    if product is not None and product.retired and product.id not in known:
        raise _wrong(at, "product_id", f"“{product.name}”已停售", f"“{product.name}” is sold no more")
    name = str(sent.get("name") or (product.name if product else "")).strip()
    if not name:
        raise _wrong(at, "name", "选一个产品，或写下名称", "choose a product or write its name")
    listed = product.prices.get(currency) if product else None
    price = sent.get("price")
    if price is None:
        price = listed
    if price is None:
        raise _wrong(
            at,
            "price",
            f"“{name}”没有 {currency} 的目录价，填上单价",
            f"“{name}” has no list price in {currency}; give one",
        )
    if not isinstance(price, int) or not 0 <= price <= MOST_MONEY:
        raise _wrong(at, "price", "单价不是金额", "the price is no amount")
    quantity = _number(at, "quantity", sent.get("quantity", 1), "数量要大于 0，最多三位小数",
                       "the quantity must be above 0 with three decimals at most", Decimal(0), _MOST_QUANTITY,
                       3)  # fmt: skip
    if not quantity:
        raise _wrong(at, "quantity", "数量要大于 0", "the quantity must be above 0")
    discount = _number(at, "discount", sent.get("discount") or 0, "折扣是 0 到 100 之间的百分数，最多两位小数",
                       "the discount is a percentage of 0 to 100 with two decimals at most", Decimal(0), Decimal(100),
                       2)  # fmt: skip
    amount = rounded(quantity * price * (100 - discount) / 100)
    unit = str(sent.get("unit") or (product.unit if product else "")).strip()
    return Line(
        product.id if product else None, product.code if product else "", name[:120], unit[:20], plain(quantity),
        listed, price, plain(discount), amount,
    )  # fmt: skip


def _number(at: int, slug: str, value: Any, zh: str, en: str, least: Decimal, most: Decimal, places: int) -> Decimal:
    found = decimal_of(value, places)
    if found is None or not least <= found <= most:
        raise _wrong(at, slug, zh, en)
    return found


def decimal_of(value: Any, places: int) -> Decimal | None:
    """A number as it was written, None for what is none or has more decimals. 0.1 of JSON is the tenth."""
    if isinstance(value, bool):
        return None
    try:
        found = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    if not found.is_finite() or abs(found) > Decimal(10**15):
        return None
    return found if found == round(found, places) else None


def _wrong(at: int, slug: str, zh: str, en: str) -> Invalid:
    return Invalid(f"第 {at + 1} 行：{zh}", f"Line {at + 1}: {en}", field=f"lines.{at}.{slug}")


def rounded(value: Decimal) -> int:
    """To the minor unit, a half away from zero, as invoices do."""
    return int(value.quantize(_WHOLE, rounding=ROUND_HALF_UP))


def plain(value: Decimal) -> str:
    """`12.50` → `12.5`, `100` → `100`."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def total_of(lines: Sequence[Line]) -> int:
    return sum(each.amount for each in lines)


def sums_of(lines: Sequence[Line], discount: int) -> Sums:
    """`discount`: of the whole, in hundredths of a percent. What stands on no list counts with its price."""
    listed = sum(rounded(Decimal(each.quantity) * max(each.price, each.list or 0)) for each in lines)
    subtotal = total_of(lines)
    total = rounded(Decimal(subtotal) * (10_000 - discount) / 10_000)
    percent = rounded(Decimal(listed - total) * 10_000 / listed) if listed else 0
    return Sums(listed, subtotal, total, max(percent, 0))


def hundredths(value: Decimal) -> int:
    """A percentage as it is kept."""
    return int(value * 100)


def percent_of(value: int) -> str:
    """Hundredths of a percent as people read them: 1250 → 12.5."""
    return plain(Decimal(value) / 100)
