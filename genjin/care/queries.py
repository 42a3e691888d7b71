"""Care as the screens show it: the calendar, the list, a customer's panel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, Q

from genjin.access.actor import Actor
from genjin.access.fields import concealed, reads
from genjin.access.reading import read_under
from genjin.access.visible import holds, parent_seen, visible
from genjin.care.models import CareItem, CarePlan, Community, Participant
from genjin.care.rules import LOOK_BACK, filled, rate
from genjin.customers.models import LIVING, Contact, Customer
from genjin.customers.queries import one
from genjin.lib import moment
from genjin.lib.birthdays import age_on, next_birthday, read_birthday
from genjin.lib.companies import short_name
from genjin.lib.errors import Invalid
from genjin.lib.festivals import lunar_words, marks_on
from genjin.orgs.queries import calendar_of
from genjin.schema.queries import options_of

LISTS = ("care_kind", "care_response", "care_repurchase", "community_kind")
SHOWN = ("planned", "done", "skipped")
MOST = 50
#: The calendar knows the lunar year between these.
FIRST_YEAR, LAST_YEAR = 1902, 2098
_COLUMNS = (
    "id", "version", "kind", "act", "text", "bespoke", "review", "due_on", "occasion_on", "note_zh", "note_en", "state",
    "did", "response", "heard", "repurchase", "second_plan", "why", "followup_id", "plan_id", "plan__name",
    "plan__when", "customer_id", "customer__name", "customer__owner_id", "customer__contact_name",
    "contact_id", "contact__name", "owner_id",
    "owner__name", "done_at", "done_by__name",
)  # fmt: skip


def due_by(today: date) -> Q:
    """What is due: its day has passed, or it is settled today."""
    return Q(due_on__lt=today) | Q(due_on=today, state__in=("done", "skipped"))


def mine(actor: Actor, whose: str) -> Q:
    """Whose care: what the actor does himself, or all that he may see."""
    if whose == "mine":
        return Q(owner_id=actor.member_id)
    return Q()


def readable(actor: Actor) -> Q:
    """Birthdays are told only to whoever may read them, ideas only to whoever may read the record (R-166)."""
    told = Q()
    if not reads(actor, "contact.birthday"):
        told &= ~Q(kind="birthday")
    if not reads(actor, "followup.summary", "followup.feedback"):
        told &= Q(followup__isnull=True)
    return told


def rows_of(actor: Actor) -> Any:
    """Care whose customer the actor sees, or which he does himself."""
    return visible(actor, CareItem).filter(readable(actor))


def calendar(actor: Actor, *, first: date, days: int, whose: str) -> dict[str, Any]:
    """Every day of a range with its lunar date, festivals and term, and the care of the day, that of one plan
    together."""
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        raise Invalid("农历只到 2100 年", "The lunar calendar goes to 2100", field="from")
    last = first + timedelta(days=days - 1)
    rows = rows_of(actor).filter(mine(actor, whose), due_on__gte=first, due_on__lte=last, state__in=SHOWN)
    chips = _chips(actor, rows)
    works = calendar_of(actor.org_id, actor.config_version)
    today = moment.now().astimezone(actor.zone).date()
    found = []
    for at in range(days):
        day = first + timedelta(days=at)
        zh, en = lunar_words(day)
        work = works.is_workday(day)
        found.append({
            "day": day,
            "lunar": {"zh": zh, "en": en},
            "marks": [{"zh": each[0], "en": each[1]} for each in marks_on(day)],
            "works": work,
            "odd": work != (day.weekday() < 5),
            "chips": chips.get(day, []),
        })  # fmt: skip
    return {"today": today, "days": found, "figures": _figures(rows, today), "unpublished": works.unpublished_year(
        first, last)}  # fmt: skip


def _figures(rows: Any, today: date) -> dict[str, int]:
    due = due_by(today)
    found = rows.aggregate(
        planned=Count("id"), due=Count("id", filter=due), done=Count("id", filter=due & Q(state="done"))
    )
    return {name: int(found[name] or 0) for name in ("planned", "due", "done")}


def _chips(actor: Actor, rows: Any) -> dict[date, list[dict[str, Any]]]:
    """Day → what is to be done or was: one chip for one customer, or for all of one plan."""
    columns = ("due_on", "state", "plan_id", "kind", "act")
    groups = list(rows.order_by().values(*columns).annotate(n=Count("id"), first=Min("id")).order_by("due_on", "first"))
    single = [each["first"] for each in groups if each["n"] == 1]
    names = _named(actor, single)
    found: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for each in groups:
        alone = names.get(each["first"], {}) if each["n"] == 1 else {}
        found[each["due_on"]].append({
            "id": each["first"] if each["n"] == 1 else None,
            "n": each["n"],
            "state": each["state"],
            "kind": each["kind"],
            "plan": each["plan_id"],
            "title": each["act"].partition("：")[0],
            "customer": alone.get("customer"),
            "who": alone.get("who", ""),
            "lunar": alone.get("lunar", False),
        })  # fmt: skip
    return found


def _named(actor: Actor, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    rows = visible(actor, CareItem).filter(parent_seen(actor, CareItem), pk__among=list(ids))
    columns = ("pk", "customer_id", "customer__name", "contact__name", "contact__birthday", "kind")
    found = {}
    for pk, customer_id, name, person, text, kind in rows.values_list(*columns):
        birthday = read_birthday(text) if kind == "birthday" and text and reads(actor, "contact.birthday") else None
        lunar = birthday is not None and birthday.lunar is not None
        found[pk] = {
            "customer": {"id": customer_id, "name": name, "short": short_name(name) or name},
            "who": person or "",
            "lunar": lunar,
        }
    return found


def listed(
    actor: Actor,
    *,
    first: date,
    last: date,
    whose: str,
    state: str = "",
    plan: int | None = None,
    ids: Sequence[int] = (),
    after: int = 0,
    limit: int = MOST,
) -> dict[str, Any]:
    """The care of some days, by day; `after` is how many were shown already."""
    rows = rows_of(actor).filter(mine(actor, whose), due_on__gte=first, due_on__lte=last)
    rows = rows.filter(state=state) if state else rows.filter(state__in=SHOWN)
    if plan is not None:
        rows = rows.filter(plan_id=plan)
    if ids:
        rows = rows.filter(pk__in=list(ids)[:1000])
    page = list(rows.order_by("due_on", "id").values(*_COLUMNS)[after : after + limit + 1])
    seen = set(
        visible(actor, CareItem).filter(parent_seen(actor, CareItem), pk__in=[each["id"] for each in page])
        .values_list("pk", flat=True)
    )  # fmt: skip
    theirs = visible(actor, Customer, act="change").filter(pk__in=[each["customer_id"] for each in page])
    held = set(theirs.values_list("pk", flat=True))
    return {
        "count": rows.count(),
        "items": [
            shown(actor, each, named=each["id"] in seen, change=each["customer_id"] in held) for each in page[:limit]
        ],
        "next": after + limit if len(page) > limit else None,
        "options": lists_of(actor),
    }


def lists_of(actor: Actor) -> dict[str, Any]:
    lists = options_of(actor.org_id, actor.config_version)
    return {name: [each.as_json() for each in lists.get(name, {}).values()] for name in LISTS}


def shown(actor: Actor, raw: Mapping[str, Any], *, named: bool = True, change: bool = False) -> dict[str, Any]:
    """One act of care; who does it himself without seeing the customer learns its to-do only."""
    row = concealed(actor, "care", dict(raw))
    allowed = change or row["owner_id"] == actor.member_id or row["customer__owner_id"] == actor.member_id
    told = ("id", "version", "kind", "act", "text", "bespoke", "review", "due_on", "occasion_on", "state", "did",
            "response", "heard", "repurchase", "second_plan", "why", "followup_id", "done_at")  # fmt: skip
    needs = reads(actor, "need.text")
    who = row["contact__name"] or row["customer__contact_name"] or row["customer__name"]
    text = filled(row["text"], {"称呼": who, "客户": row["customer__name"]}) if named else row["text"]
    return {
        **{name: row[name] for name in told},
        "text": text,
        "heard": row["heard"] if needs else [],
        "note": {"zh": row["note_zh"], "en": row["note_en"]} if row["note_zh"] else None,
        "plan": {"id": row["plan_id"], "name": row["plan__name"]} if row["plan_id"] else None,
        "customer": {"id": row["customer_id"], "name": row["customer__name"]} if named else None,
        "contact": {"id": row["contact_id"], "name": row["contact__name"]} if named and row["contact_id"] else None,
        "owner": {"id": row["owner_id"], "name": row["owner__name"]} if row["owner_id"] else None,
        "done_by": row["done_by__name"] or "",
        "can": allowed or change,
    }


def of_customer(actor: Actor, customer_id: int) -> dict[str, Any]:
    """The panel on the customer's page: ideas, what comes next, what was done, birthdays and communities."""
    customer = one(actor, customer_id)
    change = holds(actor, customer, "change")
    where = LIVING & readable(actor)
    rows = [dict(zip(_COLUMNS, row, strict=True)) for state in ("proposed", "planned")
            for row in read_under(customer, CareItem, _COLUMNS, where & Q(state=state), order=("due_on", "id"),
                                  limit=MOST)]  # fmt: skip
    past = read_under(customer, CareItem, _COLUMNS, where & Q(state__in=("done", "skipped")), order=("-due_on", "-id"),
                      limit=10)  # fmt: skip
    dismissed = [dict(zip(_COLUMNS, row, strict=True)) for row in past]
    return {
        "items": [shown(actor, each, change=change) for each in rows],
        "past": [shown(actor, each, change=change) for each in dismissed
                 if each["state"] == "done" or each["why"]],
        "birthdays": _birthdays(actor, customer),
        "communities": _communities(actor, customer),
        "options": lists_of(actor),
        "can": {
            "add": actor.may("care.add") and holds(actor, customer, "log"),
            "do": actor.may("care.do"),
        },
    }  # fmt: skip


