"""Contracts, their money and the hand-over list as record types."""

from __future__ import annotations

from django.db.models import Q

from genjin.contracts.models import HELD, Contract, Delivery, Instalment, Payment
from genjin.customers.models import LIVING
from genjin.customers.proof import Kind, hangs_on
from genjin.schema.registry import Field, RecordType, Restore, Scope, register

CONTRACT = register(
    RecordType(
        "contract",
        "合同",
        "contract",
        Contract,
        Scope(via="customer", mine=("owner_id",)),
        (
            Field("title", "合同名称", "Title", "text", required=True, list=True),
            Field("number", "合同编号", "Number", "text", list=True, filter=True, told_in="followup.contract_number"),
            Field("amount", "合同金额", "Amount", "money", list=True, filter=True, told_in="followup.amount"),
            Field("signed_on", "签约日期", "Signed on", "date", list=True, filter=True, told_in="followup.signed_on"),
            Field(
                "delivery_period", "交付周期", "Delivery period", "text", list=True, told_in="followup.delivery_period"
            ),
            Field("service_from", "服务开始", "Service from", "date", list=True),
            Field("service_to", "服务到期", "Service until", "date", list=True, filter=True),
            Field("payment_method", "付款方式", "Payment", "option", options="payment_method", list=True, filter=True),
            Field("payment_terms", "付款条件", "Payment terms", "text", list=True, told_in="followup.payment_terms"),
            Field("terms", "其他条款", "Other terms", "longtext", list=True),
            Field("owner", "负责人", "Owner", "member", column="owner_id", list=True),
        ),
        restore=Restore(name="title"),
        counted=Q(state__in=("draft", "in_review", "approved", "signed")),
    )
)
INSTALMENT = register(
    RecordType(
        "instalment", "分期", "instalment", Instalment, Scope(via="customer"),
        (
            Field("what", "款项", "What for", "text"),
            Field("due_on", "应收日期", "Due on", "date"),
            Field("amount", "应收金额", "Amount", "money", told_in="contract.amount"),
        ),
        restore=Restore(name="what"),
    )
)  # fmt: skip
PAYMENT = register(
    RecordType(
        "payment", "回款", "payment", Payment, Scope(via="customer"),
        (
            Field("received_on", "到账日期", "Received on", "date"),
            Field("amount", "到账金额", "Amount", "money", told_in="contract.amount"),
            Field("note", "备注", "Note", "text"),
        ),
        restore=Restore(name="note"),
    )
)  # fmt: skip
DELIVERY = register(
    RecordType(
        "delivery", "客户交接清单", "hand-over list", Delivery, Scope(via="customer", mine=("receiver_id",)),
        (
            Field("needs", "需求背景", "Need background", "longtext", required=True, told_in="need.text need.kind"),
            Field("special", "特殊要求", "Special requirements", "longtext", required=True, told_in="customer.special"),
            Field("service", "后续服务对接人", "Later service contact", "longtext", required=True,
                  told_in="contact.name contact.title"),
            Field("people", "联系人和角色", "People and their parts", "longtext",
                  told_in="contact.name contact.title contact.decision_role"),
            Field("promises", "答应客户的事", "What we promised", "longtext", told_in="agenda.act"),
            Field("open_items", "未了事项", "Open items", "longtext", told_in="help.question"),
            Field("objections", "没解开的异议", "Open objections", "longtext", told_in="followup.objections"),
            Field("remarks", "其他说明", "Remarks", "longtext"),
        ),
        restore=Restore(name=""),
    )
)  # fmt: skip

hangs_on(
    Kind("contract", "合同", "Contracts", Contract, HELD, place=9, holder="owner_id",
         fixed=("created_by_id", "state", "number", "amount", "signed_on", "service_to", "received"),
         note=("合同和审批照旧", "contracts and approvals stay"))
)  # fmt: skip
hangs_on(Kind("instalment", "分期", "Instalments", Instalment, fixed=("contract_id", "due_on", "amount"), place=10))
hangs_on(Kind("payment", "回款", "Payments", Payment, fixed=("contract_id", "received_on", "amount"), place=11))
hangs_on(
    Kind("delivery", "客户交接清单", "Hand-over lists", Delivery, Q(state="draft") & LIVING, place=12,
         holder="giver_id", fixed=("created_by_id", "receiver_id", "number"))
)  # fmt: skip
