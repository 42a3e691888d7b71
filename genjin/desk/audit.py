"""操作记录: the event log for administrators and auditors, within their scope and field rights (R-164, A12)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.fields import reads
from genjin.access.models import Role
from genjin.access.visible import visible
from genjin.customers.models import Customer
from genjin.desk.audit_words import CONFIGURATION, Told, Words
from genjin.desk.event_words import event_words, known_events
from genjin.door.action import action, demand, right
from genjin.door.change import Change
from genjin.exchange.export_cells import csv_chunks, moment_text
from genjin.history.models import Event
from genjin.lib.errors import Invalid
from genjin.orgs.models import Department, Membership, Organisation
from genjin.records.models import Record
from genjin.schema.own_kinds import MADE_OF, is_own_kind
from genjin.schema.paging import Order, behind, decode, page_of
from genjin.schema.registry import record_types
from genjin.schema.shapes import own_kinds, shaped

READS = right("audit.read", "看操作记录", "read the audit list")
MOST_EXPORTED = 5000
_ORDER = Order("at", descending=True)
_COLUMNS = (
    "id", "at", "name", "subject_type", "subject_id", "root_type", "root_id", "member_id", "member__name", "actor_kind",
    "source", "why", "batch", "data__data",
)  # fmt: skip
_SOURCES = {"web": "网页", "api": "API", "import": "导入", "cli": "命令行", "job": "系统", "automation": "自动化"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which events: of whom, which kind (`customer.` for all of customers), on which record, on which days."""

    member_id: int | None = None
    event: str = ""
    record_type: str = ""
    record_id: int | None = None
    day_from: date | None = None
    day_to: date | None = None


def audit(actor: Actor, asked: Asked, *, cursor: str = "", limit: int = 50) -> dict[str, Any]:
    """One page of the log, newest first: who, when, what, on which record, before → after.

    A constant number of statements. Events of customers out of the reader's scope are not there.
    """
    demand(actor, READS)
    where = _condition(actor, asked)
    if cursor:
        at, _ = decode(cursor, _ORDER.of)
        # The first half alone bounds the index; the second is the exact place.
        where &= Q(at__lte=at) & behind(_ORDER, cursor)
    rows = list(Event.objects.filter(where).order_by("-at", "-id").values_list(*_COLUMNS)[: limit + 1])
    shown, following = page_of(rows, limit, 1, 0)
    return {"items": _items(actor, shown), "next": following}


def kinds() -> list[dict[str, str]]:
    """The events one can ask for by name."""
    return [{"name": name, "zh": zh, "en": en} for name, (zh, en) in known_events().items()]


def _condition(actor: Actor, asked: Asked) -> Q:
    where = Q(org_id=actor.org_id)
    if asked.member_id is not None:
        where &= Q(member_id=asked.member_id)
    if asked.event:
        where &= _of_kind(asked.event)
    if asked.record_id is not None:
        if asked.record_type == "customer":
            where &= Q(root_type="customer", root_id=asked.record_id)
        else:
            where &= _on(actor, asked.record_type) & Q(subject_id=asked.record_id)
    elif asked.record_type:
        where &= _on(actor, asked.record_type)
    where &= _between(actor, asked)
    if "all" not in actor.grants.scope("customer", "see"):
        seen = visible(actor, Customer).values("pk")
        where &= Q(subject_type__in=CONFIGURATION) | Q(root_type="customer", root_id__in=seen)
    if any("all" not in actor.grants.scope(slug, "see") for slug in own_kinds(actor, retired=True)):
        where &= ~Q(subject_type=MADE_OF) | Q(subject_type=MADE_OF, subject_id__in=visible(actor, Record).values("pk"))
    return where


def _on(actor: Actor, record_type: str) -> Q:
    """Events on rows of a type; on those of an own one, in the bin too, as far as the actor sees them."""
    if not is_own_kind(record_type):
        return Q(subject_type=record_type)
    seen = [visible(actor, Record, deleted=each).filter(kind=record_type).values("pk") for each in (False, True)]
    return Q(subject_type=MADE_OF) & (Q(subject_id__in=seen[0]) | Q(subject_id__in=seen[1]))


def _of_kind(event: str) -> Q:
    slug, _, rest = event.partition(".")
    if event not in known_events() and slug not in record_types():
        raise Invalid(f"没有“{event[:60]}”这种操作", f"There is no event “{event[:60]}”", field="event")
    return Q(name=event) if rest else Q(subject_type=slug)


def _between(actor: Actor, asked: Asked) -> Q:
    """Whole days in the organisation's zone."""
    if asked.day_from and asked.day_to and asked.day_from > asked.day_to:
        raise Invalid("开始的日子晚于结束的日子", "The first day is after the last", field="day_from")
    where = Q()
    if asked.day_from:
        where &= Q(at__gte=_midnight(actor, asked.day_from))
    if asked.day_to and asked.day_to < date.max:
        where &= Q(at__lt=_midnight(actor, asked.day_to + timedelta(days=1)))
    return where


def _midnight(actor: Actor, day: date) -> datetime:
    if not 1970 <= day.year <= 9000:
        raise Invalid("日期不对", "The date is out of range", field="day_from")
    return datetime.combine(day, time(), actor.zone)


def _items(actor: Actor, rows: Sequence[tuple[Any, ...]]) -> list[dict[str, Any]]:
    events = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
    own = _own_rows(actor, events)
    page = [
        Told(each["name"], each["subject_type"], *_payload(each), of=own.get(each["subject_id"], ("", ""))[0]
             if each["subject_type"] == MADE_OF else "")
        for each in events
    ]  # fmt: skip
    words = Words(actor, page)
    names = _subjects(actor, events) | {(MADE_OF, pk): name for pk, (_, name) in own.items()}
    return [_item(actor, each, page[place], words.of(place), names) for place, each in enumerate(events)]


