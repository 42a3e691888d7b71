"""A contract as a Word file from the team's own template, or in the built-in layout; and as PDF. The hand-over list for
print. All of it under the field rights of whoever asks (R-159, R-155)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from genjin.access.actor import Actor
from genjin.access.fields import concealed, reads
from genjin.access.guard import unscoped
from genjin.contracts import queries
from genjin.contracts.models import Contract
from genjin.contracts.rules import TEXTS
from genjin.customers.models import LIVING, Contact
from genjin.documents.filled import filled
from genjin.documents.onepage import Closing, PageSection, RecordPage, Row, one_page_pdf
from genjin.documents.paper import Clause, Paper, Signature, paper_pdf
from genjin.documents.word import pages_docx
from genjin.files.models import StoredFile
from genjin.files.queries import content
from genjin.lib import moment
from genjin.lib.date_words import time_words
from genjin.lib.money_words import capitals, yuan
from genjin.orgs.models import Organisation
from genjin.schema.queries import label, options_of
from genjin.schema.registry import record_type

#: In the settings of the organisation: {"file_id", "name"}.
SETTING = "contract_template"
#: What a template may say, in this order on the screen.
PLACES = ("合同名称", "合同编号", "甲方", "乙方", "客户名称", "客户地址", "客户联系人", "我方名称", "合同金额",
          "金额大写", "签约日期", "交付周期", "服务开始", "服务到期", "服务期限", "付款方式", "付款条件", "付款计划",
          "其他条款", "负责人", "今天")  # fmt: skip
_BLANK = "＿＿＿＿＿＿"


def template_of(org_id: int) -> Mapping[str, Any] | None:
    settings = Organisation.objects.filter(pk=org_id).values_list("settings", flat=True).first() or {}
    found: Mapping[str, Any] | None = settings.get(SETTING)
    return found


def _day(day: date | None) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日" if day else ""


def _values(actor: Actor, row: Contract) -> dict[str, str]:
    """Every placeholder as the actor may read it; blank where nothing stands there."""
    terms = concealed(actor, "contract", {name: getattr(row, name) for name in queries.TERMS})
    options = options_of(actor.org_id, actor.config_version)
    customer = concealed(actor, "customer", {"name": row.customer.name, "address": row.customer.address})
    contact = unscoped(Contact, "step").filter(LIVING, customer=row.customer).order_by("-primary", "pk").first()
    person = concealed(actor, "contact", {"name": contact.name, "title": contact.title}) if contact else {}
    ours = Organisation.objects.get(pk=actor.org_id).name
    amount, method = terms["amount"], terms["payment_method"]
    begins, ends = terms["service_from"], terms["service_to"]
    period = f"{_day(begins)}至{_day(ends)}" if begins and ends else terms["service_period"]
    return {
        "合同名称": terms["title"],
        "合同编号": terms["number"],
        "甲方": customer["name"],
        "乙方": ours,
        "客户名称": customer["name"],
        "客户地址": customer["address"],
        "客户联系人": f"{person.get('title', '')} {person.get('name', '')}".strip(),
        "我方名称": ours,
        "合同金额": yuan(amount, row.currency) if amount is not None else "",
        "金额大写": capitals(amount) if amount is not None and row.currency == "CNY" else "",
        "签约日期": _day(terms["signed_on"]),
        "交付周期": terms["delivery_period"],
        "服务开始": _day(begins),
        "服务到期": _day(ends),
        "服务期限": period,
        "付款方式": label(options, "payment_method", method) if method else "",
        "付款条件": terms["payment_terms"],
        "付款计划": "\n".join("　".join(each) for each in _plan(actor, row)),
        "其他条款": terms["terms"],
        "负责人": row.owner.name if row.owner else "",
        "今天": _day(moment.now().astimezone(actor.zone).date()),
    }


def _plan(actor: Actor, row: Contract) -> list[tuple[str, str, str, str]]:
    """第几期, what for, by which day, how much."""
    if not reads(actor, "contract.amount", "instalment.amount"):
        return []
    money = queries.money(actor, row)
    return [
        (f"第 {each['position']} 期", each["what"] or "", _day(each["due_on"]), yuan(each["amount"], row.currency))
        for each in money["plan"]
    ]


def contract_file(actor: Actor, pk: int, *, form: str) -> tuple[str, bytes]:
    """Its name and the file: `docx` from the team's template, where it has one; else the built-in layout."""
    row = queries.find(actor, pk)
    values = _values(actor, row)
    name = " ".join(each for each in (values["合同编号"], values["合同名称"] or "合同") if each)
    template = template_of(actor.org_id) if form == "docx" else None
    if template:
        file = unscoped(StoredFile, "step").filter(org_id=actor.org_id, pk=template["file_id"]).first()
        if file is not None:
            return name, filled(content(file), values)
    if form == "docx":
        return name, pages_docx([_page(values, row)], language="zh", title=name, author=actor.name, foot=_foot(actor))
    return name, paper_pdf(_paper(actor, values, row), language="zh", author=actor.name, foot=_foot(actor))


