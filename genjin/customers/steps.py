"""What verbs share when they write customers and contacts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from genjin.access.guard import unscoped
from genjin.customers.beginnings import choose_beginning
from genjin.customers.models import LIVING, Collaborator, Contact, Customer, Need
from genjin.customers.rules import keys_of
from genjin.door.change import Change
from genjin.door.given import insert_new
from genjin.lib.errors import Conflict, Invalid
from genjin.lib.phones import channels, is_valid_contact
from genjin.schema.bulk import Blank, update_rows
from genjin.schema.extra import as_columns
from genjin.schema.queries import options_of
from genjin.schema.saving import save_columns, update_row
from genjin.schema.shapes import Whose
from genjin.search.serials import serials_of
from genjin.search.steps import Entry, index_entries

#: Days of contact kept on the customer's row for the rhythm of lists (12 weeks).
RHYTHM_DAYS = 84
_BLANK = Blank(Customer)


def root(customer: Customer) -> tuple[str, int]:
    """On whose timeline the events of this customer's records stand."""
    return ("customer", customer.pk)


def new_customer(change: Change, values: Mapping[str, Any]) -> Customer:
    """A customer not yet saved, owned by the actor unless `values` say otherwise."""
    customer: Customer = _BLANK(values)
    change.stamp(customer)
    if customer.owner_id is None and "owner_id" not in values:
        customer.owner_id = change.actor.member_id
        customer.department_id = change.actor.department_id
    customer.owned_at = change.now if customer.owner_id else None
    for column, key in keys_of(customer.name).items():
        setattr(customer, column, key)
    customer.stage = customer.stage or _first_stage(change)
    customer.stage_at = customer.active_at = change.now
    choose_beginning(change, [customer])
    return customer


def owned_by(change: Change, customer: Customer, member_id: int, department_id: int | None) -> dict[str, Any]:
    """The columns of a customer who is this member's from now on, out of whatever pool it lay in."""
    since = customer.owned_at if customer.owner_id == member_id else change.now
    return {
        "owner_id": member_id,
        "department_id": department_id,
        "owned_at": since,
        "pool_id": None,
        "returns_on": None,
    }


def _first_stage(change: Change) -> str:
    """Where a customer begins: the first stage in use."""
    stages = options_of(change.actor.org_id, change.actor.config_version).get("stage", {})
    return next((key for key, choice in stages.items() if not choice.retired), "")


def insert_customers(change: Change, customers: Sequence[Customer], *, waits: bool = False) -> None:
    """Insert new customers in bulk, with one event and one search row each. `waits`: whoever has no owner gets none
    by the rules of assignment."""
    choose_beginning(change, customers)  # further lines of a sheet may have told more than the first one
    insert_new(change, customers)
    told = {"waits": True} if waits else {}
    for customer in customers:
        change.record(
            "customer.created",
            customer,
            root=root(customer),
            after={"name": customer.name, "owner_id": customer.owner_id, "source": customer.source, **told},
        )
    index_customers(change.actor, customers, new=True)


def index_customers(whose: Whose, customers: Iterable[Customer], *, new: bool = False) -> None:
    """Write the search rows of customers: name, short name, initials, phone, serial numbers, and the names merged into
    it."""
    entries = [
        Entry(each.org_id, "customer", each.pk, (each.name, *each.extra.get("also", ())), (each.contact_phone,),
              serials_of(whose, each))
        for each in customers
    ]  # fmt: skip
    index_entries(entries, new=new)


def index_contacts(whose: Whose, contacts: Iterable[Contact], *, new: bool = False) -> None:
    entries = [
        Entry(each.org_id, "contact", each.pk, (each.name,), (each.phone, each.wechat), serials_of(whose, each))
        for each in contacts
    ]
    index_entries(entries, new=new)


def normal_channels(values: dict[str, Any]) -> dict[str, Any]:
    """Check and normalise phone, e-mail and WeChat of a contact (R-023); refuses a malformed one."""
    for slug, zh, kinds in (
        ("phone", "电话", {"mobile", "landline"}),
        ("email", "邮箱", {"email"}),
        ("wechat", "微信", {"wechat", "mobile"}),
    ):
        text = values.get(slug)
        if not text:
            continue
        found = [each for each in channels(text) if each.kind in kinds]
        if not found or not is_valid_contact(text):
            raise Invalid(
                f"{zh}“{text[:30]}”的写法不对{_hint(slug)}",
                f"“{text[:30]}” is not a valid {slug}",
                field=slug,
            )
        values[slug] = found[0].value
    return values


def _hint(slug: str) -> str:
    return {"phone": "，手机要 11 位，座机要带区号", "email": "，要像 name@example.com"}.get(slug, "")


