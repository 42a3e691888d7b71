"""What happened to rows of a team's own types, as sentences: 样品申请 #12：待审 → 已寄出."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.fields import reads
from genjin.access.own import Names
from genjin.access.reading import read
from genjin.customers.models import Customer
from genjin.desk.reasons import say
from genjin.desk.sentences import changes
from genjin.records.models import Record
from genjin.schema.own_kinds import states_list
from genjin.schema.queries import Options, label
from genjin.schema.registry import RecordType
from genjin.schema.shapes import own_kinds

MOST_ROWS = 1000
_DONE = {
    "record.deleted": ("移入回收站", "moved to the recycle bin"),
    "record.restored": ("从回收站恢复", "restored"),
    "record.reverted": ("撤销时改回", "set back"),
    "record.carried": ("随客户合并过来", "came along with a merged customer"),
}


@dataclass(frozen=True)
class Row:
    """What a reader may know of the row behind an event."""

    kind: RecordType
    number: int


def rows_on(actor: Actor, customer: Customer) -> dict[int, Row]:
    """The rows of own types on a customer that the actor may see; no statement for a team without any."""
    kinds = {
        slug: kind
        for slug, kind in own_kinds(actor).items()
        if "customer" in kind.known and actor.grants.scope(slug, "see") and reads(actor, f"{slug}.customer")
    }
    if not kinds:
        return {}
    where = Q(customer_id=customer.pk, kind__among=list(kinds))
    rows = read(actor, Record, ("id", "kind", "number"), where, order=("-id",), limit=MOST_ROWS)
    return {pk: Row(kinds[kind], number) for pk, kind, number in rows}


def record_sentence(
    actor: Actor, row: Row, name: str, data: Mapping[str, Any], options: Options, names: Names | None
) -> dict[str, str]:
    """An event of a row in both languages; fields that the reader may not read are left out."""
    kind, before, after = row.kind, data.get("before") or {}, data.get("after") or {}
    zh, en = f"{kind.zh} #{row.number}", f"{kind.en} #{row.number}"
    if name == "record.created":
        return say(f"新建{zh} {after.get('name', '')}".strip(), f"{en} made: {after.get('name', '')}".rstrip(": "))
    if name == "record.moved" and reads(actor, f"{kind.slug}.state") and "state" in after:
        pairs = [_states(kind, options, before.get("state"), after.get("state"), each) for each in ("zh", "en")]
        return say(f"{zh}：{pairs[0]}", f"{en}: {pairs[1]}")
    if name == "record.assigned" and reads(actor, f"{kind.slug}.owner"):
        return say(f"{zh} 转给{after.get('to', '')}", f"{en} given to {after.get('to', '')}")
    if name == "record.updated":
        said = changes(actor, kind.slug, before, after, options, names)
        return say(f"{zh}：{said['zh']}", f"{en}: {said['en']}")
    done = _DONE.get(name, ("有变化", "changed"))
    return say(f"{zh} {done[0]}", f"{en} {done[1]}")


def _states(kind: RecordType, options: Options, old: Any, new: Any, language: str) -> str:
    return " → ".join(label(options, states_list(kind.slug), str(each or "—"), language) for each in (old, new))


def kinds_of(rows: Sequence[Row]) -> list[str]:
    """Slugs of the types of these rows."""
    return list(dict.fromkeys(each.kind.slug for each in rows))
