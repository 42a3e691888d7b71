"""The plan of contacts by cadence: rows of the agenda that the worker makes, moves and takes back (R-099–R-103)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.agenda.intake import take_back_items
from genjin.agenda.ladder_rules import Ladder, Rung
from genjin.agenda.ladders import alarms, ladder_of, set_alarms
from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.rules import CADENCE
from genjin.agenda.steps import closing_of, refresh_next, root_of
from genjin.customers.cadence import Cadence, Window, cadence_of, window_of
from genjin.customers.models import LIVING, Customer
from genjin.customers.rules import ENDED
from genjin.customers.steps import next_columns, show_next_of
from genjin.door.action import action
from genjin.door.change import Change
from genjin.door.given import insert_new
from genjin.door.replies import Reply
from genjin.lib.calendar import WorkCalendar
from genjin.lib.due import end_of_day
from genjin.lib.time_limits import Deadline
from genjin.orgs.queries import calendar_of
from genjin.schema.queries import Options, options_of

ACT = "按节奏联系客户"
#: How far the plan looks ahead, today included.
AHEAD = 7
#: What of a customer moves its next contact.
PACES = frozenset({"intent_class", "life_cycle", "paused"})
#: The goal of a stage that names none.
USUAL_GOAL = "case"

#: Reminded in the morning of the day, told as late when it is over, and two working days later to the superior too.
LADDER = Ladder(
    (
        Rung("before", 8, "workhours", "remind", "owner"),
        Rung("due", 0, "hours", "alert", "owner"),
        Rung("due", 2, "workdays", "copy", "superior"),
    )
)


@ladder_of(CADENCE)
def ladders(actor: Actor, items: Sequence[AgendaItem]) -> list[Ladder | None]:
    """The same for all."""
    return [LADDER] * len(items)


def goal_of(options: Options, stage: str) -> str:
    """The goal of a contact in a stage, in the words of the team (R-102)."""
    choice, goals = options.get("stage", {}).get(stage), options.get("goal", {})
    key = choice.facts.get("goal") if choice else None
    found = goals.get(key if isinstance(key, str) else USUAL_GOAL) or goals.get(USUAL_GOAL)
    return found.zh if found else ""


def standing(row: Customer, options: Options, zone: Any) -> tuple[Cadence, Window]:
    """The cadence of a customer and the days on which its next contact belongs."""
    cadence = cadence_of(options, row.intent_class, row.life_cycle)
    return cadence, window_of(
        cadence,
        last=row.last_contact_at.astimezone(zone).date() if row.last_contact_at else None,
        created=row.created_at.astimezone(zone).date(),
        contacts=[date.fromisoformat(day) for day in row.recent_days[-(cadence.most or 1) :]],
        eased=row.pk if row.historical else None,
    )


def is_quiet(row: Customer) -> bool:
    """Nobody is to be sent there: paused, ended, deleted or nobody's."""
    return row.paused or row.life_cycle in ENDED or row.deleted_at is not None or row.owner_id is None


@action("agenda.plan", "排联系节奏", "plan contacts by cadence")
def plan_contacts(change: Change, *, days: Mapping[int, date], instead: int | None = None) -> Reply:
    """One row for each customer on its day, for its owner or who stands in for him; who got a next step meanwhile is
    left alone."""
    rows = unscoped(Customer, "step").filter(LIVING, pk__in=list(days), next_due_at__isnull=True, paused=False)
    customers = [row for row in rows.order_by("pk").select_for_update(of=("self",)) if not is_quiet(row)]
    options = options_of(change.actor.org_id, change.actor.config_version)
    items = [
        _item(change, row, days[row.pk], goal_of(options, row.stage), instead or row.owner_id) for row in customers
    ]
    set_alarms(change.actor, items, change.now)
    insert_new(change, items)
    for item in items:
        # Not told as added: nobody wrote it, so neither notices nor automations follow each of thousands.
        after = {"act": item.act, "owner_id": item.owner_id, "due_at": item.due_at}
        change.record("agenda.planned", item, root=root_of(item), after=after)
    show_next_of({each.customer_id or 0: next_columns(each.pk, each.act, each.due_at, "day") for each in items})
    return {"planned": len(items)}


