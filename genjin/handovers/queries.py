"""Hand-overs as the screens show them: the list, one with its consents, its customers, one customer's brief."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from genjin.access.actor import Actor
from genjin.access.fields import concealed
from genjin.access.guard import unscoped
from genjin.access.reading import read_page
from genjin.access.visible import visible
from genjin.agenda.models import OPEN, AgendaItem
from genjin.customers.models import LIVING, Customer
from genjin.customers.proof import shown
from genjin.customers.reaching import offered
from genjin.handovers.brief import brief
from genjin.handovers.models import DRAFT, WAITING, Handover, HandoverCustomer, HandoverReceiver
from genjin.handovers.rules import KIND, Side, day_words, missing
from genjin.handovers.steps import late_promises
from genjin.history.queries import UNDO_FOR
from genjin.lib.errors import NotFound
from genjin.orgs.models import Membership
from genjin.ownership.receivers import open_customers
from genjin.schema.paging import Order, page_of

#: States in which the hand-over lends its customers to whoever is to take them over.
LENDING = (WAITING, "released", "confirmed")
PAGE = 200
_NEWEST = Order("id", descending=True, of=int)
_LIST = ("id", "state", "many", "everything", "effective_on", "reason", "giver_id", "giver__name", "supervisor_id",
         "created_by_id", "sent_at", "released_at", "created_at")  # fmt: skip


def list_handovers(actor: Actor, *, which: str = "", cursor: str = "", limit: int = 50) -> dict[str, Any]:
    """One page, newest first: of those the actor takes part in or may see. `which`: open, done, or all. Five statements
    for any page. `waiting`: how many wait for the actor himself."""
    where = {"open": Q(state__in=(DRAFT, WAITING, "released")), "done": ~Q(state__in=(DRAFT, WAITING, "released"))}
    found = read_page(actor, Handover, _LIST, where.get(which, Q()), order=_NEWEST, cursor=cursor, limit=limit + 1)
    rows, following = page_of(found, limit, 0, 0)
    items = [dict(zip(_LIST, row, strict=True)) for row in rows]
    ids = [each["id"] for each in items]
    receivers = _receivers(ids)
    mine = _waiting_for(actor)
    return {
        "items": [
            {
                **{name: each[name] for name in ("id", "state", "many", "everything", "effective_on", "reason",
                                                 "sent_at", "released_at", "created_at")},
                "giver": {"id": each["giver_id"], "name": each["giver__name"]},
                "receivers": receivers.get(each["id"], []),
                "mine": each["id"] in mine,
            }
            for each in items
        ],
        "next": following,
        "waiting": len(mine),
        "can": {"open": actor.may("handover.open"), "release": actor.may("handover.release")},
    }  # fmt: skip


def _waiting_for(actor: Actor) -> set[int]:
    rows = unscoped(AgendaItem, "step").filter(OPEN, org_id=actor.org_id, owner_id=actor.member_id or 0, kind=KIND)
    return {pk or 0 for pk in rows.values_list("source_id", flat=True)}


def _receivers(ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    """Hand-over → its receivers with how many customers each gets and has read; two statements."""
    if not ids:
        return {}
    rows = unscoped(HandoverCustomer, "handover").filter(LIVING, handover_id__in=ids)
    counts = rows.order_by().values_list("handover_id", "to_id").annotate(many=Count("id"), read=Count("read_at"))
    by_place = {(handover, to): (many, read) for handover, to, many, read in counts}
    places = unscoped(HandoverReceiver, "handover").filter(LIVING, handover_id__in=ids).order_by("pk")
    found: dict[int, list[dict[str, Any]]] = {}
    columns = ("handover_id", "member_id", "member__name", "member__active", "confirmed_at")
    for handover, pk, name, active, at in places.values_list(*columns):
        many, read = by_place.get((handover, pk), (0, 0))
        found.setdefault(handover, []).append(
            {"id": pk, "name": name, "active": active, "confirmed_at": at, "many": many, "read": read}
        )
    return found


def find(actor: Actor, pk: int) -> Handover:
    """`NotFound` where the actor neither takes part nor may see it."""
    rows = visible(actor, Handover).filter(pk=pk)
    found = rows.select_related("giver", "supervisor", "released_by", "created_by").first()
    if found is None:
        raise NotFound()
    return found


def sees_whole(actor: Actor, handover: Handover) -> bool:
    """A receiver sees of it what is to be his; all of it the giver, whoever opened it, the supervisor, and those above
    the giver's department."""
    if actor.member_id in (handover.giver_id, handover.created_by_id, handover.supervisor_id):
        return True
    held = actor.grants.scope("handover", "see")
    return "all" in held or ("subtree" in held and handover.department_id in actor.grants.subtree)


