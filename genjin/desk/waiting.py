"""等我处理: what colleagues and files wait for, each with its number and where it leads."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count

from genjin.access.actor import Actor
from genjin.access.fields import reads, told
from genjin.access.visible import visible
from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.queries import whose
from genjin.agenda.rules import VERDICTS
from genjin.approvals import queries as approvals
from genjin.customers.models import Customer
from genjin.customers.queries import opens, view_condition
from genjin.desk.reasons import say
from genjin.exchange.models import ImportRun
from genjin.followups.queries import short_text

#: Further than this nobody counts.
MOST = 100
LEADS = frozenset({"department", "subtree", "all"})


def waiting_for(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """Rows {key, zh, en, count, note, link}; only those that have something. At most eight statements."""
    verdicts = [{**row, "capped": False, "note": row["note"] or say("", "")} for row in approvals.waiting(actor)]
    # New files that wait for a check are classed with it: they are not counted twice.
    checked = any(row["key"] == "files" for row in verdicts)
    unclassed = None if checked else _unclassed(actor, now)
    found = [*verdicts, *_asked(actor), _unassigned(actor), unclassed, _late_in_team(actor, now), _imports(actor)]
    return [row for row in found if row is not None]


def _row(key: str, label: tuple[str, str], count: int, note: dict[str, str], link: str) -> dict[str, Any] | None:
    if count == 0:
        return None
    zh, en = label
    return {"key": key, **say(zh, en), "count": min(count, MOST), "capped": count > MOST, "note": note, "link": link}


def _asked(actor: Actor) -> list[dict[str, Any] | None]:
    """Steps of colleagues' records that wait for me, and help that my department was asked for."""
    condition = whose(actor, "asked") | whose(actor, "department")
    rows = visible(actor, AgendaItem).filter(OPEN, condition).order_by("due_at", "id")
    columns = ("owner_id", "act", "customer__name", "created_by__name")
    found = list(rows.values(*columns)[: MOST + 1])
    mine = [row for row in found if row["owner_id"] is not None]
    ours = [row for row in found if row["owner_id"] is None]
    return [
        _row("asked", ("同事等我回话", "Colleagues wait for me"), len(mine), _first(actor, mine), "/agenda?view=asked"),
        _row(
            "help",
            ("找本部门帮忙", "Asked of my department"),
            len(ours),
            _first(actor, ours),
            "/agenda?view=department",
        ),
    ]


def _first(actor: Actor, rows: list[dict[str, Any]]) -> dict[str, str]:
    if not rows:
        return say("", "")
    by, act = rows[0]["created_by__name"] or "", short_text(told(actor, "agenda.act", rows[0]["act"]), 20)
    return say(f"{by}：{act}" if by else act, f"{by}: {act}" if by else act)


def _unassigned(actor: Actor) -> dict[str, Any] | None:
    """Customers that belong to nobody and that I may assign."""
    if not actor.may("customer.assign"):
        return None
    rows = visible(actor, Customer, act="change").filter(owner_id__isnull=True, pool_id__isnull=True)
    rows = rows.exclude(life_cycle="lost")
    names = list(rows.order_by("id").values_list("name", flat=True)[: MOST + 1])
    note = say(short_text(names[0], 20), short_text(names[0], 20)) if names else say("", "")
    label = ("待分配的客户", "Customers to assign")
    return _row("assign", label, len(names), note, "/assign?tab=waiting")


def _unclassed(actor: Actor, now: datetime) -> dict[str, Any] | None:
    """New customers whose class I confirm as their supervisor (R-122, R-175)."""
    if not actor.may("customer.class") or not opens(actor, "unclassed"):
        return None
    rows = visible(actor, Customer, act="change").filter(view_condition("unclassed", actor, now))
    found = list(rows.order_by("id").values("name", "created_at")[: MOST + 1])
    note = say("", "")
    if found and reads(actor, "customer.created_at"):
        day = found[0]["created_at"].astimezone(actor.zone)
        note = say(f"最早 {day.month}月{day.day}日建档", f"oldest of {day.day} {day:%b}")
    label = ("新客户待定级", "New customers to class")
    return _row("class", label, len(found), note, "/customers?view=unclassed")


def _late_in_team(actor: Actor, now: datetime) -> dict[str, Any] | None:
    """The overdue items of those I lead, with whom (R-080)."""
    if not LEADS & actor.grants.scope("customer", "see"):
        return None
    rows = visible(actor, AgendaItem).filter(OPEN, due_at__lte=now, owner__isnull=False).exclude(kind__in=VERDICTS)
    people = rows.exclude(owner_id=actor.member_id).order_by().values("owner__name").annotate(late=Count("id"))
    found = sorted(people, key=lambda row: (-row["late"], row["owner__name"]))
    total = sum(row["late"] for row in found)
    zh = "，".join(f"{row['owner__name']} {row['late']}" for row in found[:3])
    en = ", ".join(f"{row['owner__name']} {row['late']}" for row in found[:3])
    return _row("team", ("团队逾期", "Overdue in the team"), total, say(zh, en), "/agenda?view=team")


def _imports(actor: Actor) -> dict[str, Any] | None:
    """Take-overs of mine that stand still until I answer: columns to confirm, rows to look at."""
    rows = visible(actor, ImportRun).filter(owner_id=actor.member_id, state__in=("mapping", "checked"))
    found = list(rows.order_by("-id").values("id", "file__name", "state")[: MOST + 1])
    note, link = say("", ""), "/import"
    if found:
        name = short_text(found[0]["file__name"], 20)
        what = {"mapping": ("待确认列名", "columns to confirm"), "checked": ("待确认写入", "ready to take over")}
        zh, en = what[found[0]["state"]]
        note, link = say(f"{name}，{zh}", f"{name}: {en}"), f"/import/{found[0]['id']}"
    return _row("import", ("导入等你确认", "Imports wait for you"), len(found), note, link)
