"""What changed on a customer since the reader's own last contact, in short sentences (R-129)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from genjin.access.actor import Actor
from genjin.access.fields import barred, mark_of, reads
from genjin.access.reading import read_under
from genjin.customers.models import Customer
from genjin.desk.reasons import say
from genjin.desk.sentences import sentence_of
from genjin.desk.versions import Differing, Names, differing, names_of, words
from genjin.followups.models import FollowUp
from genjin.history.models import Event
from genjin.history.versions import moved_of
from genjin.schema import compiled
from genjin.schema.queries import label, options_of
from genjin.schema.registry import record_type
from genjin.schema.shapes import shaped

MOST_EVENTS = 200
MOST_WORDS = 40
_KINDS = ("customer", "contact", "need")
_WHOLE = ("customer.shared", "customer.unshared", "customer.merged", "customer.restored", "customer.reverted")
_NEW = {"contact.added": ("contact", "新联系人", "New contact"), "need.added": ("need", "新需求", "New need"),
        "contact.removed": ("contact", "删除联系人", "Contact removed:"),
        "need.removed": ("need", "删除需求", "Need removed:")}  # fmt: skip
_RECORDS = ("followup.logged", "followup.attempted")
_COLUMNS = ("id", "at", "name", "subject_type", "subject_id", "member_id", "member__name", "data__data")
_RECORD = ("id", "channel", "attempt", "summary", "attitude_from", "attitude_to")


@dataclass
class _Found:
    """Sentences, and fields moved: (type, id, slug) → value before the first and after the last change."""

    items: list[dict[str, Any]] = field(default_factory=list)
    moved: dict[tuple[str, int, str], tuple[Any, Any, Any, dict[str, Any]]] = field(default_factory=dict)


def since(actor: Actor, customer: Customer, *, seen: datetime | None = None) -> dict[str, Any]:
    """What others changed on a visible customer since the actor's own last contact, else since `seen`.

    {"since": time or None, "kind": "contact" | "visit" | "", "items": [{"zh", "en", "at", "by", "kind"}]}, newest
    first. A field that moved several times is told once, and not when it is back where it was. At most
    six statements. Hidden fields are not told, masked ones are masked.
    """
    contact = _last_contact(actor, customer)
    start = contact[0] if contact else seen
    if start is None:
        return {"since": None, "kind": "", "items": []}
    where = Q(org_id=actor.org_id, root_type="customer", root_id=customer.pk, at__gt=start)
    where &= ~Q(member_id=actor.member_id) | Q(member_id__isnull=True)
    rows = compiled.fetch(QuerySet(Event), where, _COLUMNS, order=("-id",), limit=MOST_EVENTS, steady=True)
    events = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
    found = _Found()
    records = _records(customer, [each["subject_id"] for each in events if each["name"] in _RECORDS])
    for event in reversed(events):
        _tell(actor, event, records, found)
    items = found.items + _fields(actor, customer, found)
    items.sort(key=lambda each: each["at"], reverse=True)
    shown = contact[1] if contact else start
    return {"since": shown, "kind": "contact" if contact else "visit", "items": items}


def _last_contact(actor: Actor, customer: Customer) -> tuple[datetime, datetime] | None:
    """When the actor entered his newest effective contact, and when it was."""
    if actor.member_id is None:
        return None
    mine = Q(attempt="") & (Q(contacted_by_id=actor.member_id) | Q(entered_by_id=actor.member_id))
    rows = read_under(customer, FollowUp, ("entered_at", "contact_at"), mine, order=("-entered_at", "-id"), limit=1)
    return (rows[0][0], rows[0][1]) if rows else None


def _records(customer: Customer, ids: list[int]) -> dict[int, dict[str, Any]]:
    if not ids:
        return {}
    rows = read_under(customer, FollowUp, _RECORD, Q(pk__among=ids), order=("id",))
    return {row[0]: dict(zip(_RECORD, row, strict=True)) for row in rows}


def _tell(actor: Actor, event: dict[str, Any], records: Mapping[int, dict[str, Any]], found: _Found) -> None:
    name, data = event["name"], event["data__data"] or {}
    options = options_of(actor.org_id, actor.config_version)
    if name in _RECORDS:
        record = records.get(event["subject_id"])
        if record is not None:
            found.items += [_item(event, *each, kind="followup") for each in _record(actor, record)]
    elif name in _NEW:
        found.items.append(_item(event, *_new(actor, name, data), kind=event["subject_type"]))
    elif name in _WHOLE:
        told = sentence_of(actor, name, data, options)
        found.items.append(_item(event, told["zh"], told["en"], kind="customer"))
    elif event["subject_type"] in _KINDS:
        _collect(actor, event, data, found)


def _item(event: Mapping[str, Any], zh: str, en: str, *, kind: str) -> dict[str, Any]:
    by = {"id": event["member_id"], "name": event["member__name"]} if event["member_id"] else None
    return {**say(zh, en), "at": event["at"], "by": by, "kind": kind}


def _record(actor: Actor, record: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The record in one line, and the customer's attitude when it moved."""
    options, hidden = options_of(actor.org_id, actor.config_version), barred(actor, "followup")

    def named(name: str, slug: str, language: str) -> str:
        return "" if slug in hidden else label(options, name, record[slug], language)

    text = "" if "summary" in hidden else _cut(record["summary"])
    lines = []
    for language, plain in (("zh", "跟进"), ("en", "Contact")):
        how = named("channel", "channel", language) or plain
        tried = label(options, "attempt_kind", record["attempt"], language) if record["attempt"] else ""
        mark = "：" if language == "zh" else ": "
        lines.append(mark.join(each for each in (how, tried or text) if each))
    told = [(lines[0], lines[1])]
    before, after = (record[slug] for slug in ("attitude_from", "attitude_to"))
    if after and before != after and "attitude_to" not in hidden:
        zh, en = (named("attitude", "attitude_to", each) for each in ("zh", "en"))
        old_zh, old_en = (named("attitude", "attitude_from", each) if before else "" for each in ("zh", "en"))
        told.append((f"客户态度：{_arrow(old_zh, zh)}", f"Attitude: {_arrow(old_en, en)}"))
    return told