def add_contact(change: Change, customer: Customer, values: Mapping[str, Any]) -> Contact:
    """Insert a contact; the first one, or one marked primary, is shown on the customer's row."""
    contact: Contact = Contact(customer=customer, **as_columns({}, normal_channels(dict(values))))
    change.stamp(contact)
    if not customer.contact_name:
        contact.primary = True
    insert_new(change, [contact])
    if contact.primary:
        show_contact(change.actor, customer, contact)
    change.record("contact.added", contact, root=root(customer), after={"name": contact.name})
    index_contacts(change.actor, [contact])
    return contact


def show_contact(whose: Whose, customer: Customer, contact: Contact) -> None:
    """Copy the primary contact onto the customer's row, and let no other contact be primary."""
    unscoped(Contact, "step").filter(customer=customer, primary=True).exclude(pk=contact.pk).update(primary=False)
    customer.contact_name, customer.contact_title = contact.name, contact.title
    customer.contact_phone = contact.phone or contact.wechat or contact.email
    customer.save(update_fields=["contact_name", "contact_title", "contact_phone"])
    index_customers(whose, [customer])


def show_next_contact(whose: Whose, customer: Customer) -> None:
    """After a contact is gone: the primary one, else the first that is left, stands on the customer's row."""
    rows = unscoped(Contact, "step").filter(LIVING, customer=customer)
    left = rows.order_by("-primary", "id").first()
    if left is not None:
        if not left.primary:
            left.primary = True
            left.save(update_fields=["primary"])
        show_contact(whose, customer, left)
        return
    customer.contact_name = customer.contact_title = customer.contact_phone = ""
    customer.save(update_fields=["contact_name", "contact_title", "contact_phone"])
    index_customers(whose, [customer])


def add_needs(change: Change, customer: Customer, needs: Sequence[Mapping[str, Any]]) -> None:
    """Insert needs that are not known yet; those known are confirmed today (R-044, R-118)."""
    today = change.now.astimezone(change.actor.zone).date()
    known = {need.text: need for need in unscoped(Need, "step").filter(customer=customer, deleted_at__isnull=True)}
    for item in needs:
        text = item["text"].strip()[:500]
        if text in known:
            change.save(known[text], {"confirmed_on": today})
            continue
        need = Need(
            customer=customer,
            kind=item.get("kind") or "other",
            priority=item.get("priority") or "core",
            text=text,
            confirmed_on=item.get("confirmed_on") or today,
        )
        change.stamp(need)
        need.save()
        change.record("need.added", need, root=root(customer), after={"text": text, "kind": need.kind})


def confirm_needs(change: Change, customer: Customer, needs: Sequence[Need]) -> None:
    """These needs and their order hold as of today (R-118)."""
    today = change.now.astimezone(change.actor.zone).date()
    change.save_many([(need, {"confirmed_on": today}) for need in needs], quiet=True)
    change.record("need.confirmed", customer, root=root(customer), after={"many": len(needs)})


def classify(change: Change, customers: Sequence[Customer], intent_class: str) -> None:
    """Set the class of many customers, one statement and one event each (R-122)."""
    values = {"intent_class": intent_class, "intent_by_id": change.actor.member_id, "intent_at": change.now}
    changed = change.save_many([(customer, values) for customer in customers])
    for customer in customers:
        pairs = {"intent_class": (intent_class, intent_class), **changed.get(customer.pk, {})}
        before = {column: pair[0] for column, pair in pairs.items()}
        after = {column: pair[1] for column, pair in pairs.items()}
        change.record("customer.classed", customer, root=root(customer), before=before, after=after)


def restage(change: Change, customers: Sequence[Customer], stage: str, why: str) -> None:
    """Many customers to another stage, one event each; the time they have used stays (R-116)."""
    changed = change.save_many([(each, {"stage": stage}) for each in customers])
    for each in customers:
        was, is_ = changed[each.pk]["stage"]
        change.record("customer.updated", each, root=root(each), before={"stage": was}, after={"stage": is_}, why=why)


def enter_stage(change: Change, customer: Customer, stage: str, why: str) -> None:
    """To another stage by what happened, whose clock begins now (R-110)."""
    _told(change, customer, {"stage": stage, "stage_at": change.now}, why)


def set_life_cycle(change: Change, customer: Customer, key: str, why: str) -> None:
    """The status follows the stage (R-110)."""
    _told(change, customer, {"life_cycle": key}, why)


def set_won(change: Change, customer: Customer, status: str, amount: int | None, currency: str) -> None:
    """A signed contract says what the customer is worth, and that it is won (R-107); no status: it stays as it is."""
    values: dict[str, Any] = {"life_cycle": status} if status else {}
    if amount is not None:
        values |= {"amount": amount, "currency": currency}
    _told(change, customer, values, "合同签了")


