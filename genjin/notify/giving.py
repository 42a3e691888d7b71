"""Who hears that customers were given out, passed on or sent back, and of requests for help."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.history.models import Event
from genjin.notify.rules import Saying, short, when
from genjin.notify.steps import Line
from genjin.orgs.models import Membership, Organisation
from genjin.ownership.models import HelpRequest

EVENTS = ("customer.assigned", "customer.sent_back", "customer.pool_warned", "help.taken", "help.asked_back",
          "help.replied", "help.answered", "help.confirmed", "help.reopened", "help.declined", "help.refused",
          "help.given", "help.moved", "help.left", "help.withdrawn")  # fmt: skip
#: What is said of a request, in both languages, and who hears it: the asker, the helper, or whoever has the ball now.
_HELPED = {
    "help.taken": ("asker", "接下了你的求助", "accepted your request"),
    "help.asked_back": ("holder", "反问", "asks back"),
    "help.replied": ("holder", "补充了说明", "answered what you asked back"),
    "help.answered": ("asker", "回答了你的求助", "answered your request"),
    "help.confirmed": ("helper", "确认了你的交付", "confirmed your delivery"),
    "help.reopened": ("holder", "退回了你的交付", "sent your delivery back"),
    "help.declined": ("holder", "做不了这条求助，等你安排", "cannot do this request; you decide who does"),
    "help.refused": ("asker", "退回了你的求助", "declined your request"),
    "help.given": ("holder", "把求助安排给你", "gave you a request"),
    "help.moved": ("helper", "改了求助的期限", "moved the limit of a request"),
    "help.left": ("holder", "这条求助转到了你这里", "this request is with you now"),
    "help.withdrawn": ("helper", "撤回了求助", "withdrew the request"),
}


def told(events: Sequence[Event], names: Mapping[int, str]) -> list[Line]:
    """The lines of these events; one verb that gives somebody many customers makes one line."""
    if not events:
        return []
    customers = _customers(events)
    orgs = Organisation.objects.in_bulk({event.org_id for event in events})
    given = [event for event in events if event.name == "customer.assigned" and event.root_id in customers]
    back = [event for event in events if event.name == "customer.sent_back" and event.root_id in customers]
    pooled = [event for event in events if event.name == "customer.pool_warned" and event.root_id in customers]
    pooled += [event for event in back if _data(event, "after").get("pool")]
    lines = [
        *_given(given, names, customers, orgs),
        *_lost([*given, *back], customers),
        *_back(back, customers),
        *_pooled(pooled, customers),
    ]
    return [*lines, *_helped([event for event in events if event.name.startswith("help.")], names, customers)]


def _customers(events: Sequence[Event]) -> dict[int, str]:
    ids = {event.root_id for event in events if event.root_id}
    living = unscoped(Customer, "worker").filter(pk__in=ids, deleted_at__isnull=True)
    return dict(living.values_list("pk", "name"))


def _data(event: Event, part: str) -> dict[str, Any]:
    found = event.data.data.get(part) if hasattr(event, "data") else None
    return found if isinstance(found, dict) else {}


def _given(
    events: Sequence[Event], names: Mapping[int, str], customers: Mapping[int, str], orgs: Mapping[int, Organisation]
) -> Iterator[Line]:
    """New customers of mine, by when to take them over."""
    groups: dict[tuple[str, int], list[Event]] = defaultdict(list)
    for event in events:
        owner_id = _data(event, "after").get("owner_id")
        if isinstance(owner_id, int) and owner_id != event.member_id:
            groups[event.cause, owner_id].append(event)
    for (_, owner_id), group in groups.items():
        first = group[0]
        name = short(customers[first.root_id or 0], 40)
        by, due_at = names.get(first.member_id or 0, ""), _data(first, "after").get("due_at")
        zh, en = "", ""
        if due_at:
            due = when(datetime.fromisoformat(due_at), "minute", orgs[first.org_id].zone)
            zh, en = f"，{due.zh} 前接手", f", take over by {due.en}"
        many = len(group)
        if many == 1:
            reason = _data(first, "after").get("reason") or {}
            saying = Saying(f"新客户分给你：{name}（{reason.get('zh', '')}）{zh}", f"A customer for you: {name}{en}")
        else:
            saying = Saying(
                f"{by or '系统'} 分给你 {name} 等 {many} 家客户{zh}", f"{many} customers for you, {name} first{en}"
            )
        link = f"/customers/{first.root_id}" if many == 1 else "/today"
        yield Line(first.org_id, owner_id, "assigned", saying, f"given:{first.pk}", first.at, link)


def _lost(events: Sequence[Event], customers: Mapping[int, str]) -> Iterator[Line]:
    """Customers that I did not take over in time."""
    groups: dict[tuple[str, int], list[Event]] = defaultdict(list)
    for event in events:
        before = _data(event, "before").get("owner_id")
        if isinstance(before, int) and _data(event, "after").get("late"):
            groups[event.cause, before].append(event)
    for (_, member_id), group in groups.items():
        first = group[0]
        name = short(customers[first.root_id or 0], 40)
        more = f" 等 {len(group)} 家" if len(group) > 1 else ""
        saying = Saying(f"{name}{more}没有按时接手，已经转走", f"{name} was not taken over in time and has moved on")
        yield Line(first.org_id, member_id, "transferred", saying, f"lost:{first.pk}", first.at, "/customers")


def _pooled(events: Sequence[Event], customers: Mapping[int, str]) -> Iterator[Line]:
    """Customers of mine that will go back to a pool, and those that went without me: a line for each day and reason."""
    groups: dict[tuple[str, int, str, str], list[Event]] = defaultdict(list)
    for event in events:
        after, warned = _data(event, "after"), event.name == "customer.pool_warned"
        owner_id = after.get("owner_id") if warned else _data(event, "before").get("owner_id")
        if isinstance(owner_id, int) and owner_id != event.member_id:
            groups[event.cause, owner_id, after.get("on", ""), after.get("key", "")].append(event)
    for (_, owner_id, on, _key), group in groups.items():
        first = group[0]
        name, reason = short(customers[first.root_id or 0], 40), _data(first, "after").get("reason") or {}
        zh, en = reason.get("zh", ""), reason.get("en", "")
        many = f" 等 {len(group)} 家" if len(group) > 1 else ""
        more = f" and {len(group) - 1} more" if len(group) > 1 else ""
        if on:
            day = date.fromisoformat(on)
            saying = Saying(
                f"{name}{many}{day.month}月{day.day}日回公海：{zh}。联系上、有进展就留下",
                f"{name}{more} go back to the pool on {day.day} {day:%b}: {en}",
            )
        else:
            saying = Saying(f"{name}{many}回了公海：{zh}", f"{name}{more} went back to the pool: {en}")
        link = f"/customers/{first.root_id}" if on and not more else "/customers" if on else "/pool"
        yield Line(first.org_id, owner_id, "transferred", saying, f"pool:{first.pk}", first.at, link)


def _back(events: Sequence[Event], customers: Mapping[int, str]) -> Iterator[Line]:
    """Customers that wait for me to assign them anew."""
    groups: dict[tuple[str, int], list[Event]] = defaultdict(list)
    for event in events:
        for member_id in _data(event, "after").get("told") or ():
            groups[event.cause, member_id].append(event)
    for (_, member_id), group in groups.items():
        first = group[0]
        name, reason = short(customers[first.root_id or 0], 40), _data(first, "after").get("reason") or {}
        more = f" 等 {len(group)} 家" if len(group) > 1 else f"：{reason.get('zh', '')}"
        saying = Saying(f"退回待分配 {name}{more}", f"Back to assign: {name}, {reason.get('en', '')}")
        yield Line(first.org_id, member_id, "assigned", saying, f"back:{first.pk}", first.at, "/assign?tab=waiting")


def _helped(events: Sequence[Event], names: Mapping[int, str], customers: Mapping[int, str]) -> Iterator[Line]:
    """A request went on: whoever waits for it, or has the ball now, is told."""
    requests = unscoped(HelpRequest, "worker").in_bulk([event.subject_id for event in events])
    for event in events:
        request = requests.get(event.subject_id)
        if request is None or event.root_id not in customers:
            continue
        whom, zh, en = _HELPED[event.name]
        name, by = short(customers[event.root_id or 0], 40), names.get(event.member_id or 0, "")
        after = _data(event, "after")
        text = short(str(after.get("text") or after.get("question") or ""), 80)
        saying = Saying(f"{by} {zh}（{name}）：{text}", f"{by} {en} ({name}): {text}")
        for member_id in _hearers(whom, request, after):
            if member_id != event.member_id:
                link = f"/requests?id={event.subject_id}"
                yield Line(event.org_id, member_id, "assigned", saying, f"{event.name}:{event.pk}", event.at, link)


def _hearers(whom: str, request: HelpRequest, after: Mapping[str, Any]) -> list[int]:
    """What nobody holds is for everybody of the department that was asked."""
    if whom == "holder" and "holder_id" in after and after["holder_id"] is None and request.settled_at is None:
        people = Membership.objects.filter(org_id=request.org_id, department_id=request.department_id or 0, active=True)
        return list(people.order_by("pk").values_list("pk", flat=True))
    found = {"asker": request.created_by_id, "helper": after.get("helper_id") or request.helper_id,
             "holder": after.get("holder_id")}[whom]  # fmt: skip
    return [found] if isinstance(found, int) else []