def _item(change: Change, customer: Customer, day: date, goal: str, owner_id: int | None) -> AgendaItem:
    item = AgendaItem(customer_id=customer.pk, kind=CADENCE, act=ACT, goal=goal[:120], owner_id=owner_id,
                      precision="day", due_at=_close_of(change, day), source_type=CADENCE)  # fmt: skip
    change.stamp(item)
    return item


def _close_of(change: Change, day: date) -> datetime:
    zone = change.actor.zone
    return end_of_day(datetime.combine(day, time(12), zone), zone, closing_of(change.actor))


@action("agenda.take_back", "撤下过时的节奏待办", "take back contacts that the cadence asks for no more")
def take_back(change: Change, *, ids: Sequence[int]) -> Reply:
    """Somebody has spoken to the customer, it rests, or a person has planned a step of his own."""
    return {"taken": drop(change, ids)}


def drop(change: Change, ids: Iterable[int]) -> int:
    """The step behind the worker's verb and the reactions."""
    rows = unscoped(AgendaItem, "step").filter(OPEN, pk__in=list(ids), kind=CADENCE)
    items = list(rows.order_by("pk").select_for_update(of=("self",)))
    take_back_items(change, items)
    refresh_next(item.customer_id for item in items if item.customer_id)
    return len(items)


def redate(change: Change, days: Mapping[int, date]) -> int:
    """Other days for open rows; reminding starts anew, and whoever has one open may still save it."""
    rows = unscoped(AgendaItem, "step").filter(OPEN, pk__in=list(days), kind=CADENCE)
    items = list(rows.order_by("pk").select_for_update(of=("self",)))
    before = {item.pk: item.due_at for item in items}
    dues = [Deadline(_close_of(change, days[item.pk]), "day") for item in items]
    columns = alarms(change.actor, items, now=change.now, dues=dues)
    change.save_many(
        [(item, {"due_at": due.at, **each}) for item, due, each in zip(items, dues, columns, strict=True)], quiet=True
    )
    for item in items:
        told = {"before": {"due_at": before[item.pk]}, "after": {"due_at": item.due_at}}
        change.record("agenda.moved", item, root=root_of(item), why="联系节奏变了", **told)
    refresh_next(item.customer_id for item in items if item.customer_id)
    return len(items)


def replan(change: Change, items: Sequence[AgendaItem]) -> None:
    """Each where the cadence of its customer puts it now; what is due later than the plan looks goes, until a night
    plans it again."""
    options = options_of(change.actor.org_id, change.actor.config_version)
    calendar = calendar_of(change.actor.org_id, change.actor.config_version)
    today = change.now.astimezone(change.actor.zone).date()
    gone, moved = [], {}
    for item in items:
        customer, day = item.customer, item.due_at.astimezone(change.actor.zone).date()
        if customer is None or is_quiet(customer):
            gone.append(item.pk)
            continue
        _, window = standing(customer, options, change.actor.zone)
        if window.last >= today + timedelta(days=AHEAD):
            gone.append(item.pk)
        elif (wanted := moved_day(calendar, day, window, today)) != day:
            moved[item.pk] = wanted
    if gone:
        drop(change, gone)
    if moved:
        redate(change, moved)


def moved_day(calendar: WorkCalendar, day: date, window: Window, today: date) -> date:
    """The day itself where it fits, else the last working day that does, else the first one to come."""
    first = max(window.first, today)
    if first <= day <= window.last:
        return day
    fitting = [each for each in horizon(today) if first <= each <= window.last and calendar.is_workday(each)]
    return fitting[-1] if fitting else calendar.add_workdays(first, 0)


def horizon(today: date) -> list[date]:
    """The days that the plan looks at."""
    return [today + timedelta(days=number) for number in range(AHEAD)]