def _birthdays(actor: Actor, customer: Customer) -> list[dict[str, Any]]:
    """When the birthdays of its people are kept next, and why on that day (R-140)."""
    if not reads(actor, "contact.birthday"):
        return []
    today, found = moment.now().astimezone(actor.zone).date(), []
    for pk, name, text in read_under(customer, Contact, ("id", "name", "birthday"), LIVING & ~Q(birthday="")):
        birthday = read_birthday(text)
        if birthday is None:
            found.append({"contact_id": pk, "name": name, "text": text, "on": None, "words": None, "note": None,
                          "age": None, "lunar": False})  # fmt: skip
            continue
        kept = next_birthday(birthday, after=today)
        zh, en = birthday.words
        found.append({
            "contact_id": pk, "name": name, "text": text, "on": kept.on, "words": {"zh": zh, "en": en},
            "note": {"zh": kept.note_zh, "en": kept.note_en} if kept.note_zh else None,
            "age": age_on(birthday, kept.on), "lunar": birthday.lunar is not None,
        })  # fmt: skip
    return sorted(found, key=lambda each: (each["on"] is None, each["on"] or today, each["contact_id"]))


def _communities(actor: Actor, customer: Customer) -> list[dict[str, Any]]:
    columns = ("id", "community_id", "community__name", "community__kind", "community__held_on", "came",
               "contact__name")  # fmt: skip
    rows = read_under(customer, Participant, columns, LIVING, order=("-id",), limit=MOST)
    return [
        {"id": pk, "community_id": community, "name": name, "kind": kind, "held_on": held_on, "came": came,
         "contact": contact or ""}
        for pk, community, name, kind, held_on, came, contact in rows
    ]  # fmt: skip


