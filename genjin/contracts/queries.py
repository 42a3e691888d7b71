"""Contracts as the screens show them: those of a customer, the list, one with its money, review and hand-over list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.fields import concealed, reads
from genjin.access.guard import unscoped
from genjin.access.reading import read, read_page, read_under
from genjin.access.visible import holds, visible
from genjin.agenda.models import AgendaItem
from genjin.approvals.queries import lent_to
from genjin.contracts import reviewing
from genjin.contracts.gathered import gathered
from genjin.contracts.models import Contract, Delivery, Instalment, Payment
from genjin.contracts.rules import DRAFT, FOR_HANDOVER, FOR_REVIEW, FOR_SIGNATURE, TEXTS, covered, missing
from genjin.contracts.steps import AGREEMENT
from genjin.customers.models import LIVING, Customer
from genjin.customers.queries import one as customer_of
from genjin.followups.models import FollowUp
from genjin.lib import moment
from genjin.lib.errors import NotFound
from genjin.lib.money_words import yuan
from genjin.schema.paging import Order, page_of
from genjin.schema.queries import options_of

MOST = 50
_NEWEST = Order("id", descending=True, of=int)
_DUE = Order("next_due_on", of=date)
_SHORT = ("id", "version", "title", "number", "amount", "currency", "state", "told", "note", "signed_on", "service_to",
          "received", "next_due_on", "owner_id", "owner__name", "customer_id", "customer__name")  # fmt: skip
TERMS = ("title", "number", "amount", "currency", "signed_on", "delivery_period", "service_period", "service_from",
          "service_to", "payment_method", "payment_terms", "terms", "renewal_days")  # fmt: skip
_STATES = ("draft", "in_review", "approved", "signed", "ended", "cancelled")
Row = dict[str, Any]


def of_customer(actor: Actor, customer_id: int) -> Row:
    """A customer's contracts, newest first, whether a draft is awaited, and what the actor may do; five statements."""
    customer = customer_of(actor, customer_id)
    rows = read_under(customer, Contract, _SHORT, Q(), order=("-id",), limit=MOST)
    mine = holds(actor, customer, "change")
    return {
        "items": _listed(actor, [dict(zip(_SHORT, row, strict=True)) for row in rows]),
        "agreement": _agreement(actor, customer),
        "told": _told(actor, customer) if mine else None,
        "payment_methods": methods(actor),
        "can": {name: mine and actor.may(f"contract.{name}") for name in ("agree", "disagree", "draft")},
    }


def methods(actor: Actor) -> list[Row]:
    options = options_of(actor.org_id, actor.config_version).get("payment_method", {})
    return [{"key": each.key, "zh": each.zh, "en": each.en, "retired": each.retired} for each in options.values()]


def _agreement(actor: Actor, customer: Customer) -> Row | None:
    """The draft that is awaited since the customer said yes (R-106)."""
    columns = ("id", "goal", "due_at", "owner__name")
    where = Q(state="open", kind=DRAFT, source_type=AGREEMENT)
    rows = read_under(customer, AgendaItem, columns, where, order=("id",), limit=1)
    if not rows:
        return None
    found = concealed(actor, "agenda", dict(zip(columns, rows[0], strict=True)))
    return {"words": found["goal"], "due_at": found["due_at"], "owner": found["owner__name"]}


def _told(actor: Actor, customer: Customer) -> Row | None:
    """What the newest record that says won tells of the contract: a draft may begin with it."""
    columns = ("id", "amount", "currency", "signed_on", "contract_number", "delivery_period", "payment_terms")
    rows = read_under(customer, FollowUp, columns, Q(status="won"), order=("-id",), limit=1)
    if not rows:
        return None
    return concealed(actor, "followup", dict(zip(columns, rows[0], strict=True)))


