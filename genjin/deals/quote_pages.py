"""A quotation as PDF, as it goes to the customer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from genjin.access.actor import Actor
from genjin.access.fields import reads
from genjin.deals.lines import percent_of
from genjin.deals.models import Quotation
from genjin.deals.quote_queries import one
from genjin.deals.rules import number_of
from genjin.documents.quotation import Offer, quotation_pdf
from genjin.lib.errors import Conflict, Forbidden
from genjin.lib.money_capitals import capitals
from genjin.orgs.models import Organisation

_WORDS = {
    "zh": {"title": "报价单", "no": "编号", "day": "日期", "until": "有效期至", "by": "联系人", "currency": "币种",
           "subtotal": "小计", "discount": "优惠 {p}%", "total": "合计", "words": "人民币（大写）：{w}",
           "terms": "说明",
           "made": "{name} 制于 {at}", "signs": ("报价方（盖章）", "客户确认（签字）")},
    "en": {"title": "Quotation", "no": "No.", "day": "Date", "until": "Valid until", "by": "Contact",
           "currency": "Currency", "subtotal": "Subtotal", "discount": "Discount {p}%", "total": "Total", "words": "",
           "terms": "Terms", "made": "made by {name} on {at}", "signs": ("Seller", "Accepted by")},
}  # fmt: skip
_HEAD = {
    "zh": ("序号", "产品", "单位", "数量", "单价", "折扣", "金额"),
    "en": ("#", "Product", "Unit", "Quantity", "Price", "Off", "Amount"),
}
_HELD = {
    "waiting": ("折扣还在审批，批了再发给客户", "Its discount is being approved; send it once that is done"),
    "refused": ("折扣没有批，改一版再发", "Its discount was not approved; write another edition"),
}


def quotation_file(actor: Actor, quotation_id: int, *, language: str, now: datetime) -> tuple[str, bytes]:
    """Number and PDF; 409 while its discount is not approved."""
    row = one(actor, quotation_id)
    if not reads(actor, "quotation.total"):
        raise Forbidden("金额你不能看，导不出报价单", "You may not read amounts, so there is no file for you")
    if row.state in _HELD:
        raise Conflict(*_HELD[row.state], code=row.state)
    return number_of(row.number, row.edition), quotation_pdf(_offer(actor, row, language, now))


def _offer(actor: Actor, row: Quotation, language: str, now: datetime) -> Offer:
    words: dict[str, Any] = _WORDS[language]
    number, zone = number_of(row.number, row.edition), actor.zone
    made = row.created_at.astimezone(zone).date().isoformat()
    subtotal = sum(int(each["amount"]) for each in row.lines)
    sums = [(words["subtotal"], figure(subtotal))] if row.discount else []
    if row.discount:
        sums.append((words["discount"].format(p=percent_of(row.discount)), f"−{figure(subtotal - row.total)}"))
    sums.append((words["total"], f"{row.currency} {figure(row.total)}"))
    chinese = language == "zh" and row.currency == "CNY"
    return Offer(
        lang=language,
        title=words["title"],
        number=number,
        seller=Organisation.objects.get(pk=row.org_id).name,
        buyer=row.customer.name,
        facts=[
            (words["no"], number),
            (words["day"], made),
            (words["by"], row.created_by.name if row.created_by else actor.name),
            (words["until"], row.valid_until.isoformat()),
        ],
        head=_HEAD[language],
        rows=[_row(at, each) for at, each in enumerate(row.lines, start=1)],
        sums=sums,
        words=words["words"].format(w=capitals(row.total)) if chinese else "",
        terms_title=words["terms"],
        terms=[each for each in row.terms.splitlines() if each.strip()],
        signs=words["signs"],
        foot=words["made"].format(name=actor.name, at=f"{now.astimezone(zone):%Y-%m-%d %H:%M}"),
    )


def _row(at: int, line: dict[str, Any]) -> list[str]:
    name = f"{line['name']}（{line['code']}）" if line["code"] else line["name"]
    off = f"{line['discount']}%" if line["discount"] != "0" else "—"
    return [str(at), name, line["unit"], line["quantity"], figure(line["price"]), off, figure(line["amount"])]


def figure(minor: int) -> str:
    """12800000 → 128,000.00"""
    return f"{minor // 100:,}.{minor % 100:02}"