def _own_rows(actor: Actor, events: Sequence[dict[str, Any]]) -> dict[int, tuple[str, str]]:
    """Id → own type and #12 标题 of the rows among them that the reader may see, those in the bin too."""
    ids = {each["subject_id"] for each in events if each["subject_type"] == MADE_OF}
    found: dict[int, tuple[str, str]] = {}
    for deleted in (False, True) if ids else ():
        rows = visible(actor, Record, deleted=deleted).filter(pk__in=ids)
        told = rows.values_list("pk", "kind", "number", "name")
        found |= {pk: (kind, f"#{number} {name}") for pk, kind, number, name in told}
    return found


def _payload(event: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    data = event["data__data"] or {}
    return data.get("before") or {}, data.get("after") or {}


def _item(
    actor: Actor, event: dict[str, Any], told: Told, changes: list[dict[str, Any]], names: dict[tuple[str, int], str]
) -> dict[str, Any]:
    zh, en = event_words(event["name"])
    kind = shaped(actor, told.of) if told.of else record_types().get(event["subject_type"])
    root = (event["root_type"], event["root_id"])
    said = told.after if event["subject_type"] == "batch" else {}
    return {
        "id": event["id"],
        "at": event["at"],
        "event": event["name"],
        "zh": f"{zh}：{said['zh']}" if said.get("zh") else zh,
        "en": f"{en}: {said['en']}" if said.get("en") else en,
        "by": {"id": event["member_id"], "name": event["member__name"]} if event["member_id"] else None,
        "actor_kind": event["actor_kind"],
        "source": event["source"],
        "record_type": told.of or event["subject_type"],
        "record_id": event["subject_id"],
        "label": {"zh": kind.zh, "en": kind.en} if kind else {"zh": "", "en": ""},
        "name": _name(actor, event, told, names),
        "customer": {"id": root[1], "name": names.get(root, "")} if root[0] == "customer" else None,
        "changes": changes,
        "why": event["why"],
        "batch": event["batch"],
    }


def _name(actor: Actor, event: dict[str, Any], told: Told, names: dict[tuple[str, int], str]) -> str:
    """What the row is called: as it is now, else as the log tells it, if the reader may know."""
    slug = event["subject_type"]
    found = names.get((slug, event["subject_id"]))
    if found is not None:
        return found
    kind = record_types().get(slug)
    column = kind.restore.name if kind else "name"
    if kind is None or not reads(actor, f"{slug}.{column}"):
        return ""
    return str(told.after.get(column) or told.before.get(column) or "")[:120]


def _subjects(actor: Actor, events: Sequence[dict[str, Any]]) -> dict[tuple[str, int], str]:
    """(record type, id) → name of customers and of those of the team, deleted ones too; at most six statements."""
    wanted: dict[str, set[int]] = {}
    for each in events:
        wanted.setdefault(each["subject_type"], set()).add(each["subject_id"])
        if each["root_id"]:
            wanted.setdefault(each["root_type"], set()).add(each["root_id"])
    found: dict[tuple[str, int], str] = {}
    if wanted.get("customer") and reads(actor, "customer.name"):
        for deleted in (False, True):
            rows = visible(actor, Customer, deleted=deleted).filter(pk__in=wanted["customer"])
            found |= {("customer", pk): name for pk, name in rows.values_list("pk", "name")}
    models: dict[str, Any] = {
        "member": Membership,
        "department": Department,
        "role": Role,
        "organisation": Organisation,
    }
    for slug, model in models.items():
        if wanted.get(slug):
            named = "zh" if slug == "role" else "name"
            rows = model.objects.filter(pk__in=wanted[slug], **_own(actor, slug)).values_list("pk", named)
            found |= {(slug, pk): name for pk, name in rows}
    return found


def _own(actor: Actor, slug: str) -> dict[str, int]:
    return {"pk": actor.org_id} if slug == "organisation" else {"org_id": actor.org_id}


@action("audit.export", "导出操作记录", "export the audit list")
def note_export(change: Change, *, filter: dict[str, Any]) -> dict[str, Any]:
    """Who took the log out, and which part of it, stands in the log."""
    org = Organisation.objects.get(pk=change.actor.org_id)
    change.record("audit.exported", org, after={"filter": filter})
    return {}


def export(actor: Actor, asked: Asked) -> Iterator[bytes]:
    """The log as CSV, newest first, at most `MOST_EXPORTED` rows; cells that look like formulas are quoted."""
    english = actor.language == "en"
    headers = ["时间", "谁", "从哪里", "做了什么", "对象", "名称", "客户", "改了什么", "原因"]
    return csv_chunks(headers, (_line(each, actor, "en" if english else "zh") for each in _all(actor, asked)))


def _all(actor: Actor, asked: Asked) -> Iterator[dict[str, Any]]:
    cursor, left = "", MOST_EXPORTED
    while left > 0:
        page = audit(actor, asked, cursor=cursor, limit=min(500, left))
        yield from page["items"]
        left -= len(page["items"])
        cursor = page["next"] or ""
        if not cursor:
            return


def _line(item: dict[str, Any], actor: Actor, language: str) -> list[str]:
    changes = [
        f"{each['label'][language]} {each['old'][language] or '—'} → {each['new'][language] or '—'}"
        for each in item["changes"]
    ]
    return [
        moment_text(item["at"], actor.zone),
        item["by"]["name"] if item["by"] else _SOURCES["job"],
        _SOURCES.get(item["source"], item["source"]),
        item[language],
        item["label"][language],
        item["name"],
        item["customer"]["name"] if item["customer"] else "",
        "；".join(changes),
        item["why"],
    ]