def _arrow(old: str, new: str) -> str:
    return f"{old or '—'} → {new or '—'}"


def _new(actor: Actor, name: str, data: Mapping[str, Any]) -> tuple[str, str]:
    kind, zh, en = _NEW[name]
    slug = "name" if kind == "contact" else "text"
    told = (data.get("after") or {}).get(slug) or (data.get("before") or {}).get(slug) or ""
    if not reads(actor, f"{kind}.{slug}"):
        told = ""
    return f"{zh} {told[:MOST_WORDS]}".strip(), f"{en} {told[:MOST_WORDS]}".strip(": ")


def _collect(actor: Actor, event: dict[str, Any], data: Mapping[str, Any], found: _Found) -> None:
    slug, pk = event["subject_type"], event["subject_id"]
    kind = shaped(actor, slug)
    fields = [each for each in kind.fields if mark_of(actor, f"{slug}.{each.slug}") != "hidden"]
    for each, old, new in differing(fields, moved_of(kind, event["name"], data)):
        first = found.moved.get((slug, pk, each.slug))
        found.moved[slug, pk, each.slug] = (each, first[1] if first else old, new, event)


def _fields(actor: Actor, customer: Customer, found: _Found) -> list[dict[str, Any]]:
    pairs: Differing = [(each, old, new) for each, old, new, _ in found.moved.values()]
    names = names_of(actor, pairs)
    items = []
    for (slug, _, _), (each, old, new, event) in found.moved.items():
        if old != new:
            masked = mark_of(actor, f"{slug}.{each.slug}") == "masked"
            items.append(_item(event, *_moved_words(slug, each, old, new, names, customer, masked), kind=slug))
    return items


def _moved_words(
    slug: str, each: Any, old: Any, new: Any, names: Names, customer: Customer, masked: bool
) -> tuple[str, str]:
    kind = record_type(slug)
    before, after = (words(each, value, names, customer, masked=masked) for value in (old, new))
    cut = {side: tuple(_cut(text[side]) for text in (before, after)) for side in ("zh", "en")}
    head_zh = each.zh if slug == "customer" else f"{kind.zh}的{each.zh}"
    head_en = each.en if slug == "customer" else f"{kind.en}: {each.en}"
    return f"{head_zh}：{_arrow(*cut['zh'])}", f"{head_en}: {_arrow(*cut['en'])}"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MOST_WORDS else line[: MOST_WORDS - 1] + "…"