def _foot(actor: Actor) -> str:
    org = Organisation.objects.get(pk=actor.org_id).name
    return f"{org} · {actor.name} 导出于 {time_words(moment.now().astimezone(actor.zone), 'minute', None)[0]}"


def _money_words(values: Mapping[str, str]) -> str:
    if not values["合同金额"]:
        return _BLANK
    return values["合同金额"] + (f"（大写：{values['金额大写']}）" if values["金额大写"] else "")


def _rows(values: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(name, values[name] or _BLANK) for name in ("交付周期", "服务期限", "付款方式", "付款条件")]


def _paper(actor: Actor, values: Mapping[str, str], row: Contract) -> Paper:
    plan = _plan(actor, row)
    clauses = [
        Clause("一、合同内容", [("合同金额", _money_words(values)), *_rows(values)]),
        Clause("二、付款计划", table=[("期次", "款项", "应付日期", "金额"), *plan]) if plan else None,
        Clause("其他条款", texts=[each for each in values["其他条款"].split("\n") if each.strip()])
        if values["其他条款"]
        else None,
    ]
    lines = ("盖章", "代表签字", "日期")
    numerals = iter("一二三四五")
    found = [
        Clause(f"{next(numerals)}、{each.title.split('、')[-1]}", each.rows, each.table, each.texts)
        for each in clauses
        if each is not None
    ]
    return Paper(
        title=values["合同名称"] or "合同",
        number=f"编号：{values['合同编号']}" if values["合同编号"] else "",
        parties=[("甲方", values["甲方"] or _BLANK), ("乙方", values["乙方"])],
        sections=found,
        signatures=[Signature("甲方", values["甲方"], lines), Signature("乙方", values["乙方"], lines)],
    )


def _page(values: Mapping[str, str], row: Contract) -> RecordPage:
    pairs = [("合同金额", _money_words(values)), *_rows(values)]
    sections = [PageSection("一、", "合同内容", [Row(name, [words]) for name, words in pairs])]
    for name in ("付款计划", "其他条款"):
        if values[name]:
            sections.append(PageSection("", name, [Row("", values[name].split("\n"))]))
    facts = [(name, values[name] or _BLANK) for name in ("甲方", "乙方", "合同编号", "签约日期")]
    closing = [Closing(side, ["盖章：", "代表签字：", "日期："]) for side in ("甲方", "乙方")]
    return RecordPage(values["合同名称"] or "合同", "合同", facts, sections, closing)


def delivery_file(actor: Actor, pk: int, *, form: str) -> tuple[str, bytes]:
    """The hand-over list for print, with who has confirmed which version."""
    shown = queries.delivery(actor, pk)
    kind = record_type("delivery")
    texts = {each["slug"]: each["text"] for each in shown["texts"]}
    rows = [
        Row(kind.by_slug[slug].zh, [line for line in texts[slug].split("\n") if line.strip()])
        for slug in TEXTS
        if texts.get(slug)
    ]
    meeting = shown["meeting_at"]
    facts = [
        ("客户", shown["customer"]["name"]),
        ("合同", shown["contract"]["title"]),
        ("版本", f"第 {shown['number']} 版"),
        ("交接会", time_words(meeting.astimezone(actor.zone), "minute", None)[0] if meeting else "还没定"),
    ]
    closing = [
        Closing(f"{said}：{_side_name(shown, side)}", [f"{_agreed(actor, shown, side)}　签字：＿＿＿＿＿＿"])
        for side, said in (("giver", "交出"), ("receiver", "接收"))
    ]
    name = f"{shown['customer']['name']} 客户交接清单".strip()
    page = RecordPage("客户交接清单", shown["customer"]["name"], facts, [PageSection("", "交接内容", rows)], closing)
    make = pages_docx if form == "docx" else one_page_pdf
    return name, make([page], language="zh", title=name, author=actor.name, foot=_foot(actor))


def _side_name(shown: Mapping[str, Any], side: str) -> str:
    member = shown[side]["member"]
    return str(member["name"]) if member else "还没定"


def _agreed(actor: Actor, shown: Mapping[str, Any], side: str) -> str:
    if shown[side]["seen"] != shown["number"] or shown[side]["at"] is None:
        return "没有确认"
    return f"{time_words(shown[side]['at'].astimezone(actor.zone), 'minute', None)[0]} 确认第 {shown['number']} 版"


def template(actor: Actor) -> dict[str, Any]:
    """What the team's template is, and what one may say."""
    found = template_of(actor.org_id)
    return {
        "name": found["name"] if found else "",
        "places": list(PLACES),
        "can": {"set": actor.may("org.contract_template")},
    }
