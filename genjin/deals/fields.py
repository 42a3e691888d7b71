"""Deals, quotations and products as record types."""

from __future__ import annotations

from genjin.customers.models import LIVING
from genjin.customers.proof import Kind, hangs_on
from genjin.deals.models import STILL_OPEN, Deal, Product, Quotation
from genjin.schema.paging import Order
from genjin.schema.registry import Field, Lists, RecordType, Restore, Scope, register

DEAL = register(
    RecordType(
        "deal",
        "商机",
        "deal",
        Deal,
        Scope(via="customer", mine=("owner_id",)),
        (
            Field("title", "商机名称", "Deal", "text", required=True, list=True, filter=True),
            Field("stage", "商机阶段", "Stage", "option", options="deal_stage", list=True, filter=True),
            Field("amount", "预计金额", "Amount", "money", list=True, sort=True, filter=True,
                  told_in="customer.amount"),
            Field("currency", "币种", "Currency", "text", filter=True),
            Field("probability", "赢率", "Probability", "number", list=True, filter=True, help_zh="0–100",
                  help_en="0–100"),
            Field("expected_close", "预计成交", "Expected close", "date", required=True, list=True, sort=True,
                  filter=True),
            Field("owner", "负责人", "Owner", "member", column="owner_id", list=True, filter=True, read_only=True),
            Field("lines", "产品", "Products", "lines", part=True, told_in="customer.amount"),
            Field("competitors", "竞争对手", "Competitors", "text", told_in="customer.competitors"),
            Field("state", "状态", "State", "option", options="deal_state", list=True, filter=True, read_only=True),
            Field("reason", "赢单或输单原因", "Reason", "text", read_only=True),
            Field("reason_text", "原因说明", "Reason in words", "text", read_only=True),
            Field("closed_on", "关闭日期", "Closed on", "date", filter=True, read_only=True),
            Field("slips", "推迟次数", "Times put off", "number", filter=True, read_only=True),
            Field("created_at", "创建时间", "Created", "datetime", filter=True, read_only=True),
        ),
        restore=Restore(name="title", made="deal.opened"),
        lists=Lists(
            sorts={
                "expected_close": Order("expected_close"),
                "-expected_close": Order("expected_close", descending=True),
                "-amount": Order("amount", descending=True, nullable=True, of=int),
                "-created": Order("id", descending=True, tells=("created_at",), of=int),
            },
            bases={"mine": ("state",), "open": ("state",), "month": ("state", "expected_close"),
                   "late": ("state", "expected_close"), "won": ("state",), "lost": ("state",)},
            columns=("customer",),
            boards=("stage",),
        ),
        counted=STILL_OPEN,
    )
)  # fmt: skip

QUOTATION = register(
    RecordType(
        "quotation",
        "报价",
        "quotation",
        Quotation,
        Scope(via="customer"),
        (
            Field("lines", "产品", "Products", "lines", part=True, told_in="customer.amount"),
            Field("currency", "币种", "Currency", "text"),
            Field("total", "报价合计", "Total", "money", read_only=True, told_in="customer.amount"),
            Field("list_total", "目录价合计", "By the price list", "money", read_only=True, told_in="customer.amount"),
            Field("valid_until", "有效期至", "Valid until", "date", required=True),
            Field("terms", "说明", "Terms", "longtext"),
        ),
        restore=Restore(name="number", made="quotation.made", along=True),
    )
)

#: No row of customers: nobody is limited to some of them.
PRODUCT = register(RecordType("product", "产品", "product", Product, Scope(owner=None, department=None)))

hangs_on(
    Kind("deal", "没关的商机", "Open deals", Deal, STILL_OPEN, place=9, holder="owner_id",
         fixed=("created_by_id", "created_at", "stage", "amount", "currency", "expected_close", "state"),
         note=("阶段和金额不变", "stage and amount stay"))
)  # fmt: skip
hangs_on(
    Kind("quotation", "报价", "Quotations", Quotation, LIVING, place=10,
         fixed=("created_by_id", "deal_id", "followup_id", "number", "edition", "total", "state"))
)  # fmt: skip