def listing(
    actor: Actor,
    *,
    state: str = "",
    q: str = "",
    overdue: bool = False,
    cursor: str = "",
    limit: int = 50,
) -> Row:
    """One page of all that the actor may see, newest first; `overdue`: with an instalment past its day, the longest
    first."""
    where = Q(state=state) if state in _STATES else Q()
    words = q.strip()
    if words:
        named = Q(customer__name__icontains=words)
        if reads(actor, "contract.title"):
            named |= Q(title__icontains=words)
        if reads(actor, "contract.number"):
            named |= Q(number__icontains=words)
        where &= named
    if overdue:
        where &= Q(next_due_on__isnull=False, next_due_on__lt=_today(actor))
    order = _DUE if overdue else _NEWEST
    found = read_page(actor, Contract, _SHORT, where, order=order, cursor=cursor, limit=limit + 1)
    rows, following = page_of(found, limit, _SHORT.index("next_due_on") if overdue else 0, 0)
    return {"items": _listed(actor, [dict(zip(_SHORT, row, strict=True)) for row in rows]), "next": following}


def _listed(actor: Actor, rows: Iterable[Row]) -> list[Row]:
    """Each with what came in, is open and is overdue; one statement for the plans of all."""
    found = list(rows)
    told = reads(actor, "contract.amount")
    plans = _plans([each["id"] for each in found if each["state"] in ("signed", "ended")]) if told else {}
    items = []
    for row in found:
        each = concealed(actor, "contract", row)
        late = _overdue(actor, plans.get(row["id"], []), row["received"])
        items.append({
            **{name: each[name] for name in ("id", "version", "title", "number", "amount", "currency", "state", "told",
                                             "note", "signed_on", "service_to")},
            "received": row["received"] if told else None,
            "open": row["amount"] - row["received"] if told and row["amount"] is not None else None,
            "overdue": late if told else None,
            "next_due_on": row["next_due_on"],
            "owner": {"id": row["owner_id"], "name": row["owner__name"]} if row["owner_id"] else None,
            "customer": {"id": row["customer_id"], "name": _name(actor, row["customer__name"])},
        })  # fmt: skip
    return items


def _name(actor: Actor, name: str) -> str:
    return str(concealed(actor, "customer", {"name": name})["name"])


def _plans(ids: list[int]) -> dict[int, list[tuple[date, int]]]:
    if not ids:
        return {}
    found: dict[int, list[tuple[date, int]]] = {}
    rows = unscoped(Instalment, "step").filter(LIVING, contract_id__in=ids).order_by("contract_id", "position")
    for pk, due_on, amount in rows.values_list("contract_id", "due_on", "amount"):
        found.setdefault(pk, []).append((due_on, amount))
    return found


def _overdue(actor: Actor, plan: list[tuple[date, int]], received: int) -> int:
    today = _today(actor)
    return sum(part.open for part in covered(plan, received) if part.state(today) == "overdue")


def _today(actor: Actor) -> date:
    return moment.now().astimezone(actor.zone).date()


def find(actor: Actor, pk: int) -> Contract:
    """One that the actor may see, or that is his to decide on (R-106); else `NotFound`."""
    row = visible(actor, Contract).filter(pk=pk).select_related("customer", "owner", "renews").first()
    if row is None:
        lent = lent_to(actor).filter(approval__subject_type="contract", approval__subject_id=pk)
        if lent.exists():
            row = unscoped(Contract, "lent").filter(LIVING, org_id=actor.org_id, pk=pk).select_related(
                "customer", "owner", "renews"
            ).first()  # fmt: skip
    if row is None:
        raise NotFound()
    return row


def one(actor: Actor, pk: int) -> Row:
    """All of one contract, a constant number of statements."""
    row = find(actor, pk)
    terms = concealed(actor, "contract", {name: getattr(row, name) for name in TERMS})
    told = reads(actor, "contract.amount")
    mine = holds(actor, row.customer, "change")
    seen = holds(actor, row.customer)
    values = {name: getattr(row, name) for name in FOR_SIGNATURE}
    renewed = read(actor, Contract, ("id", "title"), Q(renews_id=row.pk) & ~Q(state="cancelled"), limit=1)
    return {
        **{name: getattr(row, name) for name in ("id", "version", "state", "told", "note", "approved_at", "signed_at",
                                                 "ended_at", "next_due_on", "created_at")},
        **terms,
        "owner": {"id": row.owner_id, "name": row.owner.name} if row.owner else None,
        "customer": {"id": row.customer_id, "seen": seen,
                     "name": _name(actor, row.customer.name) if seen else ""},
        "renews": {"id": row.renews_id, "title": row.renews.title} if row.renews else None,
        "renewed": dict(zip(("id", "title"), renewed[0], strict=True)) if renewed else None,
        "missing": {"review": missing(values, FOR_REVIEW), "signature": missing(values, FOR_SIGNATURE)},
        "money": money(actor, row) if told else None,
        "approval_id": _approval_id(row),
        "delivery_id": unscoped(Delivery, "step").filter(LIVING, contract=row).values_list("pk", flat=True).first()
                       if seen else None,
        "payment_methods": methods(actor),
        "can": _can(actor, row, mine=mine),
    }  # fmt: skip


