"""From drafts to columns: labels to option keys, names to members, local times to UTC. Pure but for the models.

Whatever has no column of its own, or does not fit, is kept as a note; nothing of the old sheet is lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from genjin.access.actor import Actor
from genjin.access.fields import mark_of
from genjin.customers.fields import CUSTOMER
from genjin.customers.models import Contact, Customer
from genjin.customers.steps import RHYTHM_DAYS
from genjin.exchange import list_cells
from genjin.exchange.knowing import Member, departments_of
from genjin.exchange.own_cells import Told, own_values
from genjin.exchange.rows import DraftContact, DraftCustomer, DraftRow
from genjin.followups.fields import FOLLOWUP
from genjin.followups.models import FollowUp
from genjin.lib.amounts import AmountError, read_amount
from genjin.lib.dates import read_day
from genjin.quality.standard import option_key
from genjin.schema.bulk import Blank
from genjin.schema.queries import Options
from genjin.schema.registry import Field, RecordType

_CHOICES = ("industry", "source", "life_cycle", "stage", "intent_class")
_LABELS = {
    "industry": "所属行业", "source": "客户来源", "life_cycle": "客户状态", "stage": "阶段", "intent_class": "意向等级",
    "region": "地区", "address": "地址", "size": "企业规模", "business": "主营业务", "time_node": "时间节点",
    "decision_process": "决策流程", "competitors": "竞争对手对比", "interest": "兴趣点", "special": "特殊要求",
}  # fmt: skip
NAMELESS = "未留姓名"
MOST_NOTES = 20_000
_LONGEST = {field.name: getattr(field, "max_length", None) or MOST_NOTES for field in Customer._meta.concrete_fields}
_BLANK_CONTACT, _BLANK_FOLLOWUP = Blank(Contact), Blank(FollowUp)


@dataclass(slots=True)
class Terms:
    """What turns words into keys: the team's options and people, and what the actor may decide."""

    actor: Actor
    now: datetime
    members: Mapping[str, Member]
    keys: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    #: List → the labels of its options in use, to choose from.
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    #: Record type → name → the one record of that name that the actor sees, of the names in the sheet's cells.
    linked: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    _departments: dict[str, int] | None = None

    @property
    def departments(self) -> Mapping[str, int]:
        """Departments by name, asked for at most once."""
        if self._departments is None:
            self._departments = departments_of(self.actor)
        return self._departments

    @property
    def me(self) -> Member:
        return Member(self.actor.member_id or 0, self.actor.name, self.actor.department_id)


def spellings(options: Options) -> dict[str, dict[str, str]]:
    """List → any spelling of a choice → its key."""
    found: dict[str, dict[str, str]] = {}
    for name, choices in options.items():
        known = found.setdefault(name, {})
        for choice in choices.values():
            for text in (choice.key, choice.zh, choice.en, *choice.synonyms):
                known.setdefault(option_key(text), choice.key)
    return found


def customer_values(
    draft: DraftCustomer, terms: Terms, extras: Mapping[str, str], own: Mapping[str, Told]
) -> dict[str, Any]:
    """Column → value of a customer, without its name; unknown words go to the notes."""
    values: dict[str, Any] = {}
    notes = [str(draft.values["notes"])] if draft.values.get("notes") else []
    for slug, value in draft.values.items():
        if slug in _CHOICES:
            key = terms.keys.get(slug, {}).get(option_key(value))
            if key and (slug != "intent_class" or terms.actor.may("customer.class")):
                values[slug] = key
            else:
                notes.append(f"{_LABELS[slug]}：{value}")
        elif slug == "amount":
            values["amount"] = value[1] if value[1] is not None else value[0]
        elif slug in ("budget", "yearly_budget"):
            values[f"{slug}_low"], values[f"{slug}_high"] = value
        elif slug == "tags":
            values["tags"] = list(dict.fromkeys(tag[:40] for tag in value))[:50]
        elif slug == "founded_on":
            values["founded_on"] = value
        elif slug != "notes":
            most = _LONGEST[slug]
            if len(value) > most:
                notes.append(f"{_LABELS[slug]}：{value}")
            values[slug] = value[:most]
    told, rest = fields_named(CUSTOMER, extras, terms)
    of_team, unread = own_values("customer", own, terms)
    values, rest = {**told, **values, **of_team}, rest | unread
    notes += [f"{header}：{text}" for header, text in rest.items()]
    if notes:
        values["notes"] = "\n".join(notes)[:MOST_NOTES]
    return values


