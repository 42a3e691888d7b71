"""The words of the board: how late something is by its own clock, and the evidence of a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from genjin.access.actor import Actor
from genjin.access.fields import reads, told
from genjin.customers.queries import told_words
from genjin.lib.calendar import WorkCalendar
from genjin.lib.due import late_by
from genjin.lib.time_limits import Clock, elapsed
from genjin.notify.rules import short, when

#: So much of what was said last is quoted.
QUOTED = 24


class Words(NamedTuple):
    """One phrase in both languages."""

    zh: str
    en: str

    def as_json(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en}


def late_words(item: Any, clock: Clock | None, now: datetime, calendar: WorkCalendar, zone: ZoneInfo) -> Words:
    """超 2 工作日, 超 1 自然日, 超时 44 分钟: in the unit that the limit is counted in (R-111)."""
    if clock in (Clock.WORKDAYS, Clock.DAYS):
        days = int(elapsed(item.due_at, now, clock, calendar))
        if days >= 1:
            unit, unit_en = ("工作日", "working day") if clock is Clock.WORKDAYS else ("自然日", "day")
            return Words(f"超 {days} {unit}", f"{days} {unit_en}{'s' * (days > 1)} over")
    zh, en = late_by(item.due_at, item.precision, now, zone)
    return Words(zh.replace("逾期", "超", 1), en.replace("overdue", "over"))


def evidence(actor: Actor, item: Any, block: Any, *, now: datetime, seen: bool) -> Words:
    """The fact behind the reason: a date, and who, as far as the actor may read it. `block` is the row that holds
    `item` up, or `item` itself."""
    since = when(block.created_at, "day", actor.zone)
    name = block.owner.name if block.owner and reads(actor, "agenda.owner") else ""
    match item.why:
        case "you":
            return Words(f"{since.zh}提交，等你", f"Since {since.en}")
        case "verdict":
            return Words(f"{since.zh}提交，等{name or '审批'}", f"Since {since.en}, with {name or 'whoever decides'}")
        case "help":
            return _asked(actor, block, since, name)
        case "answer":
            return Words(f"{since.zh}记下，等{name}答复", f"Noted {since.en}, with {name or 'whoever answers'}")
        case "solve":
            return Words(f"{since.zh}记下，等{name}处理", f"Noted {since.en}, with {name or 'whoever handles it'}")
        case "confirm":
            act, who = "确认" if item.kind == "handover" else "接手", name or "nobody"
            return Words(f"{since.zh}交出，{name or '对方'}还没{act}", f"Given {since.en}, with {who} to confirm")
        case "wait" | "late" | "none":
            return _next(actor, item, seen)
        case _:
            act = short(item.act, 2 * QUOTED)
            return Words(f"“{act}”没做完", f"“{act}” is not done")


def _asked(actor: Actor, block: Any, since: Any, name: str) -> Words:
    team = block.owner.department if block.owner else block.department
    place = team.name if team and reads(actor, "agenda.owner") else ""
    if block.owner_id is None:
        return Words(f"{since.zh}问{place or '部门'}，没有人接", f"Asked {since.en}, nobody in {place or 'it'} took it")
    who = " ".join(filter(None, (place, name)))
    return Words(f"{since.zh}提出，轮到{who or '对方'}", f"Asked {since.en}, with {who or 'whoever was asked'}")


def _next(actor: Actor, item: Any, seen: bool) -> Words:
    """What was agreed with the customer, else when somebody last spoke to it and what was said."""
    row = item.customer
    if item.why != "none" and row.next_due_at is not None:
        at = when(row.next_due_at, row.next_precision, actor.zone)
        act = short(row.next_act, QUOTED)
        if item.why == "wait":
            return Words(f"约了{at.zh}：{act}", f"Agreed for {at.en}: {act}")
        return Words(f"“{act}”，原定{at.zh}", f"“{act}” was due {at.en}")
    last = told(actor, "customer.last_contact_at", row.last_contact_at) if seen else None
    said = short(told_words(actor, row.last_words) or "", QUOTED) if seen else ""
    if last is None:
        hidden = not reads(actor, "customer.last_contact_at")
        return Words("", "") if hidden else Words("还没有联系过", "Never contacted")
    at = when(last, "day", actor.zone)
    quoted, quoted_en = (f"：“{said}”", f": “{said}”") if said else ("", "")
    return Words(f"上次联系{at.zh}{quoted}", f"Last contact {at.en}{quoted_en}")
