"""Why a row stands on the list, in the words a colleague would use (design-daily §7)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from genjin.lib.due import is_overdue, late_by, span

Saying = dict[str, dict[str, str]]


def say(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def why_due(row: dict[str, Any], now: datetime, zone: ZoneInfo) -> Saying:
    """`why` (when) and `why_detail` (what makes it due) of an agenda row."""
    due, local = row["due_at"].astimezone(zone), now.astimezone(zone)
    return {"why": _when(row, due, local, now), "why_detail": _because(row)}


def _when(row: dict[str, Any], due: datetime, local: datetime, now: datetime) -> dict[str, str]:
    if is_overdue(row["due_at"], now):
        return say(*late_by(row["due_at"], row["precision"], now, due.tzinfo))  # type: ignore[arg-type]
    days = (due.date() - local.date()).days
    by_day = row["precision"] == "day"
    if days == 0:
        return say("今天内", "today") if by_day else say(f"{due:%H:%M}", f"{due:%H:%M}")
    if days == 1:
        return say("明天", "tomorrow") if by_day else say(f"明天 {due:%H:%M}", f"tomorrow {due:%H:%M}")
    zh, en = span(row["due_at"] - now)
    return say(f"剩 {zh}", f"{en} left")


def _because(row: dict[str, Any]) -> dict[str, str]:
    if row["goal"]:
        return say(row["goal"], row["goal"])
    return {
        "next_try": say("上次没联系上", "not reached last time"),
        "mend": say("审核退回", "returned by the reviewer"),
        "takeup": say("新分给你的客户", "a customer newly given to you"),
        "claim": say("从公海领来，还没联系过", "claimed, not contacted yet"),
        "help": say("同事之间的求助", "a request between colleagues"),
        "objection": say("客户的异议", "an objection of the customer"),
        "contract_draft": say("客户同意购买", "the customer agreed to buy"),
        "payment": say("合同的付款计划", "the payment plan of a contract"),
        "renewal": say("服务快到期", "the service ends soon"),
        "delivery": say("成交后的客户交接", "the hand-over of a won customer"),
        "complaint": say("客户的投诉", "a complaint of the customer"),
        "survey": say("到时间问满意度", "time to ask how content they are"),
        "complaint_ask": say("投诉处理完，等客户的话", "a solved complaint waits for the customer's word"),
        "handover": say("等你确认的交接", "a hand-over waits for you"),
        "node_limit": say("阶段的时限", "the limit of the stage"),
        "cadence": say("按联系节奏", "by the cadence"),
        "task": say("自己加的待办", "own to-do"),
    }.get(row["kind"], say("上次记录里答应的", "promised in the last record"))


def why_silent(row: dict[str, Any], days: int, cadence: int) -> Saying:
    """Why a customer counts as silent, and what to do about it."""
    intent = row["intent_class"]
    allowed = say(
        f"{intent + ' 类 ' if intent else ''}{cadence} 天一次",
        f"{'class ' + intent + ', ' if intent else ''}every {cadence} days",
    )
    if row["next_due_at"] is None:
        extra = "，且没有下一步" if days > cadence else "，没有下一步"
        detail = say(allowed["zh"] + extra, allowed["en"] + ", no next step")
    else:
        detail = allowed
    head = say(f"{days} 天没联系", f"{days} days silent") if days > 0 else say("没有下一步", "no next step")
    act = say("重新联系，定一个下一步", "make contact and set a next step")
    return {"why": head, "why_detail": detail, "act": act["zh"], "act_en": act["en"]}  # type: ignore[dict-item]
