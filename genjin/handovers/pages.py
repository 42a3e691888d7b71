"""The proof of a hand-over as PDF, and the brief of one customer as Word or PDF (N8, R-016)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from genjin.access.actor import Actor
from genjin.customers.proof import shown
from genjin.documents.onepage import Closing, PageSection, RecordPage, Row, one_page_pdf
from genjin.documents.word import pages_docx
from genjin.handovers.queries import _receivers, find, of_customer
from genjin.lib.date_words import time_words
from genjin.lib.errors import Conflict
from genjin.orgs.models import Organisation

_WORDS = {
    "zh": {"proof": "交接证明", "brief": "交接说明", "giver": "交出方", "to": "接收方", "reason": "原因",
           "day": "生效日", "at": "完成于", "by": "放行", "before": "交接前 = 交接后", "sum": "校验",
           "agreed": "确认", "not": "没有确认", "made": "{name} 导出于 {at}", "records": "由 {n} 条记录生成",
           "customer": "客户", "note": "没写进系统的事", "undone": "（已整体撤回）"},
    "en": {"proof": "Proof of hand-over", "brief": "Hand-over brief", "giver": "From", "to": "To", "reason": "Reason",
           "day": "In force", "at": "Done", "by": "Released by", "before": "Before = after", "sum": "Checksum",
           "agreed": "Confirmed", "not": "not confirmed", "made": "exported by {name} on {at}",
           "records": "from {n} records", "customer": "Customer", "note": "What stands in no record",
           "undone": " (undone)"},
}  # fmt: skip
_SECTIONS = {
    "decides": ("谁拍板", "Who decides"),
    "ours": ("我们答应的", "What we promised"),
    "objections": ("没解开的异议", "Open objections"),
    "next": ("下一次", "Next time"),
    "known": ("别再问", "Do not ask again"),
    "manner": ("相处", "How to deal with them"),
}


def proof_pdf(actor: Actor, pk: int, *, language: str, now: datetime) -> bytes:
    """Counts before and after by kind, the checksum and who agreed when; 409 before the release."""
    handover, words = find(actor, pk), _WORDS[language]
    if not handover.proof or handover.released_at is None:
        raise Conflict("放行以后才有交接证明", "There is a proof once it is released", code="state")
    receivers = _receivers([handover.pk]).get(handover.pk, [])
    place = language == "en"
    proof = shown(handover.proof)
    rows = [
        Row(each["en" if place else "zh"],
            [f"{each['before']} = {each['after']}" + (f"　{each['note'][language]}" if each["note"][language] else "")],
            wide=False)
        for each in proof["rows"]
    ]  # fmt: skip
    agreed = [(handover.giver.name, handover.giver_at), *((each["name"], each["confirmed_at"]) for each in receivers)]
    facts = [
        (words["giver"], handover.giver.name),
        (words["to"], "、".join(each["name"] for each in receivers)),
        (words["day"], handover.effective_on.isoformat()),
        (
            words["at"],
            _at(actor, handover.released_at, place) + (words["undone"] if handover.state == "undone" else ""),
        ),
        (words["by"], handover.released_by.name if handover.released_by else ""),
        (words["reason"], handover.reason or "-"),
    ]
    page = RecordPage(
        words["proof"],
        f"{handover.many} {words['customer']}",
        facts,
        [PageSection("", words["before"], rows), PageSection("", words["sum"], [Row("SHA-256", [proof["checksum"]])])],
        [Closing(words["agreed"], [f"{name}：{_at(actor, at, place) if at else words['not']}" for name, at in agreed])],
    )
    return one_page_pdf([page], **_frame(actor, words, words["proof"], language, now))


def brief_file(
    actor: Actor, pk: int, customer_id: int, *, form: str, language: str, now: datetime
) -> tuple[str, bytes]:
    """The name of the customer and the brief as the reader may read it (`form` docx, pdf)."""
    told, words = of_customer(actor, pk, customer_id, now=now), _WORDS[language]
    place = language == "en"
    sections = [
        PageSection("", _SECTIONS[each["key"]][place], [Row("", [_line(actor, item, place) for item in each["items"]])])
        for each in told["sections"]
    ]
    if told["note"]:
        sections.append(PageSection("", words["note"], [Row("", [told["note"]])]))
    facts = [(words["to"], told["to"]["name"]), ("", words["records"].format(n=told["records"]))]
    page = RecordPage(told["name"] or words["brief"], words["brief"], facts, sections)
    make = pages_docx if form == "docx" else one_page_pdf
    return told["name"], make([page], **_frame(actor, words, told["name"] or words["brief"], language, now))


def _line(actor: Actor, item: dict[str, Any], english: bool) -> str:
    text = item["fields"]["en" if english else "zh"] if "fields" in item else item["text"]
    at = item["at"]
    when = ""
    if isinstance(at, datetime):
        when = time_words(at.astimezone(actor.zone), item["precision"] or "day", None)[english] + " "
    detail = f"（{item['detail']}）" if item["detail"] else ""
    return f"{when}{text}{detail}"


def _at(actor: Actor, at: datetime, english: bool) -> str:
    return time_words(at.astimezone(actor.zone), "minute", None)[english]


def _frame(actor: Actor, words: dict[str, str], title: str, language: str, now: datetime) -> dict[str, str]:
    org = Organisation.objects.get(pk=actor.org_id).name
    made = words["made"].format(name=actor.name, at=_at(actor, now, language == "en"))
    return {"language": language, "title": title, "author": actor.name, "foot": f"{org} · {made}"}
