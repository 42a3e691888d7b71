"""What must be so before a customer goes on: the kinds of conditions, filled by this folder and by higher ones.

A kind says in words what it asks of a customer and whether it is met. `register` adds one; a document that names a kind
that nobody has registered is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.forms import reader_of
from genjin.access.reading import count_under
from genjin.approvals.flow_queries import flows_for, purpose_label
from genjin.approvals.queries import approved_of
from genjin.customers.models import Customer
from genjin.followups.models import COUNTED, FollowUp
from genjin.lib.blank import is_blank
from genjin.lib.filters import FilterError, judge
from genjin.playbook.books import Book
from genjin.playbook.flow import Node, node_of
from genjin.playbook.models import Passage
from genjin.schema.judged import values_of
from genjin.schema.registry import RecordType
from genjin.schema.shapes import shaped
from genjin.schema.sql import parse_filter

Item = Mapping[str, Any]
Words = tuple[str, str]


@dataclass(frozen=True)
class Case:
    """A customer in a node, asked whether it may go on. `since`: when it came into the node."""

    actor: Actor
    customer: Customer
    book: Book
    node: Node
    since: datetime | None
    now: datetime

    @cached_property
    def kind(self) -> RecordType:
        return shaped(self.actor, "customer")

    @cached_property
    def values(self) -> Mapping[str, Any]:
        return values_of(self.kind, self.customer)


class Kind(NamedTuple):
    words: Callable[[Case, Item], Words]
    met: Callable[[Case, Item], bool]


KINDS: dict[str, Kind] = {}


def register(kind: str, *, words: Callable[[Case, Item], Words], met: Callable[[Case, Item], bool]) -> None:
    """Make conditions of this kind available to every playbook."""
    KINDS[kind] = Kind(words, met)


class Asked(NamedTuple):
    """One condition of a gate, in words, and whether it is met. `field`: what the screen can ask for in place;
    `purpose`: whose yes can be asked for there."""

    kind: str
    zh: str
    en: str
    met: bool
    field: str = ""
    purpose: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "zh": self.zh, "en": self.en, "met": self.met, "field": self.field or None,
                "purpose": self.purpose or None}  # fmt: skip


def asked(case: Case) -> list[Asked]:
    """Every condition of the node that the case stands in."""
    found = []
    for item in case.node["gate"]["items"]:
        kind = KINDS.get(item["kind"])
        if kind is not None:
            zh, en = kind.words(case, item)
            field = item["field"] if item["kind"] == "field" else ""
            purpose = item["purpose"] if item["kind"] == "approval" else ""
            told = Asked(item["kind"], item["zh"] or zh, item["en"] or en, kind.met(case, item), field, purpose)
            found.append(told)
    return found


def _field_words(case: Case, item: Item) -> Words:
    field = case.kind.known.get(item["field"])
    return (f"填写{field.zh}", f"Fill in {field.en}") if field else (item["field"], item["field"])


def _record_met(case: Case, item: Item) -> bool:
    since = Q(contact_at__gte=case.since) | Q(entered_at__gte=case.since) if case.since else Q()
    return count_under(case.customer, FollowUp, COUNTED & since) > 0


def _condition_met(case: Case, item: Item) -> bool:
    """One that can no longer be read, since a field of it has gone, holds nobody up."""
    try:
        expression = parse_filter(item["when"], case.kind)
    except FilterError:
        return True
    reader = reader_of(case.actor, case.now)
    return judge(expression, case.values, reader.now, reader.me, reader.ours)


def _side_words(case: Case, item: Item) -> Words:
    node = node_of(case.book.body, item["node"]) or {"zh": item["node"], "en": ""}
    return f"完成“{node['zh']}”", f"Finish “{node['en'] or node['zh']}”"


def _side_met(case: Case, item: Item) -> bool:
    return count_under(case.customer, Passage, Q(node=item["node"], state__in=("done", "skipped"))) > 0


def _approval_words(case: Case, item: Item) -> Words:
    zh, en = purpose_label(case.actor, item["purpose"])
    return f"通过“{zh}”审批", f"Get “{en}” approved"


def _approval_met(case: Case, item: Item) -> bool:
    """A granted request that has not lapsed (R-105, R-169). Without a flow nobody could say yes, so it holds nobody
    up."""
    if not flows_for(case.actor, "customer", item["purpose"]):
        return True
    return approved_of(case.customer.org_id, "customer", case.customer.pk, item["purpose"])


register(
    "field",
    words=_field_words,
    met=lambda case, item: item["field"] not in case.kind.known or not is_blank(case.values.get(item["field"])),
)
register("record", words=lambda case, item: ("写一条本阶段的跟进", "Log a record in this stage"), met=_record_met)
register("condition", words=lambda case, item: (item["zh"], item["en"] or item["zh"]), met=_condition_met)
register("approval", words=_approval_words, met=_approval_met)
register("side", words=_side_words, met=_side_met)
