"""What verbs and reactions share about the hand-over list of a signed contract."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from genjin.access.guard import unscoped
from genjin.agenda.intake import close_items, take_back_items
from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.steps import ToDo, schedule
from genjin.contracts.gathered import as_texts, gathered
from genjin.contracts.models import Contract, Delivery
from genjin.contracts.rules import DELIVERY, MEETING_WORKDAYS
from genjin.contracts.steps import workdays_from
from genjin.customers.models import LIVING
from genjin.customers.steps import root
from genjin.door.change import Change

SOURCE = "delivery"
MEET, APPOINT = "交接会：对一遍客户交接清单，双方确认", "定交接给谁、什么时候开交接会"


def open_list(change: Change, contract: Contract) -> Delivery | None:
    """The list of a new contract, made of what the records say (R-155); one a contract."""
    if unscoped(Delivery, "step").filter(LIVING, contract=contract).exists():
        return None
    texts = as_texts(gathered(change.actor, contract.customer, contract))
    row = Delivery(
        contract=contract,
        customer_id=contract.customer_id,
        giver_id=contract.owner_id,
        **{slug: text[:5000] for slug, text in texts.items()},
    )
    change.stamp(row)
    row.save()
    change.record("delivery.opened", row, root=root(contract.customer), after={"title": contract.title})
    due = workdays_from(change, change.now, MEETING_WORKDAYS)
    _ask(change, row, APPOINT, row.giver_id, due, "day")
    return row


def _ask(change: Change, row: Delivery, act: str, owner_id: int | None, due: datetime, precision: str) -> None:
    todo = ToDo(act, due, owner_id, None, precision, "", DELIVERY)
    schedule(change, [todo], customer_id=row.customer_id, source=(SOURCE, row.pk))


def rows_of(row: Delivery) -> list[AgendaItem]:
    """What stands on the agenda for this list, locked."""
    rows = unscoped(AgendaItem, "step").filter(
        OPEN, org_id=row.org_id, kind=DELIVERY, source_type=SOURCE, source_id=row.pk
    )
    return list(rows.order_by("pk").select_for_update(of=("self",)))


def ask_again(change: Change, row: Delivery) -> None:
    """Exactly those who have something to do have a row: the giver to name a receiver, else each side that has not
    confirmed the present version (R-156)."""
    due = row.meeting_at or workdays_from(change, change.now, MEETING_WORKDAYS)
    precision = "minute" if row.meeting_at else "day"
    if row.receiver_id is None:
        wanted = {row.giver_id: APPOINT}
    else:
        sides = ((row.giver_id, row.giver_seen), (row.receiver_id, row.receiver_seen))
        wanted = {member: MEET for member, seen in sides if seen != row.number}
    stays = []
    waiting = rows_of(row)
    for item in waiting:
        same = wanted.get(item.owner_id) == item.act and (row.meeting_at is None or item.due_at == row.meeting_at)
        if same and item.owner_id in wanted:
            stays.append(item)
            del wanted[item.owner_id]
    done = [each for each in waiting if each not in stays]
    confirmed = {member for member, seen in _sides(row) if seen == row.number}
    close_items(change, [each for each in done if each.owner_id in confirmed])
    take_back_items(change, [each for each in done if each.owner_id not in confirmed])
    for member, act in wanted.items():
        _ask(change, row, act, member, due, precision)


def _sides(row: Delivery) -> tuple[tuple[int | None, int | None], ...]:
    return (row.giver_id, row.giver_seen), (row.receiver_id, row.receiver_seen)


def change_texts(change: Change, row: Delivery, texts: Mapping[str, str]) -> bool:
    """Other words are another version: whoever has confirmed is asked again (R-156). False where nothing differs."""
    changed = change.save(row, {slug: text.strip() for slug, text in texts.items()})
    if not changed:
        return False
    agreed = [seen for _, seen in _sides(row) if seen is not None]
    values: dict[str, Any] = {"number": row.number + 1, "state": "draft"}
    cleared = dict.fromkeys(("giver_seen", "giver_at", "receiver_seen", "receiver_at"))
    change.save(row, {**values, **cleared})
    after = {"number": row.number, "fields": sorted(changed), "again": bool(agreed)}
    change.record("delivery.changed", row, root=root(row.customer), after=after)
    ask_again(change, row)
    return bool(agreed)


def lose_receiver(change: Change, row: Delivery, name: str) -> None:
    """Whoever was to take over has left the team: his name stays until another is named (R-157)."""
    values = {"receiver_id": None, "receiver_left": name[:60], "receiver_seen": None, "receiver_at": None,
              "state": "draft", "meeting_at": None}  # fmt: skip
    change.save(row, values)
    change.record("delivery.receiver_left", row, root=root(row.customer), after={"name": name})
    ask_again(change, row)