def _told(change: Change, customer: Customer, values: Mapping[str, Any], why: str) -> None:
    changed = change.save(customer, values)
    if changed:
        before, after = ({name: pair[side] for name, pair in changed.items()} for side in (0, 1))
        change.record("customer.updated", customer, root=root(customer), before=before, after=after, why=why)


def mark_won(change: Change, customers: Sequence[Customer]) -> None:
    """The day on which they were won is kept; neither version nor time moves (R-108)."""
    change.save_many([(customer, {"won_at": change.now}) for customer in customers], quiet=True)


def clocks_from(change: Change, since: Sequence[tuple[Customer, datetime]]) -> None:
    """The clocks of their stages run from other moments: they stood still for a while."""
    change.save_many([(customer, {"stage_at": at}) for customer, at in since], quiet=True)


def touch(
    change: Change,
    customer: Customer,
    *,
    contact_at: datetime,
    by: int | None,
    channel: str,
    words: str,
    also: Mapping[str, Any] | None = None,
) -> None:
    """Keep the customer's columns right after an effective contact (R-082, R-185); `also` is written with them.

    An older contact entered later does not overwrite the newest words.
    """
    day = contact_at.astimezone(change.actor.zone).date().isoformat()
    days = sorted({*customer.recent_days, day})[-RHYTHM_DAYS:]
    columns = ["recent_days", "active_at"]
    customer.recent_days = days
    customer.active_at = max(customer.active_at, contact_at)
    if customer.first_contact_at is None or contact_at < customer.first_contact_at:
        customer.first_contact_at = contact_at
        columns.append("first_contact_at")
    if customer.last_contact_at is None or contact_at >= customer.last_contact_at:
        customer.last_contact_at = contact_at
        customer.last_contact_by_id = by
        customer.last_channel = channel
        customer.last_words = words[:200]
        columns += ["last_contact_at", "last_contact_by", "last_channel", "last_words"]
    for name, value in (also or {}).items():
        setattr(customer, name, value)
        columns.append(name)
    save_columns(customer, columns)


def next_columns(
    item_id: int | None, act: str = "", due_at: datetime | None = None, precision: str = "minute"
) -> dict[str, Any]:
    """The customer's columns that show its earliest open agenda row (asked for by lists and by 断档, R-076)."""
    return {"next_step_id": item_id, "next_act": act[:300], "next_due_at": due_at, "next_precision": precision}


def show_next(customer_id: int, columns: Mapping[str, Any]) -> None:
    """Write the `next_columns` of a customer."""
    update_row(Customer, customer_id, columns)


def shift_next(org_id: int, due_at: datetime, to: datetime) -> None:
    """Days end at another hour: customers whose next step is due on such a day show the new time."""
    rows = unscoped(Customer, "step").filter(org_id=org_id, next_due_at=due_at, next_precision="day")
    rows.update(next_due_at=to)


def show_next_of(columns: Mapping[int, Mapping[str, Any]]) -> None:
    """`show_next` for many: customer → its `next_columns`; rows that show them already are left alone."""
    groups: list[tuple[Mapping[str, Any], list[Customer]]] = []
    for customer in unscoped(Customer, "step").filter(pk__in=list(columns)):
        values = columns[customer.pk]
        if any(getattr(customer, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(customer, name, value)
            groups.append((values, [customer]))
    update_rows(groups)


def collaborate(change: Change, customer: Customer, member_id: int, why: str = "") -> Collaborator:
    """Add a collaborator; refuses the owner and one who is there already (R-167)."""
    if customer.owner_id == member_id:
        raise Invalid("他就是负责人，不用再加", "He is the owner already", field="member_id")
    there = unscoped(Collaborator, "step").filter(customer=customer, member_id=member_id, deleted_at__isnull=True)
    if there.exists():
        raise Conflict("他已经是协作人", "He is a collaborator already", code="exists")
    row = Collaborator(customer=customer, member_id=member_id)
    change.stamp(row)
    row.save()
    change.record("customer.shared", customer, root=root(customer), after={"member_id": member_id}, why=why)
    return row


def uncollaborate(change: Change, customer: Customer, member_id: int, why: str = "") -> bool:
    """Stop sharing; False when he was no collaborator."""
    row = unscoped(Collaborator, "step").filter(customer=customer, member_id=member_id, deleted_at__isnull=True).first()
    if row is None:
        return False
    change.save(row, {"deleted_at": change.now})
    change.record("customer.unshared", customer, root=root(customer), before={"member_id": member_id}, why=why)
    return True