def owner_of(draft: DraftCustomer, terms: Terms, *, assign: str = "me") -> tuple[Member, str]:
    """Who will hold a new customer, and a note when the sheet's word could not be followed.

    Giving customers to others is a right of its own (A6): without it the importer holds them. `assign`: a customer
    without a name in the sheet is the importer's ("me"), or nobody's yet, for the rules ("rules") or until somebody
    assigns it ("wait"): then it stands in the importer's department, whose supervisor sees it.
    """
    named = terms.members.get(draft.owner)
    if not draft.owner and assign != "me":
        return Member(0, "", terms.me.department_id if assign == "wait" else None), ""
    if not draft.owner or (named and named.id == terms.me.id):
        return terms.me, ""
    if named and terms.actor.may("customer.transfer"):
        return named, ""
    return terms.me, f"负责人：{draft.owner}"


def contact_values(draft: DraftContact, terms: Terms, own: Mapping[str, Told]) -> dict[str, Any]:
    """Column → value of a contact."""
    of_team, unread = own_values("contact", own, terms)
    role = terms.keys.get("decision_role", {}).get(option_key(draft.decision_role), "")
    notes = [draft.notes] if draft.notes else []
    if draft.raw_info and not (draft.phone or draft.wechat or draft.email):
        notes.append(f"联系方式：{draft.raw_info}")
    if draft.decision_role and not role:
        notes.append(f"决策角色：{draft.decision_role}")
    notes += [f"{label}：{text}" for label, text in unread.items()]
    return {
        **of_team,
        "name": draft.name or NAMELESS,
        "title": draft.title,
        "phone": draft.phone[:60],
        "wechat": draft.wechat[:60],
        "email": draft.email[:190],
        "other_channels": draft.other_channels[:10],
        "birthday": draft.birthday,
        "decision_role": role,
        "notes": "\n".join(notes)[:MOST_NOTES],
    }


def new_contact(values: Mapping[str, Any]) -> Contact:
    row: Contact = _BLANK_CONTACT(values)
    return row


def utc(local: datetime, terms: Terms) -> datetime:
    """A naive local time as a moment."""
    return local.replace(tzinfo=terms.actor.zone).astimezone(UTC)


def followup_of(draft: DraftRow, terms: Terms, effect: Mapping[str, Any]) -> FollowUp:
    """A record of the past without its customer. Without a named author the importer spoke to the customer."""
    source = draft.followup
    assert source is not None
    assert source.contact_at is not None
    author = terms.members.get(source.author) if source.author else terms.me
    writer = terms.members.get(source.entered_by)
    told, extra = fields_named(FOLLOWUP, draft.extras, terms)
    if source.author and author is None:
        extra["跟进人"] = source.author
    if source.entered_by and writer is None:
        extra["录入人"] = source.entered_by
    values, kept = _details(source.values, terms)
    of_team, unread = own_values("followup", draft.own.get("followup", {}), terms)
    extra |= unread
    statuses = terms.keys.get("followup_status", {})
    columns = {
        "contact_at": utc(source.contact_at, terms),
        "precision": source.precision,
        "entered_at": utc(source.entered_at, terms) if source.entered_at else terms.now,
        "contacted_by_id": author.id or None if author else None,
        "entered_by_id": writer.id if writer else terms.actor.member_id,
        "department_id": (author.department_id if author else None) or terms.actor.department_id,
        "channel": terms.keys.get("channel", {}).get(option_key(source.channel), "") if source.channel else "",
        "status": statuses.get(option_key(source.status), "contacted") if source.status else "contacted",
        "summary": source.summary,
        "feedback": source.feedback,
        "next_plan": source.next_step,
        "historical": True,
        "import_line": draft.line_key,
        "score": effect.get("score"),
        "axes": effect.get("axes", {}),
        "extra": {"columns": {**extra, **kept}} if extra or kept else {},
    }
    row: FollowUp = _BLANK_FOLLOWUP({**columns, **told, **values, **of_team})
    return row


