"""The weekly check of the process: what should hold, and how far it does (R-114)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from genjin.access.actor import Actor
from genjin.access.fields import reads
from genjin.access.visible import visible, visible_by_key
from genjin.agenda.models import AgendaItem
from genjin.customers.models import UNCLASSED, Customer
from genjin.customers.queries import opens
from genjin.desk.meeting_delays import filed, opens_delays, written
from genjin.desk.stuck_kinds import KIND_OF, KINDS, standing
from genjin.followups.models import FollowUp

_CHECKS = {
    "timely": ("当天写下的跟进", "Records written within 24 h"),
    "filed": ("首次接触后 1 个工作日内建档", "Filed within a working day of the first contact"),
    "written": ("资料和需求变动 24 小时内录入", "Changes written down within 24 h"),
    "planned": ("在谈客户有下一步", "Active customers with a next step"),
    "classed": ("新客户已定级", "New customers classed"),
    "returned": ("退回的跟进已改好", "Returned records mended"),
    "nodes": ("节点都在时限内", "Nodes within their limits"),
    "objections": ("客户异议按时答复", "Objections answered in time"),
    "complaints": ("投诉按时处理", "Complaints solved in time"),
    "requests": ("求助按时回话", "Requests answered in time"),
    "reviewed": ("该审核的都审了", "Reviews given in time"),
    "handed": ("交接都确认了", "Hand-overs confirmed in time"),
    "contracts": ("合同、回款、续约按时办", "Contracts, payments and renewals in time"),
}
#: Tab of the board → check; the rows behind it are the tab.
_OF_BOARD = {"node": "nodes", "objection": "objections", "help": "requests", "review": "reviewed", "handover": "handed",
             "complaint": "complaints", "contract": "contracts"}  # fmt: skip
_LINKS = {check: f"/exceptions?kind={tab}" for tab, check in _OF_BOARD.items()}


def checks(actor: Actor, *, now: datetime, since: datetime) -> list[dict[str, Any]]:
    """Each with how many of how many are as they should be."""
    found = [*_of_records(actor, since), *_of_delays(actor, since), *_of_customers(actor), *_of_the_board(actor, now)]
    return [
        {"key": key, "zh": _CHECKS[key][0], "en": _CHECKS[key][1], "n": n, "of": total, "ok": n >= total,
         "link": _LINKS.get(key)}
        for key, n, total in found
    ]  # fmt: skip


def _of_records(actor: Actor, since: datetime) -> list[tuple[str, int, int]]:
    rows = visible(actor, FollowUp).filter(contact_at__gte=since, attempt="", historical=False)
    count = rows.aggregate(
        total=Count("id"), late=Count("id", filter=Q(late=True)), returned=Count("id", filter=Q(state="returned"))
    )
    total = count["total"]
    found = [("timely", total - count["late"], total)]
    if reads(actor, "followup.state"):
        found.append(("returned", total - count["returned"], total))
    return found


def _of_delays(actor: Actor, since: datetime) -> list[tuple[str, int, int]]:
    if not opens_delays(actor):
        return []
    return [("filed", *filed(actor, since)), ("written", *written(actor, since))]


def _of_customers(actor: Actor) -> list[tuple[str, int, int]]:
    rows = visible(actor, Customer).filter(paused=False, owner__isnull=False).exclude(life_cycle="lost")
    count = rows.aggregate(
        total=Count("id"),
        planned=Count("id", filter=Q(next_due_at__isnull=False)),
        fresh=Count("id", filter=Q(historical=False)),
        unclassed=Count("id", filter=UNCLASSED),
    )
    found = []
    if opens(actor, "silent"):
        found.append(("planned", count["planned"], count["total"]))
    if opens(actor, "unclassed"):
        found.append(("classed", count["fresh"] - count["unclassed"], count["fresh"]))
    return found


def _of_the_board(actor: Actor, now: datetime) -> list[tuple[str, int, int]]:
    """Of what could become an exception, how much is in time, tab by tab; by the very conditions of the board. One
    statement; the silent stand in `planned`."""
    rows = visible_by_key(actor, AgendaItem).filter(standing(actor)).order_by().values("kind")
    counted = rows.annotate(total=Count("id"), late=Count("id", filter=Q(due_at__lte=now)))
    found: dict[str, tuple[int, int]] = {}
    for row in counted:
        in_time, total = found.get(KIND_OF[row["kind"]], (0, 0))
        found[KIND_OF[row["kind"]]] = (in_time + row["total"] - row["late"], total + row["total"])
    known = [kind for kind in KINDS if kind.key in _OF_BOARD and kind.told(actor)]
    return [(_OF_BOARD[kind.key], *found.get(kind.key, (0, 0))) for kind in known]