def one(actor: Actor, pk: int, *, now: datetime) -> dict[str, Any]:
    """One hand-over: who has agreed, counts before and after, what is still missing; a constant number of
    statements."""
    handover = find(actor, pk)
    receivers = _receivers([handover.pk]).get(handover.pk, [])
    giver = handover.giver
    sides = [Side(each["id"], each["name"], each["active"], each["confirmed_at"]) for each in receivers]
    late = missing(Side(giver.pk, giver.name, giver.active, handover.giver_at), sides)
    proof = handover.proof or handover.rehearsal
    return {
        **{name: getattr(handover, name) for name in ("id", "version", "state", "reason", "effective_on", "many",
                                                      "everything", "leave", "sent_at", "giver_at", "released_at",
                                                      "urgent_why", "rehearsed_at", "reminded_at", "created_at")},
        "giver": {"id": giver.pk, "name": giver.name, "active": giver.active},
        "supervisor": _named(handover.supervisor),
        "opener": _named(handover.created_by),
        "released_by": _named(handover.released_by),
        "receivers": _with_load(actor, handover, receivers),
        "proof": shown(proof),
        "proven": bool(handover.proof),
        "promises": _promises(handover, now),
        "undo_until": handover.released_at + UNDO_FOR if handover.released_at else None,
        "missing": [{"id": each.member_id, "name": each.name} for each in late],
        "sentences": _sentences(actor, handover, receivers, now),
        "whole": sees_whole(actor, handover),
        "can": _can(actor, handover, receivers, late, now),
    }  # fmt: skip


def _named(member: Membership | None) -> dict[str, Any] | None:
    return {"id": member.pk, "name": member.name} if member else None