def fields_named(kind: RecordType, texts: Mapping[str, str], terms: Terms) -> tuple[dict[str, Any], dict[str, str]]:
    """Columns headed by the very label of a field, as an export writes them; and the columns that are not."""
    values: dict[str, Any] = {}
    if not texts:
        return values, {}
    by_label = {label: each for each in kind.fields if not each.read_only for label in (each.zh, f"{each.zh}（元）")}
    rest: dict[str, str] = {}
    for header, text in texts.items():
        known = by_label.get(header)
        if known and mark_of(terms.actor, f"{kind.slug}.{known.slug}"):
            known = None
        value = _field_value(kind, known, text, terms) if known else None
        if known is None or value is None:
            rest[header] = text
        else:
            values[known.db] = value
    return values, rest


def _field_value(kind: RecordType, known: Field, text: str, terms: Terms) -> Any:
    if known.type in ("text", "longtext", "richtext"):
        most = getattr(kind.model._meta.get_field(known.db), "max_length", None) or MOST_NOTES
        return text if len(text) <= most else None
    if known.type == "option":
        return terms.keys.get(known.options or "", {}).get(option_key(text))
    if known.type == "bool":
        return True if text == "是" else None
    if known.type == "qa":
        return list_cells.read("qa", text, {})
    if known.type == "date":
        return read_day(text)
    if known.type == "money":
        return _amount(text)
    if known.type == "number" and re.fullmatch(r"\d{1,3}", text) and int(text) <= 100:
        return int(text)
    return None


def _amount(text: str) -> int | None:
    try:
        found = read_amount(text)
    except AmountError:
        return None
    return found.low if found.low == found.high else None


def _details(texts: Mapping[str, str], terms: Terms) -> tuple[dict[str, Any], dict[str, str]]:
    """The further columns of a record, and the words that fit none."""
    values: dict[str, Any] = {}
    kept: dict[str, str] = {}
    for slug, text in texts.items():
        match slug:
            case "topic":
                values["topic"] = text[:200]
            case "goal":
                values["goal"] = text[:120]
            case "risk" | "objection" | "need":
                kind = f"{slug}s"
                values[kind] = list_cells.read(kind, text, terms.keys.get(f"{slug}_kind", {}))
            case "satisfaction" | "probability":
                most = 5 if slug == "satisfaction" else 100
                number = re.fullmatch(r"\s*(\d{1,3})\s*[%％分星]?\s*", text)
                if number and (slug == "probability" or int(number.group(1))) and int(number.group(1)) <= most:
                    values[slug] = int(number.group(1))
                else:
                    kept[slug] = text
            case _:
                kept[slug] = text
    return values, kept


def note_contact(customer: Customer, record: FollowUp, zone: ZoneInfo, *, fresh: bool) -> None:
    """What a record of the past says of the contact with its customer; `fresh`: the customer came just now."""
    at = record.contact_at
    day = at.astimezone(zone).date().isoformat()
    customer.recent_days = sorted({*customer.recent_days, day})[-RHYTHM_DAYS:]
    customer.active_at = at if fresh else max(customer.active_at, at)
    if customer.first_contact_at is None or at < customer.first_contact_at:
        customer.first_contact_at = at
    if customer.last_contact_at is None or at >= customer.last_contact_at:
        customer.last_contact_at, customer.last_contact_by_id = at, record.contacted_by_id
        customer.last_channel, customer.last_words = record.channel, record.feedback[:200]


def talked(contact: Contact, draft: DraftRow, terms: Terms) -> bool:
    """Move the last talk with a contact forward to that of a row; whether it moved."""
    if draft.followup is None or draft.followup.contact_at is None:
        return False
    at = utc(draft.followup.contact_at, terms)
    if contact.last_contact_at is not None and contact.last_contact_at >= at:
        return False
    contact.last_contact_at = at
    return True
