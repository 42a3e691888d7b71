"""Verbs on what is stuck, for one row or many: urge whoever has it, postpone it with a reason, give it to another.

All or nothing: one row that refuses holds up the others, and each that does is named with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from genjin.access.fields import told
from genjin.access.guard import unscoped
from genjin.access.visible import visible
from genjin.agenda.actions import check_member
from genjin.agenda.ladders import alarms
from genjin.agenda.models import AgendaItem
from genjin.agenda.steps import closing_of, refresh_next, root_of
from genjin.agenda.stuck_rules import NODE_LIMIT, Words, is_urged, why_not_moved, why_not_turned
from genjin.customers.models import Customer
from genjin.door.action import action_on_many, right
from genjin.door.change import Change
from genjin.door.replies import Reply
from genjin.lib.dates import Precision
from genjin.lib.due import deadline
from genjin.lib.errors import Conflict, Invalid, Problem
from genjin.lib.time_limits import Deadline
from genjin.orgs.models import Membership

right(NODE_LIMIT, "延期、改派节点时限", "move the limits of nodes")
_DONE: Words = ("已经办完了", "It is done already")
_NOT_YOURS: Words = ("你能看，但不能改", "You may see it, but not change it")
_CHANGED: Words = ("刚被别人改过，刷新再看", "Somebody has just changed it; look again")
_WHY = 500


@action_on_many(AgendaItem, "agenda.nudge", "催办", "urge", act="see")
def nudge(change: Change, items: list[AgendaItem]) -> Reply:
    """A notice to whoever has it, once a day for each row, whoever asks. Returns {"nudged": how many rows}."""
    zone = change.actor.zone

    def refused(item: AgendaItem) -> Words | None:
        if item.owner_id is None and item.department_id is None:
            return "还没有人负责，先改派", "Nobody has it yet; assign it first"
        if item.owner_id is not None and item.owner_id == change.actor.member_id:
            return "在你自己手上", "You have it yourself"
        if item.nudged_at is not None and is_urged(item.nudged_at, change.now, zone):
            at = item.nudged_at.astimezone(zone)
            return f"今天 {at:%H:%M} 已经催过，明天可以再催", f"Urged at {at:%H:%M} today; once a day is enough"
        return None

    _demand(change, items, refused, "催不了", "cannot be urged")
    change.save_many([(item, {"nudged_at": change.now}) for item in items], quiet=True)
    colleagues = _colleagues(items)
    for item in items:
        to = [item.owner_id] if item.owner_id else colleagues.get(item.department_id or 0, [])
        change.record("agenda.nudged", item, root=root_of(item), after={"to": to, "act": item.act})
    return {"nudged": len(items)}


def _colleagues(items: Sequence[AgendaItem]) -> dict[int, list[int]]:
    """The people of the departments whose rows nobody has taken yet."""
    asked = {item.department_id for item in items if item.owner_id is None and item.department_id}
    found: dict[int, list[int]] = {}
    rows = Membership.objects.filter(department_id__in=asked, active=True).order_by("pk") if asked else ()
    for each in rows:
        found.setdefault(each.department_id or 0, []).append(each.pk)
    return found


@action_on_many(AgendaItem, "agenda.postpone", "延期", "postpone", act="see")
def postpone(
    change: Change,
    items: list[AgendaItem],
    *,
    versions: Mapping[int, int],
    due_at: datetime,
    precision: Precision = "day",
    why: str,
) -> Reply:
    """Another time, with the reason, which the log keeps; the ladder begins anew where its moments lie ahead again.
    Limits of nodes for whoever has the right `customer.node_limit` only."""
    actor = change.actor
    if not why.strip():
        raise Invalid("写清为什么延期", "Say why it is postponed", field="why")
    due_at = deadline(due_at, precision, actor.zone, closing_of(actor))
    if due_at <= change.now:
        raise Invalid("延到以后的时间", "Choose a time to come", field="due_at")
    writable = _writable(change, items)

    def refused(item: AgendaItem) -> Words | None:
        return _of_both(item, writable, versions) or why_not_moved(actor, item.kind)

    _demand(change, items, refused, "延不了", "cannot be postponed")
    before = {item.pk: item.due_at for item in items}
    columns = alarms(actor, items, now=change.now, dues=[Deadline(due_at, precision)] * len(items))
    moved = {"due_at": due_at, "precision": precision, "hushed": False}
    change.save_many([(item, {**moved, **each}) for item, each in zip(items, columns, strict=True)])
    for item in items:
        told_ = {"before": {"due_at": before[item.pk]}, "after": {"due_at": due_at}}
        change.record("agenda.moved", item, root=root_of(item), why=why.strip()[:_WHY], **told_)
    refresh_next(item.customer_id for item in items if item.customer_id)
    return {"postponed": len(items)}


@action_on_many(AgendaItem, "agenda.hand_on", "改派", "give to somebody else", act="see")
def hand_on(change: Change, items: list[AgendaItem], *, versions: Mapping[int, int], owner_id: int) -> Reply:
    """To a colleague, who is told; the time stays. What has a holder by other rules is given away where those stand."""
    actor = change.actor
    check_member(actor.org_id, owner_id, "owner_id")
    writable = _writable(change, items)

    def refused(item: AgendaItem) -> Words | None:
        if item.owner_id == owner_id:
            return "已经在这位同事手上", "This colleague has it already"
        return _of_both(item, writable, versions) or why_not_turned(actor, item.kind)

    _demand(change, items, refused, "改派不了", "cannot be given away")
    before = {item.pk: item.owner_id for item in items}
    change.save_many([(item, {"owner_id": owner_id}) for item in items])
    for item in items:
        after = {"owner_id": owner_id, "act": item.act}
        change.record("agenda.assigned", item, root=root_of(item), before={"owner_id": before[item.pk]}, after=after)
    return {"assigned": len(items)}


def _writable(change: Change, items: Sequence[AgendaItem]) -> set[int]:
    rows = visible(change.actor, AgendaItem, act="log").filter(pk__in=[item.pk for item in items])
    return set(rows.values_list("pk", flat=True))


def _of_both(item: AgendaItem, writable: set[int], versions: Mapping[int, int]) -> Words | None:
    if item.pk not in writable:
        return _NOT_YOURS
    return _CHANGED if versions.get(item.pk) != item.version else None


def _demand(
    change: Change, items: Sequence[AgendaItem], refused: Callable[[AgendaItem], Words | None], zh: str, en: str
) -> None:
    """Refuse the whole batch when a row refuses: 409 with a line for each, by the name that the actor may read."""
    found = [(item, _DONE if item.state != "open" else refused(item)) for item in items]
    refusals = [(item, words) for item, words in found if words]
    if not refusals:
        return
    names = _names(change, [item for item, _ in refusals])
    lines = [
        Problem(str(item.pk), "refused", f"{names[item.pk]}：{words[0]}", f"{names[item.pk]}: {words[1]}")
        for item, words in refusals
    ]
    first = lines[0]
    if len(items) == 1:
        raise Conflict(first.zh, first.en, code="refused", problems=tuple(lines))
    rest_zh, rest_en = f"，{len(items)} 件都没有动", f"; none of the {len(items)} was touched"
    listed_zh, listed_en = "；".join(each.zh for each in lines[:5]), "; ".join(each.en for each in lines[:5])
    many_zh = f"{len(lines)} 件{zh}{rest_zh}。{listed_zh}"
    raise Conflict(many_zh, f"{len(lines)} {en}{rest_en}. {listed_en}", code="refused", problems=tuple(lines))


def _names(change: Change, items: Sequence[AgendaItem]) -> dict[int, str]:
    ids = [item.customer_id for item in items if item.customer_id]
    known = dict(unscoped(Customer, "step").filter(pk__in=ids).values_list("pk", "name"))
    named = {pk: told(change.actor, "customer.name", name) for pk, name in known.items()}
    return {item.pk: named.get(item.customer_id or 0) or item.act for item in items}