def _with_load(actor: Actor, handover: Handover, receivers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """How many customers each works on, before and after; only until it is done."""
    if handover.state not in (DRAFT, WAITING) or not actor.may("handover.release"):
        return receivers
    held = open_customers(actor.org_id, [each["id"] for each in receivers])
    return [{**each, "open": held.get(each["id"], 0)} for each in receivers]


def _promises(handover: Handover, now: datetime) -> int:
    """On how many customers a late promise becomes the receiver's first task."""
    if handover.state not in (DRAFT, WAITING):
        return 0
    rows = unscoped(HandoverCustomer, "handover").filter(LIVING, handover_id=handover.pk)
    return len(late_promises(handover.giver_id, list(rows.values_list("customer_id", flat=True)), now))


def _sentences(
    actor: Actor, handover: Handover, receivers: list[dict[str, Any]], now: datetime
) -> list[dict[str, str]]:
    """What has come between, in a sentence each."""
    said = []
    pending = handover.state in (DRAFT, WAITING)
    for each in receivers:
        if not each["active"] and (pending or each["confirmed_at"] is None):
            said.append((f"{each['name']}已经停用，换一位接收方", f"{each['name']} is switched off; choose another"))
    if not handover.giver.active and pending:
        said.append((f"{handover.giver.name}已经离开，不用等他确认",
                     f"{handover.giver.name} has left and is not waited for"))  # fmt: skip
    if handover.released_at and handover.giver_at is None and handover.state != "undone":
        said.append((f"没有等{handover.giver.name}确认就放行了：{handover.urgent_why or '已经离开'}",
                     f"Released without {handover.giver.name}: {handover.urgent_why or 'has left'}"))  # fmt: skip
    if pending and handover.effective_on > now.astimezone(actor.zone).date():
        zh, en = day_words(handover.effective_on)
        said.append((f"{zh}起可以放行", f"It can be released from {en} on"))
    return [{"zh": zh, "en": en} for zh, en in said]


def _can(
    actor: Actor, handover: Handover, receivers: list[dict[str, Any]], late: list[Side], now: datetime
) -> dict[str, bool]:
    me, pending = actor.member_id, handover.state in (DRAFT, WAITING)
    manages = pending and (me in (handover.created_by_id, handover.giver_id) or actor.may("handover.release"))
    mine = next((each for each in receivers if each["id"] == me), None)
    recent = handover.released_at is not None and now < handover.released_at + UNDO_FOR
    asked = {each.member_id for each in late}
    return {
        "change": manages and actor.may("handover.change"),
        "send": manages and handover.state == DRAFT and actor.may("handover.send"),
        "withdraw": manages and actor.may("handover.withdraw"),
        "remind": handover.state in (WAITING, "released") and bool(asked - {me}) and actor.may("handover.remind")
        and (manages or actor.may("handover.release")),
        "read": mine is not None and handover.state in (WAITING, "released"),
        "confirm": handover.state in (WAITING, "released") and (
            (mine is not None and mine["confirmed_at"] is None)
            or (handover.state == WAITING and me == handover.giver_id and handover.giver_at is None)
        ),
        "release": handover.state == WAITING and me != handover.giver_id and actor.may("handover.release"),
        "undo": handover.state in ("released", "confirmed") and recent and actor.may("handover.undo"),
        "note": pending and me == (handover.giver_id if handover.giver.active else handover.created_by_id),
        "say": handover.state in (WAITING, "released") and (
            mine is not None or me in (handover.giver_id, handover.created_by_id, handover.supervisor_id)
        ),
    }  # fmt: skip


def _rows(actor: Actor, handover: Handover) -> Any:
    """The customers of a hand-over that the actor may know of."""
    rows = unscoped(HandoverCustomer, "handover").filter(
        LIVING, handover_id=handover.pk, org_id=actor.org_id, customer__deleted_at__isnull=True
    )
    if sees_whole(actor, handover):
        return rows
    return rows.filter(to_id=actor.member_id or 0) if handover.state in LENDING else rows.none()


def customers(actor: Actor, pk: int, *, after: int = 0, limit: int = PAGE) -> dict[str, Any]:
    """A page of its customers in the order of their ids: who gets each, whether it was read and asked about."""
    handover = find(actor, pk)
    columns = ("id", "customer_id", "customer__name", "customer__intent_class", "customer__stage", "to_id", "to__name",
               "read_at", "said", "note")  # fmt: skip
    rows = list(_rows(actor, handover).filter(pk__gt=after).order_by("pk").values(*columns)[: limit + 1])
    items = []
    for row in rows[:limit]:
        shown_ = concealed(actor, "customer", {"id": row["customer_id"], "name": row["customer__name"],
                           "intent_class": row["customer__intent_class"], "stage": row["customer__stage"]})  # fmt: skip
        said = row["said"]
        items.append({**shown_, "to": {"id": row["to_id"], "name": row["to__name"]}, "read_at": row["read_at"],
                      "asked": bool(said) and said[-1]["what"] == "ask", "note": bool(row["note"])})  # fmt: skip
    return {"items": items, "next": rows[limit - 1]["id"] if len(rows) > limit else None}


def of_customer(actor: Actor, pk: int, customer_id: int, *, now: datetime) -> dict[str, Any]:
    """The brief of one customer with what the sides said; 404 for one that is not lent to the actor. `opens`: the
    records behind the sentences are his to open."""
    handover = find(actor, pk)
    row = _rows(actor, handover).filter(customer_id=customer_id).select_related("to").first()
    if row is None:
        raise NotFound()
    customer = visible(actor, Customer).filter(pk=customer_id).first()
    opens = customer is not None
    if customer is None:
        if row.to_id != actor.member_id or handover.state not in LENDING:
            raise NotFound()
        customer = unscoped(Customer, "handover").get(pk=customer_id)
    told = concealed(actor, "customer", {name: getattr(customer, name) for name in ("name", "intent_class", "stage")})
    owner = row.to_id if handover.released_at and handover.state != "undone" else handover.giver_id
    return {
        "id": customer_id,
        **told,
        "to": {"id": row.to_id, "name": row.to.name},
        "read_at": row.read_at,
        "note": row.note,
        "said": row.said,
        "opens": opens,
        **brief(actor, customer, now=now, owner_id=owner),
    }


def choices(actor: Actor) -> dict[str, Any]:
    """Whom the actor may name: givers of his departments, and receivers; he himself gives only his own."""
    people = offered(actor)
    if not actor.may("handover.release"):
        rows = Membership.objects.filter(org_id=actor.org_id, active=True).exclude(pk=actor.member_id or 0)
        people = {"receivers": [{"id": pk, "name": name} for pk, name in rows.order_by("pk").values_list("pk", "name")],
                  "anywhere": True}  # fmt: skip
        return {**people, "givers": [], "leave": False}
    return {**people, "givers": people["receivers"], "leave": actor.may("member.hand_over")}
