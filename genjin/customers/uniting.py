"""Pure rules of merging customers: whose value is kept, and which contacts are one person (R-121)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from genjin.customers.models import Contact, Customer
from genjin.schema.registry import Field, RecordType

MOST_MERGED = 5
#: Field → the columns that go with it. Others stand alone.
TOGETHER: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "name_key", "short_key", "initials"),
    "stage": ("stage", "stage_at"),
    "amount": ("amount", "currency"),
    "budget": ("budget_low", "budget_high"),
    "yearly_budget": ("yearly_budget_low", "yearly_budget_high"),
    "intent_class": ("intent_class", "intent_by_id", "intent_at"),
    "owner": ("owner_id", "department_id", "owned_at", "pool_id", "returns_on"),
}
#: United from all, or kept by steps.
NOT_CHOSEN = frozenset({"tags", "department", "last_contact_at", "next_due_at", "created_at"})
_JOINED = ("title", "phone", "wechat", "email", "decision_role", "birthday", "notes")
_RHYTHM_DAYS = 84
#: What follows a surname where the whole name is not known.
_TITLES = frozenset({"", "总", "经理", "工", "老师", "主任", "先生", "女士"})


def chosen_fields(kind: RecordType) -> list[Field]:
    """The fields that a person may choose between when customers are merged."""
    return [each for each in kind.fields if each.slug not in NOT_CHOSEN]


def columns_of(field: Field) -> tuple[str, ...]:
    return TOGETHER.get(field.slug, (field.db,))


def shown(customer: Customer, field: Field) -> Any:
    """The value of a field as it is compared: None when blank."""
    if field.type == "money_range" and not field.stored:
        low, high = (getattr(customer, name) for name in columns_of(field))
        return None if low is None and high is None else {"low": low, "high": high}
    value = getattr(customer, field.db)
    return None if value in ("", []) else value


def sources(
    kind: RecordType, customers: Sequence[Customer], into: Customer, choices: Mapping[str, int]
) -> dict[str, Customer]:
    """Field → the customer whose value is kept: as chosen, else the survivor's, else the first that is not blank."""
    by_id = {each.pk: each for each in customers}
    found = {}
    for field in (each for each in kind.known.values() if each.slug not in NOT_CHOSEN):
        if field.slug in choices:
            found[field.slug] = by_id[choices[field.slug]]
            continue
        order = [into, *(each for each in customers if each.pk != into.pk)]
        found[field.slug] = next((each for each in order if shown(each, field) is not None), into)
    return found


def united_values(
    kind: RecordType, customers: Sequence[Customer], into: Customer, choices: Mapping[str, int]
) -> dict[str, Any]:
    """Column → value of the survivor after the merge."""
    values: dict[str, Any] = {}
    by_slug = kind.known
    for slug, source in sources(kind, customers, into, choices).items():
        for column in columns_of(by_slug[slug]):
            values[column] = getattr(source, column)
    gone = [each for each in customers if each.pk != into.pk]
    values["tags"] = list(dict.fromkeys(tag for each in (into, *gone) for tag in each.tags))
    return values | _contact_columns(customers) | {"extra": _extra(into, gone, values["name"])}


def _contact_columns(customers: Sequence[Customer]) -> dict[str, Any]:
    """First, last and rhythm of contact of all of them together (R-082)."""
    firsts = [each.first_contact_at for each in customers if each.first_contact_at]
    told = [each for each in customers if each.last_contact_at]
    last = max(told, key=lambda each: (each.last_contact_at, each.pk)) if told else customers[0]
    return {
        "first_contact_at": min(firsts) if firsts else None,
        "last_contact_at": last.last_contact_at,
        "last_contact_by_id": last.last_contact_by_id,
        "last_channel": last.last_channel,
        "last_words": last.last_words,
        "recent_days": sorted({day for each in customers for day in each.recent_days})[-_RHYTHM_DAYS:],
        "active_at": max(each.active_at for each in customers),
    }


def _extra(into: Customer, gone: Sequence[Customer], name: str) -> dict[str, Any]:
    """Whose history this customer carries too, and by which names it is found."""
    merged = [*into.extra.get("merged", []), *(pk for each in gone for pk in (each.pk, *each.extra.get("merged", [])))]
    names = [*into.extra.get("also", []), into.name]
    names += [text for each in gone for text in (each.name, *each.extra.get("also", []))]
    return {**into.extra, "merged": merged, "also": [each for each in dict.fromkeys(names) if each != name]}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two contacts who are one person: `gone` is joined to `kept`, which takes `values`."""

    kept: Contact
    gone: Contact


def same_people(contacts: Sequence[Contact], into_id: int) -> list[Pair]:
    """Contacts of merged customers who are the same person: the survivor's own come first and are kept.

    One phone, WeChat or e-mail with a like name, or one name without a second phone that says otherwise.
    """
    ordered = sorted(contacts, key=lambda each: (each.customer_id != into_id, not each.primary, each.pk))
    kept: list[Contact] = []
    pairs: list[Pair] = []
    for contact in ordered:
        twin = next((each for each in kept if _same(each, contact)), None)
        if twin is None or twin.customer_id == contact.customer_id:
            kept.append(contact)
        else:
            pairs.append(Pair(twin, contact))
    return pairs


def _same(one: Contact, two: Contact) -> bool:
    pairs = [(getattr(one, name), getattr(two, name)) for name in ("phone", "wechat", "email")]
    channel = any(mine and mine == other for mine, other in pairs)
    if one.name == two.name:
        return channel or not (one.phone and two.phone)
    # 王总 and 王建国 on one number are one person; two full names on a switchboard number are two.
    short, long = sorted((one.name, two.name), key=len)
    return channel and short[:1] == long[:1] and short[1:] in _TITLES


def joined_values(kept: Contact, gone: Sequence[Contact]) -> dict[str, Any]:
    """What the kept contact takes over: blank fields are filled, other numbers stay as further channels."""
    values: dict[str, Any] = {}
    for column in _JOINED:
        own = getattr(kept, column)
        values[column] = own or next((getattr(each, column) for each in gone if getattr(each, column)), own)
    if len(kept.name) < 3:
        values["name"] = max([kept.name, *(each.name for each in gone)], key=len)
    others = [getattr(each, name) for each in gone for name in ("phone", "wechat", "email")]
    further = [*kept.other_channels, *(text for each in gone for text in each.other_channels), *others]
    known = {values["phone"], values["wechat"], values["email"], ""}
    values["other_channels"] = [each for each in dict.fromkeys(further) if each not in known]
    times = [each.last_contact_at for each in (kept, *gone) if each.last_contact_at]
    values["last_contact_at"] = max(times) if times else None
    return values