def _approval_id(row: Contract) -> int | None:
    found = reviewing.newest(row.org_id, row.pk)
    return found.pk if found else None


def _can(actor: Actor, row: Contract, *, mine: bool) -> Mapping[str, bool]:
    states = {
        "update": ("draft", "in_review", "approved"),
        "submit": ("draft",),
        "sign": ("approved",),
        "cancel": ("draft", "in_review", "approved"),
        "end": ("signed",),
        "renew": ("signed", "ended"),
        "plan": ("draft", "in_review", "approved", "signed"),
        "receive": ("signed", "ended"),
        "unreceive": ("signed", "ended"),
    }
    return {name: mine and row.state in those and actor.may(f"contract.{name}") for name, those in states.items()}


def money(actor: Actor, row: Contract) -> Row:
    """The plan with what is covered, and what came in; two statements."""
    columns = ("id", "position", "what", "due_on", "amount")
    rows = read_under_contract(row, Instalment, columns, "position")
    parts = covered([(each["due_on"], each["amount"]) for each in rows], row.received)
    today = _today(actor)
    plan = [
        {**concealed(actor, "instalment", each), "paid": part.paid, "state": part.state(today)}
        for each, part in zip(rows, parts, strict=True)
    ]
    came = read_under_contract(row, Payment, ("id", "received_on", "amount", "note", "created_by__name"), "received_on")
    return {
        "plan": plan,
        "payments": [concealed(actor, "payment", each) for each in came],
        "received": row.received,
        "open": (row.amount or 0) - row.received,
        "overdue": sum(part.open for part in parts if part.state(today) == "overdue"),
        "said": {"zh": yuan(row.received, row.currency), "en": yuan(row.received, row.currency, "en")},
    }


def read_under_contract(row: Contract, model: type[Any], columns: tuple[str, ...], order: str) -> list[Row]:
    rows = unscoped(model, "step").filter(LIVING, org_id=row.org_id, contract_id=row.pk).order_by(order, "pk")
    return [dict(zip(columns, each, strict=True)) for each in rows.values_list(*columns)]


def delivery(actor: Actor, pk: int) -> Row:
    """A hand-over list with what the records say beside each text, and who has confirmed which version (R-156)."""
    found = visible(actor, Delivery).filter(pk=pk).select_related("customer", "contract", "giver", "receiver").first()
    if found is None:
        raise NotFound()
    texts = concealed(actor, "delivery", {slug: getattr(found, slug) for slug in TEXTS})
    lines = gathered(actor, found.customer, found.contract)
    sides = {
        side: {
            "member": {"id": member.pk, "name": member.name, "active": member.active} if member else None,
            "seen": getattr(found, f"{side}_seen"),
            "at": getattr(found, f"{side}_at"),
        }
        for side, member in (("giver", found.giver), ("receiver", found.receiver))
    }
    me, mine = actor.member_id, holds(actor, found.customer, "change")
    is_side = mine or me in (found.receiver_id, found.giver_id)
    return {
        **{name: getattr(found, name) for name in ("id", "version", "state", "number", "receiver_left", "meeting_at")},
        "contract": {"id": found.contract_id,
                     "title": concealed(actor, "contract", {"title": found.contract.title})["title"]},
        "customer": {"id": found.customer_id, "name": _name(actor, found.customer.name)},
        "texts": [{"slug": slug, "text": texts[slug], "found": lines[slug], "required": slug in FOR_HANDOVER}
                  for slug in TEXTS if reads(actor, f"delivery.{slug}")],
        **sides,
        "can": {
            "update": is_side and actor.may("delivery.update"),
            "appoint": mine and actor.may("delivery.appoint"),
            "confirm": is_side and actor.may("delivery.confirm")
                       and getattr(found, "receiver_seen" if me == found.receiver_id else "giver_seen") != found.number,
        },
    }  # fmt: skip