def communities(actor: Actor) -> dict[str, Any]:
    """Those of the team, newest first, with those who took part as far as the actor may see them."""
    rows = list(
        Community.objects.filter(org_id=actor.org_id, removed_at__isnull=True).order_by("-held_on", "-pk")[:200]
    )
    parts = visible(actor, Participant).filter(community__in=rows).order_by("pk")
    people: dict[int, list[dict[str, Any]]] = defaultdict(list)
    columns = ("community_id", "pk", "customer_id", "customer__name", "contact__name", "came")
    for community, pk, customer_id, name, contact, came in parts.values_list(*columns):
        people[community].append({"id": pk, "customer": {"id": customer_id, "name": name}, "contact": contact or "",
                                  "came": came})  # fmt: skip
    items = [
        {"id": row.pk, "kind": row.kind, "name": row.name, "held_on": row.held_on, "note": row.note,
         "people": people[row.pk][:MOST], "count": len(people[row.pk])}
        for row in rows
    ]  # fmt: skip
    return {"items": items, "options": lists_of(actor), "can": {"add": actor.may("care.community")}}


def execution(actor: Actor, whose: str) -> list[dict[str, Any]]:
    """Plan by plan what was done of what was due in the last ninety days (R-144); today's counts once it is over."""
    today = moment.now().astimezone(actor.zone).date()
    rows = rows_of(actor).filter(
        mine(actor, whose), due_by(today), due_on__gte=today - timedelta(days=LOOK_BACK), state__in=SHOWN
    )
    counted = rows.filter(plan__isnull=False).order_by().values("plan_id").annotate(
        due=Count("id"), done=Count("id", filter=Q(state="done"))
    )  # fmt: skip
    figures = {each["plan_id"]: (each["done"], each["due"]) for each in counted}
    plans = CarePlan.objects.filter(org_id=actor.org_id, pk__in=list(figures)).order_by("position", "pk")
    return [{"id": plan.pk, "name": plan.name, **rate(*figures[plan.pk])} for plan in plans]
