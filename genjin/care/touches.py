"""Too much contact (R-151): follow-ups and care of all colleagues and channels together, made and planned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from genjin.access.actor import Actor
from genjin.access.fields import reads
from genjin.access.visible import holds, parent_seen, under_all, visible
from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.rules import CADENCE, contact_of
from genjin.care.models import PLANNED, CareItem
from genjin.care.plans import table_of
from genjin.care.rules import Touch, repair, too_close
from genjin.care.steps import KIND
from genjin.customers.models import Customer
from genjin.followups.models import COUNTED, FollowUp
from genjin.lib import moment
from genjin.orgs.models import Membership

#: To-dos that are contacts by their kind, or by what they say.
_CONTACTS = ("next_step", "next_try", "task", CADENCE, KIND)
#: So far ahead the calendar looks, and so many customers at once.
WEEKS = timedelta(weeks=6)
MOST_LOOKED_AT = 400
MOST_SHOWN = 50


def touches_of(actor: Actor, ids: Sequence[int], until: date, days: int) -> dict[int, list[Touch]]:
    """Customer → all contacts of the last `days` days and those planned until then; three statements."""
    zone, today = actor.zone, moment.now().astimezone(actor.zone).date()
    begin = datetime.combine(today - timedelta(days=days - 1), time(), zone)
    end = datetime.combine(until + timedelta(days=1), time(), zone)
    found: dict[int, list[Touch]] = {pk: [] for pk in ids}
    if reads(actor, "followup.contact_at"):
        made = under_all(actor, FollowUp, ids).filter(COUNTED, contact_at__gte=begin, historical=False)
        made = made.exclude(status="no_answer")
        for pk, at, who in made.values_list("customer_id", "contact_at", "contacted_by_id"):
            found[pk].append(Touch(at.astimezone(zone).date(), who, past=True))
    cared = under_all(actor, CareItem, ids).filter(state="done", done_at__gte=begin)
    for pk, done_at, who, care in cared.values_list("customer_id", "done_at", "done_by_id", "pk"):
        if done_at is not None:
            found[pk].append(Touch(done_at.astimezone(zone).date(), who, care, past=True))
    open_ = under_all(actor, AgendaItem, ids).filter(OPEN, kind__in=_CONTACTS, due_at__lt=end)
    columns = ("customer_id", "due_at", "owner_id", "kind", "act", "source_id")
    for pk, due_at, who, kind, act, source in open_.values_list(*columns):
        if kind in (CADENCE, KIND) or contact_of(act):
            on = max(due_at.astimezone(zone).date(), today)
            found[pk].append(Touch(on, who, source if kind == KIND else None))
    return found


def warning_of(actor: Actor, customer: Customer, on: date) -> dict[str, Any] | None:
    """Said when care is planned for a day on which it is too much; None where it is not."""
    if not holds(actor, customer, "see"):
        return None
    table = table_of(actor.org_id)
    today = moment.now().astimezone(actor.zone).date()
    touches = touches_of(actor, [customer.pk], on + timedelta(days=table.days), table.days)[customer.pk]
    near = [each for each in touches if abs((each.on - on).days) < table.days]
    run = too_close(near, most=table.most, days=table.days, today=today)
    if not run or not run[0].on <= on <= run[-1].on:
        return None
    return {
        "n": len(run),
        "zh": f"这样 {table.days} 天内要联系 {len(run)} 次，标准是不超过 {table.most} 次",
        "en": f"That makes {len(run)} contacts within {table.days} days; the limit is {table.most}",
    }


def crowded(actor: Actor, mine: Q, *, most_shown: int = MOST_SHOWN) -> dict[str, Any]:
    """Customers with care to come who would be contacted too often, with what would mend it."""
    table, now = table_of(actor.org_id), moment.now().astimezone(actor.zone)
    today, until = now.date(), now.date() + WEEKS
    ids = _candidates(actor, mine, today, until, table.most)
    touches = touches_of(actor, ids, until, table.days)
    rows = []
    for pk in ids:
        run = too_close(touches[pk], most=table.most, days=table.days, today=today)
        if run:
            rows.append((pk, run, repair(run, touches[pk], most=table.most, days=table.days)))
    rows.sort(key=lambda row: (row[1][0].on, row[0]))
    shown = rows[:most_shown]
    return {
        "most": table.most,
        "days": table.days,
        "count": len(rows),
        "capped": len(ids) >= MOST_LOOKED_AT,
        "care_ids": sorted({each.care for _, run, _ in rows for each in run if each.care and not each.past}),
        "rows": _shown(actor, shown),
    }


def _candidates(actor: Actor, mine: Q, today: date, until: date, most: int) -> list[int]:
    """Those with so many open contacts that it may be too many, or with one after a contact of these days."""
    care = visible(actor, CareItem).filter(PLANNED, mine, due_on__gte=today, due_on__lte=until).order_by()
    open_ = visible(actor, AgendaItem).filter(OPEN, customer_id=OuterRef("customer_id"), kind__in=_CONTACTS)
    two = open_.order_by().values("customer_id").annotate(n=Count("*")).filter(n__gte=2)
    recent = visible(actor, Customer).filter(
        pk=OuterRef("customer_id"), last_contact_at__gte=moment.now() - timedelta(days=7)
    )
    rows = care.filter(Exists(two) | Exists(recent)).values_list("customer_id", "due_on").order_by("due_on", "id")
    return list(dict.fromkeys(pk for pk, _ in rows[: 4 * MOST_LOOKED_AT]))[:MOST_LOOKED_AT]


def _shown(actor: Actor, rows: Sequence[tuple[int, list[Touch], dict[str, Any] | None]]) -> list[dict[str, Any]]:
    ids = [pk for pk, _, _ in rows]
    names = dict(visible(actor, Customer).filter(pk__in=ids).values_list("pk", "name"))
    people = {each.who for _, run, _ in rows for each in run if each.who}
    who = dict(Membership.objects.filter(org_id=actor.org_id, pk__in=people).values_list("pk", "name"))
    care_ids = [each.care for _, run, _ in rows for each in run if each.care]
    acts = dict(visible(actor, CareItem).filter(parent_seen(actor, CareItem), pk__in=care_ids).values_list("pk", "act"))
    found = []
    for pk, run, mended in rows:
        if pk not in names:
            continue
        counts: dict[str, int] = {}
        for each in run:
            name = who.get(each.who or 0, "")
            counts[name] = counts.get(name, 0) + 1
        done = [acts[each].partition("：")[0] for each in (mended or {}).get("ids", []) if each in acts]
        found.append({
            "customer": {"id": pk, "name": names[pk]},
            "n": len(run),
            "from": run[0].on,
            "to": run[-1].on,
            "by": [{"name": name, "n": n} for name, n in counts.items()],
            "repair": {**mended, "acts": done} if mended else None,
        })  # fmt: skip
    return found
